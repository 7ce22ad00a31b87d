"""The deadlines and limits of a connection, one by one, with waits of tenths of seconds."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import pytest
import uvicorn
from prometheus_client import REGISTRY

from server.base import deadlines
from server.base.deadlines import MAX_FIELDS, MAX_HEAD, MAX_PIPELINED, MAX_UNREAD, Deadlines
from tests.faults.wire import Answer, Lost, Wire, read_answer, read_slowly

WAIT_S = 0.25
MOST_S = 4.0  # what is not ended by then is not ended at all
SLACK_S = 1.0  # this machine may be busy
GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n"
LARGE = b"x" * 4_000_000


async def echo(scope: Any, receive: Any, send: Any) -> None:
    """Answers at once where the path is /unread, with much at /large, and else with the length of the body."""
    size, more = 0, scope["path"] != "/unread"
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        size, more = size + len(message["body"]), message["more_body"]
    body = LARGE if scope["path"] == "/large" else str(size).encode()
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[uvicorn.Server]:
    for name in ("WAIT_S", "TAKE_S", "LEAVE_S"):
        monkeypatch.setattr(deadlines, name, WAIT_S)
    monkeypatch.setattr(deadlines, "IDLE_S", 4 * WAIT_S)
    monkeypatch.setattr(deadlines, "LOOK_S", 0.05)
    server = uvicorn.Server(uvicorn.Config(echo, port=0, http=Deadlines, lifespan="off", log_config=None))
    serving = asyncio.create_task(server._serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn tells it by this flag alone
        await asyncio.sleep(0.01)
    yield server
    server.should_exit = True
    await serving


@pytest.fixture
def port(server: uvicorn.Server) -> int:
    return int(server.servers[0].sockets[0].getsockname()[1])


async def ended_after(port: int, opening: bytes, trickle: bytes = b"") -> float:
    """Seconds until the server ends a connection that begins with `opening` and then goes on sending `trickle`."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    loop = asyncio.get_running_loop()
    began = loop.time()
    writer.write(opening)
    ended = asyncio.create_task(_ended(reader))
    while not ended.done() and loop.time() - began < MOST_S:
        await asyncio.wait([ended], timeout=0.1)
        if trickle and not ended.done():
            writer.write(trickle)
    ended.cancel()
    writer.transport.abort()
    return loop.time() - began


async def _ended(reader: asyncio.StreamReader) -> None:
    try:
        await reader.read()
    except ConnectionError:
        return


async def send_all(port: int, raw: bytes) -> Answer:
    """The first answer to these bytes."""
    async with Wire(port) as wire:
        return await wire.send(raw, 5)


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


@pytest.mark.parametrize(
    "head",
    [
        b"GET /" + b"x" * MAX_HEAD + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nX: " + b"x" * MAX_HEAD + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nX: " + b"x" * 20 * MAX_HEAD,
        b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * (MAX_FIELDS + 1) + b"\r\n",
    ],
)
async def test_a_head_that_is_too_large_is_refused_by_name(port: int, head: bytes) -> None:
    answer = await send_all(port, head)

    assert (answer.status, answer.json()["type"]) == (431, "/problems/head-too-large")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["connection"] == "close"


async def test_a_head_of_the_most_that_is_allowed_is_taken(port: int) -> None:
    fields = b"".join(b"X%02d: %s\r\n" % (n, b"x" * 150) for n in range(MAX_FIELDS))

    answer = await send_all(port, b"GET / HTTP/1.1\r\n" + fields + b"\r\n")

    assert answer.status == 200


async def test_what_is_not_http_is_answered_as_a_problem_with_every_header(port: int) -> None:
    answer = await send_all(port, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n")

    assert (answer.status, answer.json()["type"]) == (400, "/problems/malformed")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"


async def test_too_many_requests_at_once_in_one_connection_end_it(port: int) -> None:
    assert await ended_after(port, GET * (MAX_PIPELINED + 1)) > 2 * WAIT_S
    assert await ended_after(port, GET * (MAX_PIPELINED + 2)) < WAIT_S


async def test_a_body_that_goes_on_after_its_answer_is_read_past_but_not_for_good(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"POST /unread HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999\r\n\r\n")
    first = await read_answer(reader)
    sent = 0
    try:
        while sent < 10 * MAX_UNREAD:
            writer.write(b"x" * 65536)
            await writer.drain()
            sent += 65536
    except ConnectionError:
        writer.transport.abort()

    assert first.status == 200
    assert MAX_UNREAD <= sent < 10 * MAX_UNREAD


async def test_above_the_limit_whoever_waits_longest_makes_room(server: uvicorn.Server, port: int) -> None:
    async with Wire(port) as first:
        await first.send(GET)
        watch = deadlines.watch_of(server.server_state, asyncio.get_running_loop())
        watch.most = 3
        slow = [await asyncio.open_connection("127.0.0.1", port) for _ in range(2)]
        await asyncio.sleep(0.05)

        async with Wire(port) as newest:
            answers = [await newest.send(GET), await first.send(GET)]
            assert await slow[0][0].read() == b""
        stands = not slow[1][0].at_eof()
    for _, writer in slow:
        writer.transport.abort()

    assert [answer.status for answer in answers] == [200, 200]
    assert stands


async def test_a_server_that_stops_answers_one_more_request_and_says_that_it_is_the_last(
    server: uvicorn.Server, port: int
) -> None:
    async with Wire(port) as talks, Wire(port) as waits:
        for wire in (talks, waits):
            await wire.send(GET)
        server.should_exit = True
        while server.servers[0].is_serving():  # noqa: ASYNC110 - uvicorn tells it by this alone
            await asyncio.sleep(0.01)

        last = await talks.send(GET)

        assert (last.status, last.headers["connection"]) == (200, "close")
        async with asyncio.timeout(MOST_S):
            while waits.is_open:  # noqa: ASYNC110 - as above
                await asyncio.sleep(0.01)


async def test_a_lost_answer_is_told_apart(port: int) -> None:
    async with Wire(port) as wire:
        with pytest.raises(Lost):
            await wire.send(b"GET / HTTP/1.1\r\n", 2)
