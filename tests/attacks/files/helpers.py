"""The same on the list of people who help: mistakes told at their cell, texts kept as texts."""

from .making import NAMES, SHEET, Case, identity, xlsx

HEAD = [
    "序号",
    "姓名",
    "类别",
    "身份证号码",
    "联系电话",
    "所在村",
    "专长",
    "什么时候有空",
    "可同时联系户数",
    "职业",
    "影响力",
]
AT = {name: index for index, name in enumerate(HEAD)}


def one(number: int, **changes) -> list:
    row = [
        number,
        NAMES[number],
        "律师",
        identity(number),
        f"1000000{number:04d}",
        "吉捕岙",
        "法律咨询",
        "周末",
        3,
        "律师",
        "本村",
    ]
    for name, value in changes.items():
        row[AT[name]] = value
    return row


def case(name: str, good: int, *bad: str, told: tuple[str, ...] = (), heads: tuple[str, ...] = (), **changes) -> Case:
    """A list of two, the first of them changed."""
    wrong = tuple(f"{SHEET}!{place}" for place in bad)
    return Case(
        f"helpers/{name}.xlsx",
        lambda: xlsx([HEAD, one(1, **changes), one(2)]),
        kind="helpers",
        good=good,
        bad=wrong,
        told=told,
        heads=heads,
    )


CASES = (
    case("id-as-float", 1, "D2 id_lost_precision", 身份证号码=331081197001010010.0),
    case(
        "id-check-digit", 1, "D2 id_check_digit", 身份证号码=identity(1)[:-1] + ("0" if identity(1)[-1] != "0" else "1")
    ),
    case("id-of-two", 1, "D3 id_duplicate", 身份证号码=identity(2)),
    case("id-old", 1, "D2 id_old", 身份证号码="331081700101001"),
    case("no-name", 1, "B2 name_missing", 姓名=""),
    case("name-too-long", 1, "B2 text_too_long", 姓名="长" * 100),
    case("name-that-runs", 2, heads=("=cmd|' /C calc'!A0",), 姓名="=cmd|' /C calc'!A0"),
    case("name-with-tags", 2, heads=("<marquee>=1+1</marquee>",), 姓名="<marquee>=1+1</marquee>"),
    case("error-in-a-cell", 1, "D2 formula_error", 身份证号码="#REF!"),
    case("picture-in-a-cell", 1, "B2 picture_in_cell", 姓名='=DISPIMG("ID_1",1)'),
    case("long-words", 2, told=("text_cut",), 职业="长" * 90, 影响力="长" * 200),
    case("unknown-skill", 2, told=("skill_unknown",), 专长="飞行"),
    case("unknown-place", 2, told=("place_unknown",), 所在村="没有这个村"),
    case("no-kind", 2, told=("kind_assumed",), 类别=""),
    case("no-capacity", 2, told=("capacity_assumed",), 可同时联系户数=""),
)
