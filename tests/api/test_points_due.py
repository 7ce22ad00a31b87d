"""Prompts after a session: at its hours, once each, one a day at most, and none for what did not take place."""

import asyncio
from typing import Any

import pytest

from server.base.ids import uuid7
from server.reminders import service as reminders
from tests.api.asking import due, put_reminder
from tests.api.conftest import DAILY
from tests.api.push_service import Browser, PushService
from tests.api.test_reminders import ledger
from tests.people import Clock, Person

POINTS = {"after_session": True, "points": ["t+4h", "t+24h", "t+72h", "t+7d"]}


@pytest.fixture
async def points(patient: Person, browser: Browser) -> dict[str, Any]:
    """A reminder of what sessions ask for, of somebody who can be reached."""
    assert (await patient.post("/api/push-subscriptions", json=browser.subscription())).status_code == 201
    return await put_reminder(patient, POINTS)


async def pushed(browser: Browser, clock: Clock, hours: int) -> list[float]:
    """After how many hours a push came, in the time that passes now."""
    came = []
    for half in range(hours * 2):
        before = len(browser.shown)
        await reminders.dispatch(clock)
        came += [half / 2] * (len(browser.shown) - before)
        clock.move(minutes=30)
    return came


async def changed(person: Person, record: dict[str, Any], **patch: Any) -> dict[str, Any]:
    change = person.change("treatment_session", record["id"], record["revision"], **patch)
    result = (await person.sync(change))["results"][0]
    assert result["outcome"] in ("stored", "merged"), result
    found: dict[str, Any] = result["record"]
    return found


async def test_it_is_shown_as_it_was_put_and_comes_next_when_a_session_took_place(
    patient: Person, points: dict[str, Any], clock: Clock
) -> None:
    assert points == POINTS | {
        "id": points["id"], "zone": "Europe/Berlin", "wording": None, "quiet_from": None, "quiet_to": None,
        "paused_until": None, "next_due_at": None,
    }  # fmt: skip
    await patient.keep("treatment_session", starts_at=clock.wire(days=2), status="planned")
    assert (await patient.get("/api/reminders")).json()["items"] == [points]

    await patient.keep("treatment_session")

    [found] = (await patient.get("/api/reminders")).json()["items"]
    assert found == points | {"next_due_at": clock.wire(hours=4)}
    assert (await patient.put(f"/api/reminders/{uuid7()}", json=POINTS)).status_code == 409
    for fault in ({"points": []}, {"points": ["t+5h"]}, {"points": ["t+4h", "t+4h"]}, {"after_session": False}):
        assert (await patient.put(f"/api/reminders/{uuid7()}", json=POINTS | fault)).status_code == 422


async def test_a_session_prompts_at_its_hours_in_neutral_words_and_once_each(
    patient: Person, points: dict[str, Any], browser: Browser, clock: Clock
) -> None:
    await patient.keep("treatment_session")

    came = await pushed(browser, clock, 24 * 9)

    await patient.sign_in()
    assert came == [4, 24, 72, 168]
    assert {each["title"] for each in browser.shown} == {"A moment for your journal"}
    assert [line["slot"] for line in await ledger(patient)] == ["t+7d", "t+72h", "t+24h", "t+4h"]
    assert {line["status"] for line in await ledger(patient)} == {"accepted"}


