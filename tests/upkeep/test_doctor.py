"""The doctor finds what was planted, says what to do, and touches nothing."""

import json
import os
import shutil
import subprocess
import sys
from collections import namedtuple
from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from heli.__main__ import BARE
from heli.common import days
from heli.common.models import Installation
from heli.ledger.canonical import stamp
from heli.ledger.models import Chain
from heli.upkeep import facts, files

from . import machines
from .machines import heli

LOCAL = ["localhost", "127.0.0.1"]


@pytest.fixture
def well(machine, settings):
    """A machine in order: served on loopback, its folders for their owner only."""
    settings.ALLOWED_HOSTS, settings.DEBUG, settings.SECRET_KEY = LOCAL, False, "s" * 50
    machine.place.home.chmod(0o700)
    return machine


def grades():
    """Check → grade, what to do; and the exit code."""
    code, told = heli("doctor")
    return code, {found["check"]: (found["grade"], found["todo"]) for found in told["found"]}


def test_a_machine_in_order_has_nothing_bad(well):
    code, found = grades()
    assert (code, [check for check, (grade, _) in found.items() if grade == "bad"]) == (0, [])
    assert {check for check, (grade, _) in found.items() if grade == "warn"} <= {
        "keys_apart",
        "engine_checksums",
        "disk",
    }
    assert {found[check][0] for check in ("migrations", "ledger", "keys_open", "worker", "papers")} == {"ok"}


def plant_open_keys(place, settings):
    place.ring.chmod(0o644)


def plant_keys_among_data(place, settings):
    shutil.copytree(place.keys, place.home / "keys")
    settings.HELI_KEYS = place.home / "keys"


def plant_lost_keys(place, settings):
    place.ring.unlink()
    settings.KEY_RING = settings.KEY_RING | {"fields": {"k1": "Zm" * 21 + "M="}}


def plant_broken_keys(place, settings):
    place.ring.write_text("{")


def plant_debug(place, settings):
    settings.DEBUG = True


def plant_any_host(place, settings):
    settings.ALLOWED_HOSTS = ["*"]


def plant_no_host(place, settings):
    settings.ALLOWED_HOSTS = [""]


def plant_plain_http(place, settings):
    settings.ALLOWED_HOSTS, settings.HTTPS = ["heli.example"], False


def plant_short_secret(place, settings):
    settings.SECRET_KEY = "secret"


@pytest.mark.parametrize(
    ("plant", "check"),
    [
        (plant_open_keys, "keys_mode"),
        (plant_keys_among_data, "keys_apart"),
        (plant_lost_keys, "keys_open"),
        (plant_broken_keys, "keys"),
        (plant_debug, "debug"),
        (plant_any_host, "hosts"),
        (plant_no_host, "hosts"),
        (plant_plain_http, "https"),
        (plant_short_secret, "secret"),
    ],
)
def test_what_is_unsafe_is_found_and_there_is_something_to_do(well, settings, plant, check):
    plant(well.place, settings)
    code, found = grades()
    assert (code, found[check][0], bool(found[check][1])) == (1, "bad", True)


def test_a_demonstration_is_not_for_others_to_reach(well, settings):
    settings.ALLOWED_HOSTS, settings.HTTPS = ["heli.example"], True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    Installation.objects.update(made_by="demo")
    code, found = grades()
    Installation.objects.update(made_by="test")
    assert (code, found["demo"][0], found["https"][0]) == (1, "bad", "ok")


@pytest.mark.parametrize(("made_by", "grade"), [("demo", "warn"), ("install", "bad")])
def test_a_moved_day_is_told(well, monkeypatch, made_by, grade):
    monkeypatch.setenv("HELI_TODAY", "2023-10-25")
    Installation.objects.update(made_by=made_by)
    _, found = grades()
    Installation.objects.update(made_by="test")
    assert found["day"][0] == grade


def test_a_head_that_does_not_fit_is_found(well):
    chain = Chain.objects.order_by("name").last()
    Chain.objects.filter(pk=chain.pk).update(head="0" * 64)
    code, found = grades()
    Chain.objects.filter(pk=chain.pk).update(head=chain.head)
    assert (code, found["ledger"][0]) == (1, "bad")


