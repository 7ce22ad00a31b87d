"""Questionnaires in a summary: the forms of the period, and how far each total moved with its error. Pure."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter

from server.base.clock import wire_instant
from server.measures import service as measures
from server.summaries.better_days import first_session
from server.summaries.figures import rounded
from server.summaries.limits import cut, cut_courses, is_within
from server.summaries.rules import Course, Limits, Session, Span
from server.summaries.told import FormTold, Measure, Moved


def measured(
    forms: Iterable[measures.Form],
    sessions: Sequence[Session],
    span: Span,
    limits: Limits | None,
    courses: Sequence[Course] = (),
) -> list[Measure] | None:
    """Each instrument with a form in the period, oldest form first; None where the reader may not know.

    A reader learns that a form spans a session, and what changed since the first, only of sessions that they may know.
    """
    if limits is not None:
        if "measures" not in limits.scopes:
            return None
        forms = [form for form in forms if is_within(form.day, limits)]
        sessions, courses = cut((), sessions, limits)[1], cut_courses(courses, limits)
    first = first_session(sorted(sessions, key=attrgetter("starts_at", "id")), span.last, courses)
    first_at = first.starts_at if first else None
    starts = [session.starts_at for session in sessions]
    known = [measures.looked_back(form, starts) for form in forms if form.day <= span.last]
    known.sort(key=lambda form: (form.instrument, form.completed_at))
    told = []
    for name, group in groupby(known, key=lambda form: form.instrument):
        of_one = list(group)
        if within := [form for form in of_one if form.day >= span.first]:
            moves = measures.moves_of(name, of_one, first_at)
            told.append(
                Measure(
                    instrument=name,
                    responses=[_told(form) for form in within],
                    since_baseline=_moved(moves.since_baseline),
                    baseline_at=wire_instant(moves.baseline_at) if moves.baseline_at else None,
                    since_last=_moved(moves.since_last),
                )
            )
    return told


def _told(form: measures.Form) -> FormTold:
    total = form.score.total
    return FormTold(
        completed_at=wire_instant(form.completed_at),
        total=rounded(total) if isinstance(total, float) else total,
        band=form.score.band,
        spans_session=form.score.spans_session,
    )


def _moved(change: measures.Change | None) -> Moved | None:
    if change is None:
        return None
    points = rounded(change.points) if isinstance(change.points, float) else change.points
    return Moved(points, change.reading, change.response, change.remission)
