"""A summary as a file, on paper and for other programs: whose, with what in it, and the same figures as everywhere."""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any

import pytest
from pypdf import PdfReader

from tests.people import Cast, Clock, Person

DAYS = {"from": "2026-11-01", "to": "2026-11-23"}
SCALES = ("mood", "anxiety", "dissociation")
EVERYTHING = ["scales", "sessions", "measures", "side_effects", "watch", "medications", "notes", "questions", "alerts"]


def text_of(paper: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages).split())


async def paper(person: Person, path: str = "/api/summary.pdf", **query: str) -> str:
    answer = await person.get(path, params=DAYS | query)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == 'attachment; filename="summary.pdf"'
    assert answer.headers["cache-control"] == "no-store"
    return text_of(answer.content)


async def document(person: Person, path: str = "/api/summary.fhir.json", **query: str) -> dict[str, Any]:
    answer = await person.get(path, params=DAYS | query)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/fhir+json"
    assert answer.headers["content-disposition"] == 'attachment; filename="summary.fhir.json"'
    found: dict[str, Any] = answer.json()
    return found


async def write(patient: Person) -> None:
    """Three weeks around a session, with a questionnaire before and after, notes for each, and what stands beside."""
    await patient.keep("treatment_session", starts_at="2026-11-05T09:00:00.000Z", dose_mg=56, drug="esketamine")
    for day in range(1, 23):
        at = f"2026-11-{day:02}T19:00:00.000Z"
        await patient.keep(occurred_at=at, mood=(day * 7) % 11, anxiety=(day * 3) % 11, dissociation=day % 4)
    for day, value in ((2, 3), (20, 1)):
        answers = {str(item): value if item < 9 else 0 for item in range(1, 10)}
        await patient.keep(
            "response", instrument="phq-9", instrument_version="1", answers=answers,
            completed_at=f"2026-11-{day:02}T18:00:00.000Z", zone="Europe/Berlin",
        )  # fmt: skip
    for audience in ("me", "therapist", "prescriber"):
        await patient.keep(occurred_at="2026-11-21T08:00:00.000Z", note=f"a note for {audience}", audience=audience)
        await patient.keep("question", text=f"a question for {audience}", audience=audience)
    await patient.sync(patient.change("safety_plan", patient.id, reasons=["a reason to stay"]))


async def test_the_figures_are_the_same_on_the_page_on_paper_for_programs_and_in_the_table(patient: Person) -> None:
    await write(patient)
    summary = (await patient.get("/api/summary", params=DAYS)).json()

    on_paper, bundle = await paper(patient), await document(patient)
    rows = list(csv.DictReader(StringIO((await patient.get("/api/check-ins.csv", params=DAYS)).text, newline="")))

    for day in summary["daily"]:
        date = f"{int(day['day'][-2:])} Nov"
        figures = " ".join(_one(day[name]) for name in SCALES)
        assert f"{date} {figures} {day['entries']}" in on_paper
        away = [row for row in rows if row["day"] == day["day"] and row["within_24h"] == "no"]
        for name in SCALES:
            given = [int(row[name]) for row in away if row[name]]
            assert day[name] == (round(sum(given) / len(given), 3) if given else None)
            assert (_observed(bundle, name, day["day"]) or [None])[0] == day[name]
    for name, word in zip(SCALES, ("mood", "anxiety", "detached"), strict=True):
        scale = summary["scales"][name]
        told = f"{word} {_one(scale['median'])} {_one(scale['mean'])} {scale['min']} to {scale['max']} {scale['n']}"
        assert told in on_paper
    (measure,) = summary["measures"]
    for response in measure["responses"]:
        assert f" {response['total']}" in on_paper
        assert response["total"] in _observed(bundle, "44261-6", response["completed_at"])
    assert f"PHQ-9: {abs(measure['since_baseline']['points'])} lower than on 2 November" in on_paper
    (session,) = summary["sessions"]
    for week in session["better_days"]["weeks"]:
        assert ("too few" if week["reading"] == "too_few" else f"{week['better']} of {week['of']}") in on_paper
    for name in SCALES:
        curve = [(point["hours"], point[name]) for point in session["curve"]]
        (after, first), (until, last), values = curve[0], curve[-1], [value for _, value in curve]
        ends = f"{first} ({_one(after)} h), {last} ({_one(until / 24)} d)"
        assert f"{len(curve)}: {ends}, {min(values)} to {max(values)}" in on_paper


def _form(path: str) -> str:
    return "pdf" if path.endswith("pdf") else "fhir"


def _one(value: float | None) -> str:
    """With one decimal at most, as a person reads it."""
    return "–" if value is None else f"{value:.1f}".removesuffix(".0")


