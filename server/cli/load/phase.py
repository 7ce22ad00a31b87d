"""Running a workload on one side: connections that each ask as fast as they are answered, for a bounded time."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter, process_time

import msgspec

from server.cli.load.client import Broken, Connection
from server.cli.load.processes import cpu_s, rss_bytes
from server.cli.load.workloads import Ask, Lane, Side, Wrong

_TRAILING_S = 0.05  # for what a server does just after its last answer
_ENOUGH_FAULTS = 20
_VISITING_S = 240.0
_APART_S = 0.003  # between two arrivals


class Phase(msgspec.Struct):
    """One workload on one side for one round. Times in seconds, latencies one a request, in no order.

    `cpu_s` is the side's, `database_s` what a database beside its server had of that, `asking_s` what asking took here.
    """

    requests: int
    wall_s: float
    cpu_s: float
    latencies_s: list[float]
    sent_bytes: int
    received_bytes: int
    rss_bytes: int
    faults: list[str]
    asking_s: float = 0.0
    database_s: float = 0.0


@dataclass(frozen=True)
class Bounds:
    """How long a phase may take, and how many requests at most."""

    seconds: float
    requests: int
    warm_up_s: float = 0.2


@dataclass
class _Tally:
    """What a phase has seen so far."""

    until: float
    left: int
    latencies_s: list[float] = field(default_factory=list)
    sent: int = 0
    received: int = 0
    faults: list[str] = field(default_factory=list)

    def goes_on(self) -> bool:
        """Whether another request may be begun; takes its turn."""
        self.left -= 1
        return self.left >= 0 and perf_counter() < self.until and len(self.faults) < _ENOUGH_FAULTS


async def run(lanes: list[Lane], ask: Callable[[Lane], Ask], bounds: Bounds) -> Phase:
    """One phase over `lanes`, all of one side: warmed up, then measured. Every answer is checked.

    Connections come one by one while those before are busy, as people do: of several processes the idler takes each.
    """
    side = lanes[0].side
    warm = _Tally(perf_counter() + bounds.warm_up_s + _APART_S * len(lanes), bounds.requests)
    connections, warming = [], []
    for lane in lanes:
        connections.append(await Connection.open(side.port))
        warming.append(asyncio.create_task(_lane(lane, connections[-1], ask, warm)))
        await asyncio.sleep(_APART_S)
    await asyncio.gather(*warming)
    before, asking_before, began = _cpu_of(side), process_time(), perf_counter()
    tally = _Tally(began + bounds.seconds, bounds.requests)
    await _all(lanes, connections, ask, tally)
    wall, asking = perf_counter() - began, process_time() - asking_before
    await asyncio.sleep(_TRAILING_S)
    server, beside = (after - so_far for after, so_far in zip(_cpu_of(side), before, strict=True))
    for connection in connections:
        connection.close()
    return Phase(
        len(tally.latencies_s), wall, server + beside, tally.latencies_s, tally.sent, tally.received,
        rss_bytes(side.pids[:1]), warm.faults + tally.faults, asking, beside,
    )  # fmt: skip


async def store_batches(lanes: list[Lane], count: int, each: int) -> list[str]:
    """Stores `each` batches of `count` check-ins on every lane, to be sent again; answers what went wrong."""
    faults: list[str] = []
    connections = [await Connection.open(lanes[0].side.port) for _ in lanes]
    for lane, connection in zip(lanes, connections, strict=True):
        for _ in range(each):
            tally = _Tally(perf_counter() + 10, 1)
            await _lane(lane, connection, lambda lane: lane.write(count, keep=True), tally)
            faults += tally.faults
        connection.close()
    return faults


async def visit(lanes: list[Lane]) -> list[str]:
    """Every patient comes once, so that their keys are at hand as on any later day; answers what went wrong."""
    connections = [await Connection.open(lanes[0].side.port) for _ in lanes]
    tallies = [_Tally(perf_counter() + _VISITING_S, len(lane.patients)) for lane in lanes]
    visits = zip(lanes, connections, tallies, strict=True)
    await asyncio.gather(*(_lane(lane, connection, Lane.latest, tally) for lane, connection, tally in visits))
    for connection in connections:
        connection.close()
    return [fault for tally in tallies for fault in tally.faults]


def _cpu_of(side: Side) -> tuple[float, float]:
    """Seconds of CPU that its server used so far, and the database beside it."""
    return cpu_s(side.pids[:1]), cpu_s(side.pids[1:])


async def _all(lanes: list[Lane], connections: list[Connection], ask: Callable[[Lane], Ask], tally: _Tally) -> None:
    pairs = zip(lanes, connections, strict=True)
    await asyncio.gather(*(_lane(lane, connection, ask, tally) for lane, connection in pairs))


async def _lane(lane: Lane, connection: Connection, ask: Callable[[Lane], Ask], tally: _Tally) -> None:
    while tally.goes_on():
        request, settle = ask(lane)
        began = perf_counter()
        try:
            status, body = await connection.ask(request)
            tally.latencies_s.append(perf_counter() - began)
            settle(status, body)
        except (Broken, Wrong, msgspec.ValidationError, msgspec.DecodeError) as error:
            tally.faults.append(f"{type(error).__name__}: {error}")
            if isinstance(error, Broken):
                return
        tally.sent += len(request)
        tally.received += len(body)
