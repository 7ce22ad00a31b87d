"""The limits of a connection, one by one: how much at once, how much ahead, how many, and how it ends."""

import asyncio
from collections import Counter

import pytest
import uvicorn

from server.cli.serving import deadlines
from server.cli.serving.deadlines import MAX_FIELDS, MAX_HEAD, MAX_PIPELINED, MAX_UNREAD
from server.cli.serving.watch import watch_of
from tests.faults.echo import GET, MOST_S, POST, WAIT_S, asked, ended_after, send_all
from tests.faults.wire import Lost, Wire, read_answer


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


async def test_the_app_is_not_asked_before_a_body_is_there_nor_for_what_is_refused(port: int) -> None:
    asked.clear()

    await ended_after(port, POST % 10 + b"x")
    await ended_after(port, GET * (MAX_PIPELINED + 2))

    assert not asked


async def test_a_body_that_waits_to_be_asked_for_is_asked_for(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(POST.replace(b"Host", b"Expect: 100-continue\r\nHost") % 2)
    async with asyncio.timeout(MOST_S):
        interim = await reader.readuntil(b"\r\n\r\n")
    writer.write(b"ab")
    answer = await read_answer(reader)
    writer.close()

    assert interim.startswith(b"HTTP/1.1 100 ")
    assert (answer.status, answer.body) == (200, b"2")


async def test_what_many_send_ahead_of_their_answers_comes_behind_what_others_ask(port: int) -> None:
    asked.clear()
    greedy = [await asyncio.open_connection("127.0.0.1", port) for _ in range(20)]
    for _, writer in greedy:
        writer.write(GET.replace(b"GET /", b"GET /ahead") * MAX_PIPELINED)
    async with Wire(port) as other:
        await asyncio.gather(*(read_answer(reader) for reader, _ in greedy))
        await other.send(GET)
        before = asked.index("/")
        for reader, writer in greedy:
            for _ in range(MAX_PIPELINED - 1):
                assert (await read_answer(reader)).status == 200
            writer.transport.abort()

    assert before < len(asked) / 2
    assert Counter(asked) == {"/ahead": 20 * MAX_PIPELINED, "/": 1}


async def test_a_body_that_goes_on_after_its_answer_is_read_past_but_not_for_good(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"POST /unread HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999\r\n\r\n" + b"x" * 100_000)
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


async def test_above_the_limit_whoever_waits_longest_makes_room(
    server: uvicorn.Server, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("WAIT_S", "IDLE_S"):  # nobody is to go because their time is over
        monkeypatch.setattr(deadlines, name, getattr(deadlines, name) * 20)
    async with Wire(port) as first:
        await first.send(GET)
        watch = watch_of(server.server_state, asyncio.get_running_loop())
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
