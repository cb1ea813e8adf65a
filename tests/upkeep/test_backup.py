"""A backup is whole, of one moment, without keys, and never half there."""

import errno
import json
import os

import pytest
from django.db import connection

from heli.upkeep import facts, files, manifest, pace, sqlite

from . import machines
from .machines import heli, refused


def test_it_says_what_it_holds_and_leaves_a_note(machine, tmp_path):
    code, told = heli("backup", tmp_path / "b")
    page = manifest.read(tmp_path / "b")
    assert (code, told["keys_left_out"], told["files"], told["bytes"]) == (0, True, len(page.files), page.bytes)
    assert (told["chains"], told["entries"]) == (len(page.facts.chains), page.facts.entries)
    assert page.facts == facts.of(facts.live)
    note = json.loads(machine.place.last_backup.read_text())
    assert (note["backup"], note["created"]) == (str(tmp_path / "b"), page.created)


def test_every_file_is_listed_and_none_holds_a_key(machine, backup):
    listed = {file.path for file in manifest.read(backup).files}
    content = b"".join((backup / path).read_bytes() for path in files.under(backup))
    assert set(files.under(backup)) - listed == {manifest.NAME}
    assert "media/intake/花名册.xlsx" in listed
    ring = json.loads(machine.place.ring.read_text())
    secrets = [ring["fields"]["k1"], ring["index"], ring["secret"]]
    assert [secret for secret in secrets if secret.encode() in content] == []


def test_what_lies_there_is_for_its_owner_only(backup):
    modes = {(backup / path).stat().st_mode & 0o077 for path in files.under(backup)}
    assert (modes, backup.stat().st_mode & 0o077) == ({0}, 0)


def test_it_is_of_one_moment_while_users_go_on(machine, tmp_path, monkeypatch):
    written = []

    def meanwhile(_self, _done):
        written.append(f"meanwhile-{len(written)}")
        machines.write_one(written[-1])

    monkeypatch.setattr(sqlite, "PAGES", 50)
    monkeypatch.setattr(pace.Pace, "at", meanwhile)
    code, _ = heli("backup", tmp_path / "b")
    content = b"".join((tmp_path / "b" / path).read_bytes() for path in files.under(tmp_path / "b"))
    assert (code, len(written) > 3, b"meanwhile-" in content) == (0, True, False)
    assert facts.live("SELECT count(*) FROM ledger_cursor WHERE name LIKE 'meanwhile%'") == [(len(written),)]


@pytest.mark.parametrize(
    ("where", "code"),
    [("there", "backup_not_empty"), ("machine/var/media/b", "backup_inside"), ("machine/keys/b", "backup_inside")],
)
def test_a_place_that_will_not_do_is_refused(machine, tmp_path, where, code):
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "mine").write_text("mine")
    before = sorted(tmp_path.rglob("*"))
    assert refused("backup", tmp_path / where) == code
    assert sorted(tmp_path.rglob("*")) == before


def test_an_empty_folder_will_do(machine, tmp_path):
    (tmp_path / "b").mkdir()
    assert heli("backup", tmp_path / "b")[0] == 0


def test_a_full_disk_leaves_nothing_that_looks_whole(machine, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "disk")

    monkeypatch.setattr(manifest, "check", full)
    before = machines.rows(machine)
    assert refused("backup", tmp_path / "to" / "b") == "backup_not_written"
    assert (list((tmp_path / "to").iterdir()), machines.rows(machine)) == ([], before)
    assert not machine.place.last_backup.exists()


def test_data_whose_keys_are_lost_is_copied_all_the_same_and_told(machine, tmp_path, settings):
    settings.KEY_RING = settings.KEY_RING | {"fields": {"k1": "Zm" * 21 + "M="}}
    code, told = heli("backup", tmp_path / "b")
    assert (code, told["keys_open_it"], manifest.read(tmp_path / "b").keys) == (1, False, ())


if connection.vendor == "sqlite":  # PostgreSQL looks after its own pages: there is no file of ours to damage

    def test_a_damaged_database_is_told_and_not_copied(machine, tmp_path):
        connection.close()
        with open(machine.database, "r+b") as file:
            file.seek(40 * 4096)
            file.write(b"\xff" * 4096 * 20)
        assert refused("backup", tmp_path / "b") == "database_unreadable"
        assert not (tmp_path / "b").exists()
