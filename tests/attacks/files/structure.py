"""Workbooks as offices lay them out: merged, titled, hidden, computed, one sheet a village."""

from .making import (
    AT,
    HEAD,
    NAMES,
    SHEET,
    Case,
    identity,
    line,
    parts,
    people,
    roster,
    rows_xml,
    sheet_xml,
    xlsx,
    zipped,
)
from .numbers import wrong

TWO = roster(*people(2))


def merged() -> bytes:
    rows = roster(line(1), *[line(number, 村=None, 小组=None) for number in (2, 3)])

    def paint(book, pages):
        pages[SHEET].merge_range(1, 1, 3, 1, "吉捕岙")
        pages[SHEET].merge_range(1, 2, 3, 2, "3组")

    return xlsx(rows, paint)


def merged_household() -> bytes:
    """One household over three rows, a house in each."""
    house = line(1)
    more = [[None] * 8 + [str(n), "砖木", 1980, 50, 40, "", None, ""] for n in (2, 3)]

    def paint(book, pages):
        for at in (*range(8), AT["安置意向"]):
            pages[SHEET].merge_range(1, at, 3, at, house[at])

    return xlsx(roster(house, *more), paint)


def two_headers() -> bytes:
    top = [
        "户号",
        "村",
        "小组",
        "户主情况",
        "",
        "",
        "",
        "",
        "房屋情况",
        "",
        "",
        "面积（㎡）",
        "",
        "",
        "安置意向",
        "备注",
    ]
    low = [
        "",
        "",
        "",
        "姓名",
        "身份证号码",
        "联系电话",
        "家庭人口",
        "间数",
        "幢号",
        "结构",
        "建造年份",
        "证载",
        "认定",
        "认定情况",
        "",
        "",
    ]

    def paint(book, pages):
        page = pages[SHEET]
        page.merge_range(0, 3, 0, 7, "户主情况")
        page.merge_range(0, 8, 0, 10, "房屋情况")
        page.merge_range(0, 11, 0, 13, "面积（㎡）")

    return xlsx([top, low, *people(2)], paint)


def titled() -> bytes:
    title = [["城南镇吉捕岙区块征迁户花名册"], ["填报单位：城南镇人民政府", "", "", "", "", "2023年10月25日"]]
    notes = [["合计", "", "", "", "", "", 6, 4], ["注：面积按证载填写。"], ["填表人：周某", "", "", "审核人：李某"]]
    return xlsx([*title, *TWO, *notes])


def hidden_rows() -> bytes:
    def paint(book, pages):
        pages[SHEET].set_row(2, None, None, {"hidden": True})

    return xlsx(roster(*people(3)), paint)


def hidden_column() -> bytes:
    def paint(book, pages):
        pages[SHEET].set_column(AT["联系电话"], AT["联系电话"], None, None, {"hidden": True})

    return xlsx(TWO, paint)


def hidden_sheet() -> bytes:
    return xlsx({SHEET: TWO, "旧表": roster(*people(3, 50))}, lambda book, pages: pages["旧表"].hide())


def very_hidden_sheet() -> bytes:
    return xlsx({SHEET: TWO, "旧表": roster(*people(3, 50))}, lambda book, pages: pages["旧表"].very_hidden())


def filtered() -> bytes:
    def paint(book, pages):
        page = pages[SHEET]
        page.autofilter(0, 0, 3, len(HEAD) - 1)
        page.filter_column(AT["小组"], "x == 9组")
        page.set_row(1, None, None, {"hidden": True})

    return xlsx(roster(*people(3)), paint)


def blanks() -> bytes:
    return xlsx([[], HEAD, [], *people(1), [None], [""], ["", " "], *people(1, 2), []])


def reordered() -> bytes:
    order = sorted(range(len(HEAD)), reverse=True)
    return xlsx([[row[at] for at in order] for row in TWO])


def without(name: str) -> bytes:
    return xlsx([[value for at, value in enumerate(row) if at != AT[name]] for row in TWO])


def twice() -> bytes:
    """Two columns of the same name: the first counts, the other is told."""
    return xlsx([[*TWO[0], "身份证号码"], *[[*row, "另一个"] for row in TWO[1:]]])


def renamed() -> bytes:
    return xlsx(
        [["编 号", "所在\n村", "组别", "产权人\r\n姓名", "证件 号码", "手机（必填）", "在册人口", *HEAD[7:]], *TWO[1:]]
    )


def frozen() -> bytes:
    def paint(book, pages):
        page = pages[SHEET]
        page.freeze_panes(1, 4)
        page.write_comment(1, 3, "这一户再问一次")
        page.data_validation(1, 9, 50, 9, {"validate": "list", "source": ["框架", "砖混"]})

    return xlsx(TWO, paint)


def twelve_sheets() -> bytes:
    """One sheet a village; the village stands in the sheet's name only."""
    from heli.intake.tests.places import places

    names = [place.name for place in places() if place.code.startswith("331081108") and place.level == "village"]
    unique = [name for name in dict.fromkeys(names) if names.count(name) == 1][:12]
    at = [index for index in range(len(HEAD)) if index != AT["村"]]
    return xlsx(
        {name: [[row[index] for index in at] for row in roster(line(number))] for number, name in enumerate(unique, 1)}
    )


def computed() -> bytes:
    def paint(book, pages):
        pages[SHEET].write_formula(1, AT["登记面积"], "=40+60", None, 100)
        pages[SHEET].write_formula(2, AT["户主姓名"], '="甲"&"某"', None, NAMES[2])

    return xlsx(TWO, paint)


