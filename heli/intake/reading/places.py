"""Names of places → codes: in the block first, then in the filling office's town, then in the county."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .cells import bare

TAILS = ("行政村", "村委会", "社区居委会", "居委会", "社区", "村")
BEFORE_TOWN = "省市县区州"
GROUP = re.compile("第?[0-9一二三四五六七八九十]+(?:村民)?(?:小组|组|队)")
LABEL = re.compile(r"^[（(]?[一二三四五六七八九十\d]+[)）、．.\s]+|[（(：:].*$|共?\d+[户人].*$|\s")


@dataclass(frozen=True, slots=True)
class Place:
    """One region: its code cut to its level, the name people use, its level (county, town, village). `former`: a name
    that it, or a village that became part of it, had before."""

    code: str
    name: str
    level: str
    former: bool = False


class Gazetteer:
    """Looks names up; a name that fits two places in the same circle fits none."""

    def __init__(self, places: Iterable[Place], block: Sequence[str] = (), town: str = "") -> None:
        self.block, self.town = frozenset(block), town
        self.addresses: dict[str, tuple[str, str]] = {}
        self.by_name: dict[str, set[str]] = defaultdict(set)
        self.towns: list[tuple[str, str]] = []
        self.former: dict[tuple[str, str], str] = {}
        self.renamed: dict[str, str] = {}
        told = [*places]
        said = {place.code: place.name for place in told if not place.former}
        for place in told:
            if place.former and place.code in said:
                self.former |= {(name, place.code): said[place.code] for name in names_of(place)}
        for place in told:
            for name in names_of(place):
                self.by_name[name].add(place.code)
            if place.level == "town":
                self.towns.append((place.name, place.code))

    def within(self, block: Sequence[str], town: str) -> "Gazetteer":
        """The same names, looked up from another office's place."""
        other = object.__new__(Gazetteer)
        other.addresses = {}
        other.by_name, other.towns, other.block, other.town = self.by_name, self.towns, frozenset(block), town
        other.former, other.renamed = self.former, {}
        return other

    def village(self, name: str) -> str:
        """The code of a village, or ''."""
        town, rest = self.split(name)
        found = {code for code in self.by_name.get(short(rest), ()) if len(code) == 12}
        circles = [found & self.block, {c for c in found if c.startswith(town or self.town or "~")}, found]
        if town:
            circles = circles[1:2]
        code = next((next(iter(circle)) for circle in circles if len(circle) == 1), "") if not _torn(circles) else ""
        if (short(rest), code) in self.former:
            self.renamed[bare(rest)] = self.former[short(rest), code]
        return code

    def address(self, name: str) -> tuple[str, str]:
        """`城南镇吉捕岙村15组` → the code of its village, and what stands behind the village's name."""
        if name not in self.addresses:  # a roster says few places, each of them on many rows
            self.addresses[name] = self._address(bare(name))
        return self.addresses[name]

    def _address(self, plain: str) -> tuple[str, str]:
        ends = [at for at in range(len(plain), 1, -1) if at == len(plain) or plain[:at].endswith(TAILS)]
        ends += [found.start() for found in [GROUP.search(plain)] if found and found.start()]
        return next(((code, plain[at:]) for at in ends if (code := self.village(plain[:at]))), ("", ""))

    def labelled(self, text: str) -> str | None:
        """The village of a line over a part of a table: its code, '' for one that is not known, None for no village."""
        plain = LABEL.sub("", text)
        code = self.village(plain) or self.named_in(text)
        return code or ("" if plain.endswith(TAILS) else None)

    def named_in(self, title: str) -> str:
        """The village that a title names in full (`彭家村征迁户花名册`)."""
        named = {self.village(name) for name in re.findall(r"[\u4e00-\u9fff]{2,4}(?:村|社区)", title)}
        named |= {self.village(part) for part in re.findall(r"(?:镇|街道)([\u4e00-\u9fff]{2,5}?(?:村|社区))", title)}
        named.discard("")
        return named.pop() if len(named) == 1 else ""

    def any(self, name: str) -> str:
        """The code of a village, town or county."""
        village, _rest = self.address(name)
        if village:
            return village
        wider = {code for code in self.by_name.get(bare(name), ()) if len(code) < 12}
        town, rest = self.split(name)
        return next(iter(wider)) if len(wider) == 1 else (town if not rest else "")

    def split(self, name: str) -> tuple[str, str]:
        """`城南镇新庄村` → the town's code and what stands behind; a name without a town stays whole."""
        plain = bare(name)
        for long, code in self.towns:
            at = plain.find(long)
            if at == 0 or (at > 0 and plain[at - 1] in BEFORE_TOWN):
                return code, plain[at + len(long) :]
        return "", plain

    def town_in(self, text: str) -> str:
        """The town that a title or line names."""
        return next((code for name, code in self.towns if name in text), "")


def _torn(circles: list[set[str]]) -> bool:
    """The nearest circle that knows the name knows two of it."""
    return len(next((circle for circle in circles if circle), set())) > 1


def names_of(place: Place) -> set[str]:
    plain = bare(place.name)
    return {plain, short(plain)} if place.level == "village" else {plain}


def short(name: str) -> str:
    """Without 村, 社区 and the like, unless nothing is left."""
    plain = bare(name)
    for tail in TAILS:
        if plain.endswith(tail) and len(plain) > len(tail):
            return plain[: -len(tail)]
    return plain
