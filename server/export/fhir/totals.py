"""What questionnaires come to in a document: totals with their bands, and how far each moved. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

from msgspec import UnsetType

from server.base.clock import wire_instant
from server.export.fhir import observed
from server.export.fhir.codes import LOINC, Resource, concept
from server.export.fhir.details import ResponseKept
from server.export.fhir.identity import Ids, reference, tied
from server.export.fhir.observed import given, observation, score
from server.export.fhir.questionnaires import name_of, response
from server.measures import service as measures
from server.summaries import service as summaries


def totals(
    told: summaries.Summary, ids: Ids, known: Mapping[str, measures.Instrument], kept: Sequence[ResponseKept]
) -> Iterator[Resource]:
    """Each response of the period, what it came to, and the changes by the end of the period."""
    answered = _by_form(kept)
    for measure in given(told.measures):
        name, form = measure.instrument, known.get(measure.instrument)
        for tie, each in tied(measure.responses, attrgetter("completed_at")):
            at_once = (name, each.completed_at)
            said = response(ids, ("response", *at_once, tie), each, form, answered.get(at_once), name)
            yield said
            # Who may not know of sessions isn't told that a form spans none either.
            knows = not isinstance(told.sessions, UnsetType)
            more = observed.told(score(each.total)) | {"derivedFrom": [reference(said["id"])]}
            if each.band is not None:
                more["interpretation"] = [{"text": each.band}]
            parts = {"spans_session": observed.flag(each.spans_session if knows or each.spans_session else None)}
            at = {"effectiveDateTime": each.completed_at}
            yield observation(ids, ("total", *at_once, tie), _code(name, form), at, parts, **more)
        at = {"effectiveDateTime": told.period.last.isoformat()}
        of = {"instrument": {"valueString": name}}
        if measure.since_last is not None:
            yield _change("since_last", name, measure.since_last, at, of, ids)
        if measure.since_baseline is not None:
            since = of | {"baseline_at": observed.moment(measure.baseline_at)}
            yield _change("since_baseline", name, measure.since_baseline, at, since, ids)


def _by_form(kept: Sequence[ResponseKept]) -> dict[tuple[str, str], ResponseKept]:
    """Responses by instrument and instant. Of two that share both neither is taken: which total is whose isn't told."""
    found: dict[tuple[str, str], list[ResponseKept]] = {}
    for each in kept:
        found.setdefault((each.instrument, wire_instant(each.completed_at)), []).append(each)
    return {form: alike[0] for form, alike in found.items() if len(alike) == 1}


def _code(name: str, known: measures.Instrument | None) -> Resource:
    """What a total is of: by LOINC's code where there is one, by ours beside."""
    coding = [{"system": LOINC, "code": known.loinc["total"]}] if known and "total" in known.loinc else []
    return {"coding": [*coding, *concept("total")["coding"]], "text": f"{name_of(name, known)}: total"}


def _change(code: str, name: str, moved: Any, at: Resource, of: Mapping[str, Any], ids: Ids) -> Resource:
    """How far a total moved. `response` is told where it was met: that it wasn't never becomes words (CLINICAL 6)."""
    parts = {**of, "response": observed.flag(moved.response or None), "remission": observed.flag(moved.remission)}
    more = observed.told(score(moved.points))
    if moved.reading is not None:
        more["interpretation"] = [concept(moved.reading)]
    return observation(ids, (code, name), concept(code), at, parts, **more)
