"""A county that is full enough for a plan to matter: three thousand households over its towns, and who helps them."""

import random
from datetime import timedelta

from django.db import connection

from heli.blocks import services as blocks
from heli.blocks.models import Programme
from heli.common import days
from heli.demo import people, writing
from heli.fieldwork.models import Need
from heli.helpers import services as helper_services
from heli.helpers.bulk import NewHelper
from heli.helpers.models import Helper
from heli.households.bulk import NewHousehold, NewMember
from heli.households.models import Household
from heli.intake.models import Batch
from heli.lists.models import Export
from heli.regions import selectors as regions

HOUSEHOLDS, HELPERS, A_TOWN_S_BATCHES = 3_200, 1_600, 20
MARKS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"
KINDS = ("family_partition", "neighbour_dispute", "policy_question", "care")


def fill(cast, at):
    dice, linmei = random.Random(7), cast["linmei"]
    towns = [town.code for town in regions.by_level("town", "331081")]
    programme = Programme.objects.get()
    for n, town in enumerate(towns):
        villages = [village.code for village in regions.by_level("village", town)]
        block = blocks.block_add(code=f"{town[6:]}-90", name="新区块", mark=MARKS[n], programme=programme,
                                 town_code=town, villages=villages[:3], actor=linmei, at=at)  # fmt: skip
        new = [_household(dice, dice.choice(villages), n) for n in range(HOUSEHOLDS // len(towns))]
        writing.households(new, block=block, actor=linmei, at=at, batch=f"H-{town}")
        who = [_helper(dice, dice.choice(villages)) for _ in range(HELPERS // len(towns))]
        writing.helpers(who, actor=linmei, at=at, batch=f"P-{town}")
        Batch.objects.bulk_create(a_batch(town, n, linmei, at) for n in range(A_TOWN_S_BATCHES))
        leader = Helper.objects.filter(batch=f"P-{town}").first()
        for name in "一二三":
            helper_services.team_add(
                name=f"{name}队", region_code=town, leader=leader, members=[leader], actor=linmei, at=at
            )
    _needs(dice, linmei, at)
    Export.objects.bulk_create(
        Export(owner=linmei, register="households", query="", sheet="csv", at=at, until=at) for _ in range(15)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _household(dice, village, n):
    names = [people.helper_name(dice) for _ in range(3)]
    kin = (NewMember(names[0], phone=people.phone(dice)), *(NewMember(name, role="member") for name in names[1:]))
    return NewHousehold(region_code=village, group_name=f"{n % 9}组", serial=str(n), people=3, bays=n % 7, members=kin)


def _helper(dice, village):
    kind, skill = dice.choice(
        (("lawyer", "legal_advice"), ("mediator", "family_mediation"), ("teacher", "policy_explaining"))
    )
    return NewHelper(people.helper_name(dice), village, (kind,), ((skill, 3),), ("wenling",), phone=people.phone(dice))


def a_batch(town, n, by, at):
    return Batch(code=f"B-{town}-{n}", kind="households", file_name=f"名单{n}.xlsx", file="x", file_digest="x",
                 town_code=town, by=by, at=at - timedelta(days=n))  # fmt: skip


def _needs(dice, by, at):
    rows = Household.objects.order_by("pk")
    Need.objects.bulk_create(
        Need(code=f"XQ-T-{row.pk}", household=row, region_code=row.region_code, kind=dice.choice(KINDS), title="请人说合",
             state=dice.choice(("open", "asked", "done", "done")), raised_by=by, raised_at=at,
             wanted_by=days.local_day(at))
        for row in rows.iterator() if row.pk % 2
    )  # fmt: skip
