"""A phone: Chromium as a process of its own with a profile on disk, so that it can be killed and found again."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import ConsoleMessage, Page, Playwright, Request, expect

from tests.browser.server import Account

_START_S = 60.0
_WAIT_MS = 20_000
_CLOSE_S = 8
# What an address bar would unfold: two pages of Chromium's own, which cost a start more than the rest of it together.
_UNSEEN = "WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup"
# Said by Chromium itself of a request that had no answer, or one that is no success: that is what a journey is about.
_EXPECTED = ("Failed to load resource", "Permissions-Policy")

VIOLATIONS = """
window.violations = []
document.addEventListener('securitypolicyviolation', (event) => {
  window.violations.push(`${event.violatedDirective} ${event.blockedURI}`)
})
"""


# On a first visit the page has loaded before its scripts are asked for.
BEGUN = """async () => {
    const app = () => document.querySelector('script[type=module]')
    for (let turn = 0; document.querySelector('#soon') && !app() && turn < 1500; turn++) {
        await new Promise((done) => setTimeout(done, 10))
    }
    if (app()) await import(app().src).catch(() => undefined)
}"""

GO_TO_PLACE = "at => { history.replaceState({ at }, ''); dispatchEvent(new PopStateEvent('popstate')) }"

# A page that was there before asks for its worker a moment after it has one.
UNREGISTER = """async () => {
    navigator.serviceWorker.register = async () => undefined
    return (await navigator.serviceWorker.ready).unregister()
}"""

GUEST_ENTRIES = """async () => {
    const at = document.querySelector('script').src
    return (await import(new URL('./records/guest.js', at).href)).guestEntries()
}"""

DRAFTS = """async () => {
    const load = (name) => import(new URL(name, document.querySelector('script').src).href)
    const [{ journal }, { opened }] = await Promise.all([load('./accounts/account.js'), load('./vault/desk.js')])
    const db = await journal()
    return (await opened(db, 'drafts', await db.getAll('drafts'))).map(({ fields }) => fields)
}"""


class Phone:
    """One browser with one page of the app. `faults` collects what must not happen."""

    def __init__(
        self, playwright: Playwright, browser: str, profile: Path, url: str, size: tuple[int, int], dark: bool = False
    ) -> None:
        self.url = url
        self.faults: list[str] = []
        port_file = profile / "DevToolsActivePort"
        port_file.unlink(missing_ok=True)
        arguments = [
            "--headless=new",
            "--no-sandbox",
            "--no-first-run",
            "--hide-scrollbars",  # as on a phone, where they lie over the page
            "--remote-debugging-port=0",
            "--lang=en-GB",
            "--accept-lang=en-GB",
            f"--disable-features={_UNSEEN}",
        ]
        self._process = subprocess.Popen(
            [browser, *arguments, f"--user-data-dir={profile}", f"--window-size={size[0]},{size[1]}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"TZ": "Europe/Berlin", "LANGUAGE": "en_GB"},
            start_new_session=True,
        )
        self._browser = playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{_port_in(port_file)}")
        self.context = self._browser.contexts[0]
        self.context.set_default_timeout(_WAIT_MS)
        self.context.add_init_script(VIOLATIONS)
        self.page: Page = self.context.pages[0]
        self.page.emulate_media(color_scheme="dark" if dark else "light")
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("request", self._asked)

    def go(self, path: str, place: str = "") -> None:
        """Opens a path of the app ("/", "/#/history"), with its scripts; a hash route is taken within the open page.

        A `place` on that page has no address.
        """
        if path.startswith("/#") and self.page.url.startswith(self.url):
            self.page.evaluate("hash => { location.hash = hash }", path.removeprefix("/"))
        else:
            self.page.goto(self.url + path)
            self.page.evaluate(BEGUN)
        if place:
            self.page.evaluate(GO_TO_PLACE, place)

    def sign_in(self, account: Account) -> None:
        """Signs in by the page, with what a guest wrote, and waits until the first page of that account is there."""
        self.go("/#/sign-in")
        self.page.get_by_label("E-mail").fill(account.email)
        self.page.get_by_label("Password").fill(account.password)
        if self.page.evaluate(GUEST_ENTRIES):
            self.page.get_by_label("Mine: add to this account").check()
        self.page.get_by_role("button", name="Sign in").click()
        if account.secret:
            self.page.get_by_label("Code").fill(account.code())
            self.page.get_by_role("button", name="Sign in").click()
        home = "/#/people" if account.role == "therapist" else "/#/"
        self.until(lambda: self.page.url == self.url + home, "the first page after the sign-in")

    def set_pin(self, pin: str) -> None:
        """Locks the app with a PIN, by the page about this device."""
        self.go("/#/device")
        self.page.get_by_role("link", name="A lock for what you wrote").click()
        self.page.get_by_role("button", name="Lock it with a PIN").click()
        expect(self.page.get_by_label("New PIN")).to_be_focused()
        self.page.get_by_label("New PIN").fill(pin)
        self.page.get_by_label("The same again").fill(pin)
        self.page.get_by_role("button", name="Lock it with this PIN").click()
        expect(self.page.get_by_text("Done. A PIN locks it")).to_be_visible()

    def until(self, is_so: Callable[[], bool], what: str, seconds: float = 30.0) -> None:
        """Waits until `is_so`; the content policy forbids Playwright's own wait for a function."""
        deadline = time.monotonic() + seconds
        while not is_so():
            assert time.monotonic() < deadline, f"waited in vain for {what}"
            self.page.wait_for_timeout(30)

    def wait_for_draft(self, **fields: object) -> None:
        """Waits until what is half written of an entry is on disk, with these answers."""
        self.until(lambda: any(fields.items() <= draft.items() for draft in self.page.evaluate(DRAFTS)), "the draft")

    def wait_for_shell(self) -> None:
        """Waits until the worker holds the shell, so that a start needs no network."""
        script = "navigator.serviceWorker.ready.then(worker => worker.active.state === 'activated')"
        self.until(lambda: bool(self.page.evaluate(script)), "the worker")

    def remove_worker(self) -> None:
        """From here on only the page sends: what a test does to the page's requests it can't do to the worker's."""
        self.wait_for_shell()
        assert self.page.evaluate(UNREGISTER)

    def rate(self, scale: str, value: int) -> None:
        """Taps one numeral of a scale on Today."""
        self.page.locator(f'.numerals label:has(input[name="{scale}"][value="{value}"])').click()

    def rating(self, scale: str) -> int | None:
        """What is chosen on a scale."""
        chosen = self.page.locator(f'input[name="{scale}"]:checked')
        return int(chosen.get_attribute("value") or "") if chosen.count() else None

    def write(self, note: str) -> None:
        """Types a note, key by key."""
        self.page.locator("#note").press_sequentially(note)

    def save(self) -> None:
        """Presses Save."""
        self.page.get_by_role("button", name="Save", exact=True).click()

    def expect_state(self, words: str) -> None:
        """The line above Save says how saving stands."""
        expect(self.page.locator("#saved")).to_contain_text(words, timeout=_WAIT_MS)

    def databases(self) -> set[str]:
        """The databases of accounts on this phone, by name."""
        names = "indexedDB.databases().then(all => all.map(({ name }) => name))"
        return set(self.page.evaluate(names)) - {"interlude", "interlude-guest"}

    @contextmanager
    def traced(self) -> Iterator[list[dict[str, Any]]]:
        """What the browser did within the block, as trace events; they are there once it has ended."""
        session = self._browser.new_browser_cdp_session()
        events: list[dict[str, Any]] = []
        ended: list[Any] = []
        session.on("Tracing.dataCollected", lambda told: events.extend(told["value"]))
        session.on("Tracing.tracingComplete", lambda told: ended.append(told))
        wanted = {"includedCategories": ["devtools.timeline", "disabled-by-default-devtools.timeline"]}
        session.send("Tracing.start", {"transferMode": "ReportEvents", "traceConfig": wanted})
        yield events
        session.send("Tracing.end")
        self.until(lambda: bool(ended), "the trace")
        session.detach()

    def kill(self) -> None:
        """Ends the browser at once, as the system or an empty battery does."""
        self._note_violations()
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(30)

    def close(self) -> None:
        """Ends the browser as a person does, if it still runs."""
        if self._process.poll() is None:
            self._note_violations()
            self._browser.new_browser_cdp_session().send("Browser.close")
            try:
                self._process.wait(_CLOSE_S)
            except subprocess.TimeoutExpired:  # a background sync that still waits for its turn keeps Chromium alive
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait(30)

    def check(self) -> None:
        """Fails on any error or violation so far."""
        self._note_violations()
        assert self.faults == []

    def _note_violations(self) -> None:
        if self.page.url.startswith(self.url):
            self.faults += [f"policy: {one}" for one in self.page.evaluate("window.violations.splice(0)")]

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not any(words in message.text for words in _EXPECTED):
            self.faults.append(f"{message.type}: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.url, "data:", "blob:")):
            self.faults.append(f"asked somebody else: {request.url}")


def _port_in(port_file: Path) -> int:
    """The port that Chromium chose for its own control."""
    deadline = time.monotonic() + _START_S
    while True:
        lines = port_file.read_text().splitlines() if port_file.exists() else []
        if len(lines) == 2:
            return int(lines[0])
        assert time.monotonic() < deadline, "Chromium did not start"
        time.sleep(0.02)
