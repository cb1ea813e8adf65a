"""A batch is taken back whole while nobody has touched what it brought; else it is said what stands in the way."""

import pytest

from heli.access.models import Relation
from heli.common.errors import Conflict
from heli.fieldwork import services as fieldwork
from heli.helpers import services as helper_services
from heli.helpers.models import Helper
from heli.households import filing
from heli.households.models import House, Household, Member
from heli.intake import services, standing
from heli.intake.models import Batch, Before
from heli.intake.tests import rosters
from heli.ledger import verifying
from heli.ledger.models import Salt
from heli.papers import services as papers

# One white point, as a PNG.
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63f80f000101010018dd8db0"
    "0000000049454e44ae426082"
)
pytestmark = pytest.mark.django_db


@pytest.fixture
def roster(tmp_path):
    return lambda *rows: rosters.workbook(tmp_path / "roster.xlsx", rows)


@pytest.fixture
def batch(cast, at, roster):
    return rosters.written(roster(*map(rosters.household, range(3))), cast["linmei"], at)


def undo(batch, cast, at):
    return services.batch_undo(Batch.objects.get(pk=batch.pk), actor=cast["linmei"], at=at)


def refused(batch, cast, at):
    with pytest.raises(Conflict) as error:
        undo(batch, cast, at)
    return error.value.code, Household.objects.filter(batch=batch.code).count()


def test_rows_parts_and_salts_go_and_the_ledger_proves_true(cast, at, batch):
    undo(batch, cast, at)
    assert (Household.all_rows.count(), Member.objects.count(), House.objects.count()) == (0, 0, 0)
    assert not Salt.objects.filter(subject_kind="household").exists()
    assert (Batch.objects.get().state, verifying.verify().bad) == ("undone", ())


def test_the_same_file_can_be_written_again(cast, at, batch, roster):
    undo(batch, cast, at)
    again = rosters.written(roster(*map(rosters.household, range(3))), cast["linmei"], at)
    assert (again.written, Household.objects.count(), verifying.verify().bad) == (3, 3, ())


def test_twice_is_refused(cast, at, batch):
    undo(batch, cast, at)
    with pytest.raises(Conflict):
        services.batch_undo(batch, actor=cast["linmei"], at=at)
    assert Household.all_rows.count() == 0


def test_a_need_stands_in_the_way_with_what_who_and_when(cast, at, batch):
    household = Household.objects.get(serial="1")
    fieldwork.need_raise(household, kind="moving_help", title="搬家", actor=cast["wentao"], at=at)
    (found,) = standing.in_the_way(batch)
    assert (found.pk, found.label, found.who, found.at) == (household.pk, household.code, str(cast["wentao"]), at)
    assert found.url.endswith(f"/{household.pk}/")
    assert refused(batch, cast, at) == ("batch_in_use", 3)
    assert verifying.verify().bad == ()


def test_an_edit_since_stands_in_the_way(cast, at, batch):
    Household.objects.filter(serial="1").update(version=2)
    assert [found.pk for found in standing.in_the_way(batch)] == [Household.objects.get(serial="1").pk]
    assert refused(batch, cast, at) == ("batch_in_use", 3)


def test_somebody_who_answers_for_a_household_stands_in_the_way(cast, at, batch):
    household = Household.objects.first()
    Relation.objects.create(
        person=cast["wentao"], subject_kind="household", subject_id=household.pk, as_what="liaison", from_at=at
    )
    assert [(found.pk, found.who) for found in standing.in_the_way(batch)] == [(household.pk, str(cast["wentao"]))]
    assert refused(batch, cast, at) == ("batch_in_use", 3)


def test_a_paper_stands_in_the_way_also_from_the_bin(cast, at, batch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    household = Household.objects.get(serial="1")
    file = papers.Handed("a.png", PICTURE)
    paper = papers.paper_add(filing.subject(household), file, kind="other", actor=cast["wentao"], at=at)
    papers.paper_remove(paper, actor=cast["linmei"], at=at)
    assert [(found.pk, found.who) for found in standing.in_the_way(batch)] == [(household.pk, str(cast["wentao"]))]
    refused(batch, cast, at)


def test_a_later_batch_that_changed_a_row_stands_in_the_way_until_it_is_taken_back(cast, at, batch, roster):
    later = rosters.written(roster(rosters.household(0, 家庭人口=5)), cast["linmei"], at, changes=True)
    assert refused(batch, cast, at) == ("batch_in_use", 3)
    undo(later, cast, at)
    assert Household.objects.get(serial="0").people_count == 3


def test_changes_go_back_to_what_stood_there(cast, at, batch, roster):
    changed = rosters.household(0, 联系电话="13911112222", 家庭人口=5, 结构="框架")
    more = rosters.household(0, 幢号="2", 认定面积="")
    later = rosters.written(roster(changed, more, rosters.household(9)), cast["linmei"], at, changes=True)
    assert House.objects.filter(household__serial="0").count() == 2
    undo(later, cast, at)
    household = Household.objects.get(serial="0")
    assert (household.people_count, household.version, household.members.get().phone) == (3, 3, "13900000000")
    assert list(household.houses.values_list("number", "structure")) == [("1", "brick_concrete")]
    assert (Household.objects.count(), Before.objects.count(), verifying.verify().bad) == (3, 0, ())


def test_what_changed_since_an_update_stands_in_its_way(cast, at, batch, roster):
    first = rosters.written(roster(rosters.household(0, 家庭人口=5)), cast["linmei"], at, changes=True)
    rosters.written(roster(rosters.household(0, 家庭人口=6)), cast["linmei"], at, changes=True)
    with pytest.raises(Conflict):
        undo(first, cast, at)
    assert Household.objects.get(serial="0").people_count == 6


def test_helpers_who_were_admitted_stand_in_the_way(cast, at, tmp_path):
    path = rosters.workbook(tmp_path / "h.xlsx", map(rosters.helper, range(2)), rosters.HELPERS)
    batch = rosters.written(path, cast["linmei"], at)
    helper = Helper.objects.first()
    helper_services.helpers_admit([helper], reason="测试", trained_on=at.date(), actor=cast["linmei"], at=at)
    assert [found.pk for found in standing.in_the_way(batch)] == [helper.pk]
    with pytest.raises(Conflict):
        undo(batch, cast, at)
    assert Helper.objects.count() == 2


def test_a_member_of_a_team_stands_in_the_way(cast, at, tmp_path):
    path = rosters.workbook(tmp_path / "h.xlsx", map(rosters.helper, range(2)), rosters.HELPERS)
    batch = rosters.written(path, cast["linmei"], at)
    leader, other = Helper.objects.order_by("pk")
    helper_services.team_add(
        name="调解队", region_code=rosters.TOWN, leader=leader, members=[leader, other], actor=cast["linmei"], at=at
    )
    assert {found.pk for found in standing.in_the_way(batch)} == {leader.pk, other.pk}


def test_untouched_helpers_go(cast, at, tmp_path):
    path = rosters.workbook(tmp_path / "h.xlsx", map(rosters.helper, range(2)), rosters.HELPERS)
    undo(rosters.written(path, cast["linmei"], at), cast, at)
    assert (Helper.all_rows.count(), verifying.verify().bad) == (0, ())


def test_everything_outside_that_can_hang_on_a_register_is_asked():
    """If this fails: a new room refers to a household or helper; see that its rows stand in the way of an undo."""
    found = {(model._meta.label, path) for model, path in standing.references(Household)}
    assert ("fieldwork.Need", "household") in found
    assert ("households.Member", "household") not in found
    assert ("households.Link", "host") in found
