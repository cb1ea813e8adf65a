"""From a need to the household's word, by the services; and what the ledger can show afterwards."""

import pytest

from heli.access.models import Relation
from heli.common.errors import Conflict, DomainError
from heli.dispatch import proposing, services
from heli.dispatch.models import Dispatch, Proposal, TieAnswer
from heli.fieldwork.models import HelperRefusal
from heli.ledger import verifying

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(village, cast, at):
    proposing.region_propose("331081108", actor=cast["linmei"], at=at)
    return Proposal.objects.get(need=village.need, is_latest=True)


def approve(village, cast, at, name="江映雪"):
    return services.dispatch_approve(
        village.need, village.helpers[name], official=village.helpers["周予安"], actor=cast["linmei"], at=at
    )


def accepted(village, cast, at):
    dispatch = approve(village, cast, at)
    services.invitation_clear(dispatch, actor=cast["jiangyingxue"], at=at)
    return services.invitation_accept(dispatch, actor=cast["jiangyingxue"], at=at)


def test_the_proposal_names_the_nearest_skilled_helper_with_parts_that_sum_to_the_score(village, proposal):
    best = proposal.candidates[0]
    parts = {
        reason["term"]: reason["value"] for reason in best["reasons"] if reason["term"] not in ("fairness", "scarcity")
    }
    assert (proposal.helper, sum(parts.values())) == (village.helpers["江映雪"], proposal.score)
    assert proposal.official == village.helpers["周予安"]


def test_the_whole_road_ends_with_the_households_word_and_a_free_place(village, cast, at):
    dispatch = services.dispatch_begin(accepted(village, cast, at), actor=cast["jiangyingxue"], at=at)
    services.dispatch_finish(dispatch, word="说开了，谢谢", heard="in_person", actor=cast["linmei"], at=at)
    dispatch.refresh_from_db()
    village.need.refresh_from_db()
    assert (dispatch.state, village.need.state) == ("done", "done")
    assert not Relation.objects.filter(until_at__isnull=True).exists()


def test_what_is_stored_follows_from_the_ledger(village, proposal, cast, at):
    accepted(village, cast, at)
    assert verifying.verify().bad == ()


def test_a_second_approval_is_told_who_was_first_and_when(village, cast, at):
    approve(village, cast, at)
    with pytest.raises(Conflict, match="林梅 10:42 已经批准了江映雪"):
        approve(village, cast, at, "叶知秋")


def test_relations_open_with_the_acceptance_and_not_before(village, cast, at):
    dispatch = approve(village, cast, at)
    before = Relation.objects.count()
    services.invitation_clear(dispatch, actor=cast["jiangyingxue"], at=at)
    services.invitation_accept(dispatch, actor=cast["jiangyingxue"], at=at)
    assert (before, Relation.objects.filter(person=cast["jiangyingxue"], as_what="matched_helper").count()) == (0, 2)


def test_a_barring_tie_reopens_the_need_and_keeps_the_helper_out_without_a_reason_on_record(village, cast, at):
    services.invitation_bar(approve(village, cast, at), kind="kin", actor=cast["jiangyingxue"], at=at)
    with pytest.raises(DomainError) as refused:
        approve(village, cast, at)
    assert refused.value.code == "helper_barred"
    assert "亲" not in str(refused.value)
    assert TieAnswer.objects.get().kind == "kin"


def test_a_weaker_tie_waits_for_the_household(village, cast, at):
    dispatch = services.invitation_ask_parties(approve(village, cast, at), actor=cast["jiangyingxue"], at=at)
    dispatch.name_shown_at = at
    with pytest.raises(DomainError) as refused:
        services.invitation_accept(dispatch, actor=cast["jiangyingxue"], at=at)
    assert refused.value.code == "household_decides"


def test_the_households_consent_opens_the_second_step(village, cast, at):
    dispatch = services.invitation_ask_parties(approve(village, cast, at), actor=cast["jiangyingxue"], at=at)
    services.household_agree(dispatch, heard="by_phone", actor=cast["linmei"], at=at)
    dispatch = Dispatch.objects.get(pk=dispatch.pk)
    assert services.invitation_accept(dispatch, actor=cast["jiangyingxue"], at=at).state == "accepted"


def test_a_household_changes_its_helper_without_a_reason_and_the_need_goes_on(village, cast, at):
    services.household_refuse(accepted(village, cast, at), heard="in_person", actor=cast["wentao"], at=at)
    village.need.refresh_from_db()
    assert village.need.state == "open"
    assert HelperRefusal.objects.filter(helper=village.helpers["江映雪"]).exists()
    assert not Relation.objects.filter(until_at__isnull=True).exists()


def test_a_policy_matter_never_goes_without_an_official(village, cast, at):
    with pytest.raises(DomainError) as refused:
        services.dispatch_approve(village.need, village.helpers["江映雪"], official=None, actor=cast["linmei"], at=at)
    assert refused.value.code == "official_missing"


def test_a_helper_cannot_record_the_households_word(village, cast, at):
    dispatch = services.dispatch_begin(accepted(village, cast, at), actor=cast["jiangyingxue"], at=at)
    with pytest.raises(DomainError) as refused:
        services.dispatch_finish(dispatch, word="好", heard="in_person", actor=cast["jiangyingxue"], at=at)
    assert refused.value.code == "helper_alone"


def test_nobody_is_sent_in_quiet_hours(village, cast, at):
    late = at.replace(hour=21)
    with pytest.raises(DomainError) as refused:
        services.dispatch_approve(
            village.need, village.helpers["江映雪"], official=village.helpers["周予安"], actor=cast["linmei"], at=at,
            meet_at=late,
        )  # fmt: skip
    assert refused.value.code == "quiet_hours"
