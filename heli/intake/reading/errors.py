"""What cannot be read at all, and what is wrong with single cells; words in both languages, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from . import land_words, table_words


class Unreadable(Exception):
    """The file as a whole cannot be read. `code` for machines, `message` for people."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        self.message = FILES[code][0].format(**facts)
        self.message_en = FILES[code][1].format(**facts)
        super().__init__(self.message)


FILES: Mapping[str, tuple[str, str]] = {
    **land_words.FILES,
    "empty": (
        "文件是空的。什么都没有写入。请重新导出一份再传。",
        "The file is empty. Nothing was written. Export it again.",
    ),
    "kind_unknown": (
        "认不出这是花名册还是登记表：没有找到姓名、证件、面积这类表头。什么都没有写入。请看看选对了文件没有。",
        "This looks like neither a household roster nor a helper list. Nothing was written. Check the file.",
    ),
    "too_large": (
        "表里声明的内容太大（{what}），没有打开。什么都没有写入。请删掉多余的空行、图片再传，或分成几份。",
        "The file declares too much content ({what}) and was not opened. Nothing was written. Split it.",
    ),
    "password": (
        "表格加了密码，打不开。什么都没有写入。请去掉密码再传。",
        "The workbook has a password. Nothing was written. Remove it and try again.",
    ),
    "not_a_table": (
        "这不是表格文件（{what}）。什么都没有写入。请用 WPS 或 Excel 另存为 .xlsx 再传。",
        "This is not a spreadsheet ({what}). Nothing was written. Save it as .xlsx and try again.",
    ),
    "format_unread": (
        "{what} 格式这里不读。什么都没有写入。请用 WPS 或 Excel 另存为 .xlsx 再传。",
        "The format {what} is not read. Nothing was written. Save it as .xlsx and try again.",
    ),
    "damaged": ("文件坏了，读不完整。什么都没有写入。请重新导出一份再传。", "The file is damaged. Export it again."),
    "encoding": (
        "文字编码认不出来。什么都没有写入。请用 WPS 打开，另存为 .xlsx 再传。",
        "The text encoding is unknown. Save it as .xlsx and try again.",
    ),
    "header_missing": (
        "没有找到表头那一行。什么都没有写入。请留着“户主姓名”“身份证号”这样的表头再传。",
        "No header row was found. Keep a row with column names and try again.",
    ),
}

