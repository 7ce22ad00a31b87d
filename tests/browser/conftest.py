"""What the journeys stand on: the real server as a process of its own, and phones: Chromium with a kept profile."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect, sync_playwright

from tests.assets import lend_assets
from tests.browser.phone import Phone
from tests.browser.server import ROOT, Server
from tests.chromium import chromium

OpenPhone = Callable[..., Phone]
Serve = Callable[[Path], Server]
expect.set_options(timeout=15_000)  # machines are shared


@pytest.fixture(autouse=True)
def _nothing_blocks_the_loop() -> None:
    """The server is a process of its own here; to look at every file that Playwright's loop touches costs seconds."""


@pytest.fixture(scope="session")
def browser_path() -> str:
    """The Chromium that is used: INTERLUDE_TEST_CHROMIUM, else one that is installed."""
    return chromium()


@pytest.fixture(scope="package")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One installation for all journeys: starting it costs more than most of them. Each makes accounts of its own."""
    running = Server(lend_assets(tmp_path_factory.mktemp("installation") / "data"))
    yield running
    running.kill()


@pytest.fixture
def server(installation: Server) -> Server:
    """The installation, running; a journey may stop it, and start it again or leave that to the next one."""
    if not installation.is_running:
        installation.start()
    return installation


@pytest.fixture
def own_files(tmp_path: Path) -> Path:
    """A copy of the product's files, for a journey to change."""
    for folder in ("server", "static"):
        shutil.copytree(ROOT / folder, tmp_path / "own" / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "own"


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Starts an installation of its own from such files."""
    begun: list[Server] = []

    def start(files: Path) -> Server:
        begun.append(Server(lend_assets(tmp_path / "data"), files))
        begun[-1].start()
        return begun[-1]

    yield start
    for server in begun:
        server.kill()


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    """Playwright; its loop must not outlive this folder's tests, or async tests after them could not begin."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="package")
def visited(
    playwright: Playwright, browser_path: str, installation: Server, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The profile of a browser whose worker holds the shell, and which keeps nothing else.

    To install the worker costs a browser as much as a short journey.
    """
    if not installation.is_running:
        installation.start()
    phone = Phone(playwright, browser_path, profile := tmp_path_factory.mktemp("visited"), installation.url, (360, 740))
    phone.go("/")
    phone.wait_for_shell()
    phone.page.goto("about:blank")
    kept = {"origin": installation.url, "storageTypes": "cookies,indexeddb,local_storage"}
    phone.context.new_cdp_session(phone.page).send("Storage.clearDataForOrigin", kept)
    phone.close()
    return profile


@pytest.fixture
def open_phone(
    playwright: Playwright, browser_path: str, tmp_path: Path, server: Server, request: pytest.FixtureRequest
) -> Iterator[OpenPhone]:
    """Opens a browser with a profile of its own, by name; the same name again is the same phone.

    It was on the page before and wrote nothing there, where it is not `is_new`. At the end every phone must have seen
    no error and no violation of the content policy.
    """
    opened: list[Phone] = []
    is_known = server is request.getfixturevalue("installation")

    def open_one(
        name: str = "phone",
        size: tuple[int, int] = (360, 740),
        dark: bool = False,
        path: str = "/",
        is_new: bool = False,
    ) -> Phone:
        profile = tmp_path / name
        if is_known and not is_new and not profile.exists():
            shutil.copytree(request.getfixturevalue("visited"), profile)
        phone = Phone(playwright, browser_path, profile, server.url, size, dark)
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
