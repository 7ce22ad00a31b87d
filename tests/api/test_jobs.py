"""Jobs: what is due is sent without anybody asking, one fault stops nothing, and the end waits for what is in hand."""

import asyncio
import logging
from datetime import datetime
from typing import Any

import pytest
from starlette.applications import Starlette

from server import jobs as jobs_module
from server.jobs import Jobs
from server.reminders import service as reminders
from tests.api.push_service import Browser, PushService
from tests.people import Clock, Person


@pytest.fixture
def _quick(app: Starlette, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once the app's own jobs have started, with their long ticks."""
    monkeypatch.setattr(jobs_module, "TICK_S", 0.05)
    monkeypatch.setattr(jobs_module, "_HOUR_S", 0.05)
    monkeypatch.setattr(jobs_module, "_DRAIN_S", 0.2)


async def statuses(person: Person) -> list[str]:
    return [line["status"] for line in (await person.get("/api/deliveries")).json()["items"]]


@pytest.mark.usefixtures("_quick")
async def test_a_reminder_is_sent_though_nobody_asks(
    patient: Person, reminder: dict[str, Any], service: PushService, clock: Clock
) -> None:
    jobs = Jobs(clock)
    jobs.start()
    clock.move(minutes=30)

    await asyncio.wait_for(service.was_called.wait(), 5)
    await jobs.drain()

    assert await statuses(patient) == ["accepted"]
    assert len(service.received) == 1


@pytest.mark.usefixtures("_quick")
async def test_the_end_waits_for_a_tick_in_hand(
    patient: Person, reminder: dict[str, Any], service: PushService, browser: Browser, clock: Clock
) -> None:
    service.delay_s = 0.1
    jobs = Jobs(clock)
    jobs.start()
    clock.move(minutes=30)
    await asyncio.wait_for(service.was_called.wait(), 5)

    await jobs.drain()

    assert await statuses(patient) == ["accepted"]
    assert len(browser.shown) == 1


@pytest.mark.usefixtures("_quick")
async def test_the_end_does_not_wait_for_a_service_that_hangs_and_hands_back(
    patient: Person, reminder: dict[str, Any], service: PushService, clock: Clock
) -> None:
    service.answers = ["hang"]
    jobs = Jobs(clock)
    jobs.start()
    clock.move(minutes=30)
    await asyncio.wait_for(service.was_called.wait(), 5)
    loop = asyncio.get_running_loop()
    began = loop.time()

    await jobs.drain()

    assert loop.time() - began < 3
    assert await statuses(patient) == ["due"]
    assert await reminders.dispatch(clock) == 1  # at once: no lease is left behind
    assert await statuses(patient) == ["accepted"]


@pytest.mark.usefixtures("_quick")
async def test_a_fault_is_logged_and_the_next_run_comes_all_the_same(
    clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ticks: list[int] = []
    swept = asyncio.Event()

    async def tick(*_: Any) -> int:
        ticks.append(1)
        raise RuntimeError("marker")

    async def broken(now: datetime) -> None:
        raise RuntimeError("marker")

    async def sound(now: datetime) -> None:
        if len(ticks) > 1:
            swept.set()

    monkeypatch.setattr(reminders, "dispatch", tick)
    caplog.set_level(logging.INFO)
    jobs = Jobs(clock, [broken, sound])
    jobs.start()

    await asyncio.wait_for(swept.wait(), 5)
    await jobs.drain()
    seen = len(ticks)
    await asyncio.sleep(0.15)

    assert len(ticks) == seen
    assert {each.__dict__["job"] for each in caplog.records if each.levelname == "ERROR"} == {
        "reminders",
        "housekeeping",
    }


@pytest.mark.usefixtures("_quick")
async def test_a_tick_that_takes_long_is_not_run_twice_at_once(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    running, most = 0, 0

    async def tick(*_: Any) -> int:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.2)
        running -= 1
        return 0

    monkeypatch.setattr(reminders, "dispatch", tick)
    jobs = Jobs(clock)
    jobs.start()

    await asyncio.sleep(0.4)
    await jobs.drain()

    assert (running, most) == (0, 1)
