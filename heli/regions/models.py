from typing import ClassVar

from django.db import models

from heli.common.classes import S1, S3, FieldClass
from heli.common.codes import PlainOrderField, RegionCodeField


class Region(models.Model):
    """One place of the tree. `code` is cut to its level (331081100 is a town), `kind` tells village from community."""

    class Level(models.TextChoices):
        PROVINCE = "province"
        PREFECTURE = "prefecture"
        COUNTY = "county"
        TOWN = "town"
        VILLAGE = "village"
        TEAM = "team"

    code = RegionCodeField(primary_key=True)
    name = models.CharField(max_length=60)
    source_name = models.CharField(max_length=60)
    level = models.CharField(max_length=12, choices=Level.choices)
    kind = models.CharField(max_length=40)
    parent_code = RegionCodeField()
    name_en = models.CharField(max_length=80, default="")

    field_classes: ClassVar[dict[str, FieldClass]] = {
        "code": S1, "name": S1, "source_name": S1, "level": S1, "kind": S1, "parent_code": S1, "name_en": S1,
    }  # fmt: skip
    ledger_kind = "region"

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(level__in=("province", "prefecture", "county", "town", "village", "team")),
                name="region_level_is_known",
            ),
        )
        indexes = (models.Index(fields=("level", "code"), name="region_by_level"),)

    def __str__(self) -> str:
        return self.name


class NameKey(models.Model):
    """What a name is found by, once for all who bear it: characters, pinyin, initials (`common.pinyin.keys`).

    Tells nobody who bears the name; a register finds its own rows by their names.
    """

    key = PlainOrderField(max_length=80)
    name = models.CharField(max_length=60)

    field_classes: ClassVar[dict[str, FieldClass]] = {"id": S1, "key": S3, "name": S3}

    class Meta:
        constraints = (models.UniqueConstraint(fields=("key", "name"), name="a_key_finds_a_name_once"),)
