"""The page for somebody who feels far away, and the page of help: without a network, in both languages."""

import json
import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.browser.phone import Phone
from tests.browser.server import Server
from tests.browser.test_phone_rules import run
from tests.browser.test_sharing import accepted, keep

BACK = "The cold tap, and the name of the dog"
SESSION = re.compile(r"Your session was (yesterday|on \w+) at \d\d:\d\d\.")  # midnight may pass meanwhile
NOBODY = "Nobody sees it: it is not shared with anyone now."
INTENTION = "Let it be quiet."


def sentences(phone: Phone, **given: Any) -> Any:
    """What the page finds to say of the person's own records."""
    rows = {
        key: [{"id": str(n), "record": {"values": one}} for n, one in enumerate(values)]
        for key, values in given.items()
    }
    whole = {"now": "2026-11-23T02:10:00.000Z", "zone": "Europe/Berlin", "sessions": [], "entries": [], **rows}
    whole |= {"plan": rows["plan"][0]} if "plan" in rows else {}
    return run(phone, "./safety/here-words.js", "(module, given) => module.ownSentences(given)", whole)


def test_the_time_the_session_and_the_persons_own_words_are_said(phone: Phone) -> None:
    session = {"starts_at": "2026-11-22T13:00:00.000Z", "status": "happened", "intention": INTENTION}
    planned = {"starts_at": "2026-11-22T20:00:00.000Z", "status": "planned"}
    coming = {"starts_at": "2026-11-24T13:00:00.000Z"}
    helped = {"what_helped": f" {BACK} ", "occurred_at": "2026-11-21T10:00:00.000Z"}

    script = "module => module.timeSentence('2026-11-23T02:10:00.000Z', 'Europe/Berlin')"
    assert run(phone, "./safety/here-words.js", script, None) == "It is Monday, 03:10."
    assert sentences(
        phone, sessions=[coming, planned, session], entries=[helped, helped], plan=[{"brings_me_back": ["Tea"]}]
    ) == {"lines": ["Your session was yesterday at 14:00.", f"You wrote: “{INTENTION}”"], "back": ["Tea", BACK]}
    assert sentences(phone) == {"lines": [], "back": []}
    assert sentences(phone, sessions=[{"starts_at": "2026-11-20T13:00:00.000Z"}])["lines"] == [
        "Your session was on Friday at 14:00."
    ]
    assert sentences(phone, sessions=[{"starts_at": "2026-11-10T13:00:00.000Z", "intention": INTENTION}])["lines"] == []
    kept = {"keep": "The ceiling was kind.", "occurred_at": "2026-11-22T10:00:00.000Z"}
    assert sentences(phone, entries=[kept])["lines"] == ["You wrote: “The ceiling was kind.”"]


def test_here_and_now_is_found_from_help_without_a_network(phone: Phone, server: Server) -> None:
    patient = server.register()
    keep(server, patient, "treatment_session", timedelta(days=1), status="happened", intention=INTENTION)
    keep(server, patient, "check_in", timedelta(hours=2), dissociation=8, what_helped=BACK)
    phone.wait_for_shell()
    phone.sign_in(patient)
    expect(phone.page.locator("#today-lead")).to_contain_text("session")
    phone.context.set_offline(True)

    phone.page.get_by_role("link", name="I need help").click()
    phone.page.get_by_role("link", name="I feel far away").click()

    expect(phone.page.get_by_role("heading", level=1)).to_contain_text("It is ")
    expect(phone.page.get_by_text(SESSION)).to_be_visible()
    expect(phone.page.get_by_text(INTENTION)).to_be_visible()
    expect(phone.page.get_by_text(BACK)).to_be_visible()
    expect(phone.page.get_by_text("Put both feet on the floor.")).to_be_visible()
    ways = phone.page.get_by_role("link")
    assert [way.inner_text() for way in ways.all() if way.is_visible()] == ["//", "I need help", "Back"]
    phone.page.get_by_role("link", name="Back").click()

    # It is offered of the entry that was just saved, over no other, and until it was opened.
    phone.rate("dissociation", 8)
    phone.save()
    phone.expect_state("Saved on this device")
    offer = phone.page.locator("#offers a")
    expect(offer).to_be_visible()
    phone.page.locator("#earlier a").first.click()
    expect(phone.page.locator("#today-lead")).to_contain_text("you are changing this entry")
    expect(offer).to_be_hidden()
    expect(phone.page.locator("#saved")).not_to_contain_text("Saved")
    phone.go("/#/")
    offer.click()
    expect(phone.page.get_by_role("heading", level=1)).to_contain_text("It is ")
    phone.page.get_by_role("link", name="Back").click()
    expect(phone.page.get_by_role("button", name="Save", exact=True)).to_be_visible()
    phone.page.get_by_role("link", name="Here and now", exact=True).click()
    expect(phone.page.get_by_text(BACK)).to_be_visible()
    expect(phone.page.locator("#offers")).to_be_empty()


