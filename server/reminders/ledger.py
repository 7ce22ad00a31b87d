"""The ledger of deliveries: what is due now, what became of each, receipts from the devices, and tests."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

import msgspec

from server.base.bodies import instant_faults
from server.base.clock import instant_of, local_day, milliseconds, wire_instant
from server.base.errors import Fault, Invalid, NotFound, TooMany
from server.base.ids import is_uuid, uuid7
from server.database import service as database
from server.prompts import service as prompts
from server.push import service as push
from server.reminders.asked import DueItem, asked_now
from server.reminders.claims import is_logged
from server.reminders.occurrences import DELIVERIES, open_occurrences
from server.reminders.rules import TEST, Receipt, Status
from server.vault import service as vault

_MOST_TESTS, _SPAN = 10, timedelta(hours=1)
_OPENED_STEP = timedelta(hours=1)
_AHEAD = timedelta(days=36_525)  # a clock that is ahead saw it now, but not one that is out of its mind
_LAST = "ffffffff-ffff-ffff-ffff-ffffffffffff"


class DeliverySeen(msgspec.Struct):
    """A line of the ledger. `reminder_id` is null for a test."""

    id: str
    reminder_id: str | None
    due_at: str
    day: str
    slot: str
    status: Status
    channel: str | None
    attempts: int
    sent_at: str | None
    shown_at: str | None
    opened_at: str | None
    action: str | None


async def due(patient_id: str, day_starts_at: time, now: datetime) -> list[DueItem]:
    """What is due, unless the answer was "not now".

    Today's latest occurrence of each daily reminder where nothing is logged today and no point asks for an entry
    already, the point after a session that is open, and each questionnaire whose turn is.
    """
    items, expired = await _due(patient_id, day_starts_at, now)
    DELIVERIES["expired"].inc(expired)
    return items


@database.transaction
async def _due(patient_id: str, day_starts_at: time, now: datetime) -> tuple[list[DueItem], int]:
    """What is due, and how many occurrences were found to be too late."""
    await _note_opened(patient_id, now)
    _, expired = await open_occurrences(now, 100, patient_id)
    key = await vault.key_of(patient_id)
    rows = await database.fetch(
        "SELECT r.*, d.id AS delivery_id, d.due_at, d.day, d.action FROM delivery d"
        " JOIN reminder r ON r.id = d.reminder_id AND r.patient_id = d.patient_id"
        " WHERE d.patient_id = ?1 AND d.slot = ?2 AND d.due_at BETWEEN ?3 AND ?4 ORDER BY d.due_at",
        patient_id, prompts.DAILY, milliseconds(now - timedelta(days=2)), milliseconds(now),
    )  # fmt: skip
    items = []
    for row in {str(row["id"]): row for row in rows}.values():
        due_at, pause = instant_of(row["due_at"]), prompts.paused_until(row)
        today, its_day = (local_day(at, row["zone"], day_starts_at) for at in (now, due_at))
        if today != its_day or row["action"] == "not_now" or (pause and pause > now) or await is_logged(row, now):
            continue
        id_, wording = str(row["id"]), prompts.wording_of(key, str(row["id"]), row["updated_at"], row["sealed"])
        items.append(DueItem(str(row["delivery_id"]), id_, wire_instant(due_at), row["day"], prompts.DAILY, wording))
    forms = await database.fetch("SELECT * FROM reminder WHERE patient_id = ?1 AND form IS NOT NULL", patient_id)
    if not forms:
        return items, expired
    asked = await asked_now(key, forms, now)
    is_point = any(item.session_id for item in asked)
    return ([] if is_point else items) + asked, expired  # one entry answers both


async def _note_opened(patient_id: str, now: datetime) -> None:
    """Somebody is there: reminders go on as they are, or again. All of a person's say the same."""
    sql = (
        "UPDATE reminder SET opened_at = ?1 WHERE patient_id = ?2 AND EXISTS"
        " (SELECT 1 FROM reminder AS old WHERE old.patient_id = ?2 AND COALESCE(old.opened_at, 0) < ?3)"
    )
    await database.execute(sql, milliseconds(now), patient_id, milliseconds(now - _OPENED_STEP))


