from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from heli.access import Action, rows
from heli.common import wording
from heli.regions import selectors as regions

from .models import Block, Programme


def blocks(person: Any) -> QuerySet[Block]:
    return rows(Block, person, Action.BLOCK_VIEW).select_related("programme").order_by("code")


def among(person: Any, code: str) -> Block | None:
    """The block of this code, if the person sees it."""
    return blocks(person).filter(code=code).first() if code else None


def by_code(code: str) -> Block | None:
    return Block.objects.filter(code=code).first()


def by_pk(pk: int) -> Block:
    return Block.objects.get(pk=pk)


def programme(pk: int) -> Programme:
    return Programme.objects.get(pk=pk)


def programme_named(name: str) -> Programme | None:
    """The newest of this name."""
    return Programme.objects.filter(name=name).order_by("-year").first()


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
    """One row of the list of blocks."""

    pk: int
    block: Block
    villages: str
    households: int


def lines(page: Iterable[Block], person: Any) -> list[Line]:
    """`person` may see each of these blocks; how many households one has is no secret at the desks that see blocks."""
    rows_ = list(page)
    names = regions.names({row.village_code for block in rows_ for row in block.villages.all()})
    # The register of households stands above this room, which knows it by the way back alone.
    households: Any = Block._meta.get_field("households").related_model
    entered = households.objects.filter(block__in=[row.pk for row in rows_]).order_by()
    counts = dict(entered.values_list("block").annotate(n=Count("pk")))
    return [
        Line(
            block.pk,
            block,
            wording.listed(names[row.village_code] for row in block.villages.all()),
            counts.get(block.pk, 0),
        )
        for block in rows_
    ]


def towns(person: Any) -> list[tuple[str, str]]:
    """Towns in which the person sees blocks."""
    return regions.choices(rows(Block, person, Action.BLOCK_VIEW).order_by().values("town_code"))
