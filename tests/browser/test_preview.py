"""What somebody who shares lets be seen: the preview on their phone, and the same on the reader's desk."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.browser.conftest import OpenPhone
from tests.browser.server import Account, Server
from tests.browser.test_sharing import FOR_THEM, PRIVATE, WIDE, accepted, keep, two_weeks


def fill_in(server: Server, who: Account, days: int, *answers: int) -> None:
    """Stores a PHQ-9 of `days` ago, as far as it is answered."""
    given = {str(item): value for item, value in enumerate(answers, 1)}
    keep(server, who, "response", timedelta(days=days), instrument="phq-9", instrument_version="1", answers=given)


def test_the_preview_shows_what_the_therapist_sees(open_phone: OpenPhone, server: Server) -> None:
    patient = two_weeks(server)
    keep(server, patient, "treatment_session", timedelta(days=27), status="happened")
    for days, answers in ((28, [2] * 8 + [0]), (26, [1] * 8 + [0]), (5, [1] * 7 + [0, 0]), (3, [1] * 4)):
        fill_in(server, patient, days, *answers)
    keep(server, patient, "watch", timedelta(days=2), urgency="mild", blood=False, audience="therapist")
    keep(server, patient, "question", timedelta(), text="Is it holding?", audience="therapist")
    begun = (datetime.now(UTC) - timedelta(days=3)).date().isoformat()
    keep(server, patient, "medication", timedelta(), name="sertraline", audience="therapist", **{"from": begun})
    scopes = ["scales", "sessions", "measures", "notes", "watch", "questions", "medications"]
    therapist, consent_id = accepted(server, patient, scopes=scopes)
    phone = open_phone("patient")
    phone.sign_in(patient)

    phone.go("/#/share")
    phone.page.get_by_role("link", name="See what they see").click()

    assert phone.page.url.endswith(f"/#/share/{consent_id}")
    expect(phone.page.get_by_text("This is what Dr Osei sees, and nothing else.")).to_be_visible()
    expect(phone.page.get_by_text("Read on weekdays 9 to 17.")).to_be_visible()
    expect(phone.page.get_by_text(FOR_THEM)).to_be_visible()
    assert PRIVATE not in phone.page.content()
    marked = ".chart path.beside.first_day"
    expect(phone.page.locator(marked)).to_have_count(2)  # under the lines, and in their legend
    expect(phone.page.get_by_text("Is it holding?")).to_be_visible()
    expect(phone.page.get_by_role("button", name="Settled together")).to_have_count(0)
    # What a questionnaire came to stays folded on the person's own phone, and is not there at night at all.
    expect(phone.page.get_by_role("heading", name="Questionnaires")).to_be_visible()
    expect(phone.page.get_by_text("7, mild, on")).to_have_count(0)

    desk = open_phone("therapist", WIDE)
    desk.sign_in(therapist)
    desk.go("/#/people")
    expect(desk.page.get_by_text("16 new since you looked")).to_be_visible()
    desk.page.get_by_role("link", name="Mara Kindler").click()

    forms = desk.page.locator(".measures")
    expect(forms.get_by_text("7, mild, on")).to_be_visible()
    moved = re.compile("9 lower than on .+, before the first session: beyond measurement error.")
    expect(forms.get_by_text(moved)).to_be_visible()
    expect(forms.get_by_text("1 lower than the time before: within normal variation.")).to_be_visible()
    expect(forms.get_by_role("row")).to_contain_text(["Called", "not all answered", "8*mild", "16moderately severe"])
    expect(forms.get_by_text("* Averages over before and after a session.")).to_be_visible()
    expect(desk.page.get_by_text("urgency: mild")).to_be_visible()
    expect(desk.page.get_by_text("in the last 60 days 1, in the last 30 1.")).to_be_visible()
    expect(desk.page.locator(marked)).to_have_count(2)
    desk.page.get_by_role("button", name="Settled together: Is it holding?").click()
    expect(desk.page.get_by_text("settled on")).to_be_visible()
    phone.go("/#/")
    phone.page.reload()
    phone.go("/#/meetings")
    phone.page.get_by_text("Settled: 1").click()
    expect(phone.page.get_by_text("Is it holding?")).to_be_visible()
