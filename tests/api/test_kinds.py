"""Every further kind of record: taken whole, read back as it was, refused with each fault, merged as the wire says."""

from typing import Any

import pytest

from server.base.ids import uuid7
from tests.people import Person

FULL: dict[str, dict[str, Any]] = {
    "course": {
        "treated_for": ["depression", "ptsd"], "started_on": "2026-09-01", "ended_on": "2026-11-20",
        "reason": "well enough", "start_recalled": 3,
    },
    "medication": {
        "name": "the white one", "dose_text": "half in the evening", "from": "2026-09-01", "to": "2026-10-01",
        "audience": "prescriber",
    },
    "meeting": {
        "starts_at": "2026-11-30T09:00:00.000Z", "zone": "Europe/Berlin", "with": "Dr. O.",
        "agreed": ["a walk a day", "less coffee"],
    },
    "question": {"text": "May I drive again?", "settled_at": "2026-11-20T09:00:00.000Z", "audience": "both"},
    "watch": {
        "occurred_at": "2026-11-20T09:00:00.000Z", "zone": "Europe/Berlin", "urgency": "mild", "frequency": "none",
        "night_time": "moderate", "pain": "severe", "blood": False, "flank_pain": "none", "cannot_pass_urine": False,
        "memory": "mild", "finding_words": "mild", "concentration": "none", "craving": 2, "doses_outside_plan": True,
        "little_sleep_much_energy": False, "audience": "me",
    },
    "help_request": {
        "trigger": "item_9", "raised_at": "2026-11-20T09:00:00.000Z", "choice": "tell_therapist",
        "message": "please call",
    },
    "safety_plan": {
        "warning_signs": ["no sleep"], "brings_me_back": ["cold water"], "own_coping": ["music"],
        "distractions": ["the library"], "people": ["a sister"], "professionals": ["the clinic"],
        "safer_surroundings": ["keys with a neighbour"], "reasons": ["the dog"],
        "locked_too": ["brings_me_back", "professionals"],
    },
}  # fmt: skip


def change(person: Person, kind: str, values: dict[str, Any], record_id: str = "", base: int = 0) -> dict[str, Any]:
    """A change of a record of one of these kinds; a safety plan has its account's id."""
    own = person.id if kind == "safety_plan" else uuid7()
    whole = person.change(kind, record_id=record_id or own, base=base or 1, **values)
    return {**whole, "base_revision": base}


async def result_of(person: Person, *asked: Any) -> dict[str, Any]:
    """What becomes of such a change."""
    result: dict[str, Any] = (await person.sync(change(person, *asked)))["results"][0]
    return result


@pytest.fixture
async def patient(patient: Person) -> Person:
    patient.id = (await patient.get("/api/account")).json()["id"]
    return patient


@pytest.mark.parametrize("kind", FULL)
async def test_a_whole_record_reaches_another_device_as_it_was(patient: Person, kind: str) -> None:
    result = await result_of(patient, kind, FULL[kind])

    assert result["outcome"] == "stored", result
    (record,) = (await patient.sync(since=0))["records"]
    assert (record["kind"], record["values"]) == (kind, FULL[kind])


@pytest.mark.parametrize("kind", FULL)
async def test_every_field_may_be_emptied_save_those_that_are_needed(patient: Person, kind: str) -> None:
    stored = (await result_of(patient, kind, FULL[kind]))["record"]
    emptied = dict.fromkeys(FULL[kind])

    result = await result_of(patient, kind, emptied, stored["id"], stored["revision"])

    needed = {
        "course": {"started_on"}, "medication": {"name", "from"}, "meeting": {"starts_at", "zone"},
        "question": {"text"}, "watch": {"occurred_at", "zone"},
        "help_request": {"trigger", "raised_at", "choice"}, "safety_plan": set(),
    }[kind]  # fmt: skip
    assert {error["pointer"] for error in result.get("errors", [])} == {f"/patch/{name}" for name in needed}


@pytest.mark.parametrize(
    ("kind", "patch", "pointers"),
    [
        ("course", {"started_on": "2026-02-31"}, {"/patch/started_on"}),
        ("course", {"ended_on": "2026-08-31"}, {"/patch/ended_on"}),
        ("course", {"treated_for": ["pain", "pain"], "start_recalled": 11}, {"/patch/start_recalled"}),
        ("course", {"treated_for": ["pain", "pain"]}, {"/patch/treated_for"}),
        ("course", {"started_on": "1850-01-01"}, {"/patch/started_on"}),
        ("medication", {"name": ""}, {"/patch/name"}),
        ("medication", {"to": "2026-08-31"}, {"/patch/to"}),
        ("medication", {"to": "2066-08-31"}, {"/patch/to"}),
        ("meeting", {"starts_at": "2036-11-30T09:00:00.000Z", "zone": "Mars"}, {"/patch/starts_at", "/patch/zone"}),
        ("meeting", {"agreed": [1], "with": 7}, {"/patch/agreed/0", "/patch/with"}),
        ("question", {"text": "x" * 2_001}, {"/patch/text"}),
        ("question", {"settled_at": "2026-11-30T09:00:00.000Z"}, {"/patch/settled_at"}),
        ("watch", {"zone": "Mars", "occurred_at": "2026-11-30T09:00:00.000Z"}, {"/patch/zone", "/patch/occurred_at"}),
        ("watch", {"urgency": "some", "craving": -1}, {"/patch/urgency", "/patch/craving"}),
        ("help_request", {"trigger": "weather", "choice": "run"}, {"/patch/trigger", "/patch/choice"}),
        ("help_request", {"raised_at": "1850-01-01T00:00:00.000Z"}, {"/patch/raised_at"}),
        ("safety_plan", {"locked_too": ["people", "people"]}, {"/patch/locked_too"}),
        ("safety_plan", {"locked_too": ["passwords"]}, {"/patch/locked_too/0"}),
        ("safety_plan", {"people": "a sister"}, {"/patch/people"}),
        ("question", {"secret": 1}, {"/patch/secret"}),
    ],
)
async def test_each_fault_is_named_and_nothing_is_stored(
    patient: Person, kind: str, patch: dict[str, Any], pointers: set[str]
) -> None:
    result = await result_of(patient, kind, {**FULL[kind], **patch})

    assert result["outcome"] == "refused"
    assert {error["pointer"] for error in result["errors"]} == pointers
    assert (await patient.sync(since=0))["records"] == []


async def test_there_is_one_safety_plan_and_nothing_else_has_its_id(patient: Person) -> None:
    for kind, record_id in (("safety_plan", uuid7()), ("question", patient.id)):
        result = await result_of(patient, kind, FULL[kind], record_id)
        assert [error["pointer"] for error in result["errors"]] == ["/record_id"]


async def test_two_phones_that_made_one_safety_plan_keep_both_texts(patient: Person) -> None:
    await result_of(patient, "safety_plan", {"people": ["a sister"], "reasons": ["the dog"]})
    record = (await result_of(patient, "safety_plan", {"people": ["a friend"]}))["record"]

    assert {*record["values"]["people"], *record["alternatives"]["people"][0]} == {"a sister", "a friend"}
    assert record["values"]["reasons"] == ["the dog"]
