"""The other pages of the phone: who sees which, what works without a network, and that nothing is cut off."""

import re
import time
from contextlib import closing

import pyotp
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPhone
from tests.browser.phone import Phone
from tests.browser.server import Account, Server

LARGE_TEXT = """
document.addEventListener('DOMContentLoaded', () => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync('html { font-size: 200% }')
  document.adoptedStyleSheets = [sheet]
})
"""
PAGES = ("/#/", "/#/history", "/#/trends", "/#/add-session", "/#/help", "/#/sign-in", "/#/register", "/#/account")


def test_a_therapist_begins_with_people_and_never_sees_the_check_in(phone: Phone, server: Server) -> None:
    phone.sign_in(server.register_therapist())

    for path in ("/", "/#/", "/#/history", "/#/trends", "/#/entry/x"):
        phone.go(path)
        phone.until(lambda: phone.page.url.endswith("/#/people"), f"the way back from {path}")
        expect(phone.page.locator("#check-in")).to_be_hidden()
        expect(phone.page.get_by_role("link", name="Trends")).to_be_hidden()


def test_a_guest_is_asked_to_sign_in_before_sharing_and_comes_back_to_it(phone: Phone, server: Server) -> None:
    patient = server.register()

    phone.go("/#/share")
    expect(phone.page.get_by_text("That page needs an account.")).to_be_visible()
    phone.page.get_by_label("E-mail").fill(patient.email)
    phone.page.get_by_label("Password").fill(patient.password)
    phone.page.get_by_role("button", name="Sign in").click()

    phone.until(lambda: phone.page.url.endswith("/#/share"), "the page that was asked for")


def test_a_wrong_password_is_said_and_nothing_is_lost(phone: Phone, server: Server) -> None:
    phone.write("half a thought")
    phone.go("/#/sign-in")
    phone.page.get_by_label("E-mail").fill(server.register().email)
    phone.page.get_by_label("Password").fill("not the right one at all")
    phone.page.get_by_role("button", name="Sign in").click()

    expect(phone.page.get_by_role("alert")).to_contain_text("is not right")
    phone.go("/#/")
    expect(phone.page.locator("#note")).to_have_value("half a thought")


def test_a_second_factor_is_set_up_and_asked_for(phone: Phone, server: Server) -> None:
    patient = server.register()
    phone.sign_in(patient)
    phone.go("/#/account")
    phone.page.get_by_role("button", name="Set it up").click()
    secret = phone.page.locator(".secret").inner_text().replace(" ", "")

    # The code before the present one is right too, and leaves the present one for the sign-in.
    phone.page.get_by_label("The code the app shows now").fill(pyotp.TOTP(secret).at(int(time.time()) - 30))
    phone.page.get_by_role("button", name="Confirm").click()
    expect(phone.page.locator(".codes li")).to_have_count(10)
    phone.page.get_by_role("button", name="I have kept them").click()
    phone.page.get_by_role("button", name="Sign out", exact=True).click()
    phone.until(lambda: phone.page.url.endswith("/#/"), "Today")

    phone.sign_in(Account(patient.email, patient.password, "patient", secret))


def test_help_is_there_without_a_network_and_keeps_the_country(open_phone: OpenPhone, server: Server) -> None:
    first = open_phone()
    first.wait_for_shell()
    first.close()
    server.stop()
    phone = open_phone()

    phone.page.get_by_role("link", name="I need help").click()
    expect(phone.page.locator('a[href="tel:112"]')).to_be_visible()
    expect(phone.page.get_by_role("heading", name="Numbers for Germany")).to_be_visible()
    expect(phone.page.get_by_text("This is not an emergency service.", exact=False)).to_be_visible()
    phone.page.get_by_label("Country").select_option("US")
    expect(phone.page.locator('a[href="tel:988"]')).to_be_visible()
    phone.go("/#/history")
    phone.go("/#/help")
    expect(phone.page.locator('a[href="tel:988"]')).to_be_visible()


def test_a_session_is_one_tap_and_is_told_of_in_the_days_after(phone: Phone, server: Server) -> None:
    patient = server.register()
    phone.sign_in(patient)

    phone.page.get_by_role("link", name="Add a session").click()
    phone.page.get_by_role("button", name="It starts now").click()
    expect(phone.page.get_by_role("heading", name=re.compile("^(Tonight|After your session)$"))).to_be_visible()
    phone.go("/#/history")
    expect(phone.page.get_by_text("On this device, and sent.")).to_be_visible()

    with closing(server.client(patient)) as client:
        (session,) = client.get("/api/treatment-sessions").json()["items"]
    assert session["values"]["status"] == "happened"
    phone.go("/#/")
    expect(phone.page.locator("#today-lead")).to_contain_text("day of your session")
    phone.rate("mood", 5)
    phone.save()
    phone.expect_state("Saved and sent")
    phone.go("/#/trends")
    expect(phone.page.locator(".chart line.session")).to_have_count(1)
    expect(phone.page.get_by_text("What was written lies within 24 hours after a session.")).to_be_visible()


def test_an_erased_account_leaves_nothing_on_the_device(phone: Phone, server: Server) -> None:
    patient = server.register()
    phone.sign_in(patient)
    phone.write("gone tomorrow")
    phone.save()
    phone.expect_state("Saved and sent")
    phone.go("/#/account")

    phone.page.get_by_role("button", name="Erase the account").click()
    phone.page.get_by_label("Your password").fill(patient.password)
    phone.page.evaluate("void (indexedDB.deleteDatabase = () => { throw new Error('the battery is empty') })")
    phone.page.get_by_role("button", name="Erase it for good").click()
    expect(phone.page.get_by_role("link", name="Sign in")).to_be_visible()
    expect(phone.page.locator("#saved")).to_be_empty()
    assert len(phone.databases()) == 1
    phone.page.reload()

    phone.until(lambda: phone.databases() == set(), "the account's database to go")


@pytest.mark.parametrize(("size", "is_large"), [((320, 640), False), ((360, 740), True), ((1280, 800), True)])
def test_nothing_is_cut_off(open_phone: OpenPhone, server: Server, size: tuple[int, int], is_large: bool) -> None:
    phone = open_phone(size=size)
    if is_large:
        phone.context.add_init_script(LARGE_TEXT)
        phone.go("/")
    phone.sign_in(server.register())
    if is_large:
        phone.page.reload()

    for path in PAGES:
        phone.go(path)
        expect(phone.page.locator("main:visible h1")).to_be_visible()
        phone.page.wait_for_timeout(300)
        assert phone.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


def test_a_scale_breaks_into_six_and_five_below_360(open_phone: OpenPhone) -> None:
    narrow, wide = open_phone("narrow", size=(340, 740)), open_phone("wide", size=(360, 740))

    def rows(phone: Phone) -> list[int]:
        labels = phone.page.locator(".scale").first.locator("label")
        tops: list[int] = labels.evaluate_all("all => all.map(label => label.offsetTop)")
        return [tops.count(top) for top in sorted(set(tops))]

    assert rows(narrow) == [6, 5]
    assert rows(wide) == [11]


def test_every_target_is_large_enough(phone: Phone) -> None:
    script = """all => all.filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 44)
        .map(one => one.outerHTML.slice(0, 80))"""

    small = phone.page.locator("a, button, select, summary, .numerals label, textarea").evaluate_all(script)

    assert small == []
