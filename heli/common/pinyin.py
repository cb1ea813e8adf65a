"""What a name is found by: its full pinyin and its initials, by all readings of its characters."""

from itertools import islice, product

from pypinyin import Style, pinyin

MOST = 6  # readings kept of one name; rare names with many many-sounding characters have more


def keys(name: str) -> str:
    """`张三` → ` zhangsan zs `: space-separated, so that a search can ask for a beginning."""
    readings = pinyin(name, style=Style.NORMAL, heteronym=True, errors="ignore")
    full, short = [], []
    for syllables in islice(product(*readings), MOST):
        full.append("".join(syllables))
        short.append("".join(s[0] for s in syllables))
    return " " + " ".join(dict.fromkeys((*full, *short))) + " "
