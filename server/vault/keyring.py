"""The keyring: every person's wrapped data keys, in a SQLite file or a PostgreSQL schema apart from the data.

Reads never suspend on SQLite, so that a verb may look up a key inside its transaction; a data key is on disk before
anything is sealed under it.
"""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from server.database import service as database

_SCHEMA = """
CREATE TABLE IF NOT EXISTS {prefix}data_key (
    account_id {id} NOT NULL, version INTEGER NOT NULL, master TEXT NOT NULL, wrapped {bytes} NOT NULL,
    PRIMARY KEY (account_id, version));
CREATE TABLE IF NOT EXISTS {prefix}master_check (master TEXT NOT NULL PRIMARY KEY, value {bytes} NOT NULL)
"""

Row = tuple[Any, ...]


class Keyring(Protocol):
    """Where wrapped keys are kept. `?1` placeholders; `{keys}` and `{checks}` stand for the two tables."""

    async def look(self, sql: str, *values: Any) -> list[Row]: ...

    async def act(self, sql: str, *values: Any) -> None: ...

    async def close(self) -> None: ...


class SqliteKeyring:
    """One small file in a folder of its own."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._connection = database.connect_sqlite(path)
        path.chmod(0o600)
        self._turn = threading.Lock()
        for statement in _SCHEMA.format(prefix="", id="TEXT", bytes="BLOB").split(";"):
            self._connection.execute(statement)

    async def look(self, sql: str, *values: Any) -> list[Row]:
        with self._turn, database.as_problems():
            rows: list[Row] = self._connection.execute(_named(sql, ""), values).fetchall()
        return [tuple(row) for row in rows]

    async def act(self, sql: str, *values: Any) -> None:
        await asyncio.to_thread(self._act, _named(sql, ""), values)

    async def close(self) -> None:
        self._connection.close()

    def _act(self, sql: str, values: tuple[Any, ...]) -> None:
        with self._turn, database.as_problems():
            self._connection.execute(sql, values)
            if sql.startswith("DELETE"):  # an erased key must not survive in the log
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


class PostgresKeyring:
    """A schema of its own, through connections of its own: a verb that holds one never waits for another verb's."""

    def __init__(self, connections: database.Connections) -> None:
        self._connections = connections

    @classmethod
    async def open(cls, url: str) -> "PostgresKeyring":
        connections = database.Connections(url, 2)
        await connections.lend(_make_tables)
        return cls(connections)

    async def look(self, sql: str, *values: Any) -> list[Row]:
        text = database.postgres_text(_named(sql, "keyring."))
        rows: list[Row] = await self._patiently(lambda connection: connection.fetch(text, *values))
        return [tuple(row) for row in rows]

    async def act(self, sql: str, *values: Any) -> None:
        """Every statement of ours may be repeated, should its answer have been lost."""
        text = database.postgres_text(_named(sql, "keyring."))
        await self._patiently(lambda connection: connection.execute(text, *values))

    async def close(self) -> None:
        await self._connections.close()

    async def _patiently(self, work: Callable[[Any], Awaitable[Any]]) -> Any:
        return await database.patiently(partial(self._connections.lend, work))


async def _make_tables(connection: Any) -> None:
    async with connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock(440201)")
        await connection.execute("CREATE SCHEMA IF NOT EXISTS keyring")
        await connection.execute(_SCHEMA.format(prefix="keyring.", id="TEXT", bytes="BYTEA"))


def _named(sql: str, prefix: str) -> str:
    return sql.replace("{keys}", f"{prefix}data_key").replace("{checks}", f"{prefix}master_check")
