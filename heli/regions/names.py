"""Finding names by what somebody typed: characters, pinyin, initials, or characters and initials mixed."""

from itertools import groupby

from django.db.models import Case, IntegerField, QuerySet, Value, When

from heli.common import codes, pinyin

from .models import NameKey

RANKED = 400  # names whose nearness is worked out; past these, the order of the list says no less


def like(words: str) -> QuerySet[NameKey, str]:
    """The names that `words` may mean, as a subquery for `name__in`."""
    characters, letters = pinyin.parts(words)
    found = NameKey.objects.all()
    if characters and letters:
        found = found.filter(codes.beginning("key", characters), name__in=_begins(letters))
    elif characters or letters:
        found = found.filter(codes.beginning("key", characters or letters))
    else:
        found = found.none()
    return found.values_list("name", flat=True)


def _begins(letters: str) -> QuerySet[NameKey, str]:
    return NameKey.objects.filter(codes.beginning("key", letters)).values_list("name", flat=True)


def groups(words: str) -> list[tuple[int, list[str]]]:
    """The names that `words` may mean, by how far they are from it; those beyond a beginning are left out."""
    seen = list(like(words).distinct()[:RANKED])
    by_farness = sorted((pinyin.farness(words, name), name) for name in seen)
    parted = groupby(by_farness, key=lambda pair: pair[0])
    return [(far, [name for _, name in named]) for far, named in parted if far < pinyin.ELSE]


def nearest_first(words: str, column: str = "name") -> Case:
    """An order of rows by how near their name is to `words`."""
    ways = [When(**{f"{column}__in": named}, then=Value(far)) for far, named in groups(words)]
    return Case(*ways, default=Value(pinyin.ELSE), output_field=IntegerField())
