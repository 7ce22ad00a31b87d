"""F7: the browser is killed at random moments around Save. What was called saved is there; what was not is a draft."""

import random
import time
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPhone, Serve
from tests.browser.phone import Phone
from tests.browser.server import Server
from tests.tried import size, tell

LONGEST_S = 0.25  # after the press of Save
WAIT_S = 15.0
PATIENCE_S = 10.0  # for History to show what is kept
ROUND = 20  # kills of one phone, before another takes over: of more entries History draws the first alone


class Toll(NamedTuple):
    """What a number of kills came to. `lost` was called saved and is not kept; `gone` is neither kept nor a draft."""

    called_saved: set[str]
    lost: set[str]
    gone: set[str]


@pytest.fixture
def server(request: pytest.FixtureRequest, serve: Serve, own_files: Path) -> Server:
    """An installation; as "hasty", one whose page says "saved" five seconds before it writes."""
    if getattr(request, "param", "") == "hasty":
        store = own_files / "static/js/records/store.js"
        head = "export function keep("
        hasty = f"export async function keep(...all) {{ setTimeout(() => late(...all), 5_000) }}\n{head}"
        source = store.read_text()
        assert head in source
        store.write_text(source.replace(head, hasty.replace(f"\n{head}", "\nfunction late(")))
    return serve(own_files)


def killed_while_saving(open_phone: OpenPhone, times: int) -> Toll:
    """Somebody writes, saves, and the browser is killed: `times` times, and `ROUND` times on one phone."""
    whole = Toll(set(), set(), set())
    for begun in range(0, times, ROUND):
        for so_far, more in zip(whole, killed_on_one_phone(open_phone, begun, min(times, begun + ROUND)), strict=True):
            so_far.update(more)
        print(f"F7 so far: {begun + ROUND} kills, {len(whole.lost)} lost, {len(whole.gone)} gone", flush=True)
    return whole


def killed_on_one_phone(open_phone: OpenPhone, begun: int, end: int) -> Toll:
    toll, name = Toll(set(), set(), set()), f"phone-{begun}"
    phone = open_phone(name)
    for number in range(begun, end):
        wait_for_form(phone)
        text = f"thought {number}, {random.randrange(10**9)}"
        phone.rate("mood", number % 11)
        phone.page.locator("#note").fill(text)
        phone.wait_for_draft(note=text)
        if said_saved_before_a_kill(phone, waits=number % 2 == 0):
            toll.called_saved.add(text)
        phone = open_phone(name)
        kept, draft = what_is_there(phone, toll.called_saved | {text})
        toll.lost.update(toll.called_saved - kept)
        toll.gone.update({text} - kept - {draft})
    phone.kill()
    return toll


def said_saved_before_a_kill(phone: Phone, waits: bool) -> bool:
    """Presses Save, kills the browser a moment later, and answers whether it had said that the entry is saved.

    The moment is that very one where it `waits` for it, and else a random one.
    """
    said = False
    phone.page.evaluate("document.querySelector('button[form=check-in]').click()")
    until = time.monotonic() + (WAIT_S if waits else random.uniform(0, LONGEST_S))
    while time.monotonic() < until and not (waits and said):
        said = said or "Saved" in phone.page.evaluate("document.getElementById('saved').textContent")
    phone.kill()
    return said


def what_is_there(phone: Phone, wanted: set[str]) -> tuple[set[str], str]:
    """The texts of every entry the phone holds, and the draft in the form; `wanted` are waited for for a while."""
    wait_for_form(phone)
    draft = phone.page.locator("#note").input_value()
    phone.go("/#/history")
    until = time.monotonic() + PATIENCE_S
    kept: set[str] = set()
    while not wanted <= kept | {draft} and time.monotonic() < until:
        phone.page.wait_for_timeout(50)
        kept = set(phone.page.locator(".entry .said").all_text_contents())
    phone.go("/#/")
    return kept, draft


def wait_for_form(phone: Phone) -> None:
    """Today has read what the phone holds once it names the time of day."""
    expect(phone.page.locator("#today-title")).not_to_have_text("Today")


def test_what_was_called_saved_is_there_after_the_browser_was_killed(open_phone: OpenPhone) -> None:
    times = size(20, 500)

    toll = killed_while_saving(open_phone, times)

    saved, lost, gone = (len(each) for each in toll)
    tell(f"F7 browser: {times} kills while saving, {saved} called saved, {lost} of them lost, {gone} gone altogether")
    assert (toll.lost, toll.gone) == (set(), set())
    assert saved >= times // 2


@pytest.mark.parametrize("server", ["hasty"], indirect=True)
def test_a_page_that_says_saved_too_early_is_found_out(open_phone: OpenPhone) -> None:
    toll = killed_while_saving(open_phone, 1)

    tell(f"F7 mutant, says saved before it writes: {len(toll.called_saved)} called saved, {len(toll.lost)} lost")
    assert toll.lost
