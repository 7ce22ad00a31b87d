"""Two servers over one PostgreSQL: one dies every few seconds, or each restarts in turn, and nobody loses."""

import asyncio
import signal
from collections import Counter

import pytest

from tests.api.push_service import PushService
from tests.faults.harness import Served
from tests.faults.phones import Lost, Phone, sum_of
from tests.faults.reminding import Book, Start, people_asked, people_with_a_phone, sent
from tests.tried import size, tell

_PHONES, _ASKED = 8, 3
_LOOKS = 300  # a fifth of a second apart, for what was in the hand of a dead server to be sent by the other


@pytest.fixture
async def pair(start: Start, url: str) -> list[Served]:
    """Two servers, started, over one database."""
    return await start(2, url)


async def lead_life(phone: Phone, until: asyncio.Event, said: Counter[str]) -> None:
    """Syncs through one server until that one is gone, then the same batch through the other; reads between."""
    batch, wire = phone.changes(2), 0
    while not until.is_set():
        try:
            answer = await phone.sync(batch, wire)
            said[f"sync {answer.status}"] += 1
            batch = phone.changes(2) if answer.status == 200 else batch
            answer = await phone.wires[wire].ask("GET", "/api/check-ins?limit=5")
            said[f"read {answer.status}"] += 1
        except Lost as lost:
            said["refused" if isinstance(lost.__cause__, ConnectionRefusedError) else "cut"] += 1
            wire = 1 - wire
        await asyncio.sleep(0.01)


async def phones_of(pair: list[Served]) -> list[Phone]:
    phones = [Phone(*(served.port for served in pair)) for _ in range(_PHONES)]
    for phone in phones:
        await phone.register()
    return phones


async def test_one_of_two_servers_dies_again_and_again(pair: list[Served], push_service: PushService) -> None:
    times, until, said = size(4, 60), asyncio.Event(), Counter[str]()
    book = Book(pair[0], pair[0].database_url)
    people = await people_with_a_phone(pair[0], push_service, 10)
    asked = await people_asked(pair, push_service, _ASKED * times)
    phones = await phones_of(pair)
    lives = asyncio.gather(*(lead_life(phone, until, said) for phone in phones))
    reminders = 0
    for number in range(times):
        reminders += await book.make_due(20)
        for each in asked[number * _ASKED :][:_ASKED]:
            await each.fall_due(book)
        await asyncio.sleep(2)
        pair[number % 2].end()
        await asyncio.to_thread(pair[number % 2].start)
    await asyncio.sleep(3)
    until.set()
    await lives
    verdict = sum_of([await phone.judged() for phone in phones])
    waiting, statuses = await sent_at_last(book)
    arrived = sent(push_service)
    for phone in (*people, *phones, *(each.phone for each in asked)):
        phone.close()

    repeats = sum(arrived.values()) - len(arrived)
    pushed = Counter(path for path, _ in arrived)
    tell(
        f"Two servers, one killed: {times} tried, {verdict.lost} lost; {verdict}; {said['cut']} requests cut;"
        f" {reminders} reminders, {len(asked)} people asked in three ways at once, {dict(statuses)},"
        f" {waiting} of them in the hand of the dead, {repeats} repeated under the same topic"
    )
    assert verdict.is_clean
    assert set(said) <= {"sync 200", "read 200", "cut", "refused"}
    assert said["cut"] <= times * _PHONES
    assert statuses == {"accepted": reminders + len(asked), "skipped": 2 * len(asked)}
    assert len(arrived) == reminders + len(asked)
    assert [pushed[each.path] for each in asked] == [1] * len(asked)
    assert not any(served.faults() for served in pair)


async def sent_at_last(book: Book) -> tuple[int, Counter[str]]:
    """How many deliveries a dead server had in hand, and what became of all once their leases were over."""
    waiting = (await book.statuses())["waiting"]
    await book.end_leases()
    for _ in range(_LOOKS):
        if not (await book.statuses())["waiting"]:
            break
        await asyncio.sleep(0.2)
    return waiting, await book.statuses()


async def test_a_rolling_restart_fails_no_request(pair: list[Served]) -> None:
    times, until, said = size(4, 40), asyncio.Event(), Counter[str]()
    phones = await phones_of(pair)
    lives = asyncio.gather(*(lead_life(phone, until, said) for phone in phones))
    codes = []
    for number in range(times):
        await asyncio.sleep(1)
        served = pair[number % 2]
        codes.append(await asyncio.to_thread(served.end, signal.SIGTERM))
        await asyncio.to_thread(served.start)
    until.set()
    await lives
    verdict = sum_of([await phone.judged() for phone in phones])
    for phone in phones:
        phone.close()

    tell(f"Two servers, restarted in turn: {times} tried, {said['cut']} requests failed; {verdict}; {dict(said)}")
    assert codes == [0] * times
    assert verdict.is_clean
    assert set(said) <= {"sync 200", "read 200", "refused"}
