"""Regions are compared as ranges of codes (`common.codes.under`), never by the text of a code or the name of a place."""

import ast

from tests.architecture.sources import calls, name, trees

# Columns that hold a region's code.
COLUMNS = ("region_code", "town_code", "village_code", "home_code", "to_code", "parent_code", "shared_region")
# Lookups that say "within" by hand: what begins, ends or contains, and ranges beside `under`.
BY_TEXT = (
    "startswith",
    "istartswith",
    "endswith",
    "iendswith",
    "contains",
    "icontains",
    "regex",
    "iregex",
    "gte",
    "lt",
)


def _by_text(keyword):
    column, _, lookup = (keyword.arg or "").rpartition("__")
    return lookup in BY_TEXT and column.split("__")[-1] in COLUMNS


def _cut(keyword):
    """`region_code=code[:9]`: a shorter code, which finds rows of just that code and none below it."""
    exact = (keyword.arg or "").split("__")[-1] in ("region_code", "village_code", "serves")
    return exact and isinstance(keyword.value, ast.Subscript) and isinstance(keyword.value.slice, ast.Slice)


def _queries():
    for path, tree in trees():
        for call in calls(tree):
            if getattr(call.func, "attr", getattr(call.func, "id", "")) in ("filter", "exclude", "get", "Q", "When"):
                yield path, call


def test_no_query_compares_a_region_by_the_text_of_its_code():
    """If this fails: ask with `codes.under(code, column)`; an index answers it, and it finds villages and teams too."""
    wrong = [f"{name(path)}:{call.lineno}" for path, call in _queries() for one in call.keywords if _by_text(one)]
    assert wrong == []


def test_no_query_asks_for_exactly_a_shorter_code():
    """If this fails: rows lie at villages and teams; ask with `codes.under`."""
    wrong = [f"{name(path)}:{call.lineno}" for path, call in _queries() for one in call.keywords if _cut(one)]
    assert wrong == []


def test_the_guard_sees_what_it_guards_against():
    bad = ast.parse("rows.filter(household__region_code__startswith=town)\nrows.filter(region_code=code[:9])")
    found = [one for call in calls(bad) for one in call.keywords]
    assert [(_by_text(one), _cut(one)) for one in found] == [(True, False), (False, True)]
