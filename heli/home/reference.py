"""The generated pages of docs/reference: written from the code, so that they cannot lie. A test compares them."""

import re
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path

from django.core.management import load_command_class

from heli import ledger
from heli.access.actions import GRANTS, OWN, RELATIONS
from heli.access.classes import SIGHT
from heli.access.roles import Role
from heli.access.rules import routes
from heli.dispatch import table as dispatch_table
from heli.engines.matching import table as matching_table
from heli.fieldwork.words import KINDS
from heli.helpers import table as helper_table
from heli.ledger.registry import known_verbs

PACKAGE = Path(__file__).resolve().parents[1]
NOTE = "<!-- Written by `make docs`; change the code, not this page. -->\n"


def pages() -> dict[str, str]:
    """File name → text."""
    return {f"{name}.md": f"{NOTE}\n{write()}" for name, write in PAGES.items()}


def commands() -> str:
    rows = []
    for path in sorted(PACKAGE.glob("*/management/commands/*.py")):
        if path.stem != "__init__":
            room = path.parents[2].name
            rows.append((f"`heli {path.stem}`", load_command_class(f"heli.{room}", path.stem).help))
    return f"# Commands\n\nEach takes `--help` and `--json`; 0 done, 1 a check found something, 2 bad input and nothing changed.\n\n{table(('command', 'does'), rows)}"


def route_table() -> str:
    rows = [
        (f"`{route.path}`", ", ".join(route.rule.methods) if route.rule else "", f"`{route.rule}`")
        for route in sorted(routes(), key=lambda route: route.path)
    ]
    return f"# Routes\n\n`public` anybody; `signed_in` any account; `collection:action` somebody who may do it anywhere; `row:action` asks the row's door; `own:action` the person's own row.\n\n{table(('path', 'methods', 'rule'), rows)}"


def roles() -> str:
    grants = [
        (f"`{action.value}`", ", ".join(sorted(role.value for role in GRANTS[action])) or "–",
         ", ".join(sorted(a.value for a in RELATIONS.get(action, ()))) or "–", "yes" if action in OWN else "")
        for action in GRANTS
    ]  # fmt: skip
    sight = [
        (role.value, *(SIGHT[role].get(cls, "none") for cls in sorted(SIGHT[Role.TOWN_OFFICER]))) for role in SIGHT
    ]
    return (
        "# Roles and actions\n\n"
        f"{table(('action', 'roles, in the regions of the grant', 'relations', 'own row'), grants)}\n"
        f"## Who sees which class\n\nOther roles see nothing of S2 to S4.\n\n{table(('role', 'S2', 'S3', 'S4'), sight)}"
    )


def journeys() -> str:
    helper = [
        (f"`{verb}`", ", ".join(sorted(m.origins)), m.to, m.level) for verb, m in helper_table.TRANSITIONS.items()
    ]
    dispatch = [(f"`{v}`", ", ".join(m.origins), m.to, m.need) for v, m in dispatch_table.TRANSITIONS.items()]
    return (
        "# States and moves\n\n## Helper\n\n"
        f"{table(('verb', 'from', 'to', 'who decides'), helper)}\n"
        f"## Dispatch\n\n{table(('verb', 'from', 'to', 'the need is then'), dispatch)}"
    )


def matching() -> str:
    kinds = [
        (f"`{code}`", KINDS[code].label, ", ".join(f"{skill} {level}" for skill, level in kind.skills.items()) or "–",
         "yes" if kind.official else "", "yes" if kind.third_party else "")
        for code, kind in matching_table.NEED_KINDS.items()
    ]  # fmt: skip
    features = [
        (f"`{code}`", ", ".join(sorted(fit.kinds)), ", ".join(sorted(fit.skills)))
        for code, fit in matching_table.FEATURES.items()
    ]
    return (
        "# The two tables of the matching\n\nAs Heli comes; what is in force stands on the page “匹配”.\n\n"
        "## Need kind → skill and level\n\n"
        f"{table(('kind', '中文', 'skill and least level', 'official beside', 'third party'), kinds)}\n"
        f"## Feature → kinds and skills\n\n{table(('feature', 'kinds that fit', 'skills that fit'), features)}"
    )


def verbs() -> str:
    rows = [(f"`{verb}`", ledger.sentence_of(verb)) for verb in sorted(known_verbs())]
    return f"# Verbs of the ledger\n\n{table(('verb', 'as the history says it'), rows)}"


def refusals() -> str:
    """Codes that a rule may answer with, from where they are raised."""
    found: dict[str, set[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        if "tests" in path.parts or "migrations" in path.parts:
            continue
        for code in re.findall(
            r"(?:DomainError|Conflict|NotPermitted|NotVisible|Refusal)\(\s*\"(\w+)\"", path.read_text()
        ):
            found.setdefault(code, set()).add(path.relative_to(PACKAGE).parts[0])
    rows = [(f"`{code}`", ", ".join(sorted(rooms))) for code, rooms in sorted(found.items())]
    cells = import_module("heli.intake.reading.errors").CELLS
    bad = [(f"`{code}`", zh, en) for code, (zh, en) in cells.items()]
    return f"# Refusal codes\n\n{table(('code', 'said by'), rows)}\n## Bad cells of a file\n\n{table(('code', '中文', 'English'), bad)}"


def table(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    lines += [f"| {' | '.join(str(cell) for cell in row)} |" for row in rows]
    return "\n".join(lines) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "commands": commands,
    "routes": route_table,
    "roles": roles,
    "moves": journeys,
    "matching": matching,
    "verbs": verbs,
    "refusals": refusals,
}
