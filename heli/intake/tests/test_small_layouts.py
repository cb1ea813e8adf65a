"""Offices' layouts in small: printed pages, columns beside ours, kinds written once. All people are invented."""

import datetime

import pytest
import xlsxwriter

from heli.intake.reading import read_plan
from heli.intake.tests.places import places

TODAY = datetime.date(2023, 10, 25)
PLACES = places()
IDS = (
    "332623194608220006", "332623197205270002", "331081198510020004", "332623196006280000", "332623196311210009",
    "331081196007050004", "33108119840128000X",
)  # fmt: skip


def book(path, sheets):
    with xlsxwriter.Workbook(str(path)) as made:
        for name, rows in sheets.items():
            page = made.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
    return read_plan(path, places=PLACES, today=TODAY)


def test_a_printed_form_with_pages_holds_only_its_households(tmp_path):
    """Header, page sums, signatures and column numbers stand again on every page; a household runs over the page."""
    header = [
        ["城南镇征迁户登记表"], ["填报单位：城南镇"],
        ["序号", "户主情况", "", "", "", "房屋情况", "", "", "", "意向"],
        ["", "户主姓名", "身份证号码", "村", "人口", "幢号", "结构", "建房年月", "权证面积", "合法面积"],
        [f"({number})" for number in range(1, 11)],
    ]  # fmt: skip
    rows = [
        *header,
        [1, "甲　某", IDS[0], "吉捕岙", 7, 1, "砖混", "1996.05", 100, 90],
        ["", "", "", "", "", 2, "砖木", "1980.01", 50, 40],
        ["", "本页合计", "", "", 7, "", "", "", 150, 130],
        ["填表人签字：", "", "", "村负责人（签字）：", "", "", "", "2023年2月10日"],
        *header,
        ["", "", "", "", "", 3, "简易", "2001.11", 20, 10],
        [2, "乙某", IDS[1], "同上", 3, 1, "同上", "1999", 80, 80],
        ["", "吉捕岙村小计", "", "", 10, "", "", "", 250, 220],
        ["总计（2户）", "", "", "", 10, "", "", "", 250, 220],
        [3], [4],
        ["村民委员会（盖章）", "", "", "驻村干部（签名）"],
    ]  # fmt: skip
    plan = book(tmp_path / "pages.xlsx", {"打印版": rows})
    assert (plan.rows, plan.bad) == (4, ())
    assert plan.accepted == {
        "households": 2, "houses": 4, "people": 10, "bays": 0, "recognised_area_m2": "220.00",
    }  # fmt: skip
    assert [row.head for row in plan.households] == ["甲某", "乙某"]
    assert [house.structure for house in plan.households[1].houses] == ["simple"]


def test_columns_beside_ours_do_not_take_their_place(tmp_path):
    """Husband and wife under the same words, people by sex and to be rehoused, areas certified, measured and recognised,
    village and group in one cell; 序号 counts houses and nothing else numbers the households."""
    rows = [
        ["房屋征收调查汇总表"],
        ["序号", "村组", "户主", "", "配偶", "", "家庭人口", "", "", "安置人口", "房屋", "", "建筑面积（㎡）", "", ""],
        ["", "", "姓名", "身份证号", "姓名", "身份证号", "男", "女", "合计", "", "结构", "建成年份", "证载", "实测", "认定"],
        [1, "吉捕岙村15组", "甲某", IDS[0], "乙某", IDS[1], 1, 2, 3, 4, "砖混", 1996, 100, 102, 90],
        [2, "", "", "", "", "", "", "", "", "", "砖木", 1980, 50, 51, 40],
        [3, "新庄村3组", "丙某", IDS[2], "", "", 2, 0, 2, 2, "钢筋砼", 2003, 80, 80, 70],
        [4, "新庄村3组", "丙某", IDS[2], "", "", 2, 0, 2, 2, "简易", 2004, 20, 20, 10],
        [5, "新庄村3组", "丁某", IDS[3], "", "", 1, 0, 1, 1, "简易", 2004, 30, 30, 30],
        [6, "新庄村3组", "丁某", IDS[3], "", "", 1, 0, 1, 1, "简易", 2004, 30, 30, 30],
    ]  # fmt: skip
    plan = book(tmp_path / "beside.xlsx", {"Sheet1": rows})
    assert plan.accepted == {
        "households": 3, "houses": 5, "people": 6, "bays": 0, "recognised_area_m2": "240.00",
    }  # fmt: skip
    assert [(bad.row, bad.code) for bad in plan.bad] == [(9, "id_duplicate")]
    assert [(row.village_code[-3:], row.group) for row in plan.households] == [
        ("224", "15组"), ("278", "3组"), ("278", "3组"),
    ]  # fmt: skip


