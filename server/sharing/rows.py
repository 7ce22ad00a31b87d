"""A row of a consent as its terms, as the patient's answer, and as somebody else's act in the audit."""

from datetime import date, datetime
from typing import Any

import msgspec

from server.accounts import service as accounts
from server.audit import service as audit
from server.base.clock import instant_of, milliseconds, wire_instant
from server.journal import service as journal
from server.measures import service as measures
from server.reading_hours import service as reading_hours
from server.records import service as records
from server.safety import service as safety
from server.sharing.models import Consent
from server.sharing.rules import Reader, Scope, Status, Terms, is_met, is_put_to, status_of
from server.summaries import service as summaries
from server.treatment import service as treatment
from server.vault import service as vault

_LIST_STEP_MS = 60 * 60 * 1000
_decode = msgspec.json.Decoder(dict[str, Any]).decode


ReadingHours = reading_hours.ReadingHours


class ConsentAnswer(
    msgspec.Struct, kw_only=True, rename={"as_": "as", "first": "from", "last": "to"}, omit_defaults=False
):
    """A consent as the patient sees it. `invitation` is a link, shown once, to the one who gave it."""

    id: str
    status: Status
    as_: Reader
    scopes: list[Scope]
    first: date | None
    last: date | None
    notes_from: date
    expires_at: str
    quiet_after_days: int | None
    given_at: str
    accepted_at: str | None
    withdrawn_at: str | None
    therapist_name: str | None
    reading_hours: ReadingHours | None
    last_viewed_at: str | None
    views: int
    invitation: str | msgspec.UnsetType = msgspec.UNSET


class Patient(msgspec.Struct):
    """Who shares, by the name they go by."""

    name: str


class SharedPatient(msgspec.Struct, omit_defaults=True):
    """A row of a therapist's list; `questions`: open ones, put to them. `open_alerts` only under scope `alerts`."""

    consent_id: str
    patient: Patient
    scopes: list[Scope]
    expires_at: str
    last_entry_on: date | None
    next_meeting: str | None
    new_since_you_looked: int
    questions: list[str]
    open_alerts: int | msgspec.UnsetType = msgspec.UNSET


def terms_of(consent: Consent) -> Terms:
    """The terms that a row says."""
    return Terms(
        as_=consent.reader,  # type: ignore[arg-type]
        scopes=frozenset(consent.scopes.split(",")),
        first=date.fromisoformat(consent.first_day) if consent.first_day else None,
        last=date.fromisoformat(consent.last_day) if consent.last_day else None,
        notes_from=date.fromisoformat(consent.notes_from),
        expires_at=instant_of(consent.expires_at),
        accepted_at=instant_of(consent.accepted_at) if consent.accepted_at is not None else None,
        withdrawn_at=instant_of(consent.withdrawn_at) if consent.withdrawn_at is not None else None,
    )


def limits_of(terms: Terms, opened: frozenset[str], consent_id: str) -> summaries.Limits:
    """What a summary may be made from under these terms; `opened` are older notes opened one by one."""
    return summaries.Limits(
        scopes=terms.scopes,
        first=terms.first,
        last=terms.last,
        notes_from=terms.notes_from,
        audience=terms.as_,
        opened=opened,
        consent_id=consent_id,
    )


async def answer_of(consent: Consent, now: datetime) -> ConsentAnswer:
    """The consent as its patient sees it at `now`."""
    terms = terms_of(consent)
    therapist_id = str(consent.therapist_id) if consent.therapist_id else None  # type: ignore[attr-defined]
    return ConsentAnswer(
        id=str(consent.id),
        status=status_of(terms, now),
        as_=terms.as_,
        scopes=sorted(terms.scopes),  # type: ignore[arg-type]
        first=terms.first,
        last=terms.last,
        notes_from=terms.notes_from,
        expires_at=wire_instant(terms.expires_at),
        quiet_after_days=consent.quiet_after_days,
        given_at=wire_instant(instant_of(consent.given_at)),
        accepted_at=_wire(consent.accepted_at),
        withdrawn_at=_wire(consent.withdrawn_at),
        therapist_name=await accounts.name_of(therapist_id) if therapist_id else None,
        reading_hours=_as_shown(await hours_under(consent)),
        last_viewed_at=_wire(consent.last_viewed_at),
        views=consent.views,
    )


