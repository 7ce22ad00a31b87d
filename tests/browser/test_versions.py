"""A note with two versions: neither goes before somebody who has seen both decides, and a decision has a way back."""

from contextlib import closing
from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import expect

from server.base.clock import wire_instant
from server.base.ids import uuid7
from tests.browser.conftest import OpenPhone
from tests.browser.phone import Phone
from tests.browser.server import Account, Server


def test_two_phones_that_wrote_one_note_keep_both_until_one_is_chosen(open_phone: OpenPhone, server: Server) -> None:
    patient = server.register()
    first, second = open_phone("first"), open_phone("second")
    for phone in (first, second):
        phone.sign_in(patient)
    first.write("as it was")
    first.save()
    first.expect_state("Saved and sent")
    second.page.reload()
    expect(second.page.locator("#earlier li")).to_have_count(1)

    for phone, words in ((first, "from the first"), (second, "from the second")):
        phone.context.set_offline(True)
        phone.page.locator("#earlier a").click()
        expect(phone.page.locator("#today-lead")).to_contain_text("changing this entry")
        phone.page.locator("#note").fill(words)
        phone.save()
        phone.context.set_offline(False)
        expect(phone.page.get_by_text("On this device, and sent.")).to_be_visible()

    expect(second.page.get_by_text("This note was written on two devices.")).to_be_visible()
    expect(second.page.get_by_text("from the first")).to_be_visible()
    second.page.get_by_role("button", name="Keep this one").first.click()
    phone.until(lambda: server.check_ins(patient)[0]["alternatives"] == {}, "the choice to arrive")
    assert server.check_ins(patient)[0]["values"]["note"] == "from the second"


def test_mending_an_entry_shows_both_versions_and_keeps_them_where_the_note_is_left_alone(
    phone: Phone, server: Server
) -> None:
    patient = with_two_versions(phone, server)

    change_the_entry(phone)
    expect(phone.page.locator("#note")).to_have_value("from elsewhere\n\nfrom here")
    phone.rate("mood", 7)
    phone.save()

    phone.until(lambda: server.check_ins(patient)[0]["values"].get("mood") == 7, "the mood")
    assert texts_of(server, patient) == [{"from here", "from elsewhere"}, 2]
    expect(phone.page.get_by_text("This note was written on two devices.")).to_be_visible()


def test_a_note_mended_with_both_versions_in_sight_is_the_only_one(phone: Phone, server: Server) -> None:
    patient = with_two_versions(phone, server)

    change_the_entry(phone)
    phone.page.locator("#note").fill("from here and elsewhere")
    phone.save()

    phone.until(lambda: texts_of(server, patient) == [{"from here and elsewhere"}, 1], "the one note")


def test_a_text_that_comes_while_the_entry_is_open_is_not_replaced(phone: Phone, server: Server) -> None:
    patient = with_a_note(phone, server, "as it was")
    phone.go("/#/")
    phone.page.locator("#earlier a").click()
    expect(phone.page.locator("#note")).to_have_value("as it was")
    phone.page.locator("#note").fill("from here")
    write_elsewhere(server, patient, {"note": "from elsewhere", "mood": 3})
    with phone.page.expect_response("**/api/sync"):
        phone.page.evaluate("dispatchEvent(new Event('online'))")
    phone.wait_for_draft(note="from here")

    phone.page.reload()
    expect(phone.page.locator("#note")).to_have_value("from here")
    phone.save()

    phone.until(lambda: texts_of(server, patient) == [{"from here", "from elsewhere"}, 2], "both texts")
    assert server.check_ins(patient)[0]["values"]["mood"] == 3


def test_a_choice_that_was_sent_is_taken_back(phone: Phone, server: Server) -> None:
    patient = with_two_versions(phone, server)
    phone.go("/#/history")

    for chosen in (0, 1):
        phone.page.get_by_role("button", name="Keep this one").nth(chosen).click()
        phone.until(lambda: len(server.check_ins(patient)[0]["alternatives"]) == 0, "the choice to arrive")
        phone.page.get_by_role("button", name="Show both again").click()
        phone.until(lambda: texts_of(server, patient) == [{"from here", "from elsewhere"}, 2], "both texts")


def test_a_choice_that_was_not_sent_yet_is_taken_back(phone: Phone, server: Server) -> None:
    patient = with_two_versions(phone, server)
    phone.go("/#/history")
    phone.remove_worker()
    phone.context.set_offline(True)

    phone.page.get_by_role("button", name="Keep this one").first.click()
    phone.page.get_by_role("button", name="Show both again").click()
    expect(phone.page.get_by_role("button", name="Keep this one")).to_have_count(2)
    phone.context.set_offline(False)

    expect(phone.page.get_by_text("On this device, and sent.")).to_be_visible(timeout=70_000)
    assert texts_of(server, patient) == [{"from here", "from elsewhere"}, 2]


def with_two_versions(phone: Phone, server: Server) -> Account:
    """Somebody whose one entry was given two notes, "from here" first and "from elsewhere" later."""
    patient = with_a_note(phone, server, "from here")
    write_elsewhere(server, patient, {"note": "from elsewhere"}, had_seen=False)
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    phone.go("/#/history")
    expect(phone.page.get_by_text("This note was written on two devices.")).to_be_visible()
    return patient


def with_a_note(phone: Phone, server: Server, note: str) -> Account:
    """Somebody who is signed in here, with one entry that the server has."""
    patient = server.register()
    phone.sign_in(patient)
    phone.write(note)
    phone.save()
    phone.expect_state("Saved and sent")
    return patient


def write_elsewhere(server: Server, patient: Account, patch: dict[str, Any], had_seen: bool = True) -> None:
    """A change of the one entry by another device, which had seen what stands there or nothing of it."""
    (record,) = server.check_ins(patient)
    change = {
        "id": uuid7(), "kind": "check_in", "record_id": record["id"], "patch": patch,
        "base_revision": record["revision"] if had_seen else 0, "edited_at": wire_instant(datetime.now(UTC)),
    }  # fmt: skip
    with closing(server.client(patient)) as client:
        client.post("/api/sync", json={"since": 0, "changes": [change]}).raise_for_status()


def change_the_entry(phone: Phone) -> None:
    """Opens the one entry of History to be mended."""
    phone.go("/#/history")
    phone.page.locator(".entry-head").click()
    phone.page.get_by_role("link", name="Change", exact=True).click()


def texts_of(server: Server, patient: Account) -> list[Any]:
    """Every text of the one entry's note, and how many there are."""
    (record,) = server.check_ins(patient)
    texts = [record["values"].get("note"), *record["alternatives"].get("note", [])]
    return [set(texts), len(texts)]
