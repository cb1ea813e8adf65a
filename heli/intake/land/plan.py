"""From a survey file to a plan: which lots would enter, which cannot and why, or which zone must be told first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from heli.common import measures
from heli.intake.reading.cells import text
from heli.intake.reading.errors import Bad, Notice
from heli.intake.reading.land_rows import OutlineRow, ParcelRow
from heli.intake.reading.meaning import Column
from heli.intake.reading.places import Gazetteer
from heli.intake.reading.plan import Plan, Shown

from . import meaning, zones
from .checks import Checked, check
from .layers import Layer
from .opening import open_layer

CRS = "crs"  # the name under which a mapping holds the zone that a person told
ONE_PER_CENT = 100


@dataclass
class Reader:
    """One pass over a layer's rows: the good, the bad and what was assumed."""

    layer: Layer
    columns: tuple[Column, ...]
    places: Gazetteer
    block_places: Sequence[str]
    bad: list[Bad] = field(default_factory=list)
    assumed: dict[str, list[str]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    refused: list[tuple[int, str]] = field(default_factory=list)

    def value(self, row: int, name: str) -> str:
        column = next((one for one in self.columns if one.field == name), None)
        return text(self.layer.rows[row][column.index]) if column else ""

    def wrong(self, row: int, name: str, code: str, **facts: str) -> None:
        column = next((one for one in self.columns if one.field == name), None)
        at, header = (column.letter, column.header) if column else ("", "")
        number = self.layer.number(row)
        self.bad.append(Bad(self.layer.name, number, f"{at}{number}", header, code, facts))

    def note(self, code: str, row: int) -> None:
        self.assumed.setdefault(code, []).append(str(self.layer.number(row)))

    def shape(self, row: int, checked: Checked) -> bool:
        if checked.code:
            first = {name: str(self.layer.number(int(at))) for name, at in checked.facts.items() if name == "first"}
            self.wrong(row, "", checked.code, **{**checked.facts, **first})
        return not checked.code

    def parcel(self, row: int, checked: Checked) -> ParcelRow | None:
        number = (self.value(row, "number") or self.value(row, "serial"))[:40]
        legal, whole = self._legal(row), self.shape(row, checked)
        named = self._numbered(row, number)
        if not (whole and named) or legal == 0:
            self.refused += [(self.layer.number(row), checked.text)] if checked.text else []
            return None
        if legal is None:
            self.note("area_missing", row)
        elif abs(legal - checked.area_dm2) * ONE_PER_CENT > legal:
            self.note("area_differs", row)
        return ParcelRow(
            self.layer.name, self.layer.number(row), number, self.value(row, "serial")[:20], self._village(row),
            self.value(row, "use")[:20], legal, checked.area_dm2, checked.text,
        )  # fmt: skip

    def _numbered(self, row: int, number: str) -> bool:
        first = self.numbers.setdefault(number, row) if number else row
        if not number:
            self.wrong(row, "number", "number_missing")
        elif first != row:
            self.wrong(row, "number", "number_duplicate", first=str(self.layer.number(first)))
        return bool(number) and first == row

    def _legal(self, row: int) -> int | None:
        """The survey's area; None where none is given, 0 where it is no area."""
        given = self.value(row, "legal").removesuffix("㎡").removesuffix("平方米").strip()
        if not given:
            return None
        area = measures.dm2(given)
        if area is None or area <= 0:
            self.wrong(row, "legal", "legal_not_a_number", value=given[:20])
            return 0
        return area

    def _village(self, row: int) -> str:
        """By the column, else by the layer's name, else the block's first."""
        named = self.places.village(self.value(row, "village")) or self.places.address(self.value(row, "village"))[0]
        if named or self.named_village:
            return named or self.named_village
        if self.block_places:
            self.note("village_assumed", row)
        return self.block_places[0] if self.block_places else ""

    @property
    def named_village(self) -> str:
        return village_named(self.layer.name, self.places)

    def outline(self, row: int, checked: Checked) -> OutlineRow | None:
        named = self.value(row, "code") or self.value(row, "name")
        if not self.shape(row, checked):
            return None
        return OutlineRow(self.layer.name, self.layer.number(row), named[:40], checked.area_dm2, checked.text)

    def notices(self) -> tuple[Notice, ...]:
        told = [Notice(code, len(rows), rows[0]) for code, rows in self.assumed.items()]
        return (*(Notice(code, 1, "") for code in self.layer.notices), *told)


def village_named(name: str, places: Gazetteer) -> str:
    """`吉捕岙宗地` → the village whose name the layer begins with, in the block or the town first."""
    plain = "".join(one for one in name if "\u4e00" <= one <= "\u9fff")
    return next((code for end in range(len(plain), 1, -1) if (code := places.village(plain[:end]))), "")


def read_land(
    path: Path, *, name: str, kind: str, places: Gazetteer, mapping: Mapping[str, str], box: zones.Box | None,
    block_places: Sequence[str] = (), town: str = "",
) -> Plan:  # fmt: skip
    """Read a survey file. `mapping` corrects columns and answers `crs`; raises Unreadable."""
    layer = open_layer(path, Path(name).stem)
    kind = kind or meaning.told_kind(layer.headers, len(layer.shapes))
    said = {key: value for key, value in mapping.items() if key != CRS}
    reader = Reader(layer, meaning.columns(layer.headers, kind, said), places, block_places)
    crs, notes = zones.told(layer.crs) if CRS not in mapping else (zones.answered(mapping[CRS]), ())
    for note in notes:
        reader.note(note, 0)
    facts: dict[str, Any] = {
        "kind": kind, "rows": len(layer.shapes), "households": (), "helpers": (), "merged": 0, "belongs": {}, "title": layer.name,
        "block_name": village_named(layer.name, places), "town_code": town, "sheets": (_shown(layer, reader.columns),),
    }  # fmt: skip
    if not crs:
        return Plan(**facts, bad=(), notices=reader.notices(), zones=zones.offers(layer.shapes, box))
    checked = check(layer.shapes, crs, box, overlaps=kind == "parcels")
    parcels, outlines = _rows(reader, kind, checked)
    if any(column.field == "holder" for column in reader.columns):
        reader.note("holder_left", 0)
    bad, notices = tuple(reader.bad), reader.notices()
    return Plan(**facts, bad=bad, notices=notices, parcels=parcels, outlines=outlines, refused=tuple(reader.refused))


def _rows(reader: Reader, kind: str, checked: list[Checked]) -> tuple[tuple[ParcelRow, ...], tuple[OutlineRow, ...]]:
    if kind == "blocks":
        outlines = (reader.outline(row, one) for row, one in enumerate(checked))
        return (), tuple(one for one in outlines if one)
    parcels = (reader.parcel(row, one) for row, one in enumerate(checked))
    return tuple(one for one in parcels if one), ()


def _shown(layer: Layer, columns: tuple[Column, ...]) -> Shown:
    rows = tuple((layer.number(at), tuple(text(value) for value in row)) for at, row in enumerate(layer.rows))
    return Shown(layer.name, 0, columns, rows)
