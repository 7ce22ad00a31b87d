"""One push, whole: encrypted, signed, sent over TLS, answered: `python -m tests.bench.push <share> <database>`.

pywebpush does the same beside it where it is installed; it is no dependency of ours.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import httpx
import msgspec
import uvloop

from server.base.clock import system_clock
from server.base.ids import uuid7
from server.cli.load.processes import CORES, use_cores
from server.cli.speed.report import Errand, Found
from server.push.encryption import Vapid, base64url, key_of, new_key, point_of
from server.push.rules import hosts_of
from server.push.sender import CONNECTIONS, Message, Sender, Target
from server.reminders.rules import payload_of, topic_of
from tests.bench.service import Running, running

MESSAGES, ROUNDS, AT_ONCE = 1500, 3, 100
_TTL_S, _SUBJECT = 7200, "mailto:bench@example.org"
_ABSENT = "pywebpush is not installed, so there is no figure of it"

Send = Callable[[int], Awaitable[bool]]  # given which message, answers whether it was taken


async def pushed(count: int, rounds: int) -> Found:
    """So many messages a round, by our sender and by pywebpush in turn."""
    found = Found()
    with tempfile.TemporaryDirectory(prefix="interlude-bench-") as name, running(Path(name)) as service:
        ours = _Ours(service)
        ways: list[tuple[str, Send, float | None]] = [("a push, whole", ours.send, 1.2)]
        theirs = _Theirs(service) if find_spec("pywebpush") else None
        if theirs:
            ways.append(("a push by pywebpush", theirs.send, None))
        else:
            found.notes.append(_ABSENT)
        measured: list[list[tuple[float, float]]] = [[] for _ in ways]
        for _ in range(rounds):
            for (_, send, _), kept in zip(ways, measured, strict=True):
                kept.append(await _round(send, count))
        await ours.close()
        if theirs:
            await theirs.close()
        if (came := (await service.received())[0]) != count * rounds * len(ways):
            found.faults.append(f"push: {count * rounds * len(ways)} were sent, {came} came")
    for (way, _, goal), rows in zip(ways, measured, strict=True):
        cpu_ms, rates = zip(*rows, strict=True)
        found.errands.append(Errand.of(way, count * rounds, cpu_ms, rates, goal))
    return found


async def _round(send: Send, count: int) -> tuple[float, float]:
    """Milliseconds of CPU that each message took, and how many went out a second."""
    cpu, began = time.process_time(), time.perf_counter()
    for start in range(0, count, AT_ONCE):
        taken = await asyncio.gather(*(send(number) for number in range(start, min(count, start + AT_ONCE))))
        assert all(taken)
    return (time.process_time() - cpu) * 1000 / count, count / (time.perf_counter() - began)


def _payload() -> bytes:
    return payload_of(uuid7(), None)


class _Ours:
    """Our sender, as a dispatch uses it."""

    def __init__(self, service: Running) -> None:
        tls = httpx.create_ssl_context(verify=str(service.trusted))
        self._sender = Sender(Vapid(key_of(new_key()), _SUBJECT), hosts_of([service.place]), system_clock, tls)
        place, point = f"https://{service.place}/send/", point_of(key_of(new_key()))
        self._targets = [Target(uuid7(), place + uuid7(), point, os.urandom(16)) for _ in range(AT_ONCE)]
        self.close = self._sender.close

    async def send(self, number: int) -> bool:
        message = Message(_payload(), _TTL_S, topic_of(uuid7(), "2026-11-23", "daily"))
        return (await self._sender.send(self._targets[number % AT_ONCE], message)).outcome == "accepted"


class _Theirs:
    """pywebpush at its quickest: one session, as many connections as we have, one signed token for all."""

    def __init__(self, service: Running) -> None:
        self._library: Any = import_module("pywebpush")
        aiohttp: Any = import_module("aiohttp")
        tls = httpx.create_ssl_context(verify=str(service.trusted))
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=CONNECTIONS, ssl=tls))
        place = f"https://{service.place}"
        keys = {"p256dh": base64url(point_of(key_of(new_key()))), "auth": base64url(os.urandom(16))}
        self._targets = [{"endpoint": f"{place}/send/{uuid7()}", "keys": keys} for _ in range(AT_ONCE)]
        vapid = Vapid(key_of(new_key()), _SUBJECT)
        self._headers = {"Authorization": vapid.authorization(place, int(time.time())), "Urgency": "normal"}
        self.close = self._session.close

    async def send(self, number: int) -> bool:
        pusher = self._library.WebPusher(self._targets[number % AT_ONCE], aiohttp_session=self._session)
        headers = self._headers | {"Topic": topic_of(uuid7(), "2026-11-23", "daily")}
        status: int = (await pusher.send_async(_payload(), headers, _TTL_S)).status
        return status == 201


def main(share: float) -> None:
    """Prints what was found as JSON. `share`: of the messages of a full run."""
    use_cores(CORES[:1])
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        found = runner.run(pushed(max(AT_ONCE, int(MESSAGES * share)), ROUNDS))
    sys.stdout.buffer.write(msgspec.json.encode(found))


if __name__ == "__main__":
    main(float(sys.argv[1]))
