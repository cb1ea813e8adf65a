"""What a slice tells the ledger is what its rows say when they are read again."""

import pytest

from heli.households import bulk, state
from heli.households.models import Hardship, House, Household, Member
from heli.ledger import digests
from heli.ledger.models import Salt

pytestmark = pytest.mark.django_db
FULL = bulk.NewHousehold(
    region_code="331081108224",
    members=(
        bulk.NewMember("叶茂林", id_number="33108119700101123X", phone="13900000001"),
        bulk.NewMember("叶小", role=Member.Role.MEMBER, kinship="子"),
    ),
    houses=(bulk.NewHouse("1", "frame", 1996, 18645, 18000, House.Status.REGISTERED, 2, 3, 4), bulk.NewHouse("2", "simple")),
    group_name="3组", serial="7", people=4, bays=3, wish="cash", remark="靠河", hardships=("低保", "残疾"),
)  # fmt: skip


def written(village, at, block):
    return bulk.slice_write([FULL, FULL], block=block, town_code="331081108", batch="DR-1025-77", today=at.date())


@pytest.mark.parametrize("own_block", [True, False])
def test_the_digest_of_a_new_row_is_that_of_the_row_read_again(village, at, own_block):
    told = written(village, at, village.block if own_block else None)
    rows = Household.all_rows.filter(batch="DR-1025-77").prefetch_related(*bulk.WITH_PARTS)
    assert sorted(told) == sorted(
        ("household", *one) for one in digests.stored_digests("household", state.states(rows))
    )
    assert len(told) == 2


def test_a_household_is_found_by_its_members_as_before(village, at):
    written(village, at, village.block)
    head = Member.objects.filter(household__batch="DR-1025-77", role="head").first()
    assert (head.phone_tail, len(head.id_index)) == ("0001", 40)


def test_a_sweep_takes_rows_parts_and_salts(village, at):
    before = Salt.objects.count(), Member.objects.count(), House.objects.count(), Hardship.objects.count()
    written(village, at, village.block)
    assert bulk.batch_sweep("DR-1025-77") == 2
    assert before == (Salt.objects.count(), Member.objects.count(), House.objects.count(), Hardship.objects.count())


def test_codes_without_a_block_stay_short_for_a_million_rows(village, at):
    written(village, at, None)
    found = list(Household.all_rows.filter(batch="DR-1025-77").order_by("pk").values_list("code", flat=True))
    assert found == ["108-77-1", "108-77-2"]
    assert len("108-99999-1000000") <= Household._meta.get_field("code").max_length
