"""Every list asks by an index on both databases, and asks no more often when there is more to show."""

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from heli.common import pinyin
from heli.helpers.models import Helper
from heli.households.models import Household, Member
from heli.intake.models import Batch
from heli.lists.columns import all_registers

from . import filled

# Tables that grow with the county; the others fit on a few pages and may be read whole.
BIG = ("households_household", "households_member", "helpers_helper", "fieldwork_need", "regions_namekey",
       "ledger_entry", "ledger_leaf")  # fmt: skip
PAGES = ("households:list", "helpers:list", "fieldwork:needs", "blocks:list", "intake:list", "regions:list",
         "helpers:teams", "lists:kept", "kept:list")  # fmt: skip
MOST = 12
SEEN_BY = {
    "linmei": ("households", "helpers", "needs", "blocks", "imports"),
    "qinchuan": ("helpers", "blocks", "regions"),
}


@pytest.fixture
def desks(village, cast, settings):
    settings.SECURE_SSL_REDIRECT = False
    return {who: _signed_in(cast[who]) for who in SEEN_BY}


def _signed_in(person):
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def asked(client, url, **data):
    """What the page asks the database."""
    client.get(url, data)  # the names of places are known from now on
    with CaptureQueriesContext(connection) as found:
        answer = client.get(url, data)
    assert answer.status_code == 200
    told = [one["sql"] for one in found if one["sql"].lstrip("( ").upper().startswith("SELECT")]
    return [sql for sql in told if "common_installation" not in sql], answer  # read again every few seconds


def scans(sql):
    """Big tables that the plan of this query reads from end to end."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
            plan = cursor.fetchone()[0]
            return sorted(_sequential(plan if isinstance(plan, list) else json.loads(plan)))
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        lines = [row[3] for row in cursor.fetchall()]
    called = _aliases(sql)
    read = (re.fullmatch(r"SCAN (\w+)(.*)", line) for line in lines)
    return sorted({called.get(one[1], one[1]) for one in read if one and "USING" not in one[2]} & set(BIG))


def _sequential(node):
    if isinstance(node, list):
        return {name for one in node for name in _sequential(one)}
    if not isinstance(node, dict):
        return set()
    here = {node["Relation Name"]} if node.get("Node Type") == "Seq Scan" else set()
    return (here & set(BIG)) | {
        name for part in node.values() if isinstance(part, (dict, list)) for name in _sequential(part)
    }


def _aliases(sql):
    """Subqueries call a table U0, V1 …: the plan says only that."""
    return {alias: table for table, alias in re.findall(r'"(\w+)" ([A-Z]\d+)\b', sql)}


def ways(register, client):
    """The list as it opens, searched by name and by code, by each filter, sorted by each column."""
    yield {}
    if register.search:
        name = Member.objects.order_by("-pk").first().name
        spelt = sorted(pinyin.keys(name), key=len)[-1]
        yield from ({"q": words} for words in (name, spelt, "甲-1", "331081108", "1234"))
    form = client.get(reverse(register.url)).context["listed"].asked.form
    for one in register.filters:
        values = [value for value, _label in getattr(form.fields[one.key], "choices", ()) if value]
        yield from ({one.key: value} for value in values[:2] + values[-1:])
    for column in register.columns:
        if column.sort:
            yield from ({"sort": column.key}, {"sort": f"-{column.key}"})


def whole(register, who):
    """Who sees the whole county reads the whole table, or joins it whole, where that is the shortest road: PostgreSQL
    chooses it for all helpers of a list, and for the households that the blocks count. SQLite never does."""
    return connection.vendor == "postgresql" and who == "qinchuan" and register.key in ("helpers", "blocks")


def test_no_list_reads_a_big_table_from_end_to_end(desks, cast, at):
    filled.fill(cast, at)
    read, wrong = 0, set()
    for who, keys in SEEN_BY.items():
        for register in (one for one in all_registers() if one.key in keys):
            for data in ways(register, desks[who]):
                for sql in asked(desks[who], reverse(register.url), **data)[0]:
                    read += 1
                    found = scans(sql)
                    if found and not whole(register, who):
                        wrong.add(
                            (
                                who,
                                register.key,
                                json.dumps(data, ensure_ascii=False),
                                *found,
                                re.sub("SELECT .*? FROM", "SELECT … FROM", sql, count=1)[:900],
                            )
                        )
    assert not wrong, "\n\n".join(" · ".join(one) for one in sorted(wrong))
    assert read > 500
    assert Household.objects.count() > 3_000
    assert Helper.objects.count() > 1_500


def test_no_list_asks_more_often_when_there_is_more_to_show(desks, cast, at):
    def counted():
        who = {page: "qinchuan" if page == "regions:list" else "linmei" for page in PAGES}
        return {page: len(asked(desks[who[page]], reverse(page))[0]) for page in PAGES}

    Batch.objects.bulk_create([filled.a_batch("331081108", 99, cast["linmei"], at)])  # an empty list asks once less
    few = counted()
    filled.fill(cast, at)
    many = counted()
    assert many == few
    assert max(many.values()) <= MOST, many


def test_the_guard_sees_a_scan(desks, cast, at):
    filled.fill(cast, at)
    assert scans("SELECT * FROM households_household WHERE bays = 3") == ["households_household"]
    assert scans("SELECT * FROM households_household WHERE id = 3") == []