async def tell(consent: Consent, act: str, therapist_id: str, details: dict[str, str], now: datetime) -> None:
    """Writes what the other side did into the patient's audit."""
    name = await accounts.name_of(therapist_id)
    told = {"actor": name, "consent_id": str(consent.id), **details}
    await audit.record(await vault.key_of(patient_of(consent)), act, therapist_id, told, now)


def patient_of(consent: Consent) -> str:
    """The id of the patient whose consent this is."""
    return str(consent.patient_id)  # type: ignore[attr-defined]


def reader_of(consent: Consent) -> str:
    """The id of whoever reads under this consent; empty where nobody has accepted it."""
    return str(consent.therapist_id or "")  # type: ignore[attr-defined]


def takes_alerts(consent: Consent, now: datetime) -> bool:
    """Whether alerts reach somebody under this consent at `now`."""
    terms = terms_of(consent)
    return "alerts" in terms.scopes and status_of(terms, now) == "accepted" and bool(reader_of(consent))


def _wire(milliseconds_: int | None) -> str | None:
    return wire_instant(instant_of(milliseconds_)) if milliseconds_ is not None else None


async def hours_under(consent: Consent) -> ReadingHours | None:
    """The hours of its reader, as they hold for this consent."""
    return await reading_hours.hours_under(reader_of(consent), consent.accepted_at or 0)


def _as_shown(hours: ReadingHours | None) -> ReadingHours | None:
    """Whoever reads instead is named to a patient; where they are written to is between the two of them."""
    return msgspec.structs.replace(hours, backup_email=None) if hours else None


async def _open_alerts(consent: Consent, terms: Terms) -> int:
    found = await safety.alerts(patient_of(consent), str(consent.id), terms.first, terms.last)
    return sum(each.closed_at is None for each in found)


async def listed(consent: Consent, now: datetime) -> SharedPatient:
    """A row of the therapist's list at `now`."""
    terms, patient_id = terms_of(consent), patient_of(consent)
    last_on, fresh, seen_at = None, 0, consent.last_viewed_at or 0
    if "scales" in terms.scopes:
        last_on, fresh = await records.news(patient_id, journal.CHECK_IN.name, terms.first, terms.last, seen_at)
    if "measures" in terms.scopes:
        fresh += (await records.news(patient_id, measures.RESPONSE.name, terms.first, terms.last, seen_at))[1]
    meeting, questions = await _agreed(consent, terms, now)
    return SharedPatient(
        consent_id=str(consent.id),
        patient=Patient(await accounts.name_of(patient_id)),
        scopes=sorted(terms.scopes),  # type: ignore[arg-type]
        expires_at=wire_instant(terms.expires_at),
        last_entry_on=last_on,
        next_meeting=meeting,
        new_since_you_looked=fresh,
        questions=questions,
        open_alerts=await _open_alerts(consent, terms) if "alerts" in terms.scopes else msgspec.UNSET,
    )


async def _agreed(consent: Consent, terms: Terms, now: datetime) -> tuple[str | None, list[str]]:
    """When the two meet next, and the open questions put to this reader, oldest first; of the consent's days."""
    therapist_id = str(consent.therapist_id)  # type: ignore[attr-defined]
    names = {str(consent.id), terms.as_, await accounts.name_of(therapist_id)}
    kinds = treatment.MEETING.name, journal.QUESTION.name
    meetings, questions = [], []
    for found in reversed(await records.between(patient_of(consent), terms.first, terms.last, *kinds)):
        values = _decode(found.values)
        if found.kind == treatment.MEETING.name and is_met(names, values, now):
            meetings.append(values["starts_at"])
        elif found.kind == journal.QUESTION.name and is_put_to(terms, values) and values.get("settled_at") is None:
            questions.append(values["text"])
    return min(meetings, key=datetime.fromisoformat, default=None), questions


async def tell_of_list(consent: Consent, therapist_id: str, now: datetime) -> None:
    """Writes a listing into the patient's audit, unless one was written within the hour."""
    if consent.listed_at is None or milliseconds(now) - consent.listed_at >= _LIST_STEP_MS:
        await Consent.filter(id=consent.id).update(listed_at=milliseconds(now))
        await tell(consent, "list_viewed", therapist_id, {}, now)
