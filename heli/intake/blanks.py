"""Blank workbooks to fill in: drop-downs where words are fixed, text cells where digits must not be lost.

Read like any other file; the words of the drop-downs are those that reading knows, so what is filled in comes back
whole. The labels are Chinese as the offices are.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from heli.blocks import selectors as blocks
from heli.blocks.models import Block
from heli.common import sheets
from heli.common.sheets import Column
from heli.regions import selectors as regions

from .reading import words
from .reading.stamp import STAMP, VERSION

EXAMPLE = "例"  # the first cell of a row that reading passes over


@dataclass(frozen=True, slots=True)
class Field:
    """A column, what its example says, and how to fill it in."""

    column: Column
    example: str
    note: str


@dataclass(frozen=True, slots=True)
class Blank:
    name: str
    content: io.BytesIO


def firsts(table: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The word by which each code is offered."""
    return tuple(names[0] for names in table.values())


def _field(key: str, label: str, example: str, note: str, kind: str = "text", width: float = 12, choices: Sequence[str] = ()) -> Field:  # fmt: skip
    return Field(Column(key, label, kind, width, tuple(choices)), example, note)


HOUSEHOLDS = (
    _field("serial", "户号", EXAMPLE, "一户一个号；同一户有几幢房屋，就写几行，户号一样。", width=8),
    _field("village", "村", "", "从下拉里选。"),
    _field("group", "小组", "3组", "没有就空着。", width=8),
    _field("head", "户主姓名", "某某", "写全名。"),
    _field("id", "身份证号码", "18 位，末位 X 大写", "这一列已经设成文本，直接打 18 位。", "id", 24),
    _field("phone", "联系电话", "11 位手机号", "固定电话带区号。", "phone", 15),
    _field("people", "家庭人口", "3", "写数字。", "number", 10),
    _field("bays", "间数", "2", "写数字。", "number", 8),
    _field("number", "幢号", "1", "第几幢。", "text", 8),
    _field("structure", "结构", "砖混", "从下拉里选。", width=10, choices=firsts(words.STRUCTURES)),
    _field("built", "建造年份", "1996", "四位数的年份。", "number", 10),
    _field("registered", "登记面积（㎡）", "120.5", "证上的面积；没有就空着。", "number", 14),
    _field("recognised", "认定面积（㎡）", "110", "认定的面积；没量过就空着。", "number", 14),
    _field("status", "认定情况", "登记", "从下拉里选；没定就空着。", choices=firsts(words.STATUSES)),
    _field("wish", "安置意向", "未定", "从下拉里选。", choices=firsts(words.WISHES)),
    _field("remark", "备注", "", "别的要说的。", width=24),
)
HELPERS = (
    _field("serial", "序号", EXAMPLE, "从 1 往下写。", width=8),
    _field("name", "姓名", "某某", "组织就写名称。", width=16),
    _field("kind", "类别", "志愿者", "从下拉里选；有两类就打“律师、党员”。", width=16, choices=firsts(words.KINDS)),
    _field("id", "身份证号码", "18 位，末位 X 大写", "这一列已经设成文本；组织空着。", "id", 24),
    _field("phone", "联系电话", "11 位手机号", "固定电话带区号。", "phone", 15),
    _field("place", "所在村", "", "从下拉里选；不在村里就空着。"),
    _field("skills", "专长", "政策宣讲、搬家帮扶", "从下拉里选；有几样就用顿号隔开。", width=26, choices=firsts(words.SKILLS)),
    _field("languages", "方言", "温岭话", "会说的话。", choices=firsts(words.LANGUAGES)),
    _field("times", "什么时候有空", "周末", "随意写。", width=18),
    _field("capacity", "可同时联系户数", "3", "写数字；空着按 3 户算。", "number", 16),
    _field("occupation", "职业", "教师", "随意写。"),
    _field("known_among", "影响力", "哪几个村熟", "随意写。", width=18),
    _field("remark", "备注", "", "别的要说的。", width=24),
)  # fmt: skip
KINDS = {"households": (HOUSEHOLDS, "征迁户花名册"), "helpers": (HELPERS, "社会力量登记表")}
PLACED = ("village", "place")


def blank(kind: str, *, town_code: str, block: Block | None) -> Blank:
    """The workbook of a kind for a block, or for the whole town."""
    fields, called = KINDS[kind]
    villages = _villages(town_code, block)
    fields = tuple(_placed(field, villages) for field in fields)
    title = f"{regions.name_of(town_code)}{block.name if block else ''}{called}"
    content = io.BytesIO()
    with sheets.workbook(content, in_memory=True) as book:
        _to_fill_in(book, fields, title)
        _explained(book, fields)
        _stamped(book, kind)
    content.seek(0)
    return Blank(title, content)


def _villages(town_code: str, block: Block | None) -> list[str]:
    codes = blocks.villages_of(block)
    if codes:
        found = regions.names(codes)
        return [found[code] for code in codes]
    return [region.name for region in regions.by_level("village", town_code)]


def _placed(field: Field, villages: Sequence[str]) -> Field:
    if field.column.key not in PLACED:
        return field
    return replace(field, column=replace(field.column, choices=tuple(villages)), example=next(iter(villages), ""))


def _to_fill_in(book: Workbook, fields: Sequence[Field], title: str) -> None:
    """Title, header, and an example in grey."""
    page = book.add_worksheet("填这里")
    grey = book.add_format({"italic": True, "font_color": "#8a8a8a", "num_format": sheets.TEXT})
    page.write_string(0, 0, sheets.text_cell(title), book.add_format({"bold": True, "font_size": 14}))
    sheets.head(book, page, [field.column for field in fields], 1)
    for at, field in enumerate(fields):
        page.write_string(2, at, sheets.text_cell(field.example), grey)
    page.activate()


def _explained(book: Workbook, fields: Sequence[Field]) -> None:
    page: Worksheet = book.add_worksheet("怎么填")
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    page.set_column(0, 0, 18, wrap)
    page.set_column(1, 1, 60, wrap)
    lines = [
        ("这份表怎么填", "从灰色的例子下面一行开始填；例子留着也不会读。列可以换位置、可以多，不要改列名。"),
        *((field.column.label, field.note) for field in fields),
        ("填好以后", "在“导入”那一页传上来，先看一遍，再写入。有错的行会告诉您是哪一格。"),
    ]
    for row, (name, note) in enumerate(lines):
        page.write_string(row, 0, name, wrap)
        page.write_string(row, 1, note, wrap)


def _stamped(book: Workbook, kind: str) -> None:
    page: Worksheet = book.add_worksheet(STAMP)
    page.write_string(0, 0, kind)
    page.write_string(0, 1, VERSION)
    page.very_hidden()
