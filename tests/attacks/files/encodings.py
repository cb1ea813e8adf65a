"""Texts in all the encodings that offices' programs write. Read right or refused; a name is never stored garbled."""

from .making import HEAD, Case, csv_text, identity, line, people, roster, text

RARE = "㐂𠮷"  # two and four bytes in UTF-8, four in GB18030
WITH_RARE = roster(line(1, 户主姓名=f"甲{RARE}"), line(2, 户主姓名="𬭚某"))
TWO = roster(*people(2))
PLAIN = tuple(row[3] for row in TWO[1:])


def mixed() -> bytes:
    return text(TWO[:2], "utf-8") + text(roster(line(2, 备注="这一行来自另一份表格"))[1:], "gb18030")


def mixed_the_other_way() -> bytes:
    return text(TWO[:2], "gb18030") + text(roster(line(2, 备注="这一行来自另一份表格"))[1:], "utf-8")


def with_marks() -> bytes:
    """Signs that nobody sees: zero width, from right to left, no-break and wide spaces."""
    number = identity(2)
    marked = [
        line(1, 户主姓名="甲\u200b某\u200d天", 身份证号码=f"\u202a{identity(1)}\u202c", 村="吉捕岙\ufeff"),
        line(2, 户主姓名="\u00a0乙某\u3000", 身份证号码=f"{number[:6]}\u00a0{number[6:14]}\u2009{number[14:]}"),
        line(3, 户主姓名="\u202e丙某"),
    ]
    return text(roster(*marked))


def wide_digits() -> bytes:
    wide = str.maketrans("0123456789X.", "０１２３４５６７８９Ｘ．")
    return text(
        roster(line(1, 身份证号码=identity(1).translate(wide), 家庭人口="３", 登记面积="１００．５".translate(wide)))
    )


def quoted() -> bytes:
    return text(roster(line(1, 备注='他说"先等等",\n再看'), line(2, 备注="a;b\tc")))


ONE = {"good": 2, "heads": PLAIN}
CASES = (
    Case("encodings/gb18030-rare.csv", lambda: text(WITH_RARE, "gb18030"), good=2, heads=(f"甲{RARE}", "𬭚某")),
    Case("encodings/gbk.csv", lambda: text(TWO, "gbk"), **ONE),
    Case("encodings/utf8-mark.csv", lambda: text(WITH_RARE), good=2, heads=(f"甲{RARE}", "𬭚某")),
    Case("encodings/utf8.csv", lambda: text(TWO, "utf-8"), **ONE),
    Case("encodings/utf16-le.txt", lambda: b"\xff\xfe" + text(TWO, "utf-16-le", mark="\t"), **ONE),
    Case("encodings/utf16-be.txt", lambda: b"\xfe\xff" + text(TWO, "utf-16-be", mark="\t"), **ONE),
    Case("encodings/utf16-le-unmarked.txt", lambda: text(TWO, "utf-16-le", mark="\t"), **ONE),
    Case("encodings/big5.csv", lambda: csv_text(BIG5).encode("big5"), "encoding"),
    Case("encodings/mixed.csv", mixed, "encoding"),
    Case("encodings/mixed-2.csv", mixed_the_other_way, "encoding"),
    Case("encodings/zeros-inside.csv", lambda: text(TWO).replace(b",,", b",\x00,", 1), "not_a_table"),
    Case("encodings/half-characters.csv", lambda: text(TWO, "utf-8") + b"\xed\xa0\x80\xed\xa0\x80", "encoding"),
    Case("encodings/ends-cr.csv", lambda: text(TWO, ends="\r"), **ONE),
    Case("encodings/ends-lf.csv", lambda: text(TWO, ends="\n"), **ONE),
    Case("encodings/quotes-inside.csv", quoted, good=2),
    Case("encodings/tabs.tsv", lambda: text(TWO, mark="\t"), **ONE),
    Case("encodings/semicolons.csv", lambda: text(TWO, mark=";"), **ONE),
    Case("encodings/wide-digits.csv", wide_digits, good=1, figures={"people": 3, "recognised_area_m2": "90.00"}),
    Case("encodings/marks-nobody-sees.csv", with_marks, good=3, heads=("甲某天", "乙某", "丙某")),
)
# What an office in Big5 would write: the same roster in traditional characters.
BIG5 = [
    ["戶號", "村", "小組", "戶主姓名", "身份證號碼", "聯繫電話", "家庭人口", "間數", "幢號", "結構", "建造年份", "登記面積", "認定面積"],
    *[[*row[:2], "3組", *row[3:9], "磚混", *row[10:13]] for row in roster(line(1, 村="新莊"), line(2, 村="新莊"))[1:]],
]  # fmt: skip
assert len(HEAD) == 16
