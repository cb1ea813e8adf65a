"""What the preview shows: rows with their cells, what is wrong or was filled in at each, and how far a job is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from heli.access import Action, rows
from heli.access.classes import Sight, sight
from heli.blocks import selectors as blocks
from heli.blocks.models import Block
from heli.common.classes import S3
from heli.common.masks import masked
from heli.ledger.models import Job

from .forms import FIELDS
from .models import Batch
from .planning import Ready
from .reading.cells import bare
from .reading.meaning import SURE, Column
from .reading.plan import Shown
from .wording import said

A_PAGE = 20
LONGEST = 200  # a longer text would push the other columns out of sight
COVERED = {"id": "id", "phone": "phone"}
NAMES = {"head": "name", "name": "name"}
# Columns of work, which hold nothing of a person.
PLAIN = frozenset({"serial", "village", "group", "people", "bays", "number", "structure", "built", "town", "place",
                   "skills", "kind", "capacity", "languages"})  # fmt: skip


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


def batches(person: Any) -> QuerySet[Batch]:
    return rows(Batch, person, Action.IMPORT_VIEW).select_related("by", "block").order_by("-at", "-pk")


def block_of(person: Any, code: str) -> Block | None:
    """The block of this code, if it is one of the person's."""
    return next((block for block in blocks.blocks(person) if block.code == code), None)


def preview(ready: Ready, person: Any, mapping: Mapping[str, str], sheet: int, page: int, only_bad: bool) -> Preview:
    plan = ready.plan
    sheet = sheet if 0 <= sheet < len(plan.sheets) else 0
    shown = plan.sheets[sheet]
    whole = sight(person, S3) == Sight.FULL
    wrong = {(bad.row, bad.cell.rstrip("0123456789")): said(bad) for bad in plan.bad if bad.sheet == shown.name}
    bad_rows = {row for row, _cell in wrong}
    lines = [line for line in shown.rows if not only_bad or line[0] in bad_rows]
    pages = max(1, -(-len(lines) // A_PAGE))
    page = min(max(page, 1), pages)
    part = lines[(page - 1) * A_PAGE : page * A_PAGE]
    return Preview(
        name=shown.name,
        sheets=tuple(one.name for one in plan.sheets),
        sheet=sheet,
        columns=tuple(Head(one.letter, one.header, one.field, how(one, mapping)) for one in shown.columns),
        rows=tuple(_row(number, texts, shown, wrong, whole) for number, texts in part),
        page=page,
        pages=pages,
        only_bad=only_bad,
        choices=[("", ""), *FIELDS[plan.kind]],
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
    number: int, texts: tuple[str, ...], shown: Shown, wrong: dict[tuple[int, str], str], whole: bool
) -> PreviewRow:
    cells = tuple(
        Cell(covered(text, column.field, whole), wrong.get((number, column.letter), ""))
        for text, column in zip(texts, shown.columns, strict=True)
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


def wrongs(ready: Ready) -> list[tuple[str, str, str]]:
    """Every bad cell: sheet, cell, sentence."""
    return [(bad.sheet, bad.cell, said(bad)) for bad in ready.plan.bad]


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
