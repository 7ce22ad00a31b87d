"""A summary, put together: what stands in which section, for the person and for a reader under a consent. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from operator import attrgetter

from msgspec import structs

from server.summaries import figures
from server.summaries.beside import exposure, side_effects
from server.summaries.better_days import better_days, sessions_of, start_of, start_window, with_following
from server.summaries.limits import cut, cut_courses, cut_span
from server.summaries.rules import BetterDays, CheckIns, Course, Entry, Limits, Note, Session, Span, Start, Summary

DAYS = 30  # of a period without a first day
EVERYTHING = frozenset({"scales", "sessions", "side_effects", "notes"})


def summarise(
    entries: Iterable[Entry],
    sessions: Sequence[Session],
    span: Span,
    limits: Limits | None = None,
    courses: Sequence[Course] = (),
) -> Summary:
    """What the days of `span` looked like, in whatever order entries and sessions are handed in.

    `entries` are those of the period and of the 21 days before the first session; `sessions` all that took place,
    `courses` all there are.
    With `limits` everything is computed from what they open alone, and a section out of scope is absent.
    """
    scopes = EVERYTHING
    if limits is not None:
        entries, sessions = cut(entries, sessions, limits)
        courses = cut_courses(courses, limits)
        span, scopes = cut_span(span, limits), limits.scopes
    ordered = sorted(sessions, key=attrgetter("starts_at", "id"))
    felt = sorted(entries, key=attrgetter("occurred_at", "id"))
    away, acute = figures.told_apart(felt, ordered)
    start = start_of(ordered, away, span.last, courses)
    summary = Summary(period=span)
    if "scales" in scopes:
        _add_scales(summary, _within(away, span), _within(acute, span), "sessions" in scopes)
        summary.start = structs.replace(start, mood=None if start.mood is None else figures.rounded(start.mood))
    in_order = _within(felt, span)
    if "side_effects" in scopes:
        summary.side_effects = side_effects(in_order)
    if "sessions" in scopes:
        weeks_after = _weeks_after(ordered, away, start, span) if "scales" in scopes else {}
        summary.exposure = exposure(ordered, span.last)
        summary.sessions = sessions_of(ordered, in_order, (span.first, span.last), weeks_after)
    if "notes" in scopes:
        summary.notes = [
            Note(entry.day, entry.note, entry.bring) for entry in in_order if entry.note and entry.note.strip()
        ]
    return summary


def span_of(first: date | None, last: date | None, today: date) -> Span:
    """The days asked for: without `last` until today (or `first`, where that is later), without `first` 30 of them."""
    last = last or max(today, first or today)
    first = first or date.fromordinal(max(1, last.toordinal() - DAYS + 1))
    return Span(first, last, (last - first).days + 1)


def days_needed(
    sessions: Sequence[Session], span: Span, limits: Limits | None, courses: Sequence[Course] = ()
) -> list[tuple[date, date]]:
    """The spans of days, ends included, whose entries make the summary: the start's, where earlier, and the period."""
    if limits is not None:
        span, sessions = cut_span(span, limits), cut((), sessions, limits)[1]
        courses = cut_courses(courses, limits)
    window = start_window(sorted(sessions, key=attrgetter("starts_at", "id")), span.last, courses)
    if window is None or window[0] >= span.first:
        return [(span.first, span.last)]
    return [(window[0], min(window[1], span.first - timedelta(days=1))), (span.first, span.last)]


def _within(entries: Iterable[Entry], span: Span) -> list[Entry]:
    first, last = span.first, span.last
    return [entry for entry in entries if first <= entry.day <= last]


def _add_scales(summary: Summary, away: list[Entry], acute: list[Entry], shows_acute: bool) -> None:
    """Adds what the scope `scales` opens, from the period's entries away from a dose and near one."""
    days: set[date] = {entry.day for entry in (*away, *acute)}
    summary.check_ins = CheckIns(count=len(away) + len(acute), days_with_entry=len(days))
    summary.daily = figures.daily(away, acute, shows_acute)
    summary.scales = figures.scales(away)
    summary.dissociation = figures.dissociation(away, acute, shows_acute)


def _weeks_after(
    sessions: Sequence[Session], away: list[Entry], start: Start, span: Span
) -> dict[str, BetterDays | None]:
    """The weeks after each session of the period, by its id."""
    begun = [pair for pair in with_following(sessions) if span.first <= pair[0].day <= span.last]
    if not begun:
        return {}
    moods = figures.mood_by_day([entry for entry in away if not entry.is_remembered_later])
    return {session.id: better_days(session, following, start.mood, moods, span.last) for session, following in begun}
