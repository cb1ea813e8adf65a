"""What happens around an import that goes wrong: sent twice, stopped, torn off, written by two, no room on the disk.

Never half, never twice; what is not finished has left nothing.
"""

import resource

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from heli.access.models import Grant
from heli.common.errors import Conflict
from heli.households import bulk
from heli.households.models import Household
from heli.intake import planning, services
from heli.intake.models import Batch
from heli.ledger import Sheaf, jobs, verifying
from heli.ledger.models import Entry

from .conftest import stored
from .files.making import HEAD, line, people, roster, text, xlsx

pytestmark = pytest.mark.django_db
TWO = xlsx(roster(*people(2)))
MANY = xlsx(roster(*people(450)))


def test_the_same_file_twice_enters_once(road):
    road.write(road.batch("一.xlsx", TWO))
    again = road.batch("一.xlsx", TWO)
    page = road.preview(again)
    assert "表里能写的都已经在册，没有新的要写。" in page
    assert (again.known, stored()) == (2, (2, 0))


def test_two_previews_of_the_same_file_written_one_after_the_other_enter_once(road):
    first, second = road.batch("一.xlsx", TWO), road.batch("二.xlsx", TWO)
    road.write(first)
    road.write(second)
    assert stored() == (2, 0)
    assert verifying.verify().bad == ()


def test_writing_twice_is_refused_and_writes_once(road):
    batch = road.write(road.batch("一.xlsx", TWO))
    answer = road.client.post(reverse("intake:write", args=[batch.pk]))
    assert (answer.status_code, stored()) == (409, (2, 0))
    assert "刚刚已经写入或退掉了" in answer.content.decode()


@pytest.mark.parametrize("part", [0.01, 0.5, 0.99])
def test_a_worker_that_dies_leaves_nothing_for_anybody(road, officers, part):
    batch = road.batch("许多.xlsx", MANY)

    def dies(done, total):
        if done >= part * total and done:
            raise SystemExit("killed")

    with pytest.raises(SystemExit):
        services.batch_write(batch, actor=officers["linmei"], at=road.at, report=dies)
    batch.refresh_from_db()
    assert (batch.state, stored()) == ("ready", (0, 0))
    assert road.write(batch).written == 450


def test_what_a_killed_process_left_is_nobodys_and_is_swept_by_the_next_try(road, officers):
    """Killed so hard that nothing was swept: the rows are hidden, and the next try begins anew."""
    batch = road.batch("许多.xlsx", MANY)
    ready = services.look(batch, road.at)
    new = [planning.new_household(row) for row in list(ready.households)[:200]]
    bulk.batch_begin(batch.code)
    bulk.slice_write(new, block=None, town_code="331081108", batch=batch.code, today=road.at.date(), sheaf=Sheaf())
    assert stored() == (0, 200)
    assert "户主" not in road.client.get("/desk/households/").content.decode().partition("<tbody")[2]
    assert road.write(batch).written == 450
    assert stored() == (450, 0)


def test_a_stop_leaves_nothing_and_can_be_written_later(road, officers):
    batch = road.batch("许多.xlsx", MANY)

    def stops(done, total):
        if done:
            raise jobs.Stopped

    with pytest.raises(jobs.Stopped):
        services.batch_write(batch, actor=officers["linmei"], at=road.at, report=stops)
    assert stored() == (0, 0)
    assert road.write(Batch.objects.get(pk=batch.pk)).written == 450


