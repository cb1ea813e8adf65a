from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from heli.access.actions import Action
from heli.access.doors import Scope
from heli.common.classes import S1, S2, S3, FieldClass
from heli.common.codes import PlainOrderField, RegionCodeField


class Region(models.Model):
    """One place of the tree. `code` is cut to its level (331081100 is a town), `kind` tells village from community.
    One that has ended is offered nowhere any more; its name still stands for its code."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("省")
        PREFECTURE = "prefecture", _("市")
        COUNTY = "county", _("县市区")
        TOWN = "town", _("镇街")
        VILLAGE = "village", _("村居")
        TEAM = "team", _("小组或自然村")

    code = RegionCodeField(primary_key=True)
    name = models.CharField(max_length=60)
    source_name = models.CharField(max_length=60)
    level = models.CharField(max_length=12, choices=Level.choices)
    kind = models.CharField(max_length=40)
    parent_code = RegionCodeField()
    name_en = models.CharField(max_length=80, default="")
    ended_on = models.DateField(null=True, blank=True)

    scope = Scope(view=Action.REGION_VIEW, region="code")
    field_classes: ClassVar[dict[str, FieldClass]] = {
        "code": S1, "name": S1, "source_name": S1, "level": S1, "kind": S1, "parent_code": S1, "name_en": S1,
        "ended_on": S1,
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

    def ledger_chain(self) -> str:
        return "rules"

    def __str__(self) -> str:
        return self.name


class RegionChange(models.Model):
    """What became of a region, on a day: another name, another code, part of another. Old files are read by it."""

    class Kind(models.TextChoices):
        MERGED = "merged", _("并入")
        RENAMED = "renamed", _("改名")
        RECODED = "recoded", _("换了代码")
        ENDED = "ended", _("撤销")
        REVIVED = "revived", _("恢复")

    old_code = RegionCodeField()
    new_code = RegionCodeField(default="", blank=True)
    old_name = models.CharField(max_length=60)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    on = models.DateField()
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    field_classes: ClassVar[dict[str, FieldClass]] = {
        "id": S1, "old_code": S1, "new_code": S1, "old_name": S1, "kind": S1, "on": S1, "reason": S2, "by": S2,
        "at": S2,
    }  # fmt: skip

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=("merged", "renamed", "recoded", "ended", "revived")),
                name="region_change_known",
            ),
        )
        indexes = (
            models.Index(fields=("old_code",), name="region_change_from"),
            models.Index(fields=("new_code",), name="region_change_to"),
        )

    def __str__(self) -> str:
        return f"{self.old_name} {self.old_code}"


class NameKey(models.Model):
    """What a name is found by, once for all who bear it: characters, pinyin, initials (`common.pinyin.keys`).

    Tells nobody who bears the name; a register finds its own rows by their names.
    """

    key = PlainOrderField(max_length=80)
    name = models.CharField(max_length=60)

    field_classes: ClassVar[dict[str, FieldClass]] = {"id": S1, "key": S3, "name": S3}

    class Meta:
        constraints = (models.UniqueConstraint(fields=("key", "name"), name="a_key_finds_a_name_once"),)
