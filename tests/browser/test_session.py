"""A treatment session from its plan to the week after it, without a network; and the evening of its day."""

import re
from contextlib import closing
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from server.base.clock import wire_instant
from tests.browser.phone import Phone
from tests.browser.server import Account, Server

HOUR = timedelta(hours=1)
# By day, and in the evening.
OF_ITS_DAY = re.compile("^(Tonight|After your session|Tonight, after your session)$")


@pytest.fixture
def patient(phone: Phone, server: Server) -> Account:
    """Somebody signed in whose server is out of reach from here on."""
    somebody = server.register()
    phone.sign_in(somebody)
    phone.wait_for_shell()
    server.stop()
    return somebody


def test_a_session_is_planned_moved_started_and_looked_back_on_offline(
    phone: Phone, server: Server, patient: Account
) -> None:
    at = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(days=9)
    turn_to(phone, at)
    plan(phone, at + 30 * HOUR)
    expect(phone.page.get_by_text("ride home still to arrange", exact=False)).to_be_visible()
    intention = phone.page.get_by_label("What would you like to bring to it?")
    intention.press_sequentially("To let the harbour be quiet.")  # half written all along
    phone.page.get_by_role("button", name="The ride home is arranged").click()
    expect(phone.page.get_by_text("Ride home arranged.")).to_be_visible()
    phone.page.reload()
    expect(intention).to_have_value("To let the harbour be quiet.")

    phone.page.get_by_role("link", name="Change the time").click()
    phone.page.get_by_label("Day and time", exact=True).fill(wall(at + 6 * HOUR))
    changing = phone.page.url
    phone.page.get_by_role("link", name="Today").click()
    phone.go("/" + changing.removeprefix(phone.url + "/"))
    expect(phone.page.get_by_label("Day and time", exact=True)).to_have_value(wall(at + 6 * HOUR))
    phone.page.get_by_role("button", name="Save", exact=True).click()
    expect(phone.page.get_by_text("Saved on this device.")).to_be_visible()
    expect(intention).to_have_value("To let the harbour be quiet.")
    begin = at + 7 * HOUR
    turn_to(phone, begin)
    phone.page.reload()
    expect(phone.page.get_by_text("Did it take place?", exact=False)).to_be_visible()
    phone.page.get_by_role("button", name="It starts now").click()
    expect(phone.page.get_by_role("heading", name=OF_ITS_DAY)).to_be_visible()

    turn_to(phone, begin + 9 * HOUR)
    phone.go("/#/")
    phone.rate("mood", 6)
    phone.write("The tide went out a long way.")
    phone.save()
    turn_to(phone, begin + 20 * HOUR)
    open_session(phone)
    question = "The day after: how do you look back on it?"
    expect(phone.page.locator(".own-words blockquote")).to_have_text(
        ["To let the harbour be quiet.", "The tide went out a long way."]
    )
    own_words(phone, question, "The quiet.")
    turn_to(phone, begin + timedelta(days=7))
    phone.go("/#/")
    open_session(phone)
    expect(phone.page.get_by_text("The quiet.").first).to_be_visible()
    half = phone.page.get_by_label("A week later: what is still with you?")
    half.press_sequentially("Still hearing")
    phone.page.get_by_role("button", name="It was stopped early").click()
    expect(phone.page.locator("#page .lead")).to_contain_text("stopped early")
    phone.page.reload()
    phone.page.get_by_role("button", name="It went on to its end").click()
    expect(phone.page.locator("#page .lead")).not_to_contain_text("stopped early")
    expect(half).to_have_value("Still hearing")
    own_words(phone, "A week later: what is still with you?", "Still hearing it.")

    server.start()
    phone.until(lambda: len(server.check_ins(patient)) == 1, "the entry")
    with closing(server.client(patient)) as client:
        phone.until(lambda: len(client.get("/api/treatment-sessions").json()["items"]) == 1, "the session")
        (session,) = client.get("/api/treatment-sessions").json()["items"]
    assert session["values"] == {
        "starts_at": wire_instant(begin),
        "zone": "Europe/Berlin",
        "status": "happened",
        "ride_home": True,
        "intention": "To let the harbour be quiet.",
        "reflection_24h": "The quiet.",
        "reflection_7d": "Still hearing it.",
    }


