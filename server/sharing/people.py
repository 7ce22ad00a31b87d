"""A therapist's list: who shares with them, and what stands at a glance under each consent."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

import msgspec

from server.accounts import service as accounts
from server.base.clock import instant_of, milliseconds, wire_instant
from server.database import service as database
from server.journal import service as journal
from server.measures import service as measures
from server.records import service as records
from server.safety import service as safety
from server.sharing.models import Consent
from server.sharing.naming import keep_names, names_of, words_from
from server.sharing.rows import Silence, limits_of, opened_under, passing_over, patient_of, silence_told, tell, terms_of
from server.sharing.rules import Scope, Terms, is_met, is_put_to, status_of
from server.silence import service as silence
from server.summaries import service as summaries
from server.treatment import service as treatment
from server.vault import service as vault

_LIST_STEP_MS = 60 * 60 * 1000
_NO_NAME = "?"  # of an account that can't be opened
_NO_MEETING = datetime.max.replace(tzinfo=UTC)
_decode = msgspec.json.Decoder(dict[str, Any]).decode


class Patient(msgspec.Struct):
    """Who shares, by the name they go by."""

    name: str


class SharedPatient(msgspec.Struct, omit_defaults=True):
    """A row of a therapist's list; `questions`: open ones, put to them. `open_alerts` only under scope `alerts`.

    `silence` is there where its person asked that it be told, and it is that long; `first` on the wire is `from`.
    """

    consent_id: str
    patient: Patient
    scopes: list[Scope]
    expires_at: str
    first: date | None = msgspec.field(name="from")
    last_entry_on: date | None
    next_meeting: str | None
    new_since_you_looked: int
    questions: list[str]
    silence: Silence | msgspec.UnsetType = msgspec.UNSET
    open_alerts: int | msgspec.UnsetType = msgspec.UNSET


class _Listed(NamedTuple):
    """A row, under which consent, and whether it is yet to be told to its patient."""

    consent: Consent
    row: SharedPatient
    is_untold: bool


async def shared(therapist_id: str, now: datetime) -> list[SharedPatient]:
    """The patients who share with a therapist: by next meeting, then the latest entry.

    A listing is written into their audit, once an hour: a page that asks again and again must not bury real looks.
    """
    await keep_names(therapist_id)
    listed = await _looked_up(therapist_id, now)
    untold = [each for each in listed if each.is_untold]
    told = await _tell_of_list(untold, therapist_id, now) if untold else set[str]()
    rows = [each.row for each in listed if not each.is_untold or each.row.consent_id in told]
    rows.sort(key=lambda row: (row.last_entry_on or date.min, row.consent_id), reverse=True)
    return sorted(rows, key=lambda row: datetime.fromisoformat(row.next_meeting) if row.next_meeting else _NO_MEETING)


@database.reading
async def _looked_up(therapist_id: str, now: datetime) -> list[_Listed]:
    found = await Consent.filter(therapist_id=therapist_id, withdrawn_at__isnull=True)
    consents = [each for each in found if status_of(terms_of(each), now) == "accepted"]
    new_at = await silence.last_new(patient_of(each) for each in consents if each.quiet_after_days is not None)
    opened = await opened_under(*consents)
    rows: list[_Listed] = []
    word_from = await words_from(consents, now)
    for consent in consents:
        last_new_at = new_at.get(patient_of(consent))
        told, before = silence_told(consent, last_new_at, now), consent.listed_at
        with passing_over():
            limits = limits_of(terms_of(consent), opened[str(consent.id)], str(consent.id))
            row = await _listed(consent, limits, word_from[str(consent.id)], told, now)
            is_untold = before is None or milliseconds(now) - before >= _LIST_STEP_MS
            if told and before and silence_told(consent, last_new_at, instant_of(before)) is None:
                is_untold = True
            rows.append(_Listed(consent, row, is_untold))
    return rows


async def _open_alerts(consent: Consent, terms: Terms) -> int:
    found = await safety.alerts(patient_of(consent), str(consent.id), terms.first, terms.last)
    return sum(each.closed_at is None for each in found)


async def _listed(
    consent: Consent, limits: summaries.Limits, word_from: datetime | None, told: Silence | None, now: datetime
) -> SharedPatient:
    """A row of the therapist's list at `now`, with as much of it as can be opened."""
    terms, patient_id, seen_at = terms_of(consent), patient_of(consent), consent.last_viewed_at or 0
    name, fresh = _NO_NAME, 0
    last_on: date | None = None
    with vault.passing_over():
        name = await accounts.name_of(patient_id)
    with vault.passing_over():
        last_on, fresh = await summaries.news(patient_id, limits, seen_at, now)
    if "measures" in terms.scopes:
        fresh += (await records.news(patient_id, measures.RESPONSE.name, terms.first, terms.last, seen_at))[1]
    meeting, questions = await _agreed(consent, terms, word_from, now)
    return SharedPatient(
        consent_id=str(consent.id),
        patient=Patient(name),
        scopes=sorted(terms.scopes),  # type: ignore[arg-type]
        expires_at=wire_instant(terms.expires_at),
        first=terms.first,
        last_entry_on=last_on,
        next_meeting=meeting,
        new_since_you_looked=fresh,
        questions=questions,
        silence=told or msgspec.UNSET,
        open_alerts=await _open_alerts(consent, terms) if "alerts" in terms.scopes else msgspec.UNSET,
    )


async def _agreed(
    consent: Consent, terms: Terms, word_from: datetime | None, now: datetime
) -> tuple[str | None, list[str]]:
    """When the two meet next, and the open questions put to this reader, oldest first; of the consent's days."""
    kinds = treatment.MEETING.name, journal.QUESTION.name
    meetings, questions, names = [], [], await names_of(consent)
    for found in reversed(await records.readable(patient_of(consent), terms.first, terms.last, *kinds)):
        values = _decode(found.values)
        known = {*names, consent.reader} if word_from and found.recorded_at >= word_from else names
        if found.kind == treatment.MEETING.name and is_met(known, values, now):
            meetings.append(values["starts_at"])
        elif found.kind == journal.QUESTION.name and is_put_to(terms, values) and values.get("settled_at") is None:
            questions.append(values["text"])
    return min(meetings, key=datetime.fromisoformat, default=None), questions


@database.transaction
async def _tell_of_list(untold: Sequence[_Listed], therapist_id: str, now: datetime) -> set[str]:
    """Writes a listing into the audit of its patients; answers of which consents: no row, no data."""
    told: set[str] = set()
    for consent, row, _ in untold:
        with passing_over():
            sql = f"SELECT listed_at FROM consent WHERE id = ?1 AND withdrawn_at IS NULL{database.for_update()}"
            there = await database.fetch_one(sql, row.consent_id)
            if there is None:  # withdrawn just now
                continue
            if there["listed_at"] == consent.listed_at:  # else another look has written it just now
                details = {"silence_days": row.silence.days} if isinstance(row.silence, Silence) else {}
                await tell(consent, "list_viewed", therapist_id, details, now)
                await Consent.filter(id=consent.id).update(listed_at=milliseconds(now))
            told.add(row.consent_id)
    return told
