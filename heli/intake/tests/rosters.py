"""Small rosters made for a test, and the way they take through the services."""

from pathlib import Path
from typing import Any

import xlsxwriter

from heli.common.resident_id import check_digit
from heli.intake import services

HEADER = (
    "户号",
    "村",
    "小组",
    "户主姓名",
    "身份证号码",
    "联系电话",
    "家庭人口",
    "间数",
    "幢号",
    "结构",
    "建造年份",
    "登记面积",
    "认定面积",
)
HELPERS = ("姓名", "身份证号码", "联系电话", "所在村", "专长", "类别", "可联系户数")
TOWN = "331081108"


def number(n: int) -> str:
    first = f"331081{1950 + n % 50}0101{n // 50:03d}"
    return first + check_digit(first)


def household(n: int, **other: Any) -> tuple[Any, ...]:
    """Row `n`; `other` by header."""
    row = (
        f"{n}",
        "吉捕岙村",
        "3组",
        f"叶某{chr(0x4E00 + n)}",
        number(n),
        f"139{n:08d}",
        3,
        2,
        "1",
        "砖混",
        1996,
        120.5,
        120,
    )
    return tuple(other.get(name, value) for name, value in zip(HEADER, row, strict=True))


def helper(n: int, **other: Any) -> tuple[Any, ...]:
    row = (f"江某{chr(0x4E00 + n)}", number(n), f"138{n:08d}", "吉捕岙村", "调解", "志愿者", 3)
    return tuple(other.get(name, value) for name, value in zip(HELPERS, row, strict=True))


def workbook(path: Path, rows: Any, header: tuple[str, ...] = HEADER) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("表")
        for at, row in enumerate((header, *rows)):
            sheet.write_row(at, 0, row)
    return path


def hand_over(path: Path, person: Any, at: Any, **facts: Any) -> Any:
    place, digest = services.file_keep(path.name, iter([path.read_bytes()]))
    return services.batch_hand_over(
        file_name=path.name, place=place, digest=digest, town_code=TOWN, actor=person, at=at, **facts
    )


def written(path: Path, person: Any, at: Any, *, changes: bool = False) -> Any:
    """Handed over, looked at and written; with `changes` what is otherwise is put right too."""
    batch = hand_over(path, person, at)
    batch.changes_seen = services.look(batch, at).seen if changes else ""
    return services.batch_write(batch, actor=person, at=at)
