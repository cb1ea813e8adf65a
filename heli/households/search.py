"""Finding a household by what people say: a name in any spelling, its code, the plot, a telephone, an ID number."""

from django.db.models import Case, IntegerField, Q, Value, When

from heli.common import codes, crypto, pinyin
from heli.regions import names

from .models import Member

A_TAIL = 4  # digits of a telephone that people give
A_NUMBER = 7  # from here on it may be a whole telephone or ID number


def by_code(words: str, marks: list[str]) -> Q:
    """By code or its digits, the number of the plot, or somebody's telephone or ID number."""
    plain = pinyin.typed(words).upper()
    found = codes.beginning("code", plain) | Q(serial=plain)
    if not plain.isdigit():
        return found | _of_members(Q(id_index=crypto.blind(plain, "id")))
    for mark in marks:
        found |= codes.beginning("code", f"{mark}-{plain}")
    if len(plain) == A_TAIL:
        found |= _of_members(Q(phone_tail=plain))
    if len(plain) >= A_NUMBER:
        found |= _of_members(Q(phone_index=crypto.blind(plain, "phone")) | Q(id_index=crypto.blind(plain, "id")))
    return found


def by_member(words: str) -> Q:
    return _of_members(Q(name__in=names.like(words)))


def _of_members(condition: Q) -> Q:
    return Q(pk__in=Member.objects.filter(condition).values("household_id"))


def nearest_first(words: str, *, exact: Q) -> Case:
    """What was said to the letter first, then heads of households by the nearness of their name, then their kin."""
    near = names.groups(words)
    ways = [When(exact, then=Value(0))]
    for far, named in near:
        who = Member.objects.filter(name__in=named)
        ways.append(When(pk__in=who.filter(role="head").values("household_id"), then=Value(2 * far + 1)))
        ways.append(When(pk__in=who.values("household_id"), then=Value(2 * far + 2)))
    return Case(*ways, default=Value(99), output_field=IntegerField())
