"""Changing a file: version, what another wrote meanwhile, history with what stood there before, the chain whole."""

import pytest
from django.test import Client
from django.urls import reverse

from heli.households import history, services
from heli.households.models import Household, Link, Member
from heli.ledger import verifying


@pytest.fixture
def household(village):
    return village.households["叶茂林"]


@pytest.fixture
def desk(cast, settings):
    settings.SECURE_SSL_REDIRECT = False
    client = Client()
    client.force_login(cast["linmei"], backend="django.contrib.auth.backends.ModelBackend")
    return client


def opened(client, name, *args):
    """The form as the page hands it out."""
    page = client.get(reverse(name, args=args)).context
    fields = {field.html_name: "" if field.value() is None else field.value() for field in page["form"]}
    return {**fields, **dict(page["was"]), "version": page["version"]}


def test_a_household_is_changed_and_the_history_compares(desk, household, cast):
    form = opened(desk, "households:edit", household.pk)
    answer = desk.post(reverse("households:edit", args=[household.pk]), form | {"bays": 7})
    line = history.of(household, cast["linmei"], 1)[0]
    assert answer.status_code == 302
    assert Household.objects.get(pk=household.pk).bays == 7
    assert [(change.old, change.new) for change in line.changes] == [("6", "7")]
    assert verifying.verify().bad == ()


def test_the_second_of_two_editors_sees_both_values_and_chooses(desk, household):
    form = opened(desk, "households:edit", household.pk)
    desk.post(reverse("households:edit", args=[household.pk]), form | {"group_name": "五组"})
    late = form | {"group_name": "六组"}
    seen = desk.post(reverse("households:edit", args=[household.pk]), late)
    one = seen.context["differences"][0]
    chosen = late | {"version": seen.context["version"], "choose-group_name": "theirs", "bays": 9}
    answer = desk.post(reverse("households:edit", args=[household.pk]), chosen)
    fresh = Household.objects.get(pk=household.pk)
    assert (seen.status_code, one.theirs, one.mine) == (409, "五组", "六组")
    assert (answer.status_code, fresh.group_name, fresh.bays) == (302, "五组", 9)


def test_changes_of_different_fields_go_together(desk, household):
    form = opened(desk, "households:edit", household.pk)
    desk.post(reverse("households:edit", args=[household.pk]), form | {"group_name": "五组"})
    desk.post(reverse("households:edit", args=[household.pk]), form | {"bays": 8})
    fresh = Household.objects.get(pk=household.pk)
    assert (fresh.group_name, fresh.bays) == ("五组", 8)


def test_covered_values_stay_unless_they_are_written(desk, household):
    head = household.members.get(role="head")
    form = opened(desk, "households:member_edit", household.pk, head.pk)
    desk.post(reverse("households:member_edit", args=[household.pk, head.pk]), form | {"kinship": "长房"})
    kept = Member.objects.get(pk=head.pk)
    form = opened(desk, "households:member_edit", household.pk, head.pk)
    desk.post(reverse("households:member_edit", args=[household.pk, head.pk]), form | {"phone": "-"})
    assert "id_number" in form
    assert form["id_number"] == ""
    assert (kept.id_number, kept.phone) == (head.id_number, head.phone)
    assert Member.objects.get(pk=head.pk).phone == ""
    assert verifying.verify().bad == ()


@pytest.mark.parametrize(
    ("number", "wrong"), [("331081196001010002", True), ("33108119600101", True), ("331081196001010001", False)]
)
def test_an_id_number_is_checked(desk, household, number, wrong):
    form = opened(desk, "households:member_new", household.pk) | {"name": "叶小满", "id_number": number}
    answer = desk.post(reverse("households:member_new", args=[household.pk]), form)
    assert (answer.status_code == 422) is wrong


def test_naming_another_head_makes_the_former_one_a_member(desk, household):
    other = household.members.get(name="叶茂青")
    form = opened(desk, "households:member_edit", household.pk, other.pk) | {"role": "head"}
    desk.post(reverse("households:member_edit", args=[household.pk, other.pk]), form)
    roles = dict(household.members.values_list("name", "role"))
    assert (roles["叶茂青"], roles["叶茂林"]) == ("head", "member")


def test_shares_sum_to_one_exactly(desk, household, cast):
    members = list(household.members.order_by("pk"))
    form = opened(desk, "households:shares", household.pk)
    thirds = {f"share_{member.pk}": "1/3" for member in members}
    short = desk.post(reverse("households:shares", args=[household.pk]), form | thirds | {f"share_{members[0].pk}": ""})
    whole = desk.post(reverse("households:shares", args=[household.pk]), form | thirds)
    assert (short.status_code, whole.status_code) == (422, 302)
    assert household.shares.count() == 3
    assert verifying.verify().bad == ()


