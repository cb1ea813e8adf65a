"""What households of the demonstration city asked for, and who helped: each matter on its own day, through the services.

Those of one kind are written in one transaction, as nobody else is at work here.
"""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count

from heli import ledger
from heli.blocks.models import Block
from heli.common import codes
from heli.common.errors import DomainError
from heli.dispatch import services as dispatch
from heli.dispatch.rules import DEFAULT
from heli.fieldwork import services as fieldwork
from heli.fieldwork.models import Need
from heli.helpers.models import Helper
from heli.households.models import Household

from . import city_stories
from .city_state import City
from .days import on


@ledger.written
def needs(
    city: City, year: int, many: int, first: date, last: date, until: str, *, kind: str = "urban_village"
) -> None:
    """`many` needs of that year's blocks, raised between two days, as far as `until`."""
    found = Household.objects.filter(block__programme__year=year, block__programme__kind=kind)
    found = found.exclude(block__code="108-01").order_by("pk")
    chosen = city.dice.sample(list(found.values_list("pk", flat=True)), many)
    households = Household.objects.select_related("block").in_bulk(chosen)
    span = (last - first).days
    for n, (_, household) in enumerate(sorted(households.items())):
        day = first + timedelta(days=city.dice.randrange(span))
        need = _ask(city, household, day)
        if until:
            helped(city, need, day, until, n)


def _ask(city: City, household: Household, day: date) -> Need:
    kind = city.dice.choice(sorted(city_stories.ASKED))
    title, stage, feature = city.dice.choice(city_stories.ASKED[kind])
    facts: dict[str, Any] = {"features": (feature,)} if feature else {}
    return fieldwork.need_raise(
        household, kind=kind, title=title, stage=stage, urgency=city.dice.choice((1, 2, 2, 2, 3, 4)),
        source=city.dice.choice(("visit", "visit", "phone", "survey")), actor=city.officers[household.town_code],
        at=on(day, 10), **facts,
    )  # fmt: skip


def helped(city: City, need: Need, day: date, until: str, n: int, word: str = "") -> None:
    """Somebody of the town or the city who can, beside an official of the town."""
    town, officer = need.region_code[:9], city.officers[need.region_code[:9]]
    official = city.officials[town][n % 3]
    for helper in _able(need, town):
        try:
            with ledger.tried():
                made = dispatch.dispatch_approve(need, helper, official=official, actor=officer, at=on(day, 14))
            break
        except DomainError:
            continue
    else:
        return
    if until == "invited":
        return
    person = helper.person
    assert person is not None
    dispatch.invitation_clear(made, actor=person, at=on(day, 15))
    dispatch.invitation_accept(made, actor=person, at=on(day, 15, 20))
    dispatch.dispatch_begin(made, actor=person, at=on(day, 18))
    if until == "done":
        said = word or city.dice.choice(city_stories.WORDS)
        at = on(day + timedelta(days=city.dice.randrange(2, 15)), 16)
        dispatch.dispatch_finish(made, word=said, heard="in_person", actor=officer, at=at)


def _able(need: Need, town: str) -> list[Helper]:
    """Active people of the town with the skill, those with the fewest dispatches first."""
    rows = Helper.objects.filter(codes.under(town), state="active", relation="social")
    for skill, level in DEFAULT.need_kinds[need.kind].skills.items():
        rows = rows.filter(skills__skill=skill, skills__level__gte=level)
    return list(rows.select_related("person").annotate(n=Count("dispatches")).order_by("n", "pk")[:6])


@ledger.written
def fish_bridge(city: City) -> None:
    """卖鱼桥 in the summer of 2022: young volunteers carry a whole staircase down."""
    kind, title, word = city_stories.FISH_BRIDGE
    block = Block.objects.get(name="卖鱼桥区块")
    for n, household in enumerate(Household.objects.filter(block=block).select_related("block").order_by("pk")[:12]):
        day = date(2022, 7, 4) + timedelta(days=n)
        need = fieldwork.need_raise(
            household, kind=kind, title=title, stage="vacating", urgency=3, source="phone",
            actor=city.officers[block.town_code], at=on(day, 9),
        )  # fmt: skip
        helped(city, need, day, "done", n, word)
