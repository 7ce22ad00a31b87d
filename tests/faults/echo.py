"""A server that only echoes, with waits of tenths of seconds: deadlines and limits of a connection are tried on it."""

import asyncio
from typing import Any

from tests.faults.wire import Answer, Wire

WAIT_S = 0.25
MOST_S = 4.0  # what is not ended by then is not ended at all
GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n"
LARGE = b"x" * 4_000_000

asked: list[str] = []
"""The paths of all requests, in the order in which the app saw them."""


async def echo(scope: Any, receive: Any, send: Any) -> None:
    """Answers at once where the path is /unread, with much at /large, and else with the length of the body."""
    asked.append(scope["path"])
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
