"""Reminders from the plan to the notification: once for each local day, in time or not at all, and told afterwards."""

import asyncio
from typing import Any

from server.reminders import claims
from server.reminders import service as reminders
from tests.api.asking import put_reminder
from tests.api.conftest import DAILY
from tests.api.push_service import Browser, PushService
from tests.people import Cast, Clock, Person


async def put(person: Person, reminder_id: str | None = None, **change: Any) -> dict[str, Any]:
    return await put_reminder(person, DAILY | change, reminder_id)


async def ledger(person: Person) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await person.get("/api/deliveries")).json()["items"]
    return items


async def test_a_reminder_is_shown_as_it_was_put_with_its_next_time(patient: Person, clock: Clock) -> None:
    kept = await put(patient, weekdays=[5, 1], wording="Tea first", quiet_from="22:00", quiet_to="07:00")

    assert kept == DAILY | {
        "id": kept["id"], "weekdays": [1, 5], "wording": "Tea first", "skip_if_logged": True, "quiet_from": "22:00",
        "quiet_to": "07:00", "paused_until": None, "next_due_at": clock.wire(minutes=30),
    }  # fmt: skip
    assert (await patient.get("/api/reminders")).json() == {"items": [kept]}


async def test_at_its_time_it_reaches_the_phone_once_in_neutral_words_and_the_ledger_says_so(
    patient: Person, reminder: dict[str, Any], browser: Browser, clock: Clock
) -> None:
    assert await reminders.dispatch(clock) == 0
    clock.move(minutes=30)

    tried = [await reminders.dispatch(clock) for _ in range(3)]

    [line] = await ledger(patient)
    assert tried == [1, 0, 0]
    assert browser.shown == [{"delivery_id": line["id"], "title": "A moment for your journal", "body": ""}]
    assert line == {
        "id": line["id"], "reminder_id": reminder["id"], "due_at": clock.wire(), "day": "2026-11-23", "slot": "daily",
        "status": "accepted", "channel": "push", "attempts": 1, "sent_at": clock.wire(), "shown_at": None,
        "opened_at": None, "action": None,
    }  # fmt: skip
    assert (await patient.get("/api/reminders")).json()["items"][0]["next_due_at"] == clock.wire(days=1)


async def test_the_words_that_a_person_chose_are_sent(
    patient: Person, reminder: dict[str, Any], browser: Browser, clock: Clock
) -> None:
    await put(patient, reminder["id"], wording="Tea first ☕")
    clock.move(minutes=31)

    await reminders.dispatch(clock)

    assert [each["title"] for each in browser.shown] == ["Tea first ☕"]
    assert int(browser.service.received[0].headers["ttl"]) == 7200 - 60
    assert len(browser.service.received[0].headers["topic"]) == 32


async def test_every_day_has_its_own_and_none_comes_twice_when_the_plan_is_changed_afterwards(
    patient: Person, reminder: dict[str, Any], browser: Browser, clock: Clock
) -> None:
    for _ in range(3):
        clock.move(minutes=30)
        await reminders.dispatch(clock)
        clock.move(minutes=30)
        await put(patient, reminder["id"], local_time="22:00")
        clock.move(minutes=60)
        await reminders.dispatch(clock)
        await put(patient, reminder["id"])
        clock.move(hours=22)

    lines = await ledger(patient)

    assert [(line["day"], line["status"]) for line in lines] == [
        ("2026-11-25", "accepted"), ("2026-11-24", "accepted"), ("2026-11-23", "accepted"),
    ]  # fmt: skip
    assert len(browser.shown) == 3


async def test_who_has_written_today_is_not_reminded(
    patient: Person, reminder: dict[str, Any], service: PushService, clock: Clock
) -> None:
    await patient.keep(mood=5)
    clock.move(minutes=30)

    await reminders.dispatch(clock)

    assert [line["status"] for line in await ledger(patient)] == ["skipped"]
    assert service.received == []


async def test_who_wants_to_be_reminded_all_the_same_is(
    patient: Person, reminder: dict[str, Any], browser: Browser, clock: Clock
) -> None:
    await put(patient, reminder["id"], skip_if_logged=False)
    await patient.keep(mood=5)
    clock.move(minutes=30)

    await reminders.dispatch(clock)

    assert len(browser.shown) == 1


