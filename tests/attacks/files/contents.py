"""Texts that want to be run, shown, looked up or formatted. They are stored as they are and stay texts."""

from .making import HEAD, SHEET, Case, line, roster, text, xlsx

# One text to a file; the first stands as the household's remark, in which anything may be written.
HOSTILE = {
    "equals": "=1+1",
    "plus": "+1+1",
    "minus": "-1+1",
    "at": "@SUM(1+1)",
    "tab": "\t=1+1",
    "return": "\r=1+1",
    "wide-equals": "＝1+1",
    "hyperlink": '=HYPERLINK("http://127.0.0.1:9/?"&A2,"点这里")',
    "command": "=cmd|' /C calc'!A0",
    "web-service": '=WEBSERVICE("http://127.0.0.1:9/"&E2)',
    "script": "<script>document.title='ran'</script>",
    "picture-tag": "<img src=x onerror=\"document.title='ran'\">",
    "svg": "<svg/onload=document.title='ran'>",
    "closing-tag": "</td></table></textarea><h1>ran</h1>",
    "template-marks": "{{ settings.SECRET_KEY }}{% debug %}${7*7}#{7*7}",
    "format-marks": "%s%n%d{0}{value}{__class__}%(name)s",
    "sql": "'); DROP TABLE households_household; --",
    "path": "../../../etc/passwd\\..\\..\\x",
    "quotes": '"\';`,""\r\n;"',
    "controls": "甲\x01\x07\x1b[31m\x7f",
    "emoji": "👨‍👩‍👧‍👦🏠🀄",
    "escape-of-workbooks": "_x003C_script_x003E_",
}


def remark(said: str):
    return lambda: xlsx(roster(line(1, 备注=said), line(2)))


def in_all_texts() -> bytes:
    """Not only in the remark: in the number, the group, the head's name, the house's number, a header, the title."""
    said = "<marquee>=1+1</marquee>"
    row = line(1, 户号=said, 小组=said, 户主姓名=said, 幢号="<marquee>1")
    return xlsx(
        [["<script>标题</script>城南镇花名册"], [*HEAD, "<script>列</script>"], [*row, said], [*line(2), "=1+1"]]
    )


def csv_quotes() -> bytes:
    return text(roster(line(1, 备注='="1"&"2"'), line(2, 备注='a"b""c,d')))


def bad_that_runs() -> bytes:
    """A row to mend: its texts come back in a workbook, in which they must not run either."""
    said = '=HYPERLINK("http://127.0.0.1:9")'
    return xlsx(
        roster(line(1, 身份证号码="=1+1", 备注="=cmd|' /C calc'!A0", 小组="@x", 户号="+1", 户主姓名=said), line(2))
    )


def longest() -> bytes:
    return xlsx(roster(line(1, 备注="长" * 32_767), line(2)))


def too_long_name() -> bytes:
    return xlsx(roster(line(1, 户主姓名="长" * 32_767), line(2)))


def homoglyph() -> bytes:
    """吉捕岙 with another character that looks alike, and latin letters that are cyrillic."""
    return xlsx(roster(line(1, 村="吉捕嶴"), line(2, 村="吉捕岙")))


def naughty() -> list[str]:
    """485 texts that programs stumble over, made from parts: words of languages, numbers, signs, brackets, accents."""
    words = ["null", "NULL", "None", "undefined", "true", "false", "NaN", "nil", "(null)", "hasOwnProperty", "constructor",
             "__proto__", "CON", "PRN", "AUX", "NUL", "COM1", "LPT1", "-", "--", "---", "/", "//", "\\", "\\\\", "''", '"',
             "0", "-0", "1e3", "1/0", "0x10", "0xffffffff", "1,000", "1.000,00", "٠١٢", "Ω≈ç√∫˜µ≤", "Œ„´‰ˇÁ¨ˆØ", "ЁЂЃЄ",
             "田中さん", "사회", "ثم نفس", "בְּרֵאשִׁית", "Z̲͖̗͓a̷l̸g̶o̴", "ʇnqᴉɥɔ", "ﬀ ﬃ", "İ", "ß", "ſ", "ꓘ", "\u202etest\u202c",
             "\u2028x\u2029", "\ufeffx", "\u00adx", "\u115fx", "\u3164x", "x\u0301\u0302", "🇨🇳🇨", "👩🏽‍💻", "1️⃣", "𝕳", "𠜎"]  # fmt: skip
    frames = ["{}", "<{}>", "'{}", '"{}"', "={}", "{}\\", "%{}%", "({}"]
    found = [frame.replace("{}", word) for frame in frames for word in words]
    return list(dict.fromkeys(found))[:485]


def all_naughty() -> bytes:
    return xlsx(roster(*[line(number, 备注=said) for number, said in enumerate(naughty(), 1)]))


CASES = (
    *(Case(f"contents/{name}.xlsx", remark(said), good=2) for name, said in HOSTILE.items()),
    Case("contents/in-every-text.xlsx", in_all_texts, good=2, told=("column_unknown",)),
    Case("contents/csv-quotes.csv", csv_quotes, good=2),
    Case("contents/longest-cell.xlsx", longest, good=2),
    Case("contents/name-too-long.xlsx", too_long_name, good=1, bad=(f"{SHEET}!D2 text_too_long",)),
    Case("contents/village-alike.xlsx", homoglyph, good=1, bad=(f"{SHEET}!B2 village_unknown",)),
    Case("contents/bad-row-that-runs.xlsx", bad_that_runs, good=1, bad=(f"{SHEET}!E2 id_malformed",)),
    Case("contents/485-naughty.xlsx", all_naughty, good=485),
)
assert len(naughty()) == 485