PARTS = {
    "a line over each kind": [
        ["城南镇志愿服务力量登记册"], ["序号", "姓　　名", "证件号", "手机", "擅长事项", "可帮扶户数"],
        ["一、律师（2人）"], [1, "甲　某", IDS[0], "10012345678", "法律咨询", "2户"], [2, "乙某", IDS[1], "10012345679", "写协议", 1],
        ["城南镇志愿服务力量登记册（续）"], ["序号", "姓　　名", "证件号", "手机", "擅长事项", "可帮扶户数"],
        [3, "丙某", IDS[2], "10012345670", "法律咨询", 3],
        ["二、医生（1人）"], [4, "甲某", IDS[0], "10012345678", "心理", ""], ["合计4人"],
    ],
    "a kind written once": [
        ["类别", "姓名", "证件号", "手机", "特长", "可负责户数"],
        ["律师", "甲　某", IDS[0], "10012345678", "法律咨询", 2], ["", "乙某", IDS[1], "10012345679", "写协议", 1],
        ["", "丙某", IDS[2], "10012345670", "法律咨询", 3], ["", "丁某", IDS[3], "10012345671", "法律咨询", 3],
        ["医生", "甲某", IDS[0], "10012345678", "心理", ""],
    ],
    "skills to tick": [
        ["类别", "姓名", "证件号", "手机", "特长（在相应栏打√）", "", "", "可同时联系户数"], ["", "", "", "", "法律咨询", "写协议", "心理", ""],
        ["律师", "甲　某", IDS[0], "10012345678", "√", "", "", 2], ["律师", "乙某", IDS[1], "10012345679", "", "√", "", 1],
        ["律师", "丙某", IDS[2], "10012345670", "√", "", "", 3], ["医生", "甲某", IDS[0], "10012345678", "", "", "√", ""],
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", PARTS)
def test_nobody_becomes_a_volunteer_by_an_empty_cell(tmp_path, name):
    plan = book(tmp_path / "parts.xlsx", {"Sheet1": PARTS[name]})
    one, two, three = plan.helpers[:3]
    assert (plan.bad, plan.merged) == ((), 1)
    assert (one.name, one.kinds, one.skills) == ("甲某", ("lawyer", "doctor"), ("legal_advice", "counselling"))
    assert (two.kinds, two.skills, two.capacity) == (("lawyer",), ("agreement_drafting",), 1)
    assert (three.kinds, three.capacity) == (("lawyer",), 3)


@pytest.mark.django_db
def test_households_on_the_same_row_of_two_sheets_are_two(village):
    """One is in the register already, the other is new: the row's number alone does not tell them apart."""
    from dataclasses import replace

    from heli.intake import planning
    from heli.intake.tests.test_reading import DATA, read

    plan = read(DATA / "households-jibuao.xlsx")
    known = village.households["叶茂林"].members.get(role="head")
    new = replace(plan.households[0], sheet="一村", row=2)
    old = replace(plan.households[1], sheet="二村", row=2, head=known.name, id_number=known.id_number)
    ready = planning.against_registers(replace(plan, households=(new, old)), None, "")
    assert (list(ready.households), ready.known) == ([new], 1)
