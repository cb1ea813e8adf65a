"""What keeps a row of a plain table out, for people, in both languages."""

from collections.abc import Mapping

CELLS: Mapping[str, tuple[str, str]] = {
    "need_household_unknown": (
        "不知道是哪一户：“{value}”。请写户号，或写准户主和村。",
        "Not clear whose it is: “{value}”. Give the household's code, or its head and village.",
    ),
    "need_kind_unknown": ("“{value}”不是认得的一类忙。", "“{value}” is no known kind of need."),
    "need_title_missing": ("没有写要帮什么忙。", "What is asked for is missing."),
    "need_unknown": ("没有编号 {value} 的忙。新的一件不用写编号。", "No need has the code {value}. A new one bears none."),
    "need_closed": ("这件已经办好或不用帮了，不再改。", "This one is closed and is not changed any more."),
    "day_unread": ("“{value}”不是一个日子，要写成 2023-11-05。", "“{value}” is no day; write 2023-11-05."),
    "day_past": ("想办好的日子 {value} 已经过了。", "The day {value} has passed."),
    "not_a_choice": ("“{value}”不是能选的。可以写：{choices}。", "“{value}” cannot be chosen. Write one of: {choices}."),
    "twice": ("和第 {first} 行说的是同一个，先写前面那一行。", "Same as row {first}; that row stays."),
    "elsewhere": ("不归这里管，没有改。", "It belongs to another office and is left alone."),
    "block_code_unknown": ("没有编号 {value} 的区块。新的不用写编号。", "No block has the code {value}. A new one bears none."),
    "block_villages_missing": ("没有写在哪些村。", "Its villages are missing."),
    "village_unknown_here": ("没有叫“{value}”的村。", "No village here is called “{value}”."),
    "programme_unknown": ("没有叫“{value}”的项目。", "No programme is called “{value}”."),
    "region_code_bad": ("“{value}”不是 9 位或 12 位的代码。", "“{value}” is no code of 9 or 12 digits."),
    "region_name_missing": ("没有写名称。", "The name is missing."),
    "region_parent_missing": ("代码 {value} 的上一级不在。", "What {value} lies in does not exist."),
    "region_into_unknown": ("没有代码是 {value} 的村可以并进去。", "There is no village {value} to join."),
    "region_ended": ("{value} 已经并走或撤了。", "{value} has already ended."),
}  # fmt: skip
