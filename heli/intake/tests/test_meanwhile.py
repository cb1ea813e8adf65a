"""While an import writes: progress, a stop, a killed worker, and others who write too."""

import threading
import time

import pytest
from django.db import connection, transaction

from heli.common.errors import Conflict
from heli.households import bulk
from heli.households.models import Hidden, Household, Member
from heli.intake import keeping, planning, services, writing
from heli.intake.models import Batch
from heli.intake.tests import rosters
from heli.ledger import Sheaf, jobs, verifying
from heli.ledger.models import Entry, Job, Salt
from heli.messages.models import Message

MANY = 5_000


@pytest.fixture
def batch(cast, at, tmp_path):
    return rosters.hand_over(
        rosters.workbook(tmp_path / "r.xlsx", map(rosters.household, range(3))), cast["linmei"], at
    )


def waiting(batch, person, at, **job):
    """The batch as a worker takes it up, its job in the given state."""
    Batch.objects.filter(pk=batch.pk).update(state="writing", tries=1)
    batch.refresh_from_db()
    facts = {"kind": "intake.write", "arguments": {"batch": batch.pk}, "wanted_by": person, "wanted_at": at}
    return Job.objects.create(key=batch.job_key, **facts | job)


def hidden(batch, village):
    """What a worker wrote before it was killed."""
    new = [bulk.NewHousehold(region_code="331081108224", members=(bulk.NewMember("某某"),))]
    bulk.batch_begin(batch.code)
    bulk.slice_write(new, block=None, town_code=rosters.TOWN, batch=batch.code, today=batch.at.date(), sheaf=Sheaf())


@pytest.mark.django_db
def test_a_stop_while_running_leaves_nothing_and_says_so(cast, at, batch, monkeypatch):
    job = waiting(batch, cast["linmei"], at)
    monkeypatch.setattr(writing, "EVERY", 0.0)
    slices = []

    def write(slice_, sheaf):
        slices.append(bulk_write(slice_, sheaf))
        services.batch_stop(Batch.objects.get(pk=batch.pk))

    bulk_write = bulk.Slice.write
    monkeypatch.setattr(bulk.Slice, "write", write)
    jobs.run_job.call(job.pk)
    job.refresh_from_db()
    batch.refresh_from_db()
    assert (job.state, batch.state, len(slices)) == ("stopped", "ready", 1)
    assert (Household.all_rows.count(), Member.objects.count(), Salt.objects.count()) == (0, 0, 0)
    assert batch.problem


@pytest.mark.django_db
def test_what_a_killed_worker_left_is_swept_and_can_be_written_again(cast, at, batch):
    waiting(batch, cast["linmei"], at, state="failed", problem="lease")
    hidden(batch, None)
    assert services.batches_tidy() == 1
    batch.refresh_from_db()
    assert (batch.state, Household.all_rows.count(), Salt.objects.count()) == ("ready", 0, 0)
    services.batch_write(batch, actor=cast["linmei"], at=at)
    assert (Household.objects.count(), verifying.verify().bad) == (3, ())


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["waiting", "running"])
def test_a_batch_whose_worker_lives_is_left_alone(cast, at, batch, state):
    waiting(batch, cast["linmei"], at, state=state)
    hidden(batch, None)
    assert services.batches_tidy() == 0
    assert (Batch.objects.get().state, Household.all_rows.count()) == ("writing", 1)


@pytest.mark.django_db
def test_a_second_worker_begins_anew_over_what_the_first_left(cast, at, batch):
    job = waiting(batch, cast["linmei"], at)
    hidden(batch, None)
    jobs.run_job.call(job.pk)
    assert (Household.all_rows.count(), Batch.objects.get().written, Message.objects.count()) == (3, 3, 1)
    assert verifying.verify().bad == ()


@pytest.mark.django_db
def test_hidden_rows_that_an_undo_left_are_swept(cast, at, batch):
    services.batch_write(batch, actor=cast["linmei"], at=at)
    Batch.objects.update(state="undone")
    Hidden.objects.create(batch=batch.code)
    assert services.batches_tidy() == 1
    assert Household.all_rows.count() == 0


