"""The door: what a period of a patient looked like, for the person and for a reader under a consent."""

from datetime import datetime, time
from typing import TypeVar

from msgspec import UNSET, UnsetType

from server.base.clock import DAY_STARTS_AT, local_day
from server.base.web import Period
from server.database import service as database
from server.journal import service as journal
from server.summaries.rules import Entry, Limits, Session, Summary
from server.summaries.summarise import days_needed, span_of, summarise
from server.treatment import service as treatment

__all__ = ["Limits", "Summary", "summary"]

T = TypeVar("T")


@database.reading
async def summary(
    patient_id: str,
    period: Period,
    now: datetime,
    zone: str,
    day_starts_at: time = DAY_STARTS_AT,
    limits: Limits | None = None,
) -> Summary:
    """What `period` looked like; without its ends, the 30 days to today in the patient's `zone`.

    With `limits`, for a reader under a consent: computed from what those open alone.
    """
    span = span_of(period.first, period.last, local_day(now, zone, day_starts_at))
    sessions = [
        Session(id=each.id, day=each.day, starts_at=each.starts_at, phase=_given(each.values.phase))
        for each in await treatment.all_sessions(patient_id)
        if treatment.has_taken_place(each, now)
    ]
    entries: list[Entry] = []
    for first, last in days_needed(sessions, span, limits):
        entries += [_entry(each) for each in await journal.between(patient_id, first, last)]
    return summarise(entries, sessions, span, limits)


def _entry(told: journal.Entry) -> Entry:
    values = told.values
    return Entry(
        id=told.id,
        day=told.day,
        occurred_at=told.occurred_at,
        is_remembered_later=journal.is_remembered_later(told.occurred_at, told.recorded_at),
        mood=_given(values.mood),
        anxiety=_given(values.anxiety),
        dissociation=_given(values.dissociation),
        is_distressing=values.dissociation_tone == "distressing",
        has_memory_gap=values.memory_gaps in ("a_little", "a_lot"),
        sleep_hours=_given(values.sleep_hours),
        rested=_given(values.rested),
        note=_given(values.note),
        audience=_given(values.audience) or "me",
        bring=values.bring is True,
    )


def _given(value: T | UnsetType | None) -> T | None:
    return None if value is UNSET else value
