"""A row of a consent as its terms, as the patient's answer, and as somebody else's act in the audit."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from server.accounts import service as accounts
from server.audit import service as audit
from server.base.clock import instant_of, wire_instant
from server.base.errors import NotFound
from server.reading_hours import service as reading_hours
from server.sharing.models import Consent, OpenedNote
from server.sharing.rules import Reader, Scope, Status, Terms, status_of
from server.silence import service as silence
from server.summaries import service as summaries
from server.vault import service as vault

ReadingHours = reading_hours.ReadingHours
Silence = silence.Silence


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
    silence: Annotated[Silence | None, Meta(description="What the reader is told of it now; null: nothing")]
    given_at: str
    accepted_at: str | None
    withdrawn_at: str | None
    therapist_name: str | None
    reading_hours: ReadingHours | None
    last_viewed_at: str | None
    views: int
    invitation: str | msgspec.UnsetType = msgspec.UNSET


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
        quiet_after_days=consent.quiet_after_days,
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


async def opened_under(*consents: Consent) -> dict[str, frozenset[str]]:
    """The older notes opened one by one, by the id of the consent."""
    opened: dict[str, set[str]] = {str(each.id): set() for each in consents}
    for row in await OpenedNote.filter(consent_id__in=list(opened)):
        opened[str(row.consent_id)].add(str(row.record_id))  # type: ignore[attr-defined]
    return {consent_id: frozenset(notes) for consent_id, notes in opened.items()}


async def own_consent(patient_id: str, consent_id: str) -> Consent:
    """A patient's own consent. Raises NotFound."""
    consent = await Consent.filter(id=consent_id, patient_id=patient_id).first()
    if consent is None:
        raise NotFound()
    return consent


async def consent_read_by(therapist_id: str, consent_id: str) -> Consent:
    """A consent by whoever accepted it, open or not. Raises NotFound to anybody else."""
    consent = await Consent.filter(id=consent_id, therapist_id=therapist_id).first()
    if consent is None:
        raise NotFound()
    return consent


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
        silence=await silence_under(consent, now),
        given_at=wire_instant(instant_of(consent.given_at)),
        accepted_at=_wire(consent.accepted_at),
        withdrawn_at=_wire(consent.withdrawn_at),
        therapist_name=await accounts.name_of(therapist_id) if therapist_id else None,
        reading_hours=_as_shown(await hours_under(consent)),
        last_viewed_at=_wire(consent.last_viewed_at),
        views=consent.views,
    )


@contextmanager
def passing_over() -> Iterator[None]:
    """Passes over somebody whose rows can't be opened, so that they stop nobody else; logs the kind of fault alone.

    Nothing is said of an account that is just being erased.
    """
    with suppress(vault.Gone), vault.passing_over():
        yield


async def tell(consent: Consent, act: str, therapist_id: str, details: dict[str, Any], now: datetime) -> None:
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


async def silence_under(consent: Consent, now: datetime) -> Silence | None:
    """What the reader is told of silence under this consent at `now`; None: nothing."""
    if consent.quiet_after_days is None:
        return None
    patient_id = patient_of(consent)
    return silence_told(consent, (await silence.last_new([patient_id])).get(patient_id), now)


def silence_told(consent: Consent, last_new_at: datetime | None, now: datetime) -> Silence | None:
    """The same where it is known already when its patient last wrote anything new.

    It stands in the list and on the page, in its reader's own time, and is sent to nobody: a letter or a push about
    somebody's silence would be an alarm, and would say "watched between meetings" where nobody watches. Pausing
    reminders does not end it, for whoever asks to be missed may well pause in the days that they meant; ending it
    takes one tap, and no reason.
    """
    terms = terms_of(consent)
    if terms.quiet_after_days is None or status_of(terms, now) != "accepted":
        return None
    since = instant_of(max(consent.accepted_at or 0, consent.quiet_asked_at or 0))
    asked = silence.Asked(terms.quiet_after_days, since, terms.first, terms.last)
    return silence.silence_of(asked, last_new_at, now)


def _wire(milliseconds_: int | None) -> str | None:
    return wire_instant(instant_of(milliseconds_)) if milliseconds_ is not None else None


async def hours_under(consent: Consent) -> ReadingHours | None:
    """The hours of its reader, as they hold for this consent."""
    return await reading_hours.hours_under(reader_of(consent), consent.accepted_at or 0)


def _as_shown(hours: ReadingHours | None) -> ReadingHours | None:
    """Whoever reads instead is named to a patient; where they are written to is between the two of them."""
    return msgspec.structs.replace(hours, backup_email=None) if hours else None
