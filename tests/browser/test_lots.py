"""Lots changed in a real browser: from the working map a lot is split with the mouse, and two are merged by keyboard."""

import pytest
import shapely

from heli.access.models import Person
from heli.common import days
from heli.parcels import rules, services
from heli.parcels.bulk import NewParcel
from heli.parcels.geometry import area_dm2, shape_of, text
from heli.parcels.models import Parcel, Survey
from tests.browser.test_pages import findings, sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def chosen_on_the_map(world, page, enter, link):
    """Choose lot 7 on the map beside the list, and go where the link leads."""
    enter(page, "linmei")
    page.goto(f"{world[0]}/desk/households/?block=108-01")
    page.wait_for_selector("[data-sel]", state="attached")
    page.locator('[data-lot][aria-label*=" 7 号"]').first.focus()
    page.click(f"[data-lot-change] >> text={link}")
    return Parcel.objects.filter(serial="7", until=None).first()


def parted():
    """Lot 7 in two, as the survey's file would have it: lots of this village stand apart, its parts touch."""
    old = Parcel.objects.get(serial="7", until=None)
    west, south, east, north = shape_of(old.shape).bounds
    line = shapely.LineString([((west + east) / 2, south), ((west + east) / 2, north)])
    parts = [
        NewParcel(old.region_code, f"7-{n}", text(part), area_dm2(part), serial="7")
        for n, part in enumerate(rules.cut(shape_of(old.shape), line), 1)
    ]
    linmei = Person.objects.get(username="linmei")
    services.parcel_split(old, parts=parts, surveyed_on=days.today(), actor=linmei, at=days.now())


def saved(page, button):
    page.fill("[name=reason]", "分家协议")
    page.click(f"button:has-text('{button}')")

    page.wait_for_url("**/desk/blocks/108-01/")


def test_a_lot_is_split_by_a_line_drawn_over_it_and_the_split_taken_back(world, page, enter):
    old = chosen_on_the_map(world, page, enter, "分割这一块")
    page.wait_for_selector("[data-ready]")
    box = page.locator("[data-draw] canvas").first.bounding_box()
    for x, twice in ((0.05, False), (0.95, True)):
        act = page.mouse.dblclick if twice else page.mouse.click
        act(box["x"] + box["width"] * x, box["y"] + box["height"] * 0.5)
        page.wait_for_timeout(300)
    page.wait_for_function("document.querySelector('[data-corners]').value.split('\\n').length === 2")
    page.click("text=看分开后的样子")
    assert (page.locator(".plot .fresh").count(), page.locator("legend").count()) == (2, 2)
    assert (findings(page), sideways(page)) == ([], 0)
    page.fill("[name=part-0-legal]", "61.5")
    saved(page, "分成 2 块")
    assert sorted(old.heirs.values_list("number", "legal_dm2")) == [
        (f"{old.number}-1", 6150), (f"{old.number}-2", None),
    ]  # fmt: skip
    page.click(".toast0 >> text=撤回")
    page.wait_for_selector("text=撤回了，原来的宗地又在了")
    assert Parcel.objects.get(number=old.number, until=None).shape == old.shape


def test_two_lots_become_one_without_a_mouse(world, page, enter):
    parted()
    old = chosen_on_the_map(world, page, enter, "和挨着的合并")
    page.locator("[name=with]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_selector(".plot .fresh")
    assert (findings(page), sideways(page)) == ([], 0)
    page.fill("[name=number]", "7")
    page.fill("[name=legal]", "240")
    saved(page, "把 2 块合成一块")
    made = Parcel.objects.get(number="7")
    assert (made.legal_dm2, made.origins.count(), old in made.origins.all()) == (24_000, 2, True)
    assert Survey.objects.order_by("number").last().reason == "分家协议"
