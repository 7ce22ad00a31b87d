"""Every screen there is, as the people of the demo find it: for pictures, and for checks that walk all of them."""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
from playwright.sync_api import expect

from tests.assets import lend_assets
from tests.browser.phone import Phone
from tests.browser.server import ROOT, Account, Server

SIZES = {"phone": (360, 740), "desk": (1280, 800)}
WHO = ("guest", "locked", "patient", "therapist")
_PATHS = re.compile(r'\{ path: "([^"]+)"')


@dataclass(frozen=True)
class Screen:
    """One page. `path` may name {check_in}, {day}, {month}, {session} or {consent}: the newest of whoever looks."""

    name: str
    path: str
    who: str = "patient"


SCREENS = (
    Screen("welcome", "/", "guest"),
    Screen("sign-in", "/sign-in", "guest"),
    Screen("register", "/register", "guest"),
    Screen("device", "/device", "guest"),
    Screen("install", "/install", "guest"),
    Screen("help", "/help", "guest"),
    Screen("here-guest", "/grounding", "guest"),
    Screen("here", "/grounding"),
    Screen("course", "/course"),
    Screen("course-letter-not-yet", "/course/one/letter"),
    Screen("watch", "/watch"),
    Screen("meetings", "/meetings"),
    Screen("medicines", "/medicines"),
    Screen("safety-plan", "/safety-plan"),
    Screen("safety-plan-write", "/safety-plan/write"),
    Screen("safety-plan-guest", "/safety-plan", "guest"),
    Screen("medical", "/medical"),
    Screen("begin", "/begin"),
    Screen("begin-lock", "/begin/lock"),
    Screen("begin-name", "/begin/name"),
    Screen("begin-reminder", "/begin/reminder"),
    Screen("begin-country", "/begin/country"),
    Screen("who-can-open-this", "/who-can-open-this"),
    Screen("kept", "/kept"),
    Screen("files", "/files"),
    Screen("before-you-go-on", "/help mood"),
    Screen("today", "/"),
    Screen("entry", "/entry/{check_in}"),
    Screen("history", "/history"),
    Screen("history-day", "/history/day/{day}"),
    Screen("history-month", "/history/month/{month}"),
    Screen("trends", "/trends"),
    Screen("add-session", "/add-session"),
    Screen("session", "/session/{session}"),
    Screen("session-change", "/session/{session}/change"),
    Screen("tonight", "/tonight"),
    Screen("questionnaires", "/questionnaires"),
    Screen("questionnaire", "/questionnaires/phq-9"),
    Screen("question", "/questionnaires/phq-9 begun"),
    Screen("question-in-numerals", "/questionnaires/peg begun"),
    Screen("questionnaire-hard", "/questionnaires/pcl-5"),
    Screen("share", "/share"),
    Screen("share-notes", "/share/notes"),
    Screen("share-new", "/share/new"),
    Screen("share-preview", "/share/{consent}"),
    Screen("reminder", "/reminder"),
    Screen("less", "/less"),
    Screen("account", "/account"),
    Screen("invitation", "/invitation/not-a-secret"),
    Screen("lock", "/lock"),
    Screen("locked", "/unlock", "locked"),
    Screen("locked-today", "/", "locked"),
    Screen("people", "/people", "therapist"),
    Screen("person", "/people/{consent}", "therapist"),
    Screen("who-can-open-this-therapist", "/who-can-open-this", "therapist"),
    Screen("reading-hours", "/reading-hours", "therapist"),
    Screen("no-such-page", "/nowhere"),
)


def paths_of_the_app() -> set[str]:
    """The paths that app.js knows, with `:id` for a part that varies."""
    return set(_PATHS.findall((ROOT / "static/js/app.js").read_text("utf-8")))


def shape(path: str) -> str:
    """A screen's path with every part that varies as `*`."""
    return re.sub(r":\w+|\{\w+\}|not-a-secret|(?<=/begin/)\w+|(?<=/questionnaires/)[\w-]+|(?<=/course/)one", "*", path)


@contextmanager
def demo(data: Path) -> Iterator[tuple[Server, dict[str, Account]]]:
    """The demo, served from a folder of its own, and the people in it."""
    lend_assets(data / "demo")
    running = Server(data, command="demo")
    running.start()
    try:
        told = msgspec.json.decode((data / "demo" / "story.json").read_bytes())
        yield (
            running,
            {
                "patient": Account(told["patient"], told["password"], "patient"),
                "therapist": Account(told["therapist"], told["password"], "therapist", told["totp_secret"]),
            },
        )
    finally:
        running.kill()


def paths_for(server: Server, people: dict[str, Account], who: str) -> list[tuple[str, str]]:
    """The name and path of every screen of `who`."""
    ids = {}
    if who == "patient":
        with closing(server.client(people[who])) as client:
            newest = client.get("/api/check-ins").json()["items"][0]
            ids["check_in"], ids["day"] = newest["id"], newest["values"]["occurred_at"][:10]
            ids["month"] = ids["day"][:7]
            ids["session"] = client.get("/api/treatment-sessions").json()["items"][0]["id"]
            ids["consent"] = client.get("/api/consents").json()[0]["id"]
    if who == "therapist":
        with closing(server.client(people[who])) as client:
            ids["consent"] = client.get("/api/shared").json()[0]["consent_id"]
    return [(screen.name, screen.path.format(**ids)) for screen in SCREENS if screen.who == who]


def come(phone: Phone, people: dict[str, Account], who: str) -> None:
    """Opens the app as one of `WHO`: "locked" is a guest whose app is."""
    phone.go("/")
    if who == "locked":
        phone.set_pin("246813")
        phone.page.reload()
    elif who != "guest":
        phone.sign_in(people[who])


def show(phone: Phone, path: str) -> None:
    """Opens a screen, and waits until it has what it shows."""
    address, _, place = path.partition(" ")  # a place on a page has no address of its own
    phone.go(f"/#{address}", "" if place == "begun" else place)
    if place == "begun":
        phone.page.get_by_role("button", name="Begin").click()
        expect(phone.page.locator("#item")).to_be_visible()
    expect(phone.page.locator("main:visible h1")).to_be_visible()
    phone.page.wait_for_load_state("networkidle")
    phone.page.wait_for_timeout(250)
