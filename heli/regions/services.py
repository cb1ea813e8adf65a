"""Filling the tree from the official list that ships with Heli, and making names findable."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from heli.common import bulk, codes, pinyin
from heli.common.many import among

from .models import NameKey, Region

LIST = Path(__file__).parent / "data" / "wenling-regions.csv"
# The two levels above the county, which the list leaves out.
ABOVE = (("33", "浙江省", "province", ""), ("3310", "台州市", "prefecture", "33"))


def regions_load() -> int:
    """Write the shipped list where the tree is empty. Returns how many regions stand there now."""
    if not Region.objects.exists():
        listed = [*_above(), *_listed()]
        Region.objects.bulk_create(listed, batch_size=500)
        names_note(region.name for region in listed)
    return Region.objects.count()


def _above() -> Iterator[Region]:
    for code, name, level, parent in ABOVE:
        yield Region(code=code, name=name, source_name=name, level=level, kind=level, parent_code=parent)


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
            )


def _parent(code: str) -> str:
    return code[: {6: 4, 9: 6, 12: 9}[len(code)]]


def names_note(names: Iterable[str]) -> int:
    """Make these names findable. Called by whoever writes a row with a name; returns how many were new."""
    new = sorted(_unknown({name.strip() for name in names} - {""}))
    found = sorted((key[:80], name) for name in new for key in pinyin.keys(name))
    # One order for all writers, so that two imports of the same names never wait for each other crosswise.
    bulk.bulk_missing(NameKey, ("key", "name"), found)
    return len(new)


def _unknown(names: set[str]) -> set[str]:
    """A name's own characters are its first key, and hardly anybody else's: asked for by that alone."""
    found = NameKey.objects.filter(key__in=among(sorted({pinyin.typed(name)[:80] for name in names})))
    return names - set(found.values_list("name", flat=True)) if names else names
