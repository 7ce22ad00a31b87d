"""Every screen, in light and dark: axe finds nothing, nothing is cut off, and no page of the app is left out."""

from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.browser.phone import Phone
from tests.browser.screens import SCREENS, SIZES, WHO, come, demo, paths_for, paths_of_the_app, shape, show
from tests.node import package

VERSION = "4.14.1"
INTEGRITY = "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="
RUN = """async () => {
    const { violations } = await axe.run(document, { resultTypes: ["violations"] })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`)
}"""


@pytest.fixture(scope="module")
def axe() -> str:
    """The source of axe-core."""
    return (package("axe-core", VERSION, INTEGRITY, "package") / "axe.min.js").read_text("utf-8")


def test_every_page_of_the_app_is_a_screen_that_is_looked_at() -> None:
    assert {shape(path) for path in paths_of_the_app()} <= {shape(screen.path) for screen in SCREENS}


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_axe_finds_nothing_on_any_screen(
    axe: str, size: tuple[int, int], playwright: Playwright, browser_path: str, tmp_path: Path
) -> None:
    found = []
    with demo(tmp_path) as (server, people):
        for who in WHO:
            phone = Phone(playwright, browser_path, tmp_path / who, server.url, size)
            come(phone, people, who)
            phone.page.evaluate(axe)
            for name, path in paths_for(server, people, who):
                show(phone, path)
                for look in ("light", "dark"):
                    phone.page.emulate_media(color_scheme=look)
                    found += [f"{name}, {look}: {one}" for one in phone.page.evaluate(RUN)]
                assert phone.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, name
                phone.page.emulate_media(color_scheme="light")
            phone.check()
            phone.close()

    assert found == []
