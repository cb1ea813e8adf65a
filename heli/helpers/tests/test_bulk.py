"""What a slice tells the ledger is what its rows say when they are read again."""

import pytest

from heli.helpers import bulk, state
from heli.helpers.models import Helper, HelperSkill
from heli.ledger import Sheaf, digests
from heli.ledger.models import Leaf, Salt

pytestmark = pytest.mark.django_db
PERSON = bulk.NewHelper(
    "江映雪", "331081108224", ("lawyer", "youth_volunteer"), (("title", 1), ("mediation", 3)), ("wenling",),
    "33108119700101123X", "13900000001", 5, "周末", "在职", "吉捕岙", may_commit=("visit",), serves=("331081108",),
)  # fmt: skip
ORGANISATION = bulk.NewHelper("某某社工站", "331081108", ("organisation",))


def test_the_digest_of_a_new_row_is_that_of_the_row_read_again(installed):
    sheaf = Sheaf()
    bulk.slice_write([PERSON, ORGANISATION], batch="DR-X", sheaf=sheaf)
    rows = Helper.all_rows.filter(batch="DR-X").prefetch_related(*bulk.WITH_PARTS)
    told = Leaf.objects.filter(entry_id=sheaf.number).values_list("subject_kind", "subject_id", "digest")
    assert sorted(told) == sorted(("helper", *one) for one in digests.stored_digests("helper", state.states(rows)))
    assert [row.is_organisation for row in rows.order_by("pk")] == [False, True]


def test_a_sweep_takes_rows_parts_salts_and_leaves(installed):
    bulk.slice_write([PERSON, ORGANISATION], batch="DR-X", sheaf=Sheaf())
    assert (bulk.batch_sweep("DR-X"), Salt.objects.count(), HelperSkill.objects.count()) == (2, 0, 0)
    assert not Leaf.objects.exists()
