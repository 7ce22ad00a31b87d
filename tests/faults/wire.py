"""HTTP/1.1 by hand over one connection: cheap enough for hundreds of clients, and every byte is ours to withhold."""

import asyncio
import json
import socket
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import Any, Self

PATIENCE_S = 15.0


class Lost(Exception):
    """The connection ended, or nothing came in time: whether the request was taken in is not known."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Wire:
    """One client: a keep-alive connection, opened anew when it is gone, and the cookie it was given."""

    def __init__(self, port: int, host: str = "127.0.0.1") -> None:
        self.host, self.port = host, port
        self.cookie = ""
        self.times_opened = 0
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, tree: Any = None, patience_s: float = PATIENCE_S) -> Answer:
        """The answer to a request with `tree` as its JSON body. Raises Lost; it is never sent twice here."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.host}:{self.port}"]
        body = b"" if tree is None else json.dumps(tree).encode()
        if tree is not None:
            lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
        if self.cookie:
            lines.append(f"Cookie: {self.cookie}")
        return await self.send("\r\n".join([*lines, "", ""]).encode() + body, patience_s)

    async def send(self, raw: bytes, patience_s: float = PATIENCE_S) -> Answer:
        """The answer to these very bytes. Raises Lost."""
        try:
            async with asyncio.timeout(patience_s):
                answer = await self._exchange(raw)
        except (OSError, EOFError, TimeoutError, ValueError) as error:
            self.close()
            raise Lost(type(error).__name__) from error
        if kept := answer.headers.get("set-cookie"):
            self.cookie = kept.partition(";")[0]
        if answer.headers.get("connection", "").lower() == "close":
            self.close()
        return answer

    @property
    def is_open(self) -> bool:
        """Whether the connection stands, as far as can be seen from here."""
        return self._streams is not None and not self._streams[0].at_eof()

    def close(self) -> None:
        """Ends the connection at once."""
        if self._streams:
            self._streams[1].transport.abort()
            self._streams = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self.close()

    async def _exchange(self, raw: bytes) -> Answer:
        if self._streams is None or not self.is_open:
            self.close()
            self._streams = await asyncio.open_connection(self.host, self.port, limit=2**20)
            self.times_opened += 1
        reader, writer = self._streams
        writer.write(raw)
        return await read_answer(reader)


async def read_answer(reader: asyncio.StreamReader) -> Answer:
    """The next answer. Raises EOFError where the stream ends before, ValueError where it is none."""
    status = 100
    while status < 200:  # an interim answer is followed by the real one
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        version, _, rest = head[0].partition(" ")
        if not version.startswith("HTTP/1."):
            raise ValueError(head[0])
        status = int(rest[:3])
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
    size = 0 if status in (204, 304) else int(headers.get("content-length", 0))
    return Answer(status, headers, await reader.readexactly(size))


async def read_slowly(port: int, path: str, size_of_body: int, pace: int, pause_s: float) -> int:
    """Bytes that came, all in all, for a reader that takes `pace` of them thirty times, with pauses, then the rest."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 32 * 1024)  # so that what was not taken is not sent
    connection.setblocking(False)
    loop, size = asyncio.get_running_loop(), 0
    await loop.sock_connect(connection, ("127.0.0.1", port))
    await loop.sock_sendall(connection, f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    for _ in range(30):
        size += len(await loop.sock_recv(connection, pace)) if pace else 0
        await asyncio.sleep(pause_s)
    with closing(connection), suppress(ConnectionError):
        async with asyncio.timeout(4):
            while size <= size_of_body and (part := await loop.sock_recv(connection, 2**16)):
                size += len(part)
    return size