def _observed(bundle: dict[str, Any], code: str, at: str) -> list[float]:
    """The values of the observations with this code at this time."""
    found = []
    for entry in bundle["entry"]:
        one = entry["resource"]
        if one["resourceType"] == "Observation" and one.get("effectiveDateTime") == at:
            for told in (one, *one.get("component", ())):
                codes = [each["code"] for each in told["code"].get("coding", ())]
                value = told.get("valueQuantity", {}).get("value", told.get("valueInteger"))
                if code in codes and value is not None:
                    found.append(value)
    return found


@pytest.mark.parametrize("path", ["/api/summary.pdf", "/api/summary.fhir.json"])
async def test_taking_it_away_needs_a_fresh_proof_and_is_written_down(patient: Person, clock: Clock, path: str) -> None:
    await patient.keep(mood=4)
    assert (await patient.get(path)).status_code == 200
    clock.move(minutes=6)

    refused = await patient.get(path)

    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/step-up-needed")
    taken = [each for each in (await patient.get("/api/audit")).json()["items"] if each["act"] == "summary_exported"]
    assert [(each["details"]["as"], each["details"]["for"]) for each in taken] == [(_form(path), "me")]


async def test_what_is_handed_on_holds_what_is_addressed_to_its_reader_and_no_more(patient: Person) -> None:
    await write(patient)

    own, handed = await paper(patient), await paper(patient, reader="therapist")
    bundle = str(await document(patient, reader="therapist"))

    for mine in ("a note for me", "a question for me", "a note for prescriber", "a reason to stay"):
        assert mine in own
        assert mine not in handed
        assert mine not in bundle
    for theirs in ("a note for therapist", "a question for therapist"):
        assert theirs in own
        assert theirs in handed
        assert theirs in bundle
    assert "MedicationStatement" not in bundle
    assert patient.id not in bundle


async def test_a_reader_that_there_is_none_of_is_refused_by_name(patient: Person) -> None:
    answer = await patient.get("/api/summary.pdf", params={"reader": "partner"})

    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"pointer": "/reader", "detail": "must be therapist or prescriber"}]


@pytest.mark.parametrize("name", ["summary.pdf", "summary.fhir.json"])
async def test_a_therapist_takes_away_what_the_consent_opens_and_its_person_sees_it(
    cast: Cast, patient: Person, therapist: Person, name: str
) -> None:
    await write(patient)
    consent = (await cast.share(patient, therapist, scopes=EVERYTHING)).id

    told = str(await _either(therapist, f"/api/shared/{consent}/{name}"))

    assert "a note for me" not in told
    assert "a reason to stay" not in told
    assert patient.id not in told
    looked = [each for each in (await patient.get("/api/audit")).json()["items"] if each["act"] == "summary_viewed"]
    assert [each["details"]["as"] for each in looked] == [_form(name)]
    (seen,) = (await patient.get("/api/consents")).json()
    assert seen["views"] == 1


async def _either(person: Person, path: str) -> Any:
    return await (paper if path.endswith("pdf") else document)(person, path)


@pytest.mark.parametrize("name", ["summary.pdf", "summary.fhir.json"])
async def test_a_file_is_closed_as_the_page_is(
    cast: Cast, patient: Person, therapist: Person, stranger: Person, clock: Clock, name: str
) -> None:
    await patient.keep(mood=4)
    consent = (await cast.share(patient, therapist, scopes=["scales"])).id
    path = f"/api/shared/{consent}/{name}"

    assert (await stranger.get(path)).status_code in (403, 404)
    assert (await patient.get(path)).json()["type"] == "/problems/wrong-role"
    clock.move(minutes=6)
    assert (await therapist.get(path)).json()["type"] == "/problems/step-up-needed"
    clock.move(minutes=-6)
    await patient.delete(f"/api/consents/{consent}")
    withdrawn = await therapist.get(path)

    assert (withdrawn.status_code, withdrawn.json()["type"]) == (403, "/problems/consent-withdrawn")
    acts = [each["act"] for each in (await patient.get("/api/audit")).json()["items"]]
    assert "summary_viewed" not in acts


def _texts(told: Any) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict | list):
        for each in told.values() if isinstance(told, dict) else told:
            yield from _texts(each)


async def test_ones_own_document_has_the_answers_and_the_dose_and_never_the_event(patient: Person) -> None:
    await write(patient)
    answers = {str(item): 1 for item in range(1, 21)}
    await patient.keep(
        "response", instrument="pcl-5", instrument_version="1", answers=answers, index_event="what happened then",
        completed_at="2026-11-22T12:00:00.000Z", zone="Europe/Berlin",
    )  # fmt: skip

    bundle = await document(patient)

    kinds = [entry["resource"]["resourceType"] for entry in bundle["entry"]]
    assert "Procedure" in kinds
    found = [entry["resource"] for entry in bundle["entry"]]
    of_kind = {kind: [each for each in found if each["resourceType"] == kind] for kind in kinds}
    assert "56" in str(of_kind["MedicationStatement"])
    assert all(each["item"] for each in of_kind["QuestionnaireResponse"])
    assert not [text for text in _texts(bundle) if "what happened then" in text]
