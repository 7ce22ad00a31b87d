"""What stands around sessions: questions for the next meeting, what was agreed there, the watch; kept offline."""

import re
from contextlib import closing
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.browser.phone import DRAFTS, Phone
from tests.browser.server import Server
from tests.browser.test_phone_rules import run
from tests.browser.test_sharing import keep

RULES = "./treatment/meetings/rules.js"


def test_what_is_brought_along_is_what_was_marked_since_the_last_meeting(phone: Phone) -> None:
    def rows(*values: dict[str, object]) -> list[dict[str, object]]:
        return [{"id": str(number), "record": {"values": one}} for number, one in enumerate(values)]

    def entry(day: int, note: str = "n", bring: bool = True) -> dict[str, object]:
        return {"occurred_at": f"2026-11-{day:02}T10:00:00.000Z", "note": note, "bring": bring}

    entries = rows(entry(21), entry(20, bring=False), entry(19, note=" "), entry(9))
    meetings = rows({"starts_at": "2026-11-30T10:00:00.000Z"}, {"starts_at": "2026-11-10T10:00:00.000Z"})
    script = (
        "(m, { entries, meetings }) => m.brought(entries, meetings, '2026-11-22T10:00:00.000Z').map(({ id }) => id)"
    )

    assert run(phone, RULES, script, {"entries": entries, "meetings": meetings}) == ["0"]
    assert run(phone, RULES, script, {"entries": entries, "meetings": []}) == ["0", "3"]
    form = {"starts_at": "2026-11-30T10:00:00.000Z", "zone": "UTC", "with": " ", "agreed": "a walk\n\n less coffee "}
    assert run(phone, RULES, "(m, form) => m.meetingOf({ with: 'Dr. O.' }, form)", form) == {
        "starts_at": "2026-11-30T10:00:00.000Z",
        "zone": "UTC",
        "agreed": ["a walk", "less coffee"],
    }


def test_the_watch_comes_more_often_with_many_sessions_and_leads_to_the_card_where_it_must(phone: Phone) -> None:
    def told(script: str, given: object = None) -> object:
        return run(phone, "./treatment/watch/rules.js", f"(m, given) => {script}", given)

    def exposure(*days: int) -> str:
        dates = [{"day": f"2026-{9 + day // 30:02}-{day % 30 + 1:02}", "route": "iv" if day else "im"} for day in days]
        return f"m.exposureOf({dates}, '2026-11-23')"

    assert told(exposure(0, 52, 53, 81, 82, 89)) == {
        "sessions": 5,
        "last_30_days": 2,
        "last_60_days": 4,
        "routes": [["iv", 4], ["im", 1]],
    }
    assert told(f"m.everyDays({exposure()})") is None
    assert told(f"m.everyDays({exposure(0)})") == 30
    assert told(f"m.everyDays({exposure(60, 61, 62, 63, 64, 65)})") == 14
    many, one = exposure(60, 61, 62, 63, 64, 65), exposure(0)
    for script, is_due in (
        (f"m.isDue({one}, undefined, '2026-11-23')", True),
        (f"m.isDue({one}, '2026-10-25', '2026-11-23')", False),
        (f"m.isDue({one}, '2026-10-24', '2026-11-23')", True),
        (f"m.isDue({many}, '2026-11-09', '2026-11-23')", True),
        (f"m.isDue({exposure()}, undefined, '2026-11-23')", False),
    ):
        assert told(script) is is_due
    # Unasked, the first look comes a month after the first session; "not now" puts it off for as long.
    for given, is_due in (("'2026-10-25'", False), ("'2026-10-24'", True), ("'2026-09-01', '2026-10-25'", False)):
        assert told(f"m.isDueAgain({one}, [{given}], '2026-11-23')") is is_due
    # An answer to the weekly question alone is no look, and puts none off.
    bare = {"occurred_at": "2026-11-23T09:00:00.000Z", "zone": "UTC", "little_sleep_much_energy": True}
    assert [told("m.isLook(given)", each) for each in (bare, bare | {"memory": "none"})] == [False, True]
    for given, is_due in (("", True), ("'2026-11-16'", True), ("'2026-11-01', '2026-11-17'", False)):
        assert told(f"m.isWeeklyDue([{given}], '2026-11-23')") is is_due
    fields = {"urgency": "mild", "pain": "", "blood": "no", "craving": "0", "audience": "me"}
    assert told("m.answersOf(given)", fields) == {"urgency": "mild", "blood": False, "craving": 0}
    for values, is_so in (
        ({"blood": True}, True),
        ({"pain": "severe"}, True),
        ({"memory": "severe", "blood": False}, False),
    ):
        assert told("m.needsCard(given)", values) is is_so


