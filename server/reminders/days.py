"""At most one push on a local day, for who is asked about more than one thing, in however many processes."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from server.base.clock import instant_of, local_day
from server.database import service as database
from server.prompts import service as prompts
from server.reminders.rules import TEST

_POINT, _FORM, _DAILY = range(3)  # who goes first on a day
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
    in_turn = sorted(
        (str(row["owner_id"]), _day_of(row, row["due_at"]), rank_of(row["slot"]), str(row["delivery_id"]))
        for row in rows
        if row["slot"] != TEST and str(row["owner_id"]) in planned
    )
    crowded = {id_ for patient_id, day, rank, id_ in in_turn if rank == _DAILY and day in planned[patient_id]}
    wanted = [each for each in in_turn if each[3] not in crowded]
    firsts = {(patient_id, day.isoformat()): id_ for patient_id, day, _, id_ in reversed(wanted)}
    holders = await _taken(firsts)
    for patient_id, day, rank, id_ in wanted:
        holder, its_rank = holders.get((patient_id, day.isoformat()), (id_, rank))
        if holder != id_ and not its_rank == rank == _DAILY:
            crowded.add(id_)
    return crowded


async def _taken(firsts: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], tuple[str, int | None]]:
    """Takes days that are free, each for the delivery that goes first there; whose each then is, and the rank of that.

    Two statements, however many days: on PostgreSQL the way there costs more than what they do.
    """
    if not firsts:
        return {}
    await database.execute_many(_TAKE, [(*place, firsts[place]) for place in sorted(firsts)])
    patients, days = (database.many(sorted(set(column))) for column in zip(*firsts, strict=True))
    rows = await database.fetch(
        "SELECT p.patient_id, p.day, p.delivery_id, d.slot FROM prompted_day p"
        " LEFT JOIN delivery d ON d.id = p.delivery_id"
        f" WHERE {database.is_any('p.patient_id', 1)} AND {database.is_any('p.day', 2)}",
        patients, days,
    )  # fmt: skip
    return {
        (str(row["patient_id"]), row["day"]): (str(row["delivery_id"]), rank_of(row["slot"]) if row["slot"] else None)
        for row in rows
    }


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


def rank_of(slot: str) -> int:
    """Who goes first, the lowest: a point after a session, then a questionnaire, then a daily reminder."""
    return {prompts.FORM: _FORM, prompts.DAILY: _DAILY}.get(slot, _POINT)


def _day_of(row: Mapping[str, Any], due_at: int) -> date:
    return local_day(instant_of(due_at), row["zone"], time.fromisoformat(row["day_starts_at"]))
