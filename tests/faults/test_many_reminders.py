"""L3: thousands of reminders due in one minute, two processes on PostgreSQL, one on SQLite. None twice, none lost."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.api.push_service import PushService
from tests.faults.harness import Served, size, tell
from tests.faults.postgres import Mortal
from tests.faults.reminding import Book, people_with_a_phone, sent

_PEOPLE = 50
_TICK_S = 2.0


@pytest.fixture(scope="module")
def postgres() -> Iterator[Mortal]:
    with Mortal() as postgres:
        yield postgres


@pytest.fixture
async def service() -> AsyncIterator[PushService]:
    service = PushService()
    await service.start()
    yield service
    await service.stop()


async def send_all(servers: list[Served], service: PushService, each: int, url: str = "") -> tuple[int, float]:
    """Makes reminders due under running servers; answers how many, and the seconds until the last was sent."""
    for served in servers:
        await asyncio.to_thread(served.start)
    for phone in await people_with_a_phone(servers[0], service, _PEOPLE):
        phone.close()
    count = await Book(servers[0], url).make_due(each)
    began = last = time.monotonic()
    arrived = 0
    while time.monotonic() - last < 3 * _TICK_S:  # until nothing has come for a while
        if len(service.received) > arrived:
            arrived, last = len(service.received), time.monotonic()
        await asyncio.sleep(0.1)
    return count, last - began


def serving(tmp_path: Path, service: PushService, count: int, url: str = "", mutant: str = "") -> list[Served]:
    host = {"INTERLUDE_PUSH_HOSTS": f"127.0.0.1:{service.port}"}
    return [Served(tmp_path / "data", url, mutant, **host) for _ in range(count)]


def end(servers: list[Served]) -> None:
    for served in servers:
        served.end()


async def test_two_processes_send_every_reminder_once(tmp_path: Path, postgres: Mortal, service: PushService) -> None:
    url = await asyncio.to_thread(postgres.migrated)
    servers = serving(tmp_path, service, 2, url)

    count, took = await send_all(servers, service, size(5000, 100_000) // _PEOPLE, url)

    arrived, statuses = sent(service), await Book(servers[0], url).statuses()
    end(servers)
    twice = sum(number > 1 for number in arrived.values())
    tell(f"L3 two processes: {count} tried, {count - len(arrived)} lost, {twice} twice, in {took:.0f} s")
    assert (len(arrived), twice) == (count, 0)
    assert statuses == {"accepted": count}


async def test_two_processes_without_a_claim_are_found_out(
    tmp_path: Path, postgres: Mortal, service: PushService
) -> None:
    url = await asyncio.to_thread(postgres.migrated)
    servers = serving(tmp_path, service, 2, url, "no-claim")
    service.delay_s = 0.1  # so that the two are at it at the same time

    count, _ = await send_all(servers, service, 40, url)

    arrived = sent(service)
    end(servers)
    twice = sum(number > 1 for number in arrived.values())
    tell(f"L3 mutant, no claim: {count} tried, {twice} twice")
    assert twice > 0


async def test_one_process_on_sqlite_sends_every_reminder_once(tmp_path: Path, service: PushService) -> None:
    servers = serving(tmp_path, service, 1)

    count, took = await send_all(servers, service, size(5000, 100_000) // _PEOPLE)

    arrived, statuses = sent(service), await Book(servers[0]).statuses()
    end(servers)
    twice = sum(number > 1 for number in arrived.values())
    tell(f"L3 one process on SQLite: {count} tried, {count - len(arrived)} lost, {twice} twice, in {took:.0f} s")
    assert (len(arrived), twice) == (count, 0)
    assert statuses == {"accepted": count}
