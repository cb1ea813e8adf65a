"""Hard rules: who may not be sent, and which rule says so. A rule removes the pair; it is never a weight.

`bar` is the specification, one pair at a time; `arcs.py` does the same for all pairs at once and a test holds
the two together. The first rule in the order of `RULES` that says no is the reason people see.

Two readings that are ours: (1) whoever the household, the officer or the last visit names is asked also from
outside the area; skill, refusals, bars and free places still count. (2) In disputes and the like (`third_party`)
somebody on duty does not stand between the sides, unless the household itself names them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from . import regions, table
from .plan import Reason
from .problem import Helper, Id, Need, Problem

RULES: Mapping[str, tuple[str, str]] = {
    "refused": ("住户想换一位，不用说理由", "the household asked for somebody else and need not say why"),
    "barred": table.SEALED_BAR,
    "third_party": ("这件事要请没有公职在身的人来帮", "this matter wants somebody who is not on duty"),
    "not_skilled": ("专长不合", "has not the skill that is needed"),
    "out_of_area": ("不在服务范围", "does not serve this place"),
    "full": ("名额已满", "has no free place"),
}


def bar(problem: Problem, need: Need, helper: Helper) -> str | None:
    """The code of the first rule that keeps `helper` from `need`, or None."""
    if helper.id in need.refuse:
        return "refused"
    known = known_bar(need, helper.id)
    if known is not None:
        return known
    if helper.relation == "staff" and need.kind in problem.third_party and helper.id not in need.trusted:
        return "third_party"
    if any(helper.skills.get(skill, 0) < level for skill, level in need.skills.items()):
        return "not_skilled"
    if helper.id not in need.named and not regions.reaches(helper.home, helper.serves, need.region):
        return "out_of_area"
    return None if helper.free else "full"


def known_bar(need: Need, helper: Id) -> str | None:
    """The public category of a known bar; a tie of any kind is only ever "barred"."""
    for exclusion in need.exclude:
        if exclusion.helper == helper:
            return exclusion.reason if exclusion.reason in table.PUBLIC_BARS else "barred"
    return None


def refusal(code: str) -> Reason:
    """A rule's code in words."""
    text, text_en = RULES.get(code) or table.PUBLIC_BARS[code]
    return Reason(code, 0, text, text_en)


def exclusions(problem: Problem, need_id: Id) -> dict[Id, str]:
    """Every helper who may not be sent to this need, with the code of the rule."""
    need = need_of(problem, need_id)
    codes = ((helper.id, bar(problem, need, helper)) for helper in problem.helpers)
    return {helper: code for helper, code in codes if code is not None}


def counts(problem: Problem, need_id: Id) -> dict[str, int]:
    """How many are left out by each rule, the commonest first."""
    found = Counter(exclusions(problem, need_id).values())
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def need_of(problem: Problem, need_id: Id) -> Need:
    return next(need for need in problem.needs if need.id == need_id)


def helper_of(problem: Problem, helper_id: Id) -> Helper:
    return next(helper for helper in problem.helpers if helper.id == helper_id)
