"""Looking under a consent: what its reader gets, on a page or as a file, and the patient's own look at the same."""

from datetime import datetime, time

import msgspec

from server.accounts import service as accounts
from server.base.clock import instant_of, milliseconds
from server.base.errors import NotFound
from server.base.web import Period
from server.database import service as database
from server.export import service as export
from server.sharing.models import Consent
from server.sharing.rows import (
    consent_read_by,
    limits_of,
    opened_under,
    own_consent,
    patient_of,
    silence_under,
    tell,
    terms_of,
)
from server.sharing.rules import require_open
from server.summaries import service as summaries


@database.transaction
async def preview(patient_id: str, consent_id: str, period: Period, now: datetime) -> summaries.Summary:
    """Exactly what the other side gets. Raises NotFound."""
    return await _summary(await own_consent(patient_id, consent_id), period, now)


@database.transaction
async def view(
    therapist_id: str, consent_id: str, period: Period, now: datetime, form: export.Format | None = None
) -> summaries.Summary:
    """What a consent opens of a period. The look is written in the same transaction: no row, no data.

    `form`: it is looked at as a file to keep. Raises NotFound to anybody but the therapist it names, ConsentWithdrawn,
    ConsentExpired.
    """
    row = await database.fetch_one(
        "UPDATE consent SET views = views + 1, last_viewed_at = ?1"
        " WHERE id = ?2 AND therapist_id = ?3 AND withdrawn_at IS NULL AND expires_at > ?1 RETURNING id",
        milliseconds(now),
        consent_id,
        therapist_id,
    )
    consent = await consent_read_by(therapist_id, consent_id)
    if row is None:
        require_open(terms_of(consent), now)
        raise NotFound()
    summary = await _summary(consent, period, now)
    looked: dict[str, object] = {"from": summary.period.first.isoformat(), "to": summary.period.last.isoformat()}
    if summary.silence:
        looked["silence_days"] = summary.silence.days
    if form:
        looked["as"] = form
    await tell(consent, "summary_viewed", therapist_id, looked, now)
    return summary


async def view_file(therapist_id: str, consent_id: str, period: Period, now: datetime, form: export.Format) -> bytes:
    """The same look as a file to keep, in the language and zone of whoever looks.

    Raises as `view` does, and TooMany, Unavailable.
    """
    summary, subject, share = await _viewed(therapist_id, consent_id, period, now, form)
    return await export.file_of(therapist_id, summary, subject, form, share=share)


@database.reading
async def require_shared(therapist_id: str, consent_id: str, now: datetime) -> None:
    """Raises NotFound, ConsentWithdrawn, ConsentExpired where a consent opens nothing to its reader any more."""
    require_open(terms_of(await consent_read_by(therapist_id, consent_id)), now)


@database.transaction
async def _viewed(
    therapist_id: str, consent_id: str, period: Period, now: datetime, form: export.Format
) -> tuple[summaries.Summary, export.Subject, export.Share]:
    """What is looked at; whose it is, named by the consent, for whom; and what was consented to."""
    summary = await view(therapist_id, consent_id, period, now, form)
    consent = await Consent.get(id=consent_id)
    patient, reader = await accounts.read(patient_of(consent)), await accounts.read(therapist_id)
    starts_at = time.fromisoformat(reader.day_starts_at)
    first = terms_of(consent).first
    subject = export.Subject(consent_id, patient.name, reader.zone, reader.language, now, starts_at, shared_from=first)
    scopes, ends_at = sorted(consent.scopes.split(",")), instant_of(consent.expires_at)
    return summary, subject, export.Share(scopes, consent.first_day, consent.last_day, ends_at)


async def _summary(consent: Consent, period: Period, now: datetime) -> summaries.Summary:
    patient = await accounts.read(patient_of(consent))
    limits = limits_of(terms_of(consent), (await opened_under(consent))[str(consent.id)], str(consent.id))
    told = await summaries.summary(
        patient.id, period, now, patient.zone, time.fromisoformat(patient.day_starts_at), limits
    )
    told.silence = await silence_under(consent, now) or msgspec.UNSET
    return told
