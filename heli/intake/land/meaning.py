"""What a column of an attribute table means: by its name, shown, and corrected by a person."""

from collections.abc import Mapping, Sequence

from heli.intake.reading.cells import bare
from heli.intake.reading.land_words import COLUMNS
from heli.intake.reading.meaning import SURE, Column
from heli.intake.reading.sheets import letter

TELLING = {"number", "serial", "legal", "use"}


def columns(headers: Sequence[str], kind: str, said: Mapping[str, str]) -> tuple[Column, ...]:
    """Each header with its field; of two columns for one field the better name wins, a person's word always."""
    names = {name: (field, rank) for field, names in COLUMNS[kind].items() for rank, name in enumerate(names)}
    words = {bare(name): field for name, field in said.items()}
    found: list[tuple[str, int, int]] = []
    for index, header in enumerate(headers):
        field, rank = names.get(plain(header), ("", 99))
        for name in (bare(letter(index)), bare(header)):
            if name in words:
                field, rank = words[name], -1
        found.append((field, rank, index))
    best = {field: min((rank, index) for other, rank, index in found if other == field) for field, _, _ in found}
    return tuple(
        Column(index, headers[index], field, SURE) if field and best[field] == (rank, index)
        else Column(index, headers[index], "", 0.0)
        for field, rank, index in found
    )  # fmt: skip


def plain(header: str) -> str:
    return bare(header).replace("_", "").partition("(")[0].partition("（")[0]


def told_kind(headers: Sequence[str], many: int) -> str:
    """parcels, unless hardly any shapes and no column speaks of lots: then the outline of a block."""
    fields = {column.field for column in columns(headers, "parcels", {})}
    return "parcels" if many > 3 or fields & TELLING else "blocks"
