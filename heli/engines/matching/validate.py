"""Whether a problem makes sense, before anything is solved. The first fault found is raised as BadProblem."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from .errors import BadProblem
from .problem import Helper, Id, Need, Official, Problem, Weights

Place = tuple[Id, ...]
"""Where a value stands, in parts: put into words only for a fault."""
REGION = re.compile(r"\d{2}(\d{2}(\d{2}(\d{3}(\d{3}(-[0-9A-Za-z]+)?)?)?)?)?")


def check(problem: Problem) -> None:
    """Raise BadProblem with the first fault, or return."""
    once("need", "需求", (need.id for need in problem.needs))
    helpers = once("helper", "社会力量", (helper.id for helper in problem.helpers))
    officials = once("official", "干部", (official.id for official in problem.officials))
    for need in problem.needs:
        check_need(need, helpers, officials)
    for helper in problem.helpers:
        check_helper(helper)
    people: tuple[Helper | Official, ...] = (*problem.helpers, *problem.officials)
    for person in people:
        in_range((person.id, "capacity"), person.capacity, 0, 1_000_000)
        in_range((person.id, "load"), person.load, 0, 1_000_000)
    for one, other in problem.pair_exclude:
        known(("pair_exclude",), (one,), helpers)
        known(("pair_exclude",), (other,), officials)
    check_weights(problem.weights)


def check_need(need: Need, helpers: frozenset[Id], officials: frozenset[Id]) -> None:
    in_range((need.id, "urgency"), need.urgency, 1, 5)
    in_range((need.id, "slots"), need.slots, 1, 1_000_000)
    if need.slots > 1 and need.official == "required":
        raise BadProblem(
            "slots_with_official",
            f"需求 {need.id}：要干部陪同的，一次只能派一位。",
            f"Need {need.id}: with an official only one helper can be asked (slots 1).",
        )
    check_region((need.id, "region"), need.region)
    check_levels(need.id, need.skills)
    if need.prefer or need.trusted or need.refuse or need.exclude:
        named = (*need.prefer, *need.trusted, *need.refuse, *(bar.helper for bar in need.exclude))
        known((need.id,), named, helpers)
    if need.officials:
        known((need.id, "officials"), need.officials, officials)


def check_helper(helper: Helper) -> None:
    check_levels(helper.id, helper.skills)
    for code in (helper.home, *helper.serves):
        if code:
            check_region((helper.id,), code)


def check_levels(owner: Id, skills: Mapping[str, int]) -> None:
    for skill, level in skills.items():
        in_range((owner, "skills", skill), level, 1, 5)


def check_region(place: Place, code: str) -> None:
    if is_region(code):
        return
    where = named_place(place)
    raise BadProblem(
        "bad_region",
        f"{where}：区划代码“{code}”应为2、4、6、9或12位数字（小组为12位加“-”）。",
        f"{where}: region code “{code}” must have 2, 4, 6, 9 or 12 digits (a team: 12 digits and “-”).",
    )


@lru_cache(maxsize=1 << 14)
def is_region(code: str) -> bool:
    """Many needs lie in few villages."""
    return REGION.fullmatch(code) is not None


def check_weights(weights: Weights) -> None:
    named = {name: getattr(weights, name) for name in Weights.__dataclass_fields__}
    for name in ("fairness", "fairness_until"):
        values = named.pop(name)
        if list(values) != sorted(values) or values[0] < 0 or values[-1] > 100_000:
            raise BadProblem(
                "bad_fairness", f"权重 {name} 只能一步比一步高。", f"Weights {name} must be 0 or above and never fall."
            )
    in_range(("weights", "fairness_until"), weights.fairness_until[-1], 0, 100)
    for name, value in named.items():
        in_range(("weights", name), value, 0, 1_000_000)


def named_place(place: Place) -> str:
    return ".".join(str(part) for part in place)


def in_range(place: Place, value: int, low: int, high: int) -> None:
    if not low <= value <= high:
        where = named_place(place)
        raise BadProblem(
            "out_of_range",
            f"{where} 是 {value}，应在 {low} 到 {high} 之间。",
            f"{where} is {value}, not {low} to {high}.",
        )


def once(kind: str, kind_zh: str, ids: Iterable[Id]) -> frozenset[Id]:
    seen: set[Id] = set()
    for one in ids:
        if one in seen:
            raise BadProblem("duplicate_id", f"{kind_zh}编号 {one} 出现了两次。", f"The {kind} id {one} stands twice.")
        seen.add(one)
    return frozenset(seen)


def known(place: Place, ids: Iterable[Id], all_ids: frozenset[Id]) -> None:
    """A slip in a bar or a refusal must not silently let somebody through, so unknown ids are an error."""
    for one in ids:
        if one not in all_ids:
            where = named_place(place)
            raise BadProblem(
                "unknown_id", f"{where} 提到的 {one} 不在名单里。", f"{where} names {one}, who is not listed."
            )


def without_strangers(problem: Problem) -> Problem:
    """`problem` without mentions of people who are not listed: for a caller whose records outlive its lists.

    A bar or a refusal of somebody who cannot be chosen anyway changes nothing; in a file it is more likely a slip.
    """
    helpers = frozenset(helper.id for helper in problem.helpers)
    officials = frozenset(official.id for official in problem.officials)

    def listed(need: Need) -> Need:
        return replace(
            need,
            prefer=tuple(one for one in need.prefer if one in helpers),
            trusted=tuple(one for one in need.trusted if one in helpers),
            refuse=tuple(one for one in need.refuse if one in helpers),
            exclude=tuple(bar for bar in need.exclude if bar.helper in helpers),
            officials=None if need.officials is None else tuple(one for one in need.officials if one in officials),
        )

    return replace(
        problem,
        needs=tuple(listed(need) for need in problem.needs),
        pair_exclude=tuple(pair for pair in problem.pair_exclude if pair[0] in helpers and pair[1] in officials),
    )