async def test_the_night_belongs_to_the_day_before_for_who_has_written(
    patient: Person, reminder: dict[str, Any], service: PushService, clock: Clock
) -> None:
    await put(patient, reminder["id"], local_time="02:00")
    await patient.patch("/api/account", json={"day_starts_at": "03:00"})
    await patient.keep(mood=5)
    clock.move(hours=6)

    await reminders.dispatch(clock)

    assert [line["status"] for line in await ledger(patient)] == ["skipped"]


async def test_two_hours_late_is_sent_and_later_expires_and_says_so(
    cast: Cast, service: PushService, clock: Clock
) -> None:
    for number, local_time in enumerate(("20:30", "20:29")):
        person, browser = await cast.join("patient", f"Person {number}"), Browser(service, f"/{number}")
        await person.post("/api/push-subscriptions", json=browser.subscription())
        await put(person, local_time=local_time)
    clock.move(hours=2, minutes=30)

    await reminders.dispatch(clock)

    first, second = cast.people
    assert [(line["status"], line["attempts"]) for line in await ledger(first)] == [("accepted", 1)]
    assert [(line["status"], line["attempts"]) for line in await ledger(second)] == [("expired", 0)]
    assert [each.path for each in service.received] == ["/0"]


async def test_days_on_which_the_server_was_down_are_expired_one_by_one(
    patient: Person, reminder: dict[str, Any], service: PushService, clock: Clock
) -> None:
    clock.move(days=3, minutes=30)

    await reminders.dispatch(clock)

    statuses = [(line["day"], line["status"]) for line in await ledger(patient)]
    assert statuses == [("2026-11-26", "accepted")] + [(f"2026-11-{day}", "expired") for day in (25, 24, 23)]
    assert len(service.received) == 1


async def test_an_ended_or_paused_reminder_is_not_sent_any_more_and_its_past_stays(
    patient: Person, reminder: dict[str, Any], service: PushService, clock: Clock
) -> None:
    other = await put(patient)
    service.answers = [500, 500]
    clock.move(minutes=30)
    await reminders.dispatch(clock)

    assert (await patient.delete(f"/api/reminders/{reminder['id']}")).status_code == 204
    await put(patient, other["id"], paused_until="2026-12-01")
    clock.move(minutes=1)
    await reminders.dispatch(clock)

    assert [line["status"] for line in await ledger(patient)] == ["skipped"] * 2
    assert len(service.received) == 2
    assert (await patient.get("/api/due")).json() == {"items": []}
    assert (await patient.get("/api/reminders")).json()["items"][0]["next_due_at"] == "2026-12-01T19:30:00.000Z"


async def test_what_a_process_had_in_hand_when_it_died_is_sent_by_another_a_minute_later(
    patient: Person, reminder: dict[str, Any], browser: Browser, clock: Clock
) -> None:
    clock.move(minutes=30)
    [dead], _ = await reminders.claim_due(clock(), 10)

    assert await reminders.dispatch(clock) == 0
    clock.move(minutes=1)
    assert await reminders.dispatch(clock) == 1
    await claims.record([claims.Result(dead, "failed", True, clock())])

    assert [line["status"] for line in await ledger(patient)] == ["accepted"]
    assert len(browser.shown) == 1


async def test_what_the_phone_has_shown_is_not_sent_again_though_the_process_died_before_it_wrote_so(
    patient: Person, reminder: dict[str, Any], service: PushService, clock: Clock
) -> None:
    clock.move(minutes=30)
    [dead], _ = await reminders.claim_due(clock(), 10)
    await patient.post(f"/api/deliveries/{dead.id}/seen", json={"shown_at": clock.wire()})
    clock.move(hours=3)

    await reminders.dispatch(clock)

    assert [line["status"] for line in await ledger(patient)] == ["shown"]
    assert service.received == []


async def test_when_the_server_stops_what_was_not_sent_is_handed_back_at_once(
    patient: Person, reminder: dict[str, Any], service: PushService, browser: Browser, clock: Clock
) -> None:
    service.answers = ["hang"]
    clock.move(minutes=30)
    tick = asyncio.create_task(reminders.dispatch(clock))
    await service.was_called.wait()

    tick.cancel()
    await asyncio.wait([tick])

    assert tick.cancelled()
    assert await reminders.dispatch(clock) == 1
    assert len({each.headers["topic"] for each in service.received}) == 1
    assert [line["status"] for line in await ledger(patient)] == ["accepted"]
