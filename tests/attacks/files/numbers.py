"""Figures that a spreadsheet or a person has turned into something else. Lost digits are an error, never a guess."""

from datetime import date

from .making import AT, SHEET, Case, identity, line, roster, text, xlsx


def one(**changes):
    return lambda: xlsx(roster(line(1, **changes), line(2)))


HOUSE = ("幢号", "结构", "建造年份", "登记面积", "认定面积", "认定情况")


def wrong(column: str, code: str, row: int = 2) -> dict:
    """A bad house does not keep its household out, only itself."""
    good = 2 if column in HOUSE else 1
    return {"good": good, "bad": (f"{SHEET}!{'ABCDEFGHIJKLMNOP'[AT[column]]}{row} {code}",)}


def dated(value: date, **options):
    def paint(book, pages):
        pages[SHEET].write_datetime(1, AT["建造年份"], value, book.add_format({"num_format": "yyyy-mm-dd"}))

    return lambda: xlsx(roster(line(1), line(2)), paint, **options)


ID, AREA, BUILT, PEOPLE = "身份证号码", "登记面积", "建造年份", "家庭人口"
BUILT_IN = {"good": 2}
CASES = (
    Case("numbers/id-as-float.xlsx", one(身份证号码=331081197001010010.0), **wrong(ID, "id_lost_precision")),
    Case(
        "numbers/id-in-science.csv",
        lambda: text(roster(line(1, 身份证号码="3.31081E+17"), line(2))),
        good=1,
        bad=("!E2 id_lost_precision",),
    ),
    Case(
        "numbers/id-rounded-text.csv",
        lambda: text(roster(line(1, 身份证号码="331081197001010000"), line(2))),
        good=1,
        bad=("!E2 id_check_digit",),
    ),
    Case("numbers/id-apostrophe.csv", lambda: text(roster(line(1, 身份证号码=f"'{identity(1)}"), line(2))), good=2),
    Case(
        "numbers/id-as-formula-text.csv", lambda: text(roster(line(1, 身份证号码=f'="{identity(1)}"'), line(2))), good=2
    ),
    Case("numbers/id-trailing-tab.csv", lambda: text(roster(line(1, 身份证号码=f"{identity(1)}\t"), line(2))), good=2),
    Case("numbers/leading-zeros.xlsx", one(户号="0001", 幢号="007"), good=2),
    Case("numbers/phone-as-float.xlsx", one(联系电话=13800000001.0), good=2),
    Case("numbers/area-with-unit.xlsx", one(登记面积="120.5㎡"), good=2, told=("unit",)),
    Case("numbers/area-about.xlsx", one(登记面积="约120"), **wrong(AREA, "area_not_a_number")),
    Case("numbers/area-thousands.xlsx", one(登记面积="1,234.50"), good=2),
    Case("numbers/area-european.xlsx", one(登记面积="1.234,50"), **wrong(AREA, "area_not_a_number")),
    Case("numbers/people-in-words.xlsx", one(家庭人口="叁"), **wrong(PEOPLE, "people_not_a_number")),
    Case("numbers/area-in-words.xlsx", one(登记面积="壹佰"), **wrong(AREA, "area_not_a_number")),
    Case("numbers/area-percent.xlsx", one(登记面积="90%"), **wrong(AREA, "area_not_a_number")),
    Case("numbers/area-negative.xlsx", one(登记面积=-5), **wrong(AREA, "area_negative")),
    Case("numbers/area-endless.xlsx", one(登记面积="1e999"), **wrong(AREA, "area_not_a_number")),
    Case("numbers/area-nan.xlsx", one(登记面积="NaN"), **wrong(AREA, "area_not_a_number")),
    Case("numbers/people-1e9.xlsx", one(家庭人口=1e9), **wrong(PEOPLE, "people_not_a_number")),
    Case("numbers/people-half.xlsx", one(家庭人口=2.5), **wrong(PEOPLE, "people_not_a_number")),
    Case("numbers/day-1900.xlsx", dated(date(1998, 5, 1)), figures={"built": 1998}, **BUILT_IN),
    Case("numbers/day-1904.xlsx", dated(date(1998, 5, 1), date_1904=True), figures={"built": 1998}, **BUILT_IN),
    Case("numbers/day-dots.xlsx", one(建造年份="2003.10.25"), figures={"built": 2003}, **BUILT_IN),
    Case("numbers/year-in-words.xlsx", one(建造年份="二〇〇三年"), figures={"built": 2003}, **BUILT_IN),
    Case("numbers/day-as-serial.xlsx", one(建造年份=35916), figures={"built": 1998}, **BUILT_IN),
    Case("numbers/day-that-is-none.xlsx", one(建造年份="2003-02-30"), **wrong(BUILT, "year_not_a_year")),
    Case("numbers/year-of-two-digits.xlsx", one(建造年份="96年"), **wrong(BUILT, "year_not_a_year")),
    Case("numbers/year-to-come.xlsx", one(建造年份=2033), **wrong(BUILT, "built_in_future")),
)
