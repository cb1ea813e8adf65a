"""The city world: Wenling as the consultation of 25 October 2023 found it, with invented people.

Blocks of 2022 and 2023, the reservoir's villages, two thousand helpers with teams and lines, officials, and what was
asked for and came of it, each step on its own day. Later rooms add what is theirs. The same from the same seed.
"""

import random
from dataclasses import replace
from datetime import date, timedelta

from heli import ledger
from heli.access import services as access
from heli.access.models import Person
from heli.access.roles import Role
from heli.blocks import services as blocks
from heli.blocks.models import Block, Programme
from heli.common import codes
from heli.dispatch import proposing
from heli.fieldwork.models import Need
from heli.helpers import services as helper_services
from heli.helpers.bulk import NewHelper
from heli.helpers.models import Helper
from heli.households.bulk import NewHouse, NewHousehold, NewMember
from heli.ledger.acting import acting
from heli.regions.models import Region

from . import cast as parts
from . import city_help, city_land, city_places, city_stories, city_told, people, village, writing
from .cast import COUNTY, TOWN
from .city_places import Place
from .city_state import City
from .days import TODAY, on
from .village import Tell

SEED = 20231025
HELPERS, A_SLICE = 2_000, 400
SURVEYED = timedelta(days=40)  # after a block begins its lots are known
DONE_2022, DONE_2023, UNDER_WAY, ASKED, OPEN, OPEN_RESERVOIR = 120, 150, 30, 25, 110, 24


def build(tell: Tell) -> None:
    at = on(date(2022, 1, 10), 9)
    cast = parts.enter(parts.CAST, at=at)
    city = City(people.dice_of(SEED), cast, people.resident_ids(village.roster_ids()))
    with acting(cast["linmei"], Role.TOWN_OFFICER):
        tell("镇街和经办")
        _officers(city)
        tell("2022 年的区块和住户")
        programme = _programme(city, "2022 年城中村改造", "urban_village", date(2022, 2, 20))
        marks = _blocks(city, programme, city_places.blocks_2022(city.dice))
        tell("社会力量")
        _helpers(city)
        tell("2022 年要帮的忙")
        city_help.needs(city, 2022, DONE_2022, date(2022, 5, 1), date(2022, 12, 10), "done")
        city_help.fish_bridge(city)
        city_told.tiger_head(city)
        tell("2023 年的区块和住户")
        programme = _programme(city, "2023 年城中村改造", "urban_village", date(2023, 1, 30))
        village.fill(cast, programme, lambda what: tell(f"吉捕岙：{what}"))
        marks += _blocks(city, programme, city_places.blocks_2023(city.dice, marks))
        tell("湖漫水库生态搬迁")
        programme = _programme(city, "湖漫水库生态搬迁", "ecological", date(2023, 9, 1))
        _blocks(city, programme, city_places.reservoir(city.dice, marks))
        tell("队伍")
        _teams(city)
        tell("2023 年要帮的忙")
        city_help.needs(city, 2023, DONE_2023, date(2023, 4, 1), date(2023, 10, 10), "done")
        city_help.needs(city, 2023, UNDER_WAY, date(2023, 10, 11), date(2023, 10, 20), "under_way")
        city_help.needs(city, 2023, ASKED, date(2023, 10, 19), date(2023, 10, 24), "invited")
        city_help.needs(city, 2023, OPEN, date(2023, 9, 20), date(2023, 10, 24), "")
        city_help.needs(city, 2023, OPEN_RESERVOIR, date(2023, 10, 9), date(2023, 10, 24), "", kind="ecological")
        city_told.ours_is_late(city)
        city_told.still_talking(city)
        tell("谁来帮合适")
        _propose(city)


