"""A bad network on loopback: connections refused, cut after some bytes either way, answers lost, everything late."""

import asyncio
import random
from collections import Counter
from typing import Self

MISDEEDS = ("none", "none", "refused", "cut on the way", "cut on the way back", "answer lost", "late")


class ChaosProxy:
    """Stands before a server's port, one misdeed a connection, and counts them."""

    def __init__(self, target: int, seed: int) -> None:
        self.target = target
        self.port = 0
        self.done: Counter[str] = Counter()
        self._random = random.Random(seed)
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        misdeed = self._random.choice(MISDEEDS)
        self.done[misdeed] += 1
        try:
            if misdeed != "refused":
                await self._pass(misdeed, reader, writer)
        except (OSError, asyncio.CancelledError):
            self.done["ended"] += 1
        finally:
            writer.transport.abort()
            self._tasks.discard(task)

    async def _pass(self, misdeed: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Passes bytes on both ways until one side, or the misdeed, is at its end."""
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.target)
        size = self._random.randrange(1, 3000)
        to_come = {"cut on the way": size}.get(misdeed, -1)
        to_go = {"cut on the way back": size, "answer lost": 0}.get(misdeed, -1)
        delay_s = self._random.random() * 0.05 if misdeed == "late" else 0.0
        ways = {
            asyncio.create_task(_copy(reader, far_writer, to_come, delay_s)),
            asyncio.create_task(_copy(far_reader, writer, to_go, delay_s)),
        }
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            far_writer.transport.abort()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, most: int, delay_s: float) -> None:
    """Copies until the end, or until `most` bytes (none: -1) have gone; the byte after them ends it."""
    while part := await reader.read(4096):
        await asyncio.sleep(delay_s)
        if 0 <= most < len(part):
            writer.write(part[:most])
            await writer.drain()
            return
        most = most - len(part) if most >= 0 else most
        writer.write(part)
        await writer.drain()
