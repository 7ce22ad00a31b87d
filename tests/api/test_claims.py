"""However many take in hand what is due, each occurrence is sent once, and none is lost."""

import asyncio
from collections import Counter
from typing import Any

import pytest

from server.base.ids import uuid7
from server.database import service as database
from server.reminders import claims, occurrences
from server.reminders import service as reminders
from tests.api.conftest import DAILY
from tests.api.push_service import Browser, PushService
from tests.people import Cast, Clock, Person

PEOPLE, EACH = 10, 20


@pytest.fixture
async def crowd(cast: Cast, service: PushService) -> list[Person]:
    """People with as many reminders as one may have, all due at the same time."""
    people = [await cast.join("patient", f"Person {number}") for number in range(PEOPLE)]
    for number, person in enumerate(people):
        await person.post("/api/push-subscriptions", json=Browser(service, f"/{number}").subscription())
        for _ in range(EACH):
            assert (await person.put(f"/api/reminders/{uuid7()}", json=DAILY)).status_code == 200
    return people


async def test_four_at_once_send_each_occurrence_once(crowd: list[Person], service: PushService, clock: Clock) -> None:
    clock.move(minutes=30)

    tried = await asyncio.gather(*(reminders.dispatch(clock) for _ in range(4)))

    topics = Counter(each.headers["topic"] for each in service.received)
    assert sum(tried) == PEOPLE * EACH
    assert len(topics) == PEOPLE * EACH
    assert set(topics.values()) == {1}


async def test_a_push_service_with_moods_gets_each_occurrence_in_the_end(
    crowd: list[Person], service: PushService, clock: Clock
) -> None:
    service.answers = [201, 500, 201, "reset", 502, 201, b"garbage\r\n\r\n"] * 20
    clock.move(minutes=30)
    for _ in range(30):
        await asyncio.gather(*(reminders.dispatch(clock) for _ in range(2)))
        clock.move(minutes=1)

    counted = await by_status()

    assert counted == {"accepted": PEOPLE * EACH}
    assert len({each.headers["topic"] for each in service.received}) == PEOPLE * EACH


async def test_a_claim_is_whole_or_not_at_all(
    crowd: list[Person], service: PushService, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: Any) -> bool:
        raise RuntimeError("in the middle")

    clock.move(minutes=30)
    with monkeypatch.context() as patch:
        patch.setattr(claims, "is_logged", broken)
        with pytest.raises(RuntimeError, match="in the middle"):
            await reminders.dispatch(clock)
    nothing = await by_status()

    tried = await reminders.dispatch(clock)

    assert nothing == {}
    assert tried == PEOPLE * EACH


@pytest.mark.parametrize(
    ("at", "damage"),
    [
        ("opening", "zone = 'US/Pacific-New'"),
        ("opening", "local_time = 'nine'"),
        ("sending", "zone = 'US/Pacific-New'"),
        ("sending", "day_starts_at = 'nine'"),
        ("sending", "paused_until = 'nine'"),
    ],
)
async def test_a_reminder_that_cannot_be_read_stops_nobody_elses(
    crowd: list[Person], service: PushService, clock: Clock, at: str, damage: str
) -> None:
    @database.transaction
    async def break_one() -> None:
        await database.execute(f"UPDATE reminder SET {damage} WHERE patient_id = ?1", crowd[0].id)

    clock.move(minutes=30)
    if at == "opening":
        await break_one()
    else:
        await occurrences.open_occurrences(clock(), 1_000)
        await break_one()
    tried = await reminders.dispatch(clock)
    clock.move(minutes=2)
    again = await reminders.dispatch(clock)

    assert tried >= (PEOPLE - 1) * EACH
    assert again == 0
    assert (await by_status())["accepted"] == tried


@database.reading
async def by_status() -> dict[str, int]:
    """How many lines of the ledger have which status."""
    rows = await database.fetch("SELECT status, count(*) AS n FROM delivery GROUP BY status")
    return {row["status"]: row["n"] for row in rows}
