"""When a reminder is due, how late is too late, and what a notification says. Pure."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Annotated, Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from server.base.bodies import Body, Instant, day_of, struct_of, zone_faults
from server.base.clock import out_of_quiet_hours, zone_of
from server.base.errors import Fault, Invalid

LATE = timedelta(hours=2)  # an occurrence that is later than this is not sent any more
DAILY, FORM, TEST = "daily", "form", "test"  # slots
NEUTRAL_TITLE = "A moment for your journal"
LAST_TITLE = "No more reminders until you open this again"
WEEKLY_AFTER, LAST_AFTER = timedelta(days=14), timedelta(days=30)
_A_WEEK = timedelta(days=7) - LATE  # between two wall times of the same weekday a clock may change
_LONGEST_PAUSE = timedelta(days=3660)
_FIRST_TRY_AGAIN_S, _LAST_TRY_AGAIN_S = 15, 900

LocalTime = Annotated[str, msgspec.Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", max_length=5)]
Status = Literal["due", "sent", "accepted", "shown", "opened", "skipped", "expired", "failed"]


class ReminderBody(Body):
    """A daily reminder. `paused_until` is the day, or the instant, from which on it comes again."""

    local_time: LocalTime
    weekdays: Annotated[list[Annotated[int, msgspec.Meta(ge=1, le=7)]], msgspec.Meta(min_length=1, max_length=7)]
    zone: Annotated[str, msgspec.Meta(max_length=64)]
    skip_if_logged: bool = True
    wording: Annotated[str, msgspec.Meta(min_length=1, max_length=120)] | None = None
    quiet_from: LocalTime | None = None
    quiet_to: LocalTime | None = None
    paused_until: Annotated[str, msgspec.Meta(max_length=40)] | None = None


class FormBody(Body):
    """A reminder of a questionnaire, every so many days. `begun_on`: the day it counts from, when it is changed."""

    instrument: Annotated[str, msgspec.Meta(max_length=40)]
    every_days: Annotated[int, msgspec.Meta(ge=7, le=366)]
    local_time: LocalTime = "10:00"
    zone: Annotated[str, msgspec.Meta(max_length=64)] | None = None
    wording: Annotated[str, msgspec.Meta(min_length=1, max_length=120)] | None = None
    quiet_from: LocalTime | None = None
    quiet_to: LocalTime | None = None
    paused_until: Annotated[str, msgspec.Meta(max_length=40)] | None = None
    begun_on: date | None = None


class Receipt(Body):
    """What a device did with a notification."""

    shown_at: Instant | None = None
    opened_at: Instant | None = None
    action: Literal["log", "snooze", "not_now"] | None = None


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


def body_of(tree: Any, now: datetime, zone: str = "UTC") -> ReminderBody | FormBody:
    """A reminder from the JSON of a request; `zone` is the person's, where it names none. Raises Invalid."""
    if isinstance(tree, dict) and "after_session" in tree:
        raise Invalid(Fault("/after_session", "reminders of this form are not offered in this version"))
    if isinstance(tree, dict) and "instrument" in tree:
        form = struct_of(tree, FormBody)
        form.zone = zone if form.zone is None else form.zone
        faults = _time_faults(form, form.zone, now)
        if form.begun_on is not None and abs(form.begun_on - now.date()) > _LONGEST_PAUSE:
            faults.append(Fault("/begun_on", "is more than ten years away"))
        if faults:
            raise Invalid(*faults)
        return form
    body = struct_of(tree, ReminderBody)
    faults = _time_faults(body, body.zone, now)
    if len(set(body.weekdays)) != len(body.weekdays):
        faults.insert(0, Fault("/weekdays", "names a day twice"))
    if faults:
        raise Invalid(*faults)
    return body


