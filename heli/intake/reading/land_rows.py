"""Rows of survey files, as a plan holds them beside those of rosters."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ParcelRow:
    """A lot that would enter. `shape` is GeoJSON in EPSG:4490; `legal_dm2` the survey's figure, None where none."""

    sheet: str
    row: int
    number: str
    serial: str
    village_code: str
    land_use: str
    legal_dm2: int | None
    computed_dm2: int
    shape: str


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """A block's outline that would enter, under the block's name or code as written ('' for the chosen block)."""

    sheet: str
    row: int
    block: str
    computed_dm2: int
    shape: str


@dataclass(frozen=True, slots=True)
class Zone:
    """One answer to the question in which coordinates a file stands; `fits`: the lots would lie in the county."""

    code: str
    label: str
    label_en: str
    fits: bool
