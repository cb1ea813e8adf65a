"""From database rows to a stored plan with reasons, at city scale: 10,000 needs, 2,000 helpers, one region.

The reference is the raw network simplex on arrays that are already built. The share of each step stands beside it.
"""

import random
import time
from collections.abc import Iterator
from typing import Any

from . import database

NEEDS, HELPERS = 10_000, 2_000


def run() -> Iterator[dict[str, Any]]:
    database.fresh()
    from heli.common import days
    from heli.dispatch import proposing
    from heli.engines import matching
    from heli.engines.matching import flow
    from heli.engines.matching.best import best

    people, at = database.world()
    _fill(people, at)
    days.forget_demo_day()
    began = time.process_time()
    stored = proposing.region_propose("331081", actor=people["linmei"], at=at)
    side = time.process_time() - began
    made = best(matching.parse_problem(stored.problem))
    began = time.process_time()
    flow.solve(made.network)
    raw = time.process_time() - began
    yield {"what": f"{NEEDS} x {HELPERS}: rows to stored plan with reasons / raw network simplex", "side": side,
           "reference": raw, "ratio": side / raw, "steps": stored.seconds, "served": len(made.final.need)}  # fmt: skip


def _fill(people: Any, at: Any) -> None:
    """Straight into the tables: what is measured begins after."""
    from heli.demo.small import build
    from heli.fieldwork.models import Need
    from heli.fieldwork.words import KINDS
    from heli.helpers.models import Helper, HelperKind, HelperSkill, Training
    from heli.helpers.words import SKILLS
    from heli.households.models import Household
    from heli.regions.models import Region

    dice = random.Random(2023)
    small = build(people, at=at)
    villages = list(Region.objects.filter(level="village").values_list("code", flat=True))
    helpers = Helper.objects.bulk_create(
        Helper(name=f"帮{n}", region_code=dice.choice(villages), state="active", capacity=dice.choice((5, 6, 7)),
               serves=[dice.choice(villages)[:9]])
        for n in range(HELPERS)
    )  # fmt: skip
    codes = [code for code, _ in SKILLS]
    HelperSkill.objects.bulk_create(
        HelperSkill(helper=one, skill=skill, level=dice.randrange(1, 6))
        for one in helpers
        for skill in dice.sample(codes, 4)
    )
    HelperKind.objects.bulk_create(HelperKind(helper=one, kind="volunteer") for one in helpers)
    Training.objects.bulk_create(Training(helper=one, course="", passed_on=at.date()) for one in helpers)
    block = small.block
    households = Household.objects.bulk_create(
        Household(code=f"B-{n}", region_code=dice.choice(villages), town_code="331081108", block=block)
        for n in range(NEEDS)
    )
    plain = [code for code in KINDS if code not in {"policy_explanation", "school_place", "business_relocation",
                                                     "police_service", "family_partition", "agreement_drafting",
                                                     "valuation_explanation"}]  # fmt: skip
    Need.objects.bulk_create(
        Need(code=f"B-{n}", household=one, region_code=one.region_code, kind=dice.choice(plain), title="要帮忙",
             urgency=dice.randrange(1, 6), raised_by=people["linmei"], raised_at=at)
        for n, one in enumerate(households)
    )  # fmt: skip
