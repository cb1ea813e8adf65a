"""From a survey to the register of land: whole or not at all, twice changes nothing, a new survey ends what it replaces."""

import json
from pathlib import Path

import pytest
from django.db.models import Q

from heli.common.errors import DomainError
from heli.intake import planning, services
from heli.intake.tests.test_import import command, hand_over
from heli.intake.tests.test_land import SAMPLE, facts, geojson, parts, zipped  # noqa: F401
from heli.ledger import verifying
from heli.parcels.models import Boundary, Parcel, Survey

pytestmark = pytest.mark.django_db
IN_FORCE = Q(until__isnull=True)


def test_a_dry_run_needs_no_block_and_writes_nothing(installed, capsys):
    code, document = command(capsys, SAMPLE, "--kind", "parcels", "--dry-run")
    assert (code, document["kind"], document["rows"], document["bad"]) == (0, "parcels", 206, [])
    assert (document["accepted"], document["committed"]) == ({"parcels": 206, "legal_area_m2": "30094.06"}, False)
    assert Parcel.all_rows.count() == 0


def test_lots_enter_whole_and_twice_changes_nothing(village, capsys):
    first, document = command(capsys, SAMPLE, "--block", "108-01")
    entries = verifying.verify()
    second, again = command(capsys, SAMPLE, "--block", "108-01")
    assert (first, second, document["new"], again["new"], again["known"]) == (0, 0, 206, 0, 206)
    assert (Parcel.objects.filter(IN_FORCE).count(), Survey.objects.get().number, entries.bad) == (206, 1, ())
    assert verifying.verify().entries == entries.entries


def test_the_layers_name_finds_the_block(village, capsys):
    code, document = command(capsys, SAMPLE)
    assert (code, document["committed"], {one.block.code for one in Parcel.objects.all()}) == (0, True, {"108-01"})


def test_without_a_zone_the_command_says_which_to_choose(village, capsys, tmp_path, parts):  # noqa: F811
    path = zipped(tmp_path / "a.zip", {f"a{suffix}": part for suffix, part in parts.items() if suffix != ".prj"})
    code, document = command(capsys, path, "--block", "108-01")
    assert (code, document["error"], "EPSG:4549" in document["message"]) == (2, "zone_needed", True)
    answer = tmp_path / "mapping.json"
    answer.write_text(json.dumps({"crs": "EPSG:4549"}))
    code, document = command(capsys, path, "--block", "108-01", "--mapping", str(answer))
    assert (code, document["committed"], Parcel.objects.count()) == (0, True, 206)


def test_lots_of_no_known_block_are_not_written(village, cast, at, tmp_path, facts):  # noqa: F811
    batch = hand_over(geojson(tmp_path / "a.geojson", *facts), cast["linmei"], at)
    with pytest.raises(DomainError) as refused:
        services.batch_write(batch, actor=cast["linmei"], at=at)
    assert (refused.value.code, Parcel.all_rows.count()) == ("block_needed", 0)


def test_a_new_survey_ends_what_it_changes_and_leaves_the_rest(village, cast, at, capsys, tmp_path, facts):  # noqa: F811
    command(capsys, SAMPLE, "--block", "108-01")
    shapes, columns = facts
    some = {name: values[:3].copy() for name, values in columns.items()}
    some["ZDMJ"][0] = 131.5
    some["ZDH"][2], some["XH"][2] = "00003-1", 3
    batch = hand_over(geojson(tmp_path / "a.geojson", shapes[:3], some), cast["linmei"], at, block=village.block)
    services.batch_write(batch, actor=cast["linmei"], at=at)
    assert (batch.written, batch.known, Parcel.objects.count(), Parcel.objects.filter(IN_FORCE).count()) == (
        2,
        1,
        208,
        206,
    )
    ended = Parcel.objects.filter(until=2).order_by("number")
    assert [(one.number, [heir.number for heir in one.heirs.all()]) for one in ended] == [
        ("00001", ["00001"]), ("00003", ["00003-1"]),
    ]  # fmt: skip
    assert (Parcel.objects.get(IN_FORCE, number="00001").legal_dm2, verifying.verify().bad) == (13150, ())


