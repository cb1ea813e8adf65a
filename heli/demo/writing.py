"""The demonstration's way into the registers: the bulk forms of the rooms, one ledger entry a batch."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from heli import ledger
from heli.access.models import Person
from heli.blocks.models import Block
from heli.common.days import local_day
from heli.helpers import bulk as helper_bulk
from heli.households import bulk as household_bulk
from heli.parcels import bulk as parcel_bulk


@dataclass(frozen=True, slots=True)
class Source:
    """What a bulk entry is about when no file was handed over."""

    pk: str
    chain: str
    ledger_kind: str = "demo_batch"

    def ledger_chain(self) -> str:
        return self.chain


@ledger.written
def households(
    new: Sequence[household_bulk.NewHousehold], *, block: Block, actor: Person, at: datetime, batch: str
) -> None:
    sheaf = ledger.Sheaf()
    household_bulk.batch_begin(batch)
    place: Any = {"block": block, "town_code": block.town_code, "batch": batch}
    household_bulk.slice_write(new, **place, today=local_day(at), sheaf=sheaf)
    draft = ledger.append("demo.households", subject=Source(batch, block.ledger_chain()), actor=actor, at=at)
    household_bulk.batch_enter(batch)
    ledger.leaves(draft, (), sheaf)


@ledger.written
def helpers(new: Sequence[helper_bulk.NewHelper], *, actor: Person, at: datetime, batch: str) -> None:
    sheaf = ledger.Sheaf()
    helper_bulk.slice_write(new, batch=batch, sheaf=sheaf)
    chain = f"town/{new[0].region_code[:9]}"
    draft = ledger.append("demo.helpers", subject=Source(batch, chain), actor=actor, at=at)
    helper_bulk.batch_enter(batch)
    ledger.leaves(draft, (), sheaf)


@ledger.written
def parcels(new: Sequence[parcel_bulk.NewParcel], *, block: Block, actor: Person, at: datetime, batch: str) -> None:
    parcel_bulk.slice_write(new, block=block, batch=batch)
    draft = ledger.append("demo.parcels", subject=Source(batch, block.ledger_chain()), actor=actor, at=at)
    ends, day = parcel_bulk.Succession(), local_day(at)
    ledger.leaves(draft, parcel_bulk.batch_enter(batch, block=block, ends=ends, why="import", surveyed_on=day))
