"""What comes next of a reminder, whatever its form, by its row alone."""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import msgspec

from server.base.clock import instant_of, local_day, milliseconds
from server.measures import service as measures
from server.prompts.bodies import pause_end
from server.prompts.daily import Occurrence, Schedule, next_occurrence
from server.prompts.points import Given, Wish, prompts_of
from server.prompts.rules import Rounds, first_day, next_turn
from server.vault import service as vault

DAILY, FORM, POINTS = "daily", "form", "points"  # the forms, and the slots of the first two
TABLE, TERMS = "reminder", "reminder.terms"
NEVER = Occurrence(date(9999, 12, 31), datetime(9999, 12, 31, tzinfo=UTC))  # until a session took place


class Terms(msgspec.Struct, omit_defaults=True):
    """What a reminder is about, where it is not a daily one: sealed, for it says something of the person."""

    instrument: str = ""
    begun_on: date = date.min
    points: list[str] = []


class Coming(msgspec.Struct, array_like=True):
    """A planned prompt as it stands in its reminder's row; instants in milliseconds."""

    due_at: int
    day: str
    slot: str
    session_id: str | None = None
    since: int | None = None


def present(row: Mapping[str, Any]) -> Coming:
    """The occurrence that a row names."""
    planned = (each for each in coming_of(row) if each.due_at == row["next_due_at"])
    return next(planned, Coming(row["next_due_at"], row["next_day"], row["form"] or DAILY))


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
    """What a reminder of a questionnaire is about: the one it names, or the one in its place here. Raises Unopened."""
    opened = key.open(TERMS, str(row["id"]), row["updated_at"], bytes(row["terms"]))
    terms = msgspec.json.decode(opened, type=Terms)
    return msgspec.structs.replace(terms, instrument=asked_as(terms.instrument))


def asked_as(instrument: str) -> str:
    """Which questionnaire a reminder of one asks for here: it, or the one that is offered in its place."""
    return measures.in_place_of(instrument) or instrument


def sealed_terms(key: vault.Key, row: Mapping[str, Any], terms: Terms) -> bytes:
    """The terms as they are kept in that row."""
    return key.seal(TERMS, str(row["id"]), row["updated_at"], msgspec.json.encode(terms))


def rounds_of(
    row: Mapping[str, Any], first: date, doses: tuple[datetime, ...] = (), is_hard: bool = False
) -> Rounds:
    """When a reminder of a questionnaire comes, from its row and the day of its first turn."""
    schedule = schedule_of(row)
    return Rounds(
        zone=schedule.zone, local_time=schedule.local_time, first=first, every_days=row["every_days"],
        quiet_from=schedule.quiet_from, quiet_to=schedule.quiet_to, paused_until=schedule.paused_until,
        is_hard=is_hard, doses=doses,
    )  # fmt: skip


def rounds_around(
    row: Mapping[str, Any], terms: Terms, answered_on: date | None, doses: tuple[datetime, ...], is_hard: bool
) -> Rounds:
    """When it comes, given the day on which it was last filled in and the doses given lately."""
    return rounds_of(row, first_day(terms.begun_on, answered_on, row["every_days"]), doses, is_hard)


def following(row: Mapping[str, Any]) -> Occurrence:
    """What comes after the occurrence that a row names, from the row alone: a claim opens nothing of anybody's.

    A session with a dose that a later turn has to wait for plans it anew when it is kept.
    """
    due_at = instant_of(row["next_due_at"])
    if row["form"] == POINTS:
        return _first(each for each in coming_of(row) if each.due_at > row["next_due_at"])
    if row["form"] != FORM:
        return next_occurrence(schedule_of(row), due_at)
    first = date.fromisoformat(row["next_day"]) + timedelta(days=row["every_days"])
    return next_turn(rounds_of(row, first), due_at)


def first_day_of(row: Mapping[str, Any], now: datetime) -> date:
    """The day that a reminder of a questionnaire counts from: today, or tomorrow where its time has passed."""
    today = local_day(now, row["zone"], time())
    return today if next_turn(rounds_of(row, today), now).day == today else today + timedelta(days=1)


def plan_points(
    row: dict[str, Any], terms: Terms, sessions: Iterable[Given], pushed: Collection[tuple[str, str]], first: datetime
) -> None:
    """Puts the prompts of a patient's sessions into a row of such a reminder, from the instant `first` on.

    A point of a session that was pushed once, one of `pushed`, is not pushed again, wherever the session moves.
    """
    schedule = schedule_of(row)
    wish = Wish(
        points=tuple(terms.points), zone=schedule.zone, day_starts_at=time.fromisoformat(row["day_starts_at"]),
        quiet_from=schedule.quiet_from, quiet_to=schedule.quiet_to, paused_until=schedule.paused_until,
    )  # fmt: skip
    coming = [
        Coming(milliseconds(each.due_at), each.day.isoformat(), each.point, each.session_id, milliseconds(each.since))
        for each in prompts_of(sessions, wish, pushed, first)
    ]
    place(row, _first(coming))
    row["coming"] = msgspec.json.encode(coming).decode()


def place(row: dict[str, Any], coming: Occurrence) -> None:
    """Writes into a row when it comes next."""
    row |= {"next_day": coming.day.isoformat(), "next_due_at": milliseconds(coming.due_at)}


def coming_of(row: Mapping[str, Any]) -> list[Coming]:
    """The prompts of sessions that are planned in a row."""
    return msgspec.json.decode(row["coming"], type=list[Coming]) if row["coming"] else []


def _first(planned: Iterable[Coming]) -> Occurrence:
    each = next(iter(planned), None)
    return Occurrence(date.fromisoformat(each.day), instant_of(each.due_at)) if each else NEVER
