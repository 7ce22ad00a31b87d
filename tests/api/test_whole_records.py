"""A patch is judged with what its author had seen beside it, and never with what somebody else did meanwhile."""

from typing import Any

import pytest

from tests.people import Person

GAD = {
    "instrument": "gad-7", "instrument_version": "1", "answers": {str(item): 1 for item in range(1, 8)},
    "completed_at": "2026-11-20T09:00:00.000Z",
}  # fmt: skip
AWAY = {"away_from": "2026-11-20T09:00:00.000Z", "away_to": "2026-11-20T10:00:00.000Z"}
CASES: list[tuple[str, dict[str, Any], dict[str, Any], str]] = [
    ("response", GAD, {"index_event": "a road"}, "/patch/index_event"),
    ("response", GAD, {"instrument": "who-5", "instrument_version": "1"}, "/patch/answers/6"),
    ("medication", {"name": "one", "from": "2026-11-01", "to": "2026-11-20"}, {"to": "2026-10-01"}, "/patch/to"),
    ("course", {"started_on": "2026-11-01"}, {"ended_on": "2026-10-01"}, "/patch/ended_on"),
    ("course", {"started_on": "2026-10-01", "ended_on": "2026-10-20"}, {"started_on": "2026-11-01"}, "/patch/ended_on"),
    ("check_in", AWAY, {"away_to": "2026-11-20T08:00:00.000Z"}, "/patch/away_to"),
    ("check_in", {"own": {"pain": 3, "panic": 2}}, {"own": {"craving": 1}}, "/patch/own"),
]


async def kept_of(person: Person, record_id: str) -> dict[str, Any]:
    records = (await person.sync())["records"]
    found: dict[str, Any] = next(each for each in records if each["id"] == record_id)
    return found


@pytest.mark.parametrize(("kind", "made", "patch", "pointer"), CASES)
async def test_a_patch_that_makes_the_whole_record_wrong_is_refused_and_nothing_is_stored(
    patient: Person, kind: str, made: dict[str, Any], patch: dict[str, Any], pointer: str
) -> None:
    before = await patient.keep(kind, **made)

    (result,) = (await patient.sync(patient.change(kind, before["id"], before["revision"], **patch)))["results"]

    assert result["outcome"] == "refused", result
    assert pointer in [each["pointer"] for each in result["errors"]]
    assert await kept_of(patient, before["id"]) == before


async def test_two_patches_that_are_right_each_on_their_own_are_merged_and_the_next_is_not_told_of_it(
    patient: Person,
) -> None:
    made = await patient.keep("check_in", own={"pain": 3})
    id_, base = made["id"], made["revision"]

    for name in ("panic", "craving"):
        change = patient.change("check_in", id_, base, own={name: 1})
        (result,) = (await patient.sync(change))["results"]
        assert result["outcome"] in ("stored", "merged"), result
    assert result["record"]["values"]["own"] == {"pain": 3, "panic": 1, "craving": 1}

    change = patient.change("check_in", id_, result["record"]["revision"], note="words")
    (after,) = (await patient.sync(change))["results"]
    assert after["outcome"] == "stored"


async def test_a_form_may_become_another_with_its_own_answers(patient: Person) -> None:
    made = await patient.keep("response", **GAD)
    answers = {**{str(item): None for item in (6, 7)}, "1": 5}
    patch = {"instrument": "who-5", "instrument_version": "1", "answers": answers}

    (result,) = (await patient.sync(patient.change("response", made["id"], made["revision"], **patch)))["results"]

    assert result["outcome"] == "stored", result
    assert set(result["record"]["values"]["answers"]) == {"1", "2", "3", "4", "5"}
