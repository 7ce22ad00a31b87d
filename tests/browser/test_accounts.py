"""Accounts on a device: whose it is, what it says when somebody comes or goes, and what stays behind."""

import re
from contextlib import closing
from datetime import UTC, datetime

from playwright.sync_api import Route, expect

from server.base.clock import wire_instant
from server.base.ids import uuid7
from tests.browser.phone import Phone
from tests.browser.server import PASSWORD, Account, Server


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


def test_a_registration_says_all_its_faults_at_once_and_then_what_it_took_in(phone: Phone, server: Server) -> None:
    for mood in (4, 6):
        phone.rate("mood", mood)
        phone.save()
        phone.expect_state("Saved on this device")
        expect(phone.page.locator('input[name="mood"]:checked')).to_have_count(0)
    page = phone.page
    phone.go("/#/register")
    page.get_by_label("E-mail").fill("nobody")
    page.get_by_label("Password").fill("too short")
    page.get_by_role("button", name="Show the password").click()
    expect(page.get_by_label("Password")).to_have_attribute("type", "text")
    page.get_by_role("button", name="Make the account").click()

    expect(page.locator("#page .fault")).to_have_count(4)
    expect(page.get_by_label("E-mail")).to_have_value("nobody")
    expect(page.get_by_label("Password")).to_have_value("too short")
    page.get_by_role("button", name="Hide the password").click()
    expect(page.get_by_label("Password")).to_have_attribute("type", "password")
    expect(page.get_by_text("A forgotten password can’t be recovered yet")).to_be_visible()

    page.get_by_label("Name").fill("M. K.")
    page.get_by_label("E-mail").fill(f"{uuid7()}@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("I am 18 or older").check()
    page.get_by_role("button", name="Make the account").click()

    expect(page.get_by_text("Your account is made. 2 entries on this device are now in it.")).to_be_visible()
    phone.go("/#/history")
    expect(page.get_by_text("Your account is made.")).to_be_hidden()


def test_signing_out_says_that_nothing_is_left_and_takes_a_waiting_invitation_along(
    phone: Phone, server: Server
) -> None:
    phone.sign_in(server.register_therapist())
    phone.go("/#/invitation/" + "s" * 43)
    expect(phone.page.get_by_role("button", name="Accept")).to_be_visible()

    phone.go("/#/account")
    phone.page.get_by_role("button", name="Sign out", exact=True).click()

    expect(phone.page.get_by_text("Signed out. Nothing of yours is left on this device.")).to_be_visible()
    assert phone.page.evaluate("sessionStorage.length") == 0


def test_a_device_that_was_signed_out_says_so_in_history_and_can_be_cleared(phone: Phone, server: Server) -> None:
    patient = server.register()
    keep(server, patient, "From before.")
    phone.sign_in(patient)
    phone.go("/#/history")
    expect(phone.page.get_by_text("From before.")).to_be_visible()
    with closing(server.client(patient)) as client:
        client.request("DELETE", "/api/account", json={"password": PASSWORD}).raise_for_status()
    phone.page.reload()

    expect(phone.page.get_by_text("This device is signed out; what you see is kept on this device.")).to_be_visible()
    expect(phone.page.get_by_text("From before.")).to_be_visible()
    phone.page.get_by_role("button", name="Clear this device").click()
    phone.page.get_by_role("button", name="Clear it now").click()

    expect(phone.page.get_by_text("Signed out.")).to_be_visible()
    phone.go("/#/history")
    expect(phone.page.get_by_text("What you save on Today stands here")).to_be_visible()


def test_on_somebody_elses_phone_what_they_wrote_stays_theirs_and_a_guest_clears_it_offline(
    phone: Phone, server: Server
) -> None:
    page, patient = phone.page, server.register()
    phone.rate("mood", 5)
    phone.save()
    phone.expect_state("Saved on this device")
    phone.go("/#/register")
    page.get_by_label("Name", exact=True).fill("N. O.")
    page.get_by_label("E-mail").fill(f"{uuid7()}@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("I am 18 or older").check()
    page.get_by_label("Leave as it is").check()
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_text(re.compile("^Your account is made.$"))).to_be_visible()
    phone.go("/#/account")
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_text("Signed out.")).to_be_visible()
    expect(page.locator("#earlier li")).to_have_count(1)
    for choice, kept in (("Leave as it is", 0), ("Mine: add to this account", 1)):
        phone.go("/#/sign-in")
        page.get_by_label("E-mail").fill(patient.email)
        page.get_by_label("Password").fill(patient.password)
        expect(page.get_by_text("1 entry on this device belongs to no account")).to_be_visible()
        expect(page.locator("#page input:checked")).to_have_count(0)
        page.get_by_label(choice).check()
        page.get_by_role("button", name="Sign in").click()
        expect(page.locator("#earlier li")).to_have_count(kept)
        phone.until(lambda count=kept: len(server.check_ins(patient)) == count, "what was taken along")
        phone.go("/#/account")
        page.get_by_role("button", name="Sign out", exact=True).click()
        expect(page.get_by_text("Signed out.")).to_be_visible()
        expect(page.locator("#earlier li")).to_have_count(1 - kept)

    phone.rate("anxiety", 3)
    phone.save()
    phone.expect_state("Saved on this device")
    phone.write("half a thought")
    phone.wait_for_shell()
    plan = """async ([name, lines]) => {
        const at = document.querySelector('script').src
        const { remember, remembered } = await import(new URL('./base/database.js', at).href)
        if (lines) await remember(name, lines)
        return (await remembered(name)) ?? null
    }"""
    page.evaluate(plan, ["open-plan guest", "as it is kept for while the app is locked"])
    phone.context.set_offline(True)
    page.get_by_role("link", name="This device: language, text, colours, name").click()
    page.get_by_role("button", name="Clear this device").click()
    expect(page.get_by_text("1 entry is on this device alone, and would be lost. So would what is")).to_be_visible()
    page.get_by_role("button", name="Remove what is on this device").click()

    expect(page.get_by_text("What was on this device is removed.")).to_be_visible()
    assert page.evaluate(plan, ["open-plan guest", None]) is None
    expect(page.locator("#note")).to_have_value("")
    expect(page.locator("#earlier")).to_be_hidden()
    phone.go("/#/history")
    expect(page.get_by_text("What you save on Today stands here")).to_be_visible()
    phone.context.set_offline(False)


