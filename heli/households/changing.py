"""A roster that comes again: what it says otherwise than the register, and putting the register right.

What the file leaves empty says nothing. A house that the register knows and the file does not stays. Houses are known
by their number; where two of a household have one number, they are passed over.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from heli.common import crypto
from heli.common.changes import Change, Changed, by_field
from heli.common.errors import Conflict
from heli.ledger import digests
from heli.papers import services as papers
from heli.regions.services import names_note

from . import state
from .bulk import WITH_PARTS, Leaf, NewHouse, NewHousehold
from .models import House, Household, Member

# Field → what the roster calls it.
OWN = {
    "region_code": "region_code", "group_name": "group_name", "serial": "serial", "people_count": "people",
    "bays": "bays", "wish": "wish", "remark": "remark",
}  # fmt: skip
HEAD = ("name", "id_number", "phone")
A_SLICE = 200


def compare(told: Sequence[tuple[int, NewHousehold]]) -> Iterator[Changed]:
    """Those of (household's key, what the roster says) that say anything else than the register."""
    for start in range(0, len(told), A_SLICE):
        part = dict(told[start : start + A_SLICE])
        for row in Household.objects.filter(pk__in=part).prefetch_related("members", "houses").order_by("pk"):
            if changes := tuple(_changes(row, part[row.pk])):
                yield Changed(row.pk, row.version, changes)


def _changes(row: Household, told: NewHousehold) -> Iterator[Change]:
    yield from _otherwise(row, ((name, getattr(told, called)) for name, called in OWN.items()))
    head = next((member for member in row.members.all() if member.role == Member.Role.HEAD), None)
    if head is not None:
        yield from _otherwise(head, ((name, getattr(told.members[0], name)) for name in HEAD))
    twice = _twice(told.houses) | _twice(row.houses.all())
    known = {house.number: house for house in row.houses.all()}
    for house in told.houses:
        if house.number not in twice:
            yield from _of_house(known.get(house.number), house)


def _of_house(known: House | None, told: NewHouse) -> Iterator[Change]:
    facts = {name: getattr(told, name) for name in state.HOUSE[1:]}
    if known is None:
        yield Change("house", None, facts | {"status": told.status or House.Status.TO_BE_DECIDED}, told.number)
    else:
        yield from _otherwise(known, facts.items(), told.number)


def _otherwise(row: Any, told: Iterable[tuple[str, Any]], part: str = "") -> Iterator[Change]:
    for name, new in told:
        old = getattr(row, name)
        if new not in (None, "", 0) and new != old:
            yield Change(name, old, new, part)


def _twice(houses: Iterable[House | NewHouse]) -> set[str]:
    return {number for number, times in Counter(house.number for house in houses).items() if times > 1}


def write(changed: Sequence[Changed]) -> list[Leaf]:
    """Put these right, each if it still has the version that was looked at; returns their leaves for the entry."""
    for one in changed:
        own = by_field(one, tuple(OWN))
        if not Household.objects.filter(pk=one.pk, version=one.version).update(version=F("version") + 1, **own):
            raise Conflict(
                "household_moved",
                _("有人刚刚改过其中一户。"),
                kept=_("什么都没有写入。"),
                todo=_("请再看一遍，再写入。"),
            )
        if "region_code" in own:
            papers.subject_moved("household", {one.pk: str(own["region_code"])})
        _head_write(one)
        _houses_write(one)
    return _leaves([one.pk for one in changed])


def _head_write(one: Changed) -> None:
    facts = by_field(one, HEAD)
    if not facts:
        return
    if "name" in facts:
        names_note([facts["name"]])
    if "id_number" in facts:
        facts["id_index"] = crypto.blind(facts["id_number"], "id")
    if "phone" in facts:
        facts |= {"phone_index": crypto.blind(facts["phone"], "phone"), "phone_tail": facts["phone"][-4:]}
    Member.objects.filter(household_id=one.pk, role=Member.Role.HEAD).update(**facts)


def _houses_write(one: Changed) -> None:
    for change in (change for change in one.changes if change.part):
        house = House.objects.filter(household_id=one.pk, number=change.part)
        if change.field != "house":
            house.update(**{change.field: change.new})
        elif change.new is None:
            house.delete()
        else:
            House.objects.create(household_id=one.pk, number=change.part, **change.new)


def _leaves(pks: Sequence[int]) -> list[Leaf]:
    told: list[Leaf] = []
    for start in range(0, len(pks), A_SLICE):
        rows = Household.objects.filter(pk__in=pks[start : start + A_SLICE]).prefetch_related(*WITH_PARTS)
        found = digests.digests("household", dict(state.states(rows.order_by("pk"))))
        told += [("household", pk, digest) for pk, digest in found.items()]
    return told
