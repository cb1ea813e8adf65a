"""What the preview shows: rows with their cells, what is wrong or was filled in at each, and how far a job is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from heli.access.classes import Sight, sight
from heli.blocks import selectors as blocks
from heli.blocks.models import Block
from heli.common.classes import S3
from heli.common.masks import masked
from heli.common.templatetags.heli import clock, day
from heli.households.map import Joined, joined_in
from heli.ledger.models import Job
from heli.parcels import drawing
from heli.parcels import selectors as parcels

from .forms import fields_of
from .models import Batch
from .plain import MADE
from .planning import Ready
from .reading.cells import bare
from .reading.meaning import SURE, Column
from .reading.plan import Shown
from .tables import TABLES
from .wording import said, zone

A_PAGE = 20
A_FEW = 12  # bad cells told beside the table; all stand in the workbook of rows to mend
MOST_DRAWN = 1_500
LONGEST = 200  # a longer text would push the other columns out of sight
COVERED = {"id": "id", "phone": "phone"}
NAMES = {"head": "name", "name": "name", "holder": "name"}
# Columns of work, which hold nothing of a person.
PLAIN = frozenset({"serial", "village", "group", "people", "bays", "number", "structure", "built", "town", "place",
                   "skills", "kind", "capacity", "languages", "legal", "use"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """A column and how its meaning is known: said, remembered, sure, guessed, or unknown."""

    letter: str
    header: str
    field: str
    how: str


@dataclass(frozen=True, slots=True)
class PreviewRow:
    number: int
    cells: tuple[Cell, ...]
    wrong: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """One page of one sheet."""

    name: str
    sheets: tuple[str, ...]
    sheet: int
    columns: tuple[Head, ...]
    rows: tuple[PreviewRow, ...]
    page: int
    pages: int
    only_bad: bool
    choices: list[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One row of the list of files."""

    pk: int
    batch: Batch
    at: str


def batch_lines(page: Iterable[Batch], person: Any) -> list[BatchLine]:
    return [BatchLine(row.pk, row, f"{day(row.at)} {clock(row.at)}") for row in page]


def is_table(batch: Batch) -> bool:
    """A plain table, told from outlines of blocks by what it keeps to be taken back."""
    return batch.kind in TABLES and (batch.kind != "blocks" or batch.befores.exists())


def may_undo(batch: Batch) -> bool:
    """Whether the page offers it; what stands in the way is said when it is asked for."""
    if not is_table(batch):
        return batch.kind in ("households", "helpers")
    made = batch.befores.filter(version=MADE).exists()
    return batch.befores.exists() and not TABLES[batch.kind].wide and (not made or bool(TABLES[batch.kind].undo_new))


def block_of(person: Any, code: str) -> Block | None:
    """The block of this code, if it is one of the person's."""
    return next((block for block in blocks.blocks(person) if block.code == code), None)


