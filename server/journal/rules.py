"""What a check-in may hold, what makes one wrong, and what it means to remember later. Pure."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from server.base.bodies import Body, Instant, Zone, instant_faults, zone_faults
from server.base.errors import Fault
from server.base.ids import Id

REMEMBERED_LATER = timedelta(hours=6)
MAX_OWN = 2
MAX_OWN_NAME = 60

Rating = Annotated[int, Meta(ge=0, le=10)]
Hours = Annotated[float, Meta(ge=0, le=24)]
ShortText = Annotated[str, Meta(max_length=2_000)]
LongText = Annotated[str, Meta(max_length=20_000)]

Audience = Literal["me", "therapist", "prescriber", "both"]
Severity = Literal["none", "mild", "moderate", "severe"]
Tone = Literal["distressing", "mixed", "neutral", "peaceful"]
Away = Literal["from_myself", "from_body", "world_unreal", "lost_time", "numb", "flashback", "other"]
Gaps = Literal["no", "a_little", "a_lot"]
Point = Literal["before", "t+2h", "t+4h", "t+24h", "t+72h", "t+7d"]


class SideEffects(Body):
    """How strong each of the known side effects is; one that isn't named wasn't asked or answered."""

    nausea: Severity | UnsetType = UNSET
    headache: Severity | UnsetType = UNSET
    dizziness: Severity | UnsetType = UNSET
    sleepiness: Severity | UnsetType = UNSET
    blurred_vision: Severity | UnsetType = UNSET
    heart_beat: Severity | UnsetType = UNSET
    urinary_urgency: Severity | UnsetType = UNSET
    urinary_frequency: Severity | UnsetType = UNSET
    urinary_pain: Severity | UnsetType = UNSET
    bladder_discomfort: Severity | UnsetType = UNSET
    foggy_thinking: Severity | UnsetType = UNSET
    memory_trouble: Severity | UnsetType = UNSET
    other: Severity | UnsetType = UNSET


class CheckIn(Body, gc=False):
    """The values of a check-in. It may hold only its time, and counts: “I can't answer right now” is an answer."""

    occurred_at: Instant | UnsetType | None = UNSET
    zone: Zone | UnsetType | None = UNSET
    mood: Rating | UnsetType | None = UNSET
    anxiety: Rating | UnsetType | None = UNSET
    dissociation: Rating | UnsetType | None = UNSET
    dissociation_tone: Tone | UnsetType | None = UNSET
    dissociation_kinds: Annotated[list[Away], Meta(max_length=7)] | UnsetType | None = UNSET
    away_from: Instant | UnsetType | None = UNSET
    away_to: Instant | UnsetType | None = UNSET
    before_it: ShortText | UnsetType | None = UNSET
    what_helped: ShortText | UnsetType | None = UNSET
    in_danger: bool | UnsetType | None = UNSET
    memory_gaps: Gaps | UnsetType | None = UNSET
    sleep_hours: Hours | UnsetType | None = UNSET
    rested: Rating | UnsetType | None = UNSET
    side_effects: SideEffects | UnsetType | None = UNSET
    own: dict[str, Rating] | UnsetType | None = UNSET
    compared: Literal["harder", "same", "easier"] | UnsetType | None = UNSET
    keep: LongText | UnsetType | None = UNSET
    note: LongText | UnsetType | None = UNSET
    audience: Audience | UnsetType | None = UNSET
    bring: bool | UnsetType | None = UNSET
    session_id: Id | UnsetType | None = UNSET
    point: Point | UnsetType | None = UNSET


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One check-in as it was kept: when it was felt, when it was typed, and the local day it belongs to."""

    id: str
    day: date
    occurred_at: datetime
    recorded_at: datetime
    values: CheckIn


class CheckInRecord(msgspec.Struct):
    """A check-in as the wire carries it."""

    kind: Literal["check_in"]
    id: Id
    revision: int
    deleted: bool
    recorded_at: datetime
    edited_at: datetime
    received_at: datetime
    values: CheckIn
    alternatives: dict[str, list[str]]


class CheckInPage(msgspec.Struct):
    """Check-ins, newest first; `next` is the cursor of the following page, null on the last."""

    items: list[CheckInRecord]
    next: str | None


def check(values: CheckIn, now: datetime) -> list[Fault]:
    """What the types can't say of a check-in; pointers are relative to its values."""
    faults = zone_faults(values.zone)
    for name in ("occurred_at", "away_from", "away_to"):
        faults += instant_faults(getattr(values, name), f"/{name}", now)
    away_from, away_to = values.away_from, values.away_to
    if isinstance(away_from, datetime) and isinstance(away_to, datetime) and away_to < away_from:
        faults.append(Fault("/away_to", "is before `away_from`"))
    if isinstance(values.dissociation_kinds, list) and _has_twins(values.dissociation_kinds):
        faults.append(Fault("/dissociation_kinds", "names one kind twice"))
    if isinstance(values.own, dict):
        faults += _own_faults(values.own)
    return faults


def is_remembered_later(occurred_at: datetime, recorded_at: datetime) -> bool:
    """Whether what was felt at `occurred_at` was typed more than six hours after."""
    return recorded_at - occurred_at > REMEMBERED_LATER


def _own_faults(own: dict[str, int]) -> Iterator[Fault]:
    if len(own) > MAX_OWN:
        yield Fault("/own", f"holds more than {MAX_OWN} scales")
    if any(not name.strip() or len(name) > MAX_OWN_NAME for name in own):
        yield Fault("/own", f"a scale's name has 1 to {MAX_OWN_NAME} characters")


def _has_twins(kinds: list[Away]) -> bool:
    return len(set(kinds)) < len(kinds)
