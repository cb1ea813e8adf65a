"""What a slice tells the ledger is what its rows say when they are read again."""

import pytest

from heli.common.errors import Conflict
from heli.households import bulk, state
from heli.households.models import Hardship, Hidden, House, Household, Member
from heli.ledger import Sheaf, digests
from heli.ledger.models import Leaf, Salt

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
    sheaf, place = Sheaf(), {"block": block, "town_code": "331081108", "batch": "DR-1025-77"}
    bulk.batch_begin("DR-1025-77")
    bulk.slice_write([FULL, FULL], **place, today=at.date(), sheaf=sheaf)
    leaves = Leaf.objects.filter(entry_id=sheaf.number).order_by("position")
    return list(leaves.values_list("subject_kind", "subject_id", "digest"))


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


def test_a_sweep_takes_rows_parts_salts_and_leaves(village, at):
    tables = (Household, Member, House, Hardship, Salt, Leaf, Hidden)
    before = [table._base_manager.count() for table in tables]
    written(village, at, village.block)
    assert bulk.batch_sweep("DR-1025-77") == 2
    assert before == [table._base_manager.count() for table in tables]


def test_what_has_entered_is_neither_swept_nor_added_to_by_a_worker_that_was_given_up(village, at):
    written(village, at, village.block)
    assert bulk.batch_enter("DR-1025-77") == 2
    with pytest.raises(Conflict):
        bulk.slice_write([FULL], block=None, town_code="331081108", batch="DR-1025-77", today=at.date(), sheaf=Sheaf())
    assert (bulk.batch_sweep("DR-1025-77"), Household.objects.filter(batch="DR-1025-77").count()) == (0, 2)


def test_codes_without_a_block_stay_short_for_a_million_rows(village, at):
    written(village, at, None)
    found = list(Household.all_rows.filter(batch="DR-1025-77").order_by("pk").values_list("code", flat=True))
    assert found == ["108-77-1", "108-77-2"]
    assert len("108-99999-1000000") <= Household._meta.get_field("code").max_length
