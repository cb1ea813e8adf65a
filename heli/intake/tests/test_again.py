"""A file that comes again: the same changes nothing, what is otherwise is shown and written only when asked for."""

from types import SimpleNamespace

import pytest

from heli.common.errors import Conflict
from heli.helpers.models import Helper
from heli.households.models import House, Household, Member
from heli.intake import services
from heli.intake.models import Before
from heli.intake.tests import rosters
from heli.ledger import verifying
from heli.ledger.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def again(cast, at, tmp_path):
    """Three households written; `rows` hands the next file over, `put_right` writes it with its changes."""
    path = tmp_path / "roster.xlsx"

    def rows(*rows_):
        return rosters.hand_over(rosters.workbook(path, rows_), cast["linmei"], at)

    def put_right(*rows_):
        return rosters.written(rosters.workbook(path, rows_), cast["linmei"], at, changes=True)

    rosters.written(rosters.workbook(path, map(rosters.household, range(3))), cast["linmei"], at)
    return SimpleNamespace(rows=rows, put_right=put_right, person=cast["linmei"], at=at)


def differences(batch, at):
    return [
        [(change.field, change.old, change.new, change.part) for change in one.changed.changes]
        for one in services.look(batch, at).differences
    ]


def test_the_same_rows_are_unchanged(again):
    ready = services.look(again.rows(*map(rosters.household, range(4))), again.at)
    assert (ready.new, ready.known, ready.unchanged, ready.differences) == (1, 3, 3, ())


def test_what_is_otherwise_is_told_field_by_field(again):
    batch = again.rows(
        rosters.household(0, 联系电话="13911112222", 家庭人口=5), rosters.household(1, 户主姓名="叶改名", 建造年份=1998)
    )
    assert differences(batch, again.at) == [
        [("people_count", 3, 5, ""), ("phone", "13900000000", "13911112222", "")],
        [("name", f"叶某{chr(0x4E01)}", "叶改名", ""), ("built_year", 1996, 1998, "1")],
    ]


def test_what_the_file_leaves_empty_says_nothing(again):
    empty = dict.fromkeys(
        ("小组", "联系电话", "家庭人口", "间数", "幢号", "结构", "建造年份", "登记面积", "认定面积"), ""
    )
    assert differences(again.rows(rosters.household(0, **empty)), again.at) == []


def test_a_house_more_is_a_difference_and_a_house_less_is_none(again):
    second = rosters.household(0, 幢号="2", 结构="砖木", 登记面积=60, 认定面积="")
    (told,) = differences(again.rows(rosters.household(0), second), again.at)
    assert [(field, old, new["structure"], part) for field, old, new, part in told] == [
        ("house", None, "brick_timber", "2")
    ]
    again.put_right(rosters.household(0), second)
    assert differences(again.rows(rosters.household(0)), again.at) == []
    assert House.objects.filter(household__serial="0").count() == 2


def test_without_an_id_a_household_is_known_by_name_village_and_number(again):
    again.put_right(rosters.household(7, 身份证号码=""))
    batch = again.rows(rosters.household(7, 身份证号码="", 间数=4))
    assert differences(batch, again.at) == [[("bays", 2, 4, "")]]


def test_an_id_that_was_missing_is_no_second_household(again):
    again.put_right(rosters.household(7, 身份证号码=""))
    batch = again.put_right(rosters.household(7))
    assert (batch.written, batch.updated) == (0, 1)
    assert Member.objects.get(household__serial="7").id_number == rosters.number(7)
    assert verifying.verify().bad == ()


def test_changes_are_written_only_when_asked_for(again):
    path = again.rows(rosters.household(0, 家庭人口=5), rosters.household(9))
    batch = services.batch_write(path, actor=again.person, at=again.at)
    assert (batch.written, batch.updated, batch.known) == (1, 0, 1)
    assert Household.objects.get(serial="0").people_count == 3


def test_changes_raise_the_version_stand_in_one_entry_and_prove_true(again):
    batch = again.put_right(rosters.household(0, 联系电话="13911112222", 家庭人口=5), rosters.household(9))
    household = Household.objects.get(serial="0")
    head = household.members.get()
    assert (batch.written, batch.updated, household.people_count, household.version) == (1, 1, 5, 2)
    assert (head.phone, head.phone_tail) == ("13911112222", "2222")
    assert Entry.objects.filter(verb="batch.write").count() == 2
    assert verifying.verify().bad == ()


def test_the_same_changes_again_change_nothing(again):
    rows = rosters.household(0, 家庭人口=5, 结构="框架"), rosters.household(1)
    again.put_right(*rows)
    ready = services.look(again.rows(*rows), again.at)
    assert (ready.new, ready.differences, ready.unchanged) == (0, (), 2)


def test_what_stood_there_before_is_kept_sealed(again):
    again.put_right(rosters.household(0, 联系电话="13911112222"))
    kept = Before.objects.get()
    assert (kept.version, "13900000000" in kept.changes) == (2, True)
    assert "13900000000" not in Entry.objects.latest("id").payload


def test_a_change_that_the_page_did_not_show_is_not_written(again):
    batch = again.rows(rosters.household(0, 家庭人口=5))
    batch.changes_seen = services.look(batch, again.at).seen
    Household.objects.filter(serial="0").update(people_count=4, version=2)
    with pytest.raises(Conflict) as refused:
        services.batch_write(batch, actor=again.person, at=again.at)
    assert (refused.value.code, Household.objects.get(serial="0").people_count) == ("plan_changed", 4)


def test_somebody_who_edits_at_the_same_moment_is_not_overwritten(again, monkeypatch):
    batch = again.rows(rosters.household(0, 家庭人口=5), rosters.household(9))
    batch.changes_seen = services.look(batch, again.at).seen

    def edit(done, total):
        Household.objects.filter(serial="0").update(version=2, people_count=4)

    with pytest.raises(Conflict) as refused:
        services.batch_write(batch, actor=again.person, at=again.at, report=lambda d, t: d and edit(d, t))
    assert refused.value.code == "household_moved"
    assert (Household.all_rows.count(), Household.objects.get(serial="0").people_count) == (3, 4)


def test_nothing_of_another_town_is_told(again, cast):
    batch = again.rows(rosters.household(0, 家庭人口=5))
    batch.town_code = "331081109"
    ready = services.look(batch, again.at)
    assert (ready.known, ready.differences) == (1, ())


def test_helpers_gain_what_the_file_adds_and_lose_nothing(cast, at, tmp_path):
    path, person = tmp_path / "helpers.xlsx", cast["linmei"]
    rosters.written(rosters.workbook(path, map(rosters.helper, range(2)), rosters.HELPERS), person, at)
    rows = [rosters.helper(0, 专长="法律咨询", 类别="律师", 可联系户数=5), rosters.helper(1)]
    batch = rosters.written(rosters.workbook(path, rows, rosters.HELPERS), person, at, changes=True)
    helper = Helper.objects.get(capacity=5)
    assert (batch.written, batch.updated, helper.version) == (0, 1, 2)
    assert sorted(helper.kinds.values_list("kind", flat=True)) == ["lawyer", "volunteer"]
    assert helper.skills.count() == 2
    assert verifying.verify().bad == ()
