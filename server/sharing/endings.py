"""Where a consent ends by another hand than a withdrawal: given back by its reader, or with all the others at once."""

from datetime import datetime

from server.audit import service as audit
from server.base.clock import milliseconds
from server.database import service as database
from server.safety import service as safety
from server.sharing.models import Consent
from server.sharing.rows import consent_read_by, tell
from server.vault import service as vault


@database.transaction
async def leave(therapist_id: str, consent_id: str, now: datetime) -> None:
    """A therapist gives a share back. Raises NotFound."""
    consent = await consent_read_by(therapist_id, consent_id)
    if await Consent.filter(id=consent_id, withdrawn_at__isnull=True).update(withdrawn_at=milliseconds(now)):
        await safety.call_all_unseen(consent_id, now)
        await tell(consent, "consent_left", therapist_id, {}, now)


@database.transaction
async def withdraw_all(patient_id: str, _: str, now: datetime) -> None:
    """Withdraws every consent of a patient, one that waits to be accepted too. Always works."""
    rows = await database.fetch(
        "UPDATE consent SET withdrawn_at = ?1 WHERE patient_id = ?2 AND withdrawn_at IS NULL RETURNING id",
        milliseconds(now),
        patient_id,
    )
    key = await vault.key_of(patient_id)
    for consent_id in sorted(str(row["id"]) for row in rows):
        await audit.record(key, "consent_withdrawn", patient_id, {"consent_id": consent_id}, now)
