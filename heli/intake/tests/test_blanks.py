"""Blank workbooks: what is filled in comes back whole; the example is passed over."""

import io

import openpyxl
import pytest
from django.urls import reverse

from heli.common.resident_id import check_digit
from heli.intake import blanks, services
from heli.intake.models import Batch
from heli.intake.reading import read_plan, words
from heli.intake.tests.places import places
from heli.intake.tests.test_reading import TODAY

TOWN = "331081108"


def identity(number):
    first = f"33108119700101{number:03d}"
    return first + check_digit(first)


@pytest.fixture
def download(client, cast, village):
    client.force_login(cast["linmei"])

    def get(kind, **asked):
        response = client.get(reverse(f"intake:template_{kind}"), asked)
        return openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))

    return get


def filled(book, rows, path):
    """As an officer fills it in: below the grey example, values of the kind the cell wants."""
    page = book["填这里"]
    for line, row in enumerate(rows, 4):
        for at, value in enumerate(row, 1):
            page.cell(line, at).value = value
    book.save(path)
    return path


def choices(book, label):
    """What the drop-down below this label offers."""
    page = book["填这里"]
    at = next(cell.column_letter for cell in page[2] if cell.value == label)
    rule = next(one for one in page.data_validations.dataValidation if str(one.sqref).startswith(f"{at}3:"))
    if rule.formula1.startswith('"'):
        return rule.formula1.strip('"').split(",")
    sheet, cells = rule.formula1.split("!")
    return [cell.value for row in book[sheet.strip("'")][cells.replace("$", "")] for cell in row]


def test_a_roster_filled_in_comes_back_whole(download, tmp_path):
    book = download("households", block="108-01")
    offered = {label: choices(book, label) for label in ("村", "结构", "认定情况", "安置意向")}
    assert offered["村"] == ["吉捕岙村", "新庄村"]
    rows = [
        [f"{n:03d}", offered["村"][n % 2], "3组", f"户主{n}", identity(n), f"1000000{n:04d}", n % 9, n % 5, "01",
         offered["结构"][n % 4], 1980 + n, 100.5 + n, 90 + n, offered["认定情况"][n % 5], offered["安置意向"][n % 5], f"备注{n}"]
        for n in range(1, 41)
    ]  # fmt: skip
    path = filled(book, rows, tmp_path / "花名册.xlsx")
    plan = read_plan(path, places=places(), today=TODAY, town=TOWN)
    assert (plan.bad, plan.rows, len(plan.households), plan.block_name) == ((), 40, 40, "吉捕岙")
    assert {notice.code for notice in plan.notices} == set()
    wishes, structures, statuses = list(words.WISHES), list(words.STRUCTURES), list(words.STATUSES)
    for n, row in enumerate(plan.households, 1):
        house = row.houses[0]
        assert (row.serial, row.village_code) == (f"{n:03d}", ("331081108224", "331081108278")[n % 2])
        assert (row.head, row.id_number, row.phone, row.group) == (f"户主{n}", identity(n), f"1000000{n:04d}", "3组")
        assert (row.people, row.bays, row.wish, row.remark) == (n % 9, n % 5, wishes[n % 5], f"备注{n}")
        assert (house.number, house.structure, house.built_year) == ("01", structures[n % 4], 1980 + n)
        assert (house.registered_dm2, house.recognised_dm2) == (10_050 + 100 * n, 9_000 + 100 * n)
        assert house.status == statuses[n % 5]


def test_a_list_of_helpers_filled_in_comes_back_whole(download, tmp_path):
    book = download("helpers")
    kinds, skills = choices(book, "类别"), choices(book, "专长")
    assert (len(kinds), len(skills)) == (len(words.KINDS), len(words.SKILLS))
    villages = choices(book, "所在村")
    rows = [
        [n, f"帮手{n}", kinds[n % len(kinds)], identity(n), f"1000000{n:04d}", villages[0],
         f"{skills[n % len(skills)]}、{skills[0]}", "温岭话", "周末", n % 5 + 1, "教师", "本村", ""]
        for n in range(1, 31)
    ]  # fmt: skip
    plan = read_plan(filled(book, rows, tmp_path / "登记表.xlsx"), places=places(), today=TODAY, town=TOWN)
    assert (plan.kind, plan.bad, len(plan.helpers)) == ("helpers", (), 30)
    assert {notice.code for notice in plan.notices} == set()
    for n, row in enumerate(plan.helpers, 1):
        assert (row.name, row.id_number, row.phone) == (f"帮手{n}", identity(n), f"1000000{n:04d}")
        assert row.kinds == (list(words.KINDS)[n % len(kinds)],)
        assert set(row.skills) == {list(words.SKILLS)[n % len(skills)], next(iter(words.SKILLS))}
        assert (row.languages, row.capacity, row.times, row.occupation) == (("wenling",), n % 5 + 1, "周末", "教师")
        assert row.known_among == "本村"


def test_an_untouched_blank_holds_nobody(download, tmp_path):
    for kind in blanks.KINDS:
        path = tmp_path / f"{kind}.xlsx"
        download(kind).save(path)
        plan = read_plan(path, places=places(), today=TODAY, town=TOWN)
        assert (plan.kind, plan.rows, plan.bad) == (kind, 0, ())


def test_id_and_phone_are_text_before_anybody_types(download):
    page = download("households")["填这里"]
    formats = {cell.value: page.column_dimensions[cell.column_letter] for cell in page[2]}
    assert {label: formats[label].number_format for label in ("身份证号码", "联系电话")} == {
        "身份证号码": "@", "联系电话": "@",
    }  # fmt: skip


def test_an_older_blank_is_told(download, tmp_path):
    book = download("households")
    book["heli-blank"]["B1"].value = "0"
    path = filled(book, [["1", "吉捕岙", "", "甲某", identity(1)]], tmp_path / "旧.xlsx")
    notices = {notice.code for notice in read_plan(path, places=places(), today=TODAY, town=TOWN).notices}
    assert "blank_older" in notices


def test_a_blank_filled_in_enters_its_block(download, client, cast, at, tmp_path):
    path = filled(download("households", block="108-01"), [["1", "吉捕岙村", "", "甲某", identity(1)]], tmp_path / "表.xlsx")  # fmt: skip
    place, digest = services.file_keep(path.name, iter([path.read_bytes()]))
    batch = services.batch_hand_over(
        file_name=path.name, place=place, digest=digest, town_code=TOWN, actor=cast["linmei"], at=at
    )
    assert (batch.block.code, batch.good, Batch.objects.count()) == ("108-01", 1, 1)
