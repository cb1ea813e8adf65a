from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from heli.access.actions import Action
from heli.access.doors import Scope
from heli.common.classes import S1, S2, FieldClass
from heli.common.codes import RegionCodeField


class Programme(models.Model):
    """What a year sets out to do in a town or city."""

    class Kind(models.TextChoices):
        URBAN_VILLAGE = "urban_village", _("城中村改造")
        OLD_VILLAGE = "old_village", _("旧村改造")
        ECOLOGICAL = "ecological", _("生态搬迁")

    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    year = models.IntegerField()
    region_code = RegionCodeField()

    field_classes: ClassVar[dict[str, FieldClass]] = {"id": S1, "name": S1, "kind": S1, "year": S1, "region_code": S1}
    ledger_kind = "programme"

    class Meta:
        constraints = (models.UniqueConstraint(fields=("name", "year"), name="a_programme_is_named_once_a_year"),)

    def ledger_chain(self) -> str:
        return f"town/{self.region_code}"

    def __str__(self) -> str:
        return self.name


class Block(models.Model):
    """A piece of land in one town, over one or more villages. `code` is short and stable; `mark` begins the codes of
    its households."""

    class Land(models.TextChoices):
        COLLECTIVE = "collective", _("集体土地")
        STATE_OWNED = "state_owned", _("国有土地")

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=40)
    mark = models.CharField(max_length=4)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="blocks")
    town_code = RegionCodeField()
    land = models.CharField(max_length=12, choices=Land.choices, default=Land.COLLECTIVE)
    started_on = models.DateField(null=True, blank=True)
    numbers_given = models.IntegerField(default=0)

    scope = Scope(view=Action.BLOCK_VIEW, region="town_code")
    field_classes: ClassVar[dict[str, FieldClass]] = {
        "id": S1, "code": S1, "name": S1, "mark": S1, "programme": S1, "town_code": S1, "land": S1, "started_on": S1,
        "numbers_given": S2,
    }  # fmt: skip
    ledger_kind = "block"

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("town_code", "name"), name="a_block_is_named_once_in_a_town"),
            models.CheckConstraint(condition=models.Q(land__in=("collective", "state_owned")), name="block_land_known"),
        )

    def ledger_chain(self) -> str:
        return f"block/{self.code}"

    def __str__(self) -> str:
        return self.name


class BlockVillage(models.Model):
    """A village (or part of one) that a block lies in."""

    block = models.ForeignKey(Block, on_delete=models.CASCADE, related_name="villages")
    village_code = RegionCodeField()

    field_classes: ClassVar[dict[str, FieldClass]] = {"id": S1, "block": S1, "village_code": S1}

    class Meta:
        constraints = (models.UniqueConstraint(fields=("block", "village_code"), name="a_village_is_once_in_a_block"),)
