"""Questionnaires over the wire: what they ask, what becomes of a response, and what it comes to."""

import json
from pathlib import Path
from typing import Any

import pytest

from server.cli.instruments import main
from tests.people import Person

GAD = {
    "instrument": "gad-7", "instrument_version": "1", "answers": {str(number): 2 for number in range(1, 8)},
    "completed_at": "2026-11-20T09:00:00.000Z", "zone": "Europe/Berlin",
}  # fmt: skip


async def responses(person: Person, **query: Any) -> list[dict[str, Any]]:
    answer = await person.get("/api/responses", params=query)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def test_an_instrument_says_all_that_a_phone_needs_to_ask_it(patient: Person, therapist: Person) -> None:
    for person in (patient, therapist):
        shown = (await person.get("/api/instruments/who-5")).json()
        assert shown.keys() >= {"id", "version", "title", "recall_days", "stem", "items", "attribution"}
        assert shown["items"][0] == {
            "id": "1",
            "text": "I have felt cheerful and in good spirits",
            "scored": True,
            "options": [
                {"value": 5, "label": "All of the time"},
                {"value": 4, "label": "Most of the time"},
                {"value": 3, "label": "More than half of the time"},
                {"value": 2, "label": "Less than half of the time"},
                {"value": 1, "label": "Some of the time"},
                {"value": 0, "label": "At no time"},
            ],
        }
        assert (shown["safety_item"], shown["change"]["own_line"], shown["total"]["times"]) == (None, 10, 4)
        assert (await person.get("/api/instruments/madrs-s")).json()["card"] == {"item": "9", "from": 2}
        assert shown["total"]["of"]["sum"] == ["1", "2", "3", "4", "5"]
        assert shown["bands"][:2] == [{"from": 0, "name": "likely depression"}, {"from": 29, "name": "low well-being"}]


async def test_instruments_are_listed_and_an_unlicensed_one_has_no_words(patient: Person) -> None:
    items = {item["id"]: item for item in (await patient.get("/api/instruments")).json()["items"]}

    assert {name for name, item in items.items() if item["available"]} == {
        "gad-7", "pcl-5", "peg", "phq-2", "phq-9", "who-5",
    }  # fmt: skip
    assert not any(item["text"] for item in items["isi"]["items"])
    assert (await patient.get("/api/instruments/nowhere")).status_code == 404


async def test_a_response_is_read_back_with_its_score_beside_its_values(patient: Person) -> None:
    kept = await patient.keep("response", **GAD)

    assert await responses(patient) == [
        {
            **kept,
            "score": {"total": 14, "subscores": {}, "band": "moderate", "complete": True, "spans_session": False},
        }
    ]


async def test_a_response_with_a_gap_is_incomplete_and_has_no_total(patient: Person) -> None:
    await patient.keep("response", **{**GAD, "answers": {**GAD["answers"], "7": None}})

    (item,) = await responses(patient)

    assert item["score"] == {
        "total": None, "subscores": {}, "band": None, "complete": False, "spans_session": False,
    }  # fmt: skip


async def test_a_response_that_looks_back_over_a_session_says_so(patient: Person) -> None:
    await patient.keep("treatment_session", starts_at="2026-11-15T09:00:00.000Z")
    await patient.keep("treatment_session", starts_at="2026-11-01T09:00:00.000Z", status="cancelled")
    await patient.keep("response", **GAD)
    await patient.keep("response", **{**GAD, "completed_at": "2026-11-10T09:00:00.000Z"})

    assert [item["score"]["spans_session"] for item in await responses(patient)] == [True, False]


async def test_a_period_takes_responses_by_local_days(patient: Person) -> None:
    await patient.keep("response", **GAD)

    assert len(await responses(patient, **{"from": "2026-11-20", "to": "2026-11-20"})) == 1
    assert await responses(patient, to="2026-11-19") == []
    assert (await patient.get("/api/responses", params={"limit": "0"})).status_code == 422