@database.reading
async def waiting(now: datetime) -> tuple[int, float]:
    """How many occurrences and deliveries, anybody's, nobody has in hand though it is time; seconds of the longest."""
    row = await database.fetch_one(
        "SELECT count(*) AS many, min(at) AS first FROM (SELECT next_due_at AS at FROM reminder WHERE next_due_at <= ?1"
        " UNION ALL SELECT try_at FROM delivery WHERE try_at <= ?1) AS waiting",
        milliseconds(now),
    )
    if row is None or not row["many"]:
        return 0, 0.0
    return row["many"], (milliseconds(now) - row["first"]) / 1000


@database.reading
async def deliveries(patient_id: str, limit: int, cursor: str | None) -> tuple[list[DeliverySeen], str | None]:
    """A patient's ledger, newest first, and where to go on. Raises Invalid for a cursor that is none."""
    below = _position(cursor)
    rows = await database.fetch(
        "SELECT * FROM delivery WHERE patient_id = ?1 AND (due_at, id) < (?2, ?3)"
        " ORDER BY due_at DESC, id DESC LIMIT ?4",
        patient_id, *below, limit + 1,
    )  # fmt: skip
    end = rows[limit - 1] if len(rows) > limit else None
    return [_seen(row) for row in rows[:limit]], f"{end['due_at']}.{end['id']}" if end else None


def _position(cursor: str | None) -> tuple[int, str]:
    """Before which line, by its instant and id, the page goes on."""
    if cursor is None:
        return 2**62, _LAST
    due_at, _, id_ = cursor.partition(".")
    if not (due_at.isascii() and due_at.isdecimal() and len(due_at) < 16 and is_uuid(id_)):
        raise Invalid(Fault("/cursor", "is not one that was answered here"))
    return int(due_at), id_


@database.transaction
async def seen(patient_id: str, delivery_id: str, receipt: Receipt, now: datetime) -> None:
    """Takes in a device's receipt; the first of each instant stays. Raises Invalid, NotFound if not this patient's."""
    for name in ("shown_at", "opened_at"):
        if faults := list(instant_faults(getattr(receipt, name), f"/{name}", now, _AHEAD, "100 years")):
            raise Invalid(*faults)
    opened_at, shown_at = (
        milliseconds(min(at, now)) if at else None for at in (receipt.opened_at, receipt.shown_at or receipt.opened_at)
    )
    changed = await database.execute(
        "UPDATE delivery SET shown_at = COALESCE(shown_at, ?1), opened_at = COALESCE(opened_at, ?2),"
        " action = COALESCE(?3, action), status = CASE WHEN COALESCE(opened_at, ?2) IS NOT NULL THEN 'opened'"
        " WHEN COALESCE(shown_at, ?1) IS NOT NULL THEN 'shown' ELSE status END WHERE patient_id = ?4 AND id = ?5",
        shown_at, opened_at, receipt.action, patient_id, delivery_id,
    )  # fmt: skip
    if not changed:
        raise NotFound()
    if receipt.opened_at or receipt.action:
        await _note_opened(patient_id, now)


@database.transaction
async def test(patient_id: str, subscription_id: str, zone: str, now: datetime) -> DeliverySeen:
    """Puts a test for one device into the ledger, to be sent with the next tick. Raises NotFound, TooMany."""
    if subscription_id not in {each.id for each in await push.listed(patient_id)}:
        raise NotFound()
    sql = "SELECT id FROM delivery WHERE patient_id = ?1 AND due_at > ?2 AND slot = ?3"
    if len(await database.fetch(sql, patient_id, milliseconds(now - _SPAN), TEST)) >= _MOST_TESTS:
        raise TooMany(int(_SPAN.total_seconds()))
    [row] = await database.fetch(
        "INSERT INTO delivery (id, patient_id, subscription_id, day, slot, due_at, try_at, status, attempts)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, 'due', 0) RETURNING *",
        uuid7(), patient_id, subscription_id, local_day(now, zone, time()).isoformat(), TEST, milliseconds(now),
    )  # fmt: skip
    return _seen(row)


def _seen(row: Mapping[str, Any]) -> DeliverySeen:
    due_at, sent_at, shown_at, opened_at = (
        wire_instant(instant_of(row[name])) if row[name] else None
        for name in ("due_at", "sent_at", "shown_at", "opened_at")
    )
    return DeliverySeen(
        str(row["id"]), str(row["reminder_id"]) if row["reminder_id"] else None, due_at or "", row["day"], row["slot"],
        row["status"], row["channel"], row["attempts"], sent_at, shown_at, opened_at, row["action"],
    )  # fmt: skip
