"""Survey files in four formats: the same facts read the same, what is missing is asked, and hostile files are refused."""

import json
import shutil
import zipfile
from pathlib import Path

import pyogrio
import pytest
import shapely
from shapely import affinity

from heli.intake.land import kind_of, read_land
from heli.intake.land.zones import OFFERED
from heli.intake.reading import Unreadable
from heli.intake.reading.places import Gazetteer, Place

SAMPLE = Path(__file__).parent / "data" / "parcels-jibuao.zip"
PLACES = [
    Place("331081", "温岭市", "county"),
    Place("331081108", "城南镇", "town"),
    Place("331081108224", "吉捕岙", "village"),
]
BOX = (121.10, 28.10, 121.90, 28.70)


def read(path, **facts):
    told = {"name": path.name, "kind": "", "places": Gazetteer(PLACES, town="331081108"), "mapping": {}, "box": BOX}
    return read_land(path, **(told | facts))


def unpacked(folder):
    with zipfile.ZipFile(SAMPLE) as archive:
        archive.extractall(folder)
    return {path.suffix: path for path in folder.iterdir()}


def zipped(target, parts):
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in parts.items():
            archive.write(path, name)
    return target


@pytest.fixture
def facts():
    """The sample's shapes in its own zone, with its columns."""
    meta, _ids, shapes, columns = pyogrio.raw.read(SAMPLE, encoding="GBK")
    return shapely.from_wkb(shapes), dict(zip(meta["fields"], columns, strict=True))


@pytest.fixture
def parts(tmp_path):
    folder = tmp_path / "parts"
    folder.mkdir()
    return unpacked(folder)


