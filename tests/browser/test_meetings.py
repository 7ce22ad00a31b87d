"""Questions for the next meeting and what was agreed there: kept without a network, settled, taken back."""

from datetime import timedelta

from playwright.sync_api import expect

from tests.browser.phone import Phone
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


def test_questions_and_meetings_are_kept_offline_settled_and_taken_back(phone: Phone, server: Server) -> None:
    patient, page = server.register(), phone.page
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
    page.get_by_label("Day and time").fill("2026-01-05T09:00")
    page.get_by_label("With whom").fill("Dr. O.")
    page.get_by_label("What was agreed to try").fill("a walk a day\nless coffee")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("a walk a day")).to_be_visible()
    expect(page.get_by_text("Dr. O.")).to_be_visible()

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
        with server.client(patient) as client:
            summary = client.get("/api/summary").raise_for_status().json()
        return sorted((one["text"], one["settled_at"] is not None) for one in summary["questions"])

    phone.until(lambda: told() == [("Another one", False), ("May I drive again?", True)], "the questions to be sent")
