"""What a block's page shows: the land as drawn, its sums, and the panels that other rooms register."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from heli.blocks.models import Block

from . import drawing, selectors
from .drawing import Sheet
from .models import Boundary, Parcel

MOST_LOTS = 5_000


@dataclass(frozen=True, slots=True)
class Land:
    """A block's lots in force as one picture, and their sums."""

    block: Block
    sheet: Sheet | None
    numbers: Mapping[int, str]
    many: int
    legal_dm2: int
    without_area: int
    differing: tuple[Parcel, ...]
    boundary: Boundary | None

    @property
    def lots(self) -> list["NumberedLot"]:
        lots = self.sheet.lots if self.sheet else ()
        return [NumberedLot(one.path, one.x, one.y, self.numbers[one.key], one.wide) for one in lots]


A_DIGIT = 7.0  # units that a digit takes


@dataclass(frozen=True, slots=True)
class NumberedLot:
    path: str
    x: float
    y: float
    number: str
    wide: float

    @property
    def narrow(self) -> bool:
        """The number is wider than its lot and is written smaller."""
        return len(self.number) * A_DIGIT > self.wide - 2


def land(person: Any, block: Block, version: int = 0) -> Land:
    parcels = list(selectors.in_force(person, block, version)[:MOST_LOTS])
    boundary = selectors.boundary(block)
    return Land(
        block=block,
        sheet=drawing.sheet(((one.pk, one.shape) for one in parcels), boundary.shape if boundary else ""),
        numbers={one.pk: one.serial or one.number for one in parcels},
        many=len(parcels),
        legal_dm2=sum(one.legal_dm2 or 0 for one in parcels),
        without_area=sum(one.legal_dm2 is None for one in parcels),
        differing=tuple(one for one in parcels if one.differs),
        boundary=boundary,
    )


def lots(person: Any, block: Block) -> dict[str, Any]:
    """What the drawing page's script gets: the lots as GeoJSON, without a word about anybody."""
    import json

    features = [
        {"type": "Feature", "properties": {"n": one.serial or one.number}, "geometry": json.loads(one.shape)}
        for one in selectors.in_force(person, block)[:MOST_LOTS]
    ]
    return {"type": "FeatureCollection", "features": features}


@dataclass(frozen=True)
class BlockPanel:
    """`facts(block, person)` gives the template's context, or None where there is nothing to say."""

    template: str
    order: int
    facts: Callable[[Block, Any], Mapping[str, Any] | None]


_panels: list[BlockPanel] = []


def add(panel: BlockPanel) -> None:
    """Called in `AppConfig.ready` of a room above."""
    _panels.append(panel)


def panels(block: Block, person: Any) -> list[tuple[str, Mapping[str, Any]]]:
    told = ((panel, panel.facts(block, person)) for panel in sorted(_panels, key=lambda panel: panel.order))
    return [(panel.template, facts) for panel, facts in told if facts is not None]