def preview(ready: Ready, person: Any, mapping: Mapping[str, str], sheet: int, page: int, only_bad: bool) -> Preview:
    plan = ready.plan
    sheet = sheet if 0 <= sheet < len(plan.sheets) else 0
    shown = plan.sheets[sheet]
    open_ = plan.kind == "blocks" or sight(person, S3) == Sight.FULL
    bad_rows = sorted({bad.row for bad in plan.bad if bad.sheet == shown.name}) if only_bad else ()
    pages = max(1, -(-len(bad_rows if only_bad else shown.rows) // A_PAGE))
    page = min(max(page, 1), pages)
    here = slice((page - 1) * A_PAGE, page * A_PAGE)
    part = shown.of(bad_rows[here]) if only_bad else shown.rows[here]
    numbers = {number for number, _texts in part}
    wrong = {
        (bad.row, bad.cell.rstrip("0123456789")): said(bad)
        for bad in plan.bad
        if bad.row in numbers and bad.sheet == shown.name
    }
    return Preview(
        name=shown.name,
        sheets=tuple(one.name for one in plan.sheets),
        sheet=sheet,
        columns=tuple(Head(one.letter, one.header, one.field, how(one, mapping)) for one in shown.columns),
        rows=tuple(_row(number, texts, shown, wrong, open_) for number, texts in part),
        page=page,
        pages=pages,
        only_bad=only_bad,
        choices=[("", ""), *fields_of(plan.kind)],
    )


def how(column: Column, mapping: Mapping[str, str]) -> str:
    """How the meaning of a column is known."""
    if column.letter in mapping:
        return "said"
    if bare(column.header) in mapping:
        return "remembered"
    if not column.field:
        return "unknown"
    return "sure" if column.sure >= SURE else "guessed"


def remembered(ready: Ready, mapping: Mapping[str, str]) -> list[str]:
    """Headers that were read as the office corrected them before."""
    columns = [column for sheet in ready.plan.sheets for column in sheet.columns]
    return list(dict.fromkeys(column.header for column in columns if how(column, mapping) == "remembered"))


def _row(
    number: int, texts: tuple[str, ...], shown: Shown, wrong: dict[tuple[int, str], str], open_: bool
) -> PreviewRow:
    """What is wrong with a row as a whole, a shape for one, stands at its first cell."""
    whole = wrong.get((number, ""), "")
    cells = tuple(
        Cell(covered(text, column.field, open_), wrong.get((number, column.letter), "") or (whole if first else ""))
        for first, text, column in zip((True, *[False] * len(texts)), texts, shown.columns, strict=False)
    )
    return PreviewRow(number, cells, any(cell.wrong for cell in cells))


def covered(text: str, field: str, whole: bool = True) -> str:
    """ID and telephone numbers show only their ends, also before anything is written. Who may not read personal
    values whole gets names by their first character and the rest, also what nobody knows the meaning of, covered."""
    if not whole and field not in PLAIN:
        return masked(text, COVERED.get(field, NAMES.get(field, "")))
    if field in COVERED and len(text) > 8 and "E" not in text.upper():
        return masked(text, COVERED[field])
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


@dataclass(frozen=True, slots=True)
class Wrongs:
    """How many cells are bad, and the first of them: sheet, cell, sentence."""

    count: int
    first: list[tuple[str, str, str]]


def wrongs(ready: Ready) -> Wrongs:
    return Wrongs(len(ready.plan.bad), [(bad.sheet, bad.cell, said(bad)) for bad in ready.plan.bad[:A_FEW]])


def notices(ready: Ready) -> list[tuple[str, int]]:
    return [(said(notice), notice.count) for notice in ready.plan.notices]


@dataclass(frozen=True, slots=True)
class Far:
    """How far a job is, in words for the bar: `width` of 1000."""

    done: int
    total: int
    width: int
    state: str


def how_far(batch: Batch) -> Far:
    job = Job.objects.filter(key=batch.job_key).first()
    if job is None:
        return Far(0, batch.good, 0, "waiting")
    return Far(job.done, job.total, 1000 * job.done // max(1, job.total), job.state)


def job_of(batch: Batch) -> Job | None:
    return Job.objects.filter(key=batch.job_key).first()


@dataclass(frozen=True, slots=True)
class LandLot:
    path: str
    x: float
    y: float
    row: int
    wrong: bool


@dataclass(frozen=True, slots=True)
class LandPicture:
    """A survey as it would lie: lots that would enter, and those that cannot, with their rows' numbers."""

    width: int
    height: int
    lots: tuple[LandLot, ...]


def land_picture(ready: Ready) -> LandPicture | None:
    plan = ready.plan
    good = [(row.row, row.shape) for row in plan.parcels] + [(row.row, row.shape) for row in plan.outlines]
    sheet = drawing.sheet([*good, *plan.refused][:MOST_DRAWN])
    if sheet is None:
        return None
    wrong = {row for row, _shape in plan.refused}
    lots = (LandLot(one.path, one.x, one.y, one.key, one.key in wrong) for one in sheet.lots)
    return LandPicture(sheet.width, sheet.height, tuple(lots))


def land_joined(ready: Ready) -> Joined | None:
    """How the lots that would enter meet the households of the block."""
    if ready.block is None or ready.plan.kind != "parcels" or not ready.plan.parcels:
        return None
    others = parcels.going_on(ready.block, ready.land.ends.ends, {row.number for row in ready.plan.parcels})
    return joined_in(ready.block, [row.serial for row in ready.plan.parcels], others)


@dataclass(frozen=True, slots=True)
class ZoneChoice:
    code: str
    label: str
    fits: bool


def zone_choices(ready: Ready) -> list[ZoneChoice]:
    return [ZoneChoice(one.code, zone(one), one.fits) for one in ready.plan.zones]
