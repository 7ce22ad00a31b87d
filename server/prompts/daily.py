"""When a daily reminder is due: wall times on weekdays, and days as the zone has them. Pure."""

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from server.base.clock import out_of_quiet_hours, zone_of


class Schedule(msgspec.Struct, frozen=True, kw_only=True):
    """When a reminder is due: a wall time on weekdays (1 is Monday) in a zone, moved out of the quiet hours."""

    zone: str
    local_time: time
    weekdays: frozenset[int]
    quiet_from: time | None = None
    quiet_to: time | None = None
    paused_until: datetime | None = None


class Occurrence(NamedTuple):
    """One local day's turn of a reminder. `day` is the day it was meant for, `due_at` an instant in UTC."""

    day: date
    due_at: datetime


def next_due(schedule: Schedule, after: datetime) -> datetime:
    """The first due instant later than `after`; both UTC."""
    return next_occurrence(schedule, after).due_at


def next_occurrence(schedule: Schedule, after: datetime) -> Occurrence:
    """The first occurrence that is due later than `after` (UTC), and not while the reminder is paused.

    A wall time that the spring change skips comes that much later on the clock; one that the autumn change repeats
    comes the first time only (PEP 495, fold 0). A day that a zone leaves out altogether has none. Quiet hours shift
    an occurrence to their end, on the next day if need be; it stays the occurrence of the day it was meant for.
    """
    zone = zone_of(schedule.zone)
    shift_days, wall_time = out_of_quiet_hours(schedule.local_time, schedule.quiet_from, schedule.quiet_to)
    if schedule.paused_until is not None:
        after = max(after, schedule.paused_until - timedelta(milliseconds=1))
    day = after.astimezone(zone).date() - timedelta(days=2)
    while True:
        if day.isoweekday() in schedule.weekdays:
            wall = datetime.combine(day + timedelta(days=shift_days), wall_time, zone)
            due_at = wall.astimezone(UTC)
            is_plain = not shift_days and due_at.astimezone(zone).date() == day
            if due_at > after and (is_plain or _is_on_calendar(day, zone)):
                return Occurrence(day, due_at)
        day += timedelta(days=1)


def _is_on_calendar(day: date, zone: ZoneInfo) -> bool:
    """Whether a zone has that day: Samoa had no 30 December 2011."""
    start, end = (datetime.combine(each, time(), zone).astimezone(UTC) for each in (day, day + timedelta(days=1)))
    return start < end
