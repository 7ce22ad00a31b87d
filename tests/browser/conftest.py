"""What the journeys stand on: the real server as a process of its own, and phones: Chromium with a kept profile."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect, sync_playwright

from tests.browser.phone import Phone
from tests.browser.server import Server
from tests.chromium import chromium

OpenPhone = Callable[..., Phone]
expect.set_options(timeout=15_000)  # machines are shared


@pytest.fixture(scope="session")
def browser_path() -> str:
    """The Chromium that is used: INTERLUDE_TEST_CHROMIUM, else one that is installed."""
    return chromium()


@pytest.fixture
def server(tmp_path: Path, compressed_assets: Path) -> Iterator[Server]:
    """An installation that was just made, running; a journey may stop and start it."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "cache").symlink_to(compressed_assets)
    running = Server(tmp_path / "data")
    running.start()
    yield running
    running.kill()


@pytest.fixture
def playwright() -> Iterator[Playwright]:
    """Playwright for one test; its loop must not outlive it, or async tests after it could not begin."""
    with sync_playwright() as started:
        yield started


@pytest.fixture
def open_phone(playwright: Playwright, browser_path: str, tmp_path: Path, server: Server) -> Iterator[OpenPhone]:
    """Opens a browser with a profile of its own, by name; the same name again is the same phone.

    At the end every phone must have seen no error and no violation of the content policy.
    """
    opened: list[Phone] = []

    def open_one(name: str = "phone", size: tuple[int, int] = (360, 740), dark: bool = False, path: str = "/") -> Phone:
        phone = Phone(playwright, browser_path, tmp_path / name, server.url, size, dark)
        opened.append(phone)
        if path != "about:blank":
            phone.go(path)
        return phone

    yield open_one
    for phone in opened:
        phone.close()
    assert [fault for phone in opened for fault in phone.faults] == []


@pytest.fixture
def phone(open_phone: OpenPhone) -> Phone:
    """One phone, on Today."""
    return open_phone()
