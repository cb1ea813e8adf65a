"""The village world: 吉捕岙 in 城南镇 on the eve of the consultation's day, small enough to know everybody by name.

The roster's households enter with its unreadable rows put right; helpers, officials, needs and what came of some of
them follow through the services, each on its own day.
"""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from heli import ledger
from heli.access.models import Person
from heli.blocks import services as blocks
from heli.blocks.models import Block, Programme
from heli.common import days
from heli.dispatch import proposing
from heli.dispatch import services as dispatch
from heli.fieldwork import services as fieldwork
from heli.fieldwork.models import Need
from heli.helpers import services as helper_services
from heli.helpers.models import Helper
from heli.households import filing
from heli.households.models import Household
from heli.intake import land_planning, planning
from heli.ledger.acting import acting
from heli.papers import services as papers
from heli.parcels import rules
from heli.parcels import services as land
from heli.parcels.geometry import shape_of

from . import cast as parts
from . import registry, scans, stories, writing
from .cast import TOWN, VILLAGE
from .days import TODAY, on
from .small import HOUSEHOLDS as FAMILY

DATA = Path(__file__).parent / "data"
HELPERS = 165  # of this world, without staff
NEIGHBOURS = (VILLAGE, "331081108222", "331081108278")
PENGJIA = "331081108214"
Tell = Callable[[str], None]


def build(tell: Tell) -> None:
    """Fill an empty database. Every step happens on its own day of 2023."""
    at = on(date(2023, 2, 10), 9)
    people = parts.enter(parts.CAST, at=at)
    linmei = people["linmei"]
    with acting(linmei, "town_officer"):
        programme = blocks.programme_add(
            name="2023 年城中村改造", kind="urban_village", year=2023, region_code=TOWN, actor=linmei, at=at
        )
        fill(people, programme, tell)
        proposing.region_propose(TOWN, actor=linmei, at=on(TODAY, 8))


def roster_ids() -> set[str]:
    """Resident IDs that this world uses already."""
    told: set[str] = {row.id_number for row in stories.HELPERS} | {m.id_number for row in FAMILY for m in row.members}
    for name, kind in (("households-jibuao.xlsx", "households"), ("helpers-chengnan.xlsx", "helpers")):
        plan, _ = planning.read(DATA / name, today=TODAY, kind=kind)
        told |= {row.id_number for row in plan.households} | {row.id_number for row in plan.helpers}
    return told | {str(value) for value in stories.MENDED.values()}


def fill(people: dict[str, Person], programme: Programme, tell: Tell) -> None:
    """吉捕岙 and 彭家 with their people and what was asked for; also a part of the city."""
    linmei, at = people["linmei"], on(date(2023, 2, 10), 9)
    tell("区块")
    block = _blocks(programme, linmei, at)
    tell("住户")
    _households(block, linmei, at)
    tell("宗地")
    _parcels(block, linmei)
    tell("社会力量")
    helpers = _helpers(people, linmei)
    tell("材料")
    _papers(linmei)
    tell("要帮的忙")
    _needs(people, helpers)
    registry.fill(people, {row.name: row for row in Helper.objects.filter(pk__in=[one.pk for one in helpers.values()])})


def _blocks(programme: Programme, linmei: Person, at: datetime) -> Block:
    facts: dict[str, Any] = {"programme": programme, "town_code": TOWN, "actor": linmei, "at": at}
    block = blocks.block_add(
        code="108-01", name="吉捕岙区块", mark="吉", villages=NEIGHBOURS, started_on=date(2023, 2, 1), **facts
    )
    blocks.block_add(code="108-02", name="彭家区块", mark="彭", villages=[PENGJIA], **facts)
    return block


def _households(block: Block, linmei: Person, at: datetime) -> None:
    """The roster of the block, its unreadable rows put right as the office did after asking at the door."""
    mended = stories.mended_roster(DATA / "households-jibuao.xlsx")
    plan, _ = planning.read(mended, today=days.today(), kind="households", block=block)
    roster = [planning.new_household(row) for row in plan.households]
    writing.households([*FAMILY, *roster], block=block, actor=linmei, at=at, batch="DEMO-1")
    mended.unlink()


def _parcels(block: Block, linmei: Person) -> None:
    """The survey of the block, a month after its roster, and the outline around its lots."""
    at = on(date(2023, 3, 3), 15)
    plan, _ = planning.read(DATA / "parcels-jibuao.zip", today=days.today(), kind="parcels", block=block)
    writing.parcels(land_planning.new_parcels(plan.parcels, block), block=block, actor=linmei, at=at, batch="DEMO-3")
    outline = rules.around([shape_of(row.shape) for row in plan.parcels])
    land.boundary_set(block, shape=outline, how="imported", actor=linmei, at=at)


@ledger.written
def _helpers(people: dict[str, Person], linmei: Person) -> dict[str, Helper]:
    at = on(date(2023, 3, 6), 10)
    plan, _ = planning.read(DATA / "helpers-chengnan.xlsx", today=days.today(), kind="helpers")
    roster = [planning.new_helper(row, TOWN) for row in plan.helpers]
    writing.helpers([*stories.HELPERS, *roster], actor=linmei, at=at, batch="DEMO-2")
    at = on(date(2023, 3, 20), 15)
    waiting = Helper.objects.filter(batch="DEMO-2").order_by("pk")
    helper_services.helpers_admit(
        list(waiting[: len(waiting) - stories.STILL_WAITING]), reason="镇里审核，参加了三月的培训",
        trained_on=date(2023, 3, 18), actor=linmei, at=at,
    )  # fmt: skip
    helpers = {helper.name: helper for helper in waiting}
    for name, username in stories.ACCOUNTS.items():
        helper_services.helper_link_account(helpers[name], people[username], actor=linmei, at=at)
    return {helper.name: helper for helper in waiting.all()}


def _papers(linmei: Person) -> None:
    """What the first family handed in, each on its day."""
    family = Household.objects.filter(block__code="108-01").order_by("pk")[0]
    for scan in scans.scans():
        papers.paper_add(filing.subject(family), scan.file, kind=scan.kind, actor=linmei, at=on(scan.day, 15))


@ledger.written
def _needs(people: dict[str, Person], helpers: dict[str, Helper]) -> None:
    households = list(Household.objects.filter(block__code="108-01").order_by("pk"))
    for story in stories.NEEDS:
        at = on(story.day, 10)
        household = households[story.household]
        if story.trusts:
            fieldwork.trust_name(household, helpers[story.trusts], heard="in_person", actor=people["wentao"], at=at)
        need = fieldwork.need_raise(household, actor=people["wentao"], at=at, **story.facts())
        if story.helper:
            _went(story, need, helpers, people)


def _went(story: stories.Story, need: Need, helpers: dict[str, Helper], people: dict[str, Person]) -> None:
    """How far a story went: invited, under way, or done with the household's word."""
    helper, linmei = helpers[story.helper], people["linmei"]
    at = on(story.day, 14)
    made = dispatch.dispatch_approve(need, helper, official=helpers["周予安"], actor=linmei, at=at)
    if story.until == "invited":
        return
    person = Helper.objects.get(pk=helper.pk).person
    assert person is not None
    dispatch.invitation_clear(made, actor=person, at=on(story.day, 15))
    dispatch.invitation_accept(made, actor=person, at=on(story.day, 15, 10))
    dispatch.dispatch_begin(made, actor=person, at=on(story.day, 17))
    if story.until == "done":
        at = on(story.ended or story.day, 16)
        dispatch.dispatch_finish(made, word=story.word, heard="in_person", actor=people["wentao"], at=at)
