"""A document as others take it: valid for an independent implementation, and well-formed whatever somebody wrote."""

from collections.abc import Iterator
from datetime import UTC, datetime
from random import Random
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest
from fhir.resources.R4B.bundle import Bundle
from hypothesis import given, settings
from hypothesis import strategies as st

from server.export.fhir.details import NONE, Share
from server.export.fhir.document import document_of
from server.export.fhir.narrative import legible, words
from server.export.written.sections import Section, Table
from server.measures import library
from server.summaries.rules import Summary
from server.summaries.told import MedicationTold
from tests.rules.told_stories import KNOWN, SUBJECT, sections_of, story
from tests.tried import size

XHTML = "{http://www.w3.org/1999/xhtml}"
TAGS = {"div", "p", "table", "thead", "tbody", "tr", "th", "td"}
HOSTILE = (
    "<script>alert(1)</script>", "]]>", "<![CDATA[", "<!--", "&amp; & &#0;", "a\x00b\x08c\x0bd\x1f", "\ud800",
    "x\udfff", "\ufffe\uffff", "\r\n\tone\rtwo", "\u2028\u00a0\u3000", "\U0001f600", "\u202eright to left", "' \" >",
)  # fmt: skip


@pytest.fixture(autouse=True, scope="module")
def _instruments() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(library, "known", dict(KNOWN))
        yield


def test_documents_of_many_stories_are_valid_r4() -> None:
    share = Share(["scales", "sessions", "notes"], "2026-03-01", None, datetime(2026, 9, 1, tzinfo=UTC))
    for seed in range(size(12, 300)):
        told, details = story(Random(seed))

        bundles = [
            document_of(told, SUBJECT, sections_of(told), details),
            document_of(told, SUBJECT, sections_of(told), share=share),
            document_of(Summary(period=told.period), SUBJECT, []),
        ]

        for bundle in bundles:
            read = Bundle.model_validate_json(msgspec.json.encode(bundle))
            assert len(read.entry) == len(bundle["entry"])


def test_a_document_with_a_wrong_status_is_not_valid() -> None:
    bundle = document_of(story(Random(8))[0], SUBJECT, [])
    resources = [each["resource"] for each in bundle["entry"]]
    del next(each for each in resources if each["resourceType"] == "Observation")["status"]

    with pytest.raises(ValueError, match="status"):
        Bundle.model_validate_json(msgspec.json.encode(bundle))


@given(st.lists(st.sampled_from(HOSTILE) | st.text(st.characters(), max_size=20), min_size=1, max_size=4))
@settings(max_examples=size(200, 5_000))
def test_whatever_somebody_wrote_is_content_and_stands_there_unchanged(texts: list[str]) -> None:
    table = Table(["head", *texts], [["row", *texts], []])

    div = _div(Section("notes", "Notes", texts, [table]))

    assert div.tag == f"{XHTML}div"
    assert {each.tag.removeprefix(XHTML) for each in div.iter()} <= TAGS
    assert [each.text or "" for each in div.iter(f"{XHTML}p")] == [legible(each) for each in texts if each.strip()]
    assert [each.text or "" for each in div.iter(f"{XHTML}td")] == [legible(each) for each in texts]
    assert not any(each.tail for each in div.iter())


@given(st.text(st.characters(), max_size=30))
@settings(max_examples=size(200, 5_000))
def test_only_what_no_xml_can_hold_is_replaced(text: str) -> None:
    for before, after in zip(text, legible(text), strict=True):
        try:
            held = ElementTree.fromstring(f"<a>&#{ord(before)};</a>").text == before  # noqa: S314
        except ElementTree.ParseError:
            held = False
        assert after == (before if held else "\ufffd")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_name_or_medication_is_a_valid_text(text: str) -> None:
    told = Summary(period=story(Random(1))[0].period)
    told.medications = [MedicationTold(text, text, "2026-03-02", None)]

    bundle = document_of(told, SUBJECT._replace(name=text), [Section("medications", text, [text])])

    read = Bundle.model_validate_json(msgspec.json.encode(bundle))
    taken = next(each.resource for each in read.entry if each.resource.get_resource_type() == "MedicationStatement")
    assert taken.medicationCodeableConcept.text == (words(text) or "–")


@pytest.mark.parametrize("text", ["", "  ", "\u3000"])
def test_a_section_without_a_word_says_its_title(text: str) -> None:
    div = _div(Section("notes", "Notes", [text], [Table(["head"], [])]))

    assert [each.text for each in div.iter() if each.text] == ["Notes"]


def _div(section: Section) -> Any:
    told = Summary(period=story(Random(1))[0].period, notes=[])
    bundle = msgspec.json.decode(msgspec.json.encode(document_of(told, SUBJECT, [section], NONE)))
    return ElementTree.fromstring(bundle["entry"][0]["resource"]["section"][0]["text"]["div"])  # noqa: S314
