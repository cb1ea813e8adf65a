"""Papers in a browser: they go as soon as they are chosen, and what was taken away comes back by one press."""

import pytest
from playwright.sync_api import expect

from heli.demo import scans
from heli.papers.models import Paper

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, reset_sequences=True)]
GOOD = {"name": "东厢.png", "mimeType": "image/png", "buffer": scans.picture("east", 600)}
BAD = {"name": "照片.jpg", "mimeType": "image/jpeg", "buffer": b"<html><script>alert(1)</script>"}


def of_the_second(**wanted):
    return Paper.objects.filter(subject_id=2, **wanted).count()


def test_chosen_is_handed_in_and_taken_away_comes_back(world, enter, page):
    enter(page, "linmei")
    page.goto(f"{world[0]}/desk/households/2/")
    page.set_input_files("#papers input[type=file]", [GOOD, BAD])  # not sent: nobody has said what they are
    page.get_by_label("是什么材料").select_option("photo")
    expect(page.get_by_role("heading", name="刚传的")).to_be_visible()
    expect(page.get_by_text("这不是图片也不是文档")).to_be_visible()
    page.locator(".papers a").click()
    expect(page.locator(".shot img")).to_have_js_property("complete", True)
    assert page.locator(".shot img").evaluate("one => one.naturalWidth") == 600
    page.get_by_role("button", name="拿掉这份材料").click()
    assert of_the_second(removed_at=None) == 0
    page.locator(".toast0").get_by_role("button", name="撤回").click()
    expect(page.locator(".papers a")).to_contain_text("东厢")
    assert of_the_second(removed_at=None) == 1


def test_it_works_without_scripts(world, browser, enter):
    context = browser.new_context(locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    enter(page, "wentao")
    page.wait_for_url(lambda address: not address.endswith("/demo/"))
    page.goto(f"{world[0]}/desk/households/2/")
    expect(page.locator("#papers")).to_be_visible()
    page.select_option("#papers select", "photo")
    page.set_input_files("#papers input[type=file]", [GOOD])
    page.get_by_role("button", name="传上去").click()
    expect(page.get_by_text("收下了。")).to_be_visible()
    context.close()
    assert of_the_second() == 1


def test_an_identity_paper_is_seen_after_the_reason_and_gone_after_leaving(world, enter, page):
    enter(page, "linmei")
    covered = Paper.objects.get(kind="identity")
    page.goto(f"{world[0]}/desk/papers/{covered.pk}/")
    assert page.locator("img").count() == 0
    page.get_by_label("为什么看").select_option("check_identity")
    page.get_by_role("button", name="看这份材料").click()
    expect(page.locator(".shot img")).to_be_visible()
    assert page.locator(".shot img").evaluate("one => one.naturalWidth") > 300
    page.goto(f"{world[0]}/desk/papers/{covered.pk}/")
    assert page.locator("img").count() == 0
