"""From a file to the registers: what the preview showed enters whole or not at all, and twice changes nothing."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from heli.common.errors import Conflict, DomainError
from heli.helpers.models import Helper
from heli.households import bulk
from heli.households.models import Household
from heli.intake import planning, services
from heli.intake.models import Batch
from heli.ledger import Sheaf, verifying

DATA = Path(__file__).parent / "data"
ROSTER, HELPERS = DATA / "households-jibuao.xlsx", DATA / "helpers-chengnan.xlsx"
pytestmark = pytest.mark.django_db


def command(capsys, path, *options):
    """Exit code and JSON document of `heli import`."""
    code = 0
    try:
        call_command("import", str(path), "--json", *options)
    except SystemExit as ended:
        code = ended.code
    return code, json.loads(capsys.readouterr().out)


def hand_over(path, person, at, **facts):
    place, digest = services.file_keep(path.name, iter([path.read_bytes()]))
    return services.batch_hand_over(
        file_name=path.name, place=place, digest=digest, town_code="331081108", actor=person, at=at, **facts
    )


def test_a_dry_run_finds_bad_rows_and_writes_nothing(installed, capsys):
    code, document = command(capsys, ROSTER, "--dry-run")
    assert (code, len(document["bad"]), document["committed"], Household.objects.count()) == (1, 9, False, 0)


def test_without_accept_good_a_bad_row_keeps_all_out(installed, capsys):
    code, _ = command(capsys, ROSTER)
    assert (code, Household.objects.count()) == (2, 0)


def test_importing_twice_changes_nothing_and_says_so(installed, capsys):
    first, _ = command(capsys, ROSTER, "--accept-good")
    entries = verifying.verify().entries
    second, document = command(capsys, ROSTER, "--accept-good")
    assert (first, second, document["new"], document["known"]) == (0, 0, 0, 201)
    assert (Household.objects.count(), verifying.verify().entries) == (201, entries)


def test_helpers_under_two_kinds_are_one(installed, capsys):
    code, document = command(capsys, HELPERS, "--accept-good")
    assert (code, document["merged"], Helper.objects.count()) == (0, 1, 159)
    assert sorted(Helper.objects.get(name="金永土").kinds.values_list("kind", flat=True)) == [
        "teacher",
        "youth_volunteer",
    ]


def test_a_batch_enters_with_one_entry_that_proves_every_household(cast, at):
    batch = hand_over(ROSTER, cast["linmei"], at)
    services.batch_write(batch, actor=cast["linmei"], at=at)
    report = verifying.verify()
    assert (batch.written, report.bad, report.rows) == (201, (), 202)


def test_a_fault_half_way_leaves_nothing(cast, at, monkeypatch):
    batch = hand_over(ROSTER, cast["linmei"], at)
    monkeypatch.setattr(bulk, "batch_enter", lambda code: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        services.batch_write(batch, actor=cast["linmei"], at=at)
    assert Household.all_rows.count() == 0
    assert Batch.objects.get().state == "ready"


def test_a_stop_half_way_leaves_nothing(cast, at):
    batch = hand_over(ROSTER, cast["linmei"], at)

    def stop(done, total):
        assert done < 200, "stopped"

    with pytest.raises(AssertionError, match="stopped"):
        services.batch_write(batch, actor=cast["linmei"], at=at, report=stop)
    assert Household.all_rows.count() == 0


def test_households_of_an_unfinished_batch_do_not_exist_for_anybody(village, at):
    before = Household.objects.count()
    bulk.batch_begin("DR-X")
    bulk.slice_write(
        [bulk.NewHousehold(region_code="331081108224", members=(bulk.NewMember("某某"),))],
        block=village.block, town_code="331081108", batch="DR-X", today=at.date(), sheaf=Sheaf(),
    )  # fmt: skip
    assert Household.objects.count() == before
    assert bulk.batch_sweep("DR-X") == 1


def test_a_file_that_reads_otherwise_than_shown_is_not_written(cast, at):
    batch = hand_over(ROSTER, cast["linmei"], at)
    Batch.objects.update(plan_digest="other")
    with pytest.raises(Conflict) as refused:
        services.batch_write(Batch.objects.get(), actor=cast["linmei"], at=at)
    assert (refused.value.code, Household.all_rows.count(), batch.state) == ("plan_changed", 0, "ready")


def test_a_file_over_the_limit_is_refused_while_it_comes(installed, settings, tmp_path):
    settings.IMPORT_MAX_BYTES, settings.MEDIA_ROOT = 10, tmp_path
    with pytest.raises(DomainError) as refused:
        services.file_keep("big.xlsx", iter([b"123456", b"789012"]))
    assert refused.value.code == "file_too_large"
    assert not list(planning.file_path("intake").glob("*.xlsx"))
