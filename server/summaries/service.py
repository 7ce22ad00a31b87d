"""The door: what a period of a patient looked like, for the person and for a reader under a consent."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from functools import partial
from operator import attrgetter

from server.base.clock import DAY_STARTS_AT, local_day
from server.base.web import Period
from server.database import service as database
from server.journal import service as journal
from server.measures import service as measures
from server.records import service as records
from server.safety import service as safety
from server.summaries.beside import Addressed, course, medication, meeting, question, readable, safety_plan, watched
from server.summaries.better_days import HIGHEST_START, SERIES_GAP
from server.summaries.diary import entry_of, taken_place
from server.summaries.ending import day_after, end_of
from server.summaries.figures import told_apart
from server.summaries.measured import measured
from server.summaries.news import news
from server.summaries.rules import Course, Daily, Entry, Limits, Note, Session, Summary, Week
from server.summaries.summarise import days_needed, span_of, summarise
from server.summaries.told import AlertTold, FormTold, Measure, MeetingTold, Moved, StandingTold
from server.treatment import service as treatment

__all__ = [
    "HIGHEST_START", "SERIES_GAP", "AlertTold", "Daily", "Entry", "FormTold", "Limits", "Measure", "MeetingTold",
    "Moved", "Note", "StandingTold", "Summary", "Week", "entry_of", "near_a_dose", "news", "summary",
]  # fmt: skip


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

    Today is the day after it where they are ahead of that zone, and wrote of that day already.

    With `limits`, for a reader under a consent: computed from what those open alone.
    """

    def day_of(at: str) -> date:
        return local_day(datetime.fromisoformat(at), zone, day_starts_at)

    today = local_day(now, zone, day_starts_at)
    apart: dict[str, list[records.Found]] = {name: [] for name in _APART}
    for found in await records.between(patient_id, None, None, *_APART):
        apart[found.kind].append(found)
    sessions = taken_place(map(treatment.session_of, apart[treatment.TREATMENT_SESSION.name]), now)
    if period.last is None:
        ahead = await records.between(patient_id, day_after(today), day_after(today), journal.CHECK_IN.name)
        today = end_of(today, now, map(entry_of, ahead), sessions, limits)
    span = span_of(period.first, period.last, today)
    courses = [course(each) for each in apart[treatment.COURSE.name]]
    entries: list[Entry] = []
    for first, last in days_needed(sessions, span, limits, courses):
        entries += map(entry_of, await records.between(patient_id, first, last, journal.CHECK_IN.name))
    told = summarise(entries, sessions, span, limits, courses)
    _add_apart(told, apart, sessions, courses, day_of, limits)
    if limits is None or "alerts" in limits.scopes:
        answers = measures.safety_answers(apart[measures.RESPONSE.name])
        answers = await safety.believed(patient_id, answers, zone, day_starts_at, now)
        await _add_alerts(told, patient_id, answers, day_of, limits)
    return told


@database.reading
async def near_a_dose(patient_id: str, entries: Iterable[Entry], now: datetime) -> set[str]:
    """The ids of a patient's entries within 24 hours after a session, which the daily figures leave out."""
    sessions = taken_place(await treatment.all_sessions(patient_id), now)
    return {entry.id for entry in told_apart(entries, sorted(sessions, key=attrgetter("starts_at")))[1]}


def _add_apart(
    told: Summary,
    apart: Mapping[str, Sequence[records.Found]],
    sessions: Sequence[Session],
    courses: Sequence[Course],
    day_of: Callable[[str], date],
    limits: Limits | None,
) -> None:
    """Adds what stands beside the diary; a section that a reader may not know of stays away."""
    forms = map(measures.form_of, apart[measures.RESPONSE.name])
    if (measured_there := measured(forms, sessions, told.period, limits, courses)) is not None:
        told.measures = measured_there
    told.safety_plan = safety_plan(apart[safety.SAFETY_PLAN.name], limits)
    shown: dict[str, Callable[[records.Found], Addressed]] = {
        "watch": watched, "medications": medication, "questions": partial(question, day_of=day_of),
        "meetings": meeting,  # no scope opens it: a reader never sees it
    }  # fmt: skip
    for scope, told_of in shown.items():
        there = readable(map(told_of, apart[_SECTIONS[scope]]), told.period, limits, scope)
        if there is not None:
            setattr(told, scope, there)


async def _add_alerts(
    told: Summary,
    patient_id: str,
    answers: Sequence[measures.SafetyAnswer],
    day_of: Callable[[str], date],
    limits: Limits | None,
) -> None:
    """Adds the alerts of the period and all that are open: whoever looks back far must not look past those."""
    span, consent_id = told.period, limits.consent_id if limits else None
    first, last = (limits.first, limits.last) if limits else (None, None)
    found = await safety.alerts(patient_id, consent_id, first, last) if limits is None or consent_id else []
    told.alerts = [
        each for each in found if each.closed_at is None or span.first <= day_of(each.raised_at) <= span.last
    ]
    told.standing_answers = safety.standing_answers(answers, first, min(last or span.last, span.last))


_SECTIONS = {
    "watch": treatment.WATCH.name,
    "medications": treatment.MEDICATION.name,
    "questions": journal.QUESTION.name,
    "meetings": treatment.MEETING.name,
}
"""By section, which is also the scope that opens it: the kind of record it shows."""
_APART = (
    treatment.TREATMENT_SESSION.name,
    measures.RESPONSE.name,
    treatment.COURSE.name,
    safety.SAFETY_PLAN.name,
    *_SECTIONS.values(),
)
"""Kinds of which a person has few: read whole, in one statement."""
