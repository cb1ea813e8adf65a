"""Handing a survey over on the page: previewed where it would lie, asked what it does not say, written whole."""

import random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from heli.intake import services
from heli.intake.land import read_land
from heli.intake.models import Batch
from heli.intake.reading import Unreadable
from heli.intake.tests.test_land import BOX, PLACES, SAMPLE, facts, geojson, parts, unpacked, zipped  # noqa: F401
from heli.parcels.models import Parcel

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, cast, village, settings):
    settings.SECURE_SSL_REDIRECT = False
    client.force_login(cast["linmei"], backend="django.contrib.auth.backends.ModelBackend")
    return client


def hand_over(desk, path, **more):
    file = SimpleUploadedFile(path.name, path.read_bytes())
    return desk.post(reverse("intake:hand_over"), {"file": file, **more}, follow=True)


def page_of(answer):
    return answer.content.decode()


def test_a_survey_is_previewed_as_a_map_with_its_joins(desk):
    page = page_of(hand_over(desk, SAMPLE))
    assert (page.count('<path class="lot f0"'), "1 块有住户 · 205 块没有住户 · 2 户没有宗地" in page) == (206, True)
    assert ("写入 206 块好的" in page, Parcel.all_rows.count()) == (True, 0)


def test_a_part_of_a_survey_leaves_the_other_lots_with_their_households(desk, cast, at, tmp_path, facts):  # noqa: F811
    hand_over(desk, SAMPLE)
    services.batch_write(Batch.objects.get(), actor=cast["linmei"], at=at)
    some = {name: values[1:2].copy() for name, values in facts[1].items()}
    some["ZDMJ"][0] = 126.0
    page = page_of(hand_over(desk, geojson(tmp_path / "吉捕岙.geojson", facts[0][1:2], some)))
    assert "0 块有住户 · 1 块没有住户 · 2 户没有宗地" in page
    assert "写入后换下在册的 1 块" in page


def test_bad_rows_stand_on_the_map_and_in_the_table(desk, tmp_path, facts):  # noqa: F811
    shapes, columns = list(facts[0][:6]), {name: values[:6].copy() for name, values in facts[1].items()}
    shapes[3], columns["ZDMJ"][4] = shapes[2], -1.0
    page = page_of(hand_over(desk, geojson(tmp_path / "吉捕岙.geojson", shapes, columns)))
    assert (page.count('<path class="lot wrong"'), page.count('class="has-bad"')) == (2, 2)
    assert ("和第" in page or "第 3 行" in page, "写入 4 块好的" in page) == (True, True)


def test_the_zone_is_asked_on_the_page_and_can_be_changed(desk, tmp_path, parts):  # noqa: F811
    path = zipped(tmp_path / "a.zip", {f"a{suffix}": part for suffix, part in parts.items() if suffix != ".prj"})
    asked = page_of(hand_over(desk, path, block="108-01"))
    batch = Batch.objects.get()
    assert ("文件没写坐标在哪个带" in asked, asked.count("图会落在本县"), "块好的" in asked) == (True, 1, False)
    address = reverse("intake:map", args=[batch.pk])
    wrong = page_of(desk.post(address, {"crs": "EPSG:4550"}, follow=True))
    again = page_of(desk.post(address, {"crs": ""}, follow=True))
    right = page_of(desk.post(address, {"crs": "EPSG:4549"}, follow=True))
    assert ("换一个坐标带" in wrong, "文件没写坐标在哪个带" in again, "写入 206 块好的" in right) == (True, True, True)


def test_correcting_a_column_keeps_the_zone(desk, tmp_path, parts):  # noqa: F811
    path = zipped(tmp_path / "a.zip", {f"a{suffix}": part for suffix, part in parts.items() if suffix != ".prj"})
    hand_over(desk, path, block="108-01")
    address = reverse("intake:map", args=[Batch.objects.get().pk])
    desk.post(address, {"crs": "EPSG:4549"})
    desk.post(address, {"column-A": "", "column-B": "number", "column-C": "use", "column-D": "legal"})
    assert (Batch.objects.get().mapping["crs"], Batch.objects.get().good) == ("EPSG:4549", 206)


def test_the_block_is_asked_where_the_name_tells_none(desk, tmp_path, facts):  # noqa: F811
    asked = page_of(hand_over(desk, geojson(tmp_path / "a.geojson", *facts)))
    batch = Batch.objects.get()
    told = page_of(desk.post(reverse("intake:map", args=[batch.pk]), {"block": "108-01"}, follow=True))
    assert ("还不知道这些宗地在哪个区块" in asked, "写入 206 块好的" in told) == (True, True)


def test_what_was_previewed_is_written(desk, cast, at):
    hand_over(desk, SAMPLE)
    batch = Batch.objects.get()
    services.batch_write(batch, actor=cast["linmei"], at=at)
    page = page_of(desk.get(reverse("intake:batch", args=[batch.pk])))
    assert ("写入了 206 块宗地" in page, reverse("parcels:block", args=["108-01"]) in page) == (True, True)


def test_a_torn_archive_is_told_in_words_and_leaves_nothing(desk, tmp_path, parts):  # noqa: F811
    path = zipped(tmp_path / "a.zip", {"a.shp": parts[".shp"], "a.shx": parts[".shx"]})
    answer = hand_over(desk, path)
    assert (answer.status_code, "少了 .dbf" in page_of(answer), Batch.objects.count()) == (422, True, 0)


@pytest.mark.parametrize("seed", range(40))
def test_damaged_bytes_are_a_plan_or_a_refusal_never_a_crash(tmp_path, seed):
    from heli.intake.reading.places import Gazetteer

    dice, found = random.Random(seed), unpacked(tmp_path)
    suffix = dice.choice(sorted(found))
    content = bytearray(found[suffix].read_bytes())
    for _ in range(dice.choice((1, 4, 30))):
        content[dice.randrange(len(content))] = dice.randrange(256)
    found[suffix].write_bytes(bytes(content))
    path = zipped(tmp_path / "a.zip", {f"a{end}": part for end, part in found.items()})
    try:
        told = read_land(path, name="a", kind="parcels", places=Gazetteer(PLACES), mapping={}, box=BOX).rows
    except Unreadable as refused:
        told = refused.code
    assert told in (206, "damaged", "encoding", "other_earth")