def test_a_lot_over_a_lot_that_goes_on_is_refused(village, cast, at, capsys, tmp_path, facts):  # noqa: F811
    from shapely import affinity

    command(capsys, SAMPLE, "--block", "108-01")
    shapes, columns = facts
    some = {name: values[:1].copy() for name, values in columns.items()}
    some["ZDH"][0] = "new"
    half = affinity.translate(shapes[0], 4.0)
    batch = hand_over(geojson(tmp_path / "a.geojson", [half], some), cast["linmei"], at, block=village.block)
    assert (batch.good, batch.bad) == (0, 1)
    assert [bad.code for bad in services.look(batch, at).plan.bad] == ["overlaps_registered"]


def test_an_interrupted_import_leaves_no_lot(village, cast, at):
    batch = hand_over(SAMPLE, cast["linmei"], at, block=village.block)

    def stop(done, total):
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        services.batch_write(batch, actor=cast["linmei"], at=at, report=stop)
    assert (Parcel.all_rows.count(), Survey.objects.count()) == (0, 0)


def test_an_outline_becomes_a_blocks_boundary(village, cast, at, capsys, tmp_path, facts):  # noqa: F811
    import numpy as np
    import shapely

    whole = shapely.box(*shapely.union_all(facts[0]).bounds)
    path = geojson(tmp_path / "范围.geojson", [whole], {"区块名称": np.array(["吉捕岙区块"], object)})
    code, document = command(capsys, path, "--kind", "blocks")
    assert (code, document["accepted"], document["committed"]) == (0, {"blocks": 1}, True)
    boundary = Boundary.objects.get()
    assert (boundary.block.code, boundary.number, boundary.how) == ("108-01", 1, "imported")
    again, document = command(capsys, path, "--kind", "blocks")
    assert (again, document["new"], document["known"], Boundary.objects.count()) == (0, 0, 1, 1)


def test_an_unknown_block_is_named(village, capsys, tmp_path, facts):  # noqa: F811
    import numpy as np

    path = geojson(tmp_path / "范围.geojson", facts[0][:1], {"区块名称": np.array(["没有的区块"], object)})
    code, document = command(capsys, path, "--kind", "blocks")
    assert (code, [bad["code"] for bad in document["bad"]], Boundary.objects.count()) == (2, ["block_unknown"], 0)


def test_planning_reads_a_roster_as_before(installed):
    plan, _block = planning.read(Path(SAMPLE).with_name("households-jibuao.xlsx"), today=__import__("conftest").DAY)
    assert (plan.kind, len(plan.households)) == ("households", 201)


@pytest.mark.parametrize("name", ["吉捕岙区块", "108-01"])
def test_another_towns_file_cannot_touch_this_towns_block(village, cast, at, tmp_path, facts, name):  # noqa: F811
    import numpy as np

    path = geojson(tmp_path / "范围.geojson", facts[0][:1], {"区块名称": np.array([name], object)})
    place, digest = services.file_keep(path.name, iter([path.read_bytes()]))
    whose = {"town_code": "331081002", "actor": cast["taoying"], "at": at}
    batch = services.batch_hand_over(file_name=path.name, place=place, digest=digest, kind="blocks", **whose)
    assert (batch.good, [bad.code for bad in services.look(batch, at).plan.bad]) == (0, ["block_unknown"])


def test_another_towns_survey_finds_no_block_of_this_town(village, cast, at):
    place, digest = services.file_keep(SAMPLE.name, iter([SAMPLE.read_bytes()]))
    whose = {"town_code": "331081002", "actor": cast["taoying"], "at": at}
    batch = services.batch_hand_over(file_name=SAMPLE.name, place=place, digest=digest, **whose)
    assert (batch.block, services.look(batch, at).asks) == (None, ("block",))