@ledger.written
def _officers(city: City) -> None:
    """A town officer for each town that has none of the cast, and three officials each with an account."""
    towns = list(Region.objects.filter(level="town").order_by("code"))
    for town in towns:
        name, at = people.helper_name(city.dice), on(date(2022, 1, 10), 10)
        if town.code == TOWN:
            city.officers[town.code] = city.cast["linmei"]
        elif town.code == parts.OTHER_TOWN:
            city.officers[town.code] = city.cast["taoying"]
        else:
            person = access.person_add(username=f"office-{town.code[6:]}", name=name, password=None, at=at)
            access.grant_give(person, role=Role.TOWN_OFFICER, region_code=town.code, title="镇经办", at=at)
            city.officers[town.code] = person
    new = [_official(city, town.code, n) for town in towns for n in range(3)]
    writing.helpers(new, actor=city.cast["linmei"], at=on(date(2022, 1, 12), 9), batch="CITY-O")
    rows = list(Helper.objects.filter(batch="CITY-O").order_by("pk"))
    _admit(rows, city, date(2022, 1, 20))
    for row in rows:
        at = on(date(2022, 1, 20), 11)
        person = access.person_add(username=f"official-{row.pk}", name=row.name, password=None, at=at)
        access.grant_give(person, role=Role.OFFICIAL, region_code=row.region_code, title="陪同干部", at=at)
        helper_services.helper_link_account(row, person, actor=city.officers[row.region_code], at=at)
        city.officials.setdefault(row.region_code, []).append(row)


def _official(city: City, town: str, number: int) -> NewHelper:
    promises = (("约期", "政策解释"), ("约期",), ("约期", "过渡安排"))[number]
    return NewHelper(people.helper_name(city.dice), town, ("official",), phone=people.phone(city.dice), capacity=20,
                     relation="staff", may_commit=promises)  # fmt: skip


def _admit(rows: list[Helper], city: City, day: date) -> None:
    at = on(day, 15)
    reason = "镇里审核过，参加了岗前培训"
    helper_services.helpers_admit(rows, reason=reason, trained_on=day, actor=city.cast["linmei"], at=at)


def _programme(city: City, name: str, kind: str, day: date) -> Programme:
    actor = city.cast["qinchuan"]
    return blocks.programme_add(name=name, kind=kind, year=day.year, region_code=COUNTY, actor=actor, at=on(day, 9))


def _blocks(city: City, programme: Programme, places: list[Place]) -> list[str]:
    """The programme's blocks and their households; returns the marks that are taken by them."""
    for place in places:
        _block(city, programme, place)
    return [place.mark for place in places]


@ledger.written
def _block(city: City, programme: Programme, place: Place) -> None:
    at, officer = on(place.started_on, 9, 30), city.officers[place.town]
    block = blocks.block_add(
        code=blocks.free_code(place.town), name=place.name, mark=place.mark, programme=programme,
        town_code=place.town, villages=[place.village], land=place.land, started_on=place.started_on,
        actor=officer, at=at,
    )  # fmt: skip
    _households(city, block, place, officer)
    surveyed = city_land.lots(Block.objects.count(), place.village, place.households)
    at = on(place.started_on + SURVEYED, 14)
    writing.parcels(surveyed, block=block, actor=officer, at=at, batch=f"CITY-{block.code}-land")


def _households(city: City, block: Block, place: Place, officer: Person) -> None:
    at = on(place.started_on + timedelta(days=30), 10)
    new = [replace(_household(city, place), serial=str(n)) for n in range(1, place.households + 1)]
    for start in range(0, len(new), A_SLICE):
        part = new[start : start + A_SLICE]
        writing.households(part, block=block, actor=officer, at=at, batch=f"CITY-{block.code}-{start}")


def _household(city: City, place: Place) -> NewHousehold:
    dice = city.dice
    head = NewMember(people.person_name(dice), id_number=next(city.ids), phone=people.phone(dice))
    others = tuple(
        NewMember(people.person_name(dice), role=dice.choice(("owner", "member", "member")))
        for _ in range(dice.choice((0, 0, 1, 2)))
    )
    houses = tuple(_house(dice, n) for n in range(dice.choice((1, 1, 1, 2))))
    return NewHousehold(
        place.village, (head, *others), houses, group_name=f"{dice.randrange(1, 15)}组",
        people=max(1 + len(others), dice.choice((1, 2, 2, 3, 4, 5))), bays=dice.choice((1, 1, 1, 2, 2, 3)),
        wish=dice.choice(("cash", "exchange", "exchange", "rebuild", "voucher", "")),
    )  # fmt: skip


