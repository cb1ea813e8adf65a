"""A survey's plan set against the register of land: which lots are new or changed, which end, which stand in the way."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from heli.blocks import selectors as blocks
from heli.blocks.models import Block
from heli.parcels import selectors as parcels
from heli.parcels.bulk import NewParcel, Succession

from .reading import Plan
from .reading.errors import Bad
from .reading.land_rows import OutlineRow, ParcelRow


@dataclass(frozen=True, slots=True)
class Land:
    """What of a survey would be written. `asks` names what a person must tell first: zone, block."""

    parcels: tuple[ParcelRow, ...] = ()
    outlines: tuple[tuple[Block, OutlineRow], ...] = ()
    ends: Succession = field(default_factory=Succession)
    known: int = 0
    asks: tuple[str, ...] = ()

    @property
    def new(self) -> int:
        return len(self.parcels) + len(self.outlines)


NOTHING = Land()


def block_of(plan: Plan, given: Block | None, town: str) -> Block | None:
    """The chosen block, else the one that lies in the village which the layer's name begins with. An office's file
    finds blocks of its own town only."""
    return given or blocks.in_village(plan.block_name, town)


def against_land(plan: Plan, block: Block | None, town: str) -> tuple[Plan, Land]:
    if plan.zones:
        return plan, Land(asks=("zone",))
    if plan.kind == "blocks":
        return _outlines(plan, block, town)
    return _parcels(plan, block) if block else (plan, Land(asks=("block",)))


def _parcels(plan: Plan, block: Block) -> tuple[Plan, Land]:
    """Lots that stand in the register as they are change nothing; those over a lot that goes on are refused."""
    standing = {row.number: row for row in parcels.of_block(block)}
    fresh = [row for row in plan.parcels if not _same(row, standing.get(row.number))]
    ends, over = parcels.succession(block, [(row.number, row.shape) for row in fresh])
    bad = [_over(row, *over[row.number]) for row in fresh if row.number in over]
    good = tuple(row for row in plan.parcels if row.number not in over)
    refused = [(row.row, row.shape) for row in plan.parcels if row.number in over]
    told = replace(plan, parcels=good, bad=(*plan.bad, *bad), refused=(*plan.refused, *refused))
    new = tuple(row for row in fresh if row.number not in over)
    kept = {row.number for row in new}
    ending = {pk: heirs for pk, numbers in ends.ends.items() if (heirs := [one for one in numbers if one in kept])}
    return told, Land(parcels=new, ends=Succession(ending), known=len(plan.parcels) - len(fresh))


def _same(row: ParcelRow, standing: object) -> bool:
    names = ("serial", "land_use", "shape", "legal_dm2")
    return standing is not None and all(getattr(row, name) == getattr(standing, name) for name in names)


def _over(row: ParcelRow, number: str, area: float) -> Bad:
    facts = {"number": number, "area": f"{area:.2f}"}
    return Bad(row.sheet, row.row, str(row.row), "", "overlaps_registered", facts)


def _outlines(plan: Plan, block: Block | None, town: str) -> tuple[Plan, Land]:
    found: list[tuple[Block, OutlineRow]] = []
    bad: list[Bad] = []
    known = 0
    for row in plan.outlines:
        alone = not row.block or len(plan.outlines) == 1  # one outline handed over for a block, whatever it is called
        named = blocks.called(row.block, town) or (block if alone else None)
        if named is None:
            bad.append(Bad(row.sheet, row.row, str(row.row), "", "block_unknown", {"value": row.block}))
            continue
        now = parcels.boundary(named)
        known += bool(now and now.shape == row.shape)
        if not now or now.shape != row.shape:
            found.append((named, row))
    wrong = {one.row for one in bad}
    good = tuple(row for row in plan.outlines if row.row not in wrong)
    return replace(plan, outlines=good, bad=(*plan.bad, *bad)), Land(outlines=tuple(found), known=known)


def new_parcel(row: ParcelRow, village: str) -> NewParcel:
    return NewParcel(
        region_code=row.village_code or village, number=row.number, shape=row.shape, computed_dm2=row.computed_dm2,
        legal_dm2=row.legal_dm2, serial=row.serial, land_use=row.land_use,
    )  # fmt: skip


def new_parcels(rows: Sequence[ParcelRow], block: Block) -> list[NewParcel]:
    village = next(iter(blocks.villages_of(block)), block.town_code)
    return [new_parcel(row, village) for row in rows]
