"""Throw-away databases: a file in a folder of the run, or one more on a PostgreSQL; and counting in them."""

import contextlib
import os
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pysqlite3 as sqlite3

from server.base.ids import new_secret
from server.cli.load.processes import name_of, parent_of


class NoDatabase(Exception):
    """There is no PostgreSQL to measure on."""


def postgres_url(environment: Mapping[str, str] = os.environ) -> str:
    """The PostgreSQL that the environment names. Raises NoDatabase."""
    for name in ("INTERLUDE_DATABASE_URL", "INTERLUDE_TEST_DATABASE_URL"):
        if (url := environment.get(name, "")).startswith("postgresql://"):
            return url
    raise NoDatabase("name a PostgreSQL in INTERLUDE_DATABASE_URL or INTERLUDE_TEST_DATABASE_URL")


def any_url(kind: str) -> str:
    """A database of `kind` that can be asked what it is. Raises NoDatabase."""
    return "sqlite:///:memory:" if kind == "sqlite" else postgres_url()


@contextlib.asynccontextmanager
async def database(kind: str, folder: Path) -> AsyncIterator[str]:
    """The URL of a new, empty database of `kind`, gone afterwards; a file lies in `folder`."""
    if kind == "sqlite":
        path = folder / "database" / "interlude.db"
        path.parent.mkdir(parents=True, mode=0o700)
        yield f"sqlite:///{path}"
        return
    name = "interlude_bench_" + "".join(filter(str.isalnum, new_secret().lower()))
    await _administer(f"CREATE DATABASE {name}")
    try:
        yield urlunsplit(urlsplit(postgres_url())._replace(path=f"/{name}"))
    finally:
        await _administer(f"DROP DATABASE {name} WITH (FORCE)")


async def cluster_pid(url: str) -> int | None:
    """The first process of the PostgreSQL at `url`; None where it runs on another machine."""
    connection = await asyncpg.connect(url)
    try:
        backend = await connection.fetchval("SELECT pg_backend_pid()")
        parent = parent_of(backend) if name_of(backend) == "postgres" else None
    finally:
        await connection.close()
    return parent if parent and name_of(parent) == "postgres" else None


async def counts(url: str, tables: tuple[str, ...]) -> dict[str, int]:
    """How many rows each of `tables` holds."""
    return {table: int(await look(url, f"SELECT count(*) FROM {table}")) for table in tables}


async def size_bytes(url: str) -> int:
    """How large the database is on disk, its log left out."""
    if url.startswith("sqlite:///"):
        return os.stat(url.removeprefix("sqlite:///")).st_size
    return int(await look(url, "SELECT pg_database_size(current_database())"))


async def look(url: str, sql: str) -> Any:
    """The first value that a statement answers."""
    if url.startswith("sqlite:///"):
        with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as opened:
            return opened.execute(sql).fetchone()[0]
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()


async def settle(url: str) -> None:
    """Leaves nothing to be done later that seeding caused: statistics, a checkpoint."""
    if not url.startswith("sqlite:///"):
        connection = await asyncpg.connect(url)
        try:
            await connection.execute("VACUUM ANALYZE")
            await connection.execute("CHECKPOINT")
        finally:
            await connection.close()


async def _administer(statement: str) -> None:
    connection = await asyncpg.connect(postgres_url())
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
