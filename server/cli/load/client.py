"""A small HTTP/1.1 client for load: one kept-alive connection, one request at a time, no more work than that needs."""

import asyncio
from typing import Any

_STATUS = slice(9, 12)
_LENGTH = b"content-length:"


class Broken(Exception):
    """The connection ended, or the answer was not HTTP as we know it."""


class Connection(asyncio.Protocol):
    """One connection. `ask` sends a request and answers its status and body."""

    def __init__(self) -> None:
        self._transport: Any = None  # uvloop's is none of asyncio's classes
        self._waiting: asyncio.Future[tuple[int, bytes]] | None = None
        self._held = b""
        self._needed = 0  # bytes of the whole answer, 0 while its head is not all there

    @classmethod
    async def open(cls, port: int) -> "Connection":
        """Connects to a server on this machine."""
        _, connection = await asyncio.get_running_loop().create_connection(cls, "127.0.0.1", port)
        return connection

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """The status and body that answer `request`. Raises Broken."""
        if self._transport is None or self._transport.is_closing():
            raise Broken("closed")
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._waiting

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._held = self._held + data if self._held else data
        if not self._needed:
            end = self._held.find(b"\r\n\r\n")
            if end < 0:
                return
            self._needed = end + 4 + _length_in(self._held[:end])
        if len(self._held) >= self._needed:
            self._answer()

    def connection_lost(self, error: Exception | None) -> None:
        self._transport = None
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(Broken(type(error).__name__ if error else "ended"))

    def _answer(self) -> None:
        whole, self._held, self._needed = self._held, b"", 0
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result((int(whole[_STATUS]), whole[whole.find(b"\r\n\r\n") + 4 :]))


def request_of(method: str, target: str, cookie: str, body: bytes | None = None) -> bytes:
    """The bytes of a request as a phone's program sends it."""
    head = f"{method} {target} HTTP/1.1\r\nhost: localhost\r\naccept: */*\r\ncookie: interlude={cookie}\r\n"
    if body is None:
        return head.encode("ascii") + b"\r\n"
    return f"{head}content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n".encode("ascii") + body


def _length_in(head: bytes) -> int:
    lowered = head.lower()
    at = lowered.find(_LENGTH)
    if at < 0:
        return 0
    return int(lowered[at + len(_LENGTH) :].split(b"\r\n", 1)[0])
