"""A helper's whole state as one value, for its digest in the ledger."""

from collections.abc import Iterable, Iterator
from typing import Any

from .models import Helper

NAMES = (
    "relation", "is_organisation", "name", "id_number", "phone", "region_code", "serves", "line", "languages",
    "free_times", "occupation", "known_among", "reachable_from_afar", "capacity", "capacity_assumed", "may_commit",
    "state", "person_id",
)  # fmt: skip
LATER = ("line_word", "confirmed_on", "term_until")


def state_of(helper: Helper) -> dict[str, Any]:
    return {
        **{name: getattr(helper, name) for name in NAMES},
        "kinds": sorted(row.kind for row in helper.kinds.all()),
        "skills": sorted([row.skill, row.level] for row in helper.skills.all()),
        # What came later stands here only where it is set, so that earlier digests still fit.
        **{name: getattr(helper, name) for name in LATER if getattr(helper, name)},
    }


def states(helpers: Iterable[Helper]) -> Iterator[tuple[str, dict[str, Any]]]:
    for helper in helpers:
        yield str(helper.pk), state_of(helper)