def test_an_old_sign_in_is_renewed_on_the_way_to_a_second_factor(phone: Phone, server: Server) -> None:
    therapist = Account(server.register("therapist").email, PASSWORD, "therapist")
    phone.sign_in(therapist)
    refusal = {"type": "/problems/step-up-needed", "title": "Sign in again first", "status": 403}
    phone.page.route("**/api/factors/totp", lambda route: route.fulfill(status=403, json=refusal))
    page = phone.page
    phone.go("/#/account?next=%2Finvitation%2Fopened")
    expect(page.get_by_text("It was not on when this device signed in.")).to_be_visible()

    page.get_by_role("button", name="Set it up").click()
    page.get_by_role("link", name="Sign in again").click()
    page.unroute("**/api/factors/totp")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Show the password").press("Enter")
    expect(page.get_by_label("Password")).to_have_attribute("type", "text")
    expect(page.get_by_label("Password")).to_have_value(PASSWORD)
    page.get_by_role("button", name="Sign in").click()

    phone.until(lambda: page.url.endswith("/#/account?next=%2Finvitation%2Fopened"), "the way back")
    page.get_by_role("button", name="Set it up").click()
    expect(page.locator(".secret")).to_be_visible()
    # As from the code app, which locks the app meanwhile.
    secret = page.locator(".secret").inner_text()
    phone.go("/#/device")
    phone.go("/#/account")
    expect(page.locator(".secret")).to_have_text(secret)
