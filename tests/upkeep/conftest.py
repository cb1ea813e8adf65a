"""One village is built once on a machine of its own; every test works on a copy."""

import shutil
import uuid
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command

from heli.common import days, setting_up
from heli.common.models import Installation
from heli.demo import cast, small

from . import machines

DAY = date(2023, 10, 25)
RING = {"fields": {"k1": "QQ" * 21 + "Q="}, "current": "k1", "index": "Rk" * 21 + "U=", "secret": "s" * 60}


def a_name():
    return f"heli_upkeep_{uuid.uuid4().hex[:12]}"


@pytest.fixture(scope="session")
def first(django_db_setup, django_db_blocker, tmp_path_factory):
    """The village that the others are copied from."""
    with django_db_blocker.unblock():
        made = machines.with_tables(tmp_path_factory.mktemp("first") / "machine", a_name(), RING)
        (made.place.media / "intake").mkdir()
        (made.place.media / "intake" / "花名册.xlsx").write_bytes(b"a roster as the office sent it" * 99)
        with machines.at_work(made):
            setting_up.fill("test")
            Installation.objects.update(demo_day=DAY)
            days.forget_demo_day()
            at = days.at_hour(DAY, 10, 42)
            small.build(cast.enter(cast.CAST, at=at, password=None), at=at)
        yield made
        machines.scrap()


@pytest.fixture
def machine(first, django_db_blocker, tmp_path):
    """A village at work."""
    with django_db_blocker.unblock(), machines.at_work(machines.copy(first, tmp_path / "machine")) as made:
        yield made


@pytest.fixture
def set_up(first, django_db_blocker, tmp_path):
    """Another machine with the same keys, just set up."""
    with django_db_blocker.unblock():
        yield machines.with_tables(tmp_path / "set-up", a_name(), RING)


@pytest.fixture
def new(first, django_db_blocker, tmp_path):
    """Another machine with the same keys and nothing else."""
    with django_db_blocker.unblock():
        yield machines.bare(tmp_path / "new", a_name(), RING)


@pytest.fixture(scope="session")
def first_backup(first, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("first") / "backup"
    with django_db_blocker.unblock(), machines.at_work(first):
        assert machines.heli("backup", folder)[0] == 0
        first.place.last_backup.unlink()  # the copies of this machine have had no backup
    return folder


@pytest.fixture(scope="session")
def older(first, django_db_blocker, tmp_path_factory):
    """A backup of the village at an earlier version, and what was in it."""
    folder = tmp_path_factory.mktemp("older")
    with django_db_blocker.unblock(), machines.at_work(machines.copy(first, folder / "machine", a_name())) as made:
        call_command("migrate", "axes", "0008", verbosity=0)
        assert machines.heli("backup", folder / "backup")[0] == 0
        return folder / "backup", machines.rows(made)


@pytest.fixture
def backup(first_backup, tmp_path):
    """A backup of the village, to be spoiled."""
    return Path(shutil.copytree(first_backup, tmp_path / "backup"))
