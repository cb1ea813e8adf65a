"""The whole main job in a browser: from an office's files to a finished dispatch, as town officer and as helper."""

import re

import pytest
from playwright.sync_api import expect

from heli.dispatch.models import Dispatch
from heli.ledger import verifying

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def import_file(page, address, path):
    page.goto(f"{address}/desk/imports/")
    page.set_input_files("input[type=file]", str(path))
    expect(page.get_by_role("heading", name="先看一遍，再写入")).to_be_visible()
    page.get_by_role("button", name=re.compile("^写入")).click()
    expect(page.get_by_role("heading", level=1, name="写好了")).to_be_visible()


def test_from_an_offices_roster_to_the_households_word(world, enter, page, phone):
    address, files = world
    page.set_default_timeout(10_000)
    enter(page, "linmei")
    import_file(page, address, files / "彭家摸底登记表.xlsx")
    import_file(page, address, files / "彭家社会力量登记.xlsx")
    admit(page)
    raise_need(page, address)
    name = approve(page)
    answer_on_the_phone(phone, address)
    finish(page)
    expect(page.get_by_text("住户说：")).to_be_visible()
    assert Dispatch.objects.get(helper__name=name, state="done").word == "讲清楚了，谢谢"
    assert verifying.verify().bad == ()


def admit(page):
    page.get_by_role("link", name="录用这些人").click()
    page.get_by_label("为什么录用").fill("村里推荐，镇里核过")
    page.get_by_label("培训日期").fill("2023-10-20")
    page.get_by_role("button", name=re.compile("^录用这")).click()
    expect(page.get_by_role("heading", name="社会力量资源库")).to_be_visible()


def raise_need(page, address):
    page.goto(f"{address}/desk/households/?block=108-02")
    page.locator("table a.row-link").first.click()
    page.get_by_role("link", name="请人帮忙").click()
    page.get_by_label("哪一类").select_option("policy_explanation")
    page.get_by_label("一句话说清楚").fill("货币和房票哪个合算")
    page.get_by_role("button", name="记下，找合适的人").click()
    expect(page.get_by_role("heading", name="谁来帮合适")).to_be_visible()


def approve(page):
    button = page.get_by_role("button", name=re.compile("^批准并邀请"))
    name = button.inner_text().removeprefix("批准并邀请").strip()
    expect(page.locator(".cand.on")).to_contain_text("政策宣讲")
    button.click()
    expect(page.get_by_role("heading", name="等对方答复")).to_be_visible()
    return name


def answer_on_the_phone(phone, address):
    dispatch = Dispatch.objects.latest("pk")
    phone.goto(f"{address}/demo/invitations/{dispatch.pk}/")
    phone.get_by_role("button", name=re.compile("收到的邀请$")).click()
    expect(phone.get_by_text("您和这个村、这件事有关联吗？")).to_be_visible()
    household = dispatch.need.household.members.get(role="head").name
    expect(phone.get_by_text(household)).to_have_count(0)
    phone.get_by_role("button", name="没有关联，看看是谁家").click()
    expect(phone.get_by_text(household).first).to_be_visible()
    phone.get_by_role("button", name="接受邀请").click()
    phone.get_by_role("button", name="已经联系上，开始帮忙").click()
    expect(phone.get_by_role("link", name="现在请干部").last).to_be_visible()


def finish(page):
    page.reload()
    page.get_by_label("住户怎么说").fill("讲清楚了，谢谢")
    page.get_by_role("button", name="记下住户的话，办结").click()
