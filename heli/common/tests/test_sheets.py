"""Whatever a text holds, an export keeps it as text: nothing runs, no digit is lost, nothing is dropped."""

import csv
import datetime
import io
import re
import tracemalloc
import zipfile

import openpyxl
import pytest

from heli.common import sheets
from heli.common.sheets import Column

COLUMNS = (
    Column("head", "户主"),
    Column("id", "证件号码", "id", 22),
    Column("phone", "电话", "phone"),
    Column("people", "人口", "number"),
    Column("area", "面积", "area"),
    Column("day", "哪天", "day"),
)
ESCAPED = re.compile("_x([0-9A-F]{4})_")  # how a workbook writes what XML cannot hold
RUNNING = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
    '=HYPERLINK("http://a","b")',
    "=cmd|'/C calc'!A0",
    "'=1",
    "''=1",
)
PLAIN = ("叶知秋", "", "https://a.example", "001", "1E5", "“a”,;b", 'a"b', "a\nb", "_x0041_", "\x01\x1f", "'甲", "🏠𠮷")


def xlsx(columns, rows, **facts):
    file = io.BytesIO()
    sheets.write_xlsx(file, columns, rows, **facts)
    file.seek(0)
    return file


@pytest.mark.parametrize("said", [*RUNNING, *PLAIN])
def test_a_workbook_holds_every_text_as_a_string(said):
    file = xlsx([Column("a", "甲")], [[said]])
    with zipfile.ZipFile(file) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
        assert not [name for name in archive.namelist() if "externalLink" in name or "hyperlink" in name]
    cell = openpyxl.load_workbook(file).active["A2"]
    assert cell.data_type in ("s", "n", "inlineStr")
    assert cell.hyperlink is None
    assert ESCAPED.sub(lambda found: chr(int(found[1], 16)), cell.value or "") == said


@pytest.mark.parametrize("said", RUNNING)
def test_a_text_file_holds_nothing_that_runs_and_gives_it_back(said):
    file = io.BytesIO()
    sheets.write_csv(file, [Column("a", "甲")], [[said]])
    written = next(iter(list(csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"), newline="")))[1:]))[0]
    assert written.startswith("'")
    assert sheets.plain_of_csv(written) == said


@pytest.mark.parametrize("said", PLAIN)
def test_a_harmless_text_stays_as_it_is_in_a_text_file(said):
    assert sheets.csv_cell(said) == said
    assert sheets.plain_of_csv(said) == said


def test_values_keep_their_kinds():
    row = ["叶知秋", "331081194608220003", "013000000000", 3, 18645, datetime.date(2023, 10, 25)]
    read = next(openpyxl.load_workbook(xlsx(COLUMNS, [row])).active.iter_rows(min_row=2))
    assert [cell.value for cell in read[:5]] == ["叶知秋", "331081194608220003", "013000000000", 3, 186.45]
    assert read[5].value.date() == datetime.date(2023, 10, 25)
    assert [cell.number_format for cell in read[1:3]] == ["@", "@"]


def test_a_text_file_keeps_digits_and_begins_with_its_mark():
    file = io.BytesIO()
    row = ["叶知秋", "331081194608220003", "013000000000", -3, 18645, datetime.date(2023, 10, 25)]
    sheets.write_csv(file, COLUMNS, [row])
    assert file.getvalue().startswith(b"\xef\xbb\xbf")
    assert '"331081194608220003\t","013000000000\t","-3","186.45","2023-10-25"' in file.getvalue().decode()


def test_a_text_too_long_for_a_cell_is_cut_and_half_characters_are_marked():
    cell = openpyxl.load_workbook(xlsx([Column("a", "甲")], [["长" * 40_000]])).active["A2"].value
    assert (len(cell), cell[-1]) == (32_767, "…")
    assert sheets.text_cell("a\ud800b") == "a\ufffdb"


@pytest.mark.parametrize(
    ("wanted", "taken", "name"),
    [
        ("花名册", (), "花名册"),
        ("a/b:c", (), "a b c"),
        ("''", (), "Sheet"),
        ("表", ("表",), "表_2"),
        ("ABC", ("abc", "ABC_2"), "ABC_3"),
        ("长" * 40, ("长" * 31,), "长" * 29 + "_2"),
        ("History", (), "History_2"),
    ],
)
def test_a_sheet_has_a_name_that_workbooks_take(wanted, taken, name):
    assert sheets.sheet_name(wanted, taken) == name


def test_drop_downs_short_and_long():
    columns = (
        Column("a", "甲", choices=("是", "否")),
        Column("b", "乙", choices=tuple(f"村{n:03d}" for n in range(200))),
    )
    book = openpyxl.load_workbook(xlsx(columns, [["是", "村001"]], title="表"))
    rules = [rule.formula1 for rule in book["表"].data_validations.dataValidation]
    assert rules == ['"是,否"', "'选项'!$A$2:$GR$2"]
    assert (book["选项"].sheet_state, book["选项"]["GR2"].value) == ("hidden", "村199")


def test_a_long_list_streams_in_little_memory():
    tracemalloc.start()
    xlsx([Column("a", "甲"), Column("n", "数", "number")], ([f"户{n}", n] for n in range(20_000)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * 1024 * 1024
