"""A household's whole state as one value: what its digest in the ledger is made of."""

from collections.abc import Iterable, Iterator
from typing import Any

from .models import Household

HOUSEHOLD = ("code", "region_code", "group_name", "serial", "people_count", "bays", "wish", "remark")
MEMBER = ("role", "name", "kinship", "id_number", "phone")
HOUSE = ("number", "structure", "grade", "built_year", "floors", "bays", "registered_dm2", "recognised_dm2", "status")


def state_of(household: Household) -> dict[str, Any]:
    """Needs members, houses, shares and hardships at hand (prefetched) to be cheap."""
    return {
        **{name: getattr(household, name) for name in HOUSEHOLD},
        "block": household.block_id,
        "members": _parts(household.members.all(), MEMBER),
        "houses": _parts(household.houses.all(), HOUSE),
        "shares": _parts(household.shares.all(), ("member_id", "numerator", "denominator", "source")),
        "hardships": _parts(household.hardships.all(), ("what",)),
        **({"host": household.link.host_id} if hasattr(household, "link") else {}),
    }


def states(households: Iterable[Household]) -> Iterator[tuple[str, dict[str, Any]]]:
    for household in households:
        yield str(household.pk), state_of(household)


def _parts(rows: Iterable[Any], names: tuple[str, ...]) -> list[list[Any]]:
    return [[getattr(row, name) for name in names] for row in sorted(rows, key=lambda row: row.pk)]
