"""Plans kept on the disk beside the files they were read of, so that the same reading is not made twice."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from .reading import Plan
from .reading.errors import Notice
from .reading.land_rows import Zone
from .reading.meaning import Column
from .reading.plan import Shown
from .shelf import Shelf

EDITION = 1  # of what is kept; another one is read again
PLAIN = ("kind", "rows", "merged", "title", "block_name", "town_code")
PILES = ("households", "helpers", "bad", "belongs", "parcels", "outlines", "refused", "told")
Read = Callable[[Shelf], Plan]
Fits = Callable[[Plan, Mapping[str, Any]], bool]


def kept(
    place: Path, asked: Mapping[str, Any], said: Callable[[Plan], Mapping[str, Any]], fits: Fits, read: Read
) -> Plan:
    """The plan that stands at `place`, if it was read with the same `asked` and `fits` agrees to what was `said` of it then;
    else it is read, and stands there."""
    key = sha256(json.dumps([EDITION, asked], ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    shelf = Shelf.opened(place)
    if shelf is not None and shelf.facts["key"] == key and fits(plan := _plan(shelf), shelf.facts["said"]):
        return plan

    def made(new: Shelf) -> dict[str, Any]:
        plan = read(new)
        return _put_away(plan, new) | {"key": key, "said": said(plan)}

    return _plan(Shelf.made(place, made))


def forget(place: Path) -> None:
    place.unlink(missing_ok=True)


def _put_away(plan: Plan, shelf: Shelf) -> dict[str, Any]:
    """Rows that were not read onto the shelf go there now; the rest of the plan as plain values."""
    for name in PILES:
        _move(getattr(plan, name), shelf, name)
    for at, sheet in enumerate(plan.sheets):
        _move(sheet.rows, shelf, f"sheet {at}")
    facts: dict[str, Any] = {name: getattr(plan, name) for name in PLAIN}
    return facts | {
        "notices": [asdict(one) for one in plan.notices],
        "zones": [asdict(one) for one in plan.zones],
        "sheets": [(one.name, one.header_row, [asdict(column) for column in one.columns]) for one in plan.sheets],
        "sums": dict(plan.sums),
    }


def _move(rows: Any, shelf: Shelf, name: str) -> None:
    pile = shelf.rows(name)
    if rows is not pile:
        pile.extend(rows)


def _plan(shelf: Shelf) -> Plan:
    facts = shelf.facts
    piles: dict[str, Any] = {name: shelf.rows(name) for name in PILES}
    return Plan(
        **{name: facts[name] for name in PLAIN},
        **piles,
        notices=tuple(Notice(**one) for one in facts["notices"]),
        zones=tuple(Zone(**one) for one in facts["zones"]),
        sheets=tuple(
            Shown(name, row, tuple(Column(**one) for one in columns), shelf.rows(f"sheet {at}"))
            for at, (name, row, columns) in enumerate(facts["sheets"])
        ),
        sums=facts["sums"],
    )
