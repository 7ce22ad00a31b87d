"""Accepting a consent."""

from datetime import datetime

from server.accounts import service as accounts
from server.base.clock import milliseconds
from server.base.errors import NotFound
from server.base.ids import secret_hash
from server.database import service as database
from server.reading_hours import service as reading_hours
from server.sharing.models import Consent
from server.sharing.naming import sealed_name
from server.sharing.rows import ConsentAnswer, answer_of, patient_of, tell, terms_of
from server.sharing.rules import AfterSession, ReadingHoursNeeded, SecondFactorNeeded, status_of
from server.treatment import service as treatment


@database.transaction
async def accept(therapist_id: str, secret: str, now: datetime) -> ConsentAnswer:
    """Accepts the invitation whose secret this is.

    Raises SecondFactorNeeded, ReadingHoursNeeded, NotFound where it is used, old or wrong, AfterSession.
    """
    if not await accounts.has_factor(therapist_id):
        raise SecondFactorNeeded()
    if await reading_hours.hours_of(therapist_id) is None:
        raise ReadingHoursNeeded()
    consent = await Consent.filter(secret_hash=secret_hash(secret)).first()
    if consent is None or status_of(terms_of(consent), now) != "given":
        raise NotFound()
    if await treatment.latest_start(patient_of(consent), now):
        raise AfterSession(treatment.SETTLING)  # not how much is left of it: that would say when the dose was
    reader_name = await sealed_name(consent, await accounts.name_of(therapist_id))
    changed = await Consent.filter(id=consent.id, accepted_at__isnull=True, withdrawn_at__isnull=True).update(
        therapist_id=therapist_id, reader_name=reader_name, accepted_at=milliseconds(now)
    )
    if not changed:
        raise NotFound()
    await tell(consent, "consent_accepted", therapist_id, {}, now)
    return await answer_of(await Consent.get(id=consent.id), now)
