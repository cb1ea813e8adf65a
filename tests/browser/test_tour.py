"""The tour as a newcomer takes it: at the desk by mouse with two people side by side, by keyboard, on a phone in English."""

import re
import time

import pytest
from playwright.sync_api import expect

from heli.common import days
from heli.demo.tour.doors import DOORS
from heli.dispatch.models import Dispatch
from heli.fieldwork.models import Need
from heli.helpers.models import Loan
from heli.households.models import Household
from heli.ledger import verifying

from .test_pages import findings, sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def onward(page, name):
    page.get_by_role("button", name=re.compile(f"^下一步：{name}")).click()


def test_the_whole_tour_at_the_desk_each_thing_tried(world, page, record_property):
    began = time.monotonic()
    page.goto(f"{world[0]}/tour/")
    page.get_by_role("button", name="从头看起").click()
    desk, phone = page.frame_locator("iframe[name=tour-desk]"), page.frame_locator("iframe[name=tour-phone]")

    desk.get_by_role("link", name="江映雪").click()
    expect(desk.get_by_text("等本人同意")).to_be_visible()
    phone.get_by_role("button", name="愿意去").click()
    expect(desk.get_by_text("等本人同意")).to_have_count(0)  # the desk follows by itself
    onward(page, "村里交来的表")

    desk.get_by_role("button", name=re.compile("^写入 46 户")).click()
    expect(desk.get_by_role("heading", level=1, name="写好了")).to_be_visible()
    onward(page, "名单和区块图")

    desk.get_by_role("searchbox", name="找住户").fill("yml")
    desk.get_by_role("searchbox", name="找住户").press("Enter")
    expect(desk.get_by_role("link", name="叶茂林")).to_be_visible()
    onward(page, "门口听到一句话")

    phone.get_by_label("哪一类").select_option("moving_help")
    phone.get_by_label("一句话说清楚").fill("冰箱抬不动")
    phone.get_by_role("button", name="记下，找合适的人").click()
    expect(desk.get_by_text("冰箱抬不动")).to_be_visible()
    onward(page, "谁来帮合适")

    expect(desk.get_by_text("不派", exact=True)).to_be_visible()
    desk.get_by_role("button", name="批准并邀请江映雪").click()
    expect(phone.get_by_text("等您答")).to_be_visible()
    onward(page, "愿不愿意帮")

    phone.get_by_role("button", name="没有关联，看看是谁家").click()
    phone.get_by_role("button", name="接受邀请").click()
    expect(desk.get_by_text("已接受")).to_be_visible()
    page.get_by_role("link", name="看完了").click()
    expect(page.get_by_role("heading", level=2)).to_have_text(
        ["市指挥部", "镇街经办", "村干部", "来帮忙的人", "接下来"]
    )
    record_property("seconds", round(time.monotonic() - began, 1))

    assert Loan.objects.get().state == "active"
    assert Household.objects.filter(block__code="108-02").count() == 46
    assert Need.objects.filter(title="冰箱抬不动").exists()
    assert set(Dispatch.objects.filter(state__in=("invited", "accepted")).values_list("helper__name", "state")) == {
        ("江映雪", "invited"), ("叶知秋", "accepted")}  # fmt: skip
    assert verifying.verify().bad == ()


def test_the_tour_by_keyboard_and_each_page_clean(world, page):
    page.goto(f"{world[0]}/tour/")
    wrong = {"front": findings(page)}
    page.get_by_role("button", name="从头看起").focus()
    for one in DOORS:
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1, name=str(one.title))).to_be_visible()
        page.wait_for_load_state("networkidle")
        wrong[one.slug] = [*findings(page), *([("sideways", 1)] if sideways(page) > 0 else [])]
        page.locator(".tour-go .btn-primary").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name=re.compile("^看完了"))).to_be_visible()
    wrong["end"] = findings(page)
    assert {place: found for place, found in wrong.items() if found} == {}


def test_the_tour_on_a_phone_in_english(world, phone):
    phone.context.add_cookies([{"name": "heli_language", "value": "en", "url": world[0]}])
    phone.goto(f"{world[0]}/tour/")
    assert (sideways(phone), findings(phone)) == (0, [])
    phone.get_by_role("button", name="Start the tour").click()
    for number, one in enumerate(DOORS, 1):
        expect(phone.locator("[aria-current=step]")).to_have_text(str(number))
        assert (one.slug, sideways(phone), findings(phone)) == (one.slug, 0, [])
        phone.get_by_role("link", name=re.compile("^Open this")).last.tap()
        expect(phone).to_have_url(re.compile(f"/tour/on/{one.screens[-1][0]}/"))
        assert (one.slug, sideways(phone)) == (one.slug, 0)
        phone.get_by_role("link", name=f"Back to step {number} of the tour").tap()
        phone.locator(".tour-go .btn-primary").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text(re.compile("four people"))


def test_the_band_goes_on_a_day_and_looks_back(world, page, enter):
    enter(page, "linmei")
    page.get_by_role("button", name="下一天").click()
    expect(page.get_by_text("今天当作 10月26日（周四）")).to_be_visible()
    page.get_by_role("link", name="看 2023年3月31日").click()
    expect(page.get_by_role("heading", level=1, name=re.compile("^那天有 2 个区块，209 户"))).to_be_visible()
    page.get_by_label("或者选一天").fill("2022-12-31")
    page.get_by_role("button", name="看这天").click()
    expect(page.get_by_role("heading", level=1, name="那天这里还什么都没有")).to_be_visible()
    page.get_by_label("或者选一天").fill("2023-06-30")
    page.get_by_role("button", name="看这天").click()
    expect(page.get_by_role("heading", level=1, name=re.compile("^那天有 2 个区块，209 户"))).to_be_visible()
    assert (findings(page), sideways(page)) == ([], 0)
    page.get_by_role("link", name="回到今天").click()
    expect(page.get_by_text("今天当作 10月26日（周四）")).to_be_visible()
    days.forget_demo_day()
    assert days.today().isoformat() == "2023-10-26"
