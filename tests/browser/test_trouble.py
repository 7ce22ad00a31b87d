"""Trouble under an open page: another page signs out, the storage is emptied, the clock is wrong. Nothing is lost."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.browser.phone import Phone
from tests.browser.server import Server
from tests.browser.test_sharing import accepted


def test_a_page_whose_account_was_signed_out_in_another_shows_nothing_of_it(phone: Phone, server: Server) -> None:
    phone.sign_in(server.register())
    phone.write("of the account")
    phone.save()
    phone.expect_state("Saved and sent")
    other = phone.context.new_page()
    other.goto(f"{phone.url}/#/history")
    expect(other.get_by_text("of the account")).to_be_visible()
    third = phone.context.new_page()
    third.goto(f"{phone.url}/#/safety-plan/write")
    signs = third.get_by_role("textbox", name="My warning signs")
    signs.fill("the phone stays dark")
    third.get_by_role("button", name="Save", exact=True).click()
    expect(third.get_by_text("the phone stays dark")).to_be_visible()
    third.goto(f"{phone.url}/#/safety-plan/write")
    expect(signs).to_have_value("the phone stays dark")

    phone.go("/#/account")
    phone.page.get_by_role("button", name="Sign out", exact=True).click()
    expect(phone.page.get_by_text("Signed out. Nothing of yours is left on this device.")).to_be_visible()

    expect(other.get_by_text("of the account")).to_be_hidden()
    expect(other.get_by_role("link", name="Sign in", exact=True)).to_be_visible()
    expect(other.get_by_text("This device is signed out", exact=False)).to_be_hidden()
    expect(signs).to_have_value("")


def test_what_is_written_after_the_storage_was_emptied_is_sent_after_a_sign_in(phone: Phone, server: Server) -> None:
    patient = server.register()
    phone.sign_in(patient)
    phone.write("sent before")
    phone.save()
    phone.expect_state("Saved and sent")
    phone.write("half a thought")
    phone.wait_for_draft(note="half a thought")
    session = phone.context.new_cdp_session(phone.page)
    session.send("Storage.clearDataForOrigin", {"origin": phone.url, "storageTypes": "indexeddb"})
    phone.write(", and the rest of it")
    phone.save()
    phone.expect_state("Sign in again to send")
    phone.page.reload()
    expect(phone.page.get_by_text("The storage of this device was emptied", exact=False)).to_be_visible()
    phone.sign_in(patient)

    phone.until(lambda: len(server.check_ins(patient)) == 2, "what was written after")
    phone.go("/#/history")
    for note in ("sent before", "half a thought, and the rest of it"):
        expect(phone.page.get_by_text(note, exact=True)).to_be_visible()


def test_a_clock_set_back_a_year_loses_and_hides_nothing(phone: Phone, server: Server) -> None:
    patient = server.register()
    phone.sign_in(patient)
    notes = ["by the right clock", "by a clock of last year", "by the right clock again"]
    present = datetime.now(UTC)

    for note, back in zip(notes, (0, 365, 0), strict=True):
        phone.page.clock.set_fixed_time(present - timedelta(days=back))
        phone.page.reload()
        phone.write(note)
        phone.save()
        phone.expect_state("Saved and sent")

    assert sorted(record["values"]["note"] for record in server.check_ins(patient)) == sorted(notes)
    phone.go("/#/history")
    for note in notes:
        expect(phone.page.get_by_text(note, exact=True)).to_be_visible()


def test_a_clock_set_days_ahead_still_tells_the_therapist_and_says_that_it_went(phone: Phone, server: Server) -> None:
    patient = server.register()
    accepted(server, patient, scopes=["alerts"])
    phone.sign_in(patient)
    phone.page.clock.set_fixed_time(datetime.now(UTC) + timedelta(days=3))
    phone.page.reload()

    phone.go("/#/help")
    phone.page.get_by_role("button", name="Tell my therapist").click()

    expect(phone.page.get_by_text("Sent. Here you read who saw it.")).to_be_visible()
    expect(phone.page.get_by_text("as soon as there is a network")).to_have_count(0)
    expect(phone.page.get_by_text("Not seen yet.")).to_be_visible()
    phone.go("/#/")
    expect(phone.page.get_by_text("needs a look")).to_have_count(0)


SLOW_SEALING = """const seal = crypto.subtle.encrypt.bind(crypto.subtle)
void (crypto.subtle.encrypt = async (...all) => {
    await new Promise((done) => setTimeout(done, 400))
    return seal(...all)
})"""


def test_a_slow_phone_goes_on_with_nothing_that_it_has_just_saved(phone: Phone) -> None:
    phone.write("a thought")
    phone.wait_for_draft(note="a thought")
    phone.page.evaluate(SLOW_SEALING)
    # The note loses the focus only now, and says that it was changed.
    phone.page.evaluate("document.querySelector('button[form=check-in]').click()")
    phone.expect_state("Saved")
    phone.page.wait_for_timeout(1_000)

    phone.page.reload()
    expect(phone.page.locator("#earlier li")).to_have_count(1)
    expect(phone.page.locator("#note")).to_have_value("")
    phone.write("the next one")
    phone.save()

    phone.go("/#/history")
    expect(phone.page.locator(".entry .said")).to_have_text(["the next one", "a thought"])


def test_what_one_page_saves_of_a_shared_draft_the_other_does_not_write_over(phone: Phone) -> None:
    phone.write("a thought")
    phone.wait_for_draft(note="a thought")
    other = phone.context.new_page()
    other.goto(f"{phone.url}/")
    expect(other.locator("#note")).to_have_value("a thought")
    third = phone.context.new_page()
    third.goto(f"{phone.url}/")
    third.locator("#note").fill("a thought, and more")

    phone.save()
    phone.expect_state("Saved")

    expect(other.locator("#note")).to_have_value("")
    other.locator("#note").fill("another")
    other.get_by_role("button", name="Save", exact=True).click()
    expect(other.locator("#earlier li")).to_have_count(2)
    expect(third.locator("#earlier li")).to_have_count(2)
    expect(third.locator("#note")).to_have_value("a thought, and more")
    third.get_by_role("button", name="Save", exact=True).click()
    expect(third.locator("#earlier li")).to_have_count(3)
    phone.go("/#/history")
    expect(phone.page.locator(".entry .said")).to_have_text(["a thought, and more", "another", "a thought"])
