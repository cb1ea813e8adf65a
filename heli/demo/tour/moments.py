"""The moments at which the tour's doors open. A visitor may use one up: `ready` then brings about the next of its kind,
by the same services as everybody. `path` only looks.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.urls import reverse

from heli import ledger
from heli.access.models import Person
from heli.access.roles import Role
from heli.common import days
from heli.common.errors import DomainError
from heli.demo import samples
from heli.demo.cast import OTHER_TOWN, TOWN
from heli.dispatch import proposing
from heli.dispatch import services as dispatch
from heli.dispatch.models import Dispatch
from heli.fieldwork import services as fieldwork
from heli.fieldwork.models import Need
from heli.helpers import lending
from heli.helpers.models import Helper, Loan
from heli.households.models import Household
from heli.intake import services as intake
from heli.intake.models import Batch
from heli.ledger.acting import acting
from heli.regions.models import Region

BLOCK = "108-01"
PARTITION = "family_partition"
TITLES = ("三兄弟分老屋，想请人坐下来把话说开", "老屋后半间归谁，想再请人说说", "老母亲往后跟谁住，想请人坐下来商量")
AWAITED = ("invited", "accepted", "under_way")


def _person(username: str) -> Person:
    return Person.objects.get(username=username)


def _helper(username: str) -> Helper:
    return Helper.objects.get(person__username=username)


@contextmanager
def _as_officer() -> Iterator[tuple[Person, datetime]]:
    linmei = _person("linmei")
    with acting(linmei, Role.TOWN_OFFICER):
        yield linmei, days.now()


def registry_path() -> str:
    return f"{reverse('helpers:list')}?kind=mediator"


def own_path() -> str:
    return reverse("helpers:own")


def field_path() -> str:
    return reverse("dispatch:field")


def registry_ready() -> None:
    """Another town would like her help, her own town agrees, and she has not said yet."""
    helper = _helper("jiangyingxue")
    if Loan.objects.filter(helper=helper, state="agreed").exists():
        return
    with _as_officer() as (linmei, at):
        until = days.local_day(at) + timedelta(days=50)
        loan = lending.loan_ask(
            helper,
            to_code=_town_without(helper),
            purpose="两户析产，请去说和",
            until=until,
            actor=_person("qinchuan"),
            at=at,
        )
        lending.loan_home(loan, agreed=True, actor=linmei, at=at)


def _town_without(helper: Helper) -> str:
    lent = set(Loan.objects.filter(helper=helper).values_list("to_code", flat=True))
    towns = Region.objects.filter(level="town").exclude(code=TOWN).order_by("code").values_list("code", flat=True)
    return next((code for code in (OTHER_TOWN, *towns) if code not in lent), OTHER_TOWN)


def import_path() -> str:
    batch = _preview()
    return reverse("intake:batch", args=[batch.pk]) if batch else reverse("intake:list")


def import_ready() -> None:
    """A village's roster is handed over and not yet written: its own people each time, the same slips."""
    if _preview():
        return
    again = Batch.objects.filter(file_name=samples.ROSTER, state="done").count()
    with TemporaryDirectory() as folder, _as_officer() as (linmei, at):
        content = samples.roster(Path(folder) / samples.ROSTER, again=again).read_bytes()
        place, digest = intake.file_keep(samples.ROSTER, iter([content]))
        intake.batch_hand_over(
            file_name=samples.ROSTER, place=place, digest=digest, town_code=TOWN, actor=linmei, at=at
        )


def _preview() -> Batch | None:
    return Batch.objects.filter(file_name=samples.ROSTER, state="ready").order_by("pk").last()


def households_path() -> str:
    return f"{reverse('households:list')}?block={BLOCK}"


def need_new_path() -> str:
    """On the cadre's phone, at the second family's door."""
    family = Household.objects.filter(block__code=BLOCK).order_by("pk")[1]
    return reverse("dispatch:need_new", args=[family.pk])


def needs_path() -> str:
    return reverse("fieldwork:needs")


def match_path() -> str:
    need = _partition() or Need.objects.filter(household__block__code=BLOCK, kind=PARTITION).order_by("pk").last()
    return reverse("dispatch:need", args=[need.pk]) if need else needs_path()


def match_ready() -> None:
    """A family asks for somebody to talk its partition over, and the proposal with its reasons is there."""
    if _partition():
        return
    family = Household.objects.filter(block__code=BLOCK).order_by("pk")[0]
    asked = Need.objects.filter(household=family, kind=PARTITION).count()
    with _as_officer() as (linmei, at):
        need = fieldwork.need_raise(
            family, kind=PARTITION, title=TITLES[asked % len(TITLES)], urgency=3, stage="apportionment",
            features=("partition", "inheritance"), wishes="晚上来，讲温岭话", actor=linmei, at=at,
        )  # fmt: skip
        proposing.region_propose(TOWN, actor=linmei, at=at, needs=[need.pk])


def _partition() -> Need | None:
    open_ = Need.objects.filter(household__block__code=BLOCK, kind=PARTITION, state="open", proposals__is_latest=True)
    return open_.order_by("pk").first()


def invitation_path() -> str:
    dispatch_ = _invitation()
    return reverse("dispatch:invitation", args=[dispatch_.pk]) if dispatch_ else reverse("dispatch:field")


def asked_path() -> str:
    """The same matter as the officer sees it."""
    dispatch_ = _invitation()
    return reverse("dispatch:need", args=[dispatch_.need_id]) if dispatch_ else needs_path()


def invitation_ready() -> None:
    """A lawyer is asked about a house that was sold in the nineties, and has not answered."""
    lawyer = _helper("yelvshi")
    if Dispatch.objects.filter(helper=lawyer, state="invited").exists():
        return
    with _as_officer() as (linmei, at), suppress(DomainError):  # hands full, as may be: then what the lawyer is at
        _invite(lawyer, actor=linmei, at=at)


@ledger.written
def _invite(lawyer: Helper, *, actor: Person, at: datetime) -> None:
    families = Household.objects.filter(block__code=BLOCK).order_by("pk")
    family = families[(31 + Need.objects.count()) % families.count()]
    need = fieldwork.need_raise(
        family, kind="house_sale_dispute", title="九十年代买的房，卖家的儿子来说没卖", features=("sale",),
        stage="apportionment", actor=actor, at=at,
    )  # fmt: skip
    dispatch.dispatch_approve(need, lawyer, official=_helper("zhouyuan"), actor=actor, at=at)


def _invitation() -> Dispatch | None:
    mine = Dispatch.objects.filter(helper__person__username="yelvshi", state__in=AWAITED)
    return mine.filter(state="invited").order_by("pk").last() or mine.order_by("pk").last()
