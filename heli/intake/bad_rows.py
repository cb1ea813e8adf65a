"""The rows to mend as a workbook: as they were read, with a last column that says what is wrong. All cells are text."""

import io

import xlsxwriter

from .reading import Plan
from .wording import said


def workbook(plan: Plan) -> io.BytesIO:
    content = io.BytesIO()
    with xlsxwriter.Workbook(
        content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        words = book.add_format({"num_format": "@"})
        head = book.add_format({"bold": True, "num_format": "@"})
        for sheet in plan.sheets:
            wrong: dict[int, list[str]] = {}
            for bad in plan.bad:
                if bad.sheet == sheet.name:
                    wrong.setdefault(bad.row, []).append(f"{bad.cell} {said(bad)}")
            if not wrong:
                continue
            page = book.add_worksheet(sheet.name[:31] or None)
            headers = [column.header for column in sheet.columns]
            page.write_row(0, 0, [*headers, "要改什么", "原来第几行"], head)
            page.set_column(0, len(headers) + 1, 16, words)
            for line, (number, texts) in enumerate((row for row in sheet.rows if row[0] in wrong), 1):
                for column, text in enumerate((*texts, "；".join(wrong[number]), str(number))):
                    page.write_string(line, column, text, words)
    content.seek(0)
    return content
