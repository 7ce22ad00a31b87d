"""Sharing, from the invitation to the withdrawal: two people, two browsers, one server."""

import json
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pyotp
from playwright.sync_api import expect

from tests.browser.conftest import OpenPhone
from tests.browser.phone import Phone
from tests.browser.server import PASSWORD, Account, Server

FOR_THEM = "Sleep is back. I am afraid it will go again."
PRIVATE = "Nobody is to read about the bridge."
WIDE = (1280, 800)


def uuid7() -> str:
    """An id of version 7, as a phone makes it."""
    ms = int(time.time() * 1000)
    return str(UUID(int=ms << 80 | 7 << 76 | 0b10 << 62 | uuid4().int & ((1 << 62) - 1)))


def keep(server: Server, who: Account, kind: str, ago: timedelta, **values: Any) -> None:
    """Stores a record of `ago` before now, as a program of the patient's would."""
    at = (datetime.now(UTC) - ago).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    dated = {"treatment_session": "starts_at", "meeting": "starts_at", "response": "completed_at"}
    placed = {dated.get(kind, "occurred_at"): at, "zone": "Europe/Berlin"}
    patch = values if kind in ("course", "question", "medication") else placed | values
    change = {"id": uuid7(), "kind": kind, "record_id": uuid7(), "base_revision": 0, "edited_at": at, "patch": patch}
    with closing(server.client(who)) as client:
        answer = client.post("/api/sync", json={"since": 0, "changes": [change]}).raise_for_status()
        assert answer.json()["results"][0]["outcome"] == "stored", answer.text


def two_weeks(server: Server) -> Account:
    """A patient with two weeks of check-ins, three days of them missing, and two notes of today."""
    patient = server.register(name="Mara Kindler")
    for days in (1, 2, 3, 4, 8, 9, 10, 11, 12, 13):
        keep(server, patient, "check_in", timedelta(days=days), mood=4 + days % 3, anxiety=6, dissociation=1)
    keep(server, patient, "check_in", timedelta(minutes=2), mood=6, note=FOR_THEM, audience="therapist", bring=True)
    keep(server, patient, "check_in", timedelta(minutes=1), mood=5, note=PRIVATE)
    return patient


def invite(phone: Phone, *opened: str) -> str:
    """Makes an invitation on the patient's phone, opening more than it opens by itself, and answers its link."""
    phone.go("/#/share/new")
    for label in opened:
        phone.page.get_by_label(label).check()
    phone.page.get_by_role("button", name="Make the invitation").click()
    link = phone.page.get_by_label("The link").input_value()
    assert link.startswith(f"{phone.url}/#/invitation/")
    return link


def path_of(link: str, phone: Phone) -> str:
    return link.removeprefix(phone.url)


def accepted(server: Server, patient: Account, **more: Any) -> tuple[Account, str]:
    """A therapist who has accepted a consent of `patient`, by the API alone; and the consent's id."""
    therapist = server.register_therapist("Dr Osei")
    with closing(server.client(patient)) as giving, closing(server.client(therapist)) as reading:
        body = {"as": "therapist", "scopes": ["scales", "sessions", "notes"], **more}
        link = giving.post("/api/consents", json=body).raise_for_status().json()["invitation"]
        hours = {"weekdays": [1, 2, 3, 4, 5], "from": "09:00", "to": "17:00", "zone": "Europe/Berlin"}
        reading.put("/api/reading-hours", json=hours).raise_for_status()
        answer = reading.post("/api/consents/acceptance", json={"secret": link.rsplit("/", 1)[1]})
        consent_id: str = answer.raise_for_status().json()["id"]
    return therapist, consent_id


