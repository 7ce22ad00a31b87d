"""The door: giving, accepting, narrowing and withdrawing a consent, and looking under one."""

from datetime import date, datetime, time

import msgspec

from server.audit import service as audit
from server.base.clock import local_day, milliseconds
from server.base.errors import Invalid, NotFound
from server.base.ids import new_secret, secret_hash, uuid7
from server.database import service as database
from server.records import service as records
from server.sharing.accepting import accept
from server.sharing.alerts.backups import tell_backups
from server.sharing.alerts.pages import recipients, say_unseen
from server.sharing.endings import leave, withdraw_all
from server.sharing.looks.viewing import preview, require_shared, view, view_file
from server.sharing.models import Consent
from server.sharing.people import Patient, SharedPatient, shared
from server.sharing.rows import ConsentAnswer, answer_of, own_consent, terms_of
from server.sharing.rules import (
    LASTING,
    AfterSession,
    AskedSilence,
    NarrowedConsent,
    NewConsent,
    new_consent_faults,
    require_open,
    widening_faults,
)  # fmt: skip
from server.sharing.settling import settle
from server.treatment import service as treatment
from server.vault import service as vault

__all__ = [
    "ConsentAnswer", "NewConsent", "Patient", "SharedPatient", "accept", "ask_silence", "consents", "give",
    "leave", "narrow", "open_note", "prepare_erasing", "preview", "recipients", "require_settled", "require_shared",
    "say_unseen", "settle", "shared", "tell_backups", "view", "view_file", "withdraw",
    "withdraw_all",
]  # fmt: skip


@database.transaction
async def give(patient_id: str, zone: str, day_starts_at: time, body: NewConsent, now: datetime) -> ConsentAnswer:
    """Gives a consent, to be accepted by whoever holds its secret. Raises Invalid, AfterSession.

    The answer's `invitation` holds the bare secret: only the routes know the origin.
    """
    if faults := new_consent_faults(body, now):
        raise Invalid(*faults)
    await require_settled(patient_id, now)
    secret, today = new_secret(), local_day(now, zone, day_starts_at)
    expires_at = body.expires_at if isinstance(body.expires_at, datetime) else now + LASTING
    notes_from = body.notes_from if isinstance(body.notes_from, date) else today
    consent = await Consent.create(
        id=uuid7(),
        patient_id=patient_id,
        secret_hash=secret_hash(secret),
        reader=body.as_,
        scopes=",".join(sorted(set(body.scopes))),
        first_day=body.first.isoformat() if body.first else None,
        last_day=body.last.isoformat() if body.last else None,
        notes_from=notes_from.isoformat(),
        quiet_after_days=body.quiet_after_days if isinstance(body.quiet_after_days, int) else None,
        given_at=milliseconds(now),
        expires_at=milliseconds(expires_at),
    )
    details = {"consent_id": str(consent.id), "as": body.as_, "scopes": sorted(set(body.scopes))}
    await audit.record(await vault.key_of(patient_id), "consent_given", patient_id, details, now)
    answer = await answer_of(consent, now)
    answer.invitation = secret
    return answer


@database.reading
async def consents(patient_id: str, now: datetime) -> list[ConsentAnswer]:
    """A patient's consents, newest first."""
    return [
        await answer_of(row, now) for row in await Consent.filter(patient_id=patient_id).order_by("-given_at", "-id")
    ]


