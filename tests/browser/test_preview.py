"""What somebody who shares lets be seen: the preview on their phone, and the same on the reader's desk."""

import re
import sqlite3
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.browser.conftest import OpenPhone
from tests.browser.phone import Phone
from tests.browser.server import Account, Server
from tests.browser.test_sharing import FOR_THEM, PRIVATE, WIDE, accepted, keep, two_weeks

DAY_MS = 86_400_000


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
    # What followed the session is drawn from the summary as on the person's own phone, with every entry behind it.
    after = desk.page.locator(".since")
    expect(after.locator("path.line")).to_have_count(1)
    after.get_by_text("The same as a table").click()
    expect(after.locator("tbody tr").first).to_contain_text("days")
    expect(desk.page.get_by_text("in the last 60 days 1, in the last 30 1.")).to_be_visible()
    expect(desk.page.locator(marked)).to_have_count(2)
    desk.page.get_by_role("button", name="Settled together: Is it holding?").click()
    expect(desk.page.get_by_text("settled on")).to_be_visible()
    phone.go("/#/")
    phone.page.reload()
    phone.go("/#/meetings")
    phone.page.get_by_text("Settled: 1").click()
    expect(phone.page.get_by_text("Is it holding?")).to_be_visible()


def test_what_followed_a_session_is_folded_in_the_preview_and_not_there_at_night_or_after_writing(
    phone: Phone, server: Server
) -> None:
    patient = server.register()
    at_noon = datetime.now(UTC).replace(hour=11, minute=0, second=0, microsecond=0) + timedelta(days=1)
    ago = datetime.now(UTC) - (at_noon - timedelta(days=12))
    keep(server, patient, "treatment_session", ago, status="happened")
    for days in range(1, 11):
        keep(server, patient, "check_in", ago - timedelta(days=days), mood=5, anxiety=days)
    _, consent_id = accepted(server, patient)
    phone.page.clock.set_fixed_time(at_noon)
    phone.page.reload()
    phone.sign_in(patient)
    preview = f"/#/share/{consent_id}"

    phone.go(preview)
    fold = phone.page.locator(".since > summary")
    expect(fold).to_have_text("After each session")
    expect(phone.page.get_by_text("Days with a mood at least")).to_have_count(0)
    fold.click()
    expect(phone.page.get_by_text("Not counted: there is no start")).to_be_visible()
    expect(phone.page.locator(".since path.line")).to_have_count(1)

    phone.page.clock.set_fixed_time(at_noon + timedelta(hours=11, minutes=30))
    phone.go("/#/share")
    phone.go(preview)
    expect(phone.page.get_by_text("each session is shown by day. They see it at any time.")).to_be_visible()
    phone.page.clock.set_fixed_time(at_noon)
    phone.go("/#/")
    phone.rate("mood", 6)
    phone.save()
    phone.go(preview)
    expect(phone.page.get_by_text("a little later, not straight after writing")).to_be_visible()
    assert phone.page.locator(".since").count() == 0


def fall_silent(server: Server, days: int) -> None:
    """Lets everything that came here have come `days` ago, and a share have been accepted long before."""
    with sqlite3.connect(server.data / "database" / "interlude.db", timeout=20) as database:
        database.execute("UPDATE record SET received_at = received_at - ?", (days * DAY_MS,))
        database.execute("UPDATE consent SET accepted_at = accepted_at - ?", (30 * DAY_MS,))


def test_who_asked_for_it_is_told_of_a_silence_and_a_share_that_was_given_back_is_gone(
    open_phone: OpenPhone, server: Server
) -> None:
    patient = two_weeks(server)
    phone = open_phone("patient")
    phone.sign_in(patient)
    phone.go("/#/share")
    expect(phone.page.locator("#shared")).to_have_text("Shared with: 0")
    phone.go("/#/share/new")
    phone.page.get_by_text("If I write nothing", exact=True).click()
    expect(phone.page.get_by_label("Tell them if I write nothing new")).to_have_value("")
    phone.go("/#/share")
    therapist, consent_id = accepted(server, patient, quiet_after_days=7)
    look_again(phone)
    expect(phone.page.locator("#shared")).to_have_text("Shared with: 1")
    expect(phone.page.get_by_role("heading", name="Dr Osei")).to_be_visible()
    expect(phone.page.get_by_text("when you write nothing new for 7 days. Nothing is told now.")).to_be_visible()
    fall_silent(server, 9)
    desk = open_phone("therapist", WIDE)
    desk.sign_in(therapist)

    told = "Nothing written for 9 days; they asked that you be told after 7. This does not say why."
    expect(desk.page.get_by_text(told)).to_be_visible()
    desk.go(f"/#/people/{consent_id}")
    expect(desk.page.get_by_text("notes addressed to you")).to_be_visible()
    expect(desk.page.get_by_text(told)).to_be_visible()

    look_again(phone)
    expect(phone.page.get_by_text("Told now: nothing written for 9 days.")).to_be_visible()
    expect(phone.page.get_by_text("Dr Osei looked at the summary, and was told that nothing was")).to_be_visible()
    phone.page.get_by_text("If I write nothing", exact=True).click()
    for days, changed in (("30", "after 30 days with"), ("3", "after 3 days with"), ("", "They are not told when")):
        phone.page.get_by_label("Tell them if I write nothing new").select_option(days)
        phone.page.get_by_role("button", name="Change it").click()
        expect(phone.page.get_by_text(changed)).to_be_visible()
        expect(phone.page.get_by_text("Nothing is told now.")).to_have_count(1 if days else 0)
    desk.go("/#/people")
    expect(desk.page.get_by_text("Last entry")).to_be_visible()
    expect(desk.page.get_by_text("Nothing written for")).to_have_count(0)
    desk.go(f"/#/people/{consent_id}")
    desk.page.get_by_text("Give this share back").click()
    desk.page.get_by_role("button", name="Give it back").click()

    expect(desk.page.get_by_text("Nobody has shared a diary with you yet.")).to_be_visible()
    look_again(phone)
    expect(phone.page.get_by_text("Dr Osei gave the share back")).to_be_visible()
    expect(phone.page.get_by_text("You made an invitation for your therapist")).to_be_visible()


def look_again(phone: Phone) -> None:
    """As if the page came to the front again."""
    phone.page.evaluate("void document.dispatchEvent(new Event('visibilitychange'))")
