"""Accounts on a device: whose it is, what it says when somebody comes or goes, and what stays behind."""

from contextlib import closing
from datetime import UTC, datetime

from playwright.sync_api import Route, expect

from server.base.clock import wire_instant
from server.base.ids import uuid7
from tests.browser.phone import Phone
from tests.browser.server import Account, Server


def keep(server: Server, who: Account, note: str) -> None:
    """Stores one entry of now, as a program of the patient's would."""
    at = wire_instant(datetime.now(UTC))
    patch = {"occurred_at": at, "zone": "Europe/Berlin", "note": note}
    change = {"id": uuid7(), "kind": "check_in", "record_id": uuid7(), "base_revision": 0, "edited_at": at}
    with closing(server.client(who)) as client:
        client.post("/api/sync", json={"since": 0, "changes": [change | {"patch": patch}]}).raise_for_status()


def test_a_sign_in_whose_answer_was_lost_mixes_nobodys_entries(phone: Phone, server: Server) -> None:
    anna, bert = server.register(name="Anna"), server.register(name="Bert")
    keep(server, bert, "Of Bert alone.")
    phone.remove_worker()
    phone.sign_in(anna)
    phone.page.route("**/api/sync", lambda route: route.abort())
    phone.write("Of Anna alone.")
    phone.save()
    phone.expect_state("Saved on this device")

    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    phone.page.route("**/api/sign-ins", lose_the_answer)
    phone.go("/#/sign-in")
    phone.page.get_by_label("E-mail").fill(bert.email)
    phone.page.get_by_label("Password").fill(bert.password)
    phone.page.get_by_role("button", name="Sign in").click()
    expect(phone.page.get_by_role("alert")).to_contain_text("could not be reached")
    with phone.page.expect_response("**/api/sync") as told:
        phone.page.unroute("**/api/sync")
    phone.go("/#/history")

    assert told.value.status == 409
    expect(phone.page.get_by_role("link", name="Sign in again to send")).to_be_visible()
    expect(phone.page.get_by_text("Of Anna alone.")).to_be_visible()
    expect(phone.page.get_by_text("Of Bert alone.")).to_be_hidden()
    assert [item["values"]["note"] for item in server.check_ins(bert)] == ["Of Bert alone."]
    phone.page.unroute("**/api/sign-ins")
    phone.sign_in(anna)
    phone.until(lambda: len(server.check_ins(anna)) == 1, "Anna's entry in her own account")
