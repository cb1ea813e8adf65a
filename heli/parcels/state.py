"""A parcel's whole state as one value: what its digest in the ledger is made of."""

from collections.abc import Iterable, Iterator
from typing import Any

from .models import Parcel

FIELDS = (
    "block_id", "region_code", "number", "serial", "land_use", "shape", "legal_dm2", "computed_dm2", "since", "until",
)  # fmt: skip


def states(parcels: Iterable[Parcel]) -> Iterator[tuple[str, dict[str, Any]]]:
    for parcel in parcels:
        yield str(parcel.pk), {name: getattr(parcel, name) for name in FIELDS}
