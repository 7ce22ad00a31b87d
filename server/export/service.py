"""The door: what leaves as a file. A person's own check-ins as a table; a summary on paper and for other programs."""

from datetime import datetime, time
from typing import Any, NamedTuple
from uuid import UUID, uuid5

import msgspec

from server.accounts import service as accounts
from server.audit import service as audit
from server.base.web import Period
from server.database import service as database
from server.export.details import details_of
from server.export.fhir.details import NONE
from server.export.fhir.document import Details, Share, document_of
from server.export.formats import FILES, Format, Reader, limits_for
from server.export.making import made
from server.export.pdf import pdf_of
from server.export.table import Line, table_of
from server.export.written.sections import Subject
from server.export.written.summary import sections_of
from server.journal import service as journal
from server.measures import service as measures
from server.records import service as records
from server.summaries import service as summaries
from server.treatment import service as treatment
from server.vault import service as vault

__all__ = [
    "FILES", "File", "Format", "Reader", "Share", "Subject", "check_ins_table", "file_of", "note", "summary_file",
]  # fmt: skip

CSV = "text/csv; charset=utf-8; header=present"
_values = msgspec.json.Decoder(dict[str, Any]).decode


class File(NamedTuple):
    """What is taken away: its bytes, media type and name; and what is written down of it, before it is given."""

    body: bytes
    media: str
    name: str
    act: str
    details: dict[str, str]


async def summary_file(
    patient_id: str, period: Period, now: datetime, form: Format, reader: Reader | None = None
) -> File:
    """A person's own summary as a file. Raises TooMany, Unavailable.

    For a `reader` it holds what is addressed to them, and neither alerts nor the safety plan.
    """
    told, subject, details = await _own(patient_id, period, now, form, reader)
    body = await file_of(patient_id, told, subject, form, details)
    days = {"from": told.period.first.isoformat(), "to": told.period.last.isoformat()}
    return File(body, *FILES[form], "summary_exported", {"as": form, "for": reader or "me", **days})


async def file_of(
    maker_id: str,
    told: summaries.Summary,
    subject: Subject,
    form: Format,
    details: Details = NONE,
    share: Share | None = None,
) -> bytes:
    """A summary as a file, made for the account `maker_id`. Raises TooMany, Unavailable.

    `details` are what its own person gets beside it, `share` what another reads it under.
    """

    def make() -> bytes:
        sections = sections_of(told, subject)
        if form == "pdf":
            return pdf_of(told, sections, subject)
        return msgspec.json.encode(document_of(told, subject, sections, details, share))

    return await made(maker_id, make)


@database.reading
async def _own(
    patient_id: str, period: Period, now: datetime, form: Format, reader: Reader | None
) -> tuple[summaries.Summary, Subject, Details]:
    person = await accounts.read(patient_id)
    starts_at = time.fromisoformat(person.day_starts_at)
    told = await summaries.summary(patient_id, period, now, person.zone, starts_at, limits_for(reader))
    id_ = str(uuid5(UUID(patient_id), reader)) if reader else patient_id
    subject = Subject(id_, person.name, person.zone, person.language, now, starts_at, is_own=reader is None)
    if form == "pdf" or reader:
        return told, subject, NONE
    kinds = treatment.TREATMENT_SESSION.name, measures.RESPONSE.name
    return told, subject, details_of(await records.between(patient_id, told.period.first, told.period.last, *kinds))


async def check_ins_table(patient_id: str, period: Period, now: datetime) -> File:
    """A patient's check-ins of a period of local days as CSV, oldest first.

    Years of entries are opened and written out while everybody else may write.
    """
    table = await _table(patient_id, period, now)
    return File(table.encode(), CSV, "check-ins.csv", "check_ins_exported", {})


@database.transaction
async def note(patient_id: str, file: File, now: datetime) -> None:
    """Writes down that a person took a file away: no row, no file."""
    await audit.record(await vault.key_of(patient_id), file.act, patient_id, file.details, now)


@database.reading
async def _table(patient_id: str, period: Period, now: datetime) -> str:
    found = await records.between(patient_id, period.first, period.last, journal.CHECK_IN.name)
    entries = [summaries.entry_of(each) for each in reversed(found)]
    near = await summaries.near_a_dose(patient_id, entries, now)
    by_id = {each.id: each for each in found}
    lines = [
        Line(
            id=entry.id,
            day=entry.day,
            recorded_at=by_id[entry.id].recorded_at,
            is_remembered_later=entry.is_remembered_later,
            is_within_24h=entry.id in near,
            values=_values(by_id[entry.id].values),
        )
        for entry in entries
    ]
    return table_of(lines)
