"""Filling the tree from the official list that ships with Heli."""

import csv
from collections.abc import Iterator
from pathlib import Path

from heli.common import codes, pinyin

from .models import Region

LIST = Path(__file__).parent / "data" / "wenling-regions.csv"
# The two levels above the county, which the list leaves out.
ABOVE = (("33", "浙江省", "province", ""), ("3310", "台州市", "prefecture", "33"))


def regions_load() -> int:
    """Write the shipped list where the tree is empty. Returns how many regions stand there now."""
    if not Region.objects.exists():
        Region.objects.bulk_create([*_above(), *_listed()], batch_size=500)
    return Region.objects.count()


def _above() -> Iterator[Region]:
    for code, name, level, parent in ABOVE:
        yield Region(code=code, name=name, source_name=name, level=level, kind=level, parent_code=parent,
                     search=pinyin.keys(name))  # fmt: skip


def _listed() -> Iterator[Region]:
    with LIST.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            code = codes.cut(line["code12"], line["level"])
            yield Region(
                code=code,
                name=line["display_name"],
                source_name=line["name_in_source"],
                level=line["level"],
                kind=line["kind"],
                parent_code=_parent(code),
                name_en=line["name_en"],
                search=pinyin.keys(line["display_name"]),
            )


def _parent(code: str) -> str:
    return code[: {6: 4, 9: 6, 12: 9}[len(code)]]
