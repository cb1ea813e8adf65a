"""Keeping the tree: names, joined villages with all that lies in them, codes, teams; and old names in files."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from heli import ledger
from heli.access.models import Grant
from heli.blocks.models import BlockVillage
from heli.common import days
from heli.common.errors import Conflict, DomainError
from heli.demo.cast import TOWN, VILLAGE
from heli.demo.small import OTHER_VILLAGE
from heli.demo.writing import Source
from heli.fieldwork.models import Need
from heli.helpers.models import Helper
from heli.households import bulk as household_bulk
from heli.households import services as households
from heli.households.models import Household
from heli.intake.planning import places
from heli.intake.reading.places import Gazetteer
from heli.ledger import verifying
from heli.ledger.models import Entry
from heli.regions import keeping, selectors
from heli.regions.models import Region, RegionChange

ON = date(2023, 10, 20)


@pytest.fixture
def desk(village, cast, settings):
    settings.SECURE_SSL_REDIRECT = False
    client = Client()
    client.force_login(cast["qinchuan"], backend="django.contrib.auth.backends.ModelBackend")
    return client


def told_by(cast, at):
    return {"on": ON, "reason": "温政函〔2023〕1 号", "actor": cast["qinchuan"], "at": at}


def region(code):
    return Region.objects.get(code=code)


def test_a_merged_village_takes_all_that_lies_in_it_along(village, cast, at):
    moved = keeping.region_merge(region(VILLAGE), into=region(OTHER_VILLAGE), **told_by(cast, at))
    lie = [set(model.objects.values_list("region_code", flat=True)) for model in (Household, Need)]
    assert moved == {VILLAGE: OTHER_VILLAGE}
    assert lie == [{OTHER_VILLAGE}, {OTHER_VILLAGE}]
    assert not Helper.objects.filter(region_code=VILLAGE).exists()
    assert list(BlockVillage.objects.values_list("village_code", flat=True)) == [OTHER_VILLAGE]
    assert Grant.objects.get(person=cast["wentao"], until_at=None).region_code == OTHER_VILLAGE
    assert region(VILLAGE).ended_on == ON
    assert Entry.objects.filter(chain__name="rules", verb="region.merge").count() == 1
    assert verifying.verify().bad == ()


def test_who_ends_is_offered_no_more_and_keeps_its_name(village, cast, at):
    name = region(VILLAGE).name
    keeping.region_merge(region(VILLAGE), into=region(OTHER_VILLAGE), **told_by(cast, at))
    assert VILLAGE not in {one.code for one in selectors.by_level("village", TOWN)}
    assert selectors.name_of(VILLAGE) == name
    assert selectors.current(VILLAGE) == OTHER_VILLAGE


def test_what_is_done_in_between_is_refused_whole(village, cast, at):
    first, second = region(VILLAGE), region(VILLAGE)
    keeping.region_merge(first, into=region(OTHER_VILLAGE), **told_by(cast, at))
    with pytest.raises(Conflict):
        keeping.region_merge(second, into=region(OTHER_VILLAGE), **told_by(cast, at))
    with pytest.raises(Conflict):
        keeping.region_rename(region(VILLAGE), name="新名村", **told_by(cast, at))
    assert RegionChange.objects.count() == 1


def test_a_new_name_is_said_at_once_found_by_pinyin_and_the_old_one_in_files(village, cast, at, desk):
    old = selectors.name_of(VILLAGE)
    keeping.region_rename(region(VILLAGE), name="凤栖村", **told_by(cast, at))
    found = desk.get(reverse("regions:list"), {"q": "fengqi"}).context["listed"].rows
    gazetteer = Gazetteer(places(), town=TOWN)
    assert selectors.name_of(VILLAGE) == "凤栖村"
    assert found[0].pk == VILLAGE
    assert (gazetteer.village(old), gazetteer.village("凤栖村")) == (VILLAGE, VILLAGE)
    assert gazetteer.renamed == {old: "凤栖村"}


def test_a_joined_villages_name_in_a_file_means_the_village_it_is_now(village, cast, at):
    old, new = selectors.name_of(VILLAGE), selectors.name_of(OTHER_VILLAGE)
    keeping.region_merge(region(VILLAGE), into=region(OTHER_VILLAGE), **told_by(cast, at))
    gazetteer = Gazetteer(places(), town=TOWN)
    assert gazetteer.village(old) == OTHER_VILLAGE
    assert gazetteer.renamed == {old: new}


def test_a_name_stands_once_below_one_parent_and_may_repeat_elsewhere(village, cast, at):
    with pytest.raises(Conflict):
        keeping.region_rename(region(VILLAGE), name=region(OTHER_VILLAGE).name, **told_by(cast, at))
    elsewhere = Region.objects.filter(level="village").exclude(parent_code=TOWN).first()
    keeping.region_rename(region(VILLAGE), name=elsewhere.name, **told_by(cast, at))
    assert region(VILLAGE).name == elsewhere.name


def test_teams_are_numbered_below_their_village_and_go_with_it(village, cast, at):
    facts = {"actor": cast["qinchuan"], "at": at}
    team = keeping.team_add(region(VILLAGE), name="上坑自然村", **facts)
    keeping.team_add(region(OTHER_VILLAGE), name="下坑自然村", **facts)
    household = village.households["叶茂林"]
    Household.objects.filter(pk=household.pk).update(region_code=team.code)
    household.refresh_from_db()
    households.household_edit(household, version=household.version, facts={"bays": 7}, **facts)
    moved = keeping.region_merge(region(VILLAGE), into=region(OTHER_VILLAGE), **told_by(cast, at))
    assert team.code == f"{VILLAGE}-01"
    assert moved[team.code] == f"{OTHER_VILLAGE}-02"
    assert Household.objects.get(pk=household.pk).region_code == f"{OTHER_VILLAGE}-02"
    assert verifying.verify().bad == ()
    with pytest.raises(DomainError):
        keeping.team_add(region(TOWN), name="不行", **facts)


def test_another_code_carries_everything_below_it(village, cast, at):
    keeping.team_add(region(VILLAGE), name="上坑自然村", actor=cast["qinchuan"], at=at)
    fresh = keeping.region_recode(region(TOWN), code="331081188", **told_by(cast, at))
    moved = f"331081188{VILLAGE[9:]}"
    assert fresh.parent_code == "331081"
    assert region(f"{moved}-01").parent_code == moved
    assert Household.objects.get(pk=village.households["叶茂林"].pk).region_code == moved
    assert Grant.objects.get(person=cast["linmei"], until_at=None).region_code == "331081188"
    assert village.block.villages.filter(village_code=moved).exists()
    assert verifying.verify().bad == ()


@pytest.mark.parametrize("code", ["33108118", "331082188", "331081002", "33108118x"])
def test_a_code_that_cannot_be_is_refused(village, cast, at, code):
    with pytest.raises(DomainError):
        keeping.region_recode(region(TOWN), code=code, **told_by(cast, at))
    assert region(TOWN).ended_on is None


def test_headquarters_looks_first_and_confirms_by_the_name(desk, village):
    address, name = reverse("regions:merge", args=[VILLAGE]), region(VILLAGE).name
    look = desk.get(address, {"into": OTHER_VILLAGE}).context["look"]
    facts = {"into": OTHER_VILLAGE, "on": "2023-10-20", "reason": "文号"}
    wrong, untouched = desk.post(address, facts | {"typed": "别的村"}), region(VILLAGE).ended_on
    right = desk.post(address, facts | {"typed": name})
    assert look == ["2 户", "1 位社会力量", "1 件要帮的忙", "1 个区块", "2 个人的岗位"]
    assert (wrong.status_code, untouched, right.status_code) == (422, None, 302)
    assert region(VILLAGE).ended_on == ON


def test_an_import_that_enters_after_its_village_went_follows_it(village, cast, at, django_capture_on_commit_callbacks):
    """Some rows were hidden when the village was joined to another, some are written under its old code after that."""
    new = [household_bulk.NewHousehold(VILLAGE, (household_bulk.NewMember(name),)) for name in ("甲某", "乙某")]
    place = {"block": None, "town_code": TOWN, "batch": "DR-1020-09", "today": ON, "sheaf": ledger.Sheaf()}
    household_bulk.batch_begin("DR-1020-09")
    household_bulk.slice_write(new[:1], **place)
    with django_capture_on_commit_callbacks(execute=True):
        keeping.region_merge(region(VILLAGE), into=region(OTHER_VILLAGE), **told_by(cast, at))
    household_bulk.slice_write(new[1:], **place)
    with django_capture_on_commit_callbacks(execute=True):
        entered(place["sheaf"], cast, at)
    lie = Household.objects.filter(batch="DR-1020-09").values_list("region_code", flat=True)
    assert list(lie) == [OTHER_VILLAGE, OTHER_VILLAGE]
    assert verifying.verify().bad == ()


@ledger.written
def entered(sheaf, cast, at):
    household_bulk.batch_enter("DR-1020-09")
    subject = Source("DR-1020-09", f"town/{TOWN}")
    ledger.leaves(ledger.append("demo.households", subject=subject, actor=cast["linmei"], at=at), (), sheaf)


def test_an_ended_village_keeps_what_is_registered_there_and_can_stand_again(village, cast, at):
    team = keeping.team_add(region(VILLAGE), name="上坑自然村", actor=cast["qinchuan"], at=at)
    keeping.region_end(region(VILLAGE), **told_by(cast, at))
    assert (region(VILLAGE).ended_on, region(team.code).ended_on) == (ON, ON)
    assert VILLAGE not in {one.code for one in selectors.by_level("village", TOWN)}
    assert (selectors.name_of(VILLAGE), selectors.current(VILLAGE)) == (region(VILLAGE).name, VILLAGE)
    assert Household.objects.filter(region_code=VILLAGE).count() == 2
    keeping.region_revive(region(VILLAGE), actor=cast["qinchuan"], at=at)
    assert (region(VILLAGE).ended_on, region(team.code).ended_on) == (None, None)
    with pytest.raises(Conflict):
        keeping.region_revive(region(VILLAGE), actor=cast["qinchuan"], at=at)
    assert verifying.verify().bad == ()


def test_a_town_with_villages_is_not_ended(village, cast, at):
    with pytest.raises(DomainError) as refused:
        keeping.region_end(region(TOWN), **told_by(cast, at))
    assert (refused.value.code, region(TOWN).ended_on) == ("region_not_empty", None)


def test_what_hangs_on_it_is_said_before_a_code_changes_or_a_village_ends(desk, village):
    recode, end = (reverse(f"regions:{act}", args=[VILLAGE]) for act in ("recode", "end"))
    for address in (recode, end):
        page = desk.get(address).content.decode()
        assert ("2 户" in page, "1 个区块" in page, f'value="{days.today().isoformat()}"' in page) == (True, True, True)
    facts = {"on": "2023-10-20", "reason": "文号"}
    wrong = desk.post(recode, facts | {"code": OTHER_VILLAGE})
    assert (wrong.status_code, "已经有人用了" in wrong.content.decode(), "文号" in wrong.content.decode()) == (
        422,
        True,
        True,
    )
    assert desk.post(end, facts | {"typed": "别的"}).status_code == 422
    done = desk.post(recode, facts | {"code": f" {TOWN}９９９"})
    assert (done["Location"], region(VILLAGE).ended_on) == (reverse("regions:region", args=[f"{TOWN}999"]), ON)
    old = desk.get(reverse("regions:region", args=[VILLAGE])).content.decode()
    assert f"/desk/regions/{TOWN}999/" in old


def test_a_day_to_come_is_refused_and_the_pages_of_names_and_teams_write(desk, village, cast, at):
    later = desk.post(reverse("regions:rename", args=[VILLAGE]), {"name": "凤栖村", "on": "2099-01-01", "reason": "文"})
    renamed = desk.post(
        reverse("regions:rename", args=[VILLAGE]), {"name": "凤栖村", "on": "2023-10-20", "reason": "文"}
    )
    team = desk.post(reverse("regions:team_new", args=[VILLAGE]), {"name": "上坑自然村"})
    page = desk.get(reverse("regions:region", args=[VILLAGE])).content.decode()
    assert (later.status_code, renamed.status_code, team.status_code) == (422, 302, 302)
    assert "凤栖村" in page
    assert "上坑自然村" in page
