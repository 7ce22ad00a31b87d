"""The server with one protection taken out: `python -m tests.faults.mutants <name>`. Each must fail its check."""

import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from server.base.errors import Problem
from server.cli import serve
from server.database import asyncpg_engine, sqlite_connection, sqlite_engine
from server.database import service as database
from server.records import service as records
from server.records.changes import Result
from server.reminders import claims


def no_deadline() -> None:
    """Connections wait for good, as uvicorn's own do."""
    serve.Deadlines = HttpToolsProtocol  # type: ignore[attr-defined]


def synchronous_normal() -> None:
    """SQLite acknowledges a commit that is not on disk yet."""
    sqlite_connection.PRAGMAS["synchronous"] = 1


def acknowledge_on_exception() -> None:
    """A sync that failed is answered as if it had been stored."""
    push_changes = records.push_changes

    async def careless(patient_id: str, day_starts_at: Any, sync: Any, batch: Any, now: Any) -> Any:
        try:
            return await push_changes(patient_id, day_starts_at, sync, batch, now)
        except Problem:
            results = [Result(each.id, "stored") for each in batch]
            return records.SyncAnswer(results, [], sync.since, False, "")  # type: ignore[attr-defined]

    records.push_changes = careless


def acknowledge_before_commit() -> None:
    """SQLite's writer tells whoever waits before the commit that they share."""
    run = sqlite_engine._Job.run

    def early(job: Any, connection: Any) -> None:
        run(job, connection)
        sqlite_engine._settle([job])
        time.sleep(0.01)

    sqlite_engine._Job.run = early  # type: ignore[method-assign]


def no_retry() -> None:
    """A verb whose connection was cut is given up at once."""
    asyncpg_engine._TRIES = 1


def no_claim() -> None:
    """What one process has in hand is there to be taken by any other."""
    database.skip_locked = lambda: ""
    claims.LEASE = timedelta(0)


MUTANTS: dict[str, Callable[[], None]] = {
    mutant.__name__.replace("_", "-"): mutant
    for mutant in (
        no_deadline, synchronous_normal, acknowledge_on_exception, acknowledge_before_commit, no_retry, no_claim,
    )
}  # fmt: skip


def main(mutant: str = "") -> int:
    """Serves, without what the mutant takes out."""
    if mutant:
        MUTANTS[mutant]()
    return serve.main([])


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
