"""A block's page, its boundary form and its paper."""

import pytest
from django.urls import reverse

from heli.parcels.drawing import sheet
from heli.parcels.models import Boundary

pytestmark = pytest.mark.django_db
SQUARE = "121.371, 28.315\n121.375, 28.315\n121.375, 28.318\n121.371, 28.318"


@pytest.fixture
def desk(client, cast, settings):
    settings.SECURE_SSL_REDIRECT = False
    client.force_login(cast["linmei"], backend="django.contrib.auth.backends.ModelBackend")
    return client


def save(desk, corners, began=0):
    return desk.post(reverse("parcels:boundary", args=["108-01"]), {"corners": corners, "began": began})


def test_a_block_without_land_says_what_comes_here(desk, village):
    page = desk.get(reverse("parcels:block", args=["108-01"])).content.decode()
    assert ("还没有宗地，也没有范围" in page, '<svg class="plot"' in page) == (True, False)


def test_typed_corners_become_the_boundary(desk, village):
    assert save(desk, SQUARE).status_code == 302
    assert (Boundary.objects.get().area_dm2 > 1_000_000, Boundary.objects.get().how) == (True, "drawn")
    page = desk.get(reverse("parcels:boundary", args=["108-01"])).content.decode()
    assert "121.3750000, 28.3180000" in page


def test_the_second_of_two_editors_is_told_once_and_loses_nothing(desk, village):
    save(desk, SQUARE)
    other = SQUARE.replace("28.318", "28.319")
    told = save(desk, other)
    page = told.content.decode()
    assert (told.status_code, "刚存了第 1 版范围" in page, other in page) == (422, True, True)
    assert 'name="began" value="1"' in page
    assert (save(desk, other, began=1).status_code, Boundary.objects.count()) == (302, 2)


@pytest.mark.parametrize(
    ("corners", "said"),
    [
        ("", "还没有一个角"),
        ("121.371, 28.315\n121.375, 28.315", "至少要三个角"),
        ("121.371, 28.315\n28.315, 121.375\n121.375, 28.318", "第 2 行认不出"),
        ("121.371, 28.315\nnan, nan\n121.375, 28.318", "第 2 行认不出"),
        ("121.371, 28.315\n1 2 3\n121.375, 28.318", "第 2 行认不出"),
        ("121.371, 28.315\n121.375, 28.318\n121.375, 28.315\n121.371, 28.318", "边线自己交叉了"),
    ],
)  # fmt: skip
def test_wrong_corners_are_named_and_kept(desk, village, corners, said):
    answer = save(desk, corners)
    page = answer.content.decode()
    assert (answer.status_code, said in page, corners in page, Boundary.objects.count()) == (422, True, True, 0)


def test_a_code_that_is_nowhere_and_one_of_another_town_look_alike(client, cast, village, settings):
    settings.SECURE_SSL_REDIRECT = False
    client.force_login(cast["taoying"], backend="django.contrib.auth.backends.ModelBackend")
    answers = [client.get(reverse("parcels:block", args=[code])) for code in ("108-01", "999-99")]
    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_drawing_is_north_up_and_its_lots_stand_in_their_middle():
    lower = (
        '{"type":"Polygon","coordinates":[[[121.0,28.0],[121.001,28.0],[121.001,28.001],[121.0,28.001],[121.0,28.0]]]}'
    )
    upper = lower.replace("28.001", "28.003").replace("28.0]", "28.002]")
    drawn = sheet([(1, lower), (2, upper)])
    one, two = drawn.lots
    assert (one.y > two.y, abs(one.x - two.x) < 0.2, 0 < one.x < drawn.width, one.y < drawn.height) == (True,) * 4


def test_nothing_to_draw_is_no_drawing():
    assert sheet([]) is None
