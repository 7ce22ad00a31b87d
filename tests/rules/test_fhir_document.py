"""A summary as a FHIR document: nothing of it lost, nothing of it computed again, nothing beside it."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid5

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.export.fhir.codes import OWN
from server.export.fhir.details import Details, SessionKept, Share
from server.export.fhir.document import document_of
from server.export.fhir.identity import Ids
from server.measures import library
from server.summaries.rules import Summary
from tests.rules.fhir_reader import Read, codes, parts, references
from tests.rules.told_stories import FIELDS, KNOWN, SUBJECT, closed, document, rich, sections_of, stories, story
from tests.tried import size

TOLD = ("check_ins", "daily", "scales", "dissociation", "start", "sessions", "measures", "side_effects", "watch",
        "exposure", "medications")  # fmt: skip
MANY = size(40, 1_000)


@pytest.fixture(autouse=True, scope="module")
def _instruments() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(library, "known", dict(KNOWN))
        yield


def expected(told: Summary) -> dict[str, Any]:
    """What a document has to say: the summary's own JSON, less what no resource tells."""
    told_of = msgspec.json.decode(msgspec.json.encode(told))
    for each in told_of.get("sessions", []):
        del each["id"]
        if each["better_days"] and not each["better_days"]["weeks"]:
            each["better_days"] = None
    for measure in told_of.get("measures", []):
        for change in (measure["since_baseline"], measure["since_last"]):
            if change and not change["response"]:
                change["response"] = None  # that there was none is never told
    told_of["watch"] = [
        {name: value for name, value in each.items() if value is not None} for each in told_of.get("watch", [])
    ]
    return {name: told_of[name] for name in TOLD if name in told_of}


@given(stories)
@settings(max_examples=MANY, deadline=None)
def test_every_figure_of_a_summary_is_read_again_in_its_document(of: tuple[Summary, Details]) -> None:
    told, details = of

    read = Read(document(told, details)).figures()

    assert {name: read[name] for name in TOLD} == expected(told)


@given(stories)
@settings(max_examples=MANY, deadline=None)
def test_a_reader_reads_the_same_figures_and_no_item_nor_dose(of: tuple[Summary, Details]) -> None:
    told, _ = of

    read = Read(document(told))

    assert {name: read.figures()[name] for name in TOLD} == expected(told)
    assert not [each for each in read.of("QuestionnaireResponse") if "item" in each]
    assert not [each for each in read.of("MedicationStatement") if "partOf" in each]
    assert {each["status"] for each in read.of("Procedure")} <= {"completed"}


@given(stories, st.booleans(), st.sets(st.sampled_from(FIELDS)))
@settings(max_examples=MANY, deadline=None)
def test_everything_is_found_from_the_composition_on_and_nothing_is_named_twice(
    of: tuple[Summary, Details], shared: bool, unwritten: set[str]
) -> None:
    told, details = of
    share = Share(["scales", "measures"], "2026-03-01", None, datetime(2026, 9, 1, tzinfo=UTC)) if shared else None
    sections = [each for each in sections_of(told) if each.key not in unwritten]
    bundle = document_of(told, SUBJECT, sections, details, share)

    read = Read(bundle)

    urls = [each["fullUrl"] for each in bundle["entry"]]
    assert len(set(urls)) == len(urls)
    assert set(references(bundle)) <= set(urls)
    assert read.reached == set(urls) - {urls[0]}
    assert [f"urn:uuid:{each['id']}" for each in read.all] == urls


@given(stories, st.sets(st.sampled_from(FIELDS), min_size=1))
@settings(max_examples=MANY, deadline=None)
def test_a_section_out_of_scope_leaves_no_trace(of: tuple[Summary, Details], fields: set[str]) -> None:
    told, details = of
    whole, less = Read(document(told, details)), Read(document(closed(told, *fields), details))

    figures = less.figures()

    assert {each["title"] for each in less.composition["section"] if "title" in each}.isdisjoint(
        {name.title() for name in fields}
    )
    assert set(less.by_url) - {f"urn:uuid:{each['id']}" for each in less.all[:1]} <= set(whole.by_url)
    open_now = expected(closed(told, *fields))
    assert {name: value for name, value in figures.items() if name in open_now and name != "measures"} == {
        name: value for name, value in open_now.items() if name != "measures"
    }
    for name in fields & set(TOLD) - {"scales"}:
        assert not figures.get(name), name
    assert ("measures" in fields) <= (not less.of("Questionnaire") and not less.of("QuestionnaireResponse"))
    assert ("scales" in fields) <= (not any(figures["scales"].values()))


def test_a_day_says_how_many_of_its_entries_were_remembered_later_and_how_many_are_left_out() -> None:
    told, _ = rich()
    told.daily[0].remembered_later, told.daily[0].within_24h = 3, 2  # type: ignore[index, union-attr]

    day = Read(document(told)).observed("day")[0]

    assert (parts(day)["remembered_later"], parts(day)["within_24h"]) == (3, 2)


