from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from heli.access.actions import Action
from heli.access.doors import Scope
from heli.common.classes import S1, S2, S3, S4, FieldClass
from heli.common.codes import RegionCodeField
from heli.common.fields import SealedTextField

from .words import GRADES, KINDS, LINE_WORDS, LINES, LOAN_STATES, PARTY_ORGANISATIONS, SKILLS, STATES


class EnteredManager(models.Manager["Helper"]):
    """Helpers that have entered; rows of an import still being written do not exist for anybody."""

    def get_queryset(self) -> models.QuerySet["Helper"]:
        return super().get_queryset().filter(entered=True)


class Helper(models.Model):
    """A person or an organisation that helps. `relation` tells social forces from staff on duty: every figure about
    social forces counts `social` only. Sex is not kept. `capacity` is open households (of staff: visits a week)."""

    relation = models.CharField(max_length=8, choices=[("social", "social"), ("staff", "staff")], default="social")
    is_organisation = models.BooleanField(default=False)
    name = models.CharField(max_length=60, db_index=True)
    id_number = SealedTextField(default="", blank=True)
    id_index = models.CharField(max_length=40, default="", db_index=True)
    phone = SealedTextField(default="", blank=True)
    phone_index = models.CharField(max_length=40, default="", db_index=True)
    region_code = RegionCodeField()
    serves = models.JSONField(default=list)
    line = models.CharField(max_length=20, choices=LINES, default="", blank=True)
    languages = models.JSONField(default=list)
    free_times = models.CharField(max_length=60, default="", blank=True)
    occupation = models.CharField(max_length=60, default="", blank=True)
    known_among = models.CharField(max_length=120, default="", blank=True)
    reachable_from_afar = models.BooleanField(default=False)
    capacity = models.IntegerField(default=3)
    capacity_assumed = models.BooleanField(default=False)
    may_commit = models.JSONField(default=list)
    state = models.CharField(max_length=12, choices=STATES, default="proposed")
    term_until = models.DateField(null=True, blank=True)
    line_word = models.CharField(max_length=8, choices=LINE_WORDS, default="", blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="helper"
    )
    entered = models.BooleanField(default=True)
    batch = models.CharField(max_length=24, default="")
    version = models.IntegerField(default=1)

    objects = EnteredManager()
    all_rows = models.Manager["Helper"]()
    scope = Scope(view=Action.HELPER_VIEW, own="person")
    field_classes: ClassVar[dict[str, FieldClass]] = {
        "id": S1, "relation": S2, "is_organisation": S2, "name": S2, "id_number": S4, "id_index": S4,
        "phone": S3, "phone_index": S3, "region_code": S2, "serves": S2, "line": S2, "languages": S2,
        "free_times": S2, "occupation": S2, "known_among": S2, "reachable_from_afar": S2, "capacity": S2,
        "capacity_assumed": S2, "may_commit": S2, "state": S2, "term_until": S2, "line_word": S2, "confirmed_on": S2, "person": S2, "entered": S2,
        "batch": S2, "version": S2,
    }  # fmt: skip
    ledger_kind = "helper"

    class Meta:
        base_manager_name = "all_rows"
        constraints = (
            models.CheckConstraint(condition=Q(relation__in=("social", "staff")), name="helper_relation_known"),
            models.CheckConstraint(condition=Q(state__in=[s for s, _ in STATES]), name="helper_state_known"),
            models.CheckConstraint(condition=Q(capacity__gte=0), name="capacity_is_not_negative"),
            models.UniqueConstraint(
                fields=("id_index",), condition=~Q(id_index="") & Q(entered=True), name="a_helper_is_registered_once"
            ),
        )
        indexes = (
            models.Index(fields=("region_code", "state"), name="helper_by_region"),
            models.Index(fields=("batch",), name="helper_by_batch"),
            models.Index(fields=("line", "region_code"), name="helper_by_line"),
        )

    def ledger_chain(self) -> str:
        return f"town/{self.region_code[:9]}"

    def __str__(self) -> str:
        return self.name


class HelperKind(models.Model):
    """What somebody is: worthy, lawyer, mediator … One person may be several."""

    helper = models.ForeignKey(Helper, on_delete=models.CASCADE, related_name="kinds")
    kind = models.CharField(max_length=20, choices=KINDS)

    field_classes: ClassVar[dict[str, FieldClass]] = {"id": S1, "helper": S2, "kind": S2}

    class Meta:
        constraints = (models.UniqueConstraint(fields=("helper", "kind"), name="a_kind_stands_once"),)


class HelperSkill(models.Model):
    """What somebody can do, and how well: 1 self-declared … 5 proven and appraised."""

    helper = models.ForeignKey(Helper, on_delete=models.CASCADE, related_name="skills")
    skill = models.CharField(max_length=24, choices=SKILLS)
    level = models.IntegerField(default=1)
    evidence = models.CharField(max_length=120, default="", blank=True)

    field_classes: ClassVar[dict[str, FieldClass]] = {"id": S1, "helper": S2, "skill": S2, "level": S2, "evidence": S2}

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("helper", "skill"), name="a_skill_stands_once"),
            models.CheckConstraint(condition=Q(level__gte=1) & Q(level__lte=5), name="skill_level_is_one_to_five"),
        )


