"""B5: markup that would run, in every text that a person may write, on every screen that shows it. It stays text.

Once as the page is served, and once with the browser told to pay no heed to its content policy.
"""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Playwright, expect

from tests.api.everything_told import LONG, MEDICATION, PLAN, SHORT
from tests.browser.conftest import OpenPhone, Serve
from tests.browser.markup import FORMS, Written
from tests.browser.phone import Phone
from tests.browser.server import Server
from tests.browser.test_phone_rules import change
from tests.tried import size, tell

RAN = "window.ran = []; window.tapped = new WeakSet()"
# Opens what is folded away, and answers the numbers that somebody sees or hears; a link that would run has run.
SHOWN = r"""() => {
    const main = [...document.querySelectorAll('main')].find((one) => one.checkVisibility()) ?? document.body
    for (const one of main.querySelectorAll('details')) one.open = true
    for (const one of main.querySelectorAll('[aria-expanded=false]')) {
        if (!tapped.has(one)) tapped.add(one).has(one) && one.click()
    }
    ran.push(...[...document.links].map(({ href }) => href).filter((href) => !/^(https?|tel|sms|otpauth):/.test(href)))
    const fields = [...main.querySelectorAll('input, textarea')].filter((one) => one.checkVisibility())
    const heard = [...main.querySelectorAll('[aria-label]')].map((one) => one.getAttribute('aria-label'))
    const words = [main.innerText, ...fields.map(({ value }) => value), ...heard].join('\n')
    return [...new Set([...words.matchAll(/ran\.push\((\d+)\)/g)].map(([, number]) => Number(number)))]
}"""
SAID_RAN = "window.ran.splice(0)"

CHECK_IN, SESSION = ({f"{kind}.{name}" for name in names} for kind, names in (("check-in", SHORT), ("session", LONG)))
WHOLE_PLAN, MEDICINE = {f"plan.{name}" for name in PLAN}, {f"medication.{name}" for name in MEDICATION}
NAMES = {"patient's name", "therapist's name"}
NOTES = {"later note", "third version"}
READ = {"check-in.note", "message", "question.text", "patient's name"} | WHOLE_PLAN | MEDICINE
HISTORY = {"check-in.own", "earlier note", "second version"} | CHECK_IN | NOTES
# What each screen shows of what was written.
PATIENT = {
    "/": {"draft", "check-in.own"},
    "/grounding": {"plan.brings_me_back", "session.intention"},
    "/course": {"course.reason"},
    "/course/{course}/letter": {"course.reason"},
    "/meetings": {"meeting.with", "meeting.agreed", "question.text"},
    "/medicines": MEDICINE,
    "/safety-plan": WHOLE_PLAN,
    "/safety-plan/write": WHOLE_PLAN | {"check-in.what_helped"},
    "/who-can-open-this": {"device", "therapist's name"},
    "/help": {"therapist's name"} | WHOLE_PLAN,
    "/entry/{check_in}": CHECK_IN | {"check-in.own"},
    "/entry/{two}": {"second version", "third version"},
    "/history": HISTORY,
    "/history/day/{day}": HISTORY,
    "/session/{session}": {"check-in.note"} | SESSION | NOTES,
    "/tonight": {"plan.brings_me_back"},
    "/questionnaires/pcl-5": {"drafted event"},
    "/share": {"therapist's name"},
    "/share/notes": {"check-in.note"},
    "/share/{consent}": READ | {"therapist's name"},
    "/reminder": {"wording.daily"},
    "/account": {"patient's name"},
}
THERAPIST = {
    "/people": {"patient's name"},
    "/people/{consent}": READ,
    "/reading-hours": {"backup", "urgent_phone"},
    "/account": {"therapist's name"},
}
LATER = {"/": {"wording.daily"}, "/help": {"backup", "urgent_phone", "therapist's name"}}
LOCKED = {
    "/safety-plan": WHOLE_PLAN,
    "/help": WHOLE_PLAN,
    "/grounding": {"plan.brings_me_back"},
    "/unlock": set[str](),
    "/": set[str](),
}
A_FEW = ("/grounding", "/tonight")  # of what brings somebody back
# Kept, and drawn by no page.
NOWHERE = {"response.index_event", "wording.form", "wording.points", "label"}
ADDRESSES = ("/session/{}", "/history/day/{}", "/sign-in?next={}", "/{}", "/share/{}", "/questionnaires/{}")


def heed_policy(phone: Phone, does: bool) -> None:
    """Loads the page anew, with or without its content policy."""
    phone.context.new_cdp_session(phone.page).send("Page.setBypassCSP", {"enabled": not does})
    phone.page.reload()


