"""Every page of the first road: no finding of axe, nothing that scrolls sideways, in every size and mode."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, reset_sequences=True)]
DESK = (
    "/desk/", "/desk/households/", "/desk/households/1/", "/desk/needs/", "/desk/needs/6/", "/desk/needs/6/others/",
    "/desk/needs/4/", "/desk/households/1/needs/new/", "/desk/helpers/", "/desk/helpers/1/", "/desk/helpers/?state=proposed",
    "/desk/imports/", "/desk/blocks/", "/desk/blocks/new/", "/desk/blocks/108-01/", "/desk/blocks/108-01/print/",
    "/desk/blocks/108-01/boundary/", "/desk/households/1/papers/", "/desk/papers/1/", "/desk/papers/3/", "/desk/papers/4/", "/desk/papers/1/edit/",
    "/desk/papers/?state=kept", "/desk/lots/7/split/", "/desk/lots/7/merge/", "/desk/teams/new/", "/desk/households/1/shares/",
    "/messages/", "/help/", "/parts/", "/nothing/",
)  # fmt: skip
MODES = {
    "desk": {"viewport": {"width": 1366, "height": 900}},
    "dark": {"viewport": {"width": 1366, "height": 900}, "color_scheme": "dark"},
    "narrow": {"viewport": {"width": 360, "height": 740}},
    "wide": {"viewport": {"width": 1920, "height": 1080}},
}


def findings(page):
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}).response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:120]) for one in found]


def sideways(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("mode", MODES)
def test_desk_pages_are_clean(world, browser, enter, mode):
    context = browser.new_context(locale="zh-CN", **MODES[mode])
    page = context.new_page()
    enter(page, "linmei")
    wrong = {path: looked_at(page, world[0] + path) for path in DESK}
    context.close()
    assert {path: found for path, found in wrong.items() if found} == {}


REGIONS = ("regions/", *(f"regions/331081108224/{act}" for act in ("", "rename/", "recode/", "end/", "merge/")))


@pytest.mark.parametrize("mode", ["desk", "narrow"])
def test_headquarters_pages_of_regions_are_clean(world, browser, enter, mode):
    context = browser.new_context(locale="zh-CN", **MODES[mode])
    page = context.new_page()
    enter(page, "qinchuan")
    wrong = {path: looked_at(page, f"{world[0]}/desk/{path}") for path in REGIONS}
    context.close()
    assert {path: found for path, found in wrong.items() if found} == {}


def test_phone_pages_are_clean_also_for_elders(world, phone, enter):
    enter(phone, "yelvshi")
    phone.context.add_cookies([{"name": "heli_elder", "value": "1", "url": world[0]}])
    first = looked_at(phone, f"{world[0]}/field/")
    phone.click("a.item-card")
    paths = [phone.url, f"{phone.url}tie/", f"{world[0]}/messages/", f"{world[0]}/demo/", f"{world[0]}/help/"]
    assert [first, *(looked_at(phone, path) for path in paths)] == [[]] * 6


def looked_at(page, address):
    answer = page.goto(address)
    page.wait_for_load_state("networkidle")
    assert answer.status == (404 if address.endswith("/nothing/") else 200), address
    over = sideways(page)
    return [*findings(page), *([("sideways", over)] if over > 0 else [])]
