"""Making deliveries of what is due, row by row, so that one that can't be read holds nobody else's."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import msgspec
from prometheus_client import Counter

from server.base.clock import instant_of, milliseconds
from server.base.errors import Invalid
from server.base.ids import uuid7
from server.base.log import log
from server.database import service as database
from server.prompts import service as prompts
from server.reminders.rules import is_late

_PUT_OFF = timedelta(hours=1)  # a reminder that can't be read
UNREADABLE = (Invalid, ValueError, TypeError, LookupError, ArithmeticError, AttributeError, msgspec.MsgspecError)

_OUTCOMES = ("accepted", "later", "no_device", "failed", "skipped", "expired", "seen", "handed_back", "fault")
_deliveries = Counter("interlude_deliveries", "Deliveries taken in hand, by what came of it", ["outcome"])
DELIVERIES = {outcome: _deliveries.labels(outcome) for outcome in _OUTCOMES}


@database.transaction
async def open_occurrences(now: datetime, limit: int, patient_id: str | None = None) -> tuple[int, int]:
    """Writes a delivery for each reminder that is due (one patient's, or all) and moves it on.

    Answers how many, and how many of them were too late to be sent.
    """
    whose, values = ("", ()) if patient_id is None else (" AND patient_id = ?3", (patient_id,))
    sql = f"SELECT * FROM reminder WHERE next_due_at <= ?1{whose} ORDER BY next_due_at LIMIT ?2{database.skip_locked()}"
    rows = await database.fetch(sql, milliseconds(now), limit, *values)
    deliveries, moved = [], []
    for row in rows:
        late, place = is_late(instant_of(row["next_due_at"]), now), (row["next_day"], milliseconds(now + _PUT_OFF))
        with row_by_row(row["patient_id"]):
            at, coming = prompts.present(row), prompts.following(row)
            place = (coming.day.isoformat(), milliseconds(coming.due_at))
            deliveries.append(
                (uuid7(), row["patient_id"], row["id"], at.day, at.slot, at.due_at, "expired" if late else "due",
                 None if late else at.due_at, at.session_id, at.since)
            )  # fmt: skip
        moved.append((*place, row["id"]))
    await database.execute_many(
        "INSERT INTO delivery (id, patient_id, reminder_id, day, slot, due_at, status, try_at, session_id, since,"
        " attempts) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 0)"
        " ON CONFLICT (patient_id, reminder_id, day, slot) DO NOTHING",
        deliveries,
    )
    await database.execute_many("UPDATE reminder SET next_day = ?1, next_due_at = ?2 WHERE id = ?3", moved)
    return len(rows), sum(delivery[6] == "expired" for delivery in deliveries)


@contextmanager
def row_by_row(patient_id: object) -> Iterator[None]:
    """Goes on after a row that can't be read, and says so: one person's must not hold everybody's.

    What the database itself refuses, or a fault of another kind, still ends the whole verb.
    """
    try:
        yield
    except UNREADABLE:
        DELIVERIES["fault"].inc()
        log.exception("a reminder can't be read", extra={"job": "reminders", "account_id": str(patient_id)})
