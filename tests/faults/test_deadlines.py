"""The deadlines of a connection, one by one, with waits of tenths of seconds."""

import asyncio
from collections import Counter

import pytest
from prometheus_client import REGISTRY

from tests.faults.echo import GET, LARGE, POST, WAIT_S, ended_after, send_all
from tests.faults.wire import read_answer, read_slowly

SLACK_S = 1.0  # this machine may be busy


@pytest.mark.parametrize(
    ("opening", "trickle"),
    [
        (b"", b""),
        (b"G", b""),
        (b"GET / HTTP/1.1\r\nHost: x\r\n", b"X-Slow: x\r\n"),
        (b"GET / HTTP/1.1\r\nX-Slow: ", b"x"),
        (POST % 10, b""),
        (POST % 10_000, b"x"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (b"POST /unread HTTP/1.1\r\nHost: x\r\nContent-Length: 10000\r\n\r\n", b"x"),
        (GET + b"GET / HTTP/1.1\r\n", b"X-Slow: x\r\n"),
    ],
)
async def test_who_does_not_come_to_an_end_is_cut_off_however_alive(port: int, opening: bytes, trickle: bytes) -> None:
    assert WAIT_S * 0.8 <= await ended_after(port, opening, trickle) <= WAIT_S + SLACK_S


@pytest.mark.parametrize("opening", [GET, GET * 3, POST % 2 + b"ab"])
async def test_an_idle_connection_is_kept_for_longer_and_then_closed(port: int, opening: bytes) -> None:
    assert 4 * WAIT_S * 0.8 <= await ended_after(port, opening) <= 4 * WAIT_S + SLACK_S


async def test_line_breaks_alone_keep_nothing_open(port: int) -> None:
    assert await ended_after(port, GET, b"\r\n") <= 4 * WAIT_S + SLACK_S


async def test_a_slow_body_that_moves_on_is_waited_for(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(POST % 100_000)
    for _ in range(10):
        writer.write(b"x" * 10_000)
        await asyncio.sleep(WAIT_S / 2)

    answer = await read_answer(reader)
    writer.close()

    assert (answer.status, answer.body) == (200, b"100000")


async def test_a_reader_that_takes_nothing_is_cut_off_and_a_slow_one_is_not(port: int) -> None:
    taken = {pace: await read_slowly(port, "/large", len(LARGE), pace, WAIT_S / 5) for pace in (0, 64 * 1024)}

    assert taken[0] < len(LARGE) < taken[64 * 1024]


async def test_a_connection_that_is_cut_is_counted_by_its_reason(port: int) -> None:
    before = cut()

    await ended_after(port, b"GET / HTTP/1.1\r\n")
    await read_slowly(port, "/large", len(LARGE), 0, WAIT_S / 5)
    await send_all(port, b"\x16\x03\x01\r\n\r\n")
    await ended_after(port, GET)

    assert cut() - before == Counter(slow_to_send=1, slow_to_read=1, bad_request=1)


def cut() -> Counter[str]:
    """How many connections were cut so far, by reason."""
    [family] = [each for each in REGISTRY.collect() if each.name == "interlude_connections_cut"]
    return Counter({sample.labels["why"]: int(sample.value) for sample in family.samples if sample.value})
