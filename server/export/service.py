"""The door: a person's own check-ins as a table."""

from datetime import datetime
from typing import Any

import msgspec

from server.audit import service as audit
from server.base.web import Period
from server.database import service as database
from server.export.table import Line, table_of
from server.journal import service as journal
from server.records import service as records
from server.summaries import service as summaries
from server.vault import service as vault

__all__ = ["check_ins_table"]

_values = msgspec.json.Decoder(dict[str, Any]).decode


async def check_ins_table(patient_id: str, period: Period, now: datetime) -> str:
    """A patient's check-ins of a period of local days as CSV, oldest first. That it was taken away is written down.

    Years of entries are opened and written out while everybody else may write; only then, before it is given, a row.
    """
    table = await _table(patient_id, period, now)
    await _note(patient_id, now)
    return table


@database.reading
async def _table(patient_id: str, period: Period, now: datetime) -> str:
    found = await records.between(patient_id, period.first, period.last, journal.CHECK_IN.name)
    entries = [summaries.entry_of(each) for each in reversed(found)]
    near = await summaries.near_a_dose(patient_id, entries, now)
    by_id = {each.id: each for each in found}
    lines = [
        Line(
            id=entry.id,
            day=entry.day,
            recorded_at=by_id[entry.id].recorded_at,
            is_remembered_later=entry.is_remembered_later,
            is_within_24h=entry.id in near,
            values=_values(by_id[entry.id].values),
        )
        for entry in entries
    ]
    return table_of(lines)


@database.transaction
async def _note(patient_id: str, now: datetime) -> None:
    await audit.record(await vault.key_of(patient_id), "check_ins_exported", patient_id, {}, now)
