"""Two people at once, with real transactions on both databases: one wins, the other is told who and when."""

import threading

import pytest
from django.db import connection

from heli.common.errors import Conflict
from heli.dispatch import services
from heli.dispatch.models import Dispatch
from heli.fieldwork import services as fieldwork
from heli.fieldwork.models import Need
from heli.helpers.models import Helper
from heli.ledger import verifying

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]


def at_once(*works):
    """Run each in a thread of its own, released together; what each returned or raised."""
    barrier, results = threading.Barrier(len(works)), [None] * len(works)

    def run(place, work):
        try:
            barrier.wait(10)
            results[place] = work()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def test_two_approvals_of_one_need_have_one_winner(village, cast, at):
    def approve(name):
        return services.dispatch_approve(
            Need.objects.get(pk=village.need.pk),
            Helper.objects.get(pk=village.helpers[name].pk),
            official=village.helpers["周予安"],
            actor=cast["linmei"],
            at=at,
        )

    results = at_once(lambda: approve("江映雪"), lambda: approve("叶知秋"))
    won = [result for result in results if isinstance(result, Dispatch)]
    lost = [result for result in results if isinstance(result, Conflict)]
    assert (len(won), len(lost), Dispatch.objects.count()) == (1, 1, 1), results
    assert f"林梅 10:42 已经批准了{won[0].helper.name}" in str(lost[0])


def test_the_last_place_of_a_helper_is_given_once(village, cast, at):
    needs = [
        fieldwork.need_raise(row, kind="family_partition", title="分家", actor=cast["linmei"], at=at)
        for row in list(village.households.values())[:2]
    ]

    def approve(need):
        return services.dispatch_approve(
            need, Helper.objects.get(name="石大年"), official=village.helpers["周予安"], actor=cast["linmei"], at=at
        )

    results = at_once(*(lambda need=need: approve(need) for need in needs))
    assert sorted(type(result).__name__ for result in results) == ["Dispatch", "DomainError"], results


def test_eight_writers_meet_no_lock_error_and_leave_whole_chains(village, cast, at):
    household = next(iter(village.households.values()))

    def write():
        return [
            fieldwork.need_raise(household, kind="moving_help", title=f"搬家 {n}", actor=cast["linmei"], at=at)
            for n in range(5)
        ]

    results = at_once(*[write] * 8)
    assert [len(result) for result in results] == [5] * 8, results
    assert verifying.verify().bad == ()
