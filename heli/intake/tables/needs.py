"""What people asked for, as cadres hand it in: a known one is put right, a new one is raised for its household."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from heli.common import codes
from heli.common.changes import Changed
from heli.fieldwork import selectors as fieldwork
from heli.fieldwork import services
from heli.fieldwork.models import Need
from heli.fieldwork.words import KIND_CHOICES, SOURCES, URGENCIES
from heli.households import selectors as households
from heli.households.models import Household
from heli.intake.reading.errors import Bad

from .kinds import Found, Kind, Office, Otherwise, Row, Told
from .values import choice_of, day_of, lines, old_and_new, otherwise

LABELS = {
    "title": _("什么忙"),
    "kind": _("哪一类"),
    "urgency": _("急不急"),
    "wanted_by": _("想在哪天前"),
    "text": _("详细说说"),
}
WORDS: dict[str, dict[Any, Any]] = {"kind": dict(KIND_CHOICES), "urgency": dict(URGENCIES)}
LONGEST = {"title": 60, "text": 1000}
GOING_ON = ("open", "asked", "under_way")


def compare(told: Sequence[Told], office: Office) -> Found:
    known = fieldwork.by_codes(one["code"] for one in told)
    owners = _owners(told, office)
    facts, bad = _facts(told, office)
    there = fieldwork.going_on_of(household.pk for household in owners.values())
    new: list[Row] = []
    changed: list[Otherwise] = []
    seen: dict[Any, int] = {}
    for one in (one for one in told if one.row in facts):
        need = known.get(one["code"]) if one["code"] else None
        owner = owners.get(one.row)
        if need is None and owner is not None:
            need = there.get((owner.pk, facts[one.row].get("kind", ""), one["title"]))
        wrong = _wrong(one, need, owner, facts[one.row], office, seen)
        if wrong:
            bad.append(wrong)
        elif need is not None:
            changed += _otherwise(one, need, facts[one.row])
        else:
            assert owner is not None
            new.append(Row(one.sheet, one.row, one["title"], (("household", owner.pk), *facts[one.row].items())))
    wrongs = {one.row for one in bad}
    return Found(tuple(new), tuple(changed), len(told) - len(new) - len(wrongs), tuple(bad))


def _owners(told: Sequence[Told], office: Office) -> dict[int, Household]:
    """Row → its household: by its code, else by its head and village where that is one only."""
    coded = households.known_codes(one["household"] for one in told)
    named = households.headed({one["head"] for one in told if one["head"] and one["household"] not in coded})
    found = {}
    for one in told:
        village = office.places.village(one["village"])
        here = [row for row in named.get(one["head"], ()) if not village or codes.contains(village, row.region_code)]
        here = [row for row in here if codes.contains(office.within, row.region_code)]
        owner = coded.get(one["household"]) or (here[0] if len(here) == 1 else None)
        if owner is not None and codes.contains(office.within, owner.town_code):
            found[one.row] = owner
    return found


def _facts(told: Sequence[Told], office: Office) -> tuple[dict[int, dict[str, Any]], list[Bad]]:
    """Row → what it says, for rows whose cells can be read."""
    facts: dict[int, dict[str, Any]] = {}
    bad: list[Bad] = []
    for one in told:
        kind, no_kind = choice_of(one, "kind", KIND_CHOICES, "need_kind_unknown")
        urgency, no_urgency = choice_of(one, "urgency", URGENCIES)
        wanted_by, no_day = day_of(one, "wanted_by")
        wrong = next((wrong for wrong in (no_kind, no_urgency, no_day) if wrong), None)
        if wrong:
            bad.append(wrong)
            continue
        said = {
            "title": one["title"][:60],
            "kind": kind,
            "urgency": urgency,
            "wanted_by": wanted_by,
            "text": one["text"][:1000],
        }
        facts[one.row] = {name: value for name, value in said.items() if value not in (None, "")}
    return facts, bad


def _wrong(
    one: Told, need: Need | None, owner: Household | None, facts: dict[str, Any], office: Office, seen: dict[Any, int]
) -> Bad | None:
    key = need.pk if need else (owner and owner.pk, facts.get("kind"), one["title"])
    first = seen.setdefault(key, one.row)
    if one["code"] and need is None:
        return one.wrong("code", "need_unknown", value=one["code"][:20])
    if need is not None and not codes.contains(office.within, need.region_code):
        return one.wrong("code", "elsewhere")
    if need is None and owner is None:
        column = "household" if one["household"] else "head"
        return one.wrong(column, "need_household_unknown", value=(one["household"] or one["head"])[:20])
    if need is None and not one["title"]:
        return one.wrong("title", "need_title_missing")
    if need is None and "kind" not in facts:
        return one.wrong("kind", "need_kind_unknown", value=one["kind"][:20])
    if need is None and facts.get("wanted_by") and facts["wanted_by"] < office.today:
        return one.wrong("wanted_by", "day_past", value=one["wanted_by"])
    if need is not None and need.state not in GOING_ON and _otherwise(one, need, facts):
        return one.wrong("code", "need_closed")
    return one.wrong("code", "twice", first=str(first)) if first != one.row else None


def _otherwise(one: Told, need: Need, facts: dict[str, Any]) -> list[Otherwise]:
    """A title that only says the kind is how a list covers it: it says nothing."""
    covered = facts.get("title") == str(need.get_kind_display())
    said = [(name, value) for name, value in facts.items() if not (name == "title" and covered)]
    changed = otherwise(need.pk, {name: getattr(need, name) for name in LABELS}, said)
    if changed is None:
        return []
    row = Row(one.sheet, one.row, f"{need.code} {need.household.code}", tuple(facts.items()))
    return [Otherwise(row, changed, lines(changed, LABELS, WORDS), reverse("dispatch:need", args=[need.pk]))]


def write_new(rows: Sequence[Row], actor: Any, at: datetime) -> list[int]:
    owners = households.by_pks(dict(row.facts)["household"] for row in rows)
    return [_raise(dict(row.facts), owners, actor, at) for row in rows]


def _raise(facts: dict[str, Any], owners: dict[int, Household], actor: Any, at: datetime) -> int:
    household = owners[facts.pop("household")]
    return services.need_raise(household, source=SOURCES[0][0], actor=actor, at=at, **facts).pk


def write_changed(changed: Sequence[Changed], actor: Any, at: datetime) -> None:
    needs = fieldwork.by_pks(one.pk for one in changed)
    for one in changed:
        old, new = old_and_new(one, ("wanted_by",))
        services.need_edit(needs[one.pk], old=old, new=new, actor=actor, at=at)


def undo_new(pks: Sequence[int], actor: Any, at: datetime) -> None:
    """Nobody asks for them any more; one that somebody has taken up stands in the way."""
    for need in fieldwork.by_pks(pks).values():
        services.need_withdraw(need, actor=actor, at=at)


KIND = Kind(
    code="needs",
    label=_("要帮的忙"),
    columns={
        "code": ("编号", "需求编号", "Code"), "title": ("什么忙", "要帮什么忙", "需求", "需求内容", "Need"),
        "urgency": ("急不急", "紧急程度", "Urgency"), "household": ("户号", "Household number"),
        "head": ("户主", "户主姓名", "姓名", "Head"), "village": ("村", "所在村", "Village"),
        "kind": ("哪一类", "需求类别", "类别", "Kind"), "wanted_by": ("想在哪天前", "希望办好日期", "Wanted by"),
        "text": ("详细说说", "详细情况", "备注"),
    },
    telling=frozenset({"什么忙", "要帮什么忙", "需求内容", "Need"}),
    beside=frozenset({"户号", "户主", "户主姓名", "Household number"}),
    fields=[
        ("code", _("编号")), ("household", _("户号")), ("head", _("户主")), ("village", _("村")), *LABELS.items(),
    ],
    compare=compare, write_new=write_new, write_changed=write_changed, undo_new=undo_new, subject="need",
)  # fmt: skip
