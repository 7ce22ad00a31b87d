"""Less: a pause of everything, fewer days, only the three scales; each one tap."""

from contextlib import closing
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.browser.phone import Phone
from tests.browser.server import Account, Server
from tests.browser.test_phone_rules import run
from tests.browser.test_words import say

DAILY = {"local_time": "20:30", "weekdays": [1, 2, 3, 4, 5, 6, 7], "zone": "Europe/Berlin"}


def reminders(server: Server, who: Account) -> list[dict[str, Any]]:
    with closing(server.client(who)) as client:
        items: list[dict[str, Any]] = client.get("/api/reminders").raise_for_status().json()["items"]
    return items


def test_fewer_days_are_spread_over_the_week_and_never_none(phone: Phone) -> None:
    cases = {"[1, 2, 3, 4, 5, 6, 7]": [1, 3, 5], "[6, 7, 1, 2]": [1, 2, 6], "[1, 3, 5]": [1], "[4, 2]": [2], "[7]": [7]}

    assert {days: say(phone, "reminders/rules", f"fewer({days})") for days in cases} == cases


def test_two_weeks_of_silence_are_told_apart_from_answers(phone: Phone) -> None:
    def is_silent(*more: dict[str, str | None]) -> Any:
        came = [
            {"slot": "daily", "status": "accepted", "due_at": f"2026-11-{day:02}T19:30:00.000Z"} for day in (8, 12, 20)
        ]
        script = "(module, given) => module.isSilent(given, '2026-11-23T20:00:00.000Z')"
        return run(phone, "./reminders/rules.js", script, [*came, *more])

    late = {"slot": "daily", "due_at": "2026-11-21T19:30:00.000Z", "status": "shown"}

    assert is_silent() is True
    assert is_silent(late) is True
    assert is_silent({**late, "slot": "test", "status": "opened", "opened_at": late["due_at"]}) is True
    assert is_silent({**late, "status": "opened", "opened_at": late["due_at"]}) is False
    assert is_silent({**late, "action": "not_now"}) is False
    assert is_silent({**late, "status": "skipped"}) is False
    assert (
        run(phone, "./reminders/rules.js", "module => module.isSilent([], '2026-11-23T20:00:00.000Z')", None) is False
    )


def test_reminders_are_paused_and_made_fewer_by_one_tap(phone: Phone, server: Server) -> None:
    patient = server.register()
    with closing(server.client(patient)) as client:
        for wording in ("Tea", None):
            client.put(f"/api/reminders/{uuid4()}", json={**DAILY, "wording": wording}).raise_for_status()
    phone.sign_in(patient)
    page = phone.page

    phone.go("/#/reminder")
    page.get_by_role("link", name="Less, or a pause").click()
    page.get_by_role("button", name="For a week").click()
    expect(page.get_by_text("Paused. Nothing comes until")).to_be_visible()
    now = datetime.now(ZoneInfo("Europe/Berlin")) - timedelta(hours=4)
    kept = reminders(server, patient)
    assert [one["paused_until"] for one in kept] == [f"{now + timedelta(days=7):%Y-%m-%d}"] * 2
    assert {one["wording"] for one in kept} == {"Tea", None}

    page.get_by_role("button", name="End the pause").click()
    expect(page.get_by_text("They come again.")).to_be_visible()
    page.get_by_role("button", name="Ask me less").click()
    expect(page.get_by_text("From now on: On Monday, Wednesday and Friday at 20:30")).to_be_visible()
    assert [one["paused_until"] for one in reminders(server, patient)] == [None, None]
    assert [1, 3, 5] in [one["weekdays"] for one in reminders(server, patient)]


def test_today_shows_only_the_scales_to_whoever_wants_that(phone: Phone, server: Server) -> None:
    phone.sign_in(server.register())
    page = phone.page
    phone.go("/#/less")
    page.get_by_role("button", name="Only scales").click()
    expect(page.get_by_text("Today shows the three scales alone now.")).to_be_visible()
    page.reload()
    page.get_by_role("link", name="Today", exact=True).first.click()

    expect(page.locator("legend").first).to_be_visible()
    expect(page.get_by_label("A note")).to_be_hidden()
    expect(page.locator("#unwatched")).to_be_visible()
    phone.rate("mood", 6)
    phone.save()
    phone.expect_state("Saved")

    page.get_by_role("link", name="More than the three scales").click()
    page.get_by_role("button", name="Show everything again").click()
    phone.go("/#/")
    expect(page.get_by_label("A note")).to_be_visible()
    expect(page.get_by_text("Nobody can read this now")).to_be_hidden()
    page.get_by_label("Who may read the note").select_option("therapist")
    expect(page.get_by_text("Nobody can read this now")).to_be_visible()