def formula(column: str, cached: str, text: str = "=A1") -> bytes:
    """A formula with what the program kept as its result, written by hand."""
    at = "ABCDEFGHIJKLMNOP"[AT[column]]
    xml = sheet_xml(rows_xml(roster(line(1, **{column: ""}), line(2))))
    cell = f'<c r="{at}2"{cached}'.replace("FORMULA", f"<f>{text.lstrip('=').replace('&', '&amp;')}</f>")
    where = xml.index('<row r="2">') + len('<row r="2">')
    before = xml[:where]
    row, rest = xml[where:].split("</row>", 1)
    cells = [one for one in row.split("</c>") if one]
    cells.append(cell.removesuffix("</c>"))
    cells.sort(key=lambda one: one.split('"')[1].rstrip("0123456789"))
    return zipped(parts(f"{before}{'</c>'.join(cells)}</c></row>{rest}"))


DISPIMG = '=_xlfn.DISPIMG("ID_0001",1)'
PICTURE = ' t="str">FORMULA<v>=DISPIMG("ID_0001",1)</v></c>'


def picture_column() -> bytes:
    return xlsx([[*TWO[0], "房屋照片"], *[[*row, '=DISPIMG("ID_0001",1)'] for row in TWO[1:]]])


def same_as_above() -> bytes:
    return xlsx(roster(line(1), line(2, 村="同上", 小组="〃", 结构="同上"), line(3, 村='"', 小组='"')))


def sideways() -> bytes:
    """A second house of the household to the right of the first."""
    more = ["幢号2", "结构2", "建造年份2", "登记面积2", "认定面积2"]
    return xlsx([[*HEAD, *more], [*line(1), "2", "砖木", 1980, 50, 40], [*line(2), "", "", "", "", ""]])


def members() -> bytes:
    """Everybody of a household in a row of their own, and no column of how many there are."""
    head = ["户号", "村", "与户主关系", "姓名", "身份证号码", "幢号", "结构", "登记面积"]
    return xlsx(
        [
            head,
            ["1", "吉捕岙", "户主", "甲某天", identity(1), "1", "砖混", 100],
            ["1", "吉捕岙", "妻", "乙某", identity(51), "", "", ""],
            ["1", "吉捕岙", "长子", "丙某", identity(52), "", "", ""],
            ["2", "吉捕岙", "户主", "丁某", identity(2), "1", "框架", 80],
        ]
    )


CASES = (
    Case("structure/merged-village.xlsx", merged, good=3, told=("filled_down",)),
    Case("structure/merged-household.xlsx", merged_household, good=1, figures={"houses": 3}),
    Case("structure/two-row-header.xlsx", two_headers, good=2, figures={"recognised_area_m2": "180.00"}),
    Case("structure/title-total-signature.xlsx", titled, good=2),
    Case("structure/hidden-row.xlsx", hidden_rows, good=3, told=("hidden_rows",)),
    Case("structure/hidden-column.xlsx", hidden_column, good=2, told=("hidden_columns",)),
    Case("structure/hidden-sheet.xlsx", hidden_sheet, good=2, told=("sheet_left_out",)),
    Case("structure/very-hidden-sheet.xlsx", very_hidden_sheet, good=2, told=("sheet_left_out",)),
    Case("structure/filter-on.xlsx", filtered, good=3, told=("hidden_rows",)),
    Case("structure/blank-rows.xlsx", blanks, good=2),
    Case("structure/reordered.xlsx", reordered, good=2),
    Case("structure/no-telephone.xlsx", lambda: without("联系电话"), good=2),
    Case("structure/no-id.xlsx", lambda: without("身份证号码"), good=2),
    Case("structure/column-twice.xlsx", twice, good=2, told=("column_unknown",)),
    Case("structure/renamed-with-breaks.xlsx", renamed, good=2),
    Case("structure/frozen-comment-list.xlsx", frozen, good=2),
    Case("structure/twelve-villages.xlsx", twelve_sheets, good=12),
    Case("structure/computed.xlsx", computed, good=2, figures={"recognised_area_m2": "180.00"}),
    Case("structure/formula-uncomputed.xlsx", lambda: formula("登记面积", ">FORMULA</c>", "=40+60"), **wrong("登记面积", "formula_uncomputed")),
    Case("structure/formula-uncomputed-2.xlsx", lambda: formula("户主姓名", ">FORMULA<v></v></c>", '="甲"&"某"'), **wrong("户主姓名", "formula_uncomputed")),
    Case("structure/error-ref.xlsx", lambda: formula("登记面积", ' t="e">FORMULA<v>#REF!</v></c>'), **wrong("登记面积", "formula_error")),
    Case("structure/error-na.xlsx", lambda: formula("身份证号码", ' t="e"><v>#N/A</v></c>'), **wrong("身份证号码", "formula_error")),
    Case("structure/picture-in-cell.xlsx", lambda: formula("身份证号码", PICTURE, DISPIMG), **wrong("身份证号码", "picture_in_cell")),
    Case("structure/picture-column.xlsx", picture_column, good=2, told=("picture_left_out",)),
    Case("structure/same-as-above.xlsx", same_as_above, good=3, told=("filled_down",)),
    Case("structure/houses-sideways.xlsx", sideways, good=2, figures={"houses": 3, "recognised_area_m2": "220.00"}, told=("houses_beside",)),
    Case("structure/members-without-a-count.xlsx", members, good=2, figures={"people": 4}, told=("member_row", "people_counted")),
)  # fmt: skip
