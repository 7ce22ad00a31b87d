"""Asking less of somebody who opens nothing any more: one line a week, then a last one, whatever they have planned."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from server.base.clock import instant_of, milliseconds
from server.database import service as database
from server.reminders.days import rank_of
from server.reminders.rules import TEST, needless_since

_TURN = "quiet"  # stands for a day in the table of those, for a turn that is no day's: one a person
_TAKE = (
    "INSERT INTO prompted_day (patient_id, day, delivery_id) VALUES (?1, ?2, ?3)"
    " ON CONFLICT (patient_id, day) DO UPDATE SET delivery_id = excluded.delivery_id"
    " WHERE EXISTS (SELECT 1 FROM delivery WHERE delivery.id = prompted_day.delivery_id"
    " AND (delivery.due_at < ?4 OR delivery.status IN ('skipped', 'expired', 'failed')))"
)
"""Takes the turn that is free: whose holder was of one before, or came to nothing."""


async def is_needless(row: Mapping[str, Any]) -> bool:
    """Whether a delivery comes to somebody who opens nothing, and was sent enough already by any of their reminders."""
    since = _since(row)
    if since is None:
        return False
    sent = await database.fetch_one(
        "SELECT due_at FROM delivery WHERE patient_id = ?1 AND due_at >= ?2 AND due_at <= ?3 AND id <> ?4"
        " AND slot <> ?5 AND sent_at IS NOT NULL ORDER BY due_at LIMIT 1",
        row["owner_id"], milliseconds(since), row["due_at"], row["delivery_id"], TEST,
    )  # fmt: skip
    return sent is not None


async def hold_turns(rows: Sequence[Mapping[str, Any]]) -> set[str]:
    """Takes the person's turn for each delivery to somebody who opens nothing; answers those whose turn is another's.

    What was sent is known by `is_needless`; this is for what is on its way at the same time, in however many processes.
    Nothing is asked where nobody is quiet; two statements, however many rows, and turns are taken in one order.
    """
    wanted = sorted(
        (str(row["owner_id"]), rank_of(row["slot"]), row["due_at"], str(row["delivery_id"]), milliseconds(since))
        for row in rows
        if (since := _since(row)) is not None
    )
    if not wanted:
        return set()
    firsts = {patient_id: (patient_id, _TURN, id_, since) for patient_id, _, _, id_, since in reversed(wanted)}
    await database.execute_many(_TAKE, [firsts[patient_id] for patient_id in sorted(firsts)])
    holders = await database.fetch(
        f"SELECT delivery_id FROM prompted_day WHERE day = ?1 AND {database.is_any('patient_id', 2)}",
        _TURN, database.many(sorted(firsts)),
    )  # fmt: skip
    return {id_ for *_, id_, _ in wanted} - {str(row["delivery_id"]) for row in holders}


def opened_at(row: Mapping[str, Any]) -> datetime | None:
    """When its person last had the app open, by a reminder's row."""
    return instant_of(row["opened_at"]) if row["opened_at"] else None


def _since(row: Mapping[str, Any]) -> datetime | None:
    return None if row["slot"] == TEST else needless_since(opened_at(row), instant_of(row["due_at"]))
