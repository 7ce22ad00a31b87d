"""Thousands of connections that wait: attackers are shown the door, people are served, and the idle cost little."""

import asyncio
import itertools
import math
import random
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import pytest

from server.cli.serve import allow_connections
from server.cli.serving.deadlines import IDLE_S
from tests.faults.attackers import KINDS, attack, gone_within
from tests.faults.harness import Served
from tests.faults.phones import Phone
from tests.faults.wire import Wire
from tests.tried import size, tell

OFF_WITHIN_S = 10.0
_USERS, _ACCOUNTS = 200, 10
_SILENT_S = IDLE_S - 5  # between two requests of one connection that means to stay
_PAUSE_S = 0.02


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    allow_connections()
    with Served(tmp_path / "data") as served:
        yield served


class Pulse:
    """How late this machine is by itself, asked every hundredth of a second for the length of a test.

    A figure is held against its limit and twice that: once for the server's turn, once for ours.
    """

    def __init__(self, served: Served) -> None:
        self.late_s: list[float] = []
        self._served = served

    async def __aenter__(self) -> Self:
        self._before = self._served.at_work_s()
        self._task = asyncio.create_task(self._beat())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        after = self._served.at_work_s()
        self._worked_s, self._waited_s = (now - then for now, then in zip(after, self._before, strict=True))

    def __str__(self) -> str:
        return (
            f"the server at work for {self._worked_s:.1f} s, and for {self._waited_s:.1f} s without a core to work on;"
            f" the machine itself late by {self.allowance_ms / 2:.0f} ms"
        )

    async def _beat(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            began = loop.time()
            await asyncio.sleep(0.01)
            self.late_s.append(loop.time() - began - 0.01)

    @property
    def allowance_ms(self) -> float:
        return 2 * p99_ms(self.late_s)


def p99_ms(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=100)[98] * 1000


async def people(port: int) -> list[Phone]:
    """Two hundred signed-in phones, twenty of each account."""
    owners = [Phone(port) for _ in range(_ACCOUNTS)]
    for owner in owners:
        await owner.register()
    phones = [Phone(port) for _ in range(_USERS)]
    for number, phone in enumerate(phones):
        phone.wires[0].cookie = owners[number % _ACCOUNTS].wires[0].cookie
    return phones


async def lead_life(phone: Phone, until: float, took: list[float]) -> None:
    """Writes and reads now and then, as somebody with the app open."""
    loop = asyncio.get_running_loop()
    await asyncio.sleep(random.random() * 2)
    while loop.time() < until:
        began = loop.time()
        if random.random() < 0.3:
            answer = await phone.sync(phone.changes())
        else:
            answer = await phone.wires[0].ask("GET", "/api/check-ins?limit=20")
        assert answer.status == 200
        took.append(loop.time() - began)
        await asyncio.sleep(1 + random.random() * 2)
    phone.close()


@pytest.mark.alone
async def test_slow_attackers_are_off_within_ten_seconds_while_people_are_served(served: Served) -> None:
    count = size(500, 4000)
    phones, took = await people(served.port), list[float]()
    until = asyncio.get_running_loop().time() + OFF_WITHIN_S + 2

    async with Pulse(served) as pulse:
        life = asyncio.gather(*(lead_life(phone, until, took) for phone in phones))
        attackers = await attack(served.port, count)
        await life

    gone, slowest = gone_within(attackers, OFF_WITHIN_S), p99_ms(took)
    longest_s = max(each.ended - each.began for each in attackers)
    tell(
        f"L2 slow clients: {count} tried, {gone} off within {OFF_WITHIN_S:.0f} s (the last after {longest_s:.1f} s);"
        f" {_USERS} people, {len(took)} requests, p99 {slowest:.0f} ms; {served.memory_mb():.0f} MB; {pulse}"
    )
    assert gone_within(attackers, OFF_WITHIN_S + 2 * max(pulse.late_s)) == count
    assert slowest <= 500 + pulse.allowance_ms
    assert not served.faults()


async def test_without_deadlines_the_attackers_stay(tmp_path: Path) -> None:
    with Served(tmp_path / "data", mutant="no-deadline") as served:
        attackers = await attack(served.port, 30)
        await asyncio.sleep(OFF_WITHIN_S + 0.5)
        stayed = {each.kind for each in attackers if not each.ended}
        for each in attackers:
            each.close()

    tell(f"L2 mutant, no deadline: {len(attackers)} tried, {gone_within(attackers, OFF_WITHIN_S)} off")
    assert stayed == set(KINDS)


@pytest.mark.alone
async def test_idle_connections_cost_little_and_answer_at_once(served: Served) -> None:
    count, span_s = size(2000, 10_000), size(8, 60)
    owner, loop = Phone(served.port), asyncio.get_running_loop()
    await owner.register()
    wires = [Wire(served.port) for _ in range(count)]
    took: list[float] = []

    async def ask(wire: Wire) -> None:
        wire.cookie, began = owner.wires[0].cookie, loop.time()
        assert (await wire.ask("GET", "/api/account")).status == 200
        took.append(loop.time() - began)

    for start in range(0, count, 50):
        await asyncio.gather(*(ask(wire) for wire in wires[start : start + 50]))
    took.clear()
    until, turns, each_time = loop.time() + span_s, itertools.cycle(wires), math.ceil(count * _PAUSE_S / _SILENT_S)
    async with Pulse(served) as pulse:
        while loop.time() < until:
            asking = [ask(next(turns)) for _ in range(each_time)]
            await asyncio.gather(*asking, asyncio.sleep(_PAUSE_S))
    stayed = sum(wire.is_open and wire.times_opened == 1 for wire in wires)
    for wire in wires:
        wire.close()

    memory, slowest = served.memory_mb(), p99_ms(took)
    tell(
        f"L1 idle connections: {count} tried, {count - stayed} dropped; {len(took)} requests, p99 {slowest:.0f} ms;"
        f" {memory:.0f} MB; {pulse}"
    )
    assert stayed >= count * 0.99
    assert slowest <= 50 + pulse.allowance_ms
    assert memory <= 250
