"""Pictures of every screen, light and dark, phone and desk, into `screenshots/`: `python3 -m tests screenshots`."""

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.phone import Phone
from tests.browser.screens import SIZES, WHO, come, demo, paths_for, show
from tests.chromium import chromium
from tests.node import ROOT

FOLDER = ROOT / "screenshots"


def main() -> int:
    """0 once all are made."""
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as scratch,
        demo(Path(scratch)) as (server, people),
        sync_playwright() as playwright,
    ):
        for size_name, size in SIZES.items():
            for who in WHO:
                phone = Phone(playwright, chromium(), Path(scratch) / f"{who}-{size_name}", server.url, size)
                paths = paths_for(server, people, who)
                come(phone, people, who)
                for name, path in paths:
                    show(phone, path)
                    for look in ("light", "dark"):
                        phone.page.emulate_media(color_scheme=look)
                        phone.page.screenshot(path=FOLDER / f"{name}-{size_name}-{look}.png")
                    phone.page.emulate_media(color_scheme="light")
                phone.close()
    print(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER.relative_to(ROOT)}/")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
