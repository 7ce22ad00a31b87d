"""What a summary says beside the diary, to its person and to a reader under a consent."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.people import Cast, Clock, Person

PHQ = {"instrument": "phq-9", "instrument_version": "1", "zone": "Europe/Berlin"}
EVERY = ["scales", "sessions", "measures", "side_effects", "watch", "medications", "notes", "questions"]


def form(day: str, *answers: int | None) -> dict[str, Any]:
    given = {str(number): value for number, value in enumerate(answers, 1)}
    return {**PHQ, "answers": given, "completed_at": f"{day}T09:00:00.000Z"}


async def summary(person: Person, url: str = "/api/summary", **query: str) -> dict[str, Any]:
    answer = await person.get(url, params={"from": "2026-10-01", "to": "2026-11-23", **query})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


@pytest.fixture
async def told(patient: Person) -> Person:
    """Somebody with a form before the first session and three after it, and one of everything else."""
    await patient.keep("treatment_session", starts_at="2026-10-12T09:00:00.000Z")
    await patient.keep("response", **form("2026-10-10", 3, 3, 3, 3, 3, 2, 0, 0, 0))
    await patient.keep("response", **form("2026-10-20", 1, 1, 1, 1, 1, 1, 1, 1, 1))
    await patient.keep("response", **form("2026-11-10", 1, 1, 1, 1, 1, 1, 1, 1, 0))
    await patient.keep("response", **form("2026-11-20", 1, 1, 1, 1, 1, 1, 1, 1, None))
    for audience in ("me", "therapist", "both"):
        await patient.keep("watch", urgency="mild", audience=audience)
        await patient.keep("question", text=f"to {audience}", audience=audience)
        await patient.keep("medication", **{"name": f"to {audience}", "from": "2026-10-01", "audience": audience})
    await patient.keep("meeting", starts_at="2026-11-02T09:00:00.000Z", agreed=["a walk a day"])
    await patient.keep(occurred_at="2026-11-02T09:00:00.000Z", side_effects={"nausea": "mild"})
    await patient.keep(occurred_at="2026-11-02T11:00:00.000Z", side_effects={"nausea": "severe", "headache": "none"})
    return patient


async def test_a_questionnaire_is_told_with_its_change_since_the_last_before_the_first_session(told: Person) -> None:
    assert (await summary(told))["measures"] == [
        {
            "instrument": "phq-9",
            "responses": [
                {
                    "completed_at": "2026-10-10T09:00:00.000Z", "total": 17, "band": "moderately severe",
                    "spans_session": False,
                },
                {"completed_at": "2026-10-20T09:00:00.000Z", "total": 9, "band": "mild", "spans_session": True},
                {"completed_at": "2026-11-10T09:00:00.000Z", "total": 8, "band": "mild", "spans_session": False},
                {"completed_at": "2026-11-20T09:00:00.000Z", "total": None, "band": None, "spans_session": False},
            ],
            "since_baseline": {"points": -9, "reading": "beyond_error_better", "response": True, "remission": False},
            "baseline_at": "2026-10-10T09:00:00.000Z",
            "since_last": {"points": -1, "reading": "within_variation", "response": None, "remission": False},
        }
    ]  # fmt: skip


async def test_only_the_forms_of_the_period_are_told_and_the_change_knows_those_before(told: Person) -> None:
    (measure,) = (await summary(told, **{"from": "2026-11-01"}))["measures"]

    assert [form["total"] for form in measure["responses"]] == [8, None]
    assert (measure["since_baseline"]["points"], measure["since_last"]["points"]) == (-9, -1)
    (earlier,) = (await summary(told, to="2026-10-25"))["measures"]
    assert earlier["since_baseline"] is earlier["baseline_at"] is None


async def test_what_stands_beside_the_diary_is_told_to_its_person(told: Person) -> None:
    answer = await summary(told)

    assert answer["side_effects"] == [{"name": "nausea", "days": 1, "highest": "severe"}]
    assert answer["exposure"] == {"sessions": 1, "last_30_days": 0, "last_60_days": 1}
    assert [each["urgency"] for each in answer["watch"]] == ["mild"] * 3
    assert [each["text"] for each in answer["questions"]] == ["to me", "to therapist", "to both"]
    assert answer["medications"][0] == {"name": "to me", "dose_text": None, "from": "2026-10-01", "to": None}
    assert answer["meetings"] == [
        {"starts_at": "2026-11-02T09:00:00.000Z", "with": None, "agreed": ["a walk a day"]}
    ]  # fmt: skip


async def test_a_reader_gets_what_is_addressed_to_them_and_no_meeting(
    told: Person, cast: Cast, therapist: Person
) -> None:
    share = await cast.share(told, therapist, scopes=EVERY)
    answer = await summary(therapist, share.summary_url)

    assert [each["text"] for each in answer["questions"]] == ["to therapist", "to both"]
    assert [each["name"] for each in answer["medications"]] == ["to therapist", "to both"]
    assert len(answer["watch"]) == 2
    assert "meetings" not in answer
    assert answer["measures"] == (await summary(told))["measures"]
    assert answer == (await told.get(f"/api/consents/{share.id}/preview", params=WHOLE)).json()


@pytest.mark.parametrize(("zone", "last"), [("America/New_York", "2026-11-22"), ("Asia/Tokyo", "2026-11-23")])
async def test_a_question_stands_until_the_local_day_on_which_it_was_settled(
    cast: Cast, clock: Clock, zone: str, last: str
) -> None:
    patient = await cast.join("patient", "Traveller", zone)
    clock.move(days=-4)
    asked = await patient.keep("question", text="Is it holding?")
    clock.instant = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
    await patient.sync(patient.change("question", asked["id"], asked["revision"], settled_at=clock.wire()))

    days = ["2026-11-21", "2026-11-22", "2026-11-23", "2026-11-24"]
    listed = [day for day in days if (await summary(patient, **{"from": day, "to": "2026-11-30"}))["questions"]]

    assert listed == days[: days.index(last) + 1]


WHOLE = {"from": "2026-10-01", "to": "2026-11-23"}


PLAN = {"people": ["a sister"], "reasons": ["the dog"]}


async def test_a_safety_plan_is_told_as_it_stands_to_a_reader_whose_consent_names_it(
    patient: Person, cast: Cast, therapist: Person
) -> None:
    account_id = (await patient.get("/api/account")).json()["id"]
    named, other = [
        await cast.share(patient, therapist, scopes=scopes, **{"from": "2026-11-20"})
        for scopes in (["safety_plan"], ["scales"])
    ]
    assert (await summary(therapist, named.summary_url))["safety_plan"] is None

    await patient.sync(patient.change("safety_plan", account_id, **PLAN, locked_too=["people"]))

    assert (await summary(patient))["safety_plan"] == PLAN
    assert (await summary(therapist, named.summary_url, to="2026-11-21"))["safety_plan"] == PLAN
    assert "safety_plan" not in await summary(therapist, other.summary_url)


@pytest.mark.parametrize("scope", ["measures", "side_effects", "watch", "medications", "questions"])
async def test_each_scope_opens_its_section_alone(told: Person, cast: Cast, therapist: Person, scope: str) -> None:
    share = await cast.share(told, therapist, scopes=[scope])

    answer = await summary(therapist, share.summary_url)

    assert answer.keys() == {"period", scope}
    assert answer[scope]


async def test_without_sessions_a_questionnaire_says_nothing_of_them(
    told: Person, cast: Cast, therapist: Person
) -> None:
    share = await cast.share(told, therapist, scopes=["measures"])

    (measure,) = (await summary(therapist, share.summary_url))["measures"]

    assert measure["since_baseline"] is measure["baseline_at"] is None
    assert not any(each["spans_session"] for each in measure["responses"])


async def test_a_session_of_a_day_outside_the_consent_is_told_by_no_mark_on_a_form(
    patient: Person, cast: Cast, therapist: Person
) -> None:
    for day in ("2026-11-01", "2026-11-20"):
        await patient.keep("treatment_session", starts_at=f"{day}T09:00:00.000Z")
    gad = {**form("2026-11-12", *[1] * 7), "instrument": "gad-7"}
    await patient.keep("response", **gad)
    share = await cast.share(patient, therapist, scopes=["measures", "sessions"], **{"from": "2026-11-10"})

    (own,), (told,) = [(await summary(patient))["measures"], (await summary(therapist, share.summary_url))["measures"]]

    assert [one["responses"][0]["spans_session"] for one in (own, told)] == [True, False]