def test_what_is_done_to_a_session_can_be_undone(phone: Phone, patient: Account) -> None:
    phone.go("/#/add-session")
    phone.page.get_by_text("How it is given", exact=True).click()
    phone.page.get_by_label("Dose in milligrams").press_sequentially("70")
    phone.page.get_by_label("Medicine").select_option("ketamine")
    phone.go("/#/account")  # the form is found again, also from where it would be lost
    phone.page.get_by_role("button", name="Sign out", exact=True).click()
    phone.page.get_by_role("link", name="Go to what is half written").click()
    expect(phone.page.locator("#dose")).to_have_value("70")
    phone.page.get_by_label("Blood pressure before it").fill("128")
    phone.page.get_by_label("The lower number").fill("7")
    phone.page.get_by_label("Day and time", exact=True).fill(wall(datetime.now(UTC) + 50 * HOUR))
    phone.page.get_by_role("button", name="Save", exact=True).click()
    expect(phone.page.get_by_text("A whole number from 20 to 200, or leave it empty.")).to_be_visible()
    phone.page.get_by_label("The lower number").fill("76")
    plan(phone, datetime.now(UTC) + 50 * HOUR)
    expect(phone.page.get_by_text("Ketamine, 70 mg, blood pressure 128/76", exact=False)).to_be_visible()
    lead = phone.page.locator("#page .lead")
    phone.page.get_by_role("button", name="The ride home is arranged").click()
    own_words(phone, "What would you like to bring to it?", "Quiet.")
    phone.page.get_by_role("button", name="Undo").click()
    expect(phone.page.get_by_text("ride home still to arrange", exact=False)).to_be_visible()
    expect(phone.page.locator(".own-words blockquote")).to_have_text("Quiet.")
    phone.page.get_by_role("button", name="Change these words").click()
    intention = phone.page.get_by_label("What would you like to bring to it?")
    intention.press_sequentially(" And half")

    for act, becomes in (("It is cancelled", "and cancelled."), ("Delete this session", "")):
        phone.page.get_by_role("button", name=act).click()
        expect(phone.page.get_by_role("button", name="Undo")).to_be_visible()
        expect(lead).to_contain_text(becomes) if becomes else expect(lead).to_have_count(0)
        phone.page.get_by_role("button", name="Undo").click()
        expect(lead).to_contain_text("Planned for")
        expect(lead).not_to_contain_text("cancelled")
        expect(intention).to_have_value("Quiet. And half")

    phone.go("/#/add-session")
    expect(phone.page.locator("#dose")).to_have_value("")
    phone.page.get_by_role("button", name="It starts now").dblclick()  # one session all the same
    expect(phone.page.get_by_role("status").filter(has_text="It began at")).to_have_count(1)
    expect(phone.page.locator("#page .lead")).not_to_contain_text("session")  # it is said once
    phone.page.get_by_role("button", name="Undo").click()
    expect(phone.page.locator("#page .lead")).to_contain_text("No session is noted for today.")


def test_tonight_is_dim_asks_nothing_and_knows_who_is_near(phone: Phone, patient: Account) -> None:
    phone.go("/#/add-session")
    phone.page.get_by_role("button", name="It starts now").click()
    expect(phone.page.get_by_role("heading", name=OF_ITS_DAY)).to_be_visible()
    assert phone.page.locator("#page input").count() == 0

    phone.page.get_by_role("button", name="Note who is near").click()
    phone.page.get_by_label("Who is with you tonight").fill("Ana")
    phone.page.get_by_label("Their number").fill("0171 555")
    phone.page.get_by_label("The clinic’s number").fill("030 1234")
    phone.page.get_by_role("button", name="Save", exact=True).click()
    phone.page.get_by_role("button", name="I can’t answer right now").click()
    expect(phone.page.get_by_text("Nothing more is needed.", exact=False)).to_be_visible()
    phone.page.evaluate("localStorage.setItem('interlude.theme', 'dark')")
    phone.page.reload()

    expect(phone.page.get_by_text("Ana")).to_be_visible()
    expect(phone.page.locator('a[href="tel:0301234"]')).to_be_visible()
    expect(phone.page.get_by_text("No driving until the day after a restful sleep.")).to_be_visible()
    expect(phone.page.locator("html")).to_have_attribute("data-look", "dim")
    paper = "getComputedStyle(document.documentElement).getPropertyValue('--paper')"
    phone.until(lambda: phone.page.evaluate(paper) == "#0b0d0f", "the dark that was chosen, dimmed")
    phone.go("/#/")
    expect(phone.page.locator("html")).not_to_have_attribute("data-look", "dim")
    expect(phone.page.locator("#earlier li")).to_contain_text("a moment noted")
    phone.page.get_by_role("link", name=OF_ITS_DAY).click()
    expect(phone.page.get_by_role("heading", name=OF_ITS_DAY)).to_be_visible()
    # What was noted here stands among the numbers to call, too.
    phone.page.get_by_role("link", name="I need help").click()
    expect(phone.page.get_by_text("with you that night")).to_be_visible()
    expect(phone.page.get_by_role("link", name="Call 0171 555")).to_have_attribute("href", "tel:0171555")
    expect(phone.page.get_by_role("link", name="Call 030 1234")).to_be_visible()
    phone.go("/#/tonight")
    # The short form of that evening leaves other pages whole.
    phone.page.get_by_role("link", name="About the session").click()
    phone.page.get_by_role("link", name="Change the time").click()
    expect(phone.page.get_by_text("How it is given", exact=True)).to_be_visible()


def turn_to(phone: Phone, at: datetime) -> None:
    """Turns the phone's clock."""
    phone.page.clock.set_fixed_time(at)


def wall(at: datetime) -> str:
    """What an input takes, on the clock of the phone."""
    return f"{at.astimezone(ZoneInfo('Europe/Berlin')):%Y-%m-%dT%H:%M}"


def plan(phone: Phone, at: datetime) -> None:
    """Plans a session, and is on its page."""
    phone.go("/#/add-session")
    phone.page.get_by_label("Day and time", exact=True).fill(wall(at))
    phone.page.get_by_role("button", name="Save", exact=True).click()
    expect(phone.page.locator("#page .lead")).to_contain_text("Planned for")


def own_words(phone: Phone, question: str, text: str) -> None:
    """Answers a question about the session."""
    phone.page.get_by_label(question).fill(text)
    phone.page.get_by_role("button", name="Keep these words").click()
    expect(phone.page.get_by_text("Kept on this device.")).to_be_visible()


def open_session(phone: Phone) -> None:
    """Opens the one session there is, from History."""
    phone.go("/#/history")
    phone.page.locator(".entry-head", has_text="Session").click()
    phone.page.locator('a[href^="#/session/"]').first.click()
    expect(phone.page.get_by_role("heading", name="Session of")).to_be_visible()
