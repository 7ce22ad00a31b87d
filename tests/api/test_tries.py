"""A delivery is tried until a push service takes it or it is too late, and the ledger says what came of it."""

from typing import Any

import pytest

from server.base.ids import uuid7
from server.reminders import service as reminders
from tests.api.conftest import DAILY
from tests.api.push_service import Browser, PushService
from tests.people import Clock, Person


async def ledger(person: Person) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await person.get("/api/deliveries")).json()["items"]
    return items


async def test_nobody_can_be_reached_it_waits_in_the_app_and_then_expires(patient: Person, clock: Clock) -> None:
    await patient.put(f"/api/reminders/{uuid7()}", json=DAILY)
    clock.move(minutes=30)
    await reminders.dispatch(clock)
    waiting, [shown] = await ledger(patient), (await patient.get("/api/due")).json()["items"]
    clock.move(hours=2, seconds=1)

    await reminders.dispatch(clock)

    assert [(line["status"], line["attempts"], line["channel"]) for line in waiting] == [("due", 0, None)]
    assert shown["id"] == waiting[0]["id"]
    assert [line["status"] for line in await ledger(patient)] == ["expired"]


async def test_a_service_in_trouble_is_tried_again_with_the_same_topic_until_it_takes_it(
    patient: Person, reminder: dict[str, Any], browser: Browser, service: PushService, clock: Clock
) -> None:
    service.answers = [500, "reset", 502]
    clock.move(minutes=30)
    for _ in range(12):
        await reminders.dispatch(clock)
        clock.move(seconds=30)

    [line] = await ledger(patient)

    assert (line["status"], line["attempts"]) == ("accepted", 4)
    assert len({each.headers["topic"] for each in service.received}) == 1
    assert len({each["delivery_id"] for each in browser.shown}) == 1


async def test_a_service_that_stays_in_trouble_is_given_up_after_two_hours(
    patient: Person, reminder: dict[str, Any], service: PushService, clock: Clock
) -> None:
    service.answers = [500] * 100
    clock.move(minutes=30)
    for _ in range(130):
        await reminders.dispatch(clock)
        clock.move(minutes=1)

    [line] = await ledger(patient)

    assert line["status"] == "expired"
    assert 10 <= line["attempts"] == len(service.received) <= 20


@pytest.mark.parametrize(("status", "left"), [(404, 0), (410, 0), (401, 1), (403, 1), (413, 1)])
async def test_a_subscription_is_forgotten_only_when_it_is_gone(
    patient: Person, reminder: dict[str, Any], service: PushService, clock: Clock, status: int, left: int
) -> None:
    service.answers = [status]
    clock.move(minutes=30)

    await reminders.dispatch(clock)

    assert [(line["status"], line["attempts"]) for line in await ledger(patient)] == [("failed", 1)]
    assert len((await patient.get("/api/push-subscriptions")).json()["items"]) == left


async def test_one_device_that_took_it_is_enough(
    patient: Person, reminder: dict[str, Any], service: PushService, clock: Clock
) -> None:
    for number in range(2):
        await patient.post("/api/push-subscriptions", json=Browser(service, f"/more/{number}").subscription())
    service.answers = [410, 500, 201]
    clock.move(minutes=30)

    await reminders.dispatch(clock)

    assert [(line["status"], line["attempts"]) for line in await ledger(patient)] == [("accepted", 1)]
    assert len((await patient.get("/api/push-subscriptions")).json()["items"]) == 2