def geojson(path, shapes, columns, crs="EPSG:4549"):
    features = [
        {
            "type": "Feature",
            "geometry": json.loads(shapely.to_geojson(shape)) if shape is not None else None,
            "properties": {name: values[at].item() if hasattr(values[at], "item") else values[at] for name, values in columns.items()},
        }
        for at, shape in enumerate(shapes)
    ]  # fmt: skip
    content = {"type": "FeatureCollection", "features": features}
    if crs:
        content["crs"] = {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{crs[5:]}"}}
    path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    return path


def geopackage(path, shapes, columns):
    pyogrio.raw.write(
        path, shapely.to_wkb(shapes), list(columns.values()), list(columns), driver="GPKG", layer="吉捕岙宗地",
        geometry_type="Polygon", crs="EPSG:4549",
    )  # fmt: skip
    return path


def drawing(path, shapes, columns):
    import ezdxf

    document = ezdxf.new("R2010")
    space = document.modelspace()
    for at, shape in enumerate(shapes):
        space.add_lwpolyline(list(shape.exterior.coords)[:-1], close=True, dxfattribs={"layer": "ZD"})
        x, y = shape.representative_point().coords[0]
        space.add_text(columns["ZDH"][at], dxfattribs={"insert": (x, y), "height": 0.5})
        space.add_text(f"{columns['ZDMJ'][at]:.2f}", dxfattribs={"insert": (x, y - 0.2), "height": 0.5})
    document.saveas(path)
    return path


def core(plan):
    return [(row.number, row.legal_dm2, row.computed_dm2, shapely.from_geojson(row.shape)) for row in plan.parcels]


def alike(one, other):
    return len(one) == len(other) and all(
        a[:3] == b[:3] and a[3].equals_exact(b[3], 2e-9, normalize=True) for a, b in zip(one, other, strict=True)
    )


def test_the_offices_file_reads_whole():
    plan = read(SAMPLE)
    assert (plan.kind, plan.rows, plan.good, plan.bad, plan.zones) == ("parcels", 206, 206, (), ())
    assert plan.accepted == {"parcels": 206, "legal_area_m2": "30094.06"}
    assert plan.mapping == {"吉捕岙宗地": {"A": "serial", "B": "number", "C": "use", "D": "legal"}}
    first = plan.parcels[0]
    assert (first.number, first.serial, first.land_use, first.village_code) == ("00001", "1", "宅基地", "331081108224")
    assert plan.sheets[0].rows[0] == (1, ("1", "00001", "宅基地", "131.3"))
    west, south, east, north = shapely.from_geojson(first.shape).bounds
    assert BOX[0] < west < east < BOX[2]
    assert BOX[1] < south < north < BOX[3]


@pytest.mark.parametrize(("name", "write"), [("a.gpkg", geopackage), ("a.geojson", geojson)])
def test_other_formats_of_the_same_facts_read_the_same(tmp_path, facts, name, write):
    plan = read(write(tmp_path / name, *facts))
    assert plan.bad == ()
    assert alike(core(plan), core(read(SAMPLE)))
    assert {row.land_use for row in plan.parcels} == {"宅基地"}


def test_a_drawing_reads_the_same_once_its_zone_is_told(tmp_path, facts):
    path = drawing(tmp_path / "宗地.dxf", *facts)
    asked, plan = read(path), read(path, mapping={"crs": "EPSG:4549"})
    assert (asked.good, len(asked.zones)) == (0, len(OFFERED))
    assert alike(core(plan), core(read(SAMPLE)))


def test_without_prj_the_zone_is_asked_and_the_likely_ones_come_first(tmp_path, parts):
    path = zipped(tmp_path / "a.zip", {f"a{suffix}": part for suffix, part in parts.items() if suffix != ".prj"})
    plan = read(path)
    assert (plan.good, plan.parcels, plan.zones[0].code, plan.zones[0].fits) == (0, (), "EPSG:4549", True)
    assert [zone.fits for zone in plan.zones[1:]] == [False] * (len(OFFERED) - 1)
    assert read(path, mapping={"crs": "4549"}).accepted == read(SAMPLE).accepted


def test_the_wrong_zone_puts_every_lot_outside_the_county(tmp_path, parts):
    path = zipped(tmp_path / "a.zip", {f"a{suffix}": part for suffix, part in parts.items() if suffix != ".prj"})
    plan = read(path, mapping={"crs": "EPSG:4550"})
    assert (plan.good, {bad.code for bad in plan.bad}, len(plan.bad)) == (0, {"outside_county"}, 206)


def test_zone_4550_and_degrees_come_to_the_same_place(tmp_path, facts):
    from heli.parcels.geometry import moved

    shapes, columns = facts
    for crs in ("EPSG:4550", "EPSG:4490"):
        elsewhere = geojson(
            tmp_path / f"{crs[5:]}.geojson", [moved(one, "EPSG:4549", crs) for one in shapes], columns, crs
        )
        plan = read(elsewhere)
        assert [row.legal_dm2 for row in plan.parcels] == [row.legal_dm2 for row in read(SAMPLE).parcels]
        assert all(
            a[3].equals_exact(b[3], 1e-8, normalize=True) for a, b in zip(core(plan), core(read(SAMPLE)), strict=True)
        )


def test_another_earth_is_refused(tmp_path, facts):
    with pytest.raises(Unreadable) as refused:
        read(geojson(tmp_path / "a.geojson", *facts, crs="EPSG:2385"))
    assert refused.value.code == "other_earth"


def test_without_cpg_the_words_are_gb18030(tmp_path, parts):
    path = zipped(tmp_path / "a.zip", {f"a{suffix}": part for suffix, part in parts.items() if suffix != ".cpg"})
    plan = read(path)
    assert {row.land_use for row in plan.parcels} == {"宅基地"}
    assert [notice.code for notice in plan.notices] == ["encoding_assumed"]


def test_the_legal_area_stays_the_surveys(tmp_path, facts):
    shapes, columns = facts
    columns["ZDMJ"] = columns["ZDMJ"].copy()
    columns["ZDMJ"][:2] = [100.0, float("nan")]
    plan = read(geopackage(tmp_path / "a.gpkg", shapes, columns))
    assert [(row.legal_dm2, row.computed_dm2) for row in plan.parcels[:2]] == [(10000, 13130), (None, 12617)]
    assert {notice.code: notice.count for notice in plan.notices} == {"area_differs": 1, "area_missing": 1}


def test_every_wrong_shape_is_named_by_its_row(tmp_path, facts):
    shapes, columns = list(facts[0]), {name: values.copy() for name, values in facts[1].items()}
    corners = list(shapes[1].exterior.coords)
    shapes[1] = shapely.Polygon([corners[0], corners[2], corners[1], corners[3]])
    shapes[2] = None
    shapes[4] = shapes[3]
    shapes[6] = affinity.translate(shapes[5], 2.0)
    shapes[7] = affinity.translate(shapes[7], 200_000.0)
    columns["ZDH"][9], columns["ZDMJ"][10] = columns["ZDH"][8], -5.0
    plan = read(geojson(tmp_path / "a.geojson", shapes, columns))
    assert {(bad.row, bad.code) for bad in plan.bad} == {
        (2, "shape_invalid"), (3, "shape_missing"), (5, "shape_duplicate"), (7, "shape_overlaps"),
        (8, "outside_county"), (10, "number_duplicate"), (11, "legal_not_a_number"),
    }  # fmt: skip
    assert plan.good == 206 - 7


def test_columns_are_corrected_by_letter_or_header():
    plan = read(SAMPLE, mapping={"B": "", "XH": "number"})
    assert (plan.parcels[0].number, plan.parcels[0].serial) == ("1", "")


HOSTILE = {
    "missing .dbf": ("part_missing", lambda parts: {"a.shp": parts[".shp"], "a.shx": parts[".shx"]}),
    "missing .shx": ("part_missing", lambda parts: {"a.shp": parts[".shp"], "a.dbf": parts[".dbf"]}),
    "missing .shp": ("part_missing", lambda parts: {"a.dbf": parts[".dbf"], "a.shx": parts[".shx"]}),
    "leads out": ("leads_out", lambda parts: {f"../../a{suffix}": part for suffix, part in parts.items()}),
    "leads out by drive": ("leads_out", lambda parts: {f"C:/a{suffix}": part for suffix, part in parts.items()}),
    "two layers": ("several_layers", lambda parts: {f"{n}{suffix}": part for n in "ab" for suffix, part in parts.items()}),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_or_torn_archive_is_refused_in_a_sentence(tmp_path, parts, case):
    code, members = HOSTILE[case]
    with pytest.raises(Unreadable) as refused:
        read(zipped(tmp_path / "a.zip", members(parts)))
    assert (refused.value.code, "什么都没有写入" in refused.value.message) == (code, True)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path, parts):
    path = tmp_path / "a.zip"
    zipped(path, {f"a{suffix}": part for suffix, part in parts.items() if suffix != ".dbf"})
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("a.dbf", "w", force_zip64=True) as member,
    ):
        for _ in range(160):
            member.write(bytes(1024 * 1024))
    with pytest.raises(Unreadable) as refused:
        read(path)
    assert (refused.value.code, path.stat().st_size < 1024 * 1024) == ("too_large", True)