def test_somebody_without_an_account_finds_where_they_are(phone: Phone) -> None:
    phone.go("/#/grounding")

    weekday = datetime.now(ZoneInfo("Europe/Berlin")).strftime("%A")
    expect(phone.page.get_by_role("heading", level=1)).to_contain_text(f"It is {weekday}")
    expect(phone.page.get_by_text("Put both feet on the floor.")).to_be_visible()


def test_a_mood_of_0_is_followed_by_who_to_call_and_who_sees_it_before_anything_else(
    phone: Phone, server: Server
) -> None:
    page, patient = phone.page, server.register()

    def write_a_0(seen: str) -> None:
        expect(page.locator("#unread")).to_be_hidden()
        page.locator("#audience").select_option("therapist")
        expect(page.locator("#unread")).to_be_visible(visible=seen == NOBODY)
        expect(page.locator("#unwatched")).to_be_visible()
        phone.rate("mood", 0)
        phone.write("to them")
        phone.save()
        expect(page.get_by_role("heading", name="Before you go on")).to_be_visible()
        assert page.url.endswith("/#/help")  # on a shared phone the browser's list says no more
        expect(page.locator("#page .lead")).to_contain_text(f"What you wrote is kept. {seen} If you would like")
        expect(page.locator('a[href="tel:112"]')).to_be_visible()
        expect(page.locator('a[href="tel:116016"]')).to_have_count(0)  # of another kind than what brings somebody here
        expect(page.get_by_role("link", name="My safety plan")).to_be_visible()
        expect(page.get_by_text("Somebody you feel safe with")).to_be_visible()
        page.get_by_role("link", name="Not now").click()
        expect(page.locator("#today-title")).to_be_visible()

    write_a_0(NOBODY)
    phone.sign_in(patient)
    expect(page.locator("#shared")).to_have_text("Shared with: 0")
    write_a_0(NOBODY)
    phone.expect_state("Saved and sent")
    phone.go("/#/history")
    page.locator(".entry-head").first.click()
    expect(page.get_by_text("note for: my therapist (nobody can read it now)")).to_be_visible()

    # What a share opens is said without a network too.
    accepted(server, patient)
    phone.go("/#/")
    phone.wait_for_shell()
    page.reload()
    expect(page.locator("#shared")).to_have_text("Shared with: 1")
    phone.context.set_offline(True)
    page.reload()
    write_a_0("Later, your therapist can see the scales and the notes written for them; nobody watches in real time.")


def test_help_shows_the_same_numbers_in_spanish(phone: Phone) -> None:
    def numbers() -> list[str]:
        expect(phone.page.locator(".numbers li").first).to_be_visible()
        return [link.get_attribute("href") or "" for link in phone.page.locator(".numbers a").all()]

    phone.go("/#/help")
    expect(phone.page.get_by_text("In danger now", exact=True)).to_be_visible()
    phone.page.get_by_label("choose the country").select_option("US")
    # The lines are those of the chosen country; the emergency number of where the phone is stands first.
    expect(phone.page.get_by_text("In danger now: Germany")).to_be_visible()
    expect(phone.page.get_by_text("If a line does not answer: 112, or")).to_be_visible()
    expect(phone.page.get_by_text("text HOME to 741741")).to_be_visible()
    expect(phone.page.get_by_text("Poison Help for poisoning")).to_be_visible()
    expect(phone.page.get_by_text("for violence at home")).to_be_visible()
    english = numbers()
    phone.page.evaluate("localStorage.setItem('interlude.language', 'es')")
    phone.page.reload()

    expect(phone.page.get_by_role("heading", name="Números para Estados Unidos")).to_be_visible()
    expect(phone.page.get_by_text("Nadie lo vigila en tiempo real")).to_be_visible()
    assert numbers() == english
    assert english[:2] == ["tel:112", "tel:911"]
    assert json.dumps(english).count("988") == 2
    phone.go("/#/medical")
    expect(phone.page.get_by_text("Emergencias: Estados Unidos")).to_be_visible()
    assert numbers() == ["tel:112", "tel:911"]
