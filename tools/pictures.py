"""Take the README's picture from the running demonstration: the explained match beside the invitation on the phone.

    heli demo --port 8000 &     then     python tools/pictures.py http://127.0.0.1:8000

Approves the story need on the way, so use a demonstration that was just built.
"""

import base64
import re
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

TARGET = Path(__file__).resolve().parents[1] / "docs" / "images" / "match.png"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SCENE = """<body style="margin:0;background:#d5e0db;display:flex;gap:28px;align-items:flex-start;padding:36px">
<img style="width:1180px;border-radius:14px;box-shadow:0 18px 50px rgba(28,38,37,.25)" src="data:image/png;base64,{desk}">
<img style="width:360px;border-radius:34px;border:9px solid #22302e;box-shadow:0 18px 50px rgba(28,38,37,.28)"
 src="data:image/png;base64,{phone}"></body>"""


def main(address: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        desk, phone = take(browser, address)
        scene = browser.new_page(viewport={"width": 1690, "height": 900})
        scene.set_content(SCENE.format(desk=encoded(desk), phone=encoded(phone)))
        scene.wait_for_timeout(500)
        TARGET.parent.mkdir(exist_ok=True)
        TARGET.write_bytes(scene.screenshot())
        browser.close()


def take(browser: Browser, address: str) -> tuple[bytes, bytes]:
    desk = browser.new_context(viewport={"width": 1366, "height": 940}).new_page()
    desk.goto(f"{address}/demo/")
    desk.click("form[action='/demo/linmei/enter/'] button")
    desk.goto(f"{address}/desk/needs/?view=waiting")
    desk.get_by_role("link", name=re.compile("三兄弟分老屋")).click()
    desk.wait_for_load_state("networkidle")
    match = desk.screenshot()
    desk.get_by_role("button", name=re.compile("^批准并邀请")).click()
    phone = browser.new_context(
        viewport={"width": 360, "height": 780}, is_mobile=True, device_scale_factor=2
    ).new_page()
    phone.goto(f"{address}/demo/")
    phone.click("form[action='/demo/jiangyingxue/enter/'] button")
    phone.click("a.item-card")
    phone.wait_for_load_state("networkidle")
    return match, phone.screenshot()


def encoded(picture: bytes) -> str:
    return base64.b64encode(picture).decode()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
