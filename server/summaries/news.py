"""What is new in a diary to a reader: of what a summary does not show them, nothing is counted elsewhere either."""

from datetime import date, datetime

from server.database import service as database
from server.journal import service as journal
from server.records import service as records
from server.summaries.diary import entry_of, taken_place
from server.summaries.limits import cut
from server.summaries.rules import Limits
from server.treatment import service as treatment


@database.reading
async def news(patient_id: str, limits: Limits, seen_at: int, now: datetime) -> tuple[date | None, int]:
    """The last day with an entry that the limits open, and how many of those came after `seen_at` (milliseconds).

    Only where sessions are closed, and there were some, are the entries opened: to leave out those near a dose.
    """
    kind, days = journal.CHECK_IN.name, (limits.first, limits.last)
    if "scales" not in limits.scopes:
        return None, 0
    is_told = "sessions" in limits.scopes
    sessions = [] if is_told else taken_place(await treatment.between(patient_id, *days), now)
    if not sessions:
        return await records.news(patient_id, kind, *days, seen_at)
    known, _ = cut(map(entry_of, await records.between(patient_id, *days, kind)), sessions, limits)
    sql = "SELECT record_id FROM record WHERE patient_id = ?1 AND kind = ?2 AND received_at > ?3 AND NOT deleted"
    fresh = {str(row["record_id"]) for row in await database.fetch(sql, patient_id, kind, seen_at)}
    return max((each.day for each in known), default=None), sum(each.id in fresh for each in known)
