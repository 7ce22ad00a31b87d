"""The short form in the hours after a dose: three scales, what its point asks beside them, and one button."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenPhone
from tests.browser.phone import Phone
from tests.browser.server import Server
from tests.browser.test_today import session, told

TONE = "Being detached: how is that for you?"


def test_after_a_dose_the_form_is_three_scales_and_one_button(open_phone: OpenPhone, server: Server) -> None:
    patient = told(server, session(2))
    phone = open_phone(size=(320, 640))
    phone.sign_in(patient)
    page = phone.page
    expect(page.locator("#check-in legend").first).to_have_text("Mood")
    seen = page.locator("#check-in :is(legend, button, textarea, summary):visible, .save button:visible")

    assert [one.strip() for one in seen.all_inner_texts()] == [
        "Mood", "Anxiety", "Detached", "Show the whole form", "I can’t answer right now",
    ]  # fmt: skip
    expect(page.locator("#unwatched")).to_be_visible()
    phone.rate("dissociation", 0)
    expect(page.get_by_role("group", name=TONE)).to_be_hidden()
    phone.rate("dissociation", 8)
    page.get_by_label("peaceful").check()
    phone.save()
    phone.expect_state("Saved and sent")
    expect(page.locator("#offers a")).to_have_attribute("href", "#/grounding")
    page.get_by_role("button", name="Not now").click()
    expect(page.locator("#offers")).to_be_empty()
    page.get_by_role("button", name="Show the whole form").click()
    expect(page.locator("#check-in legend").first).to_have_text("Right now, how is your mood?")
    expect(page.locator("#note")).to_be_focused()
    values = server.check_ins(patient)[0]["values"]
    assert (values["point"], values["dissociation_tone"]) == ("t+2h", "peaceful")


def test_a_few_hours_after_a_dose_the_side_effects_are_one_tap_away(phone: Phone, server: Server) -> None:
    patient = told(server, session(5))
    phone.sign_in(patient)
    page = phone.page
    expect(page.locator("#check-in legend").first).to_have_text("Mood")
    expect(page.locator("#check-in summary:visible")).to_have_text(["Side effects, memory"])
    expect(page.locator("#unwatched")).to_be_visible()
    expect(page.get_by_label("Nausea")).to_be_hidden()
    phone.rate("dissociation", 1)
    expect(page.get_by_role("group", name=TONE)).to_be_hidden()

    page.get_by_text("Side effects, memory").click()
    page.get_by_label("Nausea").select_option("mild")
    phone.save()
    phone.expect_state("Saved and sent")

    values = server.check_ins(patient)[0]["values"]
    assert (values["point"], values["side_effects"]) == ("t+4h", {"nausea": "mild"})
    expect(page.locator("#check-in summary:visible")).to_have_count(0)
