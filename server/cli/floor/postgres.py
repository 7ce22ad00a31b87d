"""The floor's PostgreSQL: prepared statements, one round trip for the token and one for the whole batch.

Connections wait in a plain queue: a pool costs as much as a short statement, and there is nothing to reset.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

import asyncpg

from server.cli.floor.app import Kept, Row, wire

_SCHEMA = """
CREATE TABLE patient (id UUID PRIMARY KEY, revision BIGINT NOT NULL) WITH (fillfactor = 70);
CREATE TABLE sign_in (token_hash TEXT PRIMARY KEY, patient_id UUID NOT NULL, ends_at BIGINT NOT NULL);
CREATE TABLE change (patient_id UUID NOT NULL, change_id UUID NOT NULL, PRIMARY KEY (patient_id, change_id));
CREATE TABLE entry (patient_id UUID NOT NULL, record_id UUID NOT NULL, revision BIGINT NOT NULL, day TEXT NOT NULL,
    happened_at BIGINT NOT NULL, edited_at TEXT NOT NULL, received_at TEXT NOT NULL, body TEXT NOT NULL,
    UNIQUE (patient_id, record_id), UNIQUE (patient_id, revision));
CREATE INDEX entry_day ON entry (patient_id, day);
"""
_COLUMNS = "record_id, revision, edited_at, received_at, body"
_TOKEN = "SELECT patient_id, ends_at FROM sign_in WHERE token_hash = $1"  # noqa: S105 - a statement
_BETWEEN = (
    f"SELECT {_COLUMNS} FROM entry WHERE patient_id = $1 AND day BETWEEN $2 AND $3 ORDER BY happened_at DESC LIMIT $4"
)
_SINCE = f"SELECT {_COLUMNS} FROM entry WHERE patient_id = $1 AND revision > $2 ORDER BY revision LIMIT $3"
_SOME = f"SELECT {_COLUMNS} FROM entry WHERE patient_id = $1 AND record_id = ANY($2)"
# One statement is one transaction: the ids that are new, so many revisions, the rows of those ids under them.
_PUT = """
WITH fresh AS (
    INSERT INTO change SELECT $1, each FROM unnest($2::uuid[]) AS each ON CONFLICT DO NOTHING RETURNING change_id
), head AS (
    UPDATE patient SET revision = revision + (SELECT count(*) FROM fresh) WHERE id = $1 RETURNING revision
), put AS (
    INSERT INTO entry (patient_id, record_id, revision, day, happened_at, edited_at, received_at, body)
    SELECT $1, record_id, head.revision - count(*) OVER () + row_number() OVER (ORDER BY place),
        day, happened_at, edited_at, received_at, body
    FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::text[])
        WITH ORDINALITY AS row (change_id, record_id, day, happened_at, edited_at, received_at, body, place)
    JOIN fresh USING (change_id) CROSS JOIN head
    ON CONFLICT (patient_id, record_id) DO UPDATE SET
        revision = excluded.revision, day = excluded.day, happened_at = excluded.happened_at,
        edited_at = excluded.edited_at, received_at = excluded.received_at, body = excluded.body
)
SELECT revision, ARRAY(SELECT change_id::text FROM fresh) FROM head
"""


_CONNECTIONS = 10  # as many as the server's


class Postgres:
    """A few connections."""

    def __init__(self, connections: list[asyncpg.Connection]) -> None:
        self._all = connections
        self._free: asyncio.LifoQueue[asyncpg.Connection] = asyncio.LifoQueue()
        for connection in connections:
            self._free.put_nowait(connection)

    @classmethod
    async def open(cls, url: str) -> "Postgres":
        return cls([await asyncpg.connect(url) for _ in range(_CONNECTIONS)])

    async def _fetch(self, sql: str, *values: Any) -> list[Any]:
        connection = await self._free.get()
        try:
            rows: list[Any] = await connection.fetch(sql, *values)
            return rows
        finally:
            self._free.put_nowait(connection)

    async def patient_of(self, token_hash: str, now: int) -> str | None:
        rows = await self._fetch(_TOKEN, token_hash)
        return str(rows[0][0]) if rows and rows[0][1] > now else None

    async def between(self, patient_id: str, first: str, last: str, limit: int) -> list[bytes]:
        return [wire(*row) for row in await self._fetch(_BETWEEN, patient_id, first, last, limit)]

    async def put(self, patient_id: str, rows: list[Row], since: int, limit: int) -> Kept:
        ((revision, names),) = await self._fetch(_PUT, patient_id, *zip(*rows, strict=True))
        fresh = set(names)
        new = [row for row in rows if row.change_id in fresh]
        before = revision - len(new)
        stored = {
            row.record_id: wire(row.record_id, before + place, row.edited_at, row.received_at, row.values)
            for place, row in enumerate(new, 1)
        }
        if rest := [row.record_id for row in rows if row.record_id not in stored]:
            found = await self._fetch(_SOME, patient_id, rest)
            stored.update({str(each[0]): wire(*each) for each in found})
        if since == before:
            return Kept(fresh, revision, stored, list(stored.values()))
        found = await self._fetch(_SINCE, patient_id, since, limit)
        return Kept(fresh, revision, stored, [wire(*each) for each in found])

    async def seed(self, patients: Sequence[tuple[str, str]], rows: Sequence[tuple[str, int, Row]]) -> None:
        """Makes the tables and fills them: (patient, token hash), then (patient, revision, row), revisions rising."""
        latest = {patient_id: revision for patient_id, revision, _ in rows}
        connection = self._all[0]
        await connection.execute(_SCHEMA)
        tables = {
            "patient": list(latest.items()),
            "sign_in": [(token_hash, patient_id, 2**53) for patient_id, token_hash in patients],
            "change": [(each[0], each[2].change_id) for each in rows],
            "entry": [(patient_id, row.record_id, revision, *row[2:]) for patient_id, revision, row in rows],
        }
        for table, values in tables.items():
            await connection.copy_records_to_table(table, records=values)

    async def close(self) -> None:
        for connection in self._all:
            await connection.close()
