"""What else than a daily reminder is due now: the point after a session that is open, and questionnaires."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any

import msgspec

from server.base.clock import instant_of, local_day, milliseconds, wire_instant
from server.database import service as database
from server.prompts import service as prompts
from server.vault import service as vault


class DueItem(msgspec.Struct, omit_defaults=True):
    """What is due now. `id` is the delivery's; null where none was made, as nothing is pushed for it."""

    id: str | None
    reminder_id: str
    due_at: str
    day: str
    slot: str
    wording: str | None
    instrument: str | msgspec.UnsetType = msgspec.UNSET
    session_id: str | msgspec.UnsetType = msgspec.UNSET


async def asked_now(key: vault.Key, rows: Sequence[Mapping[str, Any]], now: datetime) -> list[DueItem]:
    """What reminders other than daily ones, by their rows, ask for at `now`, less what was answered "not now"."""
    around, items = await prompts.around(key.account_id, now), []
    for row in rows:
        ask = _form if row["form"] == prompts.FORM else _point
        if item := await ask(key, row, prompts.terms_of(key, row), around, now):
            items.append(item)
    return items


async def _form(
    key: vault.Key, row: Mapping[str, Any], terms: prompts.Terms, around: prompts.Around, now: datetime
) -> DueItem | None:
    rounds = prompts.rounds_in(row, terms, around)
    turn = prompts.turn_at(rounds, now)
    if turn is None or not prompts.is_askable(rounds, now) or prompts.is_resting(terms):
        return None
    where = "patient_id = ?1 AND reminder_id = ?2 AND day = ?3 AND slot = ?4"
    made = await _made(where, key.account_id, row["id"], turn.day.isoformat(), prompts.FORM)
    item = _item(key, row, made, turn.due_at, turn.day.isoformat(), prompts.FORM)
    if item:
        item.instrument = terms.instrument
    return item


async def _point(
    key: vault.Key, row: Mapping[str, Any], terms: prompts.Terms, around: prompts.Around, now: datetime
) -> DueItem | None:
    if (pause := prompts.paused_until(row)) and pause > now:
        return None
    point = await prompts.open_point(key.account_id, around.sessions, now)
    if point is None or point.point not in (*terms.points, "t+2h"):
        return None
    where = "patient_id = ?1 AND due_at >= ?2 AND session_id = ?3 AND slot = ?4"
    lately = milliseconds(now - prompts.LATELY)
    made = await _made(where, key.account_id, lately, point.session_id, point.point)
    day = local_day(point.since, row["zone"], time.fromisoformat(row["day_starts_at"])).isoformat()
    item = _item(key, row, made, point.since, day, point.point)
    if item:
        item.session_id = point.session_id
    return item


async def _made(where: str, *values: object) -> Mapping[str, Any] | None:
    """The delivery that was made for what is due."""
    sql = f"SELECT id, action, due_at, day FROM delivery WHERE {where} ORDER BY due_at DESC LIMIT 1"
    return await database.fetch_one(sql, *values)


def _item(
    key: vault.Key, row: Mapping[str, Any], made: Mapping[str, Any] | None, due_at: datetime, day: str, slot: str
) -> DueItem | None:
    if made and made["action"] == "not_now":
        return None
    wording = prompts.wording_of(key, str(row["id"]), row["updated_at"], row["sealed"])
    if made is None:
        return DueItem(None, str(row["id"]), wire_instant(due_at), day, slot, wording)
    return DueItem(
        str(made["id"]), str(row["id"]), wire_instant(instant_of(made["due_at"])), made["day"], slot, wording
    )
