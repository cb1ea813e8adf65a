"""The rows to mend as a workbook: as they were read, with a last column that says what is wrong. All cells are text.

A household enters whole. So where its first row is wrong, its other rows come along; and a wrong row further down says
again whose it is.
"""

import io
from collections.abc import Iterator

from heli.common import sheets
from heli.common.sheets import Column

from .reading import Plan
from .reading.plan import NUMBER_BEFORE, REASON, Shown
from .wording import said, together

WHOSE = ("serial", "village", "group", "head", "id", "phone", "people", "bays")
KINDS = {"id": "id", "phone": "phone"}


def workbook(plan: Plan) -> io.BytesIO:
    content, taken = io.BytesIO(), set[str]()
    with sheets.workbook(content, in_memory=True) as book:
        for sheet in plan.sheets:
            rows = list(_rows(plan, sheet))
            if not rows:
                continue
            name = sheets.sheet_name(sheet.name, taken)
            taken.add(name)
            page = book.add_worksheet(name)
            columns = [Column(one.letter, one.header, KINDS.get(one.field, "text"), 16) for one in sheet.columns]
            columns += [Column("reason", REASON, width=40), Column("number", NUMBER_BEFORE)]
            top = int(bool(plan.title))
            if plan.title:  # it names the block and the town
                page.write_string(0, 0, sheets.text_cell(plan.title))
            styles = sheets.head(book, page, columns, top)
            for line, row in enumerate(rows, top + 1):
                for at, value in enumerate(row):
                    sheets.put(page, line, at, columns[at], value, styles[at])
        if not taken:
            book.add_worksheet()
    content.seek(0)
    return content


def _rows(plan: Plan, sheet: Shown) -> Iterator[list[str]]:
    wrong = _reasons(plan, sheet.name)
    belongs = {row: begins for name, row, begins in plan.belongs if name == sheet.name}
    entering = {row.row for row in plan.households if row.sheet == sheet.name and row.row in wrong}
    above: tuple[str, ...] = ()
    for number, row in sheet.rows if wrong else ():
        begins = belongs.get(number, number)
        above = row if begins == number else above
        if number in wrong or (begins != number and begins in wrong and begins not in entering):
            reason = "；".join(wrong.get(number, [together(begins)]))
            yield [*_whose(row, above, sheet), reason, str(number)]


def _reasons(plan: Plan, name: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for bad in plan.bad:
        if bad.sheet == name:
            found.setdefault(bad.row, []).append(f"{bad.cell} {said(bad)}")
    return found


def _whose(row: tuple[str, ...], first: tuple[str, ...], sheet: Shown) -> list[str]:
    """The row, with what it leaves to the first row of its household."""
    return [
        text or (first[at] if column.field in WHOSE else "")
        for at, (text, column) in enumerate(zip(row, sheet.columns, strict=True))
    ]
