from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from heli.access.actions import Action
from heli.access.doors import Scope
from heli.common.classes import S1, S2, S3, S4, FieldClass
from heli.common.codes import RegionCodeField
from heli.common.fields import SealedTextField
from heli.fieldwork.models import Need
from heli.fieldwork.words import HEARD
from heli.helpers.models import Helper

from .table import LIVE, STATES


class DispatchRun(models.Model):
    """One solving: the problem, the seed, the solver and the plan, so that it can be replayed and explained."""

    region_code = RegionCodeField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    problem = models.JSONField()
    plan = models.JSONField()
    solver = models.CharField(max_length=60)
    needs = models.IntegerField()
    helpers = models.IntegerField()
    objective = models.BigIntegerField()
    bound = models.BigIntegerField()
    seconds = models.JSONField(default=dict)

    field_classes: ClassVar[dict[str, FieldClass]] = {
        "id": S1, "region_code": S2, "at": S2, "by": S2, "problem": S3, "plan": S3, "solver": S1, "needs": S2,
        "helpers": S2, "objective": S2, "bound": S2, "seconds": S2,
    }  # fmt: skip
    ledger_kind = "dispatch_run"

    def ledger_chain(self) -> str:
        return f"town/{self.region_code[:9]}"


class MatchingRules(models.Model):
    """The two tables and the weights of the match, dated; the highest version is in force."""

    version = models.IntegerField(unique=True)
    document = models.JSONField()
    note = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    field_classes: ClassVar[dict[str, FieldClass]] = {
        "id": S1, "version": S1, "document": S1, "note": S1, "by": S2, "at": S1,
    }  # fmt: skip
    ledger_kind = "matching_rules"

    def ledger_chain(self) -> str:
        return "rules"


class Proposal(models.Model):
    """Who would help with one need, as a run saw it: the chosen one, the next best, and why not the others."""

    run = models.ForeignKey(DispatchRun, on_delete=models.CASCADE, related_name="proposals")
    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="proposals")
    helper = models.ForeignKey(Helper, on_delete=models.PROTECT, null=True, related_name="+")
    official = models.ForeignKey(Helper, on_delete=models.PROTECT, null=True, related_name="+")
    score = models.IntegerField(default=0)
    candidates = models.JSONField(default=list)
    excluded = models.JSONField(default=dict)
    nobody = models.JSONField(default=dict)
    is_latest = models.BooleanField(default=True)

    field_classes: ClassVar[dict[str, FieldClass]] = {
        "id": S1, "run": S2, "need": S2, "helper": S2, "official": S2, "score": S2, "candidates": S3, "excluded": S3,
        "nobody": S2, "is_latest": S2,
    }  # fmt: skip

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("need",), condition=Q(is_latest=True), name="a_need_has_one_latest_proposal"
            ),
        )


class Dispatch(models.Model):
    """调配单: one helper asked for one need, with the official who comes along."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="dispatches")
    helper = models.ForeignKey(Helper, on_delete=models.PROTECT, related_name="dispatches")
    official = models.ForeignKey(Helper, on_delete=models.PROTECT, null=True, related_name="accompanied")
    region_code = RegionCodeField()
    state = models.CharField(max_length=24, choices=STATES)
    score = models.IntegerField(default=0)
    reasons = models.JSONField(default=list)
    picked_by_hand = models.BooleanField(default=False)
    meet_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()
    name_shown_at = models.DateTimeField(null=True)
    waits_for_household = models.BooleanField(default=False)
    household_agreed_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    word = models.CharField(max_length=500, default="")
    word_heard = models.CharField(max_length=12, choices=HEARD, default="")
    word_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    scope = Scope(view=Action.DISPATCH_VIEW, relations={"dispatch": "pk"}, own="helper__person")
    field_classes: ClassVar[dict[str, FieldClass]] = {
        "id": S1, "need": S2, "helper": S2, "official": S2, "region_code": S2, "state": S2, "score": S2, "reasons": S3,
        "picked_by_hand": S2, "meet_at": S2, "approved_by": S2, "approved_at": S2, "name_shown_at": S2,
        "waits_for_household": S3, "household_agreed_at": S3, "answered_at": S2, "ended_at": S2, "word": S3,
        "word_heard": S2, "word_by": S2,
    }  # fmt: skip
    ledger_kind = "dispatch"

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("need",), condition=Q(state__in=LIVE), name="a_need_has_one_live_dispatch"),
            models.CheckConstraint(condition=Q(state__in=[s for s, _ in STATES]), name="dispatch_state_known"),
        )
        indexes = (
            models.Index(fields=("helper", "state"), name="dispatch_by_helper"),
            models.Index(fields=("official", "approved_at"), name="dispatch_by_official"),
        )

    def ledger_chain(self) -> str:
        return self.need.ledger_chain()


class TieAnswer(models.Model):
    """What an invited person said about ties to the matter. What kind of tie is sealed, if it was said at all.

    There is no look-up from a person to their answers and no export; the row goes when the file is sealed.
    """

    dispatch = models.ForeignKey(Dispatch, on_delete=models.CASCADE, related_name="answers")
    answer = models.CharField(max_length=16, choices=[("may_not", "may_not"), ("parties_decide", "parties_decide")])
    kind = SealedTextField(default="")
    at = models.DateTimeField()

    field_classes: ClassVar[dict[str, FieldClass]] = {"id": S1, "dispatch": S4, "answer": S4, "kind": S4, "at": S4}

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(answer__in=("may_not", "parties_decide")), name="tie_answer_known"),
        )