def test_medicines_stand_by_whether_they_are_taken_and_their_days_among_the_marks(phone: Phone) -> None:
    def told(call: str) -> object:
        return run(phone, "./treatment/medicines/rules.js", f"(m, given) => {call}", rows)

    values = [
        {"name": "b", "from": "2026-11-02", "to": "2026-11-23"},
        {"name": "a", "from": "2026-11-01"},
        {"name": "c", "from": "2026-11-20", "to": "2026-11-22"},
    ]
    rows = [{"id": one["name"], "record": {"values": one}} for one in values]

    assert told("m.sorted(given, '2026-11-23').taken.map(({ id }) => id)") == ["b", "a"]
    assert told("m.sorted(given, '2026-11-23').before.map(({ id }) => id)") == ["c"]
    met = "[{ record: { values: { starts_at: '2026-11-10T01:00:00.000Z', zone: 'UTC' } } }, "
    met += "{ record: { values: { starts_at: '2026-12-10T01:00:00.000Z', zone: 'UTC' } } }]"
    assert told(f"m.marksOf({met}, given.slice(0, 2), '2026-11-23T09:00:00.000Z', '04:00')") == [
        {"day": "2026-11-01", "kind": "first_day", "name": "a"},
        {"day": "2026-11-02", "kind": "first_day", "name": "b"},
        {"day": "2026-11-09", "kind": "meeting", "name": ""},
        {"day": "2026-11-23", "kind": "last_day", "name": "b"},
    ]
    form = "{ name: ' x ', dose_text: ' ', from: '2026-11-02', to: '', audience: 'both' }"
    assert told(f"m.medicineOf({{ dose_text: 'old', to: '2026-11-03' }}, {form})") == {
        "name": "x",
        "from": "2026-11-02",
        "audience": "both",
    }
    for change, fault in (("", None), ("name: ' '", "name"), ("from: ''", "from"), ("to: '2026-11-01'", "to")):
        assert told(f"m.faultIn({{ ...{form}, {change} }})") == fault


