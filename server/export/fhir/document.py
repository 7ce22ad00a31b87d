"""A summary as one FHIR R4 document: sections for people to read, and what stands behind each for programs. Pure."""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import UNSET

from server.base.clock import wire_instant
from server.export.fhir import diary, treatment
from server.export.fhir.codes import Resource, code_system, concept
from server.export.fhir.consent import consent
from server.export.fhir.details import NONE, Details, Share
from server.export.fhir.identity import Ids, reference, url
from server.export.fhir.narrative import narrative, words
from server.export.fhir.questionnaires import questionnaire
from server.export.fhir.totals import totals
from server.export.written.sections import Section, Subject
from server.export.written.words import words_of
from server.measures import service as measures
from server.summaries import service as summaries

__all__ = ["Details", "Share", "document_of"]

_BESIDE = {
    "start": "scales", "dissociation": "scales", "check_ins": "daily", "daily": "check_ins", "sessions": "exposure",
    "exposure": "sessions",
}  # fmt: skip
"""Where a field's resources stand that has no section of its own."""


def document_of(
    told: summaries.Summary,
    subject: Subject,
    sections: Sequence[Section],
    details: Details = NONE,
    share: Share | None = None,
) -> dict[str, Any]:
    """The Bundle of a summary. Its figures are `told`'s; `details` are for its person alone, `share` for a reader.

    A section that `told` has nothing of, being out of scope, is in it neither as text nor as a resource. The same
    arguments give the same document, ids included.
    """
    ids = Ids(subject.id, told.period.first, told.period.last)
    made_at = wire_instant(subject.made_at)
    known = {each.id: each for each in measures.instruments()}
    behind = {field: found for field, found in _behind(told, subject, ids, known, details) if found}
    forms = [questionnaire(known[each.instrument], ids) for each in _asked(told) if each.instrument in known]
    meant = [*([consent(share, ids)] if share else []), *forms, code_system(ids.of("codes"))]
    read = [each for each in sections if getattr(told, each.key, None) is not UNSET]
    homes = _homes(list(behind), {each.key for each in read})
    written = []
    for each in read:
        fields = [field for field, home in homes.items() if home == each.key]
        written.append(_section(each, [one for field in fields for one in behind[field]]))
        homes = {field: home for field, home in homes.items() if field not in fields}  # a key's first section has them
    rest = [one for field in homes for one in behind[field]] + meant
    written.append({"code": concept("behind"), "entry": [reference(each["id"]) for each in rest]})
    resources = [_composition(told, subject, ids.of("composition", made_at), written), _patient(subject, ids)]
    resources += [one for found in behind.values() for one in found] + meant
    return {
        "resourceType": "Bundle",
        "id": ids.of("bundle", made_at),
        "language": words_of(subject).language,
        "identifier": {"system": "urn:ietf:rfc:3986", "value": url(ids.of("document", made_at))},
        "type": "document",
        "timestamp": made_at,
        "entry": [{"fullUrl": url(each["id"]), "resource": each} for each in resources],
    }


def _behind(
    told: summaries.Summary, subject: Subject, ids: Ids, known: dict[str, measures.Instrument], details: Details
) -> Iterator[tuple[str, list[Resource]]]:
    """The resources of each field of the summary."""
    yield "measures", list(totals(told, ids, known, details.responses))
    yield "sessions", list(treatment.sessions(told, ids, details.sessions))
    yield "exposure", list(treatment.exposure(told, ids))
    yield "scales", list(diary.scales(told, ids))
    yield "dissociation", list(diary.dissociation(told, ids))
    yield "start", list(diary.start(told, ids))
    yield "side_effects", list(diary.side_effects(told, ids))
    yield "watch", list(diary.watch(told, ids))
    yield "medications", list(treatment.medications(told, ids, subject))
    yield "check_ins", list(diary.check_ins(told, ids))
    yield "daily", list(diary.daily(told, ids))


def _asked(told: summaries.Summary) -> list[Any]:
    return told.measures if isinstance(told.measures, list) else []


def _homes(fields: Sequence[str], keys: set[str]) -> dict[str, str | None]:
    """The section that each field's resources stand in: its own, the one beside it, or none."""
    homes = {}
    for field in fields:
        beside = _BESIDE.get(field)
        homes[field] = field if field in keys else beside if beside in keys else None
    return homes


def _section(section: Section, entries: Sequence[Resource]) -> Resource:
    return {
        "title": words(section.title) or section.key,
        "code": concept(section.key),
        "text": narrative(section),
        **({"entry": [reference(each["id"]) for each in entries]} if entries else {}),
    }


def _composition(told: summaries.Summary, subject: Subject, id_: str, sections: Sequence[Resource]) -> Resource:
    name, patient = words(subject.name), reference(subject.id)
    days = f"{told.period.first} – {told.period.last}"
    return {
        "resourceType": "Composition",
        "id": id_,
        "language": words_of(subject).language,
        "status": "final",
        "type": concept("summary"),
        "subject": patient,
        "date": wire_instant(subject.made_at),
        "author": [patient],
        "title": f"{name}: {days}" if name else days,
        "confidentiality": "R",
        "event": [{"period": diary.period_of(told)}],
        "section": list(sections),
    }


def _patient(subject: Subject, ids: Ids) -> Resource:
    name = words(subject.name)
    return {"resourceType": "Patient", "id": ids.patient_id, **({"name": [{"text": name}]} if name else {})}
