"""The pictures that the manifests name, from the icons and the running app: `python3 -m tests manifest-pictures`."""

import tempfile
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright

from tests.browser.phone import Phone
from tests.browser.screens import SIZES, demo, show
from tests.chromium import chromium
from tests.node import ROOT

ICONS = ROOT / "static" / "icons"
SCREENS = {"today": "/", "trends": "/trends"}
LANGUAGES = ("en", "es")


def main() -> int:
    """0 once all are made."""
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        _draw_notes(playwright)
        with demo(Path(scratch)) as (server, people):
            phone = Phone(playwright, chromium(), Path(scratch) / "phone", server.url, SIZES["phone"])
            phone.go("/")
            phone.sign_in(people["patient"])
            for language in LANGUAGES:
                phone.page.evaluate("one => localStorage.setItem('interlude.language', one)", language)
                phone.page.reload()
                for name, path in SCREENS.items():
                    show(phone, path)
                    phone.page.screenshot(path=ICONS / f"screen-{name}.{language}.png")
            phone.close()
    return 0


def _draw_notes(playwright: Playwright) -> None:
    """The icons of the second name from their drawing: rounded, to the edge for a mask, and white alone for a badge."""
    drawing = (ICONS / "notes.svg").read_text("utf-8")
    square = drawing.replace(' rx="12"', "")
    smaller = square.replace("<path ", '<path transform="translate(9 9) scale(.72)" ')
    badge = square.replace('fill="#fbfaf6"', 'fill="none"').replace("#545f67", "#fff")
    browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
    for name, size, svg in (
        ("notes-180", 180, square), ("notes-192", 192, drawing), ("notes-512", 512, drawing),
        ("notes-maskable-512", 512, smaller), ("notes-badge-96", 96, badge),
    ):  # fmt: skip
        page = browser.new_page(viewport={"width": size, "height": size})
        page.set_content(f"<style>body{{margin:0}}svg{{display:block;width:{size}px;height:{size}px}}</style>{svg}")
        page.screenshot(path=ICONS / f"{name}.png", omit_background=True)
    browser.close()


if __name__ == "__main__":
    raise SystemExit(main())
