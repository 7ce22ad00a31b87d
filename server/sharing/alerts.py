"""The way to another person's alerts: under an accepted consent with the scope `alerts`, and under no other."""

from contextlib import suppress
from datetime import datetime

from server.accounts import service as accounts
from server.audit import service as audit
from server.base.errors import NotFound
from server.database import service as database
from server.safety import service as safety
from server.sharing.models import Consent
from server.sharing.reading import hours_of
from server.sharing.rows import patient_of, tell, terms_of
from server.sharing.rules import reading_ends, status_of
from server.vault import service as vault

_BATCH = 100


async def recipients(patient_id: str, now: datetime) -> list[safety.Recipient]:
    """Whom alerts of a patient reach now, and when one that nobody sees is called unseen."""
    found = []
    for consent in await Consent.filter(patient_id=patient_id, withdrawn_at__isnull=True):
        hours = None
        with suppress(vault.Gone):  # an account that is just being erased must not keep an entry from being stored
            hours = await hours_of(_reader_of(consent)) if _takes_alerts(consent, now) else None
        if hours is not None:  # without hours no consent is accepted
            terms = terms_of(consent)
            found.append(
                safety.Recipient(
                    str(consent.id), terms.first, terms.last, hours.every_answer, reading_ends(hours, now)
                )
            )
    return found


@database.transaction
async def alerts_under_consents(therapist_id: str, now: datetime) -> list[safety.AlertAnswer]:
    """What a therapist is told of, newest first. The look is written for each patient of whom something is shown."""
    found: list[safety.AlertAnswer] = []
    for consent in await Consent.filter(therapist_id=therapist_id, withdrawn_at__isnull=True):
        with suppress(vault.Gone):
            if there := await _shown(consent, now):
                found += there
                await tell(consent, "alerts_viewed", therapist_id, {}, now)
    return sorted(found, key=lambda each: (each.raised_at, each.id), reverse=True)


@database.transaction
async def see_alert(therapist_id: str, alert_id: str, seen: safety.Seen, now: datetime) -> safety.AlertAnswer:
    """A therapist has read an alert, with one of the fixed replies. Raises NotFound, Invalid, AlertClosed."""
    consent = await _consent_of(therapist_id, alert_id, now)
    answer = await safety.see(patient_of(consent), alert_id, await accounts.name_of(therapist_id), seen, now)
    await tell(consent, "alert_seen", therapist_id, {"alert_id": alert_id}, now)
    return answer


@database.transaction
async def close_alert(therapist_id: str, alert_id: str, now: datetime) -> safety.AlertAnswer:
    """A therapist closes an alert that was seen. Raises NotFound, AlertNotSeen."""
    consent = await _consent_of(therapist_id, alert_id, now)
    answer = await safety.close(patient_of(consent), alert_id, now)
    await tell(consent, "alert_closed", therapist_id, {"alert_id": alert_id}, now)
    return answer


@database.transaction
async def say_unseen(now: datetime) -> int:
    """Says of alerts that nobody saw them within the hours set; answers of how many. Each is taken by one process.

    Of one that the person has closed to its reader meanwhile nothing is said.
    """
    count = 0
    for alert_id, patient_id, consent_id in await safety.take_due(now, _BATCH):
        consent = await Consent.filter(id=consent_id, patient_id=patient_id).first()
        if consent is None or consent.withdrawn_at is not None or "alerts" not in terms_of(consent).scopes:
            continue
        with suppress(vault.Gone):  # one account that is being erased must not hold up the others
            key, name = await vault.key_of(patient_id), await accounts.name_of(_reader_of(consent))
            await safety.call_unseen(alert_id, now)
            told = {"actor": name, "consent_id": consent_id, "alert_id": alert_id}
            await audit.record(key, "alert_unseen", None, told, now)
            count += 1
    return count


async def _consent_of(therapist_id: str, alert_id: str, now: datetime) -> Consent:
    """The consent under which this therapist may know of that alert; to anybody else there is no such alert."""
    patient_id, consent_id = await safety.place_of(alert_id)
    consent = await Consent.filter(id=consent_id, patient_id=patient_id, therapist_id=therapist_id).first()
    if consent is None or not any(each.id == alert_id for each in await _shown(consent, now)):
        raise NotFound()
    return consent


async def _shown(consent: Consent, now: datetime) -> list[safety.AlertAnswer]:
    """The alerts that a consent opens now."""
    if not _takes_alerts(consent, now):
        return []
    terms = terms_of(consent)
    return await safety.alerts(patient_of(consent), str(consent.id), terms.first, terms.last)


def _takes_alerts(consent: Consent, now: datetime) -> bool:
    terms = terms_of(consent)
    return "alerts" in terms.scopes and status_of(terms, now) == "accepted" and bool(_reader_of(consent))


def _reader_of(consent: Consent) -> str:
    return str(consent.therapist_id or "")  # type: ignore[attr-defined]
