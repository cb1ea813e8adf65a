from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from heli.access import Action, rows
from heli.common import wording
from heli.regions import selectors as regions

from .models import Block


def blocks(person: Any) -> QuerySet[Block]:
    return rows(Block, person, Action.BLOCK_VIEW).select_related("programme").order_by("code")


def among(person: Any, code: str) -> Block | None:
    """The block of this code, if the person sees it."""
    return blocks(person).filter(code=code).first() if code else None


def by_code(code: str) -> Block | None:
    return Block.objects.filter(code=code).first()


def named(name: str, town_code: str) -> Block | None:
    """The block that a roster's title names, in the filling office's town if that is known."""
    found = Block.objects.filter(name__in=(name, f"{name}区块", name.removesuffix("区块")))
    if town_code:
        found = found.filter(town_code=town_code)
    matches = list(found[:2])
    return matches[0] if len(matches) == 1 else None


def called(name: str, town_code: str) -> Block | None:
    """The block of this code or, where it is one only, of this name; in this town if one is told."""
    coded = by_code(name) if name else None
    if coded and town_code and coded.town_code != town_code:
        coded = None
    return coded or (named(name, town_code) if name else None)


def in_village(code: str, town_code: str) -> Block | None:
    """The block that lies in a village, where it is one only; in this town if one is told."""
    found = Block.objects.filter(villages__village_code=code) if code else Block.objects.none()
    matches = list((found.filter(town_code=town_code) if town_code else found)[:2])
    return matches[0] if len(matches) == 1 else None


def villages_of(block: Block | None) -> tuple[str, ...]:
    return tuple(block.villages.order_by("village_code").values_list("village_code", flat=True)) if block else ()


@dataclass(frozen=True, slots=True)
class Line:
    block: Block
    villages: str
    households: int


def lines(person: Any) -> list[Line]:
    found = list(blocks(person).prefetch_related("villages").annotate(n=Count("households", distinct=True)))
    names = regions.names({row.village_code for block in found for row in block.villages.all()})
    return [
        Line(block, wording.listed(names[row.village_code] for row in block.villages.all()), block.n) for block in found
    ]
