"""The register over three levels: propose, vet by town and line, licences, lending, teams, duplicates, own word."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from heli import lists
from heli.access.roles import Role
from heli.access.services import grant_give, person_add
from heli.common.errors import Conflict, DomainError, NotPermitted
from heli.demo import cast as parts
from heli.helpers import keeping, lending, lines, merging, selectors, services, state_moves, teams
from heli.helpers.models import Helper, Loan
from heli.helpers.register import HELPERS
from heli.ledger import verifying

TODAY = date(2023, 10, 25)


@pytest.fixture
def justice(cast, at):
    """Somebody at 司法局's line, over all towns."""
    person = person_add(username="sifaju", name="司法所", password=None, at=at)
    grant_give(person, role=Role.LINE_OFFICER, region_code=parts.COUNTY, at=at)
    lines.line_desk_give(person, line="justice", actor=cast["qinchuan"], at=at)
    return person


@pytest.fixture
def mediator(village):
    return village.helpers["江映雪"]


def client(person, settings):
    settings.SECURE_SSL_REDIRECT = False
    signed = Client()
    signed.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return signed


def proposed(cast, at, **facts):
    told = {"name": "方正", "is_organisation": False, "kinds": ["mediator"], "skills": ["family_mediation"],
            "region_code": parts.VILLAGE, "phone": "10000000777", "capacity": 3, **facts}  # fmt: skip
    return keeping.helper_propose(facts=told, actor=cast["wentao"], at=at)


def test_a_village_registers_the_town_admits_and_the_line_may_say_no(village, cast, at, justice):
    helper = proposed(cast, at)
    services.helpers_admit([helper], reason="热心", trained_on=TODAY, actor=cast["linmei"], at=at)
    helper.refresh_from_db()
    admitted = helper.state
    lines.line_vet(helper, agreed=False, reason="证书过期", actor=justice, at=at)
    fresh = Helper.objects.get(pk=helper.pk)
    assert (admitted, fresh.state, fresh.line_word) == ("active", "suspended", "objected")
    assert [row.level for row in fresh.vettings.order_by("pk")][-2:] == ["line", "line"]
    assert fresh not in selectors.matchable("social", today=TODAY)
    assert verifying.verify().bad == ()


def test_a_line_has_no_word_on_people_of_another_line(village, justice, at):
    worthy = village.helpers["石大年"]
    with pytest.raises(NotPermitted):
        lines.line_vet(worthy, agreed=True, reason="好", actor=justice, at=at)


def test_a_line_sees_its_own_people_over_all_towns(village, justice):
    named = {row.name for row in lists.found(HELPERS, justice, line="justice")}
    pills = [str(view.label) for view in HELPERS.own_views(justice)]
    assert named == {"江映雪", "叶知秋", "沈知行"}
    assert pills == ["司法局"]


def test_nobody_is_registered_twice(village, cast, at):
    proposed(cast, at)
    with pytest.raises(DomainError) as told:
        proposed(cast, at)
    assert told.value.code == "helper_known"


def test_a_loan_needs_the_city_the_town_and_the_helper(mediator, cast, at):
    loan = lending.loan_ask(mediator, to_code=parts.OTHER_TOWN, purpose="调解", until=TODAY + timedelta(days=30),
                            actor=cast["qinchuan"], at=at)  # fmt: skip
    with pytest.raises(Conflict):
        lending.loan_own(loan, agreed=True, actor=cast["jiangyingxue"], at=at)
    lending.loan_home(loan, agreed=True, actor=cast["linmei"], at=at)
    lending.loan_own(loan, agreed=True, actor=cast["jiangyingxue"], at=at)
    lent = Helper.objects.get(pk=mediator.pk).serves
    borrowed = [row.helper.name for row in selectors.loans_around(cast["taoying"])[0]]
    lending.loans_over(at + timedelta(days=31), cast["linmei"])
    assert (lent, borrowed) == ([parts.OTHER_TOWN], ["江映雪"])
    assert Helper.objects.get(pk=mediator.pk).serves == []
    assert Loan.objects.get().state == "ended"
    assert verifying.verify().bad == ()


def test_a_helper_who_says_no_is_not_lent(mediator, cast, at, settings):
    loan = lending.loan_ask(mediator, to_code=parts.OTHER_TOWN, purpose="调解", until=TODAY + timedelta(days=30),
                            actor=cast["qinchuan"], at=at)  # fmt: skip
    lending.loan_home(loan, agreed=True, actor=cast["linmei"], at=at)
    phone = client(cast["jiangyingxue"], settings)
    page = phone.get(reverse("helpers:own")).content.decode()
    phone.post(reverse("helpers:loan_own", args=[loan.pk]), {"answer": "no"})
    assert "这次不去" in page
    assert Loan.objects.get().state == "declined"
    assert Helper.objects.get(pk=mediator.pk).serves == []


def test_one_tap_confirms_a_stale_record(mediator, cast, settings):
    phone = client(cast["jiangyingxue"], settings)
    before = phone.get(reverse("helpers:own")).context["stale"]
    phone.post(reverse("helpers:own_confirm", args=[mediator.pk]))
    after = phone.get(reverse("helpers:own")).context["stale"]
    assert (before, after) == (True, False)
    assert verifying.verify().bad == ()


def test_records_to_confirm_and_licences_that_end_are_views_of_the_list(mediator, cast, at):
    keeping.credential_add(mediator, name="调解员证", number="T-1", issuer="司法局", valid_until=TODAY + timedelta(days=20),
                           actor=cast["linmei"], at=at)  # fmt: skip
    expiring = [row.name for row in lists.found(HELPERS, cast["linmei"], kept="expiring")]
    stale = {row.name for row in lists.found(HELPERS, cast["linmei"], kept="stale")}
    assert expiring == ["江映雪"]
    assert "石大年" in stale


