"""What people see of a need and its dispatch: the officer's match page, the invited helper's card, the helper's cases.

An invited helper gets a projection without the household's name until the first question is answered; telephone and
address come with the acceptance and go with the end.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from heli.access.classes import Shown, shown
from heli.common import wording
from heli.engines import matching
from heli.fieldwork import selectors as needs
from heli.fieldwork.models import Need
from heli.fieldwork.words import FEATURES, KINDS
from heli.helpers.models import Helper
from heli.households.models import Member
from heli.regions import selectors as regions
from heli.regions.names import like as names_like

from . import snapshot
from .models import Dispatch, MatchingRules, Proposal
from .rules import DEFAULT, Rules, rules_of
from .table import ACTIVE, LIVE
from .wording import LEGEND, TERMS, candidate_document, reason_document, said


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the score, as drawn in the bar: `x` is where it begins, of 1000."""

    term: str
    label: str
    value: int
    x: int


@dataclass(frozen=True, slots=True)
class Line:
    """One candidate as the officer sees it."""

    helper: Helper
    kinds: str
    place: str
    score: int
    parts: tuple[Part, ...]
    yes: tuple[str, ...]
    but: tuple[str, ...]
    chosen: bool
    official: int | None


@dataclass(frozen=True, slots=True)
class Match:
    """The latest proposal of a need."""

    at: datetime
    looked_at: int
    lines: tuple[Line, ...]
    barred: tuple[Line, ...]
    excluded: tuple[tuple[str, int], ...]
    nobody: str
    official: Helper | None
    legend: tuple[tuple[str, str], ...]


def rules_in_force() -> Rules:
    """The latest rules that were put in force, or those Heli comes with."""
    row = MatchingRules.objects.order_by("-version").first()
    return rules_of(row.document, row.version) if row else DEFAULT


def rules_versions() -> QuerySet[MatchingRules]:
    return MatchingRules.objects.select_related("by").order_by("-version")[:20]


def match_of(need: Need) -> Match | None:
    proposal = Proposal.objects.filter(need=need, is_latest=True).select_related("run", "official").first()
    if proposal is None:
        return None
    helpers = _helpers(candidate["helper"] for candidate in proposal.candidates)
    names = regions.names({helper.region_code for helper in helpers.values()})
    lines = tuple(_line(row, helpers[row["helper"]], names) for row in proposal.candidates if row["helper"] in helpers)
    return Match(
        at=proposal.run.at,
        looked_at=proposal.run.helpers,
        lines=lines,
        barred=_barred(need),
        excluded=tuple((said(_rule(code)), count) for code, count in proposal.excluded.items() if code != "barred"),
        nobody=said(proposal.nobody) if proposal.nobody else "",
        official=proposal.official or _any_official(need),
        legend=tuple((term, str(label)) for term, label in LEGEND.items()),
    )


def _helpers(ids: Any) -> dict[int, Helper]:
    rows = Helper.objects.filter(pk__in=list(ids)).prefetch_related("kinds", "skills")
    return {row.pk: row for row in rows}


def _rule(code: str) -> dict[str, Any]:
    reason = matching.refusal(code)
    return {"text": reason.text, "text_en": reason.text_en}


def _line(row: dict[str, Any], helper: Helper, names: dict[str, str]) -> Line:
    values = {reason["term"]: reason for reason in row["reasons"]}
    yes = [said(values[term]) for term in TERMS if values.get(term, {}).get("value", 0) > 0]
    but = [said(values[term]) for term in ("fairness", "scarcity") if values.get(term, {}).get("value", 0) < 0]
    if not row["chosen"]:
        but.insert(0, said(row["why"]))
    return Line(
        helper=helper,
        kinds=wording.listed(str(kind.get_kind_display()) for kind in helper.kinds.all()),
        place=names.get(helper.region_code, ""),
        score=row["score"],
        parts=parts(row["reasons"]),
        yes=tuple(yes),
        but=tuple(dict.fromkeys(but)),
        chosen=row["chosen"],
        official=row["official"],
    )


def parts(reasons: list[dict[str, Any]]) -> tuple[Part, ...]:
    """The six parts in their fixed order, those above nought."""
    values = {reason["term"]: reason["value"] for reason in reasons}
    drawn, x = [], 0
    for term, label in TERMS.items():
        if values.get(term, 0) > 0:
            drawn.append(Part(term, str(label), values[term], x))
            x += values[term]
    return tuple(drawn)


