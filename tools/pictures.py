"""Take the README's pictures from the tour of the running demonstration: its front, and the match beside the phone.

    heli demo --port 8000 &     then     python tools/pictures.py http://127.0.0.1:8000

Approves one helper in each language on the way; the tour brings its moments about again by itself.
"""

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

TARGET = Path(__file__).resolve().parents[1] / "docs" / "images"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
LANGUAGES = {"zh-hans": "", "en": "-en"}
COLOURS = 128  # enough for flat pages, a quarter of the bytes


def main(address: str) -> None:
    TARGET.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        for language, ending in LANGUAGES.items():
            context = browser.new_context(viewport={"width": 1690, "height": 1190}, locale="zh-CN")
            context.add_cookies([{"name": "heli_language", "value": language, "url": address}])
            page = context.new_page()
            keep(front(page, address), f"tour{ending}.png")
            keep(match(page, address), f"match{ending}.png")
            context.close()
        browser.close()


def front(page: Page, address: str) -> bytes:
    page.goto(f"{address}/tour/")
    return page.screenshot(clip={"x": 0, "y": 0, "width": 1690, "height": 1010})


def match(page: Page, address: str) -> bytes:
    """The desk before the approval, the phone after it: what one sees first, and what comes of it."""
    page.goto(f"{address}/tour/match/")
    page.locator(".tour-go button.btn-primary").click()
    page.wait_for_load_state("networkidle")
    desk, phone = page.frame_locator("iframe[name=tour-desk]"), page.frame_locator("iframe[name=tour-phone]")
    seen = page.locator(".tour-desk .tour-glass").screenshot()
    desk.locator("#approve button.btn-primary").click()
    phone.locator("a[href*='/invitations/']").first.click()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    return side_by_side(seen, page.locator(".tour-phone .tour-glass").screenshot())


def side_by_side(desk: bytes, phone: bytes) -> bytes:
    left, right = Image.open(io.BytesIO(desk)), Image.open(io.BytesIO(phone))
    scene = Image.new("RGB", (left.width + right.width + 96, max(left.height, right.height) + 64), "#d5e0db")
    scene.paste(left, (32, 32))
    scene.paste(right, (left.width + 64, 32))
    kept = io.BytesIO()
    scene.save(kept, "PNG")
    return kept.getvalue()


def keep(picture: bytes, name: str) -> None:
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(TARGET / name, optimize=True)
    print(f"{name}: {image.width} x {image.height}, {(TARGET / name).stat().st_size:,} bytes")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
