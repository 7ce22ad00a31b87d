"""Taking what is due in hand, so that each occurrence is one delivery in however many processes, and letting go."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from prometheus_client import Histogram

from server.base.clock import instant_of, local_day, milliseconds
from server.base.ids import uuid7
from server.database import service as database
from server.prompts import service as prompts
from server.records import service as records
from server.reminders.days import hold_days
from server.reminders.occurrences import DELIVERIES, UNREADABLE, open_occurrences, row_by_row
from server.reminders.quiet import hold_turns, is_needless, opened_at
from server.reminders.rules import TEST, is_last, is_late
from server.vault import service as vault

LEASE = timedelta(minutes=1)

_LAG = Histogram(
    "interlude_reminder_lag_seconds", "From the instant a reminder was due until a push service had taken it",
    buckets=(1, 2, 5, 10, 30, 60, 300, 900, 1800, 3600, 7200),
)  # fmt: skip


class Claim(NamedTuple):
    """One delivery in hand. `sealed` holds the reminder's own words, as of `updated_at`."""

    id: str
    patient_id: str
    token: str
    reminder_id: str
    subscription_id: str | None
    day: str
    slot: str
    due_at: datetime
    attempts: int
    sealed: bytes | None
    updated_at: int
    is_last: bool


class Result(NamedTuple):
    """What a try came to; `try_at` where there will be another."""

    claim: Claim
    status: str
    attempted: bool
    at: datetime
    try_at: datetime | None = None


async def claim_due(now: datetime, limit: int) -> tuple[list[Claim], int]:
    """Takes up to `limit` deliveries in hand for a minute; answers those to send, and how many rows were moved on."""
    claims, settled, moved = await _claimed(now, limit)
    for status in settled:
        DELIVERIES[status if status in DELIVERIES else "seen"].inc()
    return claims, moved


@database.transaction
async def _claimed(now: datetime, limit: int) -> tuple[list[Claim], list[str], int]:
    """The claims, how deliveries ended that will not be sent, and how many rows were moved on."""
    opened, expired = await open_occurrences(now, limit)
    until, token = milliseconds(now + LEASE), uuid7()
    claimed = await database.execute(
        f"WITH ready AS (SELECT id FROM delivery WHERE try_at <= ?1 ORDER BY try_at LIMIT ?2{database.skip_locked()})"
        " UPDATE delivery SET try_at = ?3, lease_token = ?4 FROM ready WHERE delivery.id = ready.id",
        milliseconds(now), limit, until, token,
    )  # fmt: skip
    if not claimed:
        return [], ["expired"] * expired, opened
    rows = await database.fetch(
        "SELECT d.id AS delivery_id, d.patient_id AS owner_id, d.reminder_id, d.subscription_id, d.day, d.slot,"
        " d.since, d.status, d.due_at, d.attempts, r.* FROM delivery d"
        " LEFT JOIN reminder r ON r.id = d.reminder_id AND r.patient_id = d.patient_id"
        " WHERE d.try_at = ?1 AND d.lease_token = ?2 ORDER BY d.due_at",
        until, token,
    )  # fmt: skip
    settled, wanted = [], []
    for row in rows:
        with row_by_row(row["owner_id"]):  # one that can't be read comes again when its lease runs out
            if status := await _status_without_sending(row, now):
                settled.append((status, row["delivery_id"], token))
            else:
                wanted.append((row, _claim(row, token)))
    readable, crowded = await _days_of(wanted)
    settled += [("skipped", claim.id, token) for claim in readable if claim.id in crowded]
    claims = [claim for claim in readable if claim.id not in crowded]
    sql = "UPDATE delivery SET status = ?1, try_at = NULL, lease_token = NULL WHERE id = ?2 AND lease_token = ?3"
    await database.execute_many(sql, settled)
    return claims, ["expired"] * expired + [status for status, _, _ in settled], opened + claimed


async def record(results: Sequence[Result]) -> None:
    """Writes down what tries came to, and counts it."""
    await _written(results)
    for each in results:
        if each.status == "due":
            DELIVERIES["later" if each.attempted else "no_device"].inc()
            continue
        DELIVERIES[each.status].inc()
        if each.status == "accepted":
            _LAG.observe((each.at - each.claim.due_at).total_seconds())