@pytest.mark.parametrize("suffix", [".shp", ".shx", ".dbf"])
def test_a_part_that_was_cut_off_is_refused(tmp_path, parts, suffix):
    whole = parts[suffix].read_bytes()
    parts[suffix].write_bytes(whole[: len(whole) * 2 // 3])
    with pytest.raises(Unreadable) as refused:
        read(zipped(tmp_path / "a.zip", {f"a{end}": part for end, part in parts.items()}))
    assert refused.value.code == "damaged"


def test_a_truncated_archive_is_refused(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(SAMPLE.read_bytes()[:9000])
    with pytest.raises(Unreadable) as refused:
        read(path, kind="parcels")
    assert refused.value.code in {"damaged", "not_land"}


def test_a_file_that_only_bears_the_name_never_reaches_the_library(tmp_path, parts):
    parts[".shp"].write_text('<OGRVRTDataSource><OGRVRTLayer name="a"/></OGRVRTDataSource>')
    with pytest.raises(Unreadable) as refused:
        read(zipped(tmp_path / "a.zip", {f"a{suffix}": part for suffix, part in parts.items()}))
    assert refused.value.code == "damaged"


def test_a_shp_alone_says_what_else_is_needed(tmp_path, parts):
    path = tmp_path / "a.shp"
    shutil.copy(parts[".shp"], path)
    assert kind_of(path) == "shp"
    with pytest.raises(Unreadable) as refused:
        read(path)
    assert refused.value.code == "shp_alone"


@pytest.mark.parametrize(
    "content", ['{"type": "FeatureCollection"', '{"type": "FeatureCollection", "features": [1]}', '{"type": [' * 3000]
)
def test_a_broken_geojson_is_damaged(tmp_path, content):
    path = tmp_path / "a.geojson"
    path.write_text(content)
    with pytest.raises(Unreadable) as refused:
        read(path)
    assert refused.value.code == "damaged"


def test_a_row_that_was_struck_out_is_left_and_the_others_keep_their_numbers(tmp_path, parts):
    content = bytearray(parts[".dbf"].read_bytes())
    content[int.from_bytes(content[8:10], "little")] = ord("*")
    parts[".dbf"].write_bytes(bytes(content))
    plan = read(zipped(tmp_path / "a.zip", {f"a{suffix}": part for suffix, part in parts.items()}))
    assert (plan.rows, plan.parcels[0].number, plan.parcels[0].row, plan.sheets[0].rows[0][0]) == (205, "00002", 2, 2)


def test_a_torn_figure_is_no_area(tmp_path, parts):
    """A library would read 168.5 out of it, or 1."""
    content = parts[".dbf"].read_bytes()
    assert content.count(b"131.30") == 1
    parts[".dbf"].write_bytes(content.replace(b"131.30", b"1x1.30"))
    plan = read(zipped(tmp_path / "a.zip", {f"a{suffix}": part for suffix, part in parts.items()}))
    assert [(bad.row, bad.code, bad.facts["value"][:6]) for bad in plan.bad] == [(1, "legal_not_a_number", "1x1.30")]