def test_who_has_only_licences_that_ended_is_not_asked(mediator, cast, at):
    keeping.credential_add(mediator, name="调解员证", number="T-1", issuer="司法局", valid_until=TODAY, actor=cast["linmei"],
                           at=at)  # fmt: skip
    today = {row.pk for row in selectors.matchable("social", today=TODAY)}
    tomorrow = {row.pk for row in selectors.matchable("social", today=TODAY + timedelta(days=1))}
    assert mediator.pk in today
    assert mediator.pk not in tomorrow


def test_suspended_and_taken_up_again_with_reasons(mediator, cast, at):
    keeping.helper_set_state(mediator, verb="suspend", reason="出国", actor=cast["linmei"], at=at)
    with pytest.raises(DomainError):
        keeping.helper_set_state(mediator, verb="suspend", reason="出国", actor=cast["linmei"], at=at)
    keeping.helper_set_state(mediator, verb="activate", reason="回来了", actor=cast["linmei"], at=at)
    assert Helper.objects.get(pk=mediator.pk).state == "active"
    assert verifying.verify().bad == ()


def test_two_editors_of_one_record(mediator, cast, at):
    seen = mediator.version
    keeping.helper_edit(mediator, version=seen, facts={"capacity": 5}, actor=cast["linmei"], at=at)
    with pytest.raises(Conflict):
        keeping.helper_edit(mediator, version=seen, facts={"capacity": 6}, actor=cast["linmei"], at=at)
    assert Helper.objects.get(pk=mediator.pk).capacity == 5
    assert verifying.verify().bad == ()


def test_an_edit_on_the_page_leaves_covered_values_alone(mediator, cast, settings):
    desk = client(cast["linmei"], settings)
    form = desk.get(reverse("helpers:edit", args=[mediator.pk])).context["form"]
    facts = {field.html_name: field.value() for field in form if field.value() not in (None, False)}
    desk.post(reverse("helpers:edit", args=[mediator.pk]), facts | {"version": mediator.version, "free_times": "晚上"})
    fresh = Helper.objects.get(pk=mediator.pk)
    assert "id_number" not in facts or facts["id_number"] == ""
    assert (fresh.free_times, fresh.phone, fresh.id_number) == ("晚上", mediator.phone, mediator.id_number)


def test_two_records_become_one(village, mediator, cast, at):
    double = proposed(cast, at, name="江映雪", phone="10000000888", skills=["debt_dispute"])
    groups = merging.alike(cast["linmei"])
    merging.helpers_merge(mediator, double, reason="同一个人", actor=cast["linmei"], at=at)
    kept, gone = Helper.objects.get(pk=mediator.pk), Helper.objects.get(pk=double.pk)
    assert [sorted(row.pk for row in group.helpers) for group in groups] == [[mediator.pk, double.pk]]
    assert "debt_dispute" in {row.skill for row in kept.skills.all()}
    assert (kept.state, gone.state) == ("active", "retired")
    assert verifying.verify().bad == ()


def test_two_people_of_one_name_stay_two(village, cast, at):
    other = proposed(cast, at, name="江映雪", phone="10000000888", id_number="331081199001010007")
    with pytest.raises(DomainError) as told:
        merging.helpers_merge(village.helpers["江映雪"], other, reason="同名", actor=cast["linmei"], at=at)
    assert told.value.code == "merge_two_people"


def test_a_team_lives_and_ends(village, cast, at):
    first, second = village.helpers["江映雪"], village.helpers["石大年"]
    team = services.team_add(name="调解队", region_code=parts.TOWN, leader=first, members=[first], actor=cast["linmei"],
                             at=at)  # fmt: skip
    teams.team_change(team, leader=second, members=[first, second], block_code="108-01", actor=cast["linmei"], at=at)
    teams.team_end(team, actor=cast["linmei"], at=at)
    team.refresh_from_db()
    assert (team.leader, team.members.count(), team.ended_on) == (second, 2, TODAY)
    with pytest.raises(Conflict):
        teams.team_change(team, leader=first, members=[first], block_code="", actor=cast["linmei"], at=at)


def test_many_are_suspended_with_one_reason(village, cast, settings):
    desk = client(cast["linmei"], settings)
    pks = [village.helpers["江映雪"].pk, village.helpers["石大年"].pk]
    looked = desk.post(reverse("helpers:chosen"), {"act": "suspend", "pk": pks})
    desk.post(reverse("helpers:chosen"), {"act": "suspend", "pk": pks, "sure": "1", "seen": 2, "reason": "换届"})
    assert looked.context["will"] == 2
    assert Helper.objects.filter(state="suspended").count() == 2
    assert verifying.verify().bad == ()


def test_a_reason_is_needed(mediator, cast, at):
    with pytest.raises(DomainError) as told:
        state_moves.move(mediator, verb="suspend", reason=" ", level="town", actor=cast["linmei"], at=at)
    assert told.value.code == "reason_missing"


def test_a_version_that_is_no_number_is_another_one(mediator, cast, settings):
    desk = client(cast["linmei"], settings)
    form = desk.get(reverse("helpers:edit", args=[mediator.pk])).context["form"]
    facts = {field.html_name: field.value() for field in form if field.value() not in (None, False)}
    answer = desk.post(reverse("helpers:edit", args=[mediator.pk]), facts | {"version": "x", "free_times": "晚上"})
    assert answer.status_code == 409
    assert Helper.objects.get(pk=mediator.pk).free_times != "晚上"
