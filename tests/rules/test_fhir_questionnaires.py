"""Questionnaires in a FHIR document: their exact words where those may be handed on, answers by code, and totals."""

import json
from collections.abc import Iterator
from datetime import timedelta

import msgspec
import pytest

from server.export.fhir.details import Details, ResponseKept
from server.measures import library
from server.measures.instruments import Instrument, Option
from tests.rules.fhir_reader import Read, parts
from tests.rules.told_stories import KNOWN, closed, document, with_form


@pytest.fixture(autouse=True, scope="module")
def _instruments() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(library, "known", dict(KNOWN))
        yield


def test_a_reader_who_may_not_know_of_sessions_is_not_told_that_a_form_spans_none() -> None:
    told, _ = with_form()

    there = [parts(each) for each in Read(document(closed(told, "sessions"))).observed("total")]

    assert there == [{}]


def test_a_form_that_spans_a_session_says_so() -> None:
    told, _ = with_form(spans_session=True)

    total = Read(document(told)).observed("total")[0]

    assert parts(total) == {"spans_session": True}
    assert "averages over before and after" in json.dumps(total)


def test_answers_stand_with_their_codes_in_the_response_that_was_completed_then() -> None:
    told, at = with_form("phq-9")
    answers = {"1": 2, "9": 0, "difficulty": 1, "2": None, "3": 7, "index_event": 3}
    earlier = ResponseKept("phq-9", "1", at - timedelta(minutes=1), {"1": 0})

    read = Read(document(told, Details({}, [earlier, ResponseKept("phq-9", "1", at, answers)])))

    said = read.of("QuestionnaireResponse")[0]
    assert said["questionnaire"] == f"{read.of('Questionnaire')[0]['url']}|1"
    assert [(each["linkId"], each["answer"][0]["valueCoding"]) for each in said["item"]] == [
        ("1", {"system": "http://loinc.org", "code": "LA6570-1", "display": "More than half the days"}),
        ("9", {"system": "http://loinc.org", "code": "LA6568-5", "display": "Not at all"}),
        ("difficulty", said["item"][2]["answer"][0]["valueCoding"]),
    ]
    assert said["item"][2]["answer"][0]["valueCoding"]["display"] == "Somewhat difficult"


def test_of_two_responses_of_one_instant_neither_lends_its_answers() -> None:
    told, at = with_form("gad-7")
    kept = [ResponseKept("gad-7", "1", at, {"1": value}) for value in (0, 3)]

    said = Read(document(told, Details({}, kept))).of("QuestionnaireResponse")[0]

    assert "item" not in said


def test_a_questionnaire_has_the_exact_words_and_codes_of_its_file() -> None:
    for name in ("phq-9", "gad-7", "pcl-5", "who-5", "peg", "phq-2"):
        form = Read(document(with_form(name)[0])).of("Questionnaire")[0]
        asked = [each for each in form["item"] if each["type"] != "display"]

        assert [each["text"] for each in asked] == [each.text for each in KNOWN[name].items]
        assert [each.get("code", [{}])[0].get("code") for each in asked] == [each.loinc for each in KNOWN[name].items]
        for item, each in zip(KNOWN[name].items, asked, strict=True):
            options = [one["valueCoding"].get("display", "") for one in each["answerOption"]]
            assert options == [option.label for option in KNOWN[name].options_of(item)]
        assert form["copyright"] == KNOWN[name].attribution


def test_an_instrument_of_class_c_stands_there_by_numbers_alone_also_where_its_words_are_loaded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, known in KNOWN.items():
        if known.licence != "C":
            continue
        monkeypatch.setitem(library.known, name, _worded(known))
        told, at = with_form(name)
        kept = ResponseKept(name, known.version, at, {each.id: known.options_of(each)[0].value for each in known.items})

        bundle = document(told, Details({}, [kept]))

        form, said = Read(bundle).of("Questionnaire")[0], Read(bundle).of("QuestionnaireResponse")[0]
        assert library.known[name].has_text
        assert "LICENSED" not in json.dumps(bundle)
        assert form["item"] == [{"linkId": each.id, "type": "integer"} for each in known.items]
        assert [each["answer"] for each in said["item"]] == [
            [{"valueInteger": known.options_of(each)[0].value}] for each in known.items
        ]


def test_a_form_of_an_instrument_that_is_known_no_more_keeps_its_total() -> None:
    told, _ = with_form("gone-1")

    read = Read(document(told))

    assert read.observed("total")[0]["valueQuantity"]["value"] == 7
    assert "questionnaire" not in read.of("QuestionnaireResponse")[0]
    assert not read.of("Questionnaire")


def _worded(known: Instrument) -> Instrument:
    """The instrument as it is once its licensed pack is loaded, each of its words a marker."""
    items = [
        msgspec.structs.replace(
            item, text="LICENSED", options=tuple(Option(each.value, "LICENSED") for each in known.options_of(item))
        )
        for item in known.items
    ]
    marked = dict.fromkeys(("title", "stem", "attribution"), "LICENSED")
    return msgspec.structs.replace(known, items=tuple(items), **marked)
