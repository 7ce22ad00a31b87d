"""A note for somebody else: whether it was read, and taking it back."""

from contextlib import closing
from typing import Any

import httpx
from playwright.sync_api import expect

from tests.browser.conftest import OpenPhone
from tests.browser.phone import Phone
from tests.browser.server import Account, Server
from tests.browser.test_phone_rules import run
from tests.browser.test_sharing import FOR_THEM, PRIVATE, accepted, two_weeks

NOTE = {"id": "n", "audience": "therapist", "day": "2026-11-20", "sent_at": "2026-11-20T10:00:00.000Z"}
CONSENT = {"id": "c", "as": "therapist", "scopes": ["notes"], "from": None, "to": None, "notes_from": "2026-11-01"}


def reads(phone: Phone, note: dict[str, Any], consent: dict[str, Any], *events: dict[str, Any]) -> Any:
    given = [{**NOTE, **note}, [{**CONSENT, **consent}], list(events)]
    return run(phone, "./sharing/note-reads.js", "(module, given) => module.readsOf(...given)", given)


def look(at: str, first: str = "2026-11-01", last: str = "2026-11-30", consent_id: str = "c") -> dict[str, Any]:
    details = {"consent_id": consent_id, "from": first, "to": last}
    return {"at": at, "act": "summary_viewed", "actor": "Dr Osei", "details": details}


def test_a_note_counts_as_read_once_its_reader_looked_at_its_day(phone: Phone) -> None:
    later, again, before = (f"2026-11-{day}T09:00:00.000Z" for day in (21, 22, 19))
    read = [{"who": "Dr Osei", "at": later}]
    opened = {"at": later, "act": "note_opened", "actor": "me", "details": {"consent_id": "c", "record_id": "n"}}

    assert reads(phone, {}, {}, look(again), look(later)) == read
    assert reads(phone, {"audience": "both"}, {}, look(later)) == read
    assert reads(phone, {}, {"notes_from": "2026-11-21"}, look(later), opened) == read
    assert reads(phone, {}, {}, look(before)) == []
    assert reads(phone, {}, {}, look(later, first="2026-11-21")) == []
    assert reads(phone, {}, {}, look(later, consent_id="another")) == []
    assert reads(phone, {}, {"scopes": ["scales"]}, look(later)) == []
    assert reads(phone, {}, {"notes_from": "2026-11-21"}, look(later)) == []
    assert reads(phone, {}, {"to": "2026-11-10"}, look(later)) == []
    assert reads(phone, {"audience": "prescriber"}, {}, look(later)) == []


def notes_seen(reader: httpx.Client, consent_id: str) -> list[str]:
    summary = reader.get(f"/api/shared/{consent_id}/summary").raise_for_status().json()
    return [note["text"] for note in summary["notes"]]


def test_a_note_is_taken_back_and_says_that_it_was_read(open_phone: OpenPhone, server: Server) -> None:
    patient = two_weeks(server)
    therapist, consent_id = accepted(server, patient)
    with closing(server.client(therapist)) as reader:  # signed in once: the next code is half a minute away
        take_back(open_phone("patient"), patient, reader, consent_id)


def take_back(phone: Phone, patient: Account, reader: httpx.Client, consent_id: str) -> None:
    """The patient looks whether a note was read, takes it back, and addresses it again."""
    phone.sign_in(patient)
    page = phone.page

    phone.go("/#/share")
    page.get_by_role("link", name="Notes for somebody else").click()
    expect(page.get_by_text("Nobody has looked at that day since it was sent.")).to_be_visible()
    expect(page.get_by_text(FOR_THEM)).to_be_visible()
    assert PRIVATE not in page.locator("#page").inner_text()
    assert notes_seen(reader, consent_id) == [FOR_THEM]
    page.reload()
    expect(page.get_by_text("Dr Osei looked on")).to_be_visible()

    page.get_by_role("button", name="Take it back").click()

    expect(page.get_by_text("What was read can’t be unread: Dr Osei looked on")).to_be_visible()
    phone.until(lambda: notes_seen(reader, consent_id) == [], "the note to be gone for its reader")
    page.get_by_role("button", name="Address it again").click()
    phone.until(lambda: notes_seen(reader, consent_id) == [FOR_THEM], "the note to be there again")
