"""Claiming due reminders in batches of 200, beside the very statements it runs, run alone.

`python -m tests.bench.claims <share> <database>`.
"""

import asyncio
import contextlib
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import msgspec
import uvloop

from server.app import opened
from server.base.clock import milliseconds
from server.base.ids import uuid7
from server.base.settings import Settings
from server.cli.load.workloads import roster
from server.cli.speed import databases
from server.cli.speed.report import Found, Micro
from server.cli.speed.seed import add_people
from server.database import service as database
from server.reminders.claims import claim_due
from server.vault import service as vault

BATCH, BATCHES, PATIENTS = 200, 12, 100
GOAL = 0.6
NOW = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)

Statement = tuple[str, str, tuple[Any, ...]]  # fetch, execute or execute_many; the text; its values


async def claims(kind: str) -> Micro:
    """Microseconds a claimed delivery, the median of the batches."""
    with tempfile.TemporaryDirectory(prefix="interlude-bench-") as name:
        folder = Path(name)
        async with databases.database(kind, folder / "made") as url:
            await _fill(_settings(folder, url))
            async with _copy(url, folder, "told") as told, opened(_settings(folder, told)):
                batches = [await _recorded() for _ in range(BATCHES)]
            ours, limit = [], []
            async with (
                _copy(url, folder, "ours") as timed, opened(_settings(folder, timed)),
                _copy(url, folder, "alone") as alone, _replaying(alone) as replay,
            ):  # fmt: skip
                for batch in batches:  # in turn, so that both meet the same noise
                    ours.append(await _timed(_claim))
                    limit.append(await _timed(partial(replay, batch)))
    goal = GOAL if kind == "postgresql" else None
    return Micro("claim a due reminder, 200 at once", median(ours), "the same SQL alone", median(limit), goal)


def _settings(folder: Path, url: str) -> Settings:
    return Settings(folder, url, "http://localhost", rate_limits=False)


async def _fill(settings: Settings) -> None:
    await database.migrate(settings)
    async with opened(settings):
        people = [(each, await vault.make_key(each.id)) for each in roster(PATIENTS, 0)]
        await add_people(people, NOW)
        await _due([each.id for each, _ in people])


@database.transaction
async def _due(patients: list[str]) -> None:
    at = milliseconds(NOW - timedelta(minutes=1))
    rows = [
        (uuid7(), patients[number % len(patients)], "20:30", "1234567", "Europe/Berlin", True, "04:00", "2026-11-23",
         at + number, at)
        for number in range(BATCH * BATCHES)
    ]  # fmt: skip
    await database.execute_many(
        "INSERT INTO reminder (id, patient_id, local_time, weekdays, zone, skip_if_logged, day_starts_at, next_day,"
        " next_due_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        rows,
    )


@contextlib.asynccontextmanager
async def _copy(url: str, folder: Path, name: str) -> AsyncIterator[str]:
    """A database like the one at `url`."""
    if url.startswith("sqlite:///"):
        source = Path(url.removeprefix("sqlite:///"))
        shutil.copy(source, target := source.with_name(f"{name}.db"))
        yield f"sqlite:///{target}"
        return
    original = urlsplit(url).path[1:]
    await _administer(f"CREATE DATABASE {original}_{name[0]} TEMPLATE {original}")
    try:
        yield urlunsplit(urlsplit(url)._replace(path=f"/{original}_{name[0]}"))
    finally:
        await _administer(f"DROP DATABASE {original}_{name[0]} WITH (FORCE)")


async def _timed(work: Callable[[], Awaitable[None]]) -> float:
    """Microseconds a delivery."""
    began = perf_counter()
    await work()
    return (perf_counter() - began) * 1e6 / BATCH


async def _claim() -> None:
    claimed, _ = await claim_due(NOW, BATCH)
    assert len(claimed) == BATCH


async def _recorded() -> list[Statement]:
    """One batch's statements with their values."""
    told: list[Statement] = []
    with _overheard(told):
        await _claim()
    return told


@contextlib.contextmanager
def _overheard(told: list[Statement]) -> Iterator[None]:
    """Notes every statement that goes through the database's door meanwhile."""
    kept = {name: getattr(database, name) for name in ("fetch", "fetch_one", "execute", "execute_many")}

    def noting(name: str) -> Any:
        async def run(sql: str, *values: Any) -> Any:
            told.append((name, sql, values))
            return await kept[name](sql, *values)

        return run

    for name in kept:
        setattr(database, name, noting(name))
    try:
        yield
    finally:
        for name, original in kept.items():
            setattr(database, name, original)


@contextlib.asynccontextmanager
async def _replaying(url: str) -> AsyncIterator[Callable[[list[Statement]], Awaitable[None]]]:
    """What runs a batch's statements alone, in one transaction, on a connection of its own."""
    if url.startswith("sqlite:///"):
        with contextlib.closing(database.connect_sqlite(Path(url.removeprefix("sqlite:///")))) as file:
            yield partial(_on_sqlite, file)
        return
    connection = await asyncpg.connect(url)
    try:
        yield partial(_on_postgres, connection)
    finally:
        await connection.close()


async def _on_sqlite(connection: Any, batch: list[Statement]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for name, sql, values in batch:
        if name == "execute_many":
            connection.executemany(sql, *values)
        else:
            connection.execute(sql, values).fetchall()
    connection.execute("COMMIT")


async def _on_postgres(connection: asyncpg.Connection, batch: list[Statement]) -> None:
    async with connection.transaction():
        for name, sql, values in batch:
            text = database.postgres_text(sql)
            await (connection.executemany(text, *values) if name == "execute_many" else connection.fetch(text, *values))


async def _administer(statement: str) -> None:
    connection = await asyncpg.connect(databases.postgres_url())
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        sys.stdout.buffer.write(msgspec.json.encode(Found([runner.run(claims(sys.argv[2]))])))
