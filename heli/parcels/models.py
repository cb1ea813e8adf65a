"""Parcels and boundaries. Shapes are GeoJSON in CGCS2000 degrees (EPSG:4490), so that both databases hold them alike."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from heli.access.actions import Action
from heli.access.doors import Scope
from heli.blocks.models import Block
from heli.common.classes import S1, S2, FieldClass
from heli.common.codes import RegionCodeField


class Survey(models.Model):
    """One version of a block's parcels: what a survey, a split, a merge or its undoing left. Numbered within the block from 1."""

    class Why(models.TextChoices):
        IMPORT = "import", _("导入测绘成果")
        SPLIT = "split", _("分割")
        MERGE = "merge", _("合并")
        UNDO = "undo", _("撤回")

    block = models.ForeignKey(Block, on_delete=models.PROTECT, related_name="surveys")
    number = models.IntegerField()
    why = models.CharField(max_length=8, choices=Why.choices)
    surveyed_on = models.DateField()
    reason = models.CharField(max_length=200, default="", blank=True)
    batch = models.CharField(max_length=24, default="")

    field_classes: ClassVar[dict[str, FieldClass]] = {
        "id": S1, "block": S1, "number": S1, "why": S1, "surveyed_on": S1, "reason": S2, "batch": S2,
    }  # fmt: skip

    class Meta:
        constraints = (models.UniqueConstraint(fields=("block", "number"), name="a_survey_is_numbered_in_its_block"),)

    @property
    def may_go_back(self) -> bool:
        """Of a kind that can be undone, as long as it is the block's last."""
        return self.why in (self.Why.SPLIT, self.Why.MERGE)


class EnteredManager(models.Manager["Parcel"]):
    """Parcels that have entered. Rows of an import that is still being written do not exist for anybody."""

    def get_queryset(self) -> models.QuerySet["Parcel"]:
        return super().get_queryset().filter(entered=True)


class Parcel(models.Model):
    """A lot as one survey version knows it. A changed lot is a new row; the old one stays, ended.

    `legal_dm2` is the survey's figure and counts; `computed_dm2` is what the shape gives, only to be shown beside it.
    """

    block = models.ForeignKey(Block, on_delete=models.PROTECT, related_name="parcels")
    region_code = RegionCodeField()
    number = models.CharField(max_length=40)
    serial = models.CharField(max_length=20, default="", blank=True)
    land_use = models.CharField(max_length=20, default="", blank=True)
    shape = models.TextField()
    legal_dm2 = models.BigIntegerField(null=True)
    computed_dm2 = models.BigIntegerField()
    since = models.IntegerField(default=0)
    until = models.IntegerField(null=True)
    origins = models.ManyToManyField(
        "self", symmetrical=False, related_name="heirs", through="Descent", through_fields=("heir", "origin")
    )
    entered = models.BooleanField(default=True)
    batch = models.CharField(max_length=24, default="")

    objects = EnteredManager()
    all_rows = models.Manager["Parcel"]()
    scope = Scope(view=Action.PARCEL_VIEW)
    field_classes: ClassVar[dict[str, FieldClass]] = {
        "id": S1, "block": S1, "region_code": S1, "number": S2, "serial": S2, "land_use": S2, "shape": S2,
        "legal_dm2": S2, "computed_dm2": S2, "since": S1, "until": S1, "entered": S2, "batch": S2,
    }  # fmt: skip
    ledger_kind = "parcel"

    class Meta:
        base_manager_name = "all_rows"
        constraints = (
            models.UniqueConstraint(
                fields=("block", "number"), condition=Q(until__isnull=True, entered=True),
                name="a_parcel_is_in_force_once",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=models.F("since")), name="a_parcel_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(legal_dm2__isnull=True) | Q(legal_dm2__gt=0), name="a_legal_area_is_above_zero"
            ),
        )  # fmt: skip
        indexes = (
            models.Index(fields=("region_code", "number"), name="parcel_by_region"),
            models.Index(fields=("block", "until"), name="parcel_by_block"),
            models.Index(fields=("batch",), name="parcel_by_batch"),
        )

    def ledger_chain(self) -> str:
        return self.block.ledger_chain()

    @property
    def differs(self) -> bool:
        """The shape's area is not the survey's, beyond what rounding and projection explain (0.1 % and 0.1 ㎡)."""
        return self.legal_dm2 is not None and abs(self.computed_dm2 - self.legal_dm2) > max(10, self.legal_dm2 // 1000)

    def __str__(self) -> str:
        return self.number


class Descent(models.Model):
    """A parcel came of another by a split, a merge or a new survey."""

    origin = models.ForeignKey(Parcel, on_delete=models.CASCADE, related_name="+")
    heir = models.ForeignKey(Parcel, on_delete=models.CASCADE, related_name="+")

    field_classes: ClassVar[dict[str, FieldClass]] = {"id": S1, "origin": S1, "heir": S1}

    class Meta:
        constraints = (models.UniqueConstraint(fields=("origin", "heir"), name="a_parcel_descends_once"),)


class Boundary(models.Model):
    """One version of a block's outline; the highest number is in force, the older ones stay."""

    class How(models.TextChoices):
        DRAWN = "drawn", _("图上画的")
        IMPORTED = "imported", _("文件导入的")

    block = models.ForeignKey(Block, on_delete=models.PROTECT, related_name="boundaries")
    number = models.IntegerField()
    shape = models.TextField()
    area_dm2 = models.BigIntegerField()
    how = models.CharField(max_length=8, choices=How.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    field_classes: ClassVar[dict[str, FieldClass]] = {
        "id": S1, "block": S1, "number": S1, "shape": S1, "area_dm2": S1, "how": S1, "by": S2, "at": S1,
    }  # fmt: skip

    class Meta:
        constraints = (models.UniqueConstraint(fields=("block", "number"), name="a_boundary_is_numbered_in_its_block"),)
