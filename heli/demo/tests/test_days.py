"""The demonstration's day goes on for everybody, and any day before can be looked back on."""

from datetime import date, timedelta

import pytest

from heli.common import days
from heli.demo import as_of
from heli.demo.days import THEN, TODAY
from heli.fieldwork import services as fieldwork
from heli.ledger.models import Entry

pytestmark = pytest.mark.django_db


def test_the_next_day_begins_and_what_is_written_is_known_on_it(demonstration, cast, client):
    answer = client.post("/demo/next-day/", {"next": "/tour/"}, follow=True)
    assert days.today() == TODAY + timedelta(days=1)
    assert "10月26日（周四）了" in answer.content.decode()
    fieldwork.need_withdraw(demonstration.need, actor=cast["linmei"], at=days.now())
    assert Entry.objects.latest("id").known_day == TODAY + timedelta(days=1)


def test_a_day_that_was_set_from_outside_stands_still(demonstration, client, monkeypatch):
    monkeypatch.setenv("HELI_TODAY", "2023-11-02")
    days.forget_demo_day()
    answer = client.post("/demo/next-day/")
    assert (answer.status_code, days.today()) == (422, date(2023, 11, 2))
    assert "HELI_TODAY" in answer.content.decode()


def test_a_day_is_looked_back_on_as_it_was_known(demonstration, cast, at, client):
    then = as_of.known_on(TODAY)
    client.post("/demo/next-day/")
    fieldwork.need_raise(
        demonstration.need.household, kind="moving_help", title="搬柜子", actor=cast["linmei"], at=days.now()
    )
    now = as_of.known_on(TODAY + timedelta(days=1))
    assert (then.households, then.raised, now.raised) == (3, 1, 2)
    assert as_of.known_on(TODAY) == then
    assert [bar.count for bar in as_of.months(TODAY, days.today())][-1] == 3


def test_before_everything_there_is_nothing_and_the_page_says_so(demonstration, client):
    answer = client.get(f"/demo/as-of/{THEN.isoformat()}/")
    assert "那天这里还什么都没有" in answer.content.decode()
    assert "正在看 2022年12月31日" in answer.content.decode()


@pytest.mark.parametrize(("said", "status"), [("2023-10-26", 422), ("yesterday", 404), ("2023-02-30", 404)])
def test_a_day_to_come_or_no_day_is_refused_with_a_sentence(demonstration, client, said, status):
    assert client.get(f"/demo/as-of/{said}/").status_code == status


def test_looking_back_costs_the_same_whatever_was_written(demonstration, cast, client, django_assert_max_num_queries):
    for n in range(5):
        fieldwork.need_raise(
            demonstration.need.household, kind="moving_help", title=f"搬 {n}", actor=cast["linmei"], at=days.now()
        )
    with django_assert_max_num_queries(12):
        as_of.known_on(TODAY)