@database.transaction
async def narrow(patient_id: str, consent_id: str, body: NarrowedConsent, now: datetime) -> ConsentAnswer:
    """Takes back part of a consent. Raises NotFound, ConsentWithdrawn, ConsentExpired, Invalid where it would widen."""
    terms = terms_of(await _held(patient_id, consent_id))
    require_open(terms, now)
    if faults := widening_faults(terms, body, now):
        raise Invalid(*faults)
    changed: dict[str, object] = {}
    if isinstance(body.scopes, list):
        changed["scopes"] = ",".join(sorted(set(body.scopes)))
    for column, day in (("first_day", body.first), ("last_day", body.last), ("notes_from", body.notes_from)):
        if isinstance(day, date):
            changed[column] = day.isoformat()
    if isinstance(body.expires_at, datetime):
        changed["expires_at"] = milliseconds(body.expires_at)
    if body.quiet_after_days is not msgspec.UNSET:
        changed["quiet_after_days"] = body.quiet_after_days
    if changed:
        await Consent.filter(id=consent_id, patient_id=patient_id).update(**changed)
        await audit.record(
            await vault.key_of(patient_id), "consent_narrowed", patient_id, {"consent_id": consent_id}, now
        )
    return await answer_of(await Consent.get(id=consent_id), now)


@database.transaction
async def ask_silence(patient_id: str, consent_id: str, body: AskedSilence, now: datetime) -> ConsentAnswer:
    """Asks that the reader be told, or told sooner, where nothing new is written for so many days, counted from now.

    It opens more than the consent did, so it waits as giving does; later and never are a matter of `narrow`. Raises
    NotFound, ConsentWithdrawn, ConsentExpired, AfterSession.
    """
    require_open(terms_of(await _held(patient_id, consent_id)), now)
    await require_settled(patient_id, now)
    asked = {"quiet_after_days": body.quiet_after_days, "quiet_asked_at": milliseconds(now)}
    await Consent.filter(id=consent_id, patient_id=patient_id).update(**asked)
    details = {"consent_id": consent_id, "quiet_after_days": body.quiet_after_days}
    await audit.record(await vault.key_of(patient_id), "silence_asked", patient_id, details, now)
    return await answer_of(await Consent.get(id=consent_id), now)


@database.transaction
async def withdraw(patient_id: str, consent_id: str, now: datetime) -> None:
    """Withdraws a consent; the very next request finds it closed. Always works; again does no harm. Raises NotFound."""
    await own_consent(patient_id, consent_id)
    changed = await Consent.filter(id=consent_id, patient_id=patient_id, withdrawn_at__isnull=True).update(
        withdrawn_at=milliseconds(now)
    )
    if changed:
        await audit.record(
            await vault.key_of(patient_id), "consent_withdrawn", patient_id, {"consent_id": consent_id}, now
        )


@database.transaction
async def open_note(patient_id: str, consent_id: str, record_id: str, now: datetime) -> None:
    """Opens one note from before the consent. Raises NotFound, ConsentWithdrawn, ConsentExpired, AfterSession."""
    require_open(terms_of(await own_consent(patient_id, consent_id)), now)
    if not await records.exists(patient_id, record_id):
        raise NotFound()
    await require_settled(patient_id, now)
    await database.execute(
        "INSERT INTO opened_note (consent_id, record_id) VALUES (?1, ?2)"
        " ON CONFLICT (consent_id, record_id) DO NOTHING",
        consent_id,
        record_id,
    )
    details = {"consent_id": consent_id, "record_id": record_id}
    await audit.record(await vault.key_of(patient_id), "note_opened", patient_id, details, now)


@database.transaction
async def prepare_erasing(account_id: str, now: datetime) -> None:
    """Before an account is erased: not within six hours after a session; a therapist gives every share back."""
    await require_settled(account_id, now)
    for consent in await Consent.filter(therapist_id=account_id, withdrawn_at__isnull=True):
        await leave(account_id, str(consent.id), now)


async def require_settled(patient_id: str, now: datetime) -> None:
    """Raises AfterSession within six hours after a session."""
    if started_at := await treatment.latest_start(patient_id, now):
        raise AfterSession(started_at + treatment.SETTLING - now)


async def _held(patient_id: str, consent_id: str) -> Consent:
    """A consent, held until the verb is over: the second of two changes is checked against what the first one left."""
    sql = f"SELECT id FROM consent WHERE id = ?1 AND patient_id = ?2{database.for_update()}"
    await database.fetch_one(sql, consent_id, patient_id)
    return await own_consent(patient_id, consent_id)
