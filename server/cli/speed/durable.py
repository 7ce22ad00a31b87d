"""How often the disk is made to keep what was written, for each batch of changes that is acknowledged."""

import shutil
from pathlib import Path

from server.cli.load.phase import Bounds, run
from server.cli.load.workloads import BATCH, DAYS, roster
from server.cli.speed.databases import look
from server.cli.speed.lines import lanes_over
from server.cli.speed.places import Place, count, place, running, seed
from server.cli.speed.report import Report

NAME = "durable"
_BOUNDS = Bounds(1.0, 300, 0.0)
_PATIENTS = 16
_WATCH = ("strace", "-D", "-f", "-y", "-e", "trace=fsync,fdatasync", "-o")


async def synced(kind: str, folder: Path, report: Report) -> None:
    """Sends batches one after the other and notes the syncs of each; those of a start and a stop are among them."""
    if kind == "sqlite" and not shutil.which(_WATCH[0]):
        report.notes.append("strace is not installed, so there is no figure of fsyncs")
        return
    patients, calls = roster(_PATIENTS, DAYS), folder / "syncs"
    calls.touch()
    under = (*_WATCH, str(calls)) if kind == "sqlite" else ()
    async with place(kind, folder, NAME, "server", under=under) as here:
        await seed(here, patients)
        before = await _syncs(here, calls)
        with running([here]) as (process,):
            side = here.side(process, None, patients)
            report.blame(NAME, await run(lanes_over(side, patients, 1, 0), lambda lane: lane.write(BATCH), _BOUNDS))
        await count(side, here, patients, report)
        report.syncs = (await _syncs(here, calls) - before) * BATCH / max(1, side.acknowledged)


async def _syncs(here: Place, calls: Path) -> int:
    """How often the database was synced so far; PostgreSQL's processes say so when they end."""
    if here.url.startswith("postgresql"):
        return int(await look(here.url, "SELECT coalesce(sum(fsyncs), 0) FROM pg_stat_io WHERE object = 'wal'"))
    return syncs_in(calls)


def syncs_in(calls: Path) -> int:
    """How many syncs of the database's files a log of system calls holds."""
    return sum("sync(" in line and "/interlude.db" in line for line in calls.read_text("utf-8").splitlines())