@pytest.mark.parametrize(
    ("patch", "pointers"),
    [
        ({"answers": {"1": 4, "9": 0}}, {"/patch/answers/1", "/patch/answers/9"}),
        ({"instrument": "gad-8"}, {"/patch/instrument"}),
        ({"instrument_version": "0"}, {"/patch/instrument_version"}),
        ({"instrument": "isi"}, {"/patch/instrument"}),
        ({"index_event": "a road"}, {"/patch/index_event"}),
    ],
)
async def test_a_faulty_response_is_refused_with_its_reason_and_nothing_is_stored(
    patient: Person, patch: dict[str, Any], pointers: set[str]
) -> None:
    result = (await patient.sync(patient.change("response", **{**GAD, **patch})))["results"][0]

    assert result["outcome"] == "refused"
    assert {error["pointer"] for error in result["errors"]} >= pointers
    assert await responses(patient) == []


async def test_answers_alone_do_not_say_what_they_answer(patient: Person) -> None:
    kept = await patient.keep("response", **GAD)
    change = patient.change("response", record_id=kept["id"], base=kept["revision"]) | {"patch": {"answers": {"1": 3}}}

    result = (await patient.sync(change))["results"][0]

    assert [error["pointer"] for error in result["errors"]] == ["/patch/instrument"]


async def test_two_phones_that_made_one_record_of_two_instruments_are_read_as_incomplete(patient: Person) -> None:
    well = {**GAD, "instrument": "who-5", "answers": {str(number): 5 for number in range(1, 6)}}
    kept = await patient.keep("response", **well)
    other = {**GAD, "instrument": "phq-9", "answers": {str(number): 3 for number in range(6, 10)}}
    patient.clock.move(minutes=1)
    await patient.sync(patient.change("response", record_id=kept["id"], **other))  # had not seen the first

    (item,) = await responses(patient)

    assert (item["score"]["total"], item["score"]["complete"]) == (None, False)


def test_a_pack_is_loaded_by_command_and_can_be_filled_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("INTERLUDE_DATA_DIR", str(tmp_path))
    labels = {str(value): f"answer {value}" for value in range(5)}
    items = {str(number): {"text": f"Made-up item {number}", "labels": labels} for number in range(1, 8)}
    pack = tmp_path / "isi-pack.json"
    pack.write_text(json.dumps({"instrument": "isi", "version": "1", "title": "Made up", "items": items}))

    assert main(["load", str(pack)]) == 1
    named = capsys.readouterr().err
    assert "--sha256" in named
    assert not (tmp_path / "packs").exists()
    digest = named.split("--sha256 ")[1].strip()
    assert main(["load", str(pack), "--sha256", digest]) == 0
    assert main(["list"]) == 0
    assert "isi         7 items  ready" in capsys.readouterr().out

    monkeypatch.setenv("INTERLUDE_INSTRUMENTS", "phq-8, gad-7")
    assert main(["list"]) == 0
    told = capsys.readouterr().out
    assert "phq-8       8 items  ready" in told
    assert "phq-9      10 items  not offered" in told
    assert "isi         7 items  ready" in told
    for named, reason in (("phq-7", "there is no phq-7 here; known: gad-7, "), ("gad-7,isi", "isi is offered by load")):
        monkeypatch.setenv("INTERLUDE_INSTRUMENTS", named)
        assert main(["list"]) == 1
        assert f"interlude: INTERLUDE_INSTRUMENTS: {reason}" in capsys.readouterr().err
    monkeypatch.delenv("INTERLUDE_INSTRUMENTS")

    kept = tmp_path / "packs" / "isi.json"
    assert kept.stat().st_mode & 0o077 == 0 or kept.parent.stat().st_mode & 0o077 == 0
    kept.write_text(kept.read_text().replace("Made-up item 3", "Made-up item three"))
    assert main(["list"]) == 1
    assert "not the exact ones" in capsys.readouterr().err
    kept.write_text(kept.read_text()[:-40])
    assert main(["list"]) == 1
    assert "load the pack again" in capsys.readouterr().err
