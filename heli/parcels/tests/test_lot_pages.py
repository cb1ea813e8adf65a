"""Splitting and merging on the pages: looked at first, refused in a sentence, written, taken back."""

import json

import pytest
import shapely
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from heli.parcels import selectors
from heli.parcels.geometry import shape_of
from heli.parcels.models import Parcel, Survey

from .conftest import DAY, SOUTH, STEP, WEST, lot

pytestmark = pytest.mark.django_db
ACROSS = f"{WEST + 0.4 * STEP:.7f}, {SOUTH:.7f}\n{WEST + 0.4 * STEP:.7f}，{SOUTH + STEP:.7f}"
WHY = {"surveyed_on": DAY, "reason": "测绘报告 23-7 号"}


@pytest.fixture
def desk(client, cast, settings):
    settings.SECURE_SSL_REDIRECT = False
    client.force_login(cast["linmei"], backend="django.contrib.auth.backends.ModelBackend")
    return client


def looked_at(desk, one, **asked):
    return desk.post(reverse("parcels:split", args=[one.pk]), asked)


def parts_of(answer, **changed):
    """What the page with the parts would send back."""
    forms = answer.context["parts"]
    fields = {form[name].html_name: form[name].value() for form in forms for name in form.fields}
    return {"part-TOTAL_FORMS": len(forms.forms), "part-INITIAL_FORMS": len(forms.forms), **fields, **WHY, **changed}


def file(*lots):
    features = [
        {"type": "Feature", "properties": {"宗地号": one.number, "面积": "51.25"}, "geometry": json.loads(one.shape)}
        for one in lots
    ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}
    content = {"type": "FeatureCollection", "crs": crs, "features": features}
    return SimpleUploadedFile("分割.geojson", json.dumps(content).encode())


def numbers(village):
    return sorted(selectors.of_block(village.block).values_list("number", flat=True))


def test_a_line_is_looked_at_then_the_parts_are_named_and_written(desk, lots, village):
    look = looked_at(desk, lots["1"], line=ACROSS)
    assert (look.status_code, "分开后是这样" in look.content.decode(), numbers(village)) == (200, True, ["1", "2", "3"])
    told = parts_of(look, **{"part-0-number": "1甲", "part-0-legal": "44.5", "part-1-number": "1乙"})
    done = desk.post(reverse("parcels:parts", args=[lots["1"].pk]), told, follow=True)
    assert (numbers(village), "测绘报告 23-7 号" in done.content.decode()) == (["1乙", "1甲", "2", "3"], True)
    west, east = (Parcel.objects.get(number=number) for number in ("1甲", "1乙"))
    assert (west.legal_dm2, east.legal_dm2, west.serial, shape_of(west.shape).area < shape_of(east.shape).area) == (
        4450, None, "1", True,
    )  # fmt: skip


def test_corners_of_the_lot_may_be_named_in_the_line(desk, lots):
    look = looked_at(desk, lots["1"], line="J1\nj3")
    areas = look.context["computed"]
    assert (len(areas), abs(areas[0] - areas[1]) < 5) == (2, True)


def test_the_surveys_file_brings_its_numbers_and_areas(desk, lots):
    look = looked_at(desk, lots["1"], file=file(lot(0, "A", wide=0.4), lot(0.4, "B", wide=0.6)))
    offered = [(form["number"].value(), form["legal"].value()) for form in look.context["parts"]]
    assert offered == [("A", "51.25"), ("B", "51.25")]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "还没有分割线，也没有文件"),
        ({"line": "J1"}, "至少要两个点"),
        ({"line": "J1\nJ9"}, "第 2 行认不出"),
        ({"line": f"{WEST + 0.2 * STEP}, {SOUTH + 0.2 * STEP}\n{WEST + 0.5 * STEP}, {SOUTH + 0.5 * STEP}"}, "没有把地块分开"),
        ({"line": "J1\nJ2"}, "没有把地块分开"),
        ({"line": f"J1\nJ3\n{WEST}, {SOUTH + STEP / 2}\n{WEST + STEP}, {SOUTH + STEP / 2}\nJ2"}, "自己交叉了"),
    ],
)  # fmt: skip
def test_a_line_that_does_not_part_the_lot_is_told_and_kept(desk, lots, asked, said):
    look = looked_at(desk, lots["1"], **asked)
    page = look.content.decode()
    assert (look.status_code, said in page, asked.get("line", "") in page) == (422, True, True)


def test_a_file_whose_parts_are_not_the_lot_is_refused(desk, lots):
    look = looked_at(desk, lots["1"], file=file(lot(0, "A", wide=0.4), lot(1.4, "B", wide=0.6)))
    assert (look.status_code, "合起来不是原来那一块" in look.content.decode()) == (422, True)


def test_a_number_that_is_taken_is_told_and_nothing_is_lost(desk, lots, village):
    told = parts_of(looked_at(desk, lots["1"], line=ACROSS), **{"part-0-number": "2"})
    answer = desk.post(reverse("parcels:parts", args=[lots["1"].pk]), told)
    page = answer.content.decode()
    assert (answer.status_code, "这个宗地号已经有了" in page, WHY["reason"] in page) == (422, True, True)
    assert numbers(village) == ["1", "2", "3"]


def test_shapes_that_were_changed_on_the_way_are_not_the_lot(desk, lots, village):
    look = looked_at(desk, lots["1"], line=ACROSS)
    elsewhere = shapely.to_geojson(shapely.box(WEST + 8 * STEP, SOUTH, WEST + 9 * STEP, SOUTH + STEP))
    for shape, said in ((elsewhere, "合起来不是原来那一块"), ("{", "图形没有带上")):
        answer = desk.post(reverse("parcels:parts", args=[lots["1"].pk]), parts_of(look, **{"part-0-shape": shape}))
        assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert Survey.objects.count() == 1


def test_neighbours_are_offered_looked_at_merged_and_taken_back(desk, lots, village):
    url = reverse("parcels:merge", args=[lots["1"].pk])
    assert [one.number for one in desk.get(url).context["beside"]] == ["2"]
    look = desk.get(url, {"with": lots["2"].pk})
    assert ([one.number for one in look.context["beside"]], "合成后是这样" in look.content.decode()) == (["3"], True)
    desk.post(url, {"with": lots["2"].pk, "number": "12", "serial": "2", "legal": "219.9", **WHY})
    made = Parcel.objects.get(number="12")
    assert (numbers(village), made.serial, made.legal_dm2) == (["12", "3"], "2", 21_990)
    desk.post(reverse("parcels:undo", args=[village.block.code, 2]))
    assert numbers(village) == ["1", "2", "3"]


def test_lots_apart_are_told_before_anything_is_asked(desk, lots):
    page = desk.get(reverse("parcels:merge", args=[lots["1"].pk]), {"with": lots["3"].pk}).content.decode()
    assert ("这几块不相连" in page, 'name="reason"' in page) == (True, False)


def test_a_lot_is_found_by_its_number_and_another_number_is_told(desk, lots):
    url = reverse("parcels:find", args=["108-01"])
    assert desk.get(url, {"number": "2", "to": "merge"})["Location"] == reverse("parcels:merge", args=[lots["2"].pk])
    assert desk.get(url, {"number": "77"}).status_code == 422