def _barred(need: Need) -> tuple[Line, ...]:
    """Skilled people who are known to be tied to the matter: who, but never how."""
    rules = rules_in_force()
    taken = snapshot.take("none", at=need.raised_at, extra=[need.pk], rules=rules)
    tied = {pk for pk, code in matching.exclusions(taken.problem, need.pk).items() if code == "barred"}
    wanted = set(rules.need_kinds[need.kind].skills)
    fitting = [row for row in _helpers(tied).values() if wanted <= {skill.skill for skill in row.skills.all()}]
    return tuple(_bare(row) for row in fitting[:3])


def _bare(helper: Helper) -> Line:
    kinds = wording.listed(str(kind.get_kind_display()) for kind in helper.kinds.all())
    return Line(helper, kinds, "", 0, (), (), (), False, None)


def officials_for(need: Need) -> list[Helper]:
    """Officials whose authority reaches the need's town."""
    rows = Helper.objects.filter(relation="staff", state="active", person__isnull=False).order_by("pk")
    return [row for row in rows if snapshot.covers(row, need.region_code)]


def _any_official(need: Need) -> Helper | None:
    return next(iter(officials_for(need)), None) if rules_in_force().need_kinds[need.kind].official else None


def official_busy(official: Helper, at: datetime) -> tuple[int, int]:
    """Visits of this week: taken and still free."""
    taken = snapshot.official_loads(at).get(official.pk, 0)
    return taken, max(0, official.capacity - taken)


@dataclass(frozen=True, slots=True)
class Others:
    """Everybody, for picking by hand: who can be asked with the reasons, and who cannot, by rule."""

    able: tuple[Line, ...]
    unable: tuple[tuple[str, tuple[Line, ...]], ...]
    left_off: int


def others(need: Need, words: str = "") -> Others:
    """Seen from this need alone, whatever else the town needs. `words` is a name or the beginning of its pinyin."""
    taken = snapshot.take("none", at=need.raised_at, extra=[need.pk], rules=rules_in_force())
    book = matching.Book(taken.problem, matching.solve(taken.problem))
    named = set(names_like(words)) if words else set()
    wanted = [row for row in taken.helpers.values() if not words or row.name in named]
    seen = [book.explain(need.pk, row.pk) for row in wanted]
    seen.sort(key=lambda one: (-one.score, int(one.helper)))
    able = [one for one in seen if one.excluded is None]
    names = regions.names({row.region_code for row in wanted})
    rows = _helpers(one.helper for one in seen)
    unable: dict[str, list[Line]] = {}
    for one in seen:
        if one.excluded is not None:
            unable.setdefault(said(reason_document(one.excluded)), []).append(_bare(rows[int(one.helper)]))
    return Others(
        able=tuple(_line(candidate_document(one), rows[int(one.helper)], names) for one in able[:SHOWN_AT_ONCE]),
        unable=tuple((why, tuple(lines[:SHOWN_AT_ONCE])) for why, lines in unable.items()),
        left_off=max(0, len(able) - SHOWN_AT_ONCE),
    )


SHOWN_AT_ONCE = 40


@dataclass(frozen=True, slots=True)
class WhatIf:
    """If the proposed one cannot come: who would, what the town's plan loses by it, and who else would be asked
    instead of somebody (need code, before, after)."""

    before: str
    after: str
    cost: int
    others: tuple[tuple[str, str, str], ...]


def what_if_not(need: Need) -> WhatIf | None:
    """Asked of the plan in which the latest proposal was made; None where nobody was proposed."""
    proposal = Proposal.objects.filter(need=need, is_latest=True).select_related("run", "helper").first()
    if proposal is None or proposal.helper is None:
        return None
    answer = matching.Questions(matching.parse_problem(proposal.run.problem)).alternative(need.pk)
    names = dict(Helper.objects.filter(pk__in=_people(answer.moves)).values_list("pk", "name"))
    codes = dict(Need.objects.filter(pk__in=[int(move.need) for move in answer.moves]).values_list("pk", "code"))
    told = {int(move.need): (_first(move.gone, names), _first(move.come, names)) for move in answer.moves}
    own = told.pop(need.pk, (proposal.helper.name, ""))
    others = tuple((codes.get(pk, ""), gone, come) for pk, (gone, come) in told.items())
    return WhatIf(proposal.helper.name, own[1], answer.cost, others)


def _people(moves: tuple[matching.Move, ...]) -> set[int]:
    return {int(one) for move in moves for one in (*move.gone, *move.come)}


