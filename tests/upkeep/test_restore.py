"""What was backed up comes back, whole; what is not fit to come back leaves everything as it was."""

import json
from dataclasses import asdict

import pytest
from django.db import connection, connections

from heli.common.errors import DomainError
from heli.fieldwork.models import Need
from heli.ledger.models import Cursor, Entry
from heli.upkeep import facts, files, forward, keyring, manifest, postgres

from . import machines
from .conftest import RING
from .machines import heli, refused

OTHER_RING = RING | {"fields": {"k1": "Zm" * 21 + "M="}}
UPLOADED = "media/intake/花名册.xlsx"


def test_an_empty_home_gets_all_of_it(machine, set_up, tmp_path):
    before, backup = machines.rows(machine), tmp_path / "b"
    heli("backup", backup)
    with machines.at_work(set_up):
        code, told = heli("restore", backup)
        assert (code, told["ok"], told["bad"], told["migrated"]) == (0, True, [], 0)
        assert machines.rows(set_up) == before
        assert facts.of(facts.live) == manifest.read(backup).facts
        assert (told["entries"], told["rows"] > 0) == (Entry.objects.count(), True)


def test_numbers_that_were_given_are_not_given_again(machine, tmp_path):
    last = Cursor.objects.create(name="last").pk
    Cursor.objects.all().delete()
    heli("backup", tmp_path / "b")
    Cursor.objects.bulk_create([Cursor(name="later"), Cursor(name="much later")])
    heli("restore", tmp_path / "b", "--replace")
    heli("backup", tmp_path / "again")
    heli("restore", tmp_path / "again", "--replace")
    assert Cursor.objects.create(name="next").pk == last + 1


def test_a_machine_with_nothing_has_nothing_to_back_up_and_takes_an_older_backup(new, older, tmp_path):
    folder, before = older
    with machines.at_work(new):
        assert refused("backup", tmp_path / "b") == "nothing_here"
        assert files.under(new.place.home) == []
        code, told = heli("restore", folder)
        after = machines.rows(new)
    changed = {table for table in before if after[table] != before[table]}
    assert (code, told["ok"], told["migrated"]) == (0, True, 2)
    assert changed - {"axes_accesslog", "django_content_type", "auth_permission"} == {"django_migrations"}


def test_over_data_it_wants_to_be_told(machine, backup):
    before = machines.rows(machine)
    assert refused("restore", backup) == "restore_over_data"
    assert machines.rows(machine) == before


def test_what_was_there_is_moved_aside_and_not_deleted(machine, tmp_path):
    kept, backup = machines.rows(machine), tmp_path / "b"
    heli("backup", backup)
    machines.write_one("row-that-came-later")
    (machine.place.media / "later.xlsx").write_bytes(b"later")
    code, told = heli("restore", backup, "--replace")
    [aside] = machine.place.home.glob("before-restore-*")
    assert (code, told["ok"], told["moved_aside"]) == (0, True, [str(aside)])
    assert machines.rows(machine) == kept
    assert (aside / "media" / "later.xlsx").read_bytes() == b"later"
    assert b"row-that-came-later" in b"".join((aside / path).read_bytes() for path in files.under(aside))
    assert not list(machine.place.home.glob(".*"))


def spoil_nothing_there(backup):
    (backup / manifest.NAME).unlink()


def spoil_missing(backup):
    (backup / UPLOADED).unlink()


def spoil_link(backup):
    (backup / UPLOADED).unlink()
    (backup / UPLOADED).symlink_to(backup / manifest.NAME)


def spoil_short(backup):
    database = machines.database_file(backup)
    database.write_bytes(database.read_bytes()[:-1000])


def spoil_long(backup):
    with (backup / UPLOADED).open("ab") as file:
        file.write(b"x")


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (spoil_nothing_there, "backup_incomplete"),
        (spoil_missing, "backup_incomplete"),
        (spoil_link, "backup_incomplete"),
        (spoil_short, "backup_damaged"),
        (spoil_long, "backup_damaged"),
        (lambda backup: machines.flip(machines.database_file(backup)), "backup_damaged"),
        (lambda backup: machines.flip(backup / UPLOADED), "backup_damaged"),
        (lambda backup: machines.flip(backup / manifest.NAME, 0.1), "backup_damaged"),
        (lambda backup: machines.flip(backup / manifest.NAME, 0.5), "backup_damaged"),
        (lambda backup: machines.flip(backup / manifest.NAME, 0.99), "backup_damaged"),
        (lambda backup: (backup / manifest.NAME).write_text("[]"), "backup_damaged"),
        (lambda backup: (backup / manifest.NAME).write_text("{}"), "backup_damaged"),
        (lambda backup: machines.resign(backup, format="heli-backup/2"), "backup_newer"),
        (lambda backup: machines.resign(backup, app="0.1.1"), "backup_newer"),
        (lambda backup: machines.resign(backup, migrations=["access.9999_later"]), "backup_newer"),
        (lambda backup: machines.resign(backup, engine="oracle"), "backup_other_engine"),
        (lambda backup: machines.resign(backup, chains=[]), "backup_damaged"),
        (lambda backup: machines.resign(backup, entries="many"), "backup_damaged"),
        (lambda backup: machines.resign(backup, chains="none"), "backup_damaged"),
    ],
)
def test_a_backup_that_is_not_fit_is_refused_and_all_stays(machine, backup, spoil, code):
    before = machines.rows(machine)
    connection.close()
    names = files.under(machine.root)
    spoil(backup)
    assert refused("restore", backup, "--replace") == code
    assert machines.rows(machine) == before
    connection.close()
    assert files.under(machine.root) == names


