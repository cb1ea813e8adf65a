"""Another office's files for a newcomer to import: 彭家 in 城南镇, laid out in that office's own way, with slips."""

import random
from itertools import islice
from pathlib import Path

import xlsxwriter

from . import people
from .people import dice_of, person_name, phone, resident_id

SEED = 20231025
STRUCTURES = ("砖混结构", "框架", "砖木结构", "混合", "简易")
WISHES = ("货币补偿", "安置房", "房票", "待定", "")
SKILLS = (
    "家庭纠纷调解",
    "法律咨询",
    "政策宣讲",
    "搬家帮扶",
    "养老救助",
    "过渡房源",
    "协议起草",
    "评估解释",
    "心理疏导",
    "温岭话",
)
HOUSEHOLDS, HELPERS = 48, 36
ROSTER, REGISTER = "彭家摸底登记表.xlsx", "彭家社会力量登记.xlsx"


def write(folder: Path) -> list[Path]:
    """Write both files; the same every time."""
    folder.mkdir(parents=True, exist_ok=True)
    dice = dice_of(SEED)
    households, helpers = folder / ROSTER, folder / REGISTER
    _roster(households, dice)
    _helpers(helpers, dice)
    return [households, helpers]


def roster(path: Path, *, again: int = 0) -> Path:
    """The roster alone; `again` > 0 gives other people with the same slips, for who has written the first already."""
    _roster(path, dice_of(SEED + again), first=again * HOUSEHOLDS)
    return path


def _roster(path: Path, dice: random.Random, first: int = 0) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        page, words = book.add_worksheet("摸底"), book.add_format({"num_format": "@"})
        bold = book.add_format({"bold": True})
        page.set_column(0, 12, 13)
        page.write(0, 0, "城南镇彭家区块摸底登记表（第二稿）", bold)
        page.write(1, 0, "填报单位：彭家村村民委员会")
        headers = ["户编号", "所在村（居）", "组别", "户主", "证件号码", "联系方式", "在册人口", "几间", "房屋编号", "房屋结构", "建成年份", "证载面积㎡", "合法面积㎡", "安置方式"]  # fmt: skip
        page.write_row(3, 0, headers, bold)
        line = 4
        for number in range(1, HOUSEHOLDS + 1):
            houses = dice.choice((1, 1, 1, 2))
            for house in range(houses):
                _roster_line(page, words, dice, line, number, house, first)
                line += 1
        page.write(line, 0, "合计")
        page.write(line + 1, 0, "填表人：彭某")


def _roster_line(
    page: "xlsxwriter.worksheet.Worksheet", words: object, dice: random.Random, line: int, number: int, house: int,
    first: int,
) -> None:  # fmt: skip
    if house == 0:
        owner = next(islice(people.resident_ids_late(), first + number, None)) if first else resident_id(dice, number)
        person = [
            f"P{first + number:03d}",
            "彭家" if number % 3 else "同上",
            f"{dice.randrange(1, 9)}组",
            person_name(dice),
            owner,
            phone(dice),
        ]
        for column, text in enumerate(person):
            page.write_string(line, column, text, words)
        page.write(line, 6, dice.randrange(1, 7) if number != 9 else "五口人左右")
        page.write(line, 7, dice.randrange(1, 4))
    if house == 0 and number == 5:
        page.write_number(line, 4, 331081196503020000)
    built, area = dice.randrange(1968, 2016), dice.randrange(4000, 30000) / 100
    page.write(line, 8, house + 1)
    page.write(line, 9, dice.choice(STRUCTURES) if number != 20 else "茅草")
    page.write(line, 10, f"{built}年" if number % 7 == 0 else built)
    page.write(line, 11, area if number % 11 else f"{area}㎡")
    page.write(line, 12, area)
    page.write(line, 13, dice.choice(WISHES))


def _helpers(path: Path, dice: random.Random) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        page, words = book.add_worksheet("登记"), book.add_format({"num_format": "@"})
        page.set_column(0, 7, 14)
        page.write(0, 0, "城南镇彭家村社会力量登记", book.add_format({"bold": True}))
        headers = ["编号", "姓名", "人员类别", "证件号码", "手机", "所在村", "擅长领域", "最多户数"]
        page.write_row(1, 0, headers, book.add_format({"bold": True}))
        kinds = ("新乡贤", "人民调解员", "律师", "志愿者", "党员", "教师")
        for number in range(1, HELPERS + 1):
            skills = "、".join(dice.sample(SKILLS, dice.choice((1, 2, 3))))
            place = dice.choice(("彭家村", "彭家", "城南镇", "吉捕岙村"))
            texts = [
                str(number),
                person_name(dice),
                dice.choice(kinds),
                resident_id(dice, 700 + number),
                phone(dice),
                place,
                skills,
            ]
            for column, text in enumerate(texts):
                page.write_string(number + 1, column, text, words)
            if number % 5:
                page.write(number + 1, 7, dice.choice((2, 3, 5)))
