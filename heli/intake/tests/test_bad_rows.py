"""Rows to mend go out, come back mended, and enter; those that had entered are recognised."""

import io

import openpyxl

from heli.households.models import House, Household
from heli.intake import bad_rows, services
from heli.intake.reading import read_plan
from heli.intake.tests.places import places
from heli.intake.tests.test_import import DATA, hand_over
from heli.intake.tests.test_reading import TODAY

ROSTER = DATA / "households-jibuao.xlsx"
# Mistakes of a household; the other four are of houses, whose households had entered.
MENDED = ("id_lost_precision", "id_check_digit", "id_duplicate", "head_missing", "people_not_a_number")


def valid(number):
    from heli.common.resident_id import check_digit

    first = f"33108119630311{number:03d}"
    return first + check_digit(first)


def mended(plan):
    """The workbook of rows to mend, with its mistakes put right, as an officer would in WPS."""
    book = openpyxl.load_workbook(bad_rows.workbook(plan))
    page, fields = book.active, {column.field: at for at, column in enumerate(plan.sheets[0].columns, 1)}
    rows = {str(page.cell(line, page.max_column).value): line for line in range(1, page.max_row + 1)}
    for count, bad in enumerate(plan.bad):
        values = {"id": valid(count + 1), "head": "补某", "people": "3", "built": "2003", "structure": "砖混"}
        values |= {"recognised": "20", "registered": "31.42"}
        field = next(column.field for column in plan.sheets[0].columns if column.header == bad.column)
        page.cell(rows[str(bad.row)], fields[field]).value = values[field]
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_what_was_bad_comes_back_mended_and_enters(cast, at, tmp_path):
    first = hand_over(ROSTER, cast["linmei"], at)
    plan = services.look(first, at).plan
    services.batch_write(first, actor=cast["linmei"], at=at)
    path = tmp_path / "改好.xlsx"
    path.write_bytes(mended(plan))
    second = hand_over(path, cast["linmei"], at)
    again = services.look(second, at)
    out = {bad.row for bad in plan.bad if bad.code in MENDED}
    assert (again.plan.bad, again.plan.kind, again.plan.title) == ((), "households", plan.title)
    assert again.new == len(out) == 5
    services.batch_write(second, actor=cast["linmei"], at=at)
    assert Household.objects.count() == 201 + 5


def test_a_household_whose_first_row_was_bad_comes_back_with_all_its_houses(tmp_path, cast, at):
    """Its later rows were right, and would be lost if only the wrong row came along."""
    from heli.intake.tests.test_small_layouts import IDS, book

    head = ["户号", "村", "户主姓名", "身份证号码", "家庭人口", "幢号", "结构", "登记面积"]
    rows = [
        head,
        ["1", "吉捕岙", "甲某", "123", 3, "1", "砖混", 100],
        ["", "", "", "", "", "2", "砖木", 50],
        ["2", "吉捕岙", "乙某", IDS[1], 2, "1", "框架", 80],
        ["", "", "", "", "", "2", "框架", "大"],
    ]
    plan = book(tmp_path / "one.xlsx", {"表": rows})
    page = openpyxl.load_workbook(bad_rows.workbook(plan)).active
    told = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
    assert [row[-1] for row in told] == ["2", "3", "5"]
    assert told[1][:4] == ["1", "吉捕岙", "甲某", "123"]
    assert told[1][-2] == "和第 2 行是一户，一起改好再传"
    assert told[2][2:4] == ["乙某", IDS[1]]
    for row in (2, 3):
        page.cell(row, 4).value = IDS[0]
    page.cell(4, 8).value = 40
    page.parent.save(tmp_path / "two.xlsx")
    again = read_plan(tmp_path / "two.xlsx", places=places(), today=TODAY)
    assert [(row.head, len(row.houses)) for row in again.households] == [("甲某", 2), ("乙某", 1)]
    assert "column_unknown" not in {notice.code for notice in again.notices}
    assert House.objects.count() == 0
