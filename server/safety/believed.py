"""When answers to safety items are believed to have been given: a phone's clock may be years behind."""

from collections.abc import Sequence
from datetime import datetime, time

import msgspec

from server.base.clock import local_day
from server.database import service as database
from server.measures import service as measures
from server.records import service as records
from server.safety.triggers import is_believed


@database.reading
async def believed(
    patient_id: str, given: Sequence[measures.SafetyAnswer], zone: str, day_starts_at: time, now: datetime
) -> list[measures.SafetyAnswer]:
    """The answers, oldest first; one whose instant is not believed counts as of its first arrival, and of that day.

    It does so in later batches too, told or not: else a 0 under a wrong clock would hide the rise that follows it.
    """
    old = any(not is_believed(each.at, now) for each in given)
    came = await records.first_received(patient_id, measures.RESPONSE.name) if old else {}
    counted = []
    for each in given:
        at = came.get(each.record_id, each.at)
        if not is_believed(each.at, at):
            each = msgspec.structs.replace(each, at=at, day=local_day(at, zone, day_starts_at))
        counted.append(each)
    return sorted(counted, key=lambda each: (each.at, each.record_id))
