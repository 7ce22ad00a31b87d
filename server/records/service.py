"""The door: taking changes in, handing records out, and reading them in bulk for other folders."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

import msgspec

from server.base.clock import instant_of
from server.base.errors import Fault, Invalid, NotFound
from server.base.web import Period
from server.database import service as database
from server.merging import service as merging
from server.records.changes import parsed
from server.records.desk import Touched
from server.records.envelope import FOUND_COLUMNS, WIRE_COLUMNS, Found, fitting, found, placed, state_of, wires
from server.records.sync import HistoryChanged, SyncAnswer, forget_history, history_id, push_changes, when_kept
from server.vault import service as vault

__all__ = [
    "Found", "HistoryChanged", "Kind", "Page", "SyncAnswer", "Touched", "between", "exists", "first_received",
    "has_any", "history", "history_id", "news", "page", "parsed", "push_changes", "readable", "received", "redate",
    "use_kinds", "when_kept",
]  # fmt: skip

Kind = merging.Kind
Rows = Sequence[Mapping[str, Any]]
_COLUMNS = "record_id, kind, revision, deleted, day, happened_at, recorded_at, edited_at, received_at, sealed"
_PLACE = "day, happened_at, number"
_HELD = 100  # records that are read at once whatever they weigh; of more it is looked up how many one page carries
_cursor = re.compile(r"(\d{4}-\d\d-\d\d)\.(-?\d{1,15})\.(\d{1,18})", re.ASCII).fullmatch


class Page(msgspec.Struct):
    """Records, newest first, and where to go on (null at the end)."""

    items: list[msgspec.Raw]
    next: str | None


def use_kinds(*kinds: merging.Kind) -> None:
    """Hands in the kinds that may be recorded; the app calls this once, with its database open."""
    forget_history()
    merging.known_kinds.clear()
    merging.known_kinds.update({kind.name: kind for kind in kinds})


@database.glance
async def page(patient_id: str, kind: str, period: Period, limit: int, cursor: str | None) -> Page:
    """A patient's records of one kind in a period of local days, newest first. Raises Invalid."""
    key = await vault.key_of(patient_id)
    of = (
        "FROM record WHERE patient_id = ?1 AND kind = ?2 AND day BETWEEN ?3 AND ?4"
        " AND NOT deleted AND (day, happened_at, number) < (?5, ?6, ?7)"
    )
    order = "ORDER BY day DESC, happened_at DESC, number DESC"
    values = patient_id, kind, *_days(period.first, period.last), *_position(cursor)
    many = limit
    if limit > _HELD:
        sql = f"SELECT length(sealed) AS bytes {of} {order} LIMIT ?8"
        many = fitting([row["bytes"] for row in await database.fetch(sql, *values, limit)])
    rows = await database.fetch(f"SELECT {WIRE_COLUMNS}, {_PLACE} {of} {order} LIMIT ?8", *values, many + 1)
    given = rows[: fitting([len(row["sealed"]) for row in rows[:many]])]
    # After the last that is given: what came in between two looks pushes nothing off.
    following = "{}.{}.{}".format(*tuple(given[-1])[3:]) if len(rows) > len(given) else None
    return Page(wires(key, given), following)


@database.reading
async def between(patient_id: str, first: date | None, last: date | None, *kinds: str) -> list[Found]:
    """A patient's records of some kinds in a span of local days (None: open), newest first, opened in bulk."""
    return found(await vault.key_of(patient_id), await _rows(patient_id, first, last, kinds))


@database.reading
async def readable(patient_id: str, first: date | None, last: date | None, *kinds: str) -> list[Found]:
    """The same, less what can't be opened: for where one row that is broken must not hide the others."""
    key, rows, left = await vault.key_of(patient_id), await _rows(patient_id, first, last, kinds), list[Found]()
    try:
        return found(key, rows)
    except vault.Unopened:
        for row in rows:
            with vault.passing_over():
                left += found(key, [row])
    return left


async def _rows(patient_id: str, first: date | None, last: date | None, kinds: Sequence[str]) -> Rows:
    sql = (
        f"SELECT {FOUND_COLUMNS} FROM record WHERE patient_id = ?1 AND day BETWEEN ?2 AND ?3"
        f" AND kind IN ({', '.join(f'?{place}' for place in range(4, 4 + len(kinds)))})"
        " AND NOT deleted ORDER BY day DESC, happened_at DESC, number DESC"
    )
    return await database.fetch(sql, patient_id, *_days(first, last), *kinds)


@database.reading
async def has_any(patient_id: str, kind: str, day: date, since: int | None = None) -> bool:
    """Whether a patient has a record of that kind on that local day; or later, from the instant `since` (ms) on."""
    days, more = ("day = ?3", ()) if since is None else ("day >= ?3 AND happened_at >= ?4", (since,))
    sql = f"SELECT 1 FROM record WHERE patient_id = ?1 AND kind = ?2 AND {days} AND NOT deleted LIMIT 1"
    return await database.fetch_one(sql, patient_id, kind, day.isoformat(), *more) is not None


