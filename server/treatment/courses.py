"""What surrounds the sessions: a course, the medication beside it, a meeting, and the watch on long exposure. Pure."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from server.base.bodies import EARLIEST, Body, Instant, Zone, instant_faults, lines_faults, zone_faults
from server.base.errors import Fault
from server.treatment.rules import PLANNED_AHEAD, Text

Audience = Literal["me", "therapist", "prescriber", "both"]
Treated = Literal["depression", "ptsd", "generalised_anxiety", "social_anxiety", "panic", "pain", "other"]
Severity = Literal["none", "mild", "moderate", "severe"]
Rating = Annotated[int, Meta(ge=0, le=10)]
Name = Annotated[str, Meta(min_length=1, max_length=200)]
Agreed = Annotated[list[Annotated[str, Meta(max_length=2_000)]], Meta(max_length=50)]
MOST_AGREED = 50_000  # characters in all the lines: a record has a bound
MAX_TREATED = 7


class Course(Body):
    """The values of a course: what is treated, from when to when, and from which mood where none was measured."""

    treated_for: Annotated[list[Treated], Meta(max_length=MAX_TREATED)] | UnsetType | None = UNSET
    started_on: date | UnsetType | None = UNSET
    ended_on: date | UnsetType | None = UNSET
    reason: Text | UnsetType | None = UNSET
    start_recalled: Rating | UnsetType | None = UNSET


class Medication(Body, rename={"first": "from", "last": "to"}):
    """The values of a medication that its person takes or took, in their own words."""

    name: Name | UnsetType | None = UNSET
    dose_text: Name | UnsetType | None = UNSET
    first: date | UnsetType | None = UNSET
    last: date | UnsetType | None = UNSET
    audience: Audience | UnsetType | None = UNSET


class Meeting(Body, rename={"with_": "with"}):
    """The values of a meeting: when, with whom (a consent's id, or words), and what was agreed to try."""

    starts_at: Instant | UnsetType | None = UNSET
    zone: Zone | UnsetType | None = UNSET
    with_: Name | UnsetType | None = UNSET
    agreed: Agreed | UnsetType | None = UNSET


class Watch(Body):
    """The values of a look at what long, frequent exposure can harm: bladder and kidney, thinking, craving."""

    occurred_at: Instant | UnsetType | None = UNSET
    zone: Zone | UnsetType | None = UNSET
    urgency: Severity | UnsetType | None = UNSET
    frequency: Severity | UnsetType | None = UNSET
    night_time: Severity | UnsetType | None = UNSET
    pain: Severity | UnsetType | None = UNSET
    blood: bool | UnsetType | None = UNSET
    flank_pain: Severity | UnsetType | None = UNSET
    cannot_pass_urine: bool | UnsetType | None = UNSET
    memory: Severity | UnsetType | None = UNSET
    finding_words: Severity | UnsetType | None = UNSET
    concentration: Severity | UnsetType | None = UNSET
    craving: Rating | UnsetType | None = UNSET
    doses_outside_plan: bool | UnsetType | None = UNSET
    little_sleep_much_energy: bool | UnsetType | None = UNSET  # asked by itself, once a week, where somebody chose so
    audience: Audience | UnsetType | None = UNSET


def check_course(values: Course, now: datetime) -> list[Fault]:
    """What the types can't say of a course; pointers are relative to its values."""
    faults = [*_day_faults(values.started_on, "/started_on", now), *_day_faults(values.ended_on, "/ended_on", now)]
    faults += _order_faults(values.started_on, values.ended_on, "/ended_on", "started_on")
    if isinstance(values.treated_for, list) and len(set(values.treated_for)) < len(values.treated_for):
        faults.append(Fault("/treated_for", "names one thing twice"))
    return faults


def check_medication(values: Medication, now: datetime) -> list[Fault]:
    """What the types can't say of a medication."""
    faults = [*_day_faults(values.first, "/from", now), *_day_faults(values.last, "/to", now)]
    return [*faults, *_order_faults(values.first, values.last, "/to", "from")]


def check_meeting(values: Meeting, now: datetime) -> list[Fault]:
    """What the types can't say of a meeting: it may lie ahead as far as a session."""
    instant = instant_faults(values.starts_at, "/starts_at", now, PLANNED_AHEAD, "five years")
    return [*zone_faults(values.zone), *instant, *lines_faults(values.agreed, "/agreed", MOST_AGREED)]


def check_watch(values: Watch, now: datetime) -> list[Fault]:
    """What the types can't say of a watch."""
    return [*zone_faults(values.zone), *instant_faults(values.occurred_at, "/occurred_at", now)]


def _day_faults(day: date | UnsetType | None, pointer: str, now: datetime) -> Iterator[Fault]:
    if isinstance(day, date):
        if day < EARLIEST.date():
            yield Fault(pointer, "is before 1900")
        elif day > (now + PLANNED_AHEAD).date():
            yield Fault(pointer, "is more than five years ahead")


def _order_faults(
    first: date | UnsetType | None, last: date | UnsetType | None, pointer: str, name: str
) -> Iterator[Fault]:
    if isinstance(first, date) and isinstance(last, date) and last < first:
        yield Fault(pointer, f"is before `{name}`")