# Codes of bad cells: what is wrong and what to do. `{value}` is as read; ID numbers never stand here.
CELLS: Mapping[str, tuple[str, str]] = {
    **land_words.CELLS,
    **table_words.CELLS,
    "id_lost_precision": (
        "证件号码被表格改成了数字，后几位已丢，请从原件再填。",
        "The spreadsheet turned this ID into a number and lost digits. Enter it again from the document.",
    ),
    "id_check_digit": (
        "证件号码最后一位对不上，多半抄错了一位，请对着原件看。",
        "The last character of this ID does not fit; probably one digit was copied wrongly.",
    ),
    "id_malformed": ("证件号码不是 18 位，请对着原件看。", "This ID has not 18 characters. Check the document."),
    "id_old": (
        "这是 15 位的旧证件号码，请换成现在身份证上的 18 位。",
        "This is an old ID of 15 digits; write the 18 characters of the present card.",
    ),
    "id_born_later": (
        "证件号码里的生日还没到，请对着原件看。",
        "The birth day in this ID is still to come. Check the document.",
    ),
    "text_too_long": ("写了 {value} 个字，最多 {most} 个，请写短些。", "{value} characters; write {most} at most."),
    "formula_uncomputed": (
        "格子里是公式，没有存下算好的结果。请用 WPS 打开，另存一次再传，或改成数值。",
        "The cell holds a formula without its result. Open and save the file once, or write the value.",
    ),
    "formula_error": (
        "格子里的公式算不出来（{value}），请改成数值或文字。",
        "The formula in this cell fails ({value}); write the value.",
    ),
    "picture_in_cell": (
        "格子里是一张图片，图片不读，请把字打进格子。",
        "The cell holds a picture, which is not read; write the text.",
    ),
    "id_duplicate": ("和第 {first} 行是同一个证件号码，先写前面那一行。", "Same ID as row {first}; that row stays."),
    "head_missing": ("没有写户主姓名。", "The head's name is missing."),
    "name_missing": ("没有写姓名或名称。", "The name is missing."),
    "people_not_a_number": (
        "家庭人口写成了“{value}”，要写数字，比如 3。",
        "The number of people is “{value}”; write a digit such as 3.",
    ),
    "bays_not_a_number": (
        "间数写成了“{value}”，要写数字，比如 2。",
        "The number of bays is “{value}”; write a digit such as 2.",
    ),
    "area_not_a_number": (
        "面积写成了“{value}”，要写量过的数；没量过就留空。",
        "The area is “{value}”; write the measured figure or leave it empty.",
    ),
    "area_negative": ("面积是负数（{value}），请改。", "The area is negative ({value})."),
    "recognised_over_registered": (
        "认定面积 {value} 比登记面积 {registered} 大，又没有写是认定的，请核对。",
        "The recognised area {value} is above the registered {registered} without a note that it was recognised.",
    ),
    "built_in_future": ("建造年份 {value} 还没到，请改。", "The year {value} is still to come."),
    "year_not_a_year": (
        "建造年份写成了“{value}”，要写四位数，比如 1996。",
        "The year is “{value}”; write four digits.",
    ),
    "structure_unknown": ("“{value}”不是认得的结构：框架、砖混、砖木、简易。", "“{value}” is not a known structure."),
    "village_unknown": (
        "没有找到“{value}”，或者有几个同名的村，请写全名。",
        "“{value}” was not found or is ambiguous; write the full name.",
    ),
    "household_missing": ("这一行房屋上面没有户主，不知道是谁家的。", "No household stands above this house."),
}
# What was put right or assumed, for the person to look at once.
NOTICES: Mapping[str, tuple[str, str]] = {
    **land_words.NOTICES,
    "filled_down": ("合并或空着的格子，按上一行补上", "Merged or empty cells were filled from the row above"),
    "unit": ("数字里带了单位，已去掉", "Units inside figures were taken off"),
    "covered": ("遮住的证件、电话没有动", "Covered IDs and telephones were left alone"),
    "full_width": ("全角数字已改成半角", "Full-width digits were made plain"),
    "blank_older": (
        "这是旧版的空白表，仍按列名读了；下次请下载新的",
        "This is an older blank workbook; it was read by its headers. Download the new one next time",
    ),
    "web_page": (
        "这是一张网页，不是真的表格，已按里面的表读",
        "This is a web page, not a workbook; its tables were read",
    ),
    "hidden_rows": ("有隐藏或筛掉的行，也读了", "Hidden or filtered rows were read too"),
    "hidden_columns": ("有隐藏的列，也读了：{value}", "Hidden columns were read too: {value}"),
    "houses_beside": (
        "同一行右边还有房屋，读成同一户的另一幢",
        "Houses further right in a row belong to its household",
    ),
    "people_counted": ("没有人口这一列，按家庭成员的行数算", "No number of people given; rows of members were counted"),
    "head_minor": ("户主未满 18 岁，请核对，要有监护人", "The head is under 18; check, a guardian is needed"),
    "head_very_old": ("户主超过 110 岁，请核对是否健在", "The head is over 110 years old; check"),
    "text_cut": ("字太多，只留前面的：{value}", "Texts that are too long were cut: {value}"),
    "picture_left_out": ("格子里的图片没有读：{value}", "Pictures in cells were not read: {value}"),
    "cell_left_out": (
        "有的格子里是算不出来的公式，没有导入：{value}",
        "Cells with failing formulas were left out: {value}",
    ),
    "capacity_assumed": ("没写可同时联系户数，按 3 户算", "No capacity given; 3 households assumed"),
    "member_row": (
        "家庭成员的行算在户里，没有另立一户",
        "Rows of members belong to their household and are none of their own",
    ),
    "kind_doubted": (
        "这张表看起来是另一种（花名册或登记表），请看看选对了没有",
        "This looks like the other kind of file; check what was chosen",
    ),
    "kind_assumed": ("没写是哪一类，按志愿者算", "No kind given; volunteer assumed"),
    "skill_unknown": ("有认不出的专长，没有导入：{value}", "Unknown skills were left out: {value}"),
    "place_unknown": (
        "认不出的地方，按填报单位的镇算：{value}",
        "Unknown places count as the filling office's town: {value}",
    ),
    "place_renamed": (
        "村改过名或并过，按现在的村算：{value}",
        "Villages that were renamed or joined count as what they are now: {value}",
    ),
    "block_unknown": (
        "标题里的区块还没有划，住户先落在镇里",
        "The block named in the title is not there yet; households go to the town",
    ),
    "phone_odd": (
        "电话不是 11 位，照样写入，请核对",
        "Telephone numbers that have not 11 digits are kept; please check",
    ),
    "wish_unknown": ("认不出的安置想法，留空：{value}", "Unknown wishes were left empty: {value}"),
    "merged_twice": ("同一个人登记在两类里，并成一位", "One person under two kinds is one helper"),
    "sheet_left_out": (
        "这些工作表是隐藏的或没有表头，没有读：{value}",
        "Sheets that are hidden or have no header were not read: {value}",
    ),
    "column_unknown": ("有几列认不出，没有导入：{value}", "Columns that were not recognised: {value}"),
}


@dataclass(frozen=True, slots=True)
class Bad:
    """One cell that keeps its row out. `row` is the number the person sees, `cell` like D12."""

    sheet: str
    row: int
    cell: str
    column: str
    code: str
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def message(self) -> str:
        return CELLS[self.code][0].format(**self.facts)

    @property
    def message_en(self) -> str:
        return CELLS[self.code][1].format(**self.facts)


@dataclass(frozen=True, slots=True)
class Notice:
    """What was put right or assumed, how often, and where first."""

    code: str
    count: int
    first: str
    value: str = ""

    @property
    def message(self) -> str:
        return NOTICES[self.code][0].format(value=self.value)

    @property
    def message_en(self) -> str:
        return NOTICES[self.code][1].format(value=self.value)