def test_a_path_that_leads_out_of_the_backup_is_refused(machine, backup):
    path = backup / manifest.NAME
    path.write_text(path.read_text().replace(UPLOADED, f"media/../../{backup.name}/{UPLOADED}"))
    machines.resign(backup)
    assert refused("restore", backup, "--replace") == "backup_damaged"


@pytest.mark.parametrize("ring", [OTHER_RING, RING | {"index": "Zm" * 21 + "M="}])
def test_keys_that_do_not_fit_are_told_by_their_fingerprints(machine, backup, ring):
    before = machines.rows(machine)
    machine.place.ring.write_text(json.dumps(ring))
    assert refused("restore", backup, "--replace") == "keys_do_not_fit"
    assert machines.rows(machine) == before


def test_keys_that_only_claim_to_fit_open_nothing(machine, backup, settings):
    before = machines.rows(machine)
    machine.place.ring.write_text(json.dumps(OTHER_RING))
    settings.KEY_RING = OTHER_RING
    machines.resign(backup, keys=[asdict(key) for key in keyring.fingerprints(OTHER_RING)])
    assert refused("restore", backup, "--replace") == "keys_do_not_fit"
    assert machines.rows(machine) == before


@pytest.mark.parametrize("spoil", [lambda ring: ring.unlink(), lambda ring: ring.write_text("{}")])
def test_without_keys_nothing_is_restored(machine, backup, spoil):
    spoil(machine.place.ring)
    assert refused("restore", backup, "--replace") in {"keys_missing", "keys_unreadable"}


def test_a_ledger_that_was_rewritten_is_refused(machine, tmp_path):
    entry = Entry.objects.order_by("-pk").first()
    Entry.objects.filter(pk=entry.pk).update(payload='{"made":"up"}')
    heli("backup", tmp_path / "b")
    Entry.objects.filter(pk=entry.pk).update(payload=entry.payload)
    before = machines.rows(machine)
    assert refused("restore", tmp_path / "b", "--replace") == "backup_ledger"
    assert machines.rows(machine) == before


def test_a_row_that_differs_from_its_entries_comes_back_and_is_reported(machine, tmp_path):
    Need.objects.update(state="withdrawn")
    heli("backup", tmp_path / "b")
    code, told = heli("restore", tmp_path / "b", "--replace")
    assert (code, told["ok"], told["bad"][0]["why"]) == (1, False, "the stored row differs from what its entries say")
    Need.objects.update(state="open")


def test_a_disk_that_fails_at_the_last_step_leaves_all_as_it_was(machine, backup, monkeypatch):
    def fail(self, path):
        put_aside(self, path)
        raise OSError(5, "Input/output error", str(path))

    put_aside = files.Moves.put_aside
    monkeypatch.setattr(files.Moves, "put_aside", fail)
    before = machines.rows(machine)
    assert refused("restore", backup, "--replace") == "restore_not_done"
    assert machines.rows(machine) == before
    assert not list(machine.place.home.glob(".*"))


def test_a_backup_that_cannot_be_read_is_told(machine, backup, monkeypatch):
    def fail(_path):
        raise OSError(5, "Input/output error", "disk")

    monkeypatch.setattr(files, "parts", fail)
    before = machines.rows(machine)
    assert refused("restore", backup, "--replace") == "restore_not_done"
    assert machines.rows(machine) == before


def test_while_others_work_there_it_waits_its_turn(machine, backup, monkeypatch):
    monkeypatch.setattr(postgres, "LOCK_SECONDS", 1)
    before = machines.rows(machine)
    other = connections.create_connection("default")
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_chain")
    assert refused("restore", backup, "--replace") == "database_in_use"
    other.close()
    assert machines.rows(machine) == before


def test_an_older_backup_over_data_of_this_version(machine, older):
    """A SQLite file brings its tables along; on PostgreSQL they stand there already, and are not taken down."""
    machines.write_one("this-version")
    before = machines.rows(machine)
    code, told = heli("restore", older[0], "--replace")
    unchanged = machines.rows(machine) == before
    done = {"sqlite": (0, None, 2, False), "postgresql": (2, "backup_older", None, True)}
    assert (code, told.get("error"), told.get("migrated"), unchanged) == done[connection.vendor]


def test_a_backup_of_the_other_engine_is_told_by_name():
    page = manifest.Manifest("0.1.0", "sqlite", "", facts.Facts("", "", (), (), 0), (), (), {}, ())
    with pytest.raises(DomainError) as no:
        forward.refuse_unfit(page, engine="postgresql", known=set())
    assert (no.value.code, "sqlite" in str(no.value), "postgresql" in str(no.value)) == (
        "backup_other_engine",
        True,
        True,
    )
