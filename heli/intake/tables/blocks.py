"""The list of blocks as a workbook: a known one is put right, a new one is drawn up over its villages."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from heli.blocks import selectors, services
from heli.blocks.models import Block
from heli.common import codes
from heli.common.changes import Changed
from heli.intake.reading.errors import Bad
from heli.regions import selectors as regions

from .kinds import Found, Kind, Office, Otherwise, Row, Told
from .values import choice_of, lines, old_and_new, otherwise

LABELS = {"name": _("区块"), "land": _("土地"), "villages": _("在哪些村")}
BETWEEN = re.compile(r"[、,，;；/]\s*")


def compare(told: Sequence[Told], office: Office) -> Found:
    new: list[Row] = []
    changed: list[Otherwise] = []
    bad: list[Bad] = []
    seen: dict[Any, int] = {}
    for one in told:
        block = selectors.by_code(one["code"]) if one["code"] else selectors.called(one["name"], office.within[:9])
        facts, wrong = _facts(one, block, office)
        key = block.pk if block else one["name"]
        wrong = wrong or _wrong(one, block, facts, office, seen.setdefault(key, one.row))
        if wrong:
            bad.append(wrong)
        elif block is None:
            new.append(Row(one.sheet, one.row, one["name"], tuple(facts.items())))
        else:
            changed += _otherwise(one, block, facts)
    return Found(tuple(new), tuple(changed), len(told) - len(new) - len(bad), tuple(bad))


def _facts(one: Told, block: Block | None, office: Office) -> tuple[dict[str, Any], Bad | None]:
    land, wrong = choice_of(one, "land", Block.Land.choices)
    named = [name for name in BETWEEN.split(one["villages"]) if name]
    lies = {name: office.places.village(name) for name in named}
    unknown = next((name for name, code in lies.items() if not code), "")
    if unknown:
        wrong = wrong or one.wrong("villages", "village_unknown_here", value=unknown[:20])
    programme = selectors.programme_named(one["programme"]) if one["programme"] and block is None else None
    if one["programme"] and block is None and programme is None:
        wrong = wrong or one.wrong("programme", "programme_unknown", value=one["programme"][:20])
    said = {"name": one["name"][:40], "land": land, "villages": sorted(set(lies.values()))}
    facts = {name: value for name, value in said.items() if value}
    if block is None:
        facts |= {"programme": programme.pk if programme else 0, "mark": (one["mark"] or one["name"])[:1]}
    return facts, wrong


def _wrong(one: Told, block: Block | None, facts: dict[str, Any], office: Office, first: int) -> Bad | None:
    if one["code"] and block is None:
        return one.wrong("code", "block_code_unknown", value=one["code"][:20])
    if block is not None and not codes.contains(office.within, block.town_code):
        return one.wrong("code", "elsewhere")
    if block is None and not facts.get("villages"):
        return one.wrong("villages", "block_villages_missing")
    if block is None and not facts.get("programme"):
        return one.wrong("programme", "programme_unknown", value=one["programme"][:20])
    return one.wrong("code", "twice", first=str(first)) if first != one.row else None


def _otherwise(one: Told, block: Block, facts: dict[str, Any]) -> list[Otherwise]:
    stored = {"name": block.name, "land": block.land, "villages": list(selectors.villages_of(block))}
    changed = otherwise(block.pk, stored, facts.items())
    if changed is None:
        return []
    names = regions.names({*stored["villages"], *facts.get("villages", ())})
    told = lines(changed, LABELS, {"land": dict(Block.Land.choices), "villages": names})
    row = Row(one.sheet, one.row, f"{block.code} {block.name}", tuple(facts.items()))
    return [Otherwise(row, changed, told, reverse("parcels:block", args=[block.code]))]


def write_new(rows: Sequence[Row], actor: Any, at: datetime) -> list[int]:
    return [_add(dict(row.facts), actor, at) for row in rows]


def _add(facts: dict[str, Any], actor: Any, at: datetime) -> int:
    town = codes.town_of(facts["villages"][0])
    programme = selectors.programme(facts.pop("programme"))
    return services.block_add(
        code=services.free_code(town), town_code=town, programme=programme, actor=actor, at=at, **facts
    ).pk


def write_changed(changed: Sequence[Changed], actor: Any, at: datetime) -> None:
    for one in changed:
        old, new = old_and_new(one)
        services.block_edit(selectors.by_pk(one.pk), old=old, new=new, actor=actor, at=at)


KIND = Kind(
    code="blocks",
    label=_("区块"),
    columns={
        "code": ("区块编号", "Block code"), "name": ("区块", "区块名称", "Blocks"),
        "programme": ("项目", "项目名称", "Programme"), "land": ("土地", "土地性质", "Land"),
        "villages": ("在哪些村", "所在村", "涉及村", "Villages"), "mark": ("户号字头",),
    },
    telling=frozenset({"在哪些村", "涉及村", "区块编号", "Block code"}),
    beside=frozenset({"区块", "区块名称", "Blocks"}),
    fields=[("code", _("区块编号")), *LABELS.items(), ("programme", _("项目")), ("mark", _("户号用哪个字开头"))],
    compare=compare, write_new=write_new, write_changed=write_changed, subject="block",
)  # fmt: skip
