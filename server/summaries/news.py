"""What is new in a diary to a reader: of what a summary does not show them, nothing is counted elsewhere either."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from server.database import service as database
from server.journal import service as journal
from server.records import service as records
from server.summaries.diary import entry_of, taken_place
from server.summaries.limits import cut
from server.summaries.rules import Limits, Session
from server.treatment import service as treatment

# Around the day of a session: 24 hours after it, in another zone, on either side of the date line.
_BEFORE, _AFTER = timedelta(days=2), timedelta(days=3)


@database.reading
async def news(patient_id: str, limits: Limits, seen_at: int, now: datetime) -> tuple[date | None, int]:
    """The last day with an entry that the limits open, and how many of those came after `seen_at` (milliseconds).

    Only where sessions are closed are entries opened, those around one: to leave out those near a dose.
    """
    kind, days = journal.CHECK_IN.name, (limits.first, limits.last)
    if "scales" not in limits.scopes:
        return None, 0
    is_told = "sessions" in limits.scopes
    sessions = [] if is_told else taken_place(await treatment.between(patient_id, *days), now)
    closed: set[str] = set()
    for first, last in _around(sessions):
        found = await records.readable(patient_id, first, last, kind)
        known, _ = cut(map(entry_of, found), sessions, limits)
        closed |= {each.id for each in found} - {each.id for each in known}
    return await records.news(patient_id, kind, *days, seen_at, closed)


def _around(sessions: Iterable[Session]) -> list[tuple[date, date]]:
    """The spans of days, ends included, in which an entry may be near one of these sessions."""
    spans: list[tuple[date, date]] = []
    for day in sorted({each.day for each in sessions}):
        first, last = day - min(_BEFORE, day - date.min), day + _AFTER
        if spans and first <= spans[-1][1]:
            first, _ = spans.pop()
        spans.append((first, last))
    return spans