@given(stories)
@settings(max_examples=size(20, 200), deadline=None)
def test_the_same_summary_gives_the_same_bytes_and_another_hour_changes_its_date_alone(
    of: tuple[Summary, Details],
) -> None:
    told, details = of

    def written(hours: int) -> bytes:
        subject = SUBJECT._replace(made_at=SUBJECT.made_at + timedelta(hours=hours))
        return msgspec.json.encode(document_of(told, subject, sections_of(told), details))

    first, later = json.loads(written(0)), json.loads(written(1))

    assert written(0) == written(0)
    assert first["entry"][1:] == later["entry"][1:]
    assert first["timestamp"] != later["timestamp"]
    assert first["identifier"] != later["identifier"]


def test_documents_of_other_days_share_nothing_but_their_person() -> None:
    told, details = story(Random(7))
    later = msgspec.structs.replace(told, period=msgspec.structs.replace(told.period, last=date(2199, 1, 1)))

    first, second = (
        {entry["fullUrl"] for entry in document_of(each, SUBJECT, sections_of(each), details)["entry"]}
        for each in (told, later)
    )

    assert first & second == {f"urn:uuid:{SUBJECT.id}"}


@given(st.text(st.characters(codec="ascii"), max_size=20), st.text(st.characters(codec="utf-8"), max_size=20))
@settings(max_examples=size(100, 5_000))
def test_an_id_is_made_as_rfc_9562_makes_one_of_a_name(subject_id: str, what: str) -> None:
    found = Ids(subject_id).of(what, 3)

    assert found == str(uuid5(UUID("7c551522-5b97-4020-80b8-be60e9619b6b"), f"{subject_id}/{what}/3"))


def test_no_id_of_a_record_stands_in_a_document_and_two_readers_share_none() -> None:
    told, details = rich()
    other = SUBJECT._replace(id="0192f0c1-ffff-7c4d-8e5f-001122334455")

    one = document(told, details)
    two = msgspec.json.decode(msgspec.json.encode(document_of(told, other, sections_of(told))))

    assert not [each.id for each in told.sessions or () if each.id in json.dumps(one)]
    assert {each["fullUrl"] for each in one["entry"]}.isdisjoint({each["fullUrl"] for each in two["entry"]})


def test_the_list_of_codes_has_every_code_that_is_used() -> None:
    bundles = [document(*story(Random(seed))) for seed in range(20)]

    listed = Read(bundles[0]).of("CodeSystem")[0]

    used = {each["code"] for bundle in bundles for each in _codings(bundle) if each["system"] == listed["url"]}
    assert len(used) > 60
    assert used <= {each["code"] for each in listed["concept"]} == set(OWN)


def test_what_a_person_kept_of_a_session_is_in_their_own_document() -> None:
    told, _ = rich()
    session = told.sessions[0]  # type: ignore[index]
    kept = SessionKept("stopped_early", "esketamine", "intranasal", 84.0, "clinic")

    read = Read(document(told, Details({session.id: kept})))

    procedure = next(each for each in read.of("Procedure") if each["performedDateTime"] == session.starts_at)
    dose = next(each for each in read.of("MedicationStatement") if "partOf" in each)
    assert (procedure["status"], procedure["location"]) == ("stopped", {"display": "clinic"})
    assert dose["partOf"] == [{"reference": f"urn:uuid:{procedure['id']}"}]
    assert dose["medicationCodeableConcept"]["text"] == "esketamine"
    assert dose["medicationCodeableConcept"]["coding"][0]["code"] == "2119365"
    assert codes(dose["dosage"][0]["route"]) == ["intranasal"]
    quantity = dose["dosage"][0]["doseAndRate"][0]["doseQuantity"]
    assert (quantity["value"], quantity["code"]) == (84.0, "mg")
    assert dose["informationSource"] == procedure["subject"]


def test_a_dose_of_which_the_drug_is_not_told_has_no_code() -> None:
    told, _ = rich()

    read = Read(document(told, Details({told.sessions[0].id: SessionKept(dose_mg=50)})))  # type: ignore[index]

    dose = next(each for each in read.of("MedicationStatement") if "partOf" in each)
    assert "coding" not in dose["medicationCodeableConcept"]
    assert "not told" in dose["medicationCodeableConcept"]["text"]


def test_a_share_stands_there_as_a_consent_with_what_it_opens_and_its_end() -> None:
    share = Share(["scales", "notes"], None, "2026-05-01", datetime(2026, 9, 1, 12, tzinfo=UTC))

    consent = Read(document(rich()[0], share=share)).of("Consent")[0]

    provision = consent["provision"]
    assert [codes(each)[0] for each in provision["code"]] == ["scales", "notes"]
    assert (provision["period"], provision["dataPeriod"]) == (
        {"end": "2026-09-01T12:00:00.000Z"},
        {"end": "2026-05-01"},
    )


def _codings(found: Any) -> Iterator[dict[str, Any]]:
    if isinstance(found, dict):
        yield from (each for each in found.get("coding", []))
        for each in found.values():
            yield from _codings(each)
    elif isinstance(found, list):
        for each in found:
            yield from _codings(each)
