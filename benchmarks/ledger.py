"""What the ledger costs a business transaction: raising a need with its entry, against the same row without it."""

import time
from collections.abc import Iterator
from typing import Any

from . import database

MANY = 200


def run() -> Iterator[dict[str, Any]]:
    database.fresh()
    from heli.demo import small

    people, at = database.world()
    yield _ratio(small.build(people, at=at), people, at)


def _ratio(village: Any, people: Any, at: Any) -> dict[str, Any]:
    from django.db import transaction

    from heli.fieldwork import services
    from heli.fieldwork.models import Need

    household = village.households["叶茂林"]

    def bare(n: int) -> None:
        with transaction.atomic():
            Need.objects.create(code=f"B-{n}", household=household, region_code=household.region_code, kind="moving_help",
                                title="搬家", raised_by=people["linmei"], raised_at=at)  # fmt: skip

    def told(n: int) -> None:
        services.need_raise(household, kind="moving_help", title="搬家", actor=people["linmei"], at=at)

    reference, side = _time(bare), _time(told)
    return {"what": f"raise a need with its entry / the bare row, {MANY} times", "side": side, "reference": reference,
            "ratio": side / reference}  # fmt: skip


def _time(work: Any) -> float:
    began = time.perf_counter()
    for n in range(MANY):
        work(n)
    return time.perf_counter() - began
