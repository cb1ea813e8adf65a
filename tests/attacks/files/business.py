"""Rosters that are well-formed and wrong: each mistake is named at its cell, the rest enters."""

from .making import AT, HEAD, SHEET, Case, identity, line, roster, xlsx
from .numbers import HOUSE


def one(**changes):
    return lambda: xlsx(roster(line(1, **changes), line(2)))


def at(column: str, row: int, code: str) -> str:
    return f"{SHEET}!{'ABCDEFGHIJKLMNOP'[AT[column]]}{row} {code}"


def wrong(column: str, code: str, row: int = 2, good: int = 1) -> dict:
    return {"good": 2 if column in HOUSE else good, "bad": (at(column, row, code),)}


def beside(name: str, value: str):
    """A column that the roster of households does not take: told, never taken for another one."""
    return lambda: xlsx([[*HEAD, name], [*line(1), value], [*line(2), value]])


WRONG_LAST = identity(1)[:-1] + ("0" if identity(1)[-1] != "0" else "1")


def one_in_many(count: int) -> bytes:
    good = [line(number) for number in range(1, count)]
    return xlsx(roster(*good, line(count, 身份证号码=WRONG_LAST)))


def all_bad(count: int) -> bytes:
    return xlsx(roster(*[line(number, 身份证号码="331081") for number in range(1, count + 1)]))


def everything_wrong() -> bytes:
    """Eight mistakes in one row: all are told, not only the first."""
    return xlsx(
        roster(
            line(
                1,
                村="没有这个村",
                户主姓名="",
                身份证号码="123",
                家庭人口="多",
                间数="几",
                结构="木头",
                建造年份="早年",
                登记面积="大",
            ),
            line(2),
        )
    )


ID, VILLAGE, HEADED = "身份证号码", "村", "户主姓名"
COLUMNS_BESIDE = {
    "co-owners": ("共有份额", "33.3%"), "died": ("产权人已故", "是"), "signed-on": ("签约日期", "2023-01-01"),
    "amount": ("补偿总价", "999999999"), "wife": ("配偶姓名", "乙某"), "bank": ("银行账号", "6222000000000000000"),
    "agent": ("委托代理人", "丙某"), "team": ("包干责任人", "丁某"), "measured": ("实测面积", "105"), "land": ("土地面积", "60"),
}  # fmt: skip
CASES = (
    Case("business/same-id-two-names.xlsx", lambda: xlsx(roster(line(1), line(2, 身份证号码=identity(1)))), **wrong(ID, "id_duplicate", 3)),
    Case("business/same-row-twice.xlsx", lambda: xlsx(roster(line(1), line(9), line(1, 户号="10"))), good=2, bad=(at(ID, 4, "id_duplicate"),)),
    Case("business/same-id-on-two-sheets.xlsx", lambda: xlsx({SHEET: roster(line(1)), "二": roster(line(2, 身份证号码=identity(1)))}), good=1, bad=("二!E2 id_duplicate",)),
    Case("business/check-digit.xlsx", one(身份证号码=WRONG_LAST), **wrong(ID, "id_check_digit")),
    Case("business/two-digits-swapped.xlsx", one(身份证号码=identity(12)[:15] + identity(12)[16] + identity(12)[15] + identity(12)[17]), **wrong(ID, "id_check_digit")),
    Case("business/fifteen-digits.xlsx", one(身份证号码="331081700101001"), **wrong(ID, "id_old")),
    Case("business/seventeen-digits.xlsx", one(身份证号码=identity(1)[:17]), **wrong(ID, "id_malformed")),
    Case("business/passport.xlsx", one(身份证号码="E12345678"), **wrong(ID, "id_malformed")),
    Case("business/id-born-on-no-day.xlsx", one(身份证号码="331081199002300019"), **wrong(ID, "id_malformed")),
    Case("business/id-born-tomorrow.xlsx", one(身份证号码=identity(1, "20240101")), **wrong(ID, "id_born_later")),
    Case("business/minor.xlsx", one(身份证号码=identity(1, "20150101")), good=2, told=("head_minor",)),
    Case("business/very-old.xlsx", one(身份证号码=identity(1, "19010101")), good=2, told=("head_very_old",)),
    Case("business/lower-case-x.xlsx", one(身份证号码="33262319720527000x"), **wrong(ID, "id_check_digit")),
    Case("business/no-head.xlsx", one(户主姓名=""), **wrong(HEADED, "head_missing")),
    Case("business/village-unknown.xlsx", one(村="没有这个村"), **wrong(VILLAGE, "village_unknown")),
    Case("business/village-of-another-county.xlsx", one(村="西湖区翁家山村"), **wrong(VILLAGE, "village_unknown")),
    Case("business/village-that-two-towns-have.xlsx", one(村="汇头林村"), **wrong(VILLAGE, "village_unknown")),
    Case("business/no-area.xlsx", one(登记面积="", 认定面积=""), good=2),
    Case("business/area-nought.xlsx", one(登记面积=0, 认定面积=0), good=2),
    Case("business/area-of-a-town.xlsx", one(登记面积=99999999), **wrong("登记面积", "area_not_a_number")),
    Case("business/recognised-over-registered.xlsx", one(登记面积=90, 认定面积=100), **wrong("认定面积", "recognised_over_registered")),
    Case("business/recognised-by-word.xlsx", one(登记面积=90, 认定面积=100, 认定情况="认定合法"), good=2),
    Case("business/people-nought.xlsx", one(家庭人口=0), good=2),
    Case("business/people-negative.xlsx", one(家庭人口=-1), **wrong("家庭人口", "people_not_a_number")),
    Case("business/structure-unknown.xlsx", one(结构="木头"), **wrong("结构", "structure_unknown")),
    Case("business/wish-unknown.xlsx", one(安置意向="再想想吧"), good=2, told=("wish_unknown",)),
    Case("business/phone-short.xlsx", one(联系电话="86012345"), good=2, told=("phone_odd",)),
    Case("business/house-without-people.xlsx", lambda: xlsx(roster([*[""] * 8, "1", "砖混", 1996, 100, 90, "", "", ""], line(1))), good=1, bad=(at(HEADED, 2, "head_missing"), at(VILLAGE, 2, "village_unknown"))),
    Case("business/eight-mistakes-in-a-row.xlsx", everything_wrong, good=1, bad=(
        at(VILLAGE, 2, "village_unknown"), at(HEADED, 2, "head_missing"), at(ID, 2, "id_malformed"), at("家庭人口", 2, "people_not_a_number"),
        at("间数", 2, "bays_not_a_number"), at("结构", 2, "structure_unknown"), at("建造年份", 2, "year_not_a_year"), at("登记面积", 2, "area_not_a_number"),
    )),
    *(Case(f"business/beside-{name}.xlsx", beside(*column), good=2, told=("column_unknown",)) for name, column in COLUMNS_BESIDE.items()),
    Case("business/one-bad-in-1000.xlsx", lambda: one_in_many(1000), good=999, bad=(at(ID, 1001, "id_check_digit"),)),
    Case("business/1000-bad.xlsx", lambda: all_bad(1000), good=0, bad=tuple(at(ID, row, "id_malformed") for row in range(2, 1002))),
    Case("business/one-bad-in-10000.xlsx", lambda: one_in_many(10_000), good=9_999, bad=(at(ID, 10_001, "id_check_digit"),), slow=True),
    Case("business/10000-bad.xlsx", lambda: all_bad(10_000), good=0, bad=tuple(at(ID, row, "id_malformed") for row in range(2, 10_002)), slow=True),
)  # fmt: skip
