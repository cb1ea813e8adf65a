"""The map in a real browser: it walks with the list, and a boundary is drawn, taken back, typed and saved."""

import pytest

from heli.parcels.models import Boundary

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def outlined(page):
    return page.get_attribute("[data-sel]", "d")


def test_rows_and_lots_move_each_other(world, page, enter):
    enter(page, "linmei")
    page.goto(f"{world[0]}/desk/households/?block=108-01")
    page.hover(".tbl-rows tbody tr:nth-child(3)")
    by_row, name = outlined(page), page.inner_text(".tbl-rows tbody tr:nth-child(3) b")
    assert (by_row.startswith("M"), name in page.inner_text("[data-lot-text]")) == (True, True)
    page.mouse.move(5, 500)
    page.locator(f'[data-lot]:has(path[d="{by_row}"])').hover()
    assert page.inner_text("tr.on-map b") == name


def test_arrow_keys_walk_the_lots_and_enter_opens_the_file(world, page, enter):
    enter(page, "linmei")
    page.goto(f"{world[0]}/desk/households/?block=108-01")
    page.locator('[data-lot][aria-label*=" 1 号"]').first.focus()
    page.keyboard.press("ArrowRight")
    assert " 2 号" in page.inner_text("[data-lot-text]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowLeft")
    assert " 19 号" in page.inner_text("[data-lot-text]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/households/*/")
    assert page.locator(".crumb").count() == 1


def test_the_map_is_not_printed(world, page, enter):
    enter(page, "linmei")
    page.goto(f"{world[0]}/desk/households/?block=108-01")
    page.emulate_media(media="print")
    assert page.locator("[data-map]").is_hidden()


def drawing(page, world, enter):
    enter(page, "linmei")
    page.goto(f"{world[0]}/desk/blocks/108-01/boundary/")
    page.wait_for_selector("[data-ready]")
    box = page.locator("[data-draw] canvas").first.bounding_box()
    return lambda x, y: (box["x"] + box["width"] * x, box["y"] + box["height"] * y)


def lines(page):
    return [line for line in page.input_value("[data-corners]").split("\n") if line]


def test_a_boundary_is_drawn_with_the_mouse_and_saved_as_a_new_version(world, page, enter):
    at = drawing(page, world, enter)
    before = lines(page)
    page.click("[data-draw-again]")
    for point in ((0.2, 0.2), (0.8, 0.2), (0.8, 0.8), (0.2, 0.8)):
        page.mouse.click(*at(*point))
        page.wait_for_timeout(300)
    page.mouse.click(*at(0.2, 0.2))
    page.wait_for_function("document.querySelector('[data-corners]').value.split('\\n').length === 4")
    page.mouse.move(*at(0.8, 0.8))
    page.mouse.down()
    page.mouse.move(*at(0.85, 0.9), steps=5)
    page.mouse.up()
    moved = lines(page)
    page.click("[data-draw-undo]")
    assert (len(moved), lines(page) == moved, len(lines(page))) == (4, False, 4)
    page.click("text=存成新的一版范围")
    page.wait_for_url("**/desk/blocks/108-01/")
    drawn = Boundary.objects.order_by("number").last()
    assert (drawn.number, drawn.how, drawn.by.username, len(before) > 4) == (2, "drawn", "linmei", True)


def test_a_boundary_is_typed_without_a_mouse(world, page, enter):
    drawing(page, world, enter)
    page.fill("[data-corners]", "121.3719, 28.3159\n121.3753，28.3160\n121.3752 28.3182")
    page.keyboard.press("Tab")
    assert page.inner_text("[data-draw-says]") == "3 个角"
    page.click("text=存成新的一版范围")
    page.wait_for_url("**/desk/blocks/108-01/")
    assert Boundary.objects.count() == 2
