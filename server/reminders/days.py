"""At most one push on a local day, for who is asked about more than one thing, in however many processes."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from server.base.clock import instant_of, local_day
from server.database import service as database
from server.prompts import service as prompts
from server.reminders.rules import TEST

_RANK = {prompts.FORM: 1, prompts.DAILY: 2}  # a point after a session goes first
_TAKE = (
    "INSERT INTO prompted_day (patient_id, day, delivery_id) VALUES (?1, ?2, ?3)"
    " ON CONFLICT (patient_id, day) DO UPDATE SET delivery_id = excluded.delivery_id"
    " WHERE EXISTS (SELECT 1 FROM delivery WHERE delivery.id = prompted_day.delivery_id"
    " AND delivery.status IN ('skipped', 'expired', 'failed'))"
)
"""Takes a day that is free, or whose holder came to nothing."""


async def hold_days(rows: Sequence[Mapping[str, Any]]) -> set[str]:
    """Takes the day of each delivery that is about to be sent; answers those whose day is another's.

    A daily reminder gives way to what is still planned for its day. Several daily ones are as many as the person chose,
    so that who has only those is asked nothing here, and they are not in each other's way. One statement says who has
    others, whatever the number of rows; days are taken in one order, so that two processes do not wait for each other.
    """
    planned = await _planned({str(row["owner_id"]) for row in rows if row["slot"] != TEST})
    crowded = set()
    in_turn = sorted(
        (str(row["owner_id"]), _day_of(row, row["due_at"]), _RANK.get(row["slot"], 0), str(row["delivery_id"]))
        for row in rows
        if row["slot"] != TEST and str(row["owner_id"]) in planned
    )
    for patient_id, day, rank, id_ in in_turn:
        if rank == _RANK[prompts.DAILY] and day in planned[patient_id]:
            crowded.add(id_)
            continue
        await database.execute(_TAKE, patient_id, day.isoformat(), id_)
        holder = await database.fetch_one(
            "SELECT p.delivery_id, d.slot FROM prompted_day p LEFT JOIN delivery d ON d.id = p.delivery_id"
            " WHERE p.patient_id = ?1 AND p.day = ?2",
            patient_id, day.isoformat(),
        )  # fmt: skip
        is_own = holder is None or str(holder["delivery_id"]) == id_
        if not is_own and not (holder and _RANK.get(holder["slot"]) == rank == _RANK[prompts.DAILY]):
            crowded.add(id_)
    return crowded


async def _planned(patient_ids: set[str]) -> dict[str, set[date]]:
    """The local days for which more than a daily reminder is planned, of those patients who have such reminders."""
    found: dict[str, set[date]] = {}
    if not patient_ids:
        return found
    sql = (
        "SELECT patient_id, zone, day_starts_at, next_due_at FROM reminder"
        f" WHERE form IS NOT NULL AND {database.is_any('patient_id', 1)}"
    )
    for row in await database.fetch(sql, database.many(sorted(patient_ids))):
        found.setdefault(str(row["patient_id"]), set()).add(_day_of(row, row["next_due_at"]))
    return found


def _day_of(row: Mapping[str, Any], due_at: int) -> date:
    return local_day(instant_of(due_at), row["zone"], time.fromisoformat(row["day_starts_at"]))
