"""What was known at the end of a day, told by the ledger alone: a look back, never a move of anything.

Blocks, households, helpers and what people asked for. Who and how is not asked: only how many were on record.
"""

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Min, QuerySet

from heli.blocks.models import Block
from heli.fieldwork.models import Need
from heli.households.models import Household
from heli.ledger.models import Entry, Leaf

NEED_ENDS = {"need.finish": "done", "need.withdraw": "withdrawn"}
FIGURE = 1000  # width of the drawing in its own units


@dataclass(frozen=True, slots=True)
class Line:
    """A block as it stood."""

    name: str
    programme: str
    households: int
    raised: int
    done: int


@dataclass(frozen=True, slots=True)
class Known:
    """The whole of it; `helpers` counts who was on record, whether admitted or not."""

    day: date
    lines: tuple[Line, ...]
    helpers: int

    @property
    def households(self) -> int:
        return sum(line.households for line in self.lines)

    @property
    def raised(self) -> int:
        return sum(line.raised for line in self.lines)

    @property
    def done(self) -> int:
        return sum(line.done for line in self.lines)


@dataclass(frozen=True, slots=True)
class Bar:
    """A month's end in the drawing of households on record; places in the drawing's own units. `tick` is a year's
    number where a year begins."""

    day: date
    count: int
    x: int
    y: int
    width: int
    height: int
    chosen: bool
    tick: str

    @property
    def label(self) -> int:
        return self.y - 6

    @property
    def middle(self) -> int:
        return self.x + self.width // 2


def known_on(day: date) -> Known:
    """Four reads of the ledger and one of each register, whatever the day."""
    begun = _first_told("block", day)
    blocks = [row for row in Block.objects.select_related("programme").order_by("pk") if row.pk in begun]
    homes: dict[int, int | None] = dict(Household.objects.order_by("pk").values_list("pk", "block_id"))
    households = Counter(homes[pk] for pk in _first_told("household", day) if pk in homes)
    raised, done = _needs(day, homes)
    lines = tuple(
        Line(row.name, str(row.programme), households[row.pk], raised[row.pk], done[row.pk]) for row in blocks
    )
    return Known(day, lines, len(_first_told("helper", day)))


def _first_told(kind: str, day: date) -> set[int]:
    """Numbers of the subjects of this kind that an entry or a leaf had told of by the end of the day."""
    by_entry = Entry.objects.filter(subject_kind=kind, known_day__lte=day).order_by()
    by_leaf = Leaf.objects.filter(subject_kind=kind, entry__known_day__lte=day).order_by()
    told = {*by_entry.values_list("subject_id", flat=True), *by_leaf.values_list("subject_id", flat=True)}
    return set(map(int, told))


def _needs(day: date, homes: dict[int, int | None]) -> tuple[Counter[int | None], Counter[int | None]]:
    """By block: what was asked for by then, and what of it was done."""
    household_of = dict(Need.objects.order_by("pk").values_list("pk", "household_id"))
    told = Entry.objects.filter(subject_kind="need", known_day__lte=day, verb__startswith="need.").order_by("id")
    state = {int(pk): NEED_ENDS.get(verb, "open") for pk, verb in told.values_list("subject_id", "verb")}
    raised = Counter(homes.get(household_of[pk]) for pk in state if pk in household_of)
    done = Counter(homes.get(household_of[pk]) for pk, now in state.items() if now == "done" and pk in household_of)
    return raised, done


def months(chosen: date, today: date) -> tuple[Bar, ...]:
    """Households on record at the end of each month since the first, and today."""
    first = sorted(_first_days().values())
    if not first:
        return ()
    ends = [*_month_ends(min(first[0], chosen), today), today]
    counts = [bisect_right(first, end) for end in ends]
    marked = next((end for end in ends if end >= chosen), today)
    step, tall = FIGURE // len(ends), [130 * count // max(counts[-1], 1) for count in counts]
    return tuple(
        Bar(end, count, n * step + step // 6, 150 - height, step * 2 // 3, height, end == marked, _tick(ends, n))
        for n, (end, count, height) in enumerate(zip(ends, counts, tall, strict=True))
    )


def _tick(ends: list[date], n: int) -> str:
    return str(ends[n].year) if n == 0 or ends[n].year != ends[n - 1].year else ""


def _first_days() -> dict[str, date]:
    """Household → the day on which the ledger first told of it."""
    entries: QuerySet[Entry] = Entry.objects.filter(subject_kind="household").order_by()
    leaves: QuerySet[Leaf] = Leaf.objects.filter(subject_kind="household").order_by()
    days = dict(leaves.values_list("subject_id").annotate(day=Min("entry__known_day")))
    for pk, day in entries.values_list("subject_id").annotate(day=Min("known_day")):
        days[pk] = min(day, days.get(pk, day))
    return days


def _month_ends(first: date, last: date) -> list[date]:
    ends, day = [], first.replace(day=1)
    while (day := (day + timedelta(days=32)).replace(day=1)) <= last:
        ends.append(day - timedelta(days=1))
    return ends


def month_before(day: date) -> date:
    return day.replace(day=1) - timedelta(days=1)


def month_after(day: date) -> date:
    return ((day + timedelta(days=1)).replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