def _first(ids: tuple[matching.Id, ...], names: dict[int, str]) -> str:
    return next((names.get(int(one), "") for one in ids), "")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the need's page says of the household: name in scope, telephone masked."""

    head: str
    phone: Shown
    member: int | None
    place: str
    features: tuple[str, ...]
    title: str
    text: Shown
    wishes: Shown
    avoid: Shown
    word: Shown


def household_line(need: Need, person: Any) -> Asked:
    head = Member.objects.filter(household_id=need.household_id, role="head").first()
    words, open_ = dict(FEATURES), needs.reads_all(need, person)
    return Asked(
        head=str(shown(person, head, "name", kind="name")) if head else need.household.code,
        phone=shown(person, head, "phone", kind="phone") if head else Shown(""),
        member=head.pk if head else None,
        place=regions.place(need.region_code),
        features=tuple(str(words[code]) for code in need.features if code in words) if open_ else (),
        title=needs.title(need, person),
        text=needs.written(need, person, "text"),
        wishes=needs.written(need, person, "wishes"),
        avoid=needs.written(need, person, "avoid"),
        word=_word(need, person),
    )


def _word(need: Need, person: Any) -> Shown:
    """What the household said when it was done."""
    dispatch = last_dispatch(need)
    if dispatch is None or (dispatch.word_by_id == person.pk and dispatch.word):
        return Shown(dispatch.word if dispatch else "")
    return shown(person, dispatch, "word")


def live_dispatch(need: Need) -> Dispatch | None:
    rows = Dispatch.objects.filter(need=need, state__in=LIVE).select_related("helper", "official", "approved_by")
    return rows.first()


def last_dispatch(need: Need) -> Dispatch | None:
    return (
        Dispatch.objects.filter(need=need).select_related("helper", "official", "approved_by").order_by("-pk").first()
    )


@dataclass(frozen=True, slots=True)
class Invitation:
    """What an invited helper may see. `name` stays empty until the first question is answered."""

    pk: int
    helper: str
    town: str
    ask: str
    place: str
    kind: str
    urgent_by: Any
    meet_at: datetime | None
    official: str
    official_phone: str
    wishes: str
    name: str
    title: str
    step: int
    state: str
    waits: bool


def invitation(dispatch: Dispatch) -> Invitation:
    need, named = dispatch.need, dispatch.name_shown_at is not None
    head = Member.objects.filter(household_id=need.household_id, role="head").first() if named else None
    return Invitation(
        pk=dispatch.pk,
        helper=dispatch.helper.name,
        town=regions.name_of(dispatch.region_code[:9]),
        ask=str(KINDS[need.kind].ask),
        place=regions.name_of(need.region_code),
        kind=str(KINDS[need.kind].label),
        urgent_by=need.wanted_by,
        meet_at=dispatch.meet_at,
        official=dispatch.official.name if dispatch.official else "",
        official_phone=dispatch.official.phone if dispatch.official else "",
        wishes=need.wishes if named else "",
        name=head.name if head else "",
        title=need.title if named else "",
        step=2 if named else 1,
        state=dispatch.state,
        waits=dispatch.waits_for_household,
    )


@dataclass(frozen=True, slots=True)
class Case:
    """What a helper at work may see of the household: name, place and telephone, while the relation is open."""

    dispatch: Dispatch
    head: str
    phone: str
    place: str
    group: str
    official: str
    official_phone: str


def case_of(dispatch: Dispatch) -> Case:
    need, open_ = dispatch.need, dispatch.state in ACTIVE
    head = Member.objects.filter(household_id=need.household_id, role="head").first() if open_ else None
    return Case(
        dispatch=dispatch,
        head=head.name if head else "",
        phone=head.phone if head else "",
        place=regions.name_of(need.region_code),
        group=need.household.group_name if open_ else "",
        official=dispatch.official.name if dispatch.official else "",
        official_phone=dispatch.official.phone if dispatch.official else "",
    )


def of_helper(person: Any) -> QuerySet[Dispatch]:
    """The person's own invitations and cases, newest first."""
    rows = Dispatch.objects.filter(helper__person_id=person.pk)
    return rows.select_related("need__household", "helper", "official").order_by("-pk")


def accompanied_by(person: Any) -> QuerySet[Dispatch]:
    """Dispatches on which the person comes along as official."""
    rows = Dispatch.objects.filter(official__person_id=person.pk, state__in=ACTIVE)
    return rows.select_related("need__household", "helper", "official").order_by("-pk")


def home_panel(person: Any) -> dict[str, Any] | None:
    """What an official is to accompany, for the front page."""
    found = list(accompanied_by(person)[:10])
    official = Helper.objects.filter(person_id=person.pk, relation="staff").exists()
    return {"dispatches": found} if official else None