def _time_faults(body: ReminderBody | FormBody, zone: str, now: datetime) -> list[Fault]:
    """What is wrong with where and when a reminder of any form comes."""
    faults = zone_faults(zone)
    if (body.quiet_from is None) != (body.quiet_to is None):
        faults.append(Fault("/quiet_to" if body.quiet_to is None else "/quiet_from", "is needed beside the other one"))
    elif body.quiet_from is not None and body.quiet_from == body.quiet_to:
        faults.append(Fault("/quiet_to", "is the same as quiet_from"))
    pause = pause_end(body.paused_until, zone) if body.paused_until is not None and not faults else now
    if abs(pause - now) > _LONGEST_PAUSE:
        faults.append(Fault("/paused_until", "is more than ten years away"))
    return faults


def pause_end(paused_until: str, zone: str) -> datetime:
    """The instant from which a paused reminder comes again: the start of a local day, or as given. Raises Invalid."""
    try:
        if len(paused_until) == 10:
            return datetime.combine(day_of(paused_until, "/paused_until"), time(), zone_of(zone)).astimezone(UTC)
        return msgspec.convert(paused_until, Instant).astimezone(UTC)
    except (msgspec.ValidationError, OverflowError):
        raise Invalid(Fault("/paused_until", "must be a day, YYYY-MM-DD, or an instant")) from None


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


def is_late(due_at: datetime, now: datetime) -> bool:
    """Whether it is too late to send what was due at `due_at`."""
    return now - due_at > LATE


def is_silent(opened_at: datetime | None, due_at: datetime) -> bool:
    """Whether nobody has opened the app for 14 days when an occurrence is due."""
    return opened_at is not None and due_at >= opened_at + WEEKLY_AFTER


def is_last(opened_at: datetime | None, due_at: datetime) -> bool:
    """Whether an occurrence says that no more will come: nobody has opened the app for 30 days."""
    return opened_at is not None and due_at >= opened_at + LAST_AFTER


def is_tapered(opened_at: datetime | None, sent: datetime | None, due_at: datetime) -> bool:
    """Whether an occurrence is left out because nobody opens the app: after 14 days all but one a week, in the end all.

    `sent` is when the last one that was sent had been due.
    """
    if sent is None or not is_silent(opened_at, due_at):
        return False
    return is_last(opened_at, sent) or (due_at - sent < _A_WEEK and not is_last(opened_at, due_at))


def ttl_s(due_at: datetime, now: datetime) -> int:
    """Seconds for which a push service may keep the notification: until it would be late."""
    return max(0, int((due_at + LATE - now).total_seconds()))


def try_again_s(attempts: int, asked_for_s: int) -> int:
    """Seconds to wait after so many attempts, or as many as the push service asked for if those are more."""
    return max(asked_for_s, min(_FIRST_TRY_AGAIN_S << min(attempts, 10), _LAST_TRY_AGAIN_S))


def outcome_of(outcomes: Sequence[str]) -> Literal["accepted", "later", "failed"]:
    """What came of a delivery that was sent to each of a person's devices: one that took it is enough."""
    if "accepted" in outcomes:
        return "accepted"
    return "later" if "later" in outcomes else "failed"


def payload_of(delivery_id: str, wording: str | None, is_the_last: bool = False) -> bytes:
    """What a notification holds: an opaque id, and the words that the person chose or that say nothing."""
    title = LAST_TITLE if is_the_last else wording or NEUTRAL_TITLE
    return msgspec.json.encode({"delivery_id": delivery_id, "title": title, "body": ""})


def topic_of(reminder_id: str, day: str, slot: str) -> str:
    """The push topic of an occurrence: 32 characters that tell a push service nothing (RFC 8030 section 5.4)."""
    return sha256(f"{reminder_id}|{day}|{slot}".encode()).hexdigest()[:32]


def _is_on_calendar(day: date, zone: ZoneInfo) -> bool:
    """Whether a zone has that day: Samoa had no 30 December 2011."""
    start, end = (datetime.combine(each, time(), zone).astimezone(UTC) for each in (day, day + timedelta(days=1)))
    return start < end
