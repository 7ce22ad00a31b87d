"""A question for the next meeting, settled by whoever it was put to."""

from datetime import datetime, time
from typing import Any

import msgspec

from server.accounts import service as accounts
from server.base.clock import wire_instant
from server.base.errors import NotFound
from server.base.ids import uuid7
from server.database import service as database
from server.journal import service as journal
from server.records import service as records
from server.sharing.rows import consent_read_by, patient_of, tell, terms_of
from server.sharing.rules import is_put_to, require_open

_values = msgspec.json.Decoder(dict[str, Any])


@database.transaction
async def settle(therapist_id: str, consent_id: str, question_id: str, now: datetime) -> None:
    """Settles a question that the consent opens; one that is settled stays as it is.

    It becomes a change of the patient's own record, so that every device of theirs learns of it. Raises NotFound,
    ConsentWithdrawn, ConsentExpired.
    """
    consent = await consent_read_by(therapist_id, consent_id)
    terms, patient_id = terms_of(consent), patient_of(consent)
    require_open(terms, now)
    for found in await records.between(patient_id, terms.first, terms.last, journal.QUESTION.name):
        values = _values.decode(found.values)
        if found.id == question_id and is_put_to(terms, values):
            if values.get("settled_at") is None:
                await _change(patient_id, found, now)
                await tell(consent, "question_settled", therapist_id, {"record_id": question_id}, now)
            return
    raise NotFound()


async def _change(patient_id: str, question: records.Found, now: datetime) -> None:
    patient = await accounts.read(patient_id)
    at = wire_instant(now)
    change = {
        "id": uuid7(), "kind": question.kind, "record_id": question.id, "base_revision": question.revision,
        "edited_at": at, "patch": {"settled_at": at},
    }  # fmt: skip
    sync, batch = records.parsed({"changes": [change], "limit": 1})
    answer = await records.push_changes(patient_id, time.fromisoformat(patient.day_starts_at), sync, batch, now)
    if answer.results[0].outcome not in ("stored", "merged"):  # merged: its person changed it just now
        raise RuntimeError("a question could not be settled")
