"""The app lock: what was written waits for a PIN or a passkey; writing, help and the page for here and now do not."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPhone
from tests.browser.phone import Phone
from tests.browser.server import Server
from tests.browser.stored import found_in, rows

PIN = "246813"
# As if somebody turned to another app: the page hears it as it does then.
SEEN_AS = """(state) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state })
    document.dispatchEvent(new Event('visibilitychange'))
}"""
ACCOUNT_ID = """async () => {
    const at = document.querySelector('script').src
    return (await import(new URL('./accounts/account.js', at).href)).account.value.id
}"""
BLANK = """() => getComputedStyle(document.querySelector('main:not([hidden])')).visibility"""


def turn_away(page: Page) -> None:
    """Turns to another app, and comes back."""
    page.evaluate(SEEN_AS, "hidden")
    page.evaluate(SEEN_AS, "visible")


def try_pin(page: Page, pin: str) -> None:
    """Types a PIN on the lock screen."""
    page.get_by_label("PIN", exact=True).fill(pin)
    page.get_by_role("button", name="Unlock").click()


def test_what_was_written_waits_for_the_pin_and_writing_does_not(
    open_phone: OpenPhone, server: Server, tmp_path: Path
) -> None:
    patient = server.register()
    phone = open_phone()
    page = phone.page
    phone.sign_in(patient)
    phone.write("heron at the lake")
    phone.save()
    phone.expect_state("Saved and sent")
    phone.set_pin(PIN)
    phone.go("/#/history")
    expect(page.get_by_text("heron at the lake")).to_be_visible()

    # Another language starts the page anew, and leaves the lock open; any other start closes it.
    phone.wait_for_shell()
    for language, title in (("Español", "Este dispositivo"), ("English", "This device")):
        phone.go("/#/device")
        page.get_by_label(language).check()
        expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
    phone.go("/#/history")
    expect(page.get_by_text("heron at the lake")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Locked")).to_be_visible()
    try_pin(page, PIN)
    expect(page.get_by_text("heron at the lake")).to_be_visible()
    other = phone.context.new_page()
    other.goto(phone.url + "/#/history")
    expect(other.get_by_role("heading", name="Locked")).to_be_visible()
    try_pin(other, PIN)
    expect(other.get_by_text("heron at the lake")).to_be_visible()
    expect(other.get_by_role("heading", name="History")).to_be_focused()
    other.close()
    other = phone.context.new_page()
    other.goto(phone.url + "/#/history")
    try_pin(other, PIN)
    expect(other.get_by_text("heron at the lake")).to_be_visible()
    expect(page.get_by_text("heron at the lake")).to_be_visible()
    phone.go("/#/")
    page.locator("#note").fill("half a thought of owls")
    database = f"interlude-{page.evaluate(ACCOUNT_ID)}"
    phone.until(lambda: len(rows(phone, database)["drafts"]) == 1, "the first draft")

    # Turned away from: blank at once, and closed; another page that is looked at stays open until all are hidden.
    page.evaluate(SEEN_AS, "hidden")
    assert page.evaluate(BLANK) == "hidden"
    assert "owls" not in page.content()
    page.evaluate(SEEN_AS, "visible")
    expect(page.get_by_text("Locked. What you write is kept; reading waits for you.")).to_be_visible()
    expect(page.locator("#note")).to_have_value("")
    expect(page.locator("#earlier li")).to_have_count(0)
    expect(other.get_by_text("heron at the lake")).to_be_visible()
    page.get_by_role("link", name="Unlock").click()
    try_pin(page, PIN)
    expect(page.locator("#note")).to_have_value("half a thought of owls")
    other.get_by_role("button", name="Hide").click()
    expect(page.get_by_text("Locked. What you write is kept; reading waits for you.")).to_be_visible()
    assert "heron" not in page.content() + other.content()
    other.close()

    # What needs no lock, needs none.
    for path, place, title in (
        ("help", "", "I need help"),
        ("help", "mood", "Before you go on"),
        ("grounding", "", "It is"),
    ):
        phone.go(f"/#/{path}", place)
        expect(page.get_by_role("heading", name=title, exact=False).first).to_be_visible()
    for path in ("history", "trends", "tonight", "share", "account", "lock", "who-can-open-this"):
        phone.go(f"/#/{path}")
        expect(page.get_by_role("heading", name="Locked")).to_be_visible()

    # Writing: sent from memory with a network, kept sealed without one, also over the end of the browser.
    page.get_by_role("link", name="Write without unlocking").click()
    phone.rate("mood", 4)
    phone.write("wren while locked")
    phone.save()
    phone.expect_state("Saved and sent")
    assert len(server.check_ins(patient)) == 2
    phone.wait_for_shell()
    phone.context.set_offline(True)
    phone.write("swift without a network")
    phone.save()
    phone.expect_state("Saved on this device")
    page.locator("#note").fill("and half a swift")
    phone.until(lambda: "drafts" in {row["store"] for row in rows(phone, database)["boxed"]}, "the draft")
    # Whoever comes next reads none of it, here or after a new start.
    turn_away(page)
    expect(page.locator("#note")).to_have_value("")
    page.reload()
    expect(page.get_by_text("Locked. What you write is kept; reading waits for you.")).to_be_visible()
    expect(page.locator("#note")).to_have_value("")
    phone.context.set_offline(False)

    # Wrong, then right.
    phone.go("/#/history")
    for _ in range(3):
        try_pin(page, "111111")
        expect(page.get_by_label("PIN", exact=True)).to_have_value("")
    expect(page.get_by_text("Wait 1 minute, then try again.")).to_be_visible()
    page.clock.set_fixed_time(datetime.now(UTC) + timedelta(hours=2))
    page.reload()
    expect(page.get_by_text("Wait 1 minute, then try again.")).to_be_visible()
    expect(page.get_by_role("button", name="Unlock")).to_be_disabled()
    later = {"Date": format_datetime(datetime.now(UTC) + timedelta(seconds=31), usegmt=True)}
    page.route("**/healthz", lambda route: route.fulfill(headers=later))
    page.reload()
    expect(page.get_by_role("button", name="Unlock")).to_be_enabled()
    try_pin(page, PIN)
    for note in ("heron at the lake", "wren while locked", "swift without a network"):
        expect(page.get_by_text(note)).to_be_visible()
    phone.until(lambda: len(server.check_ins(patient)) == 3, "what was written while locked")
    phone.go("/#/")
    expect(page.locator("#note")).to_have_value("and half a swift")
    assert rows(phone, database)["boxed"] == []
    phone.save()
    phone.expect_state("Saved and sent")
    page.reload()
    page.get_by_role("link", name="Unlock").click()
    try_pin(page, PIN)
    expect(page.locator("#note")).to_have_value("half a thought of owls")
    phone.close()
    assert found_in(tmp_path / "phone", ["heron at", "of owls", "wren while", "swift", PIN]) == {}


def test_a_forgotten_pin_has_a_plain_way_out_and_what_was_sent_comes_back(phone: Phone, server: Server) -> None:
    patient = server.register()
    page = phone.page
    phone.sign_in(patient)
    phone.write("it was sent")
    phone.save()
    phone.expect_state("Saved and sent")
    phone.set_pin(PIN)
    # In large text too it is at the thumb.
    page.evaluate("() => { document.documentElement.style.fontSize = '32px' }")
    expect(page.get_by_role("button", name="Hide")).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="Hide").click()
    expect(page.get_by_role("heading")).to_have_count(0)
    page.get_by_role("button", name="Tap to go on").click()
    page.get_by_role("link", name="Write without unlocking").click()
    phone.remove_worker()
    page.route("**/api/sync", lambda route: route.abort())
    phone.write("it was not")
    phone.save()
    phone.expect_state("Saved on this device")

    phone.go("/#/unlock")
    page.get_by_role("button", name="I don’t know the PIN any more").click()
    expect(page.get_by_text("1 entry is on this device alone, and would be lost.")).to_be_visible()
    page.get_by_role("button", name="Remove what is on this device").click()
    expect(page.get_by_text("What was on this device is removed, and the lock too.")).to_be_visible()
    page.unroute("**/api/sync")
    phone.go("/#/history")
    expect(page.get_by_text("it was sent")).to_have_count(0)
    phone.sign_in(patient)
    phone.go("/#/history")

    expect(page.get_by_text("it was sent")).to_be_visible()
    expect(page.get_by_text("it was not")).to_have_count(0)
    phone.go("/#/lock")
    expect(page.get_by_text("Nothing locks it now.")).to_be_visible()


def test_a_passkey_of_the_device_opens_it_and_a_pin_can_take_its_place(phone: Phone) -> None:
    cdp = phone.context.new_cdp_session(phone.page)
    cdp.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal", "hasResidentKey": True}
    options |= {"hasUserVerification": True, "isUserVerified": True, "hasPrf": True}
    options |= {"automaticPresenceSimulation": True}
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page = phone.page
    phone.write("a guest's secret")
    phone.save()
    phone.expect_state("Saved on this device")
    phone.go("/#/begin/lock")
    page.get_by_role("link", name="Set the lock").click()
    page.get_by_role("button", name="Lock it with a passkey").click()
    page.get_by_role("button", name="Go on").click()
    expect(page).to_have_url(phone.url + "/#/begin/name")

    page.clock.install()
    page.reload()
    phone.go("/#/history")
    page.get_by_role("button", name="Unlock with the passkey").click()
    expect(page.get_by_text("a guest's secret")).to_be_visible()
    page.clock.fast_forward(115_000)
    page.keyboard.press("Shift")
    page.clock.fast_forward(115_000)
    expect(page.get_by_text("a guest's secret")).to_be_visible()
    page.clock.fast_forward(6_000)
    expect(page.get_by_role("heading", name="Locked")).to_be_visible()
    page.get_by_role("button", name="Unlock with the passkey").click()
    expect(page.get_by_text("a guest's secret")).to_be_visible()

    phone.go("/#/lock")
    page.get_by_role("button", name="Lock it with a PIN").click()
    page.get_by_label("New PIN").fill("12")
    page.get_by_role("button", name="Lock it with this PIN").click()
    expect(page.get_by_text("Four digits or more, and nothing but digits.")).to_be_visible()
    page.get_by_label("New PIN").fill(PIN)
    page.get_by_label("The same again").fill(PIN)
    page.get_by_role("button", name="Lock it with this PIN").click()
    expect(page.get_by_text("Done. A PIN locks it")).to_be_visible()
    page.reload()
    try_pin(page, PIN)
    page.get_by_role("button", name="Take the lock away").click()
    page.get_by_label("The PIN it has now").fill(PIN)
    page.get_by_role("button", name="Take it away").click()
    expect(page.get_by_text("Done. Nothing locks it now.")).to_be_visible()
    turn_away(page)
    phone.go("/#/history")
    expect(page.get_by_text("a guest's secret")).to_be_visible()
