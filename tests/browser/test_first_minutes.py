"""The first five minutes: writing before any account, then one question a screen, each of which can be skipped."""

from playwright.sync_api import expect

from server.base.ids import uuid7
from tests.browser.phone import Phone
from tests.browser.server import PASSWORD, Account, Server


def make_account(phone: Phone, next_page: str = "") -> Account:
    """Registers by the page, as a patient; `next_page` is what they came for."""
    account = Account(f"{uuid7()}@example.org", PASSWORD, "patient")
    phone.go(f"/#/register{next_page}")
    phone.page.get_by_label("Name").fill("M. K.")
    phone.page.get_by_label("E-mail").fill(account.email)
    phone.page.get_by_label("Password").fill(account.password)
    phone.page.get_by_label("I am 18 or older").check()
    phone.page.get_by_role("button", name="Make the account").click()
    return account


def test_what_was_written_first_is_sent_and_a_phone_that_others_open_gets_its_questions(
    phone: Phone, server: Server
) -> None:
    page = phone.page
    phone.write("before any account")
    phone.save()
    phone.expect_state("Saved on this device")

    account = make_account(phone)
    expect(page.get_by_role("heading", name="Does anyone else open this phone?")).to_be_visible()
    expect(page.get_by_text("Your account is made. 1 entry on this device is now in it.")).to_be_visible()
    page.get_by_role("button", name="Yes, or it can happen").click()
    for leaves_form in (False, True):  # the lock's page leads on without a lock too
        page.get_by_role("link", name="Set the lock").click()
        if leaves_form:
            page.get_by_role("button", name="Lock it with a PIN").click()
        page.get_by_role("button" if leaves_form else "link", name="Leave it as it is").click()
        expect(page.get_by_role("button", name="Notes")).to_be_visible()
        phone.go("/#/begin/lock")
    page.get_by_role("button", name="Not now").click()
    page.get_by_role("button", name="Notes").click()
    page.get_by_label("Or in your own words").fill("water the plants")
    page.get_by_role("button", name="Use these words").click()
    page.get_by_label("Which country are you in?").select_option("US")
    page.get_by_role("button", name="This one").click()

    phone.until(lambda: page.url.endswith("/#/"), "Today")
    phone.until(lambda: len(server.check_ins(account)) == 1, "the entry that was written first")
    assert page.title() == "Notes"
    phone.go("/#/help")
    expect(page.locator('a[href="tel:988"]')).to_be_visible()
    phone.go("/#/reminder")
    expect(page.get_by_label("Words of the notification")).to_have_value("water the plants")


def test_every_question_can_be_skipped_and_none_stands_in_the_way(phone: Phone) -> None:
    page = phone.page
    make_account(phone, next_page="?next=%2Fshare")
    page.get_by_role("button", name="Skip this").click()
    expect(page.get_by_role("heading", name="Which country are you in?")).to_be_visible()
    page.get_by_role("button", name="Skip this").click()
    phone.until(lambda: page.url.endswith("/#/"), "Today")
    assert page.title() == "Interlude"

    for step, after in {"lock": "name", "name": "reminder", "reminder": "country", "country": ""}.items():
        phone.go(f"/#/begin/{step}")
        page.get_by_role("button", name="Not now" if step == "lock" else "Skip this").click()
        expect(page).to_have_url(phone.url + (f"/#/begin/{after}" if after else "/#/"))
    phone.go("/#/begin")
    page.get_by_role("link", name="Today").click()
    phone.rate("mood", 5)
    phone.save()
    phone.expect_state("Saved and sent")
