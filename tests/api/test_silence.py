"""Reminders for somebody who opens nothing any more: weekly, then a last one, then none until they are back."""

import asyncio
from typing import Any

import pytest

from server.reminders import service as reminders
from tests.api.asking import put_reminder
from tests.api.conftest import DAILY
from tests.api.push_service import Browser, PushService
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


OWN, LAST = "A moment for your journal", "No more reminders until you open this again"
QUIET = [*((day, OWN) for day in range(14)), (20, OWN), (27, OWN), (30, LAST)]
FORMS = [{"instrument": name, "every_days": 14, "local_time": "20:30"} for name in ("phq-9", "gad-7")]


async def days_of(browser: Browser, clock: Clock, days: int, at_once: int = 1) -> list[tuple[int, str]]:
    """What comes in so many days, looked for at half past eight and at nine by so many processes."""
    came: list[tuple[int, str]] = []
    for day in range(days):
        before = len(browser.shown)
        for _ in range(2):
            clock.move(minutes=30)
            await asyncio.gather(*(reminders.dispatch(clock) for _ in range(at_once)))
        came += [(day, each["title"]) for each in browser.shown[before:]]
        clock.move(hours=23)
    return came


@pytest.mark.parametrize("others", [FORMS, [DAILY], [DAILY | {"local_time": "21:00"}], [DAILY] * 3 + FORMS])
async def test_whatever_somebody_has_planned_one_comes_a_week_and_one_last_line_overall(
    patient: Person, reminder: dict[str, Any], browser: Browser, clock: Clock, others: list[dict[str, Any]]
) -> None:
    for each in others:
        await put_reminder(patient, each)

    came = await days_of(browser, clock, 75)

    assert {day for day, _ in came} == {day for day, _ in QUIET}
    assert [each for each in came if each[0] >= 14] == QUIET[14:]


async def test_the_turn_of_a_quiet_week_is_one_in_however_many_processes(
    patient: Person, reminder: dict[str, Any], browser: Browser, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.reminders.dispatch._BATCH", 1)
    for _ in range(7):
        await put_reminder(patient, DAILY)
    clock.move(days=14)

    came = await days_of(browser, clock, 20, at_once=4)

    assert came == [(0, OWN), (7, OWN), (14, OWN), (16, LAST)]


async def test_a_quiet_turn_that_came_to_nothing_is_the_next_days(
    patient: Person, reminder: dict[str, Any], browser: Browser, service: PushService, clock: Clock
) -> None:
    await put_reminder(patient, DAILY)
    clock.move(days=14)
    service.answers = [413]

    first, then = await days_of(browser, clock, 1), await days_of(browser, clock, 9)

    assert (first, then) == ([(0, OWN)], [(0, OWN), (7, OWN)])  # that of the first day arrived there, and was refused


async def test_who_is_back_is_asked_as_often_as_they_planned_and_quiet_begins_anew(
    patient: Person, reminder: dict[str, Any], browser: Browser, clock: Clock
) -> None:
    await put_reminder(patient, DAILY)
    await days_of(browser, clock, 40)

    await patient.sign_in()
    await patient.get("/api/due")
    came = await days_of(browser, clock, 50)

    assert came == [*((day, OWN) for day in range(14) for _ in range(2)), *QUIET[14:]]


async def test_who_puts_a_reminder_is_there_for_every_other(
    patient: Person, reminder: dict[str, Any], browser: Browser, clock: Clock
) -> None:
    clock.move(days=20)
    await patient.sign_in()
    await put_reminder(patient, FORMS[0] | {"begun_on": "2027-03-01"})

    assert await days_of(browser, clock, 5) == [(day, OWN) for day in range(5)]
