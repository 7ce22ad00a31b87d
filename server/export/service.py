"""The door: what leaves as a file. A person's own check-ins as a table; a summary on paper and for other programs."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time
from typing import Any

import msgspec

from server.accounts import service as accounts
from server.audit import service as audit
from server.base.web import Period
from server.database import service as database
from server.export.details import NOTHING, details_of
from server.export.fhir.document import Details, Share, document_of
from server.export.formats import FILES, Format, Reader, limits_for
from server.export.pdf import pdf_of
from server.export.sections import Subject
from server.export.table import Line, table_of
from server.export.written import sections_of
from server.journal import service as journal
from server.measures import service as measures
from server.records import service as records
from server.summaries import service as summaries
from server.treatment import service as treatment
from server.vault import service as vault

__all__ = ["FILES", "Format", "Reader", "Share", "Subject", "check_ins_table", "file_of", "summary_file"]

_values = msgspec.json.Decoder(dict[str, Any]).decode

_thread = ThreadPoolExecutor(1, "export")
"""Files are made here, one at a time, so that nothing else waits for one."""


async def summary_file(
    patient_id: str, period: Period, now: datetime, form: Format, reader: Reader | None = None
) -> bytes:
    """A person's own summary as a file. That it was taken away is written down.

    For a `reader` it holds what is addressed to them, and neither alerts nor the safety plan.
    """
    told, subject, details = await _own(patient_id, period, now, form, reader)
    file = await file_of(told, subject, form, details)
    taken = {"as": form, "from": told.period.first.isoformat(), "to": told.period.last.isoformat()}
    await _note(patient_id, "summary_exported", taken, now)
    return file


async def file_of(
    told: summaries.Summary, subject: Subject, form: Format, details: Details = NOTHING, share: Share | None = None
) -> bytes:
    """A summary as a file; `details` are what its own person gets beside it, `share` what another reads it under."""
    return await asyncio.get_running_loop().run_in_executor(_thread, _file, told, subject, form, details, share)


def _file(told: summaries.Summary, subject: Subject, form: Format, details: Details, share: Share | None) -> bytes:
    sections = sections_of(told, subject)
    if form == "pdf":
        return pdf_of(told, sections, subject)
    return msgspec.json.encode(document_of(told, subject, sections, details, share))


@database.reading
async def _own(
    patient_id: str, period: Period, now: datetime, form: Format, reader: Reader | None
) -> tuple[summaries.Summary, Subject, Details]:
    person = await accounts.read(patient_id)
    starts_at = time.fromisoformat(person.day_starts_at)
    told = await summaries.summary(patient_id, period, now, person.zone, starts_at, limits_for(reader))
    subject = Subject(patient_id, person.name, person.zone, person.language, now)
    if form == "pdf" or reader:
        return told, subject, NOTHING
    span = told.period.first, told.period.last
    sessions = await records.between(patient_id, *span, treatment.TREATMENT_SESSION.name)
    return told, subject, details_of(sessions, await records.between(patient_id, *span, measures.RESPONSE.name))


async def check_ins_table(patient_id: str, period: Period, now: datetime) -> str:
    """A patient's check-ins of a period of local days as CSV, oldest first. That it was taken away is written down.

    Years of entries are opened and written out while everybody else may write; only then, before it is given, a row.
    """
    table = await _table(patient_id, period, now)
    await _note(patient_id, "check_ins_exported", {}, now)
    return table


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


@database.transaction
async def _note(patient_id: str, act: str, details: dict[str, str], now: datetime) -> None:
    await audit.record(await vault.key_of(patient_id), act, patient_id, details, now)
