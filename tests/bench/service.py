"""A push service on loopback, over TLS, that takes every message: `python -m tests.bench.service <folder>`.

It makes a certificate for `localhost` in that folder, prints its port, and answers `GET` with how many messages came
and how many topics they had, in that order.
"""

import asyncio
import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import uvloop

from server.cli.load.processes import ROOT, pin_client
from tests.api.push_service import CREATED, certificate

HOST = "localhost"
_BLANK, _LENGTH, _TOPIC = b"\r\n\r\n", b"content-length: ", b"topic: "


class Running(NamedTuple):
    """A push service in a process of its own, and the file of the only certificate it can be known by."""

    port: int
    trusted: Path

    @property
    def place(self) -> str:
        """Its host and port."""
        return f"{HOST}:{self.port}"

    async def received(self) -> tuple[int, int]:
        """How many messages came, and how many topics they had."""
        tls = httpx.create_ssl_context(verify=str(self.trusted))
        async with httpx.AsyncClient(verify=tls) as client:
            messages, topics = (await client.get(f"https://{self.place}/")).text.split()
        return int(messages), int(topics)


@contextlib.contextmanager
def running(folder: Path) -> Iterator[Running]:
    """A push service whose certificate this process trusts, until the end of the block."""
    command = [sys.executable, "-m", "tests.bench.service", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            service = Running(int(process.stdout.readline()), folder / "certificate.pem")
            os.environ["SSL_CERT_FILE"] = str(service.trusted)
            yield service
        finally:
            process.terminate()


class _Connection(asyncio.Protocol):
    """One connection; requests come one after the other, as a sender with few connections sends them."""

    topics: set[bytes] = set()
    messages = 0

    def __init__(self) -> None:
        self._held = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport

    def data_received(self, data: bytes) -> None:
        self._held += data
        head, blank, rest = self._held.partition(_BLANK)
        if not blank:
            return
        if head.startswith(b"GET"):
            text = b"%d %d" % (_Connection.messages, len(self.topics))
            self._transport.write(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%b" % (len(text), text))
            self._held = b""
            return
        head = head.lower()
        if len(rest) >= int(_after(head, _LENGTH)):
            _Connection.messages += 1
            self.topics.add(_after(head, _TOPIC))
            self._held = b""
            self._transport.write(CREATED)


def _after(head: bytes, name: bytes) -> bytes:
    return head.partition(name)[2].partition(b"\r\n")[0]


async def _serve(folder: Path) -> None:
    for_server, _ = certificate(folder, HOST)
    server = await asyncio.get_running_loop().create_server(_Connection, HOST, 0, ssl=for_server)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    pin_client()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(Path(sys.argv[1])))
