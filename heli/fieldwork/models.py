from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from heli.access.actions import Action
from heli.access.doors import Scope
from heli.common.classes import S1, S2, S3, FieldClass
from heli.common.codes import PlainOrderField, RegionCodeField
from heli.helpers.models import Helper
from heli.households.models import Household

from .words import HEARD, KIND_CHOICES, SOURCES, STAGES, URGENCIES

STATES = ("open", "asked", "under_way", "done", "withdrawn")


class Need(models.Model):
    """要帮的忙: what a household asks for. `title` is how a person would say it."""

    code = PlainOrderField(max_length=20, unique=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="needs")
    region_code = RegionCodeField()
    kind = models.CharField(max_length=24, choices=KIND_CHOICES)
    title = models.CharField(max_length=60)
    text = models.CharField(max_length=1000, default="", blank=True)
    wishes = models.CharField(max_length=200, default="", blank=True)
    avoid = models.CharField(max_length=200, default="", blank=True)
    features = models.JSONField(default=list)
    urgency = models.IntegerField(choices=URGENCIES, default=2)
    wanted_by = models.DateField(null=True, blank=True)
    stage = models.CharField(max_length=16, choices=STAGES, default="", blank=True)
    source = models.CharField(max_length=12, choices=SOURCES, default="visit")
    state = models.CharField(max_length=12, default="open")
    prefer = models.ForeignKey(Helper, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    scope = Scope(view=Action.NEED_VIEW, relations={"need": "pk"})
    field_classes: ClassVar[dict[str, FieldClass]] = {
        "id": S1, "code": S2, "household": S2, "region_code": S2, "kind": S2, "title": S3, "text": S3, "wishes": S3,
        "avoid": S3, "features": S3, "urgency": S2, "wanted_by": S2, "stage": S2, "source": S2, "state": S2,
        "prefer": S2, "raised_by": S2, "raised_at": S2, "closed_at": S2,
    }  # fmt: skip
    ledger_kind = "need"

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=STATES), name="need_state_known"),
            models.CheckConstraint(condition=Q(urgency__gte=1) & Q(urgency__lte=5), name="urgency_is_one_to_five"),
        )
        indexes = (models.Index(fields=("region_code", "state"), name="need_by_region"),)

    def ledger_chain(self) -> str:
        return self.household.ledger_chain()

    def __str__(self) -> str:
        return self.title


class Trust(models.Model):
    """The household named this helper as somebody it trusts, and the named one agreed to be named."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="trusts")
    helper = models.ForeignKey(Helper, on_delete=models.CASCADE, related_name="trusted_by")
    named_on = models.DateField()
    heard = models.CharField(max_length=12, choices=HEARD)

    field_classes: ClassVar[dict[str, FieldClass]] = {
        "id": S1, "household": S3, "helper": S3, "named_on": S3, "heard": S2,
    }  # fmt: skip

    class Meta:
        constraints = (models.UniqueConstraint(fields=("household", "helper"), name="trust_is_named_once"),)


class HelperRefusal(models.Model):
    """The household does not want this helper. There is no field for a reason."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="refusals")
    helper = models.ForeignKey(Helper, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()

    field_classes: ClassVar[dict[str, FieldClass]] = {"id": S1, "household": S3, "helper": S3, "since": S3}

    class Meta:
        constraints = (models.UniqueConstraint(fields=("household", "helper"), name="a_refusal_stands_once"),)
