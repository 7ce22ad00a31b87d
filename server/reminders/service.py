"""The door: a person's reminders. Claims, sending and the ledger have rooms of their own beside it."""

from datetime import date, datetime, time
from typing import Any

import msgspec

from server.base.clock import instant_of, milliseconds, wire_instant
from server.base.errors import Conflict, Fault, Invalid, NotFound
from server.database import service as database
from server.prompts import service as prompts
from server.reminders.again import pushed_points, replan
from server.reminders.asked import DueItem
from server.reminders.claims import claim_due, hand_back, record
from server.reminders.dispatch import dispatch
from server.reminders.ledger import DeliverySeen, deliveries, due, seen, test, waiting
from server.reminders.rules import LATE, Receipt
from server.vault import service as vault

ReminderBody, body_of, next_due = prompts.ReminderBody, prompts.body_of, prompts.next_due

__all__ = [
    "DeliverySeen", "DueItem", "Receipt", "ReminderBody", "ReminderSeen", "body_of", "claim_due",
    "days_turn", "deliveries", "dispatch", "due", "hand_back", "listed", "next_due", "put", "record", "remove",
    "replan", "seen", "test", "waiting",
]  # fmt: skip

MAX_REMINDERS = 20  # an account


class ReminderSeen(msgspec.Struct, omit_defaults=True):
    """A reminder as its owner sees it, with its next occurrence; what its form has no use for is left out."""

    id: str
    zone: str
    wording: str | None
    quiet_from: str | None
    quiet_to: str | None
    paused_until: str | None
    next_due_at: str | None
    local_time: str | msgspec.UnsetType = msgspec.UNSET
    weekdays: list[int] | msgspec.UnsetType = msgspec.UNSET
    skip_if_logged: bool | msgspec.UnsetType = msgspec.UNSET
    instrument: str | msgspec.UnsetType = msgspec.UNSET
    every_days: int | msgspec.UnsetType = msgspec.UNSET
    begun_on: date | msgspec.UnsetType = msgspec.UNSET
    after_session: bool | msgspec.UnsetType = msgspec.UNSET
    points: list[str] | msgspec.UnsetType = msgspec.UNSET


@database.transaction
async def put(
    patient_id: str, reminder_id: str, body: prompts.AnyBody, day_starts_at: time, now: datetime
) -> ReminderSeen:
    """Keeps a reminder as given; it comes next at its first time after `now`. Raises Conflict, Invalid, NotFound."""
    others = await database.fetch("SELECT * FROM reminder WHERE patient_id = ?1 AND id <> ?2", patient_id, reminder_id)
    if len(others) >= MAX_REMINDERS:
        raise Conflict(f"At most {MAX_REMINDERS} reminders; remove one first")
    key, updated_at = await vault.key_of(patient_id), milliseconds(now)
    row: dict[str, Any] = {
        "id": reminder_id, "patient_id": patient_id, "local_time": "00:00", "weekdays": "", "zone": body.zone,
        "skip_if_logged": False, "quiet_from": body.quiet_from, "quiet_to": body.quiet_to,
        "paused_until": body.paused_until, "day_starts_at": f"{day_starts_at:%H:%M}",
        "sealed": key.seal(prompts.TABLE, reminder_id, updated_at, body.wording.encode()) if body.wording else None,
        "updated_at": updated_at, "opened_at": updated_at, "form": None, "every_days": None, "terms": None,
        "coming": None,
    }  # fmt: skip
    if isinstance(body, prompts.ReminderBody):
        row |= {"local_time": body.local_time, "skip_if_logged": body.skip_if_logged}
        row["weekdays"] = "".join(map(str, sorted(body.weekdays)))
        prompts.place(row, prompts.next_occurrence(prompts.schedule_of(row), now))
    else:
        row["form"] = prompts.POINTS
        if isinstance(body, prompts.FormBody):
            row |= {"form": prompts.FORM, "local_time": body.local_time, "every_days": body.every_days}
        terms = _terms(row, body, now)
        if any(prompts.terms_of(key, other).instrument == terms.instrument for other in others if other["form"]):
            raise Conflict("There is a reminder of that already")
        around, row["terms"] = await prompts.around(patient_id, now), prompts.sealed_terms(key, row, terms)
        if row["form"] == prompts.FORM:
            prompts.place(row, prompts.next_turn(prompts.rounds_in(row, terms, around), now))
        else:
            prompts.plan_points(row, terms, around.sessions, await pushed_points(patient_id, now), now - LATE)
    # Whoever puts one is there, for all of them.
    await database.execute("UPDATE reminder SET opened_at = ?1 WHERE patient_id = ?2", updated_at, patient_id)
    changed = await database.execute(
        f"INSERT INTO reminder ({', '.join(row)}) VALUES ({', '.join(f'?{n}' for n in range(1, len(row) + 1))})"
        f" ON CONFLICT (id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in row if name != 'id')}"
        " WHERE reminder.patient_id = excluded.patient_id",
        *row.values(),
    )
    if not changed:
        raise NotFound()
    return _seen(row, key)


def _terms(row: dict[str, Any], body: prompts.FormBody | prompts.PointsBody, now: datetime) -> prompts.Terms:
    """What a reminder that is no daily one is about. Raises Invalid."""
    if isinstance(body, prompts.PointsBody):
        return prompts.Terms(points=list(body.points))
    name = prompts.asked_as(body.instrument)
    if why := prompts.why_not_asked(name):
        raise Invalid(Fault("/instrument", why))
    rounds = prompts.rounds_of(row, begun_on := body.begun_on or prompts.first_day_of(row, now))
    if prompts.is_hard(name) and prompts.is_night(prompts.wall_time(rounds)):
        raise Invalid(Fault("/local_time", "this questionnaire waits from 22:00 until 05:00"))
    return prompts.Terms(name, begun_on)


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
    wording, next_due_at = prompts.wording_of(key, str(row["id"]), row["updated_at"], row["sealed"]), row["next_due_at"]
    seen = ReminderSeen(
        str(row["id"]), row["zone"], wording, row["quiet_from"], row["quiet_to"], row["paused_until"],
        wire_instant(instant_of(next_due_at)) if next_due_at < milliseconds(prompts.NEVER.due_at) else None,
    )  # fmt: skip
    terms = prompts.terms_of(key, row) if row["form"] else prompts.Terms()
    if row["form"] == prompts.POINTS:
        seen.after_session, seen.points = True, terms.points
        return seen
    seen.local_time = row["local_time"]
    if row["form"] == prompts.FORM:
        seen.instrument, seen.begun_on, seen.every_days = terms.instrument, terms.begun_on, row["every_days"]
    else:
        seen.weekdays, seen.skip_if_logged = [int(each) for each in row["weekdays"]], bool(row["skip_if_logged"])
    return seen
