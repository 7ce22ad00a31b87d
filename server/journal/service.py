"""The door: check-ins of a patient, as entries for other folders and as records for the wire."""

from datetime import date

import msgspec

from server.base.web import Period
from server.journal.questions import Question, check_question
from server.journal.rules import CheckIn, Entry, SideEffects, check, is_remembered_later
from server.records import service as records

__all__ = ["CHECK_IN", "QUESTION", "CheckIn", "Entry", "SideEffects", "between", "is_remembered_later", "page"]

CHECK_IN = records.Kind("check_in", CheckIn, required=("occurred_at", "zone"), day_of="occurred_at", check=check)
QUESTION = records.Kind("question", Question, required=("text",), day_of="", check=check_question)

_decode = msgspec.json.Decoder(CheckIn).decode


async def between(patient_id: str, first: date | None, last: date | None) -> list[Entry]:
    """A patient's check-ins in a span of local days (None: open), newest first."""
    return [_entry(found) for found in await records.between(patient_id, first, last, CHECK_IN.name)]


async def page(patient_id: str, period: Period, limit: int, cursor: str | None) -> records.Page:
    """A patient's check-ins as records, newest first, `limit` at once."""
    return await records.page(patient_id, CHECK_IN.name, period, limit, cursor)


def _entry(found: records.Found) -> Entry:
    values = _decode(found.values)  # what is kept has its instant and its zone: without them it is refused
    return Entry(found.id, found.day, values.occurred_at, found.recorded_at, values)  # type: ignore[arg-type]
