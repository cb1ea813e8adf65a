"""Who may pass which route: the table `permission_matrix.csv` is the whole truth, and it is exact.

If one of these fails and the change is meant, write the table anew and read its difference line by line:

    HELI_WRITE_MATRIX=1 .venv/bin/python -m pytest tests/architecture/test_permission_matrix.py
"""

import csv
import os

import pytest

from heli.access import rules

from . import matrix

pytestmark = pytest.mark.django_db
# What changes when an invitation was accepted: the helper and the official are related to the matter from then on.
LATER = ("dispatch:case", "dispatch:begin", "dispatch:need", "dispatch:invitation", "dispatch:finish",
         "dispatch:refuse", "dispatch:agree", "households:file")  # fmt: skip

# Shut in this world, and open in the tests of their rooms: what asks for a second factor at hand, the demonstration.
ELSEWHERE = {"account_reauthenticate", "mfa_reauthenticate", "mfa_view_recovery_codes", "mfa_index", "demo:doors",
             "demo:enter", "demo:as_helper", "demo:sample", "demo:tomorrow", "demo:past_any", "demo:past", "demo:tour",
             "demo:step", "demo:tour_end"}  # fmt: skip


def keys():
    """(route, method, when), in the order of the resolver."""
    now = [(route.name, method, "invited") for route in rules.routes() for method in sorted(route.rule.methods)]
    later = [(route.name, method, "accepted") for route in rules.routes() if route.name in LATER
             for method in sorted(route.rule.methods)]  # fmt: skip
    return now + later


@pytest.fixture
def world(settings):
    settings.SECURE_SSL_REDIRECT = False
    with matrix.village() as built:
        yield built


def write(found):
    with matrix.TABLE.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("route", "method", "when", *matrix.WHO))
        rows.writerows((*key, *(cells[who] for who in matrix.WHO)) for key, cells in found.items())


def test_everybody_is_told_what_the_table_says(world):
    found = {key: matrix.told(world, *key) for key in keys()}
    if os.environ.get("HELI_WRITE_MATRIX"):
        write(found)
    wanted = matrix.table()
    assert set(found) - set(wanted) == set(), "routes without a row"
    assert set(wanted) - set(found) == set(), "rows without a route"
    wrong = {
        (*key, who): (wanted[key][who], cells[who])
        for key, cells in found.items()
        for who in matrix.WHO
        if cells[who] != wanted[key][who]
    }
    assert wrong == {}


def test_no_route_answers_to_a_method_it_does_not_name(world):
    assert matrix.other_methods(world) == {}


def test_every_refusal_has_somebody_who_is_let_in():
    """A refusal that nobody could pass would prove nothing: beside each stands somebody with the right."""
    alone = [key for key, cells in matrix.table().items() if "yes" not in cells.values() and key[0] not in ELSEWHERE]
    assert alone == []


def test_nobody_without_an_account_passes_a_private_route():
    public = {route.name for route in rules.routes() if route.rule.kind == "public"}
    told = {key: cells["anonymous"] for key, cells in matrix.table().items() if key[0] not in public}
    assert {key: said for key, said in told.items() if said != "sign-in"} == {}


def test_a_row_of_others_looks_like_no_row_at_all(world):
    """Status, and everything on the page, are the same for what one may not know of and for what is not there."""
    table = matrix.table()
    told_apart = {}
    for route in rules.routes():
        for method in route.rule.methods if "pk" in route.converters else ():
            for who, said in table[route.name, method, "invited"].items():
                if said == "404":
                    foreign, absent = matrix.foreign_and_absent(world, route, method, who)
                    if foreign != absent:
                        told_apart[route.path, method, who] = (foreign[0], absent[0])
    assert told_apart == {}
