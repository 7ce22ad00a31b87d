"""What comes next of a reminder, whatever its form, and planning it anew where what it depends on was written."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

import msgspec

from server.base.clock import instant_of, local_day, milliseconds
from server.database import service as database
from server.prompts import service as prompts
from server.reminders.rules import FORM, LATE, Occurrence, Schedule, next_occurrence, pause_end
from server.vault import service as vault

TABLE, TERMS = "reminder", "reminder.terms"


class Terms(msgspec.Struct, omit_defaults=True):
    """What a reminder is about, where it is not a daily one: sealed, for it says something of the person."""

    instrument: str
    begun_on: date


def schedule_of(row: Mapping[str, Any]) -> Schedule:
    """A daily reminder's schedule from its row."""
    return Schedule(
        zone=row["zone"],
        local_time=time.fromisoformat(row["local_time"]),
        weekdays=frozenset(map(int, row["weekdays"])),
        quiet_from=time.fromisoformat(row["quiet_from"]) if row["quiet_from"] else None,
        quiet_to=time.fromisoformat(row["quiet_to"]) if row["quiet_to"] else None,
        paused_until=paused_until(row),
    )


def paused_until(row: Mapping[str, Any]) -> datetime | None:
    """The instant from which a reminder comes again, where it was paused."""
    return pause_end(row["paused_until"], row["zone"]) if row["paused_until"] else None


def wording_of(key: vault.Key, reminder_id: str, updated_at: int, sealed: bytes | None) -> str | None:
    """The person's own words of a reminder. Raises Unopened."""
    return key.open(TABLE, reminder_id, updated_at, bytes(sealed)).decode() if sealed else None


def terms_of(key: vault.Key, row: Mapping[str, Any]) -> Terms:
    """What a reminder of a questionnaire is about. Raises Unopened."""
    return msgspec.json.decode(key.open(TERMS, str(row["id"]), row["updated_at"], bytes(row["terms"])), type=Terms)


def sealed_terms(key: vault.Key, row: Mapping[str, Any], terms: Terms) -> bytes:
    """The terms as they are kept in that row."""
    return key.seal(TERMS, str(row["id"]), row["updated_at"], msgspec.json.encode(terms))


def rounds_of(
    row: Mapping[str, Any], first: date, doses: tuple[datetime, ...] = (), is_hard: bool = False
) -> prompts.Rounds:
    """When a reminder of a questionnaire comes, from its row and the day of its first turn."""
    schedule = schedule_of(row)
    return prompts.Rounds(
        zone=schedule.zone, local_time=schedule.local_time, first=first, every_days=row["every_days"],
        quiet_from=schedule.quiet_from, quiet_to=schedule.quiet_to, paused_until=schedule.paused_until,
        is_hard=is_hard, doses=doses,
    )  # fmt: skip


def rounds_around(row: Mapping[str, Any], terms: Terms, around: prompts.Around) -> prompts.Rounds:
    """When it comes, given what the person has filled in and was given lately."""
    first = prompts.first_day(terms.begun_on, around.answered_on.get(terms.instrument), row["every_days"])
    return rounds_of(row, first, around.doses, prompts.is_hard(terms.instrument))


def following(row: Mapping[str, Any]) -> Occurrence:
    """What comes after the occurrence that a row names, from the row alone: a claim opens nothing of anybody's.

    A session with a dose that a later turn has to wait for plans it anew when it is kept.
    """
    due_at = instant_of(row["next_due_at"])
    if row["form"] != FORM:
        return next_occurrence(schedule_of(row), due_at)
    first = date.fromisoformat(row["next_day"]) + timedelta(days=row["every_days"])
    return Occurrence(*prompts.next_turn(rounds_of(row, first), due_at))


def first_day_of(row: Mapping[str, Any], now: datetime) -> date:
    """The day that a reminder of a questionnaire counts from: today, or tomorrow where its time has passed."""
    today = local_day(now, row["zone"], time())
    return today if prompts.next_turn(rounds_of(row, today), now).day == today else today + timedelta(days=1)


@database.transaction
async def replan(patient_id: str, _: Mapping[str, Any], now: datetime) -> None:
    """Plans a patient's questionnaires anew, and takes back what is due of one that was filled in meanwhile."""
    rows = await database.fetch("SELECT * FROM reminder WHERE patient_id = ?1 AND form = ?2", patient_id, FORM)
    if not rows:
        return
    key, around = await vault.key_of(patient_id), await prompts.around(patient_id, now)
    for row in rows:
        rounds = rounds_around(row, terms_of(key, row), around)
        coming, present = prompts.next_turn(rounds, now - LATE), prompts.turn_at(rounds, now)
        await database.execute(
            "UPDATE reminder SET next_day = ?1, next_due_at = ?2 WHERE id = ?3",
            coming.day.isoformat(), milliseconds(coming.due_at), row["id"],
        )  # fmt: skip
        await database.execute(
            "UPDATE delivery SET status = 'skipped', try_at = NULL, lease_token = NULL"
            " WHERE patient_id = ?1 AND reminder_id = ?2 AND slot = ?3 AND status = 'due' AND day <> ?4",
            patient_id, row["id"], FORM, present.day.isoformat() if present else "",
        )  # fmt: skip
