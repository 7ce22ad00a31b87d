"""Sessions in a document: each as a Procedure, the dose as its person tells it, what followed, medications. Pure."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from operator import attrgetter

from msgspec import UnsetType

from server.base.clock import wire_instant, zone_of
from server.export.fhir import observed
from server.export.fhir.codes import UCUM, Resource, concept, drug
from server.export.fhir.details import SessionKept
from server.export.fhir.identity import Ids, reference, tied
from server.export.fhir.narrative import words
from server.export.fhir.observed import count, days, given, observation, score
from server.export.written.sections import Subject
from server.summaries import service as summaries

_NOTHING = SessionKept()


def sessions(told: summaries.Summary, ids: Ids, kept: Mapping[str, SessionKept]) -> Iterator[Resource]:
    """Each session of the period: the procedure, its dose, the entries after it, and the weeks after it."""
    for each in given(told.sessions):
        procedure = _procedure(each.id, each.starts_at, each.phase, ids, kept.get(each.id, _NOTHING))
        yield procedure
        yield from _dose(procedure, ids, kept.get(each.id, _NOTHING))
        part_of = {"partOf": [reference(procedure["id"])]}
        starts_at, code = datetime.fromisoformat(each.starts_at), concept("after_session")
        for number, point in enumerate(each.curve):
            at = {"effectiveDateTime": wire_instant(starts_at + timedelta(hours=point.hours))}
            parts = {
                "hours_since_session": observed.hours(point.hours),
                "mood": score(point.mood),
                "anxiety": score(point.anxiety),
                "dissociation": score(point.dissociation),
            }
            yield observation(ids, ("after_session", each.id, number), code, at, parts, **part_of)
        if each.better_days is None:
            continue
        for week in each.better_days.weeks:
            parts = {"week": count(week.week), "of": days(week.of)}
            value = observed.told(days(week.better)) | {"interpretation": [concept(week.reading)]} | part_of
            name = ("better_days", each.id, week.week)
            yield observation(ids, name, concept("better_days"), None, parts, **value)
        if (last := each.better_days.last_better_on) is not None:
            value = {"valueDateTime": last.isoformat()} | part_of
            yield observation(ids, ("last_better_on", each.id), concept("last_better_on"), None, {}, **value)


def exposure(told: summaries.Summary, ids: Ids) -> Iterator[Resource]:
    """How many sessions there were up to the end of the period."""
    if not isinstance(told.exposure, UnsetType):
        names = ("sessions", "last_30_days", "last_60_days")
        parts = {name: count(getattr(told.exposure, name)) for name in names}
        at = {"effectiveDateTime": told.period.last.isoformat()}
        yield observation(ids, ("exposure",), concept("exposure"), at, parts)


def medications(told: summaries.Summary, ids: Ids, subject: Subject) -> Iterator[Resource]:
    """Each medication in its person's own words."""
    today = subject.made_at.astimezone(zone_of(subject.zone)).date()
    for tie, each in tied(given(told.medications), attrgetter("name", "first")):
        has_ended = each.last is not None and date.fromisoformat(each.last) < today
        dose = words(each.dose_text)
        yield {
            "resourceType": "MedicationStatement",
            "id": ids.of("medication", each.first, tie, each.name),
            "status": "completed" if has_ended else "active",
            "medicationCodeableConcept": {"text": words(each.name) or "–"},
            "subject": ids.patient,
            "effectivePeriod": {"start": each.first} | ({"end": each.last} if each.last else {}),
            "informationSource": ids.patient,
            **({"dosage": [{"text": dose}]} if dose else {}),
        }


def _procedure(id_: str, starts_at: str, phase: str | None, ids: Ids, kept: SessionKept) -> Resource:
    """A session is over either way; only who may know more is told that it was stopped early."""
    return {
        "resourceType": "Procedure",
        "id": ids.of("session", id_),
        "status": "stopped" if kept.status == "stopped_early" else "completed",
        **({"category": concept(phase)} if phase else {}),
        "code": concept("treatment_session"),
        "subject": ids.patient,
        "performedDateTime": starts_at,
        **({"location": {"display": kept.setting}} if kept.setting else {}),
    }


def _dose(procedure: Resource, ids: Ids, kept: SessionKept) -> Iterator[Resource]:
    if kept.drug is None and kept.route is None and kept.dose_mg is None:
        return
    dosage: Resource = {"route": concept(kept.route)} if kept.route else {}
    if kept.dose_mg is not None:
        dose = {"value": kept.dose_mg, "unit": "mg", "system": UCUM, "code": "mg"}
        dosage["doseAndRate"] = [{"doseQuantity": dose}]
    yield {
        "resourceType": "MedicationStatement",
        "id": ids.of("dose", procedure["id"]),
        "partOf": [reference(procedure["id"])],
        "status": "completed",
        "medicationCodeableConcept": drug(kept.drug),
        "subject": ids.patient,
        "effectiveDateTime": procedure["performedDateTime"],
        "informationSource": ids.patient,
        **({"dosage": [dosage]} if dosage else {}),
    }
