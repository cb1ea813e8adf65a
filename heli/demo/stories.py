"""Who and what the village world tells of: invented people, believable matters. Data; the words are ours."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from heli.helpers.bulk import NewHelper
from heli.intake.reading.sheets import Sheet, open_sheets

from .cast import COUNTY, OTHER_TOWN, TOWN, VILLAGE

# The roster's slips as the office mended them: (row as the person sees it, column) → value.
MENDED: Mapping[tuple[int, int], object] = {
    (25, 4): "332623194308010007",
    (50, 10): 2003,
    (53, 4): "33108119770510000X",
    (85, 12): 31.42,
    (86, 12): 192.0,
    (92, 4): "332623196811210005",
    (108, 3): "朱月娥",
    (121, 9): "砖木",
    (161, 6): 4,
}
STILL_WAITING = 24  # helpers of the list that the town has not admitted yet
ACCOUNTS = {"江映雪": "jiangyingxue", "叶知秋": "yelvshi", "周予安": "zhouyuan"}

HELPERS = (
    NewHelper("江映雪", VILLAGE, ("mediator",), (("family_mediation", 4), ("neighbour_mediation", 4), ("debt_dispute", 2)),
              ("wenling",), id_number="331081198003310007", phone="10000000101", capacity=4, free_times="工作日晚上"),
    NewHelper("石大年", "331081108278", ("worthy", "teacher"), (("family_mediation", 3), ("policy_explaining", 3)),
              ("wenling",), phone="10000000103", capacity=3, free_times="随时", known_among="新庄、吉捕岙的老人"),
    NewHelper("叶知秋", COUNTY, ("lawyer",), (("family_mediation", 2), ("legal_advice", 5), ("agreement_drafting", 5),
              ("sale_dispute", 4)), id_number="33108119850430000X", phone="10000000102", capacity=3, free_times="晚上"),
    NewHelper("沈知行", TOWN, ("lawyer",), (("family_mediation", 4), ("legal_advice", 4)), phone="10000000532", capacity=3),
    NewHelper("白鹭社工服务社", TOWN, ("organisation",), (("elder_care", 4), ("counselling", 4), ("housing_search", 3)),
              phone="10000000201", capacity=10, free_times="随时"),
    NewHelper("青禾青年志愿队", COUNTY, ("youth_volunteer",), (("moving_help", 4), ("document_finding", 2)),
              phone="10000000202", capacity=8, free_times="周末"),
    NewHelper("周予安", TOWN, ("official",), phone="10000000012", capacity=6, relation="staff",
              may_commit=("约期", "政策解释")),
    NewHelper("陆远", OTHER_TOWN, ("official",), phone="10000000013", capacity=6, relation="staff", may_commit=("约期",)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Story:
    """A need and how far it went. `household` is the place in the register (0 to 2 are the story families)."""

    household: int
    day: date
    kind: str
    title: str
    urgency: int = 2
    wanted_by: date | None = None
    stage: str = ""
    wishes: str = ""
    avoid: str = ""
    features: tuple[str, ...] = ()
    source: str = "visit"
    trusts: str = ""
    helper: str = ""
    until: str = ""
    word: str = ""
    ended: date | None = None

    def facts(self) -> dict[str, Any]:
        names = ("kind", "title", "urgency", "wanted_by", "stage", "wishes", "avoid", "features", "source")
        return {name: getattr(self, name) for name in names}


NEEDS = (
    Story(7, date(2023, 9, 4), "valuation_explanation", "东厢为什么评得低，想听人讲明白", stage="valuation",
          features=("elder",)),
    Story(12, date(2023, 9, 12), "moving_help", "两个老人，搬家缺人手", stage="vacating", features=("elder",), source="phone",
          helper="青禾青年志愿队", until="done", word="小伙子们搬得仔细，一样没碰坏。", ended=date(2023, 9, 23)),
    Story(15, date(2023, 9, 18), "legal_consultation", "想问问房子写谁的名字要紧不要紧", stage="signing",
          helper="叶知秋", until="done", word="讲得清楚，心里有数了。", ended=date(2023, 9, 26)),
    Story(23, date(2023, 10, 9), "temporary_housing", "找个离学校近的过渡房", stage="vacating", features=("tenant",),
          helper="白鹭社工服务社", until="under_way"),
    Story(31, date(2023, 10, 16), "house_sale_dispute", "九十年代买的房，卖家的儿子来说没卖", stage="apportionment",
          features=("sale",), helper="叶知秋", until="invited"),
    Story(0, date(2023, 10, 24), "family_partition", "三兄弟分老屋，想请人坐下来把话说开", urgency=3,
          wanted_by=date(2023, 10, 31), stage="apportionment", wishes="晚上来，讲温岭话", avoid="同宗长辈出面",
          features=("partition", "inheritance"), trusts="江映雪"),
    Story(1, date(2023, 10, 24), "document_finding", "找 1987 年的老契", stage="survey", urgency=2, source="phone"),
    Story(2, date(2023, 10, 25), "hardship_care", "老人想单独跟人说说话", stage="signing", features=("elder",), urgency=3,
          wanted_by=date(2023, 10, 27)),
    Story(40, date(2023, 10, 25), "policy_explanation", "货币和房票哪个合算，想有人算给他看", stage="signing"),
)  # fmt: skip


def mended_roster(path: Path) -> Path:
    """A copy of the roster with its slips put right, in a file of its own."""
    sheet: Sheet = open_sheets(path)[0]
    target = Path(tempfile.mkstemp(suffix=".xlsx")[1])
    with xlsxwriter.Workbook(str(target)) as book:
        page, words = book.add_worksheet(sheet.name), book.add_format({"num_format": "@"})
        for number, row in enumerate(sheet.rows, 1):
            for column, value in enumerate(row):
                value = MENDED.get((number, column), value)
                page.write_string(number - 1, column, value, words) if isinstance(value, str) else page.write(
                    number - 1, column, value
                )
    return target
