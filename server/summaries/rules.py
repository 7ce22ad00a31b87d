"""What a summary is made from, and what it says: the structs of both. Pure."""

from datetime import date, datetime
from typing import Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from server.summaries.told import (
    AlertTold,
    Exposure,
    Measure,
    MedicationTold,
    MeetingTold,
    QuestionTold,
    SafetyPlanTold,
    SideEffect,
    SilenceTold,
    StandingTold,
)

Audience = Literal["me", "therapist", "prescriber", "both"]
Reading = Literal["counted", "too_few", "no_room", "no_start"]


class Entry(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One check-in, as far as a summary looks at it; None is a missing answer."""

    id: str
    day: date
    occurred_at: datetime
    is_remembered_later: bool = False
    mood: int | None = None
    anxiety: int | None = None
    dissociation: int | None = None
    is_distressing: bool = False
    has_memory_gap: bool = False
    sleep_hours: float | None = None
    rested: int | None = None
    note: str | None = None
    audience: Audience = "me"
    bring: bool = False
    side_effects: dict[str, str] | None = None


class Session(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One treatment session that took place."""

    id: str
    day: date
    starts_at: datetime
    phase: Literal["induction", "maintenance"] | None = None
    course_id: str | None = None


class Course(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One course of treatment: when it began, and the mood before it as its person recalled it."""

    id: str
    first: date
    recalled: int | None = None


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What a consent lets its reader know: scopes, local days (both included), and whose notes from when on.

    `opened` are notes from before that first day, opened one by one. Alerts are those under the consent of this id.
    Without an audience or a first day for notes there are none: a limit that was forgotten closes.
    """

    scopes: frozenset[str]
    first: date | None = None
    last: date | None = None
    notes_from: date | None = None
    audience: Literal["therapist", "prescriber"] | None = None
    opened: frozenset[str] = frozenset()
    consent_id: str | None = None


class Span(msgspec.Struct, frozen=True, rename={"first": "from", "last": "to"}):
    """The local days a summary is about, both included, and how many they are."""

    first: date
    last: date
    days: int


class CheckIns(msgspec.Struct):
    """How many entries there are, on how many days; all of them count."""

    count: int
    days_with_entry: int


class Daily(msgspec.Struct, gc=False):
    """A day with an entry: means of what was answered away from a dose, and how many entries were left out of them."""

    day: date
    mood: float | None
    anxiety: float | None
    dissociation: float | None
    sleep_hours: float | None
    rested: float | None
    entries: int
    remembered_later: int
    within_24h: int | UnsetType = UNSET


class Scale(msgspec.Struct):
    """One scale over single entries, without those within 24 hours after a dose."""

    n: int
    mean: float
    median: float
    min: int
    max: int


class Scales(msgspec.Struct):
    """Each scale; null where nobody answered it."""

    mood: Scale | None
    anxiety: Scale | None
    dissociation: Scale | None


class Acute(msgspec.Struct):
    """Dissociation within 24 hours after a dose."""

    n: int
    median: float | None
    highest: int | None


class Later(msgspec.Struct):
    """Dissociation at any other time; entries called distressing; days with a gap in memory."""

    n: int
    median: float | None
    highest: int | None
    distressing: int
    memory_gap_days: int


class Dissociation(msgspec.Struct):
    """Detachment, told apart by whether a dose was near."""

    later: Later
    within_24h: Acute | UnsetType = UNSET


class Start(msgspec.Struct):
    """The mood before the course's first session, from how many days, and where it comes from."""

    mood: float | None
    days: int
    source: Literal["measured", "recalled", "none"]


class Point(msgspec.Struct):
    """One entry after a session, by hours since it began."""

    hours: float
    mood: int | None
    anxiety: int | None
    dissociation: int | None


class Week(msgspec.Struct):
    """One week after a series: better days of the days with a mood; `better` is null where there is no start."""

    week: int
    better: int | None
    of: int
    reading: Reading


class BetterDays(msgspec.Struct):
    """The four weeks after a series, as far as they lie before the next session and in the period."""

    weeks: list[Week]
    last_better_on: date | None


class SessionSummary(msgspec.Struct):
    """A session of the period and what followed; `better_days` is null inside a series."""

    id: str
    starts_at: str
    phase: Literal["induction", "maintenance"] | None
    curve: list[Point]
    better_days: BetterDays | None


class Note(msgspec.Struct, gc=False):
    """A note, and whether it is marked for the next meeting."""

    day: date
    text: str
    bring: bool


class Summary(msgspec.Struct, kw_only=True):
    """What a period looked like; for a therapist, sections out of scope are absent."""

    period: Span
    check_ins: CheckIns | UnsetType = UNSET
    daily: list[Daily] | UnsetType = UNSET
    scales: Scales | UnsetType = UNSET
    dissociation: Dissociation | UnsetType = UNSET
    start: Start | UnsetType = UNSET
    sessions: list[SessionSummary] | UnsetType = UNSET
    measures: list[Measure] | UnsetType = UNSET
    side_effects: list[SideEffect] | UnsetType = UNSET
    watch: list[dict[str, Any]] | UnsetType = UNSET
    exposure: Exposure | UnsetType = UNSET
    medications: list[MedicationTold] | UnsetType = UNSET
    notes: list[Note] | UnsetType = UNSET
    questions: list[QuestionTold] | UnsetType = UNSET
    meetings: list[MeetingTold] | UnsetType = UNSET
    safety_plan: SafetyPlanTold | UnsetType | None = UNSET
    alerts: list[AlertTold] | UnsetType = UNSET
    standing_answers: list[StandingTold] | UnsetType = UNSET
    silence: SilenceTold | UnsetType = UNSET
