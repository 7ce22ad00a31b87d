"""The door: when somebody last wrote anything new, of many people at once, and what is told of their silence."""

from collections.abc import Iterable
from datetime import datetime

from server.base.clock import instant_of
from server.database import service as database
from server.silence.rules import Asked, Silence, silence_of

__all__ = ["Asked", "Silence", "last_new", "silence_of"]


@database.reading
async def last_new(patient_ids: Iterable[str]) -> dict[str, datetime]:
    """When the newest record of each of these people first arrived, by their id; nothing is opened for that.

    Each kind counts, also what was deleted since: it was written. A correction of an older record does not, nor what a
    reader settles. Nobody is named who has written nothing. One statement, however many people there are: the record
    made last has the highest number, and its first version came when it was made.
    """
    latest = f"SELECT max(number) FROM record WHERE {database.is_any('patient_id', 1)} GROUP BY patient_id"
    mine = "record_version.patient_id = record.patient_id AND record_version.record_id = record.record_id"
    first = f"SELECT min(record_version.received_at) FROM record_version WHERE {mine}"
    sql = f"SELECT patient_id, coalesce(({first}), received_at) AS at FROM record WHERE number IN ({latest})"
    rows = await database.fetch(sql, database.many(sorted(set(patient_ids))))
    return {str(row["patient_id"]): instant_of(row["at"]) for row in rows}
