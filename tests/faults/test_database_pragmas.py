"""SQLite's settings: set on every connection, read back, and the start refused where one does not hold."""

import asyncio
from pathlib import Path
from typing import Any

import pysqlite3 as sqlite3
import pytest

from server.database import sqlite_connection
from server.database.sqlite_connection import PRAGMAS, Unsuitable, connect
from server.database.sqlite_engine import Sqlite

ASKED = {
    "journal_mode": "wal",
    "synchronous": 2,
    "secure_delete": 1,
    "foreign_keys": 1,
    "busy_timeout": 5000,
    "trusted_schema": 0,
}


async def test_every_connection_holds_every_pragma(tmp_path: Path) -> None:
    engine = await asyncio.to_thread(Sqlite, tmp_path / "database" / "interlude.db")
    connections = [engine.writer.connection, engine.loop_connection, *(reader.connection for reader in engine.readers)]

    held = [{name: each.execute(f"PRAGMA {name}").fetchone()[0] for name in PRAGMAS} for each in connections]
    read_only = [each.execute("PRAGMA query_only").fetchone()[0] for each in connections]
    await engine.close()

    assert held == [ASKED] * 4
    assert read_only == [0, 1, 1, 1]


@pytest.mark.parametrize("name", PRAGMAS)
async def test_a_pragma_that_does_not_hold_refuses_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    class Deaf(sqlite3.Connection):
        def execute(self, sql: str, *values: Any) -> Any:
            return super().execute("SELECT 1" if sql.startswith(f"PRAGMA {name}=") else sql, *values)

    opening = sqlite3.connect
    monkeypatch.setattr(sqlite_connection.sqlite3, "connect", lambda *a, **k: opening(*a, **k, factory=Deaf))
    if name in ("busy_timeout", "synchronous"):  # what is asked for is what comes without asking
        monkeypatch.setitem(PRAGMAS, name, PRAGMAS[name] + 1)

    with pytest.raises(Unsuitable, match=f"SQLite keeps {name}="):
        connect(tmp_path / "interlude.db")


async def test_a_sqlite_that_can_lose_commits_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_connection.sqlite3, "sqlite_version_info", (3, 51, 2))

    with pytest.raises(Unsuitable, match=r"3\.51\.3 or newer"):
        connect(tmp_path / "interlude.db")


async def test_a_database_that_can_have_no_write_ahead_log_is_refused() -> None:
    with pytest.raises(Unsuitable, match="journal_mode=memory"):
        connect(Path(":memory:"))
