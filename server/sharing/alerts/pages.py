"""Alerts, a page at a time; to another person's only under an accepted consent with the scope `alerts`."""

import re
from collections.abc import Sequence
from datetime import datetime, time, timedelta

import msgspec

from server.accounts import service as accounts
from server.audit import service as audit
from server.base.errors import Fault, Invalid, NotFound
from server.database import service as database
from server.reading_hours import service as reading_hours
from server.safety import service as safety
from server.sharing.alerts.backups import backup_of
from server.sharing.models import Consent
from server.sharing.rows import hours_under, passing_over, patient_of, reader_of, takes_alerts, tell, terms_of
from server.vault import service as vault

_BATCH = 100
_LOOK = timedelta(hours=1)
_cursor = re.compile(r"(\d{4}-\d\d-\d\dT[\d:.]{12}Z)\.([0-9a-f-]{36})", re.ASCII).fullmatch


class AlertPage(msgspec.Struct):
    """Alerts, newest first, and where to go on (null at the end)."""

    items: list[safety.AlertAnswer]
    next: str | None


async def recipients(patient_id: str, now: datetime) -> list[safety.Recipient]:
    """Whom alerts of a patient reach now, and when one that nobody sees is called unseen."""
    consents = await Consent.filter(patient_id=patient_id, withdrawn_at__isnull=True)
    takers = [each for each in consents if takes_alerts(each, now)]
    if not takers:
        return []
    patient = await accounts.read(patient_id)
    days = patient.zone, time.fromisoformat(patient.day_starts_at)
    return [await _recipient(each, days, now) for each in takers]


async def _recipient(consent: Consent, days: tuple[str, time], now: datetime) -> safety.Recipient:
    """Whoever reads under a consent. Where it can't be known when, an alert goes all the same and is unseen at once."""
    every_answer, due_at, terms = False, now, terms_of(consent)
    with passing_over():  # a reader's rows must not keep an entry from being stored
        if hours := await hours_under(consent):
            every_answer, due_at = hours.every_answer, reading_hours.reading_ends(hours, now)
    return safety.Recipient(str(consent.id), terms.first, terms.last, every_answer, due_at, *days)


@database.reading
async def own_alerts(patient_id: str, limit: int, cursor: str | None) -> AlertPage:
    """A patient's own alerts, a page of them. Raises Invalid."""
    return _page(await safety.alerts(patient_id), limit, cursor)


@database.transaction
async def alerts_under_consents(therapist_id: str, limit: int, cursor: str | None, now: datetime) -> AlertPage:
    """What a therapist is told of, a page of it. The look is written for each patient of whom something is shown.

    It is written once an hour, and at once where something is shown that was not there at the last look: a page that
    asks again and again must not bury real looks. Raises Invalid.
    """
    found: list[safety.AlertAnswer] = []
    consents: dict[str, Consent] = {}
    for consent in await Consent.filter(therapist_id=therapist_id, withdrawn_at__isnull=True):
        with passing_over():
            if there := await _shown(consent, now):
                found += there
                consents[str(consent.id)] = consent
    page = _page(found, limit, cursor)
    await _tell_of_looks(therapist_id, consents, page.items, now)
    return page


@database.transaction
async def see_alert(therapist_id: str, alert_id: str, seen: safety.Seen, now: datetime) -> safety.AlertAnswer:
    """A therapist has read an alert, with one of the fixed replies. Raises NotFound, Invalid, AlertClosed."""
    consent = await _consent_of(therapist_id, alert_id, now)
    await safety.see(patient_of(consent), alert_id, await accounts.name_of(therapist_id), seen, now)
    await tell(consent, "alert_seen", therapist_id, {"alert_id": alert_id}, now)
    return await _one(consent, alert_id, now)


@database.transaction
async def close_alert(therapist_id: str, alert_id: str, now: datetime) -> safety.AlertAnswer:
    """A therapist closes an alert that was seen. Raises NotFound, AlertNotSeen."""
    consent = await _consent_of(therapist_id, alert_id, now)
    await safety.close(patient_of(consent), alert_id, now)
    await tell(consent, "alert_closed", therapist_id, {"alert_id": alert_id}, now)
    return await _one(consent, alert_id, now)


@database.transaction
async def say_unseen(now: datetime) -> int:
    """Says of alerts that nobody saw them within the hours set; answers of how many. Each is taken by one process.

    Of one that the person has closed to its reader meanwhile nothing is said.
    """
    count = 0
    for alert_id, patient_id, consent_id, _ in await safety.take_due(now, _BATCH):
        consent = await Consent.filter(id=consent_id, patient_id=patient_id).first()
        if consent is None or consent.withdrawn_at is not None or "alerts" not in terms_of(consent).scopes:
            continue
        with passing_over():
            await safety.put_off_calling(alert_id, now + _LOOK)  # unless all of it can be opened now
            key, name = await vault.key_of(patient_id), await accounts.name_of(reader_of(consent))
            await safety.call_unseen(alert_id, now, is_told=await backup_of(consent, now) is not None)
            told = {"actor": name, "consent_id": consent_id, "alert_id": alert_id}
            await audit.record(key, "alert_unseen", None, told, now)
            count += 1
    return count


async def _tell_of_looks(
    therapist_id: str, consents: dict[str, Consent], shown: Sequence[safety.AlertAnswer], now: datetime
) -> None:
    latest = {each.consent_id: datetime.fromisoformat(each.raised_at) for each in reversed(shown)}
    patients = {patient_of(consents[consent_id]) for consent_id in latest}
    looked_at = {each: await audit.last_at(each, "alerts_viewed", therapist_id) for each in sorted(patients)}
    for consent_id, raised_at in latest.items():
        before = looked_at[patient_of(consents[consent_id])]
        if before is None or now - before >= _LOOK or raised_at >= before:
            await tell(consents[consent_id], "alerts_viewed", therapist_id, {}, now)


def _page(found: Sequence[safety.AlertAnswer], limit: int, cursor: str | None) -> AlertPage:
    """The `limit` newest of them after the place that `cursor` names."""
    after = _cursor(cursor) if cursor is not None else None
    if cursor is not None and after is None:
        raise Invalid(Fault("/cursor", "is not one that was answered here"))
    in_order = sorted(found, key=_place, reverse=True)
    left = [each for each in in_order if after is None or _place(each) < (after[1], after[2])]
    last = left[limit - 1] if len(left) > limit else None
    return AlertPage(left[:limit], ".".join(_place(last)) if last else None)


def _place(alert: safety.AlertAnswer) -> tuple[str, str]:
    return alert.raised_at, alert.id


async def _consent_of(therapist_id: str, alert_id: str, now: datetime) -> Consent:
    """The consent under which this therapist may know of that alert; to anybody else there is no such alert."""
    patient_id, consent_id = await safety.place_of(alert_id)
    consent = await Consent.filter(id=consent_id, patient_id=patient_id, therapist_id=therapist_id).first()
    if consent is None:
        raise NotFound()
    await _one(consent, alert_id, now)
    return consent


async def _one(consent: Consent, alert_id: str, now: datetime) -> safety.AlertAnswer:
    """One of the alerts that a consent opens now. Raises NotFound."""
    for each in await _shown(consent, now):
        if each.id == alert_id:
            return each
    raise NotFound()


async def _shown(consent: Consent, now: datetime) -> list[safety.AlertAnswer]:
    """The alerts that a consent opens now."""
    if not takes_alerts(consent, now):
        return []
    terms = terms_of(consent)
    return await safety.alerts(patient_of(consent), str(consent.id), terms.first, terms.last)
