"""The door: a person's reminders. Claims, sending and the ledger have rooms of their own beside it."""

from datetime import datetime, time
from typing import Any

import msgspec

from server.base.clock import instant_of, milliseconds, wire_instant
from server.base.errors import Conflict, NotFound
from server.database import service as database
from server.reminders.claims import TABLE, claim_due, hand_back, record, schedule_of, wording_of
from server.reminders.dispatch import dispatch
from server.reminders.ledger import DeliverySeen, DueItem, deliveries, due, seen, test, waiting
from server.reminders.rules import Receipt, ReminderBody, body_of, next_due, next_occurrence
from server.vault import service as vault

__all__ = [
    "DeliverySeen", "DueItem", "Receipt", "ReminderBody", "ReminderSeen", "body_of", "claim_due", "days_turn",
    "deliveries", "dispatch", "due", "hand_back", "listed", "next_due", "put", "record", "remove", "seen", "test",
    "waiting",
]  # fmt: skip

MAX_REMINDERS = 20  # an account


class ReminderSeen(msgspec.Struct):
    """A reminder as its owner sees it, with its next occurrence."""

    id: str
    local_time: str
    weekdays: list[int]
    zone: str
    skip_if_logged: bool
    wording: str | None
    quiet_from: str | None
    quiet_to: str | None
    paused_until: str | None
    next_due_at: str


@database.transaction
async def put(
    patient_id: str, reminder_id: str, body: ReminderBody, day_starts_at: time, now: datetime
) -> ReminderSeen:
    """Keeps a reminder as given; it comes next at its first time after `now`. Raises Conflict, NotFound."""
    others = await database.fetch("SELECT id FROM reminder WHERE patient_id = ?1 AND id <> ?2", patient_id, reminder_id)
    if len(others) >= MAX_REMINDERS:
        raise Conflict(f"At most {MAX_REMINDERS} reminders; remove one first")
    key, updated_at = await vault.key_of(patient_id), milliseconds(now)
    row: dict[str, Any] = msgspec.structs.asdict(body) | {
        "id": reminder_id,
        "patient_id": patient_id,
        "weekdays": "".join(map(str, sorted(body.weekdays))),
        "day_starts_at": f"{day_starts_at:%H:%M}",
        "sealed": key.seal(TABLE, reminder_id, updated_at, body.wording.encode()) if body.wording else None,
        "updated_at": updated_at,
        "opened_at": updated_at,
    }
    del row["wording"]
    following = next_occurrence(schedule_of(row), now)
    row |= {"next_day": following.day.isoformat(), "next_due_at": milliseconds(following.due_at)}
    changed = await database.execute(
        f"INSERT INTO reminder ({', '.join(row)}) VALUES ({', '.join(f'?{n}' for n in range(1, len(row) + 1))})"
        f" ON CONFLICT (id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in row if name != 'id')}"
        " WHERE reminder.patient_id = excluded.patient_id",
        *row.values(),
    )
    if not changed:
        raise NotFound()
    return _seen(row, key)


@database.reading
async def listed(patient_id: str) -> list[ReminderSeen]:
    """A patient's reminders, by time of day."""
    key = await vault.key_of(patient_id)
    rows = await database.fetch("SELECT * FROM reminder WHERE patient_id = ?1 ORDER BY local_time, id", patient_id)
    return [_seen(row, key) for row in rows]


@database.transaction
async def remove(patient_id: str, reminder_id: str) -> None:
    """Ends a reminder; its lines of the ledger stay. Raises NotFound where it isn't this patient's."""
    sql = "DELETE FROM reminder WHERE patient_id = ?1 AND id = ?2"
    if not await database.execute(sql, patient_id, reminder_id):
        raise NotFound()


@database.transaction
async def days_turn(patient_id: str, day_starts_at: time) -> None:
    """Lets a patient's reminders know at which hour the days now turn."""
    sql = "UPDATE reminder SET day_starts_at = ?1 WHERE patient_id = ?2"
    await database.execute(sql, f"{day_starts_at:%H:%M}", patient_id)


def _seen(row: Any, key: vault.Key) -> ReminderSeen:
    wording = wording_of(key, str(row["id"]), row["updated_at"], row["sealed"])
    return ReminderSeen(
        str(row["id"]), row["local_time"], [int(each) for each in row["weekdays"]], row["zone"],
        bool(row["skip_if_logged"]), wording, row["quiet_from"], row["quiet_to"], row["paused_until"],
        wire_instant(instant_of(row["next_due_at"])),
    )  # fmt: skip