@database.transaction
async def _written(results: Sequence[Result]) -> None:
    """Writes down what tries came to, where they are still in hand; a receipt that was faster is not overwritten."""
    rows = [
        (
            each.status, "push" if each.attempted else None, int(each.attempted),
            milliseconds(each.at) if each.status == "accepted" else None,
            milliseconds(each.try_at) if each.try_at else None, each.claim.id, each.claim.token,
        )
        for each in results
    ]  # fmt: skip
    await database.execute_many(
        "UPDATE delivery SET status = CASE WHEN status IN ('shown', 'opened') THEN status ELSE ?1 END,"
        " channel = ?2, attempts = attempts + ?3, sent_at = ?4, try_at = ?5, lease_token = NULL"
        " WHERE id = ?6 AND lease_token = ?7",
        rows,
    )


async def hand_back(claims: Sequence[Claim], now: datetime) -> None:
    """Lets go of claims, so that whoever comes next may take them at once."""
    await _let_go(claims, now)
    DELIVERIES["handed_back"].inc(len(claims))


@database.transaction
async def _let_go(claims: Sequence[Claim], now: datetime) -> None:
    sql = "UPDATE delivery SET try_at = ?1, lease_token = NULL WHERE id = ?2 AND lease_token = ?3"
    await database.execute_many(sql, [(milliseconds(now), claim.id, claim.token) for claim in claims])


async def _days_of(wanted: Sequence[tuple[Mapping[str, Any], Claim]]) -> tuple[list[Claim], set[str]]:
    """The claims whose days can be told, and the ids of those whose day, or whose quiet turn, is another's."""
    try:
        return [claim for _, claim in wanted], await _crowded([row for row, _ in wanted])
    except UNREADABLE:  # somebody's: person by person, then
        claims: list[Claim] = []
        crowded: set[str] = set()
        for patient_id in sorted({claim.patient_id for _, claim in wanted}):
            theirs = [each for each in wanted if each[1].patient_id == patient_id]
            with row_by_row(patient_id):
                crowded |= await _crowded([row for row, _ in theirs])
                claims += [claim for _, claim in theirs]
        return claims, crowded


async def _crowded(rows: Sequence[Mapping[str, Any]]) -> set[str]:
    crowded = await hold_days(rows)
    return crowded | await hold_turns([row for row in rows if str(row["delivery_id"]) not in crowded])


async def _status_without_sending(row: Mapping[str, Any], now: datetime) -> str | None:
    """The status of a delivery that will not be sent: seen, too late, logged, or its reminder gone or at rest."""
    if row["status"] != "due":  # its receipt came, but whoever had it in hand did not live to write that down
        return str(row["status"])
    due_at = instant_of(row["due_at"])
    if is_late(due_at, now):
        return "expired"
    if row["slot"] == TEST:
        return None
    if row["zone"] is None or ((pause := prompts.paused_until(row)) and pause > now):
        return "skipped"
    if row["form"] == prompts.FORM and prompts.is_resting(
        prompts.terms_of(await vault.key_of(str(row["owner_id"])), row)
    ):
        return "skipped"
    needless = (row["skip_if_logged"] and await is_logged(row, due_at)) or await is_needless(row)
    if row["since"] is not None and not needless:
        first = local_day(instant_of(row["since"]), row["zone"]) - timedelta(days=2)  # wherever it was written
        needless = await records.has_any(str(row["owner_id"]), "check_in", first, row["since"])
    return "skipped" if needless else None


async def is_logged(row: Mapping[str, Any], due_at: datetime) -> bool:
    """Whether the patient of a reminder's row has a check-in on the local day to which `due_at` belongs."""
    day = local_day(due_at, row["zone"], time.fromisoformat(row["day_starts_at"]))
    return await records.has_any(str(row["patient_id"]), "check_in", day)


def _claim(row: Mapping[str, Any], token: str) -> Claim:
    due_at = instant_of(row["due_at"])
    is_the_last = row["slot"] != TEST and is_last(opened_at(row), due_at)
    return Claim(
        str(row["delivery_id"]), str(row["owner_id"]), token, str(row["reminder_id"] or row["subscription_id"]),
        row["subscription_id"] and str(row["subscription_id"]), row["day"], row["slot"], due_at,
        row["attempts"], row["sealed"], row["updated_at"] or 0, is_the_last,
    )  # fmt: skip