def test_a_share_goes_from_the_invitation_to_the_withdrawal(open_phone: OpenPhone, server: Server) -> None:
    patient = two_weeks(server)
    phone = open_phone("patient")
    phone.sign_in(patient)
    desk = open_phone("therapist", WIDE)
    page = desk.page

    phone.go("/#/share/new")
    expect(phone.page.get_by_label("Notes addressed to them")).not_to_be_checked()
    expect(phone.page.get_by_label("from today on")).to_be_checked()
    for closed in ("Questionnaires", "Alerts", "Side effects"):
        expect(phone.page.get_by_label(closed)).not_to_be_checked()
    expect(phone.page.get_by_text("an answer of 1 or more to PHQ-9, question 9")).to_be_visible()
    link = invite(phone, "Notes addressed to them", "Questionnaires", "all I have written")
    desk.go(path_of(link, desk))
    expect(page.get_by_text("Somebody invites you")).to_be_visible()
    assert link.rsplit("/", 1)[1] not in page.url, "the secret leaves the address at once"

    page.get_by_role("link", name="Make an account").click()
    expect(page.get_by_label("as a therapist or prescriber")).to_be_checked()
    expect(page.get_by_text("It needs a code app on your phone")).to_be_visible()
    page.get_by_label("Name").fill("Dr Lena Hof")
    page.get_by_label("E-mail").fill(f"{uuid4().hex[:12]}@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("I am 18 or older").check()
    page.get_by_role("button", name="Make the account").click()

    # A code app was spoken of before, and is what comes next.
    page.get_by_role("button", name="Set it up").click()
    secret = page.locator(".secret").inner_text().replace(" ", "")
    page.get_by_label("The code the app shows now").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Confirm").click()
    page.get_by_role("button", name="I have kept them").click()

    page.get_by_role("link", name="Back to the invitation").click()
    page.get_by_role("button", name="Accept").click()
    page.get_by_role("link", name="Set your reading hours").click()
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("button", name="Accept").click()

    expect(page.get_by_role("heading", name="Mara Kindler")).to_be_visible()
    expect(page.get_by_text(FOR_THEM)).to_be_visible()
    expect(page.locator(".chart path.line.mood")).to_be_visible()
    expect(page.get_by_text("No entries")).to_be_visible()
    assert PRIVATE not in page.content()

    phone.go("/#/")
    phone.go("/#/share")
    expect(phone.page.get_by_text("Dr Lena Hof looked at the summary")).to_be_visible()
    expect(phone.page.get_by_text("is not checked by anyone")).to_be_visible()
    expect(phone.page.locator("#shared")).to_have_text("Shared with: 1")

    phone.page.get_by_role("button", name="Withdraw").click()
    expect(phone.page.locator("#shared")).to_have_text("Shared with: 0")
    expect(phone.page.get_by_text("From now on they no longer see: mood, anxiety and detachment;")).to_be_visible()
    page.reload()
    expect(page.get_by_text("This share was withdrawn")).to_be_visible()
    assert FOR_THEM not in page.content()
    assert page.locator(".chart").count() == 0


def test_an_invitation_link_is_kept_nowhere_once_it_was_shown(open_phone: OpenPhone, server: Server) -> None:
    phone = open_phone("patient")
    phone.sign_in(server.register())
    with sqlite3.connect(server.data / "database" / "interlude.db", timeout=20) as database:
        database.execute("UPDATE sign_in SET created_at = created_at - 600000")  # ten minutes ago

    phone.go("/#/share/new")
    phone.page.get_by_label("Questionnaires").check()
    phone.page.get_by_role("button", name="Make the invitation").click()
    for password in ("not it", PASSWORD):
        expect(phone.page.get_by_label("Your password")).to_be_focused()
        phone.page.get_by_label("Your password").fill(password)
        phone.page.get_by_role("button", name="Go on").click()
        if password != PASSWORD:
            expect(phone.page.get_by_text("That is not the password.")).to_be_visible()
    secret = phone.page.get_by_label("The link").input_value().rsplit("/", 1)[1]
    phone.page.get_by_role("link", name="Done").click()
    expect(phone.page.get_by_text("mood, anxiety and detachment").first).to_contain_text("questionnaires")
    expect(phone.page.get_by_role("heading", name="An invitation, not used yet")).to_be_visible()

    assert secret not in phone.page.content()
    assert secret not in json.dumps(phone.page.evaluate("({ ...localStorage, ...sessionStorage })"))
    phone.go("/#/share/new")
    expect(phone.page.get_by_role("button", name="Make the invitation")).to_be_visible()


def test_within_six_hours_after_a_session_an_invitation_waits_and_says_until_when(
    open_phone: OpenPhone, server: Server
) -> None:
    patient = server.register()
    keep(server, patient, "treatment_session", timedelta(hours=4), status="happened")
    phone = open_phone("patient")
    phone.sign_in(patient)

    phone.go("/#/share/new")
    phone.page.get_by_role("button", name="Make the invitation").click()

    expect(phone.page.get_by_text("It will be possible in 2 hours")).to_be_visible()


def test_a_patient_who_opens_an_invitation_can_go_on_as_somebody_else(open_phone: OpenPhone, server: Server) -> None:
    phone = open_phone("patient")
    phone.sign_in(server.register())

    link = invite(phone)
    phone.go(path_of(link, phone))

    expect(phone.page.get_by_text("is accepted with a therapist’s account")).to_be_visible()
    phone.page.get_by_role("button", name="Sign out").click()
    expect(phone.page.get_by_text("Somebody invites you")).to_be_visible()
    expect(phone.page.get_by_text("Nothing of yours is left on this device.")).to_be_visible()
    therapist = server.register_therapist("Dr Ana Ruiz")
    phone.page.get_by_role("link", name="I have one: sign in").click()
    phone.page.get_by_label("E-mail").fill(therapist.email)
    phone.page.get_by_label("Password").fill(therapist.password)
    phone.page.get_by_role("button", name="Sign in").click()
    phone.page.get_by_label("Code").fill(therapist.code())
    phone.page.get_by_role("button", name="Sign in").click()
    expect(phone.page.get_by_role("button", name="Accept")).to_be_visible()


def test_a_used_invitation_says_so(open_phone: OpenPhone, server: Server) -> None:
    patient = server.register()
    with closing(server.client(patient)) as client:
        consent = client.post("/api/consents", json={"as": "therapist", "scopes": ["scales"]}).raise_for_status().json()
        client.delete(f"/api/consents/{consent['id']}").raise_for_status()
    therapist = server.register_therapist()
    desk = open_phone("therapist", WIDE)
    desk.sign_in(therapist)
    desk.go("/#/reading-hours")
    desk.page.get_by_role("button", name="Save and go on").click()
    expect(desk.page.get_by_text("Saved.")).to_be_visible()

    desk.go(path_of(consent["invitation"], desk))
    desk.page.get_by_role("button", name="Accept").click()

    expect(desk.page.get_by_text("This invitation can’t be used")).to_be_visible()
    assert desk.page.get_by_role("button", name="Accept").count() == 0


def test_reading_hours_are_kept(open_phone: OpenPhone, server: Server) -> None:
    desk = open_phone("therapist", WIDE)
    desk.sign_in(server.register_therapist())

    desk.go("/#/reading-hours")
    desk.page.get_by_label("Fri").uncheck()
    desk.page.get_by_label("Their e-mail").fill("practice@example.org")
    desk.page.get_by_role("button", name="Save and go on").click()
    expect(desk.page.get_by_text("No letter can be sent to that address from here")).to_be_visible()
    desk.page.get_by_label("Their e-mail").fill("")
    desk.page.get_by_role("button", name="Save and go on").click()
    expect(desk.page.get_by_text("Saved.")).to_be_visible()
    desk.go("/#/people")

    expect(desk.page.get_by_text("Read on Monday to Thursday 9 to 17.")).to_be_visible()
    expect(desk.page.get_by_text("Nobody has shared a diary with you yet.")).to_be_visible()
