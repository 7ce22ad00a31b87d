"""L3: thousands of reminders due in one minute, two processes on PostgreSQL, one on SQLite. None twice, none lost."""

import asyncio
import time
from typing import NamedTuple

from tests.api.push_service import PushService
from tests.faults.harness import Served
from tests.faults.reminding import Book, Start, people_with_a_phone, sent
from tests.tried import size, tell

_PEOPLE = 50
_TICK_S = 2.0


class Sent(NamedTuple):
    """What became of reminders that were due at once."""

    tried: int
    lost: int
    twice: int
    statuses: dict[str, int]
    span_s: float  # until the last was sent

    def __str__(self) -> str:
        return f"{self.tried} tried, {self.lost} lost, {self.twice} twice, in {self.span_s:.0f} s"


async def send_all(servers: list[Served], push_service: PushService, count: int, until_twice: bool = False) -> Sent:
    """Makes so many reminders due under running servers, and waits for all of them, or for one that came twice."""
    for phone in await people_with_a_phone(servers[0], push_service, _PEOPLE):
        phone.close()
    book = Book(servers[0], servers[0].database_url)
    tried = await book.make_due(count // _PEOPLE)
    began = last = time.monotonic()
    arrived = 0
    while time.monotonic() - last < 3 * _TICK_S:  # until nothing has come for a while
        if len(push_service.received) > arrived:
            arrived, last = len(push_service.received), time.monotonic()
        if until_twice and len(sent(push_service)) < arrived:
            break
        await asyncio.sleep(0.1)
    times = sent(push_service)
    twice = sum(number > 1 for number in times.values())
    return Sent(tried, tried - len(times), twice, await book.statuses(), last - began)


async def test_two_processes_send_every_reminder_once(start: Start, url: str, push_service: PushService) -> None:
    count = size(5000, 100_000)

    became = await send_all(await start(2, url), push_service, count)

    tell(f"L3 two processes: {became}")
    assert (became.lost, became.twice) == (0, 0)
    assert became.statuses == {"accepted": count}


async def test_two_processes_without_a_claim_are_found_out(start: Start, url: str, push_service: PushService) -> None:
    push_service.delay_s = 0.1  # so that the two are at it at the same time

    became = await send_all(await start(2, url, "no-claim"), push_service, 2000, until_twice=True)

    tell(f"L3 mutant, no claim: of {became.tried} due at once, {became.twice} soon sent twice")
    assert became.twice > 0


async def test_one_process_on_sqlite_sends_every_reminder_once(start: Start, push_service: PushService) -> None:
    count = size(5000, 100_000)

    became = await send_all(await start(1), push_service, count)

    tell(f"L3 one process on SQLite: {became}")
    assert (became.lost, became.twice) == (0, 0)
    assert became.statuses == {"accepted": count}
