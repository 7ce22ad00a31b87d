"""Alerts that nobody saw in time: each is taken by one process, called unseen, and a backup is told of it."""

from datetime import datetime, timedelta
from typing import NamedTuple

from server.base.clock import milliseconds
from server.database import service as database

_TELL_AGAIN = timedelta(minutes=10)


class Taken(NamedTuple):
    """An alert that something is to be done about; ids, and when it was said to be unseen (milliseconds)."""

    alert_id: str
    patient_id: str
    consent_id: str
    unseen_at: int | None


@database.transaction
async def take_due(now: datetime, limit: int) -> list[Taken]:
    """Up to `limit` alerts that nobody saw in time: each is taken once, in any process."""
    return await _take("unseen_at IS NULL", "NULL", milliseconds(now), limit)


@database.transaction
async def take_to_tell(now: datetime) -> Taken | None:
    """An alert of which a backup is to be told, or None; it comes up again in ten minutes, until that is settled."""
    again = str(milliseconds(now + _TELL_AGAIN))
    return next(iter(await _take("unseen_at IS NOT NULL", again, milliseconds(now), 1)), None)


@database.transaction
async def put_off_telling(alert_id: str, until: int) -> None:
    """An alert comes up again at that instant (milliseconds), unless it was settled or seen meanwhile."""
    await database.execute("UPDATE alert SET due_at = ?1 WHERE id = ?2 AND due_at IS NOT NULL", until, alert_id)


@database.transaction
async def settle_telling(alert_id: str, told_at: int | None) -> None:
    """A backup was told of an alert then (milliseconds), or (None) is not going to be."""
    await database.execute("UPDATE alert SET due_at = NULL, backup_told_at = ?1 WHERE id = ?2", told_at, alert_id)


@database.transaction
async def call_all_unseen(consent_id: str, now: datetime) -> None:
    """Notes of everything that waits under a consent that nobody will see it."""
    await database.execute(
        "UPDATE alert SET unseen_at = ?1, due_at = NULL"
        " WHERE consent_id = ?2 AND seen_at IS NULL AND unseen_at IS NULL",
        milliseconds(now), consent_id,
    )  # fmt: skip


@database.transaction
async def call_unseen(alert_id: str, now: datetime, is_told: bool) -> None:
    """Notes that an alert was not seen within the hours that its reader had set; `is_told`: a backup is to be told."""
    at = milliseconds(now)
    await database.execute(
        "UPDATE alert SET unseen_at = ?1, due_at = ?2 WHERE id = ?3", at, at if is_told else None, alert_id
    )


@database.transaction
async def put_off_calling(alert_id: str, until: datetime) -> None:
    """An alert that was taken as due comes up again then, unless it is called unseen before."""
    await database.execute("UPDATE alert SET due_at = ?1 WHERE id = ?2", milliseconds(until), alert_id)


async def _take(which: str, next_due: str, at: int, limit: int) -> list[Taken]:
    rows = await database.fetch(
        f"WITH due AS (SELECT id FROM alert WHERE due_at <= ?1 AND {which} ORDER BY due_at, unseen_at, id LIMIT ?2"
        f"{database.skip_locked()}) UPDATE alert SET due_at = {next_due} FROM due WHERE alert.id = due.id"
        " RETURNING alert.id, patient_id, consent_id, unseen_at",
        at, limit,
    )  # fmt: skip
    return [Taken(str(row["id"]), str(row["patient_id"]), str(row["consent_id"]), row["unseen_at"]) for row in rows]
