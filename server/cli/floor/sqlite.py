"""The floor's SQLite: reads on the event loop (they are microseconds), writes that share a commit.

A commit blocks the loop while the disk works. What arrives meanwhile waits in its socket and shares the next one: for
CPU this is the cheapest there is, for no thread is woken.
"""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pysqlite3 as sqlite3

from server.cli.floor.app import Kept, Row, wire

_SCHEMA = """
CREATE TABLE patient (id TEXT PRIMARY KEY, revision INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE sign_in (token_hash TEXT PRIMARY KEY, patient_id TEXT NOT NULL, ends_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE change (patient_id TEXT NOT NULL, change_id TEXT NOT NULL,
    PRIMARY KEY (patient_id, change_id)) WITHOUT ROWID;
CREATE TABLE entry (patient_id TEXT NOT NULL, record_id TEXT NOT NULL, revision INTEGER NOT NULL, day TEXT NOT NULL,
    happened_at INTEGER NOT NULL, edited_at TEXT NOT NULL, received_at TEXT NOT NULL, body TEXT NOT NULL,
    UNIQUE (patient_id, record_id), UNIQUE (patient_id, revision));
CREATE INDEX entry_day ON entry (patient_id, day);
"""
_COLUMNS = "record_id, revision, edited_at, received_at, body"
_FRESH = """
INSERT INTO change SELECT ?1, value FROM json_each(?2) WHERE true ON CONFLICT DO NOTHING RETURNING change_id
"""
_PUT = """
INSERT INTO entry (patient_id, record_id, revision, day, happened_at, edited_at, received_at, body)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (patient_id, record_id) DO UPDATE SET
    revision = excluded.revision, day = excluded.day, happened_at = excluded.happened_at,
    edited_at = excluded.edited_at, received_at = excluded.received_at, body = excluded.body
"""

_Job = tuple[str, list[Row], int, int, asyncio.Future[Kept]]


class Sqlite:
    """One file, one connection."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(str(path), isolation_level=None, cached_statements=512)
        for pragma in ("journal_mode=wal", "synchronous=FULL", "busy_timeout=5000"):
            self._connection.execute(f"PRAGMA {pragma}").fetchall()
        self._execute = self._connection.execute
        self._waiting: list[_Job] = []

    async def patient_of(self, token_hash: str, now: int) -> str | None:
        row = self._execute("SELECT patient_id, ends_at FROM sign_in WHERE token_hash = ?", (token_hash,)).fetchone()
        return row[0] if row and row[1] > now else None

    async def between(self, patient_id: str, first: str, last: str, limit: int) -> list[bytes]:
        sql = (
            f"SELECT {_COLUMNS} FROM entry WHERE patient_id = ? AND day BETWEEN ? AND ?"
            " ORDER BY happened_at DESC LIMIT ?"
        )
        return [wire(*row) for row in self._execute(sql, (patient_id, first, last, limit))]

    async def put(self, patient_id: str, rows: list[Row], since: int, limit: int) -> Kept:
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Kept] = loop.create_future()
        self._waiting.append((patient_id, rows, since, limit, done))
        if len(self._waiting) == 1:
            loop.call_soon(self._commit)
        return await done

    async def seed(self, patients: Sequence[tuple[str, str]], rows: Sequence[tuple[str, int, Row]]) -> None:
        """Makes the tables and fills them: (patient, token hash), then (patient, revision, row), revisions rising."""
        self._connection.executescript(_SCHEMA)
        self._execute("BEGIN")
        latest = {patient_id: revision for patient_id, revision, _ in rows}
        self._connection.executemany("INSERT INTO patient VALUES (?, ?)", latest.items())
        signed_in = [(token_hash, patient_id, 2**53) for patient_id, token_hash in patients]
        self._connection.executemany("INSERT INTO sign_in VALUES (?, ?, ?)", signed_in)
        names = [(patient_id, row.change_id) for patient_id, _, row in rows]
        self._connection.executemany("INSERT INTO change VALUES (?, ?)", names)
        self._connection.executemany(_PUT, [_values(*each) for each in rows])
        self._execute("COMMIT")
        self._execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    async def close(self) -> None:
        self._connection.close()

    def _commit(self) -> None:
        """One commit for whoever waits; each is told once it is on disk."""
        jobs, self._waiting = self._waiting, []
        self._execute("BEGIN IMMEDIATE")
        answers = [self._put(*job[:4]) for job in jobs]
        self._execute("COMMIT")
        for (*_, done), kept in zip(jobs, answers, strict=True):
            if not done.done():
                done.set_result(kept)

    def _put(self, patient_id: str, rows: list[Row], since: int, limit: int) -> Kept:
        names = (patient_id, json.dumps([row.change_id for row in rows]))
        fresh = {row[0] for row in self._execute(_FRESH, names).fetchall()}
        sql = "UPDATE patient SET revision = revision + ?1 WHERE id = ?2 RETURNING revision"
        revision = self._execute(sql, (len(fresh), patient_id)).fetchone()[0]
        new = [row for row in rows if row.change_id in fresh]
        values = [_values(patient_id, revision - len(new) + place, row) for place, row in enumerate(new, 1)]
        self._connection.executemany(_PUT, values)
        stored = {each[1]: wire(each[1], each[2], *each[5:]) for each in values}
        for row in rows if len(new) < len(rows) else ():
            if row.record_id not in stored:
                stored[row.record_id] = self._one(patient_id, row.record_id)
        if since == revision - len(new):
            return Kept(fresh, revision, stored, list(stored.values()))
        sql = f"SELECT {_COLUMNS} FROM entry WHERE patient_id = ? AND revision > ? ORDER BY revision LIMIT ?"
        return Kept(fresh, revision, stored, [wire(*row) for row in self._execute(sql, (patient_id, since, limit))])

    def _one(self, patient_id: str, record_id: str) -> bytes:
        sql = f"SELECT {_COLUMNS} FROM entry WHERE patient_id = ? AND record_id = ?"
        return wire(*self._execute(sql, (patient_id, record_id)).fetchone())


def _values(patient_id: str, revision: int, row: Row) -> tuple[Any, ...]:
    return (patient_id, row.record_id, revision, row.day, row.happened_at, row.edited_at, row.received_at, row.values)
