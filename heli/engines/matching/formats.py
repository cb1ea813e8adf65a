"""The files: `heli-dispatch/1` in, `heli-plan/1` out. JSON values as Python's `json` gives and takes them.

Keys left out have the defaults of `problem.py`. Besides the keys of the contract a problem may carry
`feature_table` ({feature: {"kinds", "skills"}}) and `third_party` (kinds of need), which replace the default tables.
A plan also carries `text_en` beside each text, `missing` and `fallback` of open needs, `method`, the `prices` of
scarce people as [id, points], and the certificate (whole numbers beyond 2^53: read them as integers).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import is_dataclass
from typing import Any

from . import reading, table, validate
from .errors import BadProblem
from .plan import Assigned, Certificate, Coverage, Plan, Reason, Unassigned
from .problem import Exclusion, Helper, Need, Official, Problem, Weights
from .reading import exactly, identity, maybe, named, one_of, several, text, whole

DISPATCH = "heli-dispatch/1"
PLAN = "heli-plan/1"


def exclusion(value: Any, where: str) -> Exclusion:
    return Exclusion(**reading.fields(value, where, {"helper": identity, "reason": text}, needed("helper reason")))


def needed(names: str) -> frozenset[str]:
    return frozenset(names.split())


NEED = {
    "id": identity,
    "kind": text,
    "skills": named(whole),
    "region": text,
    "urgency": whole,
    "slots": whole,
    "official": one_of("required", "none"),
    "prefer": several(identity),
    "trusted": several(identity),
    "features": several(text),
    "fallback": maybe(identity),
    "refuse": several(identity),
    "exclude": several(exclusion),
    "current": maybe(identity),
    "officials": maybe(several(identity)),
}
HELPER = {
    "id": identity,
    "skills": named(whole),
    "home": text,
    "serves": several(text),
    "relation": one_of("social", "staff"),
    "kinds": several(text),
    "team": maybe(identity),
    "capacity": whole,
    "load": whole,
}
OFFICIAL = {"id": identity, "capacity": whole, "load": whole}
WEIGHTS = {
    name: {"fairness": exactly(3, whole), "fairness_until": exactly(2, whole)}.get(name, whole)
    for name in Weights.__dataclass_fields__
}
FIT = {"kinds": several(text), "skills": several(text)}


def need(value: Any, where: str) -> Need:
    return Need(**reading.fields(value, where, NEED, needed("id kind region")))


def helper(value: Any, where: str) -> Helper:
    return Helper(**reading.fields(value, where, HELPER, needed("id")))


def official(value: Any, where: str) -> Official:
    return Official(**reading.fields(value, where, OFFICIAL, needed("id")))


def weights(value: Any, where: str) -> Weights:
    return Weights(**reading.fields(value, where, WEIGHTS, frozenset()))


def fit(value: Any, where: str) -> table.Fit:
    found = reading.fields(value, where, FIT, frozenset())
    return table.Fit(frozenset(found.get("kinds", ())), frozenset(found.get("skills", ())))


PROBLEM = {
    "format": text,
    "needs": several(need),
    "helpers": several(helper),
    "officials": several(official),
    "pair_exclude": several(exactly(2, identity)),
    "weights": weights,
    "seed": whole,
    "feature_table": named(fit),
    "third_party": several(text),
}


def parse_problem(document: Mapping[str, Any]) -> Problem:
    """A problem from its JSON document; BadProblem names the first fault and its place."""
    found = reading.fields(document, "problem", PROBLEM, needed("format needs helpers"))
    expect(found.pop("format"), DISPATCH)
    if "third_party" in found:
        found["third_party"] = frozenset(found["third_party"])
    problem = Problem(**found)
    validate.check(problem)
    return problem


def expect(found: str, wanted: str) -> None:
    if found != wanted:
        raise BadProblem(
            "wrong_format", f"文件格式应为 {wanted}，这里是 {found}。", f"The format must be {wanted}, not {found}."
        )


def problem_document(problem: Problem) -> dict[str, Any]:
    """The JSON document of a problem; parsing it gives an equal problem."""
    document = {"format": DISPATCH, **plain(problem)}
    for name in ("feature_table", "third_party"):
        document.pop(name)
    if problem.feature_table != table.FEATURES:
        document["feature_table"] = {
            feature: {"kinds": sorted(fit.kinds), "skills": sorted(fit.skills)}
            for feature, fit in problem.feature_table.items()
        }
    if problem.third_party != table.THIRD_PARTY:
        document["third_party"] = sorted(problem.third_party)
    return document


def plain(value: Any) -> Any:
    """Dataclasses as dicts and tuples as lists, all the way down."""
    if isinstance(value, str | int | float | None):
        return value
    if is_dataclass(value):
        return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    return [plain(one) for one in value]


def plan_document(plan: Plan) -> dict[str, Any]:
    document = {"format": PLAN, **plain(plan)}
    for name in ("prices", "official_prices"):
        document[name] = [[one, points] for one, points in getattr(plan, name).items()]
    return document


def parse_plan(document: Mapping[str, Any]) -> Plan:
    """A plan from the document that `plan_document` made, for example to verify a stored one."""
    expect(text(document.get("format"), "plan.format"), PLAN)
    found = {key: value for key, value in document.items() if key != "format"}
    for name in ("prices", "official_prices"):
        found[name] = dict(found[name])
    found["assigned"] = tuple(
        Assigned(**{**one, "reasons": tuple(Reason(**reason) for reason in one["reasons"])})
        for one in found["assigned"]
    )
    found["unassigned"] = tuple(Unassigned(**one) for one in found["unassigned"])
    proof = found["certificate"]
    found["certificate"] = Certificate(proof["bits"], tuple(proof["potentials"]), proof["digest"])
    if found.get("coverage") is not None:
        found["coverage"] = coverage_of(found["coverage"])
    return Plan(**found)


def coverage_of(document: Mapping[str, Any]) -> Coverage:
    return Coverage(
        open=tuple((urgency, places) for urgency, places in document["open"]),
        least=tuple((urgency, places) for urgency, places in document["least"]),
        penalty=document["penalty"],
        bound=document["bound"],
        potentials=tuple(document["potentials"]),
    )