def _house(dice: random.Random, number: int) -> NewHouse:
    area = dice.randrange(4_000, 26_000)
    structure = dice.choice(("brick_concrete", "brick_concrete", "frame", "brick_timber", "simple"))
    status = dice.choice(("registered", "registered", "registered", "recognised_legal", "to_be_decided"))
    return NewHouse(
        f"{number + 1}", structure, dice.randrange(1965, 2016), area if status == "registered" else None,
        None if status == "to_be_decided" else area, status,
    )  # fmt: skip


def _helpers(city: City) -> None:
    """Over all towns, most of them admitted; a few wait for their town."""
    towns = sorted(city.officers)
    villages = {town: list(Region.objects.filter(parent_code=town).values_list("code", flat=True)) for town in towns}
    many = city_places.shares(city.dice, HELPERS - village.HELPERS, len(towns))
    for town, count in zip(towns, many, strict=True):
        _town_helpers(city, town, [_helper(city, town, sorted(villages[town])) for _ in range(count)])


@ledger.written
def _town_helpers(city: City, town: str, new: list[NewHelper]) -> None:
    writing.helpers(new, actor=city.officers[town], at=on(date(2022, 3, 1), 9), batch=f"CITY-H-{town}")
    rows = list(Helper.objects.filter(batch=f"CITY-H-{town}").order_by("pk"))
    _admit(rows[: len(rows) * 9 // 10], city, date(2022, 4, 8))


def _helper(city: City, town: str, villages: list[str]) -> NewHelper:
    dice = city.dice
    kind, _, usual = dice.choices(city_stories.KINDS, [row[1] for row in city_stories.KINDS])[0]
    skills = tuple(
        (skill, dice.choice((1, 1, 2, 3, 4)))
        for skill in dice.sample(usual, min(len(usual), dice.choice((1, 2, 2, 3))))
    )
    home = dice.choice(villages)
    if kind in ("organisation", "enterprise"):
        name = f"{''.join(dice.sample(people.PLAINLY_INVENTED, 2))}{dice.choice(city_stories.ORGANISATIONS)}"
        return NewHelper(name, town, (kind,), skills, phone=people.phone(dice), capacity=dice.choice((8, 10, 12)),
                         serves=(COUNTY,))  # fmt: skip
    also = dice.choice(("worthy", "party_member")) if dice.random() < 0.12 else kind
    return NewHelper(
        people.helper_name(dice), home, tuple(dict.fromkeys((kind, also))), skills, ("wenling",) if dice.random() < 0.7 else (),
        id_number=next(city.ids), phone=people.phone(dice), capacity=dice.choice((None, 2, 3, 3, 4, 5)),
        serves=(dice.choice(sorted(city.officers)),) if dice.random() < 0.25 else (),
        free_times=dice.choice(("工作日晚上", "周末", "随时", "")),
    )  # fmt: skip


@ledger.written
def _teams(city: City) -> None:
    """Two teams a town: a leader, members of one sort, a line."""
    for town in sorted(city.officers):
        at = on(date(2023, 3, 10), 9)
        for name in city.dice.sample(city_stories.TEAMS, 2):
            rows = list(Helper.objects.filter(codes.under(town), relation="social", state="active").order_by("pk"))
            members = city.dice.sample(rows, 8)
            helper_services.team_add(
                name=f"{Region.objects.get(code=town).name}{name}", region_code=town, leader=members[0],
                members=members, line=members[0].line, actor=city.officers[town], at=at,
            )  # fmt: skip


def _propose(city: City) -> None:
    at = on(TODAY, 8)
    for town in (
        Need.objects.filter(state="open")
        .values_list("household__town_code", flat=True)
        .distinct()
        .order_by("household__town_code")
    ):
        proposing.region_propose(town, actor=city.officers[town], at=at)
