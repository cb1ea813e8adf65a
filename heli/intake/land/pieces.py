"""The parts of one lot from a survey file, for the page that splits it: read like any survey, whole or not at all."""

from pathlib import Path
from typing import Any

from heli.blocks.models import Block
from heli.common.errors import DomainError
from heli.intake import wording
from heli.intake.reading import Unreadable
from heli.intake.reading.land_rows import ParcelRow
from heli.intake.reading.places import Gazetteer
from heli.parcels.pieces import Piece
from heli.regions import extents

from .plan import CRS, read_land
from .zones import OFFERED


def read(path: Path, name: str, crs: str, block: Block) -> list[Piece]:
    facts: dict[str, Any] = {
        "name": name,
        "kind": "parcels",
        "places": Gazetteer(()),
        "mapping": {CRS: crs} if crs else {},
    }
    try:
        plan = read_land(path, box=extents.box_of(block.town_code), town=block.town_code, **facts)
    except Unreadable as error:
        raise wording.unreadable(error) from error
    if plan.zones:
        raise wording.piece_zone_needed()
    wrong = [one for one in plan.bad if one.code != "number_missing"]  # numbers are asked for on the page
    if wrong:
        raise DomainError(wrong[0].code, wording.piece_wrong(wrong[0]))
    return [*(_piece(row) for row in plan.parcels), *(Piece(shape) for _row, shape in plan.refused)]


def zones() -> list[tuple[str, Any]]:
    return [(code, words[1] if wording.english() else words[0]) for code, words in OFFERED.items()]


def _piece(row: ParcelRow) -> Piece:
    return Piece(row.shape, row.number, row.serial, row.land_use, row.legal_dm2)
