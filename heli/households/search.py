"""Finding a household by what people say: a name in any spelling, its code, the plot, a telephone, an ID number.

Each way is a look-up in an index of its own; what they find is united before anybody's right narrows it, so that no
way makes the database walk through a whole town.
"""

from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from heli.common import codes, crypto, pinyin
from heli.regions import names

from .models import Household, Member

A_TAIL = 4  # digits of a telephone that people give
A_NUMBER = 7  # from here on it may be a whole telephone or ID number
Found = QuerySet[Any, int]


def found(words: str, marks: list[str]) -> Q:
    """Households that `words` may mean; `marks` are what the codes of one's own blocks begin with."""
    named = _of_members(Q(name__in=names.like(words)))
    return Q(pk__in=named.union(*_exact(words, marks)))


def exact(words: str, marks: list[str]) -> Q:
    """By code or its digits, the number of the plot, or somebody's telephone or ID number."""
    first, *others = _exact(words, marks)
    return Q(pk__in=first.union(*others))


def _exact(words: str, marks: list[str]) -> list[Found]:
    plain = pinyin.typed(words).upper()
    ways = [_own(codes.beginning("code", plain)), _own(Q(serial=plain))]
    if not plain.isdigit():
        return [*ways, _of_members(Q(id_index=crypto.blind(plain, "id")))]
    ways += [_own(codes.beginning("code", f"{mark}-{plain}")) for mark in marks]
    if len(plain) == A_TAIL:
        ways.append(_of_members(Q(phone_tail=plain)))
    if len(plain) >= A_NUMBER:
        ways.append(_of_members(Q(phone_index=crypto.blind(plain, "phone"))))
        ways.append(_of_members(Q(id_index=crypto.blind(plain, "id"))))
    return ways


def _own(condition: Q) -> Found:
    return Household.objects.filter(condition).order_by().values_list("pk", flat=True)


def _of_members(condition: Q) -> Found:
    return Member.objects.filter(condition).order_by().values_list("household_id", flat=True)


def nearest_first(words: str, marks: list[str]) -> Case:
    """What was said to the letter first, then heads of households by the nearness of their name, then their kin."""
    near = names.groups(words)
    ways = [When(exact(words, marks), then=Value(0))]
    for far, named in near:
        who = Q(name__in=named)
        ways.append(When(pk__in=_of_members(who & Q(role="head")), then=Value(2 * far + 1)))
        ways.append(When(pk__in=_of_members(who), then=Value(2 * far + 2)))
    return Case(*ways, default=Value(99), output_field=IntegerField())
