from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from heli.access.actions import Action
from heli.access.doors import Scope
from heli.blocks.models import Block
from heli.common.classes import S1, S2, S4, FieldClass
from heli.common.codes import RegionCodeField

STATES = ("ready", "writing", "done", "discarded")


class Batch(models.Model):
    """One file handed over: what it is, what was read, and whether it was written. `code` is said aloud."""

    code = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=12)
    file_name = models.CharField(max_length=200)
    file = models.CharField(max_length=200)
    file_digest = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    plan_digest = models.CharField(max_length=64, default="")
    rows = models.IntegerField(default=0)
    good = models.IntegerField(default=0)
    bad = models.IntegerField(default=0)
    merged = models.IntegerField(default=0)
    written = models.IntegerField(default=0)
    known = models.IntegerField(default=0)
    accepted = models.JSONField(default=dict)
    block = models.ForeignKey(Block, on_delete=models.PROTECT, null=True, related_name="+")
    town_code = RegionCodeField()
    state = models.CharField(max_length=10, default="ready")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    tries = models.IntegerField(default=0)
    problem = models.CharField(max_length=500, default="")
    done_at = models.DateTimeField(null=True)

    scope = Scope(view=Action.IMPORT_VIEW, region="town_code")
    field_classes: ClassVar[dict[str, FieldClass]] = {
        "id": S1, "code": S2, "kind": S2, "file_name": S2, "file": S4, "file_digest": S2, "mapping": S2,
        "plan_digest": S2, "rows": S2, "good": S2, "bad": S2, "merged": S2, "written": S2, "known": S2, "accepted": S2,
        "block": S2, "town_code": S2, "state": S2, "by": S2, "at": S2, "tries": S2, "problem": S2, "done_at": S2,
    }  # fmt: skip
    ledger_kind = "batch"

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(state__in=STATES), name="batch_state_known"),)
        indexes = (models.Index(fields=("town_code", "-at"), name="batch_by_town"),)

    def ledger_chain(self) -> str:
        return self.block.ledger_chain() if self.block else f"town/{self.town_code}"

    @property
    def job_key(self) -> str:
        return f"import/{self.code}/{self.tries}"

    def __str__(self) -> str:
        return self.code


class Remembered(models.Model):
    """What an office once said that a column of its files means; `field` is '' where it is not to be read."""

    town_code = RegionCodeField()
    kind = models.CharField(max_length=12)
    header = models.CharField(max_length=60)
    field = models.CharField(max_length=20, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    field_classes: ClassVar[dict[str, FieldClass]] = {
        "id": S1, "town_code": S2, "kind": S2, "header": S2, "field": S2, "by": S2, "at": S2,
    }  # fmt: skip

    class Meta:
        constraints = (models.UniqueConstraint(fields=("town_code", "kind", "header"), name="one_meaning_of_a_header"),)

    def __str__(self) -> str:
        return self.header
