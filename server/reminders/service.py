"""The door: a person's reminders. Claims, sending and the ledger have rooms of their own beside it."""

from datetime import date, datetime, time
from typing import Any

import msgspec

from server.base.clock import instant_of, milliseconds, wire_instant
from server.base.errors import Conflict, Fault, Invalid, NotFound
from server.database import service as database
from server.prompts import service as prompts
from server.reminders.claims import claim_due, hand_back, record
from server.reminders.dispatch import dispatch
from server.reminders.ledger import DeliverySeen, DueItem, deliveries, due, seen, test, waiting
from server.reminders.plans import (
    TABLE,
    Terms,
    first_day_of,
    replan,
    rounds_around,
    rounds_of,
    schedule_of,
    sealed_terms,
    terms_of,
    wording_of,
)
from server.reminders.rules import FORM, FormBody, Occurrence, Receipt, ReminderBody, body_of, next_due, next_occurrence
from server.vault import service as vault

__all__ = [
    "DeliverySeen", "DueItem", "FormBody", "Receipt", "ReminderBody", "ReminderSeen", "body_of", "claim_due",
    "days_turn", "deliveries", "dispatch", "due", "hand_back", "listed", "next_due", "put", "record", "remove",
    "replan", "seen", "test", "waiting",
]  # fmt: skip

MAX_REMINDERS = 20  # an account


class ReminderSeen(msgspec.Struct, omit_defaults=True):
    """A reminder as its owner sees it, with its next occurrence; what its form has no use for is left out."""

    id: str
    local_time: str
    zone: str
    wording: str | None
    quiet_from: str | None
    quiet_to: str | None
    paused_until: str | None
    next_due_at: str
    weekdays: list[int] | msgspec.UnsetType = msgspec.UNSET
    skip_if_logged: bool | msgspec.UnsetType = msgspec.UNSET
    instrument: str | msgspec.UnsetType = msgspec.UNSET
    every_days: int | msgspec.UnsetType = msgspec.UNSET
    begun_on: date | msgspec.UnsetType = msgspec.UNSET


@database.transaction
async def put(
    patient_id: str, reminder_id: str, body: ReminderBody | FormBody, day_starts_at: time, now: datetime
) -> ReminderSeen:
    """Keeps a reminder as given; it comes next at its first time after `now`. Raises Conflict, Invalid, NotFound."""
    others = await database.fetch("SELECT * FROM reminder WHERE patient_id = ?1 AND id <> ?2", patient_id, reminder_id)
    if len(others) >= MAX_REMINDERS:
        raise Conflict(f"At most {MAX_REMINDERS} reminders; remove one first")
    key, updated_at = await vault.key_of(patient_id), milliseconds(now)
    row: dict[str, Any] = {
        "id": reminder_id, "patient_id": patient_id, "local_time": body.local_time, "zone": body.zone,
        "quiet_from": body.quiet_from, "quiet_to": body.quiet_to, "paused_until": body.paused_until,
        "day_starts_at": f"{day_starts_at:%H:%M}",
        "sealed": key.seal(TABLE, reminder_id, updated_at, body.wording.encode()) if body.wording else None,
        "updated_at": updated_at, "opened_at": updated_at, "form": None, "every_days": None, "terms": None,
    }  # fmt: skip
    if isinstance(body, FormBody):
        if any(terms_of(key, other).instrument == body.instrument for other in others if other["form"] == FORM):
            raise Conflict("There is a reminder of that questionnaire already")
        row |= {"weekdays": "", "skip_if_logged": False, "form": FORM, "every_days": body.every_days}
        coming = await _first_turn(key, row, body, now)
    else:
        row |= {"weekdays": "".join(map(str, sorted(body.weekdays))), "skip_if_logged": body.skip_if_logged}
        coming = next_occurrence(schedule_of(row), now)
    row |= {"next_day": coming.day.isoformat(), "next_due_at": milliseconds(coming.due_at)}
    changed = await database.execute(
        f"INSERT INTO reminder ({', '.join(row)}) VALUES ({', '.join(f'?{n}' for n in range(1, len(row) + 1))})"
        f" ON CONFLICT (id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in row if name != 'id')}"
        " WHERE reminder.patient_id = excluded.patient_id",
        *row.values(),
    )
    if not changed:
        raise NotFound()
    return _seen(row, key)


async def _first_turn(key: vault.Key, row: dict[str, Any], body: FormBody, now: datetime) -> Occurrence:
    """When a reminder of a questionnaire comes next; its terms are put into `row`. Raises Invalid."""
    if body.instrument not in prompts.asked_of_patients():
        raise Invalid(Fault("/instrument", "is not known here"))
    rounds = rounds_of(row, begun_on := body.begun_on or first_day_of(row, now))
    if prompts.is_hard(body.instrument) and prompts.is_night(prompts.wall_time(rounds)):
        raise Invalid(Fault("/local_time", "this questionnaire waits from 22:00 until 05:00"))
    terms = Terms(body.instrument, begun_on)
    row["terms"] = sealed_terms(key, row, terms)
    return Occurrence(*prompts.next_turn(rounds_around(row, terms, await prompts.around(key.account_id, now)), now))


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
    seen = ReminderSeen(
        str(row["id"]), row["local_time"], row["zone"], wording, row["quiet_from"], row["quiet_to"],
        row["paused_until"], wire_instant(instant_of(row["next_due_at"])),
    )  # fmt: skip
    if row["form"] == FORM:
        terms = terms_of(key, row)
        seen.instrument, seen.begun_on, seen.every_days = terms.instrument, terms.begun_on, row["every_days"]
    else:
        seen.weekdays, seen.skip_if_logged = [int(each) for each in row["weekdays"]], bool(row["skip_if_logged"])
    return seen
