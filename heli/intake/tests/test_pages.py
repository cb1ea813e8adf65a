"""The pages of a batch that comes again or is taken back, as an officer sees them."""

import pytest
from django.test import TestCase
from django.urls import reverse

from heli.fieldwork import services as fieldwork
from heli.households.models import Household
from heli.intake.models import Batch
from heli.intake.tests import rosters

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client, cast):
    client.force_login(cast["linmei"], backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def first(cast, at, tmp_path):
    return rosters.written(rosters.workbook(tmp_path / "r.xlsx", map(rosters.household, range(3))), cast["linmei"], at)


@pytest.fixture
def again(first, cast, at, tmp_path):
    rows = rosters.household(0, 联系电话="13911112222", 家庭人口=5, 登记面积=130.5), rosters.household(1)
    return rosters.hand_over(rosters.workbook(tmp_path / "r.xlsx", rows), cast["linmei"], at)


def page(client, name, batch):
    return client.get(reverse(f"intake:{name}", args=[batch.pk])).content.decode()


def write(client, batch, **form):
    """The job runs at once in tests, as soon as the change is there for all."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        client.post(reverse("intake:write", args=[batch.pk]), form)
    return Batch.objects.get(pk=batch.pk)


def test_old_and_new_stand_side_by_side_and_telephones_show_their_ends(officer, again):
    shown = page(officer, "batch", again)
    assert all(text in shown for text in ("人口数", "139****0000", "139****2222", "120.50 ㎡", "130.50 ㎡"))
    assert "13900000000" not in shown


def test_the_box_is_not_ticked_and_without_it_nothing_is_put_right(officer, again):
    shown = page(officer, "batch", again)
    assert 'name="changes"' in shown
    assert "checked" not in shown
    written = write(officer, again)
    assert (written.updated, Household.objects.get(serial="0").people_count) == (0, 3)


def test_ticked_they_are_put_right_and_counted(officer, again):
    seen = officer.get(reverse("intake:batch", args=[again.pk])).context["ready"].seen
    written = write(officer, again, changes=seen)
    assert (written.state, written.updated, Household.objects.get(serial="0").people_count) == ("done", 1, 5)
    assert "按表改了 1 条有变动的" in page(officer, "batch", written)


def test_taking_back_asks_with_the_count_and_does_it(officer, first):
    assert "撤回这 3 户" in page(officer, "standing", first)
    officer.post(reverse("intake:undo", args=[first.pk]))
    assert Household.objects.count() == 0
    assert "这一批撤回了" in page(officer, "batch", first)


def test_what_stands_in_the_way_is_listed_with_its_file_and_no_button(officer, first, cast, at):
    household = Household.objects.get(serial="1")
    fieldwork.need_raise(household, kind="moving_help", title="搬家", actor=cast["wentao"], at=at)
    shown = page(officer, "standing", first)
    assert reverse("households:file", args=[household.pk]) in shown
    assert household.code in shown
    assert str(cast["wentao"]) in shown
    assert reverse("intake:undo", args=[first.pk]) not in shown


@pytest.mark.parametrize("many", [3, 60])
def test_pages_ask_the_database_no_more_for_more_rows(officer, cast, at, tmp_path, django_assert_max_num_queries, many):
    path = rosters.workbook(tmp_path / "r.xlsx", map(rosters.household, range(many)))
    batch = rosters.written(path, cast["linmei"], at)
    rows = [rosters.household(n, 家庭人口=6) for n in range(many)]
    later = rosters.hand_over(rosters.workbook(tmp_path / "r.xlsx", rows), cast["linmei"], at)
    with django_assert_max_num_queries(24):
        page(officer, "standing", batch)
    with django_assert_max_num_queries(24):
        page(officer, "batch", later)
    assert later.known == many


def test_what_a_preview_shows_when_it_is_opened_again_is_what_can_be_written(officer, cast, at, tmp_path):
    batch = rosters.hand_over(rosters.workbook(tmp_path / "r.xlsx", [rosters.household(0)]), cast["linmei"], at)
    Batch.objects.filter(pk=batch.pk).update(plan_digest="of yesterday", good=7)
    page(officer, "batch", batch)
    fresh = Batch.objects.get(pk=batch.pk)
    assert (fresh.plan_digest, fresh.good) == (batch.plan_digest, 1)
    refused = officer.post(reverse("intake:write", args=[batch.pk]), {"plan": "of yesterday"})
    assert (refused.status_code, Batch.objects.get(pk=batch.pk).state) == (409, "ready")
    assert write(officer, fresh, plan=fresh.plan_digest).state == "done"


@pytest.mark.parametrize("state", ["ready", "done"])
def test_whoever_watched_the_writing_gets_the_whole_page_once_it_is_over(officer, again, state):
    """Also where it was stopped: the heading would go on saying that it is being written."""
    address = reverse("intake:batch", args=[again.pk])
    Batch.objects.filter(pk=again.pk).update(state="writing")
    while_writing = officer.get(address, headers={"HX-Request": "true"})
    Batch.objects.filter(pk=again.pk).update(state=state)
    after = officer.get(address, headers={"HX-Request": "true"})
    assert ("HX-Refresh" in while_writing, after.headers.get("HX-Refresh"), after.content) == (False, "true", b"")
