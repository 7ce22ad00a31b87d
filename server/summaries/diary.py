"""Check-ins and sessions as far as a summary looks at them: read in one step, for ten years of check-ins are many."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

import msgspec
from msgspec import UNSET, UnsetType

from server.journal import service as journal
from server.records import service as records
from server.summaries.rules import Audience, Entry, Session
from server.treatment import service as treatment

T = TypeVar("T")


class _Kept(msgspec.Struct, gc=False):
    """Of the values of a check-in those that are told of. They were checked when they were taken in."""

    occurred_at: datetime
    mood: int | None = None
    anxiety: int | None = None
    dissociation: int | None = None
    dissociation_tone: str | None = None
    memory_gaps: str | None = None
    sleep_hours: float | None = None
    rested: int | None = None
    note: str | None = None
    audience: Audience | None = None
    bring: bool | None = None
    side_effects: dict[str, str] | None = None


_decode = msgspec.json.Decoder(_Kept).decode


def entry_of(found: records.Found) -> Entry:
    """The check-in that a record holds."""
    kept = _decode(found.values)
    return Entry(
        id=found.id,
        day=found.day,
        occurred_at=kept.occurred_at,
        is_remembered_later=journal.is_remembered_later(kept.occurred_at, found.recorded_at),
        mood=kept.mood,
        anxiety=kept.anxiety,
        dissociation=kept.dissociation,
        is_distressing=kept.dissociation_tone == "distressing",
        has_memory_gap=kept.memory_gaps in ("a_little", "a_lot"),
        sleep_hours=kept.sleep_hours,
        rested=kept.rested,
        note=kept.note,
        audience=kept.audience or "me",
        bring=kept.bring is True,
        side_effects=kept.side_effects,
    )


def taken_place(sessions: Iterable[treatment.Session], now: datetime) -> list[Session]:
    """Those of the sessions that took place until `now`."""
    return [
        Session(
            id=each.id,
            day=each.day,
            starts_at=each.starts_at,
            phase=_given(each.values.phase),
            course_id=_given(each.values.course_id),
        )
        for each in sessions
        if treatment.has_taken_place(each, now)
    ]


def _given(value: T | UnsetType | None) -> T | None:
    return None if value is UNSET else value
