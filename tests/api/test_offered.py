"""Which questionnaires an installation offers: what is switched off is not asked for, and nothing of it is lost."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest
from starlette.applications import Starlette

from server.base.settings import Settings
from server.measures import service as measures
from server.reminders import service as reminders
from tests.api.asking import due, put_reminder
from tests.api.push_service import Browser
from tests.api.test_reminders import ledger
from tests.people import Clock, Person

Offer = Callable[..., Awaitable[None]]


@pytest.fixture
async def offer(app: Starlette, settings: Settings) -> AsyncIterator[Offer]:
    """Lets the installation offer these alone, as after a start with that setting; none: those by default."""

    async def start(*names: str) -> None:
        await asyncio.to_thread(measures.open_library, replace(settings, instruments=names or None))

    yield start
    await start()


def filled(name: str, count: int, **more: Any) -> dict[str, Any]:
    answers = {str(number): 2 for number in range(1, count + 1)}
    return {"instrument": name, "instrument_version": "1", "answers": answers, **more}


async def listed(person: Person) -> list[str]:
    items = (await person.get("/api/instruments")).json()["items"]
    return [each["id"] for each in items if each["available"]]


async def test_what_is_switched_off_is_listed_no_more_and_what_was_answered_is_read_and_counted_as_ever(
    patient: Person, offer: Offer
) -> None:
    await patient.keep("response", **filled("phq-9", 9))
    await offer("phq-8", "gad-7")

    assert await listed(patient) == ["gad-7", "phq-8"]
    assert (await patient.get("/api/instruments/phq-9")).json()["title"] == "PHQ-9"
    await patient.keep("response", **filled("phq-9", 9))  # by a phone that had not learned of it
    await patient.keep("response", **filled("phq-8", 8))

    items = (await patient.get("/api/responses")).json()["items"]
    summary = (await patient.get("/api/summary")).json()
    assert sorted((one["values"]["instrument"], one["score"]["total"], one["score"]["band"]) for one in items) == [
        ("phq-8", 16, "moderately severe"), ("phq-9", 18, "moderately severe"), ("phq-9", 18, "moderately severe"),
    ]  # fmt: skip
    assert {one["instrument"]: len(one["responses"]) for one in summary["measures"]} == {"phq-8": 1, "phq-9": 2}
    await offer()
    assert await listed(patient) == ["gad-7", "pcl-5", "peg", "phq-2", "phq-9", "who-5"]


async def test_a_reminder_asks_for_the_one_that_is_offered_in_its_place(
    patient: Person, offer: Offer, clock: Clock
) -> None:
    form = {"instrument": "phq-9", "every_days": 14, "local_time": "20:30"}
    kept = await put_reminder(patient, form)
    await offer("phq-8", "gad-7")
    again = await put_reminder(patient, form, kept["id"])
    second = await patient.put("/api/reminders/018f0000-0000-7000-8000-000000000001", json=form)
    clock.move(minutes=30)

    assert [item["instrument"] for item in await due(patient)] == ["phq-8"]
    assert (again["instrument"], second.status_code) == ("phq-8", 409)
    await offer("phq-9")
    assert [item["instrument"] for item in await due(patient)] == ["phq-9"]


async def test_a_reminder_of_one_that_is_switched_off_rests_until_it_is_offered_again(
    patient: Person, offer: Offer, browser: Browser, clock: Clock
) -> None:
    await patient.post("/api/push-subscriptions", json=browser.subscription())
    await put_reminder(patient, {"instrument": "who-5", "every_days": 14, "local_time": "20:30"})
    await offer("phq-9", "gad-7")
    clock.move(minutes=30)
    await reminders.dispatch(clock)

    assert browser.shown == []
    assert [line["status"] for line in await ledger(patient)] == ["skipped"]
    assert await due(patient) == []
    await offer()
    assert [item["instrument"] for item in await due(patient)] == ["who-5"]
    clock.move(days=14)
    await reminders.dispatch(clock)
    assert len(browser.shown) == 1
