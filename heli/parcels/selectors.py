"""Reading the land: parcels by right, and what of it is in force."""

from collections.abc import Iterable
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from heli.access import Action, rows
from heli.blocks.models import Block

from . import rules
from .bulk import Succession
from .geometry import shape_of
from .models import Boundary, Descent, Parcel, Survey

MOST_MERGED = 50  # at once


def in_force(person: Any, block: Block, version: int = 0) -> QuerySet[Parcel]:
    """The block's lots as they are now, or as a survey version left them."""
    mine = rows(Parcel, person, Action.PARCEL_VIEW).filter(block=block).order_by("number", "pk")
    if not version:
        return mine.filter(until__isnull=True)
    return mine.filter(Q(until__isnull=True) | Q(until__gt=version), since__lte=version)


def drawn_blocks(person: Any) -> QuerySet[Block]:
    """Blocks that have lots in force which the person sees, each with the shape of its boundary as `outline`."""
    lots = rows(Parcel, person, Action.PARCEL_VIEW).filter(until__isnull=True).order_by().values("block")
    last = Boundary.objects.filter(block=OuterRef("pk")).order_by("-number").values("shape")[:1]
    return Block.objects.filter(pk__in=lots).annotate(outline=Subquery(last))


def of_block(block: Block) -> QuerySet[Parcel]:
    """All lots in force of a block, whoever asks: for imports and sums, never for a page."""
    return Parcel.objects.filter(block=block, until__isnull=True)


def going_on(block: Block, ending: Iterable[int], told: Iterable[str]) -> list[str]:
    """Serials of the block's lots that a survey neither tells of nor ends."""
    others = of_block(block).exclude(pk__in=list(ending)).values_list("number", "serial")
    known = set(told)
    return [serial for number, serial in others if number not in known]


def boundary(block: Block) -> Boundary | None:
    return block.boundaries.order_by("-number").first()


def boundaries(block: Block) -> QuerySet[Boundary]:
    return block.boundaries.select_related("by").order_by("-number")


def surveys(block: Block) -> QuerySet[Survey]:
    return block.surveys.order_by("-number")


def survey(block: Block, number: int) -> Survey | None:
    return block.surveys.filter(number=number).first()


def numbered(person: Any, block: Block, number: str) -> Parcel | None:
    """The lot in force of this number, or the only one of this serial."""
    wanted = number.strip()[:40]
    found = list(in_force(person, block).filter(Q(number=wanted) | Q(serial=wanted))[:2]) if wanted else []
    exact = next((lot for lot in found if lot.number == wanted), None)
    return exact or (found[0] if len(found) == 1 else None)


def lots_among(person: Any, block: Block, pks: Iterable[str], but: Parcel) -> list[Parcel]:
    """Those of the keys on a form that are lots in force of the block, beside one that is known."""
    wanted = [int(pk) for pk in pks if pk.isascii() and pk.isdigit() and len(pk) < 18]
    return list(in_force(person, block).filter(pk__in=wanted[:MOST_MERGED]).exclude(pk=but.pk))


def succession(block: Block, new: Iterable[tuple[str, str]]) -> tuple[Succession, dict[str, tuple[str, float]]]:
    """What new lots (number, shape) end in the register, and those that lie over a lot which would go on."""
    told, old = dict(new), {parcel.pk: parcel for parcel in of_block(block)}
    ends = {pk: [parcel.number] for pk, parcel in old.items() if parcel.number in told}
    going_on = {pk: shape_of(parcel.shape) for pk, parcel in old.items() if pk not in ends}
    shapes = {number: shape_of(text) for number, text in told.items()} if going_on else {}
    ends |= dict(rules.successions(going_on, shapes))
    kept = {pk: shape for pk, shape in going_on.items() if pk not in ends}
    over = {number: (old[pk].number, area) for number, pk, area in rules.over(kept, shapes)}
    return Succession(ends), over


def changes(block: Block, version: int) -> list[tuple[str, list[str]]]:
    """Which lots a survey version ended, with the numbers of those that came of each."""
    found: dict[str, list[str]] = {}
    pairs = Descent.objects.filter(heir__block=block, heir__since=version).order_by("origin__number", "heir__number")
    for origin, heir in pairs.values_list("origin__number", "heir__number"):
        found.setdefault(origin, []).append(heir)
    return list(found.items())