class Vetting(models.Model):
    """A decision about a helper by one of the three levels (village, town, city), with its reason."""

    helper = models.ForeignKey(Helper, on_delete=models.CASCADE, related_name="vettings")
    level = models.CharField(max_length=8)
    to_state = models.CharField(max_length=12, choices=STATES)
    reason = models.CharField(max_length=200)
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    field_classes: ClassVar[dict[str, FieldClass]] = {
        "id": S1, "helper": S2, "level": S2, "to_state": S2, "reason": S2, "on": S2, "by": S2,
    }  # fmt: skip


class Training(models.Model):
    """A training passed: of what, and when."""

    helper = models.ForeignKey(Helper, on_delete=models.CASCADE, related_name="trainings")
    course = models.CharField(max_length=60)
    passed_on = models.DateField()

    field_classes: ClassVar[dict[str, FieldClass]] = {"id": S1, "helper": S2, "course": S2, "passed_on": S2}


class Credential(models.Model):
    """A licence or certificate: number, issuer, until when, and who looked at it."""

    helper = models.ForeignKey(Helper, on_delete=models.CASCADE, related_name="credentials")
    name = models.CharField(max_length=60)
    number = SealedTextField()
    issuer = models.CharField(max_length=60)
    valid_until = models.DateField(null=True, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    field_classes: ClassVar[dict[str, FieldClass]] = {
        "id": S1, "helper": S2, "name": S2, "number": S3, "issuer": S2, "valid_until": S2, "checked_on": S2,
        "checked_by": S2,
    }  # fmt: skip

    class Meta:
        indexes = (models.Index(fields=("valid_until",), name="credential_by_end"),)


class Organisation(models.Model):
    """What is known of an organisation beside what is known of every helper."""

    helper = models.OneToOneField(Helper, on_delete=models.CASCADE, related_name="organisation")
    grade = models.CharField(max_length=8, choices=GRADES, default="", blank=True)
    staff_count = models.IntegerField(null=True, blank=True)
    party = models.CharField(max_length=12, choices=PARTY_ORGANISATIONS, default="none")
    contact = models.CharField(max_length=40, default="", blank=True)

    field_classes: ClassVar[dict[str, FieldClass]] = {
        "id": S1, "helper": S2, "grade": S2, "staff_count": S2, "party": S2, "contact": S2,
    }  # fmt: skip


class LineDesk(models.Model):
    """Which line somebody sits at: 司法局 sees its lawyers and mediators over all towns."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="line_desks")
    line = models.CharField(max_length=20, choices=LINES)

    field_classes: ClassVar[dict[str, FieldClass]] = {"id": S1, "person": S2, "line": S2}

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "line"), name="a_desk_sits_at_a_line_once"),)


class Loan(models.Model):
    """Joint use: a helper of one town helps in another until a day, once its town and the helper agree."""

    helper = models.ForeignKey(Helper, on_delete=models.PROTECT, related_name="loans")
    home_code = RegionCodeField()
    to_code = RegionCodeField()
    purpose = models.CharField(max_length=120)
    until = models.DateField()
    state = models.CharField(max_length=12, choices=LOAN_STATES, default="asked")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    scope = Scope(view=Action.HELPER_VIEW, region="home_code", own="helper__person")
    field_classes: ClassVar[dict[str, FieldClass]] = {
        "id": S1, "helper": S2, "home_code": S2, "to_code": S2, "purpose": S2, "until": S2, "state": S2,
        "asked_by": S2, "at": S2,
    }  # fmt: skip
    ledger_kind = "loan"

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("helper", "to_code"), condition=Q(state__in=("asked", "agreed", "active")),
                name="a_helper_is_lent_to_a_town_once",
            ),
        )  # fmt: skip
        indexes = (
            models.Index(fields=("to_code", "state"), name="loan_by_borrower"),
            models.Index(fields=("home_code", "state"), name="loan_by_home"),
        )

    def ledger_chain(self) -> str:
        return f"town/{self.home_code[:9]}"


class Team(models.Model):
    """队伍: a leader, a line, a block, members, and a life."""

    name = models.CharField(max_length=60)
    region_code = RegionCodeField()
    line = models.CharField(max_length=20, choices=LINES, default="", blank=True)
    leader = models.ForeignKey(Helper, on_delete=models.PROTECT, related_name="leads")
    members = models.ManyToManyField(Helper, related_name="teams")
    block_code = models.CharField(max_length=20, default="", blank=True)
    ended_on = models.DateField(null=True, blank=True)

    field_classes: ClassVar[dict[str, FieldClass]] = {
        "id": S1, "name": S2, "region_code": S2, "line": S2, "leader": S2, "block_code": S2, "ended_on": S2,
    }  # fmt: skip
    ledger_kind = "team"
    scope = Scope(view=Action.TEAM_VIEW)

    class Meta:
        indexes = (models.Index(fields=("region_code", "ended_on"), name="team_by_region"),)

    def ledger_chain(self) -> str:
        return f"town/{self.region_code[:9]}"

    def __str__(self) -> str:
        return self.name


TeamMember = Team.members.through
TeamMember.field_classes = {"id": S1, "team": S2, "helper": S2}  # type: ignore[attr-defined]
