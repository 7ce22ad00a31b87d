"""The door: reading hours of a therapist, kept sealed; what of them holds for a consent stood when it was accepted."""

from datetime import datetime, timedelta
from typing import Any

import msgspec

from server.base.clock import milliseconds
from server.base.errors import Fault, Invalid
from server.database import service as database
from server.mail import service as mail
from server.reading_hours.letters import letter_of
from server.reading_hours.rules import (
    Choice,
    ReadingHours,
    Turn,
    every_answer_at,
    reading_ends,
    reading_hours_faults,
    sent,
    with_choice,
)  # fmt: skip
from server.reading_hours.turns import keep_turn, let_go, sweep, take_turn
from server.vault import service as vault

__all__ = [
    "ReadingHours", "Turn", "hours_of", "hours_under", "keep_hours", "keep_turn", "let_go", "letter_of", "reading_ends",
    "sent", "sweep", "take_turn",
]  # fmt: skip

TABLE = "reading_hours"
_KEPT = timedelta(days=366)  # no consent lasts longer


class _Kept(ReadingHours):
    """The hours, and since when alerts were to come for every answer, or no longer."""

    choices: list[Choice] = []


@database.reading
async def hours_of(therapist_id: str) -> ReadingHours | None:
    """When a therapist reads, or None where it was never said."""
    kept = await _kept(therapist_id)
    return _plain(kept) if kept else None


@database.reading
async def hours_under(therapist_id: str, accepted_at: int) -> ReadingHours | None:
    """The hours as they hold for a consent: which answers go without asking stays as it was when accepted (ms)."""
    kept = await _kept(therapist_id) if therapist_id else None
    if kept is None:
        return None
    chosen = every_answer_at(kept.choices, accepted_at) if kept.choices else kept.every_answer
    return msgspec.structs.replace(_plain(kept), every_answer=chosen)


@database.transaction
async def keep_hours(therapist_id: str, hours: ReadingHours, now: datetime) -> ReadingHours:
    """Keeps when a therapist reads. Raises Invalid with every fault."""
    faults = reading_hours_faults(hours)
    before, at = await _kept(therapist_id), milliseconds(now)
    # What stands may be put back as it was answered, or no day away could be added once letters have ended.
    is_new = before is None or hours.backup_email != before.backup_email
    if hours.backup_email and is_new and not mail.is_open():
        faults.append(Fault("/backup_email", "can't be written to: no letter leaves this installation"))
    if faults:
        raise Invalid(*faults)
    choices = with_choice(_choices_of(before), Choice(at, hours.every_answer), milliseconds(now - _KEPT))
    key = await vault.key_of(therapist_id)
    await database.execute(
        "INSERT INTO reading_hours (therapist_id, sealed) VALUES (?1, ?2)"
        " ON CONFLICT (therapist_id) DO UPDATE SET sealed = excluded.sealed",
        therapist_id,
        key.seal(TABLE, therapist_id, 0, msgspec.json.encode(_Kept(**_fields(hours), choices=choices))),
    )
    return hours


async def _kept(therapist_id: str) -> _Kept | None:
    row = await database.fetch_one("SELECT sealed FROM reading_hours WHERE therapist_id = ?1", therapist_id)
    if row is None:
        return None
    key = await vault.key_of(therapist_id)
    return msgspec.json.decode(key.open(TABLE, therapist_id, 0, row["sealed"]), type=_Kept)


def _choices_of(kept: _Kept | None) -> list[Choice]:
    if kept is None:
        return []
    return kept.choices or [Choice(0, kept.every_answer)]  # kept before the day of a choice was


def _plain(kept: _Kept) -> ReadingHours:
    return ReadingHours(**_fields(kept))


def _fields(hours: ReadingHours) -> dict[str, Any]:
    return {name: getattr(hours, name) for name in ReadingHours.__struct_fields__}
