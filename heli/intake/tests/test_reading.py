"""What a roster holds, whatever its office calls things; and what cannot be read, in a sentence."""

import csv
import datetime
import json
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from heli.intake.reading import Unreadable, plan_digest, read_plan
from heli.intake.tests.places import JIBUAO, places

DATA = Path(__file__).parent / "data"
EXPECTED = json.loads((DATA / "expected.json").read_text(encoding="utf-8"))
TODAY = datetime.date(2023, 10, 25)
PLACES = places()


def read(path, **facts):
    return read_plan(path, places=PLACES, today=TODAY, **facts)


@pytest.mark.parametrize("name", EXPECTED)
def test_the_offices_files_hold_what_is_expected(name):
    plan, expected = read(DATA / name), EXPECTED[name]
    found = {
        "rows": plan.rows,
        "merged": plan.merged,
        "accepted": plan.accepted,
        "bad": {(bad.row, bad.code) for bad in plan.bad},
    }
    wanted = expected | {"bad": {(bad["row"], bad["code"]) for bad in expected["bad"]}}
    assert found == wanted


def test_a_plan_is_the_same_every_time():
    first, second = (plan_digest(read(DATA / "households-jibuao.xlsx")) for _ in range(2))
    assert first == second


def test_a_bad_cell_is_named_and_says_what_to_do():
    bad = next(bad for bad in read(DATA / "households-jibuao.xlsx").bad if bad.code == "id_lost_precision")
    assert (bad.sheet, bad.cell, bad.column) == ("花名册", "E25", "身份证号码")
    assert "请从原件再填" in bad.message


@pytest.fixture
def other_words(tmp_path):
    """Another office: GB18030, other names of columns, 同上, full-width digits, units, blank cells below a household."""
    rows = [
        ["温岭市城南镇征迁户摸底登记表（第三版）"],
        ["单位：平方米", "", "", "", "填报人：周某"],
        ["户编号", "所在村（居）", "组别", "户主", "证件号", "手机号码", "在册人口", "房屋间数", "房屋编号", "房屋结构",
         "建成年份", "证载面积", "合法面积", "补偿方式", "说明"],
        ["H001", "吉捕岙", "３组", "甲某", "332623194608220006", "100 5735 1934", "7人", "1间", "1", "框架", "1999年",
         "２８９.39", "249.84", "货币补偿", ""],
        ["", "", "", "", "", "", "", "", "2", "砖混", "二〇〇三年", "100", "100", "", ""],
        ["H002", "同上", "5组", "乙某", "332623197205270002", "10029109184", "1", "2", "1", "混合", "1989.0",
         "281.16平方米", "281.16", "房票", ""],
        ["H003", "新庄", "7组", "丙某", "332623197205270003", "10029109184", "三", "2", "1", "混合", "1989", "1", "1", "", ""],
        ["小计", "", "", "", "", "", "8"],
        ["经办人：周某", "", "审核：李某"],
    ]  # fmt: skip
    path = tmp_path / "other.csv"
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def test_another_offices_words_are_understood(other_words):
    plan = read(other_words)
    assert plan.accepted == {
        "households": 2, "houses": 3, "people": 8, "bays": 3, "recognised_area_m2": "631.00",
    }  # fmt: skip
    assert {row.village_code for row in plan.households} == {"331081108224"}
    assert [house.built_year for house in plan.households[0].houses] == [1999, 2003]
    assert {(bad.cell, bad.code) for bad in plan.bad} == {("E7", "id_check_digit"), ("G7", "people_not_a_number")}


@pytest.fixture
def other_shape(tmp_path):
    """A workbook with a sheet a village, a merged two-row header, dates in cells, and a page of explanations."""
    path = tmp_path / "shape.xlsx"
    people = {"吉捕岙村": "332623194608220006", "新庄村": "331081198510020004"}
    with xlsxwriter.Workbook(str(path)) as book:
        dates = book.add_format({"num_format": "yyyy-mm-dd"})
        for village, number in people.items():
            page = book.add_worksheet(village)
            page.merge_range(0, 0, 0, 8, f"{village}住户花名册")
            page.merge_range(1, 0, 2, 0, "序号")
            page.merge_range(1, 1, 1, 4, "产权人")
            page.merge_range(1, 5, 1, 8, "房屋")
            page.write_row(
                2, 1, ["姓名", "公民身份号码", "联系方式", "人口数", "幢号", "结构类型", "建造时间", "建筑面积(㎡)"]
            )
            page.write_row(3, 0, [1, "户主", number, "10012345678", 3, 1, "砖混结构"])
            page.write_datetime(3, 7, datetime.date(1998, 5, 1), dates)
            page.write(3, 8, 120.5)
            page.write_row(4, 0, ["合计", "", "", "", 3])
        note = book.add_worksheet("填表说明")
        note.write(0, 0, "一、户主姓名要填全名")
    return path


def test_another_offices_shape_is_understood(other_shape):
    plan = read(other_shape)
    houses = [(row.village_code, row.houses[0].built_year, row.houses[0].registered_dm2) for row in plan.households]
    assert houses == [("331081108224", 1998, 12050), ("331081108278", 1998, 12050)]


def test_a_helpers_list_with_kinds_in_a_column(tmp_path):
    path = tmp_path / "helpers.csv"
    rows = [
        ["城南镇帮忙力量登记"],
        ["编号", "姓名", "人员类别", "证件号码", "手机", "所在村居", "擅长领域", "最多户数"],
        ["1", "甲某", "律师、党员", "331081198510020004", "10012345678", "新庄", "法律咨询；写协议；温岭话", "4户"],
        ["2", "甲公益中心", "社会组织", "", "10011111111", "", "搬家 养老 飞行", ""],
    ]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    one, two = read(path).helpers
    assert (one.kinds, one.skills, one.languages, one.capacity) == (
        ("lawyer", "party_member"), ("legal_advice", "agreement_drafting"), ("wenling",), 4,
    )  # fmt: skip
    assert (two.kinds, two.skills, two.capacity, two.place_code) == (
        ("organisation",), ("moving_help", "elder_care"), None, "331081108",
    )  # fmt: skip


def test_a_person_can_correct_what_a_column_means(other_words):
    plan = read(other_words, mapping={"H": "", "合法面积": "registered"})
    assert plan.accepted["bays"] == 0
    assert plan.households[0].houses[0].registered_dm2 == 24984


def test_a_village_known_twice_is_looked_up_in_the_block_first():
    two = [place for place in PLACES if place.name == "汇头林村"]
    assert len(two) == 2
    assert (
        read(DATA / "households-jibuao.xlsx", block_places=JIBUAO).accepted
        == EXPECTED["households-jibuao.xlsx"]["accepted"]
    )


def bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (210 * 1024 * 1024))


WRONG = {
    "empty": lambda path: path.write_bytes(b""),
    "not_a_table": lambda path: path.write_bytes(b"%PDF-1.7 nothing"),
    "damaged": lambda path: path.write_bytes(b"PK\x03\x04 torn"),
    "kind_unknown": lambda path: path.write_text("今天,天气\n好,晴\n", encoding="utf-8"),
    "too_large": bomb,
}


@pytest.mark.parametrize("code", WRONG)
def test_what_cannot_be_read_is_refused_with_a_sentence(tmp_path, code):
    path = tmp_path / "wrong.xlsx"
    WRONG[code](path)
    with pytest.raises(Unreadable) as refused:
        read(path)
    assert refused.value.code == code
    assert "写入" in refused.value.message