@database.reading
async def exists(patient_id: str, record_id: str) -> bool:
    """Whether a patient has that record, and did not delete it."""
    sql = "SELECT 1 FROM record WHERE patient_id = ?1 AND record_id = ?2 AND NOT deleted"
    return await database.fetch_one(sql, patient_id, record_id) is not None


@database.reading
async def news(
    patient_id: str, kind: str, first: date | None, last: date | None, after: int, less: Collection[str] = ()
) -> tuple[date | None, int]:
    """The last day with a record in a span of local days, and how many of them came after `after` (milliseconds).

    Those of the ids `less` are left out.
    """
    sql = (
        "SELECT max(day) AS last_day, coalesce(sum(CASE WHEN received_at > ?5 THEN 1 ELSE 0 END), 0) AS fresh"
        " FROM record WHERE patient_id = ?1 AND kind = ?2 AND day BETWEEN ?3 AND ?4 AND NOT deleted"
    )
    values: tuple[Any, ...] = (patient_id, kind, *_days(first, last), after)
    if less:
        sql, values = f"{sql} AND NOT ({database.is_any('record_id', 6)})", (*values, database.many(sorted(less)))
    row = await database.fetch_one(sql, *values)
    if row is None or row["last_day"] is None:
        return None, 0
    return date.fromisoformat(row["last_day"]), int(row["fresh"])


@database.reading
async def history(patient_id: str, record_id: str, cursor: str | None = None) -> Page:
    """The versions of one record, the present one first. Raises Invalid, NotFound."""
    if cursor is not None and not (cursor.isascii() and cursor.isdecimal() and len(cursor) < 17):
        raise Invalid(Fault("/cursor", "is not one that was answered here"))
    key, below = await vault.key_of(patient_id), int(cursor or 2**53)
    of = "patient_id = ?1 AND record_id = ?2 AND revision < ?3"
    each = f"SELECT {{columns}} FROM record WHERE {of} UNION ALL SELECT {{columns}} FROM record_version WHERE {of}"
    sizes = await database.fetch(
        each.format(columns="revision, length(sealed) AS bytes") + " ORDER BY revision DESC",
        patient_id, record_id, below,
    )  # fmt: skip
    if not sizes:
        raise NotFound()
    many = fitting([row["bytes"] for row in sizes])
    sql = each.format(columns=WIRE_COLUMNS) + " ORDER BY revision DESC LIMIT ?4"
    rows = await database.fetch(sql, patient_id, record_id, below, many)
    return Page(wires(key, rows), str(rows[-1]["revision"]) if len(sizes) > many else None)


@database.reading
async def first_received(patient_id: str, kind: str) -> dict[str, datetime]:
    """When each record of one kind came for the first time, by its id; nothing is opened for that."""
    mine = "FROM record WHERE patient_id = ?1 AND kind = ?2"
    before = f"FROM record_version WHERE patient_id = ?1 AND record_id IN (SELECT record_id {mine})"
    each = f"SELECT record_id, received_at {mine} UNION ALL SELECT record_id, received_at {before}"
    sql = f"SELECT record_id, min(received_at) AS at FROM ({each}) AS versions GROUP BY record_id"
    return {str(row["record_id"]): instant_of(row["at"]) for row in await database.fetch(sql, patient_id, kind)}


@database.reading
async def received(patient_id: str, record_ids: list[str]) -> dict[str, datetime]:
    """When some of a patient's records came as they stand, by their ids."""
    sql = f"SELECT record_id, received_at FROM record WHERE patient_id = ?1 AND {database.is_any('record_id', 2)}"
    rows = await database.fetch(sql, patient_id, database.many(record_ids))
    return {str(row["record_id"]): instant_of(row["received_at"]) for row in rows}


@database.transaction
async def redate(patient_id: str, day_starts_at: time) -> None:
    """Gives every record its local day again, for a patient whose days now turn at another hour."""
    key = await vault.key_of(patient_id)
    moved = []
    for row in await database.fetch(f"SELECT {_COLUMNS} FROM record WHERE patient_id = ?1", patient_id):
        day, _ = placed(merging.known_kinds[row["kind"]], state_of(key, row)[0], day_starts_at)
        if day.isoformat() != row["day"]:
            moved.append((day.isoformat(), patient_id, row["record_id"]))
    await database.execute_many("UPDATE record SET day = ?1 WHERE patient_id = ?2 AND record_id = ?3", moved)


def _days(first: date | None, last: date | None) -> tuple[str, str]:
    return first.isoformat() if first else "0000", last.isoformat() if last else "9999-99"


def _position(cursor: str | None) -> tuple[str, int, int]:
    """Where a page goes on: day, milliseconds, row number; the far end of time without one. Raises Invalid."""
    if cursor is None:
        return "9999-99", 0, 0
    if (found := _cursor(cursor)) is None:
        raise Invalid(Fault("/cursor", "is not one that was answered here"))
    return found[1], int(found[2]), int(found[3])
