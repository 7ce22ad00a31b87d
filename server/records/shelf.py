"""Where records stand: what a batch is about is read by one statement, and what came of it is written by few.

On PostgreSQL the writing is one statement as well, and no transaction needs to be held open around it: it moves the
patient's head from the revision that was read, or does nothing at all where another process was faster. Nothing needs
to be read of records that are new: that they are is what the tables' own uniqueness says.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from server.database import service as database

Rows = Sequence[Sequence[Any]]

_VERSION = "patient_id, record_id, kind, revision, deleted, recorded_at, edited_at, received_at, sealed"
_TYPES = ["uuid", "uuid", "varchar", "bigint", "bool", "bigint", "bigint", "bigint", "bytea"]
_UPDATED = ", ".join(
    f"{column} = excluded.{column}"
    for column in ("revision", "deleted", "edited_at", "received_at", "sealed", "day", "happened_at")
)
_REPLACING = f"ON CONFLICT (patient_id, record_id) DO UPDATE SET {_UPDATED}"
_KNOWN = "ON CONFLICT (patient_id, change_id) DO NOTHING"  # one that changed nothing did not move the head
_READ = """
    SELECT record_id, kind, revision, deleted, recorded_at, edited_at, received_at, sealed, NULL AS change_id
        FROM record WHERE patient_id = ?1 AND {of_record}
    UNION ALL SELECT record_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, change_id
        FROM record_change WHERE patient_id = ?1 AND {of_change}
    UNION ALL SELECT NULL, NULL, revision, NULL, NULL, NULL, NULL, NULL, NULL FROM record_head WHERE patient_id = ?1
"""


def _arrays(first: int, types: Sequence[str]) -> str:
    return ", ".join(f"${first + place}::{kind}[]" for place, kind in enumerate(types))


def _statement(is_new: bool) -> str:
    """The whole writing on PostgreSQL; new records need no more than its first 17 values."""
    full, known = _arrays(4, [*_TYPES, "varchar", "bigint"]), _arrays(15, ["uuid"] * 3)
    statement = f"""
        WITH head AS (
            UPDATE record_head SET revision = $3 WHERE patient_id = $1 AND revision = $2 RETURNING patient_id
        ), stored AS (
            INSERT INTO record ({_VERSION}, day, happened_at)
            SELECT stored.* FROM head, unnest({full}) AS stored {"" if is_new else _REPLACING}
        ), known AS (
            INSERT INTO record_change (patient_id, change_id, record_id)
            SELECT known.* FROM head, unnest({known}) AS known {"" if is_new else _KNOWN}
        )"""
    if not is_new:
        statement += f""", kept AS (
            INSERT INTO record_version ({_VERSION})
            SELECT {_VERSION} FROM record JOIN head USING (patient_id) WHERE record_id = ANY($18)
        ), passed AS (
            INSERT INTO record_version ({_VERSION}) SELECT passed.* FROM head, unnest({_arrays(19, _TYPES)}) AS passed
        )"""
    return statement + " SELECT count(*) AS moved FROM head"


_STATEMENTS = {is_new: _statement(is_new) for is_new in (True, False)}


async def lock(patient_id: str) -> None:
    """Holds the patient's records until the end of the transaction; makes their head where there is none."""
    await database.execute(
        "INSERT INTO record_head (patient_id, revision) VALUES (?1, 0)"
        " ON CONFLICT (patient_id) DO UPDATE SET revision = record_head.revision",
        patient_id,
    )


async def look(
    patient_id: str, change_ids: Iterable[str], record_ids: Iterable[str]
) -> tuple[int | None, dict[str, str], list[Mapping[str, Any]]]:
    """The latest revision (None: no head yet), record ids by the known ones of `change_ids`, and the records' rows."""
    sql = _READ.format(of_record=database.is_any("record_id", 3), of_change=database.is_any("change_id", 2))
    latest, known, rows = None, {}, []
    for row in await database.fetch(sql, patient_id, database.many(list(change_ids)), database.many(list(record_ids))):
        if row["kind"] is not None:
            rows.append(row)
        elif row["change_id"] is not None:
            known[str(row["change_id"])] = str(row["record_id"])
        else:
            latest = row["revision"]
    return latest, known, rows


async def sizes(patient_id: str, record_ids: Iterable[str]) -> list[int]:
    """How many bytes each of the records takes that are there."""
    sql = f"SELECT length(sealed) AS bytes FROM record WHERE patient_id = ?1 AND {database.is_any('record_id', 2)}"
    return [row["bytes"] for row in await database.fetch(sql, patient_id, database.many(list(record_ids)))]


async def put(
    patient_id: str, heads: tuple[int, int], stored: Rows, accepted: Rows, replaced: Sequence[str], passed: Rows,
    is_new: bool,
) -> bool:  # fmt: skip
    """Moves the head from one revision to another and writes what came of a batch; false where it was elsewhere.

    `stored` are rows of records, `accepted` rows of changes, `replaced` ids of records whose row becomes a version,
    `passed` rows of versions that the batch itself made and replaced. `is_new`: none of the records and changes was
    there; raises database.Clash where that is not so.
    """
    if not database.is_sqlite():
        columns = [*_columns(stored, 11), *_columns(accepted, 3)]
        older = [] if is_new else [list(replaced), *_columns(passed, 9)]
        row = await database.fetch_one(_STATEMENTS[is_new], patient_id, *heads, *columns, *older)
        return bool(row and row["moved"])
    sql = "UPDATE record_head SET revision = ?3 WHERE patient_id = ?1 AND revision = ?2"
    if not await database.execute(sql, patient_id, *heads):
        return False
    if replaced:
        sql = f"INSERT INTO record_version ({_VERSION}) SELECT {_VERSION} FROM record WHERE patient_id = ?1 AND"
        await database.execute_many(f"{sql} record_id = ?2", [(patient_id, record_id) for record_id in replaced])
    if passed:
        sql = f"INSERT INTO record_version ({_VERSION}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
        await database.execute_many(sql, passed)
    sql = f"INSERT INTO record ({_VERSION}, day, happened_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
    await database.execute_many(sql if is_new else f"{sql} {_REPLACING}", stored)
    sql = "INSERT INTO record_change (patient_id, change_id, record_id) VALUES (?1, ?2, ?3)"
    await database.execute_many(sql, accepted)
    return True


def _columns(rows: Rows, width: int) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(width)]
