"""What an operator chose to offer: the eight questions instead of nine, and the card after a licensed one."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from tests.browser.phone import Phone
from tests.browser.server import Server
from tests.browser.test_questionnaires import answer, load_a_pack, responses
from tests.browser.test_sharing import keep


def test_the_eight_questions_take_the_place_of_nine_what_was_begun_goes_on_and_a_licensed_one_brings_the_card(
    phone: Phone, server: Server
) -> None:
    patient = server.register()
    keep(server, patient, "treatment_session", timedelta(days=15), status="happened")
    phone.sign_in(patient)
    phone.go("/#/questionnaires/who-5")
    phone.page.get_by_role("button", name="Begin").click()
    answer(phone, "Most of the time")
    phone.page.get_by_role("button", name="Pause").click()
    forms = phone.page.locator("#forms")
    expect(forms).to_contain_text("PHQ-9: 9 questions")

    # The phone learns of it where something is about to be offered; what is half filled in can be ended.
    load_a_pack(server, "madrs-s", INTERLUDE_INSTRUMENTS="phq-8,gad-7")
    phone.page.reload()
    expect(forms).to_contain_text("PHQ-8: 8 questions about the last 2 weeks.")
    expect(forms).to_contain_text("GAD-7: 7 questions")
    expect(forms).to_contain_text("WHO-5 is paused, 1 of 5 done.")
    expect(forms).not_to_contain_text("PHQ-9")
    forms.get_by_role("link", name="Go on").click()
    expect(phone.page.get_by_text("2 of 5")).to_be_visible()
    phone.go("/#/questionnaires/phq-9")
    expect(phone.page.get_by_text("It is not offered here now.")).to_be_visible()

    # Eight questions, and none about hurting oneself.
    phone.go("/#/questionnaires")
    listed = phone.page.locator(".form-line a")
    expect(listed).to_have_text([re.compile("PHQ-8"), re.compile("GAD-7"), re.compile("Made up")])
    expect(phone.page.get_by_label("PHQ-8, every two weeks")).to_be_checked()
    listed.first.click()
    phone.page.get_by_role("button", name="Begin").click()
    for _ in range(7):
        answer(phone, "Several days")
    expect(phone.page.get_by_text("8 of 8")).to_be_visible()
    phone.page.get_by_label("Several days").check()
    phone.page.get_by_role("button", name="Save", exact=True).click()
    expect(phone.page.get_by_text("Saved and sent.")).to_be_visible()
    assert responses(server, patient)[0]["score"]["total"] == 8

    # Whoever would be told of the ninth question is told of nothing by itself, and that is said before.
    phone.go("/#/share/new")
    expect(phone.page.get_by_text("That question is not asked here now, so nothing goes by itself.")).to_be_attached()

    # A dark answer in the licensed one brings the numbers.
    phone.go("/#/questionnaires/madrs-s")
    phone.page.get_by_role("button", name="Begin").click()
    for _ in range(8):
        answer(phone, "answer 0")
    phone.page.get_by_label("answer 2", exact=True).check()
    phone.page.get_by_role("button", name="Save", exact=True).click()
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Before you go on")
    expect(phone.page.locator(".numbers a").first).to_be_visible()
    server.stop()  # the next start offers what every installation does
