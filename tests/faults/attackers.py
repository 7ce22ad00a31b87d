"""Clients that only wait: each sends or reads just enough to look alive, and notes when it was shown the door."""

import asyncio
import socket
from collections.abc import Sequence
from typing import Literal

Kind = Literal["head", "body", "reader"]
KINDS: tuple[Kind, ...] = ("head", "body", "reader")
_TRICKLE_S = 2.0
_LARGEST = b"GET /icons/icon-512.png HTTP/1.1\r\nHost: x\r\n\r\n"
_OPENING = {
    "head": b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ",
    "body": b"POST /api/sign-ins HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    b"Content-Length: 900000\r\n\r\n",
    "reader": _LARGEST * 12,
}
_TRICKLE = {"head": b"x", "body": b" ", "reader": _LARGEST * 12}


class Attacker(asyncio.Protocol):
    """One connection that never gets to the end of what it does."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.began = self.ended = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._loop = asyncio.get_running_loop()
        self._transport = transport
        self.began = self._loop.time()
        transport.write(_OPENING[self.kind])
        if self.kind == "reader":
            transport.pause_reading()
        self._timer = self._loop.call_later(0.1 if self.kind == "reader" else _TRICKLE_S, self._trickle)

    def connection_lost(self, error: Exception | None) -> None:
        self._timer.cancel()
        self.ended = self._loop.time()

    def close(self) -> None:
        self._transport.abort()

    def _trickle(self) -> None:
        """A byte more; a reader asks for ever more of what it does not read, until nothing more fits."""
        self._transport.write(_TRICKLE[self.kind])
        is_quick = self.kind == "reader" and self._transport.get_write_buffer_size() == 0
        self._timer = self._loop.call_later(0.1 if is_quick else _TRICKLE_S, self._trickle)


async def attack(port: int, count: int) -> list[Attacker]:
    """`count` attackers, of every kind alike, all connected."""
    loop = asyncio.get_running_loop()
    attackers = [Attacker(KINDS[number % len(KINDS)]) for number in range(count)]
    for start in range(0, count, 100):
        await asyncio.gather(*(_connect(loop, port, each) for each in attackers[start : start + 100]))
    return attackers


async def _connect(loop: asyncio.AbstractEventLoop, port: int, attacker: Attacker) -> None:
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.setblocking(False)
    await loop.sock_connect(connection, ("127.0.0.1", port))
    await loop.create_connection(lambda: attacker, sock=connection)


def gone_within(attackers: Sequence[Attacker], span_s: float) -> int:
    """How many were off within so many seconds of their first byte."""
    return sum(1 for each in attackers if each.ended and each.ended - each.began <= span_s)
