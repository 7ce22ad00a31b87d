"""What the server did not take, of every kind: History names each, says why, and leads to where it is changed."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import OpenPhone
from tests.browser.server import Server
from tests.browser.test_sharing import accepted

# Kept as their pages keep them, each with an instant or a day that no server takes.
KEPT = """async () => {
    const load = (name) => import(new URL(name, document.querySelector('script').src).href)
    const [{ account, journal }, { keep }, { uuid7 }, { sendNow }] = await Promise.all(
        ['./accounts/account.js', './records/store.js', './base/database.js', './records/sending.js'].map(load))
    const [db, zone, at, day] = [await journal(), 'Europe/Berlin', '1890-01-01T10:00:00.000Z', '1890-01-01']
    const phq = { instrument: 'phq-9', instrument_version: '1', answers: { 1: 0 } }
    const all = {
        check_in: { occurred_at: at, zone, mood: 3 }, treatment_session: { starts_at: at, zone, status: 'happened' },
        response: { ...phq, completed_at: at, zone }, medication: { name: 'Lamotrigine', from: day },
        help_request: { trigger: 'button', raised_at: at, choice: 'tell_therapist' },
        meeting: { starts_at: at, zone }, question: { text: 'How long?', settled_at: at },
        course: { started_on: day }, watch: { occurred_at: at, zone },
        safety_plan: { reasons: ['the sea'], locked_too: ['reasons', 'reasons'] },
    }
    for (const [kind, values] of Object.entries(all)) {
        const id = kind === 'safety_plan' ? account.value.id : uuid7()
        await keep(db, kind, id, values, new Date().toISOString(), [], undefined, null)
    }
    sendNow()
}"""
NAMED = [
    "Asking for help", "Bladder, memory, craving", "Course of treatment", "Entry", "Medicine: Lamotrigine", "Meeting",
    "Question", "Questionnaire: PHQ-9", "Safety plan", "Session",
]  # fmt: skip


def test_whatever_was_not_taken_is_named_with_its_reason_and_can_be_changed_or_thrown_away(
    open_phone: OpenPhone, server: Server
) -> None:
    patient = server.register()
    accepted(server, patient, scopes=["alerts"])
    phone = open_phone()
    phone.sign_in(patient)
    page = phone.page
    page.evaluate(KEPT)
    phone.expect_state("10 entries need a look: see History.")

    page.get_by_role("link", name="History", exact=True).click()
    listed = page.locator(".not-taken li")
    expect(listed).to_have_count(10)
    titles = [one.split(" ", 1)[0] for one in listed.locator("p:first-child").all_inner_texts()]
    assert sorted(titles) == sorted(name.split(" ", 1)[0] for name in NAMED)
    for name in NAMED:
        mine = listed.filter(has_text=re.compile(rf"{name}\b"))
        expect(mine.get_by_text("The server did not take this: ")).to_be_visible()
        expect(mine.get_by_role("link").last).to_be_visible()

    # Who asked for help and was not heard reads that first, with whom to call.
    asked = listed.filter(has_text="Asking for help")
    expect(asked.get_by_text("It did not reach anybody.")).to_be_visible()
    expect(asked.get_by_role("link", name="112")).to_be_visible()

    # Another try, or none.
    listed.filter(has_text="Questionnaire").get_by_role("button", name="Throw it away").click()
    expect(listed).to_have_count(9)
    page.get_by_role("button", name="Bring it back").first.click()
    expect(listed).to_have_count(10)
    listed.filter(has_text="Medicine").get_by_role("link", name="Change it to send it again").click()
    page.get_by_role("button", name="Change: Lamotrigine").click()
    page.get_by_label("First day").fill("2026-11-01")
    page.get_by_role("button", name="Save", exact=True).click()
    phone.go("/#/history")
    expect(listed).to_have_count(9)
    expect(listed.filter(has_text="Medicine")).to_have_count(0)
