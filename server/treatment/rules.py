"""What a treatment session may hold, what makes one wrong, which took place, and how long one still works. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from server.base.bodies import EARLIEST, Body, Instant, Zone, zone_faults
from server.base.clock import AHEAD
from server.base.errors import Fault
from server.base.ids import Id

PLANNED_AHEAD = timedelta(days=5 * 366)
SETTLING = timedelta(hours=6)  # after a dose, what gives something away waits this long (CLINICAL 3)

Text = Annotated[str, Meta(max_length=20_000)]
Status = Literal["planned", "happened", "stopped_early", "cancelled"]

_TOOK_PLACE = ("happened", "stopped_early", None)


class Vitals(Body):
    """Blood pressure in mmHg and heart rate a minute, as far as they were taken."""

    systolic: Annotated[int, Meta(ge=40, le=300)] | UnsetType = UNSET
    diastolic: Annotated[int, Meta(ge=20, le=200)] | UnsetType = UNSET
    heart_rate: Annotated[int, Meta(ge=20, le=300)] | UnsetType = UNSET


class TreatmentSession(Body):
    """The values of a treatment session. Without a `status` it happened."""

    starts_at: Instant | UnsetType | None = UNSET
    zone: Zone | UnsetType | None = UNSET
    status: Status | UnsetType | None = UNSET
    course_id: Id | UnsetType | None = UNSET
    drug: Literal["ketamine", "esketamine"] | UnsetType | None = UNSET
    route: Literal["iv", "im", "sc", "intranasal", "sublingual", "oral"] | UnsetType | None = UNSET
    dose_mg: Annotated[float, Meta(gt=0, le=2_000)] | UnsetType | None = UNSET
    setting: Literal["clinic", "home"] | UnsetType | None = UNSET
    phase: Literal["induction", "maintenance"] | UnsetType | None = UNSET
    vitals: Vitals | UnsetType | None = UNSET
    ride_home: bool | UnsetType | None = UNSET
    intention: Text | UnsetType | None = UNSET
    reflection_24h: Text | UnsetType | None = UNSET
    reflection_7d: Text | UnsetType | None = UNSET
    audience: Literal["me", "therapist", "prescriber", "both"] | UnsetType | None = UNSET


class Session(msgspec.Struct, frozen=True, gc=False):
    """One treatment session as it was kept, and the local day it belongs to."""

    id: str
    day: date
    starts_at: datetime
    zone: str
    values: TreatmentSession


class TreatmentSessionRecord(msgspec.Struct):
    """A treatment session as the wire carries it."""

    kind: Literal["treatment_session"]
    id: Id
    revision: int
    deleted: bool
    recorded_at: datetime
    edited_at: datetime
    received_at: datetime
    values: TreatmentSession
    alternatives: dict[str, list[str]]


class TreatmentSessionPage(msgspec.Struct):
    """Treatment sessions, newest first; `next` is the cursor of the following page, null on the last."""

    items: list[TreatmentSessionRecord]
    next: str | None


def check(values: TreatmentSession, now: datetime) -> list[Fault]:
    """What the types can't say of a treatment session; pointers are relative to its values.

    A change that moves a planned session carries its new start alone: only one that brings the zone too, as every new
    session does, happened where it doesn't say otherwise.
    """
    faults = zone_faults(values.zone)
    if isinstance(values.starts_at, datetime):
        has_happened = values.status in _TOOK_PLACE if values.status is not UNSET else values.zone is not UNSET
        if values.starts_at < EARLIEST:
            faults.append(Fault("/starts_at", "is before 1900"))
        elif has_happened and values.starts_at > now + AHEAD:
            faults.append(Fault("/starts_at", "is more than 24 hours ahead, for a session that happened"))
        elif values.starts_at > now + PLANNED_AHEAD:
            faults.append(Fault("/starts_at", "is more than five years ahead"))
    return faults


def has_taken_place(session: Session, now: datetime) -> bool:
    """Whether a dose was given: the session happened or was stopped early, and isn't still to come.

    Two phones can make one that “happened” next week, by calling it so here and moving it there.
    """
    return session.values.status in (*_TOOK_PLACE, UNSET) and session.starts_at <= now + AHEAD


def is_ahead(session: Session, now: datetime) -> bool:
    """Whether a dose was given that, by a phone whose clock is fast, begins only later than `now`."""
    return now < session.starts_at and has_taken_place(session, now)


def latest_start_of(sessions: Iterable[Session], now: datetime, received: Mapping[str, datetime]) -> datetime | None:
    """When the latest session began that took place within the six hours before `now`; None where none did.

    One ahead of `now` had begun when it came, which `received` says by its id: a fast clock shortens no waiting.
    From its own start on it settles by that.
    """
    given = (session for session in sessions if has_taken_place(session, now))
    starts = (received.get(each.id, now) if is_ahead(each, now) else each.starts_at for each in given)
    return max((start for start in starts if start <= now < start + SETTLING), default=None)