async def test_beside_a_daily_reminder_and_a_questionnaire_at_most_one_comes_a_day(
    patient: Person, points: dict[str, Any], browser: Browser, clock: Clock
) -> None:
    await put_reminder(patient, DAILY | {"local_time": "21:00"})
    await put_reminder(patient, {"instrument": "phq-9", "every_days": 7, "local_time": "22:00"})
    clock.move(days=-1)
    clock.move(days=1, hours=-4)  # 16:00 in Berlin
    await patient.keep("treatment_session")

    came = await pushed(browser, clock, 24 * 9)

    await patient.sign_in()
    days = [int((hour + 12) // 24) for hour in came]  # they turn at 04:00
    assert sorted(set(days)) == days
    assert came[:2] == [4, 24]
    assert 72 in came
    statuses = [(line["slot"], line["status"]) for line in await ledger(patient)]
    assert ("daily", "skipped") in statuses
    assert ("daily", "accepted") in statuses


async def test_who_has_only_daily_reminders_gets_as_many_as_they_chose(
    patient: Person, reminder: dict[str, Any], browser: Browser, clock: Clock
) -> None:
    await put_reminder(patient, DAILY | {"local_time": "21:00"})

    assert await pushed(browser, clock, 2) == [0.5, 1]


async def test_a_session_moved_twice_asks_at_its_last_hours_and_nothing_of_it_a_second_time(
    patient: Person, points: dict[str, Any], browser: Browser, clock: Clock
) -> None:
    session = await patient.keep("treatment_session", starts_at=clock.wire(hours=2), status="planned")
    session = await changed(patient, session, starts_at=clock.wire(hours=5))
    session = await changed(patient, session, starts_at=clock.wire(), status="happened")
    first = await pushed(browser, clock, 10)

    session = await changed(patient, session, starts_at=clock.wire(hours=-6))
    then = await pushed(browser, clock, 48)

    await changed(patient, session, starts_at=clock.wire(hours=-20))
    last = await pushed(browser, clock, 24 * 3)
    assert first == [4]
    assert then == [18]  # a day after its new beginning
    assert last == [52]  # three days after the last one; neither of the first two again


@pytest.mark.parametrize("what", ["cancelled", "deleted"])
async def test_nothing_comes_for_a_session_that_was_cancelled_not_even_what_was_about_to_be_sent_again(
    patient: Person, points: dict[str, Any], service: PushService, clock: Clock, what: str
) -> None:
    session = await patient.keep("treatment_session")
    service.answers = [500]
    clock.move(hours=4)
    await reminders.dispatch(clock)

    if what == "cancelled":
        await changed(patient, session, status="cancelled")
    else:
        change = patient.change("treatment_session", session["id"], session["revision"]) | {"delete": True}
        del change["patch"]
        await patient.sync(change)
    for _ in range(20):
        clock.move(hours=12)
        await reminders.dispatch(clock)

    await patient.sign_in()
    assert len(service.received) == 1
    assert [line["status"] for line in await ledger(patient)] == ["skipped"]
    assert await due(patient) == []


async def test_a_session_begun_without_a_network_asks_from_when_it_is_known_and_what_is_too_late_is_not_pushed(
    patient: Person, points: dict[str, Any], browser: Browser, clock: Clock
) -> None:
    await patient.keep("treatment_session", starts_at=clock.wire(hours=-5))
    assert await pushed(browser, clock, 1) == [0]

    await patient.keep("treatment_session", starts_at=clock.wire(hours=-7))
    assert await pushed(browser, clock, 24) == [18]  # a day after the later of the two


async def test_who_has_answered_the_point_is_not_prompted(
    patient: Person, points: dict[str, Any], browser: Browser, clock: Clock
) -> None:
    await patient.keep("treatment_session")
    clock.move(hours=3, minutes=40)
    await patient.keep(mood=5)

    assert await pushed(browser, clock, 30) == [20.5]


async def test_what_is_due_names_the_point_that_is_open_and_one_entry_answers_all(
    patient: Person, points: dict[str, Any], clock: Clock
) -> None:
    daily = await put_reminder(patient, DAILY)
    session = await patient.keep("treatment_session")
    clock.move(hours=1, minutes=30)
    [shown] = await due(patient)  # two hours after it is shown and never pushed; the daily one asks for the same
    clock.move(hours=2, minutes=45)
    await reminders.dispatch(clock)
    [asked] = await due(patient)
    line = next(line for line in await ledger(patient) if line["slot"] == "t+4h")

    await patient.keep(mood=5, session_id=session["id"], point="t+4h")

    assert (shown["id"], shown["slot"], shown["session_id"]) == (None, "t+2h", session["id"])
    assert asked == {
        "id": line["id"], "reminder_id": points["id"], "due_at": line["due_at"], "day": "2026-11-23", "slot": "t+4h",
        "wording": None, "session_id": session["id"],
    }  # fmt: skip
    assert await due(patient) == []
    clock.move(hours=15)
    assert [item["slot"] for item in await due(patient)] == ["t+24h"]
    assert daily["id"] not in {item["reminder_id"] for item in await due(patient)}


async def test_four_processes_push_one_of_what_falls_due_at_once(
    patient: Person, points: dict[str, Any], service: PushService, clock: Clock
) -> None:
    await put_reminder(patient, DAILY | {"local_time": "00:01"})
    for instrument in ("phq-9", "gad-7"):
        await put_reminder(patient, {"instrument": instrument, "every_days": 14, "local_time": "00:00"})
    await patient.keep("treatment_session")
    clock.move(hours=4, minutes=2)

    await asyncio.gather(*(reminders.dispatch(clock) for _ in range(4)))

    assert len(service.received) == 1
    assert sorted(line["status"] for line in await ledger(patient)) == ["accepted", *["skipped"] * 3]
