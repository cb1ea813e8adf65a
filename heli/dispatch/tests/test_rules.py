"""The match's rules as data: read back as written, kept from taking free will away, tried before they count."""

from dataclasses import replace

import pytest
from django.urls import reverse

from heli.common.errors import Conflict, DomainError
from heli.dispatch import proposing, rules, selectors, services, simulating
from heli.dispatch.models import Proposal
from heli.engines.matching import NeedKind
from heli.ledger import verifying


def with_weights(**weights):
    return replace(rules.DEFAULT, weights=replace(rules.DEFAULT.weights, **weights))


def with_kind(code, kind):
    return replace(rules.DEFAULT, need_kinds={**rules.DEFAULT.need_kinds, code: kind})


NEAR_FIRST = with_weights(skill=100, place=450)
WRONG = {
    "weights_sum": with_weights(skill=351),
    "fairness_falls": with_weights(fairness=(20, 0, 60)),
    "skill_unknown": with_kind("moving_help", NeedKind({"flying": 1}, official=False, third_party=False)),
    "official_kept": with_kind(
        "policy_explanation", NeedKind({"policy_explaining": 1}, official=False, third_party=False)
    ),
    "third_party_kept": with_kind("debt_dispute", NeedKind({"debt_dispute": 1}, official=False, third_party=False)),
}


def test_a_document_reads_back():
    assert rules.rules_of(rules.document_of(NEAR_FIRST)) == NEAR_FIRST


@pytest.mark.parametrize("code", WRONG)
def test_what_may_not_be_put_in_force(code):
    assert [refusal.code for refusal in rules.refusals(WRONG[code])] == [code]


def publish(new, cast, at, based_on=0):
    return services.rules_publish(new, based_on=based_on, note="先看远近", actor=cast["qinchuan"], at=at)


@pytest.mark.django_db
def test_new_rules_count_from_the_next_run_and_stand_in_the_ledger(village, cast, at):
    publish(NEAR_FIRST, cast, at)
    proposing.region_propose("331081108", actor=cast["linmei"], at=at)
    best = Proposal.objects.get(need=village.need, is_latest=True).candidates[0]
    assert {reason["term"]: reason["value"] for reason in best["reasons"]}["place"] == 450
    assert verifying.verify().bad == ()


@pytest.mark.django_db
def test_the_second_of_two_who_change_the_rules_is_told(cast, at):
    publish(NEAR_FIRST, cast, at)
    with pytest.raises(Conflict, match="秦川已经启用了新的规则"):
        publish(NEAR_FIRST, cast, at)
    assert selectors.rules_in_force().version == 1


@pytest.mark.django_db
def test_a_change_needs_a_reason(cast, at):
    with pytest.raises(DomainError, match="为什么改"):
        services.rules_publish(NEAR_FIRST, based_on=0, note=" ", actor=cast["qinchuan"], at=at)


@pytest.mark.django_db
def test_a_trial_says_who_would_be_asked_instead_and_changes_nothing(village, cast, at):
    """江映雪 is trusted and skilled; where only the area counts she is no better than others of the village."""
    proposing.region_propose("331081108", actor=cast["linmei"], at=at)
    same = simulating.simulate(rules.DEFAULT, ["331081"], at=at)
    other = simulating.simulate(
        with_kind("family_partition", NeedKind({"legal_advice": 1}, official=True, third_party=True)), ["331081"], at=at
    )
    assert (same.needs, same.changes) == (1, ())
    assert [(change.before, change.after) for change in other.changes] == [("江映雪", "叶知秋")]
    assert selectors.rules_in_force() == rules.DEFAULT


@pytest.mark.django_db
def test_headquarters_tries_and_publishes_on_its_page(client, village, cast, at):
    client.force_login(cast["qinchuan"])
    page = client.get(reverse("dispatch:rules"))
    typed = {"version": "0", "note": "多看信得过", **as_typed(page.context)}
    tried = client.post(reverse("dispatch:rules_try"), typed | {"w-skill": "300", "w-trust": "200"})
    assert "一件也不换人" in tried.content.decode()
    wrong = client.post(reverse("dispatch:rules_try"), typed | {"w-skill": "999"})
    assert (wrong.status_code, "正好 1000" in wrong.content.decode()) == (422, True)
    client.post(reverse("dispatch:rules_publish"), typed | {"w-skill": "300", "w-trust": "200"})
    assert selectors.rules_in_force().weights.trust == 200


def as_typed(shown):
    numbers = {row.name: str(row.value) for row in (*shown["parts"], *shown["steps"])}
    kinds = {f"{row.code}-skill": row.skill for row in shown["kinds"]}
    levels = {f"{row.code}-level": str(row.level) for row in shown["kinds"]}
    fits = {f"{row.code}-kinds": [name for name, _, on in row.kinds if on] for row in shown["features"]}
    skills = {f"{row.code}-skills": [name for name, _, on in row.skills if on] for row in shown["features"]}
    return numbers | kinds | levels | fits | skills


@pytest.mark.django_db
def test_if_the_proposed_one_cannot_come(client, village, cast, at):
    proposing.region_propose("331081108", actor=cast["linmei"], at=at)
    answer = selectors.what_if_not(village.need)
    assert (answer.before, answer.cost > 0, answer.others) == ("江映雪", True, ())
    client.force_login(cast["linmei"])
    part = client.get(reverse("dispatch:what_if", args=[village.need.pk]), HTTP_HX_REQUEST="true").content.decode()
    assert "江映雪来不了，就请" in part
    assert "<html" not in part
