"""One household, one file. Sensitive values are sealed; what can be searched has a keyed index beside it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from heli.access.actions import Action
from heli.access.doors import Scope
from heli.blocks.models import Block
from heli.common.classes import S1, S2, S3, S4, FieldClass
from heli.common.codes import PlainOrderField, RegionCodeField
from heli.common.fields import SealedTextField


class Hidden(models.Model):
    """A batch whose households do not exist for anybody: still being written, or taken back. One row for all of them,
    so that a hundred thousand begin to exist, or cease to, by one (ADR 11)."""

    batch = models.CharField(max_length=24, unique=True)

    field_classes: ClassVar[dict[str, FieldClass]] = {"id": S1, "batch": S2}

    def __str__(self) -> str:
        return self.batch


def entered(path: str = "") -> Q:
    """Households that have entered; `path` leads to the household from where it is asked (`household__`)."""
    return ~Q(**{f"{path}batch__in": Hidden.objects.values("batch")})


class EnteredManager(models.Manager["Household"]):
    """Households that have entered. Rows of an import that is still being written do not exist for anybody."""

    def get_queryset(self) -> models.QuerySet["Household"]:
        return super().get_queryset().filter(entered())


class Household(models.Model):
    """`code` is what people say aloud; it tells nothing of name or place. `region_code` is the village's."""

    class Wish(models.TextChoices):
        CASH = "cash", _("货币")
        EXCHANGE = "exchange", _("公寓安置")
        REBUILD = "rebuild", _("立地安置")
        VOUCHER = "voucher", _("房票")
        UNDECIDED = "", _("未定")

    code = PlainOrderField(max_length=20)
    region_code = RegionCodeField()
    block = models.ForeignKey(Block, on_delete=models.PROTECT, null=True, related_name="households")
    town_code = RegionCodeField()
    group_name = models.CharField(max_length=20, default="", blank=True)
    serial = PlainOrderField(max_length=20, default="", blank=True)
    people_count = models.IntegerField(default=0)
    bays = models.IntegerField(default=0)
    wish = models.CharField(max_length=12, choices=Wish.choices, default="", blank=True)
    remark = SealedTextField(default="", blank=True)
    batch = models.CharField(max_length=24, default="")
    version = models.IntegerField(default=1)

    objects = EnteredManager()
    all_rows = models.Manager["Household"]()
    scope = Scope(view=Action.HOUSEHOLD_VIEW, relations={"household": "pk"})
    field_classes: ClassVar[dict[str, FieldClass]] = {
        "id": S1, "code": S2, "region_code": S2, "block": S2, "town_code": S2, "group_name": S2, "serial": S2,
        "people_count": S2, "bays": S2, "wish": S3, "remark": S4, "batch": S2, "version": S2,
    }  # fmt: skip
    ledger_kind = "household"

    class Meta:
        base_manager_name = "all_rows"
        constraints = (
            # A constraint and not `unique=True`: on PostgreSQL that would bring a second index for LIKE.
            models.UniqueConstraint(fields=("code",), name="a_household_has_its_own_code"),
            models.CheckConstraint(condition=Q(people_count__gte=0), name="people_are_not_negative"),
            models.CheckConstraint(condition=Q(bays__gte=0), name="bays_are_not_negative"),
        )
        indexes = (
            models.Index(fields=("region_code", "code"), name="household_by_region"),
            models.Index(fields=("batch",), name="household_by_batch"),
            models.Index(fields=("serial", "region_code"), name="household_by_serial"),
        )

    def ledger_chain(self) -> str:
        return self.block.ledger_chain() if self.block else f"town/{self.town_code}"

    def __str__(self) -> str:
        return str(self.code)


