"""Rows changed, taken away or put in behind the ledger's back: `heli verify` names each, and where it was last told of."""

import json

import pytest
from django.core.management import call_command

from heli.fieldwork.models import Need
from heli.helpers.models import Helper
from heli.households.models import Household
from heli.ledger import verifying
from heli.ledger.models import Salt

pytestmark = pytest.mark.django_db


def named(bad):
    return [(one.kind, one.subject, one.why) for one in bad]


GONE = "its entries say that it is there, and its row is gone"


def test_a_need_that_was_struck_out_is_named_with_its_last_entry(village, capsys):
    need = village.need
    Need.objects.filter(pk=need.pk).delete()
    bad = verifying.verify().bad
    assert (named(bad), bad[0].chain, bad[0].seq > 0) == (
        [("need", str(need.pk), GONE)],
        village.block.ledger_chain(),
        True,
    )
    with pytest.raises(SystemExit) as left:
        call_command("verify", "--json")
    told = json.loads(capsys.readouterr().out)
    assert (left.value.code, [one["subject"] for one in told["bad"]]) == (1, [f"need:{need.pk}"])


def test_a_household_and_a_helper_that_were_struck_out_are_named(village):
    household, helper = village.households["谷丰年"], village.helpers["石大年"]
    Household.objects.filter(pk=household.pk).delete()
    Helper.objects.filter(pk=helper.pk).delete()
    assert sorted(named(verifying.verify().bad)) == [
        ("helper", str(helper.pk), GONE),
        ("household", str(household.pk), GONE),
    ]


def test_a_row_put_in_without_a_word_and_one_without_its_salt_are_named(village):
    household = village.households["谷丰年"]
    put_in = Household.objects.create(code="吉-0000", region_code=household.region_code, town_code=household.town_code)
    Salt.objects.filter(subject_kind="household", subject_id=str(household.pk)).delete()
    assert sorted(why for _kind, _pk, why in named(verifying.verify().bad)) == [
        "no entry tells of this row",
        "the salt of its digest is gone, so it cannot be checked",
    ]
    assert str(put_in.pk) in {one.subject for one in verifying.verify().bad}
