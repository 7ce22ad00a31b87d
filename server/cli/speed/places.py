"""One side of a run before and after it is asked: its database, seeded; its process; whether every row is there."""

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import sleep
from typing import Any

import msgspec

from server.base.settings import Settings
from server.cli.floor.serve import store_of
from server.cli.load.processes import CORES, ROOT, Measured, free_port, rss_bytes
from server.cli.load.workloads import Patient, Side
from server.cli.speed import databases
from server.cli.speed.lines import of_sort
from server.cli.speed.report import Report, Start
from server.cli.speed.seed import Unlike, seed_floor, seed_server
from server.database import service as database

TABLES = {"server": ("record", "record_change"), "floor": ("entry", "change"), "plain": ("entry", "change")}
_MODULES = {"floor": "server.cli.floor.serve", "plain": "tests.bench.plain"}
_IDLE_S = 1.0


@dataclass(frozen=True)
class Place:
    """One side before it runs. `sort` is "server", "floor" or "plain"; `cores`: where it may run, `under` what."""

    name: str
    sort: str
    url: str
    folder: Path
    workers: int = 1
    cores: Sequence[int] = tuple(CORES[:1])
    under: Sequence[str] = ()
    port: int = field(default_factory=free_port)

    def process(self) -> Measured:
        """Its process, not yet started."""
        environment = {key: value for key, value in os.environ.items() if not key.startswith("INTERLUDE_")}
        if self.sort != "server":
            command = [sys.executable, "-m", _MODULES[self.sort], str(self.port), self.url]
            return Measured(command, self.port, environment, self.folder / "log", self.cores)
        environment |= {
            "INTERLUDE_DATA_DIR": str(self.folder), "INTERLUDE_DATABASE_URL": self.url,
            "INTERLUDE_PORT": str(self.port), "INTERLUDE_RATE_LIMITS": "off", "INTERLUDE_WORKERS": str(self.workers),
        }  # fmt: skip
        command = [*self.under, sys.executable, "-m", "server", "serve"]
        return Measured(command, self.port, environment, self.folder / "log", self.cores)

    def side(self, process: Measured, cluster: int | None, patients: Sequence[Patient]) -> Side:
        """It as load meets it."""
        pids = (process.pid, cluster) if cluster else (process.pid,)
        return Side(self.name, self.port, pids, {patient.id: patient.entries for patient in patients})


@contextlib.asynccontextmanager
async def place(kind: str, within: Path, name: str, sort: str = "", **more: Any) -> AsyncIterator[Place]:
    """A side with a new, empty database of `kind`, gone afterwards."""
    sort = sort or name
    folder = within / name.replace(" ", "-").replace(",", "")
    async with databases.database(kind, folder) as url:
        folder.mkdir(exist_ok=True)
        yield Place(name, sort, url, folder, **more)


async def seed(place: Place, patients: Sequence[Patient], mixed: bool = False) -> None:
    """Fills the place's database with the check-ins of `patients`; `mixed` as seed_server has it. Raises Unlike."""
    if place.sort == "server":
        settings = Settings(place.folder, place.url, "http://localhost", port=place.port, rate_limits=False)
        await database.migrate(settings)
        await seed_server(settings, patients, mixed)
    elif place.sort == "floor":
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
def running(places: Sequence[Place], starts: list[Start] | None = None) -> Iterator[list[Measured]]:
    """Every side as a process. With `starts` each is started twice, so that its own caches are there, and noted."""
    with contextlib.ExitStack() as stack:
        processes = [place.process() for place in places]
        for place, process in zip(places, processes, strict=True):
            first_s = _first_start(process) if starts is not None else 0.0
            stack.enter_context(process)
            if starts is not None:
                sleep(_IDLE_S)
                starts.append(Start(place.name, first_s, process.started_in_s, rss_bytes([process.pid]) / 1e6))
        yield processes


def _first_start(process: Measured) -> float:
    with process:
        return process.started_in_s


async def count(side: Side, place: Place, patients: Sequence[Patient], report: Report) -> None:
    """Notes what the side acknowledged, and whether its database holds exactly that and what was seeded."""
    seeded = sum(each.entries for each in (patients if place.sort == "server" else of_sort(patients, old=False)))
    wanted = seeded + side.acknowledged
    found = await databases.counts(place.url, TABLES[place.sort])
    report.acknowledged[side.name] = side.acknowledged
    report.size_mb[side.name] = await databases.size_bytes(place.url) / 1e6
    for table, rows in found.items():
        if rows != wanted:
            report.faults.append(f"{side.name}: {rows} rows in {table}, {wanted} were seeded and acknowledged")
