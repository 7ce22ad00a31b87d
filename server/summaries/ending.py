"""Until which day a summary reaches that nobody named: today, or the day that a traveller already writes. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from server.summaries.limits import cut
from server.summaries.rules import Entry, Limits, Session


def day_after(today: date) -> date:
    """The day up to which somebody who is ahead of their account's zone may write already."""
    return today + timedelta(days=1)


def end_of(
    today: date, now: datetime, entries: Iterable[Entry], sessions: Sequence[Session], limits: Limits | None
) -> date:
    """`today`, or the day after it where one of these entries or sessions is of that day, and past.

    For a reader that turns on what is shown to them alone: the end says nothing of anything else.
    """
    known = list(entries)
    if limits is not None:
        known, sessions = cut(known, sessions, limits)
        known = [entry for entry in known if _is_shown(entry, limits)]
    tomorrow = day_after(today)
    is_there = any(entry.day == tomorrow and entry.occurred_at <= now for entry in known)
    is_dosed = any(session.day == tomorrow and session.starts_at <= now for session in sessions)
    return tomorrow if is_there or is_dosed else today


def _is_shown(entry: Entry, limits: Limits) -> bool:
    """Whether anything of an entry, as far as it is known, stands in a summary: where scales are open, that it is."""
    felt = any(severity != "none" for severity in (entry.side_effects or {}).values())
    return "scales" in limits.scopes or felt or bool(entry.note and entry.note.strip())