def test_who_holds_a_share_or_is_the_head_is_not_taken_out(household, cast, at):
    head, second, _mother = household.members.order_by("pk")
    services.shares_set(household, version=household.version, parts={second.pk: (1, 1)}, source="title",
                        actor=cast["linmei"], at=at)  # fmt: skip
    household.refresh_from_db()
    refused = []
    for member in (head, second):
        with pytest.raises(services.DomainError) as told:
            services.member_remove(household, member, version=household.version, actor=cast["linmei"], at=at)
        refused.append(told.value.code)
    assert refused == ["head_stays", "share_stays"]


def test_a_house_is_added_changed_and_taken_away(desk, household):
    form = opened(desk, "households:house_new", household.pk)
    new = form | {"number": "西厢", "structure": "simple", "registered_dm2": "12.5"}
    desk.post(reverse("households:house_new", args=[household.pk]), new)
    house = household.houses.get(number="西厢")
    form = opened(desk, "households:house_edit", household.pk, house.pk)
    desk.post(reverse("households:house_edit", args=[household.pk, house.pk]), form | {"remove": "1"})
    assert house.registered_dm2 == 1250
    assert not household.houses.filter(number="西厢").exists()
    assert verifying.verify().bad == ()


def test_a_household_is_linked_to_its_host(desk, household, village):
    guest = village.households["谷丰年"]
    form = opened(desk, "households:link", guest.pk)
    desk.post(reverse("households:link", args=[guest.pk]), form | {"host": household.code})
    linked = Link.objects.get()
    own = desk.post(reverse("households:link", args=[household.pk]), {"version": 1, "host": household.code})
    assert (linked.household, linked.host) == (guest, household)
    assert own.status_code == 422
    assert verifying.verify().bad == ()


def test_a_file_is_opened_by_hand(desk, village):
    facts = {"head": "方向明", "region_code": "331081108224", "block": village.block.code, "people_count": 2, "bays": 1}
    desk.post(reverse("households:new"), facts)
    made = Household.objects.get(members__name="方向明")
    assert made.code.startswith("吉-")
    assert verifying.verify().bad == ()


def test_an_auditor_sees_the_change_but_not_the_covered_value(desk, household, cast):
    head = household.members.get(role="head")
    form = opened(desk, "households:member_edit", household.pk, head.pk) | {"phone": "10000000999"}
    desk.post(reverse("households:member_edit", args=[household.pk, head.pk]), form)
    line = history.of(household, cast["guqing"], 1)[0]
    assert [change.new for change in line.changes] == ["100****0999"]


def test_a_remark_is_covered_revealed_with_a_reason_kept_and_taken_away(desk, household):
    edit, look = (reverse(f"households:{name}", args=[household.pk]) for name in ("edit", "remark"))
    desk.post(edit, opened(desk, "households:edit", household.pk) | {"remark": "长期卧病"})
    page, form = (
        desk.get(reverse("households:file", args=[household.pk])),
        opened(desk, "households:edit", household.pk),
    )
    without, revealed = (
        desk.post(look, {"field": "remark"}),
        desk.post(look, {"field": "remark", "reason": "mend_record"}),
    )
    desk.post(edit, form | {"bays": 9})
    kept = Household.objects.get(pk=household.pk).remark
    desk.post(edit, opened(desk, "households:edit", household.pk) | {"remark": "-"})
    assert "长期卧病" not in page.content.decode()
    assert (form["remark"], without.status_code, kept) == ("", 422, "长期卧病")
    assert "长期卧病" in revealed.content.decode()
    assert Household.objects.get(pk=household.pk).remark == ""


def test_taking_away_what_somebody_changed_meanwhile_takes_nothing_away(desk, household):
    house = household.houses.get(number="东厢")
    form = opened(desk, "households:house_edit", household.pk, house.pk)
    desk.post(reverse("households:house_edit", args=[household.pk, house.pk]), form | {"floors": 2})
    late = desk.post(
        reverse("households:house_edit", args=[household.pk, house.pk]), form | {"remove": "1", "floors": 5}
    )
    assert late.status_code == 409
    assert household.houses.get(number="东厢").floors == 2


def test_files_without_a_block_never_get_one_number_twice(desk, village):
    facts = {"region_code": "331081108224", "people_count": 1, "bays": 1}
    desk.post(reverse("households:new"), facts | {"head": "甲"})
    first = Household.objects.get(members__name="甲")
    village.households["谷丰年"].delete()
    answer = desk.post(reverse("households:new"), facts | {"head": "乙"})
    assert answer.status_code == 302
    assert Household.objects.get(members__name="乙").code != first.code
