"""A real browser against a live server with the demonstration's village in it.

Chromium comes from Debian's packages (`make browser`). Without it these tests are left out, except in CI.
"""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from heli.common import days, setting_up
from heli.common.models import Installation

CHROMIUM = os.environ.get("HELI_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


def pytest_collection_modifyitems(items):
    here = [item for item in items if item.get_closest_marker("browser")]
    if CHROMIUM or not here:
        return
    if os.environ.get("CI"):
        raise pytest.UsageError("CI needs Chromium: run `make browser` first.")
    for item in here:
        item.add_marker(pytest.mark.skip(reason="no Chromium here: `make browser` installs it"))


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def page(browser):
    """A page of an office's desk; whatever the browser complains of fails the test."""
    context = browser.new_context(viewport={"width": 1366, "height": 900}, locale="zh-CN")
    context.set_default_timeout(10_000)
    page, complaints = context.new_page(), []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def world(transactional_db, live_server, settings, tmp_path):
    """The village world, served; returns its address and the folder of the files to import."""
    from heli.demo import samples, village

    settings.SECURE_SSL_REDIRECT = False
    setting_up.fill("demo")
    Installation.objects.update(made_by="demo")
    village.build(lambda what: None)
    Installation.objects.update(scale="village")
    samples.write(tmp_path)
    days.forget_demo_day()
    return live_server.url, tmp_path


@pytest.fixture
def enter(world):
    """Sign in by one of the demonstration's doors."""

    def enter(page, username):
        page.goto(f"{world[0]}/demo/")
        page.click(f"form[action='/demo/{username}/enter/'] button")

    return enter


@pytest.fixture
def phone(browser):
    """A page of a cheap phone."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, locale="zh-CN", is_mobile=True, has_touch=True
    )
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()
