"""Reminders for somebody who opens nothing any more: weekly, then a last one, then none until they are back."""

from typing import Any

from server.reminders import service as reminders
from tests.api.push_service import Browser
from tests.api.test_reminders import ledger
from tests.people import Clock, Person


async def test_to_somebody_who_opens_nothing_it_comes_weekly_then_says_it_is_the_last_and_stays_away(
    patient: Person, reminder: dict[str, Any], browser: Browser, clock: Clock
) -> None:
    came: list[tuple[int, str]] = []
    clock.move(minutes=30)
    for day in range(60):
        before = len(browser.shown)
        await reminders.dispatch(clock)
        came += [(day, each["title"]) for each in browser.shown[before:]]
        clock.move(days=1)

    own, last = "A moment for your journal", "No more reminders until you open this again"
    await patient.sign_in()
    assert came == [*((day, own) for day in range(14)), (20, own), (27, own), (30, last)]
    assert {line["status"] for line in await ledger(patient)} == {"accepted", "skipped"}


async def test_who_opens_the_app_again_is_reminded_again(
    patient: Person, reminder: dict[str, Any], browser: Browser, clock: Clock
) -> None:
    clock.move(minutes=30)
    for _ in range(40):
        await reminders.dispatch(clock)
        clock.move(days=1)
    before = len(browser.shown)

    await patient.sign_in()
    assert (await patient.get("/api/due")).status_code == 200
    await reminders.dispatch(clock)
    clock.move(days=1)
    await reminders.dispatch(clock)

    assert [each["title"] for each in browser.shown[before:]] == ["A moment for your journal"] * 2