def test_progress_is_told_at_once_then_once_a_second_and_at_the_end(monkeypatch):
    clock, told = iter([10.0, 10.4, 10.9, 11.2, 11.5, 11.6]), []
    monkeypatch.setattr(writing, "monotonic", lambda: next(clock))
    report = writing.each_second(lambda done, total: told.append(done))
    for done in (0, 1, 2, 3, 4, 5):
        report(done, 5)
    assert told == [0, 3, 5]


@pytest.mark.django_db
def test_rows_go_in_slices_each_a_transaction_of_its_own(cast, at, batch, monkeypatch):
    monkeypatch.setattr(writing, "SLICE", dict.fromkeys(writing.SLICE, 2))
    sizes, between = [], []
    write = bulk.Slice.write
    monkeypatch.setattr(bulk.Slice, "write", lambda one, sheaf: sizes.append(len(one.new)) or write(one, sheaf))
    depth = len(connection.savepoint_ids)
    services.batch_write(
        batch, actor=cast["linmei"], at=at, report=lambda done, total: between.append(len(connection.savepoint_ids))
    )
    assert (sizes, set(between)) == ([2, 1], {depth})


def test_a_slice_is_small_enough_to_wait_for():
    """Two thousand rows of six tables take SQLite 0.1 s here: under a second on the slowest office machine."""
    assert writing.SLICE["sqlite"] <= 2_000


@pytest.mark.django_db
def test_the_last_transaction_is_a_few_statements_however_many_rows(cast, at, tmp_path, django_assert_max_num_queries):
    path = rosters.workbook(tmp_path / "r.xlsx", map(rosters.household, range(300)))
    batch = rosters.hand_over(path, cast["linmei"], at)
    ready = services.look(batch, at)
    sheaf = writing._write_slices(batch, ready, at.date(), lambda done, total: None)
    with django_assert_max_num_queries(16):
        writing._enter(batch, ready, sheaf, actor=cast["linmei"], at=at)
    assert Household.objects.count() == 300


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_others_write_while_five_thousand_rows_come_in(cast, at, tmp_path):
    """The longest wait is printed (`-s`); what is held is that others got through again and again, and nothing was lost."""
    path = rosters.workbook(tmp_path / "r.xlsx", map(rosters.household, range(MANY)))
    batch = rosters.hand_over(path, cast["linmei"], at)
    waits, ended = [], threading.Event()

    def other():
        while not ended.is_set():
            began = time.perf_counter()
            with transaction.atomic():
                Batch.objects.filter(pk=0).update(problem="x")
                Salt.objects.create(subject_kind="test", subject_id=str(len(waits)), salt=b"x")
            waits.append(time.perf_counter() - began)
            time.sleep(0.01)
        connection.close()

    second = threading.Thread(target=other)
    second.start()
    try:
        services.batch_write(batch, actor=cast["linmei"], at=at)
    finally:
        ended.set()
        second.join()
    print(f"{len(waits)} writes of another beside {MANY} rows, the longest waited {max(waits):.3f} s")
    assert (Household.objects.count(), Salt.objects.filter(subject_kind="test").count()) == (MANY, len(waits))
    assert len(waits) >= MANY / writing.SLICE["sqlite"]
    assert Entry.objects.filter(verb="batch.write").count() == 1


@pytest.mark.django_db
def test_a_stop_while_the_file_is_read_ends_the_reading(cast, at, tmp_path):
    """More than one telling before the first row is written."""
    path, told = rosters.workbook(tmp_path / "r.xlsx", map(rosters.household, range(1200))), []
    batch = rosters.hand_over(path, cast["linmei"], at)
    keeping.forget(planning.plan_path(planning.file_path(batch.file)))

    def stop(done, total):
        told.append(done)
        if len(told) == 3:
            raise jobs.Stopped

    with pytest.raises(jobs.Stopped):
        services.batch_write(batch, actor=cast["linmei"], at=at, report=stop)
    assert (told, Household.all_rows.count()) == ([0, 0, 0], 0)


@pytest.mark.django_db
def test_a_batch_swept_by_another_does_not_enter_by_halves(cast, at, batch):
    ready = services.look(batch, at)
    sheaf = writing._write_slices(batch, ready, at.date(), lambda done, total: None)
    Household.all_rows.filter(serial="1").delete()
    with pytest.raises(Conflict):
        writing._enter(batch, ready, sheaf, actor=cast["linmei"], at=at)
    assert Household.objects.count() == 0
