"""Questionnaires in a document: the forms, with the words that may be handed on, and what was answered. Pure.

Of an instrument of class C no word is written, whether its pack is loaded or not: its items are numbers.
"""

from collections.abc import Mapping
from typing import Any

from server.export.fhir.codes import LOINC, Resource
from server.export.fhir.details import ResponseKept
from server.export.fhir.identity import Ids, canonical
from server.measures import service as measures

_ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"


def name_of(instrument: str, known: measures.Instrument | None) -> str:
    """What an instrument is called: by its title, where that may be handed on, else by its id."""
    return known.title if known is not None and has_words(known) else instrument


def has_words(known: measures.Instrument) -> bool:
    """Whether its words may be handed on."""
    return known.licence != "C" and known.has_text


def questionnaire(known: measures.Instrument, ids: Ids) -> Resource:
    """The form: every item with its exact words and codes, or by its number alone."""
    is_worded = has_words(known)
    stem = [{"linkId": "stem", "type": "display", "text": known.stem}] if is_worded and known.stem else []
    return {
        "resourceType": "Questionnaire",
        "id": ids.of("questionnaire", known.id),
        "url": canonical(f"questionnaire/{known.id}"),
        "version": known.version,
        **({"title": known.title} if is_worded else {}),
        "status": "active",
        "subjectType": ["Patient"],
        **({"copyright": known.attribution} if is_worded and known.attribution else {}),
        **({"code": [{"system": LOINC, "code": known.loinc["panel"]}]} if "panel" in known.loinc else {}),
        "item": stem + [_item(known, item, is_worded) for item in known.items],
    }


def response(
    ids: Ids,
    name: tuple[object, ...],
    form: Any,
    known: measures.Instrument | None,
    kept: ResponseKept | None,
    instrument: str,
) -> Resource:
    """One response; a form without a total was left before its end. Items stand in it where they are `kept`."""
    version = kept.instrument_version if kept else known.version if known else None
    named = {"questionnaire": f"{canonical(f'questionnaire/{instrument}')}|{version}"} if known and version else {}
    items = _answers(known, kept.answers) if known and kept else []
    return {
        "resourceType": "QuestionnaireResponse",
        "id": ids.of(*name),
        **named,
        "status": "stopped" if form.total is None else "completed",
        "subject": ids.patient,
        "authored": form.completed_at,
        "author": ids.patient,
        "source": ids.patient,
        **({"item": items} if items else {}),
    }


def _item(known: measures.Instrument, item: Any, is_worded: bool) -> Resource:
    if not is_worded:
        return {"linkId": item.id, "type": "integer"}
    return {
        "linkId": item.id,
        **({"code": [{"system": LOINC, "code": item.loinc}]} if item.loinc else {}),
        "text": item.text,
        "type": "choice",
        "answerOption": [
            {"valueCoding": _coding(known, option) | {"extension": [{"url": _ORDINAL, "valueDecimal": option.value}]}}
            for option in known.options_of(item)
        ],
    }


def _answers(known: measures.Instrument, answers: Mapping[str, int | None]) -> list[Resource]:
    """What was answered, in the order of the items; what an item doesn't take is no answer."""
    found = []
    for item in known.items:
        option = next((each for each in known.options_of(item) if each.value == answers.get(item.id)), None)
        if option is not None:
            value = {"valueCoding": _coding(known, option)} if has_words(known) else {"valueInteger": option.value}
            found.append({"linkId": item.id, "answer": [value]})
    return found


def _coding(known: measures.Instrument, option: Any) -> Resource:
    system, code = (LOINC, option.loinc) if option.loinc else (canonical(f"answers/{known.id}"), str(option.value))
    return {"system": system, "code": code, **({"display": option.label} if option.label else {})}