@pytest.fixture
def little_room():
    """The machine lets no file of this process grow beyond 2,000 bytes: as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_is_told_and_stores_nothing(road, little_room):
    kept = set(planning.file_path("intake").glob("*"))
    before = Entry.objects.count()
    answer = road.upload("一.xlsx", TWO)
    assert answer.status_code == 422
    assert "服务器上存不下这份文件" in answer.content.decode()
    assert (Batch.objects.count(), Entry.objects.count(), stored()) == (0, before, (0, 0))
    assert set(planning.file_path("intake").glob("*")) == kept


def test_an_upload_that_breaks_off_is_no_file(road):
    """The network goes half way through: what arrives is no form with a file."""
    torn = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\nPK\x03\x04'
    answer = road.client.post(reverse("intake:hand_over"), torn, content_type="multipart/form-data; boundary=x")
    assert answer.status_code in (400, 422)
    assert (Batch.objects.count(), stored()) == (0, (0, 0))


def test_somebody_whose_right_ends_half_way_writes_nothing(road, officers):
    batch = road.batch("一.xlsx", TWO)
    Grant.objects.filter(person=officers["linmei"]).delete()
    answer = road.client.post(reverse("intake:write", args=[batch.pk]))
    assert (answer.status_code, stored()) == (404, (0, 0))


def test_a_file_changed_on_the_disk_after_the_preview_is_not_written(road, officers):
    batch = road.batch("一.xlsx", TWO)
    planning.file_path(batch.file).write_bytes(xlsx(roster(*people(2, 40))))
    services.batch_write(batch, actor=officers["linmei"], at=road.at)
    assert stored() == (batch.good, 0)  # what was shown, for that was kept


def test_nor_is_it_when_what_was_kept_of_the_preview_is_gone_or_was_changed_too(road, officers):
    batch = road.batch("一.xlsx", TWO)
    kept = planning.plan_path(planning.file_path(batch.file))
    planning.file_path(batch.file).write_bytes(xlsx(roster(*people(2, 40))))
    kept.write_bytes(bytes(200) + kept.read_bytes()[200:])
    for code in ("preview_damaged", "plan_changed"):
        with pytest.raises(Conflict) as refused:
            services.batch_write(batch, actor=officers["linmei"], at=road.at)
        assert (refused.value.code, stored()) == (code, (0, 0))


def test_a_file_of_no_rows_says_so_and_writes_nothing(road):
    batch = road.batch("空表.xlsx", xlsx([HEAD]))
    assert (batch.rows, batch.good) == (0, 0)
    assert "没有一行可以写入" in road.preview(batch)


def test_what_is_thrown_away_takes_its_file_along(road):
    batch = road.batch("一.xlsx", TWO)
    place = planning.file_path(batch.file)
    road.client.post(reverse("intake:discard", args=[batch.pk]))
    batch.refresh_from_db()
    assert (batch.state, place.exists(), stored()) == ("discarded", False, (0, 0))
    assert road.client.post(reverse("intake:write", args=[batch.pk])).status_code == 409


def test_a_person_registered_meanwhile_is_recognised(road, officers):
    first, second = road.batch("一.csv", text(roster(*people(3)))), road.batch("二.csv", text(roster(line(2))))
    road.write(second)
    written = road.write(first)
    assert stored() == (3, 0)
    assert written.known == 1


def test_two_officers_files_of_one_village_do_not_mix(road, officers):
    one, two = road.batch("一.csv", text(roster(*people(2)))), road.batch("二.csv", text(roster(*people(2, 10))))
    road.write(two)
    road.write(one)
    assert sorted(Household.objects.values_list("batch", flat=True)) == sorted([one.code] * 2 + [two.code] * 2)


@pytest.mark.parametrize("name", ["../../x.xlsx", "a" * 300 + ".xlsx", "表\u202exslx.exe", "a\x00b.xlsx", "CON.xlsx", ".xlsx", "x.xlsx "])  # fmt: skip
def test_a_file_has_any_name_and_lands_where_it_belongs(road, name):
    answer = road.client.post(reverse("intake:hand_over"), {"file": SimpleUploadedFile(name, TWO), "block": ""})
    assert answer.status_code in (302, 400, 422)
    for batch in Batch.objects.all():
        place = planning.file_path(batch.file).resolve()
        assert place.parent == planning.file_path("intake").resolve()
        assert road.preview(batch)


def test_the_same_id_in_another_town_does_not_enter_again(road):
    road.write(road.batch("一.csv", text(roster(line(1)))))
    Household.objects.update(town_code="331081100", region_code="331081100201")
    again = road.batch("二.csv", text(roster(line(1, 户主姓名="同一人"))))
    assert (services.look(again, road.at).new, again.known) == (0, 1)