def test_questions_and_meetings_are_kept_offline_settled_and_taken_back(phone: Phone, server: Server) -> None:
    patient, page = server.register(), phone.page
    yesterday = f"{datetime.now(ZoneInfo('Europe/Berlin')) - timedelta(days=1):%Y-%m-%d}"
    keep(server, patient, "treatment_session", timedelta(days=40))
    keep(server, patient, "check_in", timedelta(days=1), note="the dream of the boat", bring=True)
    phone.wait_for_shell()
    phone.sign_in(patient)
    expect(page.locator("#saved")).to_be_attached()
    phone.go("/#/meetings")
    expect(page.get_by_text("the dream of the boat")).to_be_visible()
    phone.context.set_offline(True)

    # Half a question is found again.
    page.get_by_label("A question").press_sequentially("May I drive")
    page.get_by_label("Who may read it").select_option("therapist")
    phone.go("/#/trends")
    expect(page.get_by_role("heading", name="Thirty days")).to_be_visible()
    phone.go("/#/meetings")
    expect(page.get_by_label("A question")).to_have_value("May I drive")
    page.get_by_label("A question").press_sequentially(" again?")
    page.get_by_role("button", name="Keep the question").click()
    expect(page.get_by_label("A question")).to_have_value("")
    expect(page.locator("li", has_text="May I drive again?")).to_contain_text("my therapist")
    page.get_by_label("A question").fill("Another one")
    page.get_by_role("button", name="Keep the question").click()
    expect(page.locator("li", has_text="Another one")).to_be_visible()

    page.get_by_role("button", name="Note a meeting").click()
    page.get_by_label("Day and time", exact=True).fill(f"{yesterday}T12:00")
    page.get_by_label("With whom").fill("Dr. O.")
    page.get_by_label("What was agreed to try").fill("a walk a day\nless coffee")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("a walk a day")).to_be_visible()
    expect(page.get_by_text("Dr. O.")).to_be_visible()

    phone.go("/#/medicines")
    page.get_by_role("button", name="Note a medicine").click()
    page.get_by_label("Name").fill("the white one")
    page.get_by_label("How much and when").fill("one at night")
    page.get_by_label("First day").fill(yesterday)
    page.get_by_label("Last day").fill("2026-01-03")
    page.get_by_label("Who may read it").select_option("prescriber")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("The last day lies before the first one.")).to_be_visible()
    phone.go("/#/trends?days=all")
    expect(page.locator(".chart .meeting").first).to_be_attached()
    phone.go("/#/medicines")
    page.get_by_role("button", name="Note a medicine").click()
    expect(page.get_by_label("Name")).to_have_value("the white one")
    page.get_by_label("Last day").fill("")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#page article")).to_contain_text("the white one, one at night")
    expect(page.locator("#page article")).to_contain_text("my prescriber")
    page.get_by_role("button", name="Today is its last day: the white one").click()
    expect(page.locator("#page article")).to_contain_text("last day")
    # A form that was emptied again is nothing half written.
    page.get_by_role("button", name="Note a medicine").click()
    page.get_by_label("Name").fill("another")
    phone.wait_for_draft(name="another")
    page.get_by_label("Name").fill("")
    phone.until(lambda: not page.evaluate(DRAFTS), "the draft to go")
    phone.go("/#/trends?days=all")
    page.get_by_text("The same as a table").click()
    expect(page.locator("th", has_text="the white one, first day")).to_be_visible()
    expect(page.locator("th", has_text="· meeting")).to_be_visible()

    phone.go("/#/meetings")
    page.get_by_role("button", name="Remove: Another one").click()
    expect(page.locator("li", has_text="Another one")).to_be_hidden()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("li", has_text="Another one")).to_be_visible()
    page.get_by_role("button", name="All of these were talked about").click()
    expect(page.get_by_text("No question is open.")).to_be_visible()
    page.get_by_text("Settled: 2").click()
    page.locator("li", has_text="Another one").get_by_role("button", name="Open it again").click()
    expect(page.get_by_text("Settled: 1")).to_be_visible()

    phone.context.set_offline(False)

    def told() -> list[tuple[str, bool]]:
        with closing(server.client(patient)) as client:
            summary = client.get("/api/summary").raise_for_status().json()
        return sorted((one["text"], one["settled_at"] is not None) for one in summary["questions"])

    def medicines() -> list[str]:
        with closing(server.client(patient)) as client:
            return [one["name"] for one in client.get("/api/summary").raise_for_status().json()["medications"]]

    phone.until(lambda: medicines() == ["the white one"], "the medicine to be sent")
    phone.until(lambda: told() == [("Another one", False), ("May I drive again?", True)], "the questions to be sent")
    # One quiet line on Today leads to the watch; once looked, it is gone.
    phone.go("/#/")
    due = page.locator("#forms li")
    expect(due).to_have_text([re.compile("It is time for a look at bladder and memory.")])
    due.get_by_role("link", name="Look").click()
    page.get_by_label("Ask me once a week").check()
    page.get_by_label("Having to go at once").select_option("mild")
    ends = "all => new Set(all.map((one) => Math.round(one.getBoundingClientRect().right))).size"
    assert page.locator("#page form .rows select").evaluate_all(ends) == 1  # also beside a long question
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator("#page aside li")).to_contain_text("having to go at once (mild) · only me")
    page.get_by_label("Blood in urine").select_option("yes")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("heading", name="When the body needs somebody now")).to_be_visible()
    # The weekly question comes where it was chosen; a yes leads to the card, and it is not asked again that week.
    phone.go("/#/")
    expect(due).to_have_text([re.compile("This week: much less sleep than you are used to, yet full of energy[?]")])
    due.get_by_role("button", name="Yes").click()
    expect(page.get_by_text("No sleep, with racing energy")).to_be_visible()
    phone.go("/#/")
    expect(page.locator("#today-title")).to_be_visible()
    expect(due).to_have_count(0)
    phone.go("/#/watch")
    expect(page.locator("#page aside")).to_contain_text("much less sleep, yet full of energy: yes · only me")
