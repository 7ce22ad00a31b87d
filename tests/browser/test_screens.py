"""Every screen, in light and dark: axe finds nothing, nothing is cut off, and no page of the app is left out.

Each begins at its title, also for somebody who listens to it, and has the system's own colours where these are forced.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from tests.browser.phone import Phone
from tests.browser.screens import SCREENS, SIZES, WHO, come, demo, paths_for, paths_of_the_app, shape, show
from tests.browser.server import Account, Server
from tests.node import package

Shown = tuple[Server, dict[str, Account]]
VERSION = "4.14.1"
INTEGRITY = "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="
# In the dark a page has other colours and is the same otherwise.
RULES = {"light": {}, "dark": {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}}
RUN = """async (rules) => {
    const { violations } = await axe.run(document, { resultTypes: ["violations"], ...rules })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`)
}"""
# Narrow, on its side, and with text twice as large.
TIGHT = (((320, 640), 16), ((740, 360), 16), ((360, 740), 32))
WIDER = "document.documentElement.scrollWidth - innerWidth"
# Words of titles and of what is pressed that are broken within themselves, as large text would break them.
BROKEN = r"""() => [...document.querySelectorAll('main :is(h1, .button, .plain, .weekdays span)')].flatMap((one) => {
    const broken = (text) => [...text.data.matchAll(/\p{L}+/gu)].filter((word) => {
        const range = document.createRange()
        range.setStart(text, word.index)
        range.setEnd(text, word.index + word[0].length)
        return one.checkVisibility() && new Set([...range.getClientRects()].map(({ top }) => top)).size > 1
    })
    return [...one.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE).flatMap(broken)
}).map(([word]) => word)"""
COLOURS = """() => ['--paper', '--sheet', '--ink', '--soft', '--line', '--edge', '--accent', '--tint'].map(
    (name) => getComputedStyle(document.documentElement).getPropertyValue(name))"""
FORCED = ["Canvas", "Canvas", *["CanvasText"] * 4, "LinkText", "Canvas"]


@pytest.fixture(scope="module")
def axe() -> str:
    """The source of axe-core."""
    return (package("axe-core", VERSION, INTEGRITY, "package") / "axe.min.js").read_text("utf-8")


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    """The demo, served, and who is in it: nobody changes anything there."""
    with demo(tmp_path_factory.mktemp("demo")) as both:
        yield both


def test_every_page_of_the_app_is_a_screen_that_is_looked_at() -> None:
    assert {shape(path) for path in paths_of_the_app()} <= {shape(screen.path) for screen in SCREENS}


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_axe_finds_nothing_on_any_screen(
    axe: str, size: tuple[int, int], playwright: Playwright, browser_path: str, shown: Shown, tmp_path: Path
) -> None:
    found, (server, people) = [], shown
    for who in WHO:
        phone = Phone(playwright, browser_path, tmp_path / who, server.url, size)
        come(phone, people, who)
        phone.page.evaluate(axe)
        for turn, (name, path) in enumerate(paths_for(server, people, who)):
            show(phone, path)
            for look, rules in RULES.items():
                phone.page.emulate_media(color_scheme=look)
                found += [f"{name}, {look}: {one}" for one in phone.page.evaluate(RUN, rules)]
            assert phone.page.evaluate(WIDER) <= 0, name
            if turn:  # on the first page of all the browser begins where it likes
                expect(phone.page.locator("main:visible h1")).to_be_focused()
            phone.page.emulate_media(color_scheme="light", forced_colors="active")
            assert phone.page.evaluate(COLOURS) == FORCED, name
            phone.page.emulate_media(forced_colors="none")
            if size == SIZES["phone"]:
                found += [f"{name}, {one}" for one in cut_in_tight_places(phone)]
        phone.check()
        phone.close()

    assert found == []


def cut_in_tight_places(phone: Phone) -> list[str]:
    """How a screen does not fit into a narrow window, one on its side, one with large text."""
    found = []
    for (width, height), text in TIGHT:
        phone.page.set_viewport_size({"width": width, "height": height})
        phone.page.evaluate(f"() => {{ document.documentElement.style.fontSize = '{text}px' }}")
        wider = phone.page.evaluate(WIDER)
        found += [f"{width} by {height}, text {text}: {wider} too wide"] if wider > 0 else []
        found += [f"{width} by {height}, text {text}: {word} is broken" for word in phone.page.evaluate(BROKEN)]
    phone.page.evaluate("() => { document.documentElement.style.fontSize = '' }")
    phone.page.set_viewport_size(dict(zip(("width", "height"), SIZES["phone"], strict=True)))
    return found
