"""A run: databases seeded alike, servers measured in turn, every answer checked, rows counted at the end."""

import asyncio
import contextlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

import msgspec

from server.base.settings import Settings
from server.cli.floor.serve import store_of
from server.cli.load.phase import Bounds, Phase, run, store_batches
from server.cli.load.processes import ROOT, Measured, free_port, pin_client, rss_bytes
from server.cli.load.workloads import BATCH, DAYS, Patient, Side, roster
from server.cli.speed import databases
from server.cli.speed.figures import Figures, Line, figures_of
from server.cli.speed.lines import TEN_YEARS, Spec, lanes_of, of_sort
from server.cli.speed.report import Report, Start, machine
from server.cli.speed.seed import Unlike, seed_floor, seed_server
from server.database import service as database

Say = Callable[[str], None]

_OLD = 2  # patients with ten years
_RESENT = 4  # batches a connection
_IDLE_S = 1.0
TABLES = {"server": ("record", "record_change"), "floor": ("entry", "change"), "plain": ("entry", "change")}


@dataclass(frozen=True)
class Plan:
    """What to measure, on what, for how long."""

    kind: str
    specs: Sequence[Spec]
    patients: int
    rounds: int
    bounds: Bounds
    compare: bool


@dataclass(frozen=True)
class _Place:
    """One side before it runs: its database, its command, its folder."""

    name: str
    url: str
    command: list[str]
    environment: dict[str, str]
    folder: Path
    port: int


async def measure(plan: Plan, say: Say) -> Report:
    """Runs the plan. Raises NotReady, NoDatabase, Unlike."""
    names = ["server", "floor", *(["plain"] if plan.compare else [])]
    patients = roster(plan.patients, DAYS)
    if any(spec.old for spec in plan.specs):
        patients += roster(_OLD, TEN_YEARS)
    async with contextlib.AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="interlude-bench-")))
        places = []
        for name in names:
            url = await stack.enter_async_context(databases.database(plan.kind, folder / name))
            places.append(_place(name, url, folder / name))
        for place in places:
            began = perf_counter()
            await _seed(place, patients)
            say(f"seeded {place.name} in {perf_counter() - began:.1f} s")
        cluster = await databases.cluster_pid(places[0].url) if plan.kind == "postgresql" else None
        report = Report(plan.kind, await machine(places[0].url), pin_client(), plan.patients, DAYS)
        if plan.kind == "postgresql" and cluster is None:
            report.faults.append("PostgreSQL runs on another machine: its CPU is not counted")
        with _running(places, report) as servers:
            sides = [_side(place, servers[place.name], cluster, patients) for place in places]
            for spec in plan.specs:
                report.lines.append(await _line(spec, plan, sides, patients, report))
                say(report.lines[-1].name)
        for side, place in zip(sides, places, strict=True):
            await _count(side, place, patients, report)
    return report


def _place(name: str, url: str, folder: Path) -> _Place:
    folder.mkdir(exist_ok=True)
    port, clean = free_port(), {key: value for key, value in os.environ.items() if not key.startswith("INTERLUDE_")}
    if name != "server":
        module = "server.cli.floor.serve" if name == "floor" else "tests.bench.plain"
        return _Place(name, url, [sys.executable, "-m", module, str(port), url], clean, folder, port)
    environment = clean | {
        "INTERLUDE_DATA_DIR": str(folder), "INTERLUDE_DATABASE_URL": url, "INTERLUDE_PORT": str(port),
        "INTERLUDE_RATE_LIMITS": "off",
    }  # fmt: skip
    return _Place(name, url, [sys.executable, "-m", "server", "serve"], environment, folder, port)


async def _seed(place: _Place, patients: Sequence[Patient]) -> None:
    if place.name == "server":
        settings = Settings(place.folder, place.url, "http://localhost", port=place.port, rate_limits=False)
        await database.migrate(settings)
        await seed_server(settings, patients)
    elif place.name == "floor":
        store = await store_of(place.url)
        await seed_floor(store.seed, of_sort(patients, old=False))
        await store.close()
    else:
        await seed_floor(partial(_fill_plain, place.url), of_sort(patients, old=False))
    await databases.settle(place.url)


async def _fill_plain(url: str, *told: Sequence[Any]) -> None:
    """Fills the plain server's database through its own models, in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.plain_seed", url]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdin=asyncio.subprocess.PIPE)
    await process.communicate(msgspec.msgpack.encode(told))
    if process.returncode:
        raise Unlike("the plain server could not be seeded")


@contextlib.contextmanager
def _running(places: Sequence[_Place], report: Report) -> Iterator[dict[str, Measured]]:
    """Every side as a process, started a second time so that its own caches are there; notes start and memory."""
    with contextlib.ExitStack() as stack:
        servers = {}
        for place in places:
            server = Measured(place.command, place.port, place.environment, place.folder / "log")
            with server:
                first = server.started_in_s
            servers[place.name] = stack.enter_context(server)
            sleep(_IDLE_S)
            report.starts.append(Start(place.name, first, server.started_in_s, rss_bytes([server.pid]) / 1e6))
        yield servers


def _side(place: _Place, server: Measured, cluster: int | None, patients: Sequence[Patient]) -> Side:
    pids = (server.pid, cluster) if cluster else (server.pid,)
    return Side(place.name, place.port, pids, {patient.id: patient.entries for patient in patients})


async def _line(spec: Spec, plan: Plan, sides: list[Side], patients: Sequence[Patient], report: Report) -> Line:
    """One line: the sides in turn, round by round."""
    rivals = [(side, spec.old) for side in (sides if spec.rival == "floor" else sides[:1])]
    if spec.rival == "young":
        rivals.append((sides[0], False))
    phases: list[list[Phase]] = [[] for _ in rivals]
    for number in range(plan.rounds):
        for (side, old), kept in zip(rivals, phases, strict=True):
            lanes = lanes_of(spec, side, of_sort(patients, old)[: _OLD if spec.rival == "young" else None], number)
            if spec.keeps:
                report.faults += await store_batches(lanes, BATCH, _RESENT)
            kept.append(await run(lanes, spec.ask, plan.bounds))
            faults = kept[-1].faults or ([] if kept[-1].requests else ["nothing was answered"])
            report.faults += [f"{side.name}, {spec.name}: {fault}" for fault in faults]
    return Line(spec.name, spec.connections, [_figures(*each) for each in zip(rivals, phases, strict=True)])


def _figures(rival: tuple[Side, bool], phases: list[Phase]) -> Figures:
    side, old = rival
    return figures_of(f"{side.name}, 10 years" if old else side.name, phases)


async def _count(side: Side, place: _Place, patients: Sequence[Patient], report: Report) -> None:
    """Whether the database holds exactly what was seeded and acknowledged."""
    seeded = sum(each.entries for each in (patients if side.name == "server" else of_sort(patients, old=False)))
    wanted = seeded + side.acknowledged
    found = await databases.counts(place.url, TABLES[side.name])
    report.acknowledged[side.name] = side.acknowledged
    report.size_mb[side.name] = await databases.size_bytes(place.url) / 1e6
    for table, count in found.items():
        if count != wanted:
            report.faults.append(f"{side.name}: {count} rows in {table}, {wanted} were seeded and acknowledged")


def has_plain() -> bool:
    """Whether the plain server to compare with is here: it comes with a checkout, not with the package."""
    return (ROOT / "tests" / "bench" / "plain.py").exists()
