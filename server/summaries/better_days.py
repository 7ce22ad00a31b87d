"""Better days after a series of sessions, measured from the start. Pure; it says nothing about why."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from server.base.clock import wire_instant
from server.summaries.figures import median, mood_by_day, rounded
from server.summaries.rules import BetterDays, Course, Entry, Point, Reading, Session, SessionSummary, Start, Week

SERIES_GAP = 7  # days between sessions of one series, at most
START_WINDOW = 21  # days before the first session
START_DAYS = 4  # days with a mood that a start needs
BETTER_BY = 2
HIGHEST_START = 8  # above it two points more don't fit under 10
WEEK = 7
WEEKS = 4
TOO_FEW = 3  # days with a mood that a week needs to be read
CURVE = timedelta(days=WEEK * WEEKS)
HOUR = timedelta(hours=1)

_HAIR = 1e-9  # means of whole numbers differ by far more; without it 10/3 + 2 is above 16/3


def latest_course(courses: Iterable[Course], last: date) -> Course | None:
    """The course begun last by the end of a period, `last`; None where none had."""
    return max(
        (course for course in courses if course.first <= last), key=lambda one: (one.first, one.id), default=None
    )


def first_session(sessions: Sequence[Session], last: date, courses: Sequence[Course] = ()) -> Session | None:
    """The first session of the course that a period ending on `last` is measured from; None where none had begun.

    A session belongs to the course it names; one that names none of them, to the latest begun by its day. Where no
    course is recorded all sessions are one.
    """
    course = latest_course(courses, last)
    if course is not None:
        known = {each.id for each in courses}
        sessions = [
            each
            for each in sessions
            if (each.course_id == course.id if each.course_id in known else each.day >= course.first)
        ]
    return sessions[0] if sessions and sessions[0].day <= last else None


def start_window(sessions: Sequence[Session], last: date, courses: Sequence[Course] = ()) -> tuple[date, date] | None:
    """The days, both included, whose moods make the start."""
    first = first_session(sessions, last, courses)
    return (first.day - timedelta(days=START_WINDOW), first.day - timedelta(days=1)) if first else None


def start_of(sessions: Sequence[Session], away: Sequence[Entry], last: date, courses: Sequence[Course] = ()) -> Start:
    """The median of the daily moods in the window before the course, where at least four days have one. Not rounded.

    `away` are entries away from a dose. With fewer days, what the course's person recalled, where they were asked.
    """
    window = start_window(sessions, last, courses)
    moods = mood_by_day([entry for entry in away if window[0] <= entry.day <= window[1]] if window else ())
    if len(moods) >= START_DAYS:
        return Start(mood=median(moods.values()), days=len(moods), source="measured")
    course = latest_course(courses, last)
    if course is not None and course.recalled is not None:
        return Start(mood=float(course.recalled), days=len(moods), source="recalled")
    return Start(mood=None, days=len(moods), source="none")


def better_days(
    session: Session, following: Session | None, start: float | None, moods: Mapping[date, float], last: date
) -> BetterDays | None:
    """The weeks after `session`, or None where `following` belongs to the same series.

    `moods` are means of each day, away from a dose and without what was remembered later. Weeks end the day before
    `following` and on `last`, the period's end; a week that lies behind that is left out.
    """
    if following is not None and (following.day - session.day).days <= SERIES_GAP:
        return None
    end = last if following is None else min(last, following.day - timedelta(days=1))
    weeks: list[Week] = []
    better_on: list[date] = []
    for number in range(1, WEEKS + 1):
        days = _days_of_week(session.day, number, end)
        if not days:
            break
        told = [day for day in days if day in moods]
        better = [day for day in told if start is not None and moods[day] + _HAIR >= start + BETTER_BY]
        better_on += better
        weeks.append(Week(number, None if start is None else len(better), len(told), _reading(len(told), start)))
    return BetterDays(weeks=weeks, last_better_on=better_on[-1] if better_on else None)


def sessions_of(
    sessions: Sequence[Session],
    entries: Sequence[Entry],
    period: tuple[date, date],
    weeks_after: Mapping[str, BetterDays | None],
) -> list[SessionSummary]:
    """The sessions of the period, oldest first, each with its curve and what `weeks_after` has for its id.

    `sessions` and `entries` (those of the period) in the order of their instants.
    """
    felt = [entry.occurred_at for entry in entries]
    return [
        SessionSummary(
            id=session.id,
            starts_at=wire_instant(session.starts_at),
            phase=session.phase,
            curve=_curve(session, following, entries, felt),
            better_days=weeks_after.get(session.id),
        )
        for session, following in with_following(sessions)
        if period[0] <= session.day <= period[1]
    ]


def with_following(sessions: Sequence[Session]) -> list[tuple[Session, Session | None]]:
    """Each session with the one after it."""
    return [*pairwise(sessions), (sessions[-1], None)] if sessions else []


def _curve(
    session: Session, following: Session | None, entries: Sequence[Entry], felt: Sequence[datetime]
) -> list[Point]:
    """The answers from the session's start until the next one starts, or until 28 days have passed."""
    until = session.starts_at + CURVE
    if following is not None:
        until = min(until, following.starts_at)
    return [
        Point(rounded((entry.occurred_at - session.starts_at) / HOUR), entry.mood, entry.anxiety, entry.dissociation)
        for entry in entries[bisect_left(felt, session.starts_at) : bisect_left(felt, until)]
        if not entry.mood is entry.anxiety is entry.dissociation is None
    ]


def _days_of_week(day: date, number: int, end: date) -> list[date]:
    """The days of the week `number` after `day`, as far as `end`."""
    after = range(WEEK * (number - 1) + 1, WEEK * number + 1)
    return [each for passed in after if (each := day + timedelta(days=passed)) <= end]


def _reading(of: int, start: float | None) -> Reading:
    if of < TOO_FEW:
        return "too_few"
    if start is None:
        return "no_start"
    return "no_room" if start > HIGHEST_START + _HAIR else "counted"
