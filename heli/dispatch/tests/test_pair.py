"""Looking at one pair reads less and sees the same: what the whole snapshot says of it."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from heli.dispatch import checks, services, snapshot
from heli.dispatch.selectors import rules_in_force
from heli.engines import matching
from heli.fieldwork import services as fieldwork
from heli.helpers.models import Helper

pytestmark = pytest.mark.django_db


@pytest.fixture
def neighbourhood(village, cast, at):
    """A trusted helper, a refused one, one who stands in the file, one with a tie, and one at work elsewhere."""
    home, other = village.households["叶茂林"], village.households["谷丰年"]
    fieldwork.trust_name(home, village.helpers["江映雪"], heard="in_person", actor=cast["linmei"], at=at)
    fieldwork.helper_refuse(home, village.helpers["石大年"], actor=cast["linmei"], at=at)
    member = home.members.get(role="head")
    Helper.objects.filter(name="沈知行").update(phone_index=member.phone_index)
    facts = {"official": village.helpers["周予安"], "actor": cast["linmei"], "at": at}
    tied = services.dispatch_approve(village.need, village.helpers["叶知秋"], **facts)
    services.invitation_bar(tied, kind="kin", actor=cast["yelvshi"], at=at)
    need = fieldwork.need_raise(other, kind="family_partition", title="分家", actor=cast["linmei"], at=at)
    services.dispatch_approve(need, village.helpers["江映雪"], **facts)
    return village


def test_one_pair_is_seen_as_in_the_whole(neighbourhood, at):
    need, rules = neighbourhood.need, rules_in_force()
    whole = snapshot.take("none", at=at, extra=[need.pk], rules=rules)
    seen = {}
    for helper in whole.problem.helpers:
        pair = snapshot.take("none", at=at, extra=[need.pk], rules=rules, only=helper.id)
        assert pair.problem.helpers == (helper,)
        narrowed = replace(whole.problem, helpers=(helper,))
        assert pair.problem == snapshot.without_strangers(narrowed)
        seen[helper.id] = pair.problem.needs[0]
    told = {name: seen[row.pk] for name, row in neighbourhood.helpers.items() if row.relation == "social"}
    assert told["江映雪"].trusted == (neighbourhood.helpers["江映雪"].pk,)
    assert told["石大年"].refuse == (neighbourhood.helpers["石大年"].pk,)
    assert {name: [bar.reason for bar in row.exclude] for name, row in told.items() if row.exclude} == {
        "沈知行": ["party"], "叶知秋": ["tied"],
    }  # fmt: skip


def test_a_look_reads_nobody_else_however_many_there_are(neighbourhood, at, monkeypatch):
    solve, asked = matching.solve, []
    for n in range(20):
        row = Helper.objects.create(name=f"帮{n}", region_code="331081108", state="active", capacity=2)
        row.skills.create(skill="family_mediation", level=3)
    monkeypatch.setattr(matching, "solve", lambda problem: asked.append(problem.helpers) or solve(problem))
    with CaptureQueriesContext(connection) as queries:
        checks.look_at(neighbourhood.need, neighbourhood.helpers["江映雪"], neighbourhood.helpers["周予安"], at=at)
    assert [[helper.id for helper in helpers] for helpers in asked] == [[neighbourhood.helpers["江映雪"].pk]]
    assert len(queries) <= 14
