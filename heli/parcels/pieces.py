"""What a survey file tells of the parts of one lot. The room that reads survey files lies above and says how it reads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from heli.blocks.models import Block


@dataclass(frozen=True, slots=True)
class Piece:
    """One shape of the file with what its row says; `shape` is GeoJSON in EPSG:4490."""

    shape: str
    number: str = ""
    serial: str = ""
    land_use: str = ""
    legal_dm2: int | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """`read(path, name, crs, block)` gives the pieces or refuses in a sentence; `zones()` are the answers to the
    question in which coordinates a file stands that does not say it."""

    read: Callable[[Path, str, str, Block], Sequence[Piece]]
    zones: Callable[[], list[tuple[str, Any]]]


_readers: list[Reader] = []


def read_by(reader: Reader) -> None:
    """Called in `AppConfig.ready` of the room above."""
    _readers[:] = [reader]


def reader() -> Reader:
    return _readers[0]
