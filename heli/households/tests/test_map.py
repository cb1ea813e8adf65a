"""The working map: in step with the list, in one's own scope, and silent about what one may not see."""

import pytest
from django.urls import reverse

from heli.access import Action, rows
from heli.households import map as working_map
from heli.households.bulk import NewHousehold, NewMember
from heli.households.map import Joined, Mark, joined, plain
from heli.households.models import Household
from heli.ledger import Sheaf

pytestmark = pytest.mark.django_db


def picture(person, words=""):
    found = rows(Household, person, Action.HOUSEHOLD_VIEW)
    return working_map.picture(person, found.filter(members__name=words) if words else found)


def on(map_, household):
    return next(lot for lot in map_.lots if household.pk in lot.pks)


@pytest.fixture
def marked(monkeypatch):
    """A later room tells of 叶茂林 only."""
    monkeypatch.setattr(working_map, "_marks", [])

    def tell(households, person):
        return {row.pk: Mark("3", 3, "析产挂靠") for row in households if row.serial == "1"}

    return lambda: working_map.map_marks(tell)


@pytest.fixture
def enter(client, settings):
    settings.SECURE_SSL_REDIRECT = False

    def enter(person):
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return enter


def test_lots_and_households_meet_by_serial(surveyed, cast):
    found = picture(cast["linmei"])
    lot = on(found, surveyed.households["叶茂林"])
    assert (len(found.lots), lot.text, lot.code) == (206, "三组 1 号，叶茂林", surveyed.households["叶茂林"].code)
    assert found.joined == Joined(with_household=1, without_household=205, households_without_lot=2)
    assert {one.text for one in found.lots if not one.pks} >= {"2 号，名单里没有住户", "206 号，名单里没有住户"}


def test_zeros_before_a_serial_say_nothing():
    assert [plain(text) for text in ("007", " 7", "7", "0", "P007")] == ["7", "7", "7", "0", "P007"]
    assert joined(["001", "2", ""], ["1", "", "9"]) == Joined(1, 2, 2)


def test_families_that_parted_share_a_lot(surveyed, cast, at):
    from heli.households import bulk

    new = NewHousehold("331081108224", (NewMember("叶茂青"),), serial="1")
    bulk.batch_begin("T-9")
    bulk.slice_write([new], block=surveyed.block, town_code="331081108", batch="T-9", today=at.date(), sheaf=Sheaf())
    bulk.batch_enter("T-9")
    found = picture(cast["linmei"])
    assert on(found, surveyed.households["叶茂林"]).text == "三组 1 号，叶茂林、叶茂青"
    assert found.joined.households_without_lot == 2


def test_the_map_follows_the_filter(surveyed, cast):
    home = surveyed.households["叶茂林"]
    assert on(picture(cast["linmei"], words="叶茂林"), home).matching
    assert not on(picture(cast["linmei"], words="谷丰年"), home).matching


def test_a_cadre_sees_the_name_as_in_the_list(surveyed, cast):
    text = on(picture(cast["wentao"]), surveyed.households["叶茂林"]).text
    assert ("叶茂林" in text, text.startswith("三组 1 号，叶")) == (False, True)


@pytest.mark.parametrize("who", ["taoying", "qinchuan", "yelvshi", "anran"])
def test_others_get_no_map(surveyed, cast, who):
    assert picture(cast[who]) is None


def test_plain_lots_until_a_room_tells_what_stands_there(surveyed, cast, marked):
    before = picture(cast["linmei"])
    marked()
    after = picture(cast["linmei"])
    assert ({lot.mark for lot in before.lots}, before.keys) == ({None}, ())
    assert (on(after, surveyed.households["叶茂林"]).mark.digit, [(key.words, n) for key, n in after.keys]) == (
        "3", [("析产挂靠", 1)],
    )  # fmt: skip


def test_the_page_bears_the_readers_name_and_is_not_for_paper(surveyed, cast, enter):
    page = enter(cast["linmei"]).get(reverse("households:map")).content.decode()
    assert ("林梅 2023-10-25 仅限本人办公" in page, 'class="card card-0 no-print workmap"' in page) == (True, True)


def test_the_blocks_own_page_and_its_paper_know_of_no_state_and_no_name(surveyed, cast, enter, marked):
    marked()
    for name in ("parcels:block", "parcels:print"):
        for who in ("linmei", "qinchuan"):
            page = enter(cast[who]).get(reverse(name, args=["108-01"])).content.decode()
            assert ('<path class="lot f0"' in page, "叶茂林" in page, "析产挂靠" in page) == (True, False, False)


def test_headquarters_learns_no_number_of_households_from_the_block(surveyed, cast, enter):
    page = enter(cast["qinchuan"]).get(reverse("parcels:block", args=["108-01"])).content.decode()
    assert ("206" in page, "没有宗地" in page) == (True, False)


def test_the_map_asks_as_much_for_one_household_as_for_many(surveyed, cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        assert picture(cast["linmei"])