@pytest.mark.parametrize(("hours", "grade"), [(1, "ok"), (72, "warn")])
def test_the_age_of_the_last_backup_is_told(well, hours, grade):
    made = stamp(days.true_now() - timedelta(hours=hours))
    well.place.last_backup.write_text(json.dumps({"backup": "there", "created": made}))
    Installation.objects.update(made_by="install")
    _, found = grades()
    Installation.objects.update(made_by="test")
    assert found["backup"][0] == grade


@pytest.mark.parametrize("note", [None, "{", '{"created": "yesterday"}'])
def test_no_backup_is_told(well, note):
    well.place.last_backup.write_text(note or "")
    Installation.objects.update(made_by="install")
    _, found = grades()
    Installation.objects.update(made_by="test")
    assert found["backup"][0] == "warn"


def test_https_that_does_not_hear_its_proxy_is_told(well, settings):
    settings.ALLOWED_HOSTS, settings.HTTPS = ["heli.example"], True
    code, found = grades()
    assert (code, found["https"][0]) == (0, "warn")


def test_what_a_killed_restore_left_is_told(well):
    (well.place.home / ".heli.sqlite3.unfinished-1").write_text("half")
    _, found = grades()
    assert found["leftovers"][0] == "warn"


def test_a_full_disk_and_open_folders_are_told(well, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(9, 9, 0))
    well.place.home.chmod(0o755)
    _, found = grades()
    assert (found["disk"][0], found["home"][0]) == ("warn", "warn")


def test_work_that_nobody_does_is_told(well, monkeypatch):
    from django_tasks_db.models import DBTaskResult

    row = DBTaskResult.objects.create(
        task_path="heli.ledger.jobs.run_job", args_kwargs={"args": [1], "kwargs": {}}, backend_name="default"
    )
    DBTaskResult.objects.filter(pk=row.pk).update(enqueued_at=days.true_now() - timedelta(hours=1))
    _, found = grades()
    row.delete()
    assert found["worker"][0] == "warn"


def test_a_database_that_cannot_be_reached_is_told_and_not_made(well, tmp_path):
    nowhere = {"sqlite": str(tmp_path / "nowhere"), "postgresql": "heli_nowhere"}[connection.vendor]
    connection.close()
    own, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], nowhere
    _, found = grades()
    connection.close()
    connection.settings_dict["NAME"] = own
    assert found["database"][0] in {"warn", "bad"}
    assert not (tmp_path / "nowhere").exists()


def test_another_version_of_the_database_is_told(well):
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("axes", "0010_accessattemptexpiration")
    _, older = grades()
    recorder.record_applied("access", "9999_later")
    _, newer = grades()
    recorder.record_unapplied("access", "9999_later")
    recorder.record_applied("axes", "0010_accessattemptexpiration")
    assert (older["migrations"][0], newer["migrations"][0]) == ("warn", "bad")


def test_it_looks_only(well):
    before = machines.rows(well)
    connection.close()
    names = files.under(well.root)
    heli("doctor")
    connection.close()
    assert (machines.rows(well), facts.is_heli(facts.live)) == (before, True)
    connection.close()
    assert files.under(well.root) == names


@pytest.mark.django_db
def test_it_looks_at_the_suites_own_machine(installed):
    assert heli("doctor")[1]["count"]["ok"] > 10


def test_on_a_machine_with_nothing_it_makes_nothing(tmp_path):
    env = os.environ | {"HELI_HOME": str(tmp_path / "var"), "HELI_KEYS": str(tmp_path / "keys")}
    env.pop("DATABASE_URL", None)
    words = [sys.executable, "-m", "heli", "doctor", "--json"]
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, json.loads(done.stdout)["ok"], list(tmp_path.iterdir())) == (0, True, [])


def test_none_of_these_commands_sets_the_machine_up():
    assert {"backup", "restore", "keys", "doctor"} <= BARE