class Member(models.Model):
    """Somebody of a household. Has no account."""

    class Role(models.TextChoices):
        HEAD = "head", _("户主")
        MEMBER = "member", _("家人")
        OWNER = "owner", _("产权人")
        HEIR = "heir", _("继承人")
        TENANT = "tenant", _("租客")
        OCCUPANT = "occupant", _("居住人")
        REPRESENTATIVE = "representative", _("受托人")

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="members")
    role = models.CharField(max_length=16, choices=Role.choices)
    name = models.CharField(max_length=40)
    kinship = models.CharField(max_length=20, default="", blank=True)
    id_number = SealedTextField(default="", blank=True)
    id_index = PlainOrderField(max_length=40, default="")
    phone = SealedTextField(default="", blank=True)
    phone_index = PlainOrderField(max_length=40, default="")
    phone_tail = PlainOrderField(max_length=4, default="")

    field_classes: ClassVar[dict[str, FieldClass]] = {
        "id": S1, "household": S2, "role": S2, "name": S3, "kinship": S3, "id_number": S4,
        "id_index": S4, "phone": S3, "phone_index": S3, "phone_tail": S3,
    }  # fmt: skip
    ledger_kind = "member"

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("household",), condition=Q(role="head"), name="a_household_has_one_head"),
        )
        # Indexes of their own and not `db_index`: on PostgreSQL that would bring a second one for LIKE to each.
        indexes = (
            models.Index(fields=("name",), name="member_by_name"),
            models.Index(fields=("id_index",), name="member_by_id"),
            models.Index(fields=("phone_index",), name="member_by_phone"),
            models.Index(fields=("phone_tail",), name="member_by_tail"),
        )

    def ledger_chain(self) -> str:
        return self.household.ledger_chain()

    def __str__(self) -> str:
        return self.name


class House(models.Model):
    """A building of a household. Areas are whole square decimetres (0.01 m²)."""

    class Structure(models.TextChoices):
        FRAME = "frame", _("框架")
        BRICK_CONCRETE = "brick_concrete", _("砖混")
        BRICK_TIMBER = "brick_timber", _("砖木")
        SIMPLE = "simple", _("简易")

    class Status(models.TextChoices):
        REGISTERED = "registered", _("登记")
        RECOGNISED_LEGAL = "recognised_legal", _("认定合法")
        RECOGNISED_ILLEGAL = "recognised_illegal", _("认定违法")
        EXPIRED_TEMPORARY = "expired_temporary", _("临时到期")
        TO_BE_DECIDED = "to_be_decided", _("待认定")

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="houses")
    number = models.CharField(max_length=20)
    structure = models.CharField(max_length=16, choices=Structure.choices)
    grade = models.IntegerField(null=True)
    built_year = models.IntegerField(null=True)
    floors = models.IntegerField(null=True)
    bays = models.IntegerField(null=True)
    registered_dm2 = models.BigIntegerField(null=True)
    recognised_dm2 = models.BigIntegerField(null=True)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.TO_BE_DECIDED)

    field_classes: ClassVar[dict[str, FieldClass]] = {
        "id": S1, "household": S2, "number": S2, "structure": S2, "grade": S2, "built_year": S2, "floors": S2,
        "bays": S2, "registered_dm2": S3, "recognised_dm2": S3, "status": S3,
    }  # fmt: skip

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=(Q(registered_dm2__isnull=True) | Q(registered_dm2__gte=0))
                & (Q(recognised_dm2__isnull=True) | Q(recognised_dm2__gte=0)),
                name="areas_are_not_negative",
            ),
        )


class Share(models.Model):
    """The part of a house or of all that a member holds, as a fraction; from title or from a partition."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="shares")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="shares")
    numerator = models.IntegerField()
    denominator = models.IntegerField()
    source = models.CharField(max_length=20)

    field_classes: ClassVar[dict[str, FieldClass]] = {
        "id": S1, "household": S2, "member": S3, "numerator": S3, "denominator": S3, "source": S3,
    }  # fmt: skip

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("household", "member"), name="a_member_has_one_share"),
            models.CheckConstraint(
                condition=Q(numerator__gt=0) & Q(denominator__gte=F("numerator")), name="a_share_is_a_fraction"
            ),
        )


class Link(models.Model):
    """挂靠: a household counted with a host household."""

    household = models.OneToOneField(Household, on_delete=models.CASCADE, related_name="link")
    host = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="guests")

    field_classes: ClassVar[dict[str, FieldClass]] = {"id": S1, "household": S3, "host": S3}

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(household=F("host")), name="a_household_is_not_its_own_host"),
        )


class Hardship(models.Model):
    """A flag that somebody of the household needs care; what it is stands sealed."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="hardships")
    what = SealedTextField()
    noted_on = models.DateField()

    field_classes: ClassVar[dict[str, FieldClass]] = {"id": S1, "household": S4, "what": S4, "noted_on": S4}