class Walk:
    """What somebody saw on the way through their screens."""

    def __init__(self, phone: Phone, written: Written) -> None:
        self.phone, self._written = phone, written
        self.seen: set[tuple[str, bool, int]] = set()
        self.addresses = 0
        self.ran: list[object] = []
        self._is_bypassed = False

    def heed_policy(self, does: bool) -> None:
        """From here on with or without the page's content policy."""
        self._is_bypassed = not does
        heed_policy(self.phone, does)

    def through(self, screens: dict[str, set[str]]) -> None:
        """Every screen, until it shows what it has."""
        for path, fields in screens.items():
            self.phone.go("/#" + path.format(**self._written.ids))
            self.phone.until(lambda path=path, fields=fields: not self._lacking(path, fields), f"{fields} on {path}")
            self.phone.page.wait_for_timeout(40)  # what runs does so a moment after it is drawn
            self._look()

    def _lacking(self, path: str, fields: set[str]) -> set[str]:
        """The fields that are not shown yet, or not as a whole."""
        written = self._written.texts.fields
        shown = {number for number in self._look() if written[number] in fields}
        self.seen |= {(path, self._is_bypassed, number) for number in shown}
        if path in A_FEW:
            return fields - {written[number] for number in shown}
        return {field for number, field in written.items() if field in fields and number not in shown}

    def to_addresses(self) -> None:
        """Addresses that hold such a text themselves: somebody may be led to one."""
        for turn, form in enumerate(FORMS):
            part = quote(form.format(n=10_000 + turn), safe="" if turn % 2 else "=()<>' ")
            self.phone.go("/#" + ADDRESSES[turn % len(ADDRESSES)].format(part))
            expect(self.phone.page.locator("main:visible h1")).to_be_visible()
            self._look()
            self.addresses += 1

    def _look(self) -> set[int]:
        numbers = set(self.phone.page.evaluate(SHOWN))
        self.ran += self.phone.page.evaluate(SAID_RAN)
        return numbers


def test_markup_in_every_text_is_shown_as_text_on_every_screen(open_phone: OpenPhone, server: Server) -> None:
    walks, unseen = list[Walk](), set[str]()
    for turn in range(size(1, len(FORMS))):
        written = Written(server, turn)
        now = list(walked(open_phone, written, turn))
        seen = {written.texts.fields[number] for walk in now for _, _, number in walk.seen}
        unseen |= set(written.texts.fields.values()) - seen
        walks += now

    tried = sum(len(walk.seen) + walk.addresses for walk in walks)
    screens = {path for walk in walks for path, _, _ in walk.seen}
    ran = [one for walk in walks for one in walk.ran]
    tell(f"B5 markup, with and without the content policy: {tried} tried on {len(screens)} screens, {len(ran)} ran")
    assert ran == []
    assert unseen == NOWHERE


def walked(open_phone: OpenPhone, written: Written, turn: int) -> Iterator[Walk]:
    """Both people, through all their screens twice; the patient also two weeks later without a network, and locked."""
    phone = open_phone(f"patient-{turn}")
    phone.context.add_init_script(RAN)
    phone.page.clock.set_fixed_time(written.noon)  # at night some of it is not offered
    phone.sign_in(written.patient)
    walk = Walk(phone, written)
    begin_writing(phone, written)
    for is_heeded in (True, False):
        walk.heed_policy(is_heeded)
        walk.through(PATIENT)
        walk.to_addresses()
    phone.page.clock.set_fixed_time(written.noon + timedelta(days=15, hours=1, minutes=1))
    phone.context.set_offline(True)
    phone.page.reload()
    walk.through(LATER)
    phone.context.set_offline(False)
    phone.set_pin("246813")
    phone.page.reload()
    expect(phone.page.get_by_label("PIN")).to_be_visible()
    walk.through(LOCKED)
    phone.check()
    phone.close()
    yield walk

    phone = open_phone(f"therapist-{turn}")
    phone.context.add_init_script(RAN)
    phone.sign_in(written.therapist)
    walk = Walk(phone, written)
    for is_heeded in (True, False):
        walk.heed_policy(is_heeded)
        walk.through(THERAPIST)
    phone.check()
    phone.close()
    yield walk


def begin_writing(phone: Phone, written: Written) -> None:
    """What is half written, on Today and in a questionnaire."""
    draft, event = written.texts.text("draft"), written.texts.text("drafted event")
    phone.page.locator("#note").fill(draft)
    phone.wait_for_draft(note=draft)
    phone.go("/#/questionnaires/pcl-5")
    phone.page.locator("#event").fill(event)
    phone.wait_for_draft(index_event=event)


def test_a_page_that_draws_a_text_as_markup_is_found_out(
    playwright: Playwright, browser_path: str, serve: Serve, own_files: Path, tmp_path: Path
) -> None:
    source = own_files / "static/js/journal/history/said.js"
    text = source.read_text()
    assert '<p class="said"' in text
    sink = '<p class="said" dangerouslySetInnerHTML=${{ __html: text }}'
    source.write_text(text.replace('<p class="said"', sink).replace(" : text}</p>", ' : ""}</p>'))
    server = serve(own_files)
    patient = server.register()
    with closing(server.client(patient)) as client:
        made = change("check_in", datetime.now(UTC), {"mood": 4, "note": FORMS[0].format(n=7)})
        client.post("/api/sync", json={"since": 0, "changes": [made]}).raise_for_status()
    phone = Phone(playwright, browser_path, tmp_path / "phone", server.url, (360, 740))
    phone.context.add_init_script(RAN)
    phone.sign_in(patient)

    stopped, ran = [], []
    for is_heeded in (True, False):
        heed_policy(phone, is_heeded)
        phone.go("/#/history")
        phone.until(lambda: phone.page.evaluate("violations.length + ran.length > 0"), "the markup to run, or not to")
        stopped += phone.page.evaluate("violations.splice(0)")
        ran += phone.page.evaluate(SAID_RAN)
        phone.go("/#/device")
    phone.close()

    tell(f"B5 mutant, a text drawn as markup: {len(stopped)} stopped by the policy, {len(ran)} ran without it")
    assert stopped
    assert ran == [7]
