"""B3: the hostile corpus against the real server. Never a fault, never a hang, memory bounded, nothing kept unsaid."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.harness import Served
from tests.faults.hostile_corpus import Hostile, corpus
from tests.faults.phones import Phone
from tests.faults.wire import Answer, Lost, Wire, read_answer
from tests.tried import tell

_AT_ONCE = 32
_PATIENCE_S = 12.0  # more than any deadline of the server


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with Served(tmp_path / "data") as served:
        yield served


async def answers_to(port: int, raw: bytes) -> tuple[list[Answer], float]:
    """Every answer until the server closes, and the seconds that took. What it does not read is its own affair."""
    began = time.monotonic()
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**21)
    answers = []
    try:
        async with asyncio.timeout(_PATIENCE_S):
            writer.write(raw)
            while True:
                answers.append(await read_answer(reader))
    except (EOFError, OSError):
        return answers, time.monotonic() - began
    finally:
        writer.transport.abort()


@pytest.mark.alone
async def test_nothing_hostile_is_a_fault_a_hang_or_kept(served: Served) -> None:
    phone = Phone(served.port)
    await phone.register()
    hostile = list(corpus(phone.wires[0].cookie))
    before_mb, turns, slowest = served.memory_mb(), asyncio.Semaphore(_AT_ONCE), ("", 0.0)
    said: dict[str, list[Answer]] = {}

    async def send(each: Hostile) -> None:
        nonlocal slowest
        async with turns:
            said[each.name], took = await answers_to(served.port, each.raw)
        slowest = max(slowest, (each.name, took), key=lambda known: known[1])

    await asyncio.gather(*map(send, hostile))

    statuses = Counter(answer.status for answers in said.values() for answer in answers)
    stored = sum(answer.body.count(b'"outcome":"stored"') for answers in said.values() for answer in answers)
    faulty = [name for name, answers in said.items() if any(answer.status >= 500 for answer in answers)]
    kept = (await phone.judged()).altered  # the phone's book is empty: whatever is there came from here
    peak_mb = served.memory_mb("VmHWM")
    tell(
        f"B3 hostile corpus: {len(hostile)} tried, {len(faulty)} faults, {kept - stored} kept unsaid; the slowest"
        f" {slowest[1]:.1f} s; {before_mb:.0f} MB, at most {peak_mb:.0f} MB; {dict(sorted(statuses.items()))}"
    )
    assert len(hostile) >= 600
    assert len(said) == len(hostile)
    assert not faulty
    assert not served.faults()
    assert kept == stored
    assert slowest[1] < 10, slowest
    assert peak_mb < before_mb + 120


async def test_two_hundred_megabytes_in_chunks_are_not_held(served: Served) -> None:
    phone, chunk = Phone(served.port), b"10000\r\n" + b" " * 65536 + b"\r\n"
    await phone.register()
    before_mb, sent = served.memory_mb(), 0
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    head = f"POST /api/sync HTTP/1.1\r\nHost: x\r\nCookie: {phone.wires[0].cookie}\r\n"
    writer.write(head.encode() + b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")

    try:
        while sent < 200 * 2**20:
            writer.write(chunk)
            await writer.drain()
            sent += 65536
    except ConnectionError:
        writer.transport.abort()
    answer = await _answer_of(reader)

    tell(f"B3 200 MB in chunks: cut off after {sent / 2**20:.0f} MB, at most {served.memory_mb('VmHWM'):.0f} MB held")
    assert answer in (413, None)
    assert sent < 64 * 2**20
    assert served.memory_mb("VmHWM") < before_mb + 60
    async with Wire(served.port) as wire:
        assert (await wire.ask("GET", "/healthz")).status == 200


async def _answer_of(reader: asyncio.StreamReader) -> int | None:
    """The status, where it came through before the connection was cut."""
    try:
        return (await read_answer(reader)).status
    except (EOFError, OSError, Lost):
        return None
