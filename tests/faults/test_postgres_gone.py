"""F4: PostgreSQL ends connections, is killed and comes back, while phones send. Nothing acknowledged is lost."""

import asyncio
from collections import Counter
from pathlib import Path

from tests.faults.harness import Served
from tests.faults.phones import Phone, sum_of
from tests.faults.postgres import Mortal
from tests.tried import size, tell

_UNKNOWN = "not known whether"


async def lead_life(phone: Phone, until: asyncio.Event, said: Counter[str]) -> None:
    """Syncs without a pause, the same batch again until it is acknowledged; reads now and then."""
    batch = phone.changes(3)
    while not until.is_set():
        answer = await phone.sync(batch)
        if answer.status == 200:
            batch = phone.changes(3)
        else:
            said["unknown" if _UNKNOWN in answer.body.decode() else f"sync {answer.status}"] += 1
            await asyncio.sleep(0.05)
        answer = await phone.wires[0].ask("GET", "/api/check-ins?limit=5")
        if answer.status != 200:
            said[f"read {answer.status}"] += 1


async def phones_of(served: Served, count: int) -> list[Phone]:
    phones = [Phone(served.port) for _ in range(count)]
    for phone in phones:
        await phone.register()
    return phones


async def through_cut_connections(served: Served, postgres: Mortal, span_s: float) -> tuple[int, Counter[str], str]:
    """How many connections were ended under four phones, what was refused, and the verdict."""
    phones, until, said = await phones_of(served, 4), asyncio.Event(), Counter[str]()
    asyncio.get_running_loop().call_later(span_s, until.set)
    ended, *_ = await asyncio.gather(postgres.terminate_some(until), *(lead_life(each, until, said) for each in phones))
    verdict = sum_of([await phone.judged() for phone in phones])
    assert verdict.is_clean, verdict
    assert verdict.acknowledged > 20
    return ended, said, str(verdict)


async def test_a_connection_that_is_cut_is_not_noticed_by_phones(url: str, postgres: Mortal, tmp_path: Path) -> None:
    with Served(tmp_path / "data", url) as served:
        ended, said, verdict = await through_cut_connections(served, postgres, size(5, 60))

    tell(f"F4 connections ended: {ended} tried, 0 lost; {verdict}; {said.pop('unknown', 0)} outcomes unknown")
    assert ended > 10
    assert not said
    assert not served.faults()


async def test_a_server_that_never_tries_again_is_found_out(url: str, postgres: Mortal, tmp_path: Path) -> None:
    ended, refused = 0, 0
    with Served(tmp_path / "data", url, mutant="no-retry") as served:
        for _ in range(5):  # a connection that nobody is using may be cut
            more, said, _ = await through_cut_connections(served, postgres, 4)
            ended, refused = ended + more, said.total() - said["unknown"]
            if refused:
                break

    tell(f"F4 mutant, no retry: {ended} connections ended, {refused} requests refused")
    assert refused > 0


async def test_a_killed_postgresql_comes_back_with_everything(url: str, postgres: Mortal, tmp_path: Path) -> None:
    times, said = size(3, 100), Counter[str]()
    with Served(tmp_path / "data", url) as served:
        phones, until = await phones_of(served, 4), asyncio.Event()
        lives = asyncio.gather(*(lead_life(each, until, said) for each in phones))
        for _ in range(times):
            await asyncio.sleep(0.7)
            await asyncio.to_thread(postgres.kill)
            await asyncio.sleep(0.3)
            await asyncio.to_thread(postgres.revive)
        await asyncio.sleep(1)
        until.set()
        await lives
        verdict = sum_of([await phone.judged() for phone in phones])

    tell(f"F4 PostgreSQL killed: {times} tried, {verdict.lost} lost; {verdict}; {said.total()} refused meanwhile")
    assert verdict.is_clean
    assert set(said) <= {"unknown", "sync 503", "read 503"}
    assert not served.faults()
