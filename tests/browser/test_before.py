"""The day before a session: Today leads to what is asked then, and a note is kept with the session."""

from playwright.sync_api import expect

from tests.browser.phone import Phone
from tests.browser.server import Server
from tests.browser.test_today import session, told

ASKED = "Before it: your own words, the ride home, what is new."


def test_the_hours_before_a_session_ask_what_is_new_and_keep_a_note_with_it(phone: Phone, server: Server) -> None:
    planned = session(-5, status="planned")
    patient = told(server, planned)
    phone.sign_in(patient)
    page = phone.page

    page.get_by_role("link", name=ASKED).click()
    expect(page.get_by_role("link", name="Anything new you take?")).to_have_attribute("href", "#/medicines")
    expect(page.get_by_role("link", name="Blood pressure, if you know it")).to_be_visible()
    expect(page.get_by_text("The ride home is arranged")).to_be_visible()
    page.get_by_role("link", name="When did you last eat?").click()
    phone.write("breakfast at seven, nothing since")
    phone.save()
    phone.expect_state("Saved and sent")

    values = server.check_ins(patient)[0]["values"]
    assert (values["point"], values["session_id"]) == ("before", planned["record_id"])
    assert values.get("audience", "me") == "me"
    expect(page.get_by_role("link", name="A session is planned for")).to_be_visible()
    expect(page.get_by_role("link", name=ASKED)).to_have_count(0)
    phone.go(f"/#/session/{planned['record_id']}")
    expect(page.get_by_text("breakfast at seven")).to_be_visible()


def test_days_before_a_session_nothing_of_it_is_asked(phone: Phone, server: Server) -> None:
    planned = session(-50, status="planned")
    phone.sign_in(told(server, planned))
    page = phone.page

    expect(page.get_by_role("link", name=ASKED)).to_have_count(0)
    page.get_by_role("link", name="A session is planned for").click()
    expect(page.get_by_text("The ride home is arranged")).to_be_visible()
    expect(page.get_by_role("link", name="Anything new you take?")).to_have_count(0)
