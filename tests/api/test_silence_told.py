"""Told that somebody writes nothing: as they asked, to whom they asked, and to nobody else; and they see it."""

from collections.abc import Sequence
from typing import Any

import pytest

from server.database import service as database
from tests.people import Cast, Clock, Person, Share

QUIET = {"quiet_after_days": 7}


@pytest.fixture
async def asked(cast: Cast, patient: Person, therapist: Person) -> Share:
    """An accepted consent under which the therapist is told after seven days, and that opens questions alone."""
    return await cast.share(patient, therapist, scopes=["questions"], **QUIET)


async def days_on(clock: Clock, days: float, *people: Person) -> None:
    """Lets days pass; everybody signs in again."""
    clock.move(days=days)
    for person in people:
        await person.sign_in()


async def listed(therapist: Person) -> Any:
    """What the list says of silence, None where it says nothing."""
    (row,) = (await therapist.get("/api/shared")).json()
    return row.get("silence")


async def own(patient: Person) -> dict[str, Any]:
    consent: dict[str, Any] = (await patient.get("/api/consents")).json()[0]
    return consent


async def test_who_asked_to_be_missed_is_told_of_in_the_list_and_on_the_page_and_sees_it(
    patient: Person, therapist: Person, asked: Share, clock: Clock
) -> None:
    await patient.keep(mood=4)
    await days_on(clock, 6.9, therapist, patient)
    before = [await listed(therapist), (await own(patient))["silence"]]

    await days_on(clock, 2.2, therapist, patient)
    page = (await therapist.get(asked.summary_url)).json()
    preview = (await patient.get(f"/api/consents/{asked.id}/preview")).json()
    after = [await listed(therapist), page["silence"], (await own(patient))["silence"]]

    assert before == [None, None]
    assert after == [{"days": 9, "after_days": 7}] * 3
    assert preview == page
    assert page.keys() == {"period", "questions", "silence"}  # nothing that its scopes leave closed


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("check_in", {"note": "only mine", "audience": "me"}),
        ("response", {"instrument": "phq-9", "instrument_version": "1", "answers": {"1": 1}}),
        ("treatment_session", {"status": "planned"}),
        ("question", {"text": "only mine"}),
        ("help_request", {"trigger": "button", "choice": "call"}),
    ],
)
async def test_whatever_is_new_ends_it_private_or_not_and_whatever_becomes_of_it(
    patient: Person, therapist: Person, asked: Share, clock: Clock, kind: str, values: dict[str, Any]
) -> None:
    await days_on(clock, 8, therapist, patient)
    assert await listed(therapist) == {"days": 8, "after_days": 7}  # nothing was written since it was accepted

    record = await patient.keep(kind, **values)
    written = await listed(therapist)
    await patient.sync(patient.change(kind, record["id"], record["revision"]) | {"delete": True})

    assert written is None
    assert await listed(therapist) is None


@pytest.mark.parametrize("claimed", [-3000, -30, 0.9])
async def test_a_wrong_clock_neither_hides_a_silence_nor_makes_one(
    patient: Person, therapist: Person, asked: Share, clock: Clock, claimed: float
) -> None:
    change = patient.change(mood=4, occurred_at=clock.wire(days=claimed)) | {"edited_at": clock.wire(days=claimed)}
    await patient.sync(change)

    await days_on(clock, 6.9, therapist)
    before = await listed(therapist)
    await days_on(clock, 0.2, therapist)

    assert before is None
    assert await listed(therapist) == {"days": 7, "after_days": 7}


async def test_neither_an_old_entry_corrected_nor_a_question_that_its_reader_settles_ends_it(
    patient: Person, therapist: Person, asked: Share, clock: Clock
) -> None:
    entry = await patient.keep(mood=4)
    question = await patient.keep("question", text="Will it hold?", audience="therapist")
    await days_on(clock, 6, therapist, patient)
    await patient.sync(patient.change(record_id=entry["id"], base=entry["revision"], mood=5))
    settled = await therapist.post(f"/api/shared/{asked.id}/questions/{question['id']}/settled", json={})

    await days_on(clock, 1, therapist)

    assert settled.status_code == 204
    assert await listed(therapist) == {"days": 7, "after_days": 7}


async def test_it_ends_with_the_consent_with_its_days_and_with_the_asking(
    cast: Cast, patient: Person, therapist: Person, asked: Share, clock: Clock
) -> None:
    short = await cast.share(patient, therapist, to="2026-11-28", **QUIET)
    await days_on(clock, 8, therapist, patient)
    told = {row["consent_id"]: row.get("silence") for row in (await therapist.get("/api/shared")).json()}

    later = await patient.patch(f"/api/consents/{asked.id}", json={"quiet_after_days": 9})
    at_nine = await therapist.get(asked.summary_url)
    never = await patient.patch(f"/api/consents/{asked.id}", json={"quiet_after_days": None})
    await days_on(clock, 30, therapist, patient)
    at_never = await therapist.get(asked.summary_url)
    await patient.delete(f"/api/consents/{asked.id}")

    assert told == {short.id: None, asked.id: {"days": 8, "after_days": 7}}
    assert (later.json()["quiet_after_days"], never.json()["quiet_after_days"]) == (9, None)
    assert "silence" not in at_nine.json().keys() | at_never.json().keys()
    gone = next(each for each in (await patient.get("/api/consents")).json() if each["id"] == asked.id)
    assert gone["silence"] is None
    assert (await therapist.get(asked.summary_url)).status_code == 403


async def test_only_whoever_was_asked_is_told(
    cast: Cast, patient: Person, therapist: Person, asked: Share, clock: Clock
) -> None:
    prescriber, stranger = await cast.join("therapist", "Nora Anders"), await cast.join("therapist", "Jan Neu")
    await prescriber.enrol()
    await prescriber.put(
        "/api/reading-hours", json={"weekdays": [1], "from": "09:00", "to": "17:00", "zone": "Europe/Berlin"}
    )
    await cast.share(patient, prescriber, scopes=["scales"])
    await days_on(clock, 8, therapist, prescriber, stranger)

    answers = [await person.get("/api/shared") for person in (therapist, prescriber, stranger)]

    assert ["silence" in answer.text for answer in answers] == [True, False, False]


async def test_asking_later_counts_from_then_and_opens_more_so_that_it_waits_after_a_session_and_asks_for_a_proof(
    cast: Cast, patient: Person, therapist: Person, clock: Clock
) -> None:
    share = await cast.share(patient, therapist)
    url = f"/api/consents/{share.id}"
    await days_on(clock, 20, therapist, patient)
    clock.move(minutes=6)
    by_narrowing = await patient.patch(url, json=QUIET)
    unproved = await patient.put(f"{url}/quiet", json=QUIET)
    await patient.prove()

    asked = await patient.put(f"{url}/quiet", json=QUIET)
    sooner = await patient.patch(url, json={"quiet_after_days": 6})
    await patient.keep("treatment_session", route="iv")
    waiting = await patient.put(f"{url}/quiet", json={"quiet_after_days": 2})
    ending = await patient.patch(url, json={"quiet_after_days": None})

    for refused in (by_narrowing, sooner):
        assert [fault["pointer"] for fault in refused.json()["errors"]] == ["/quiet_after_days"]
    assert unproved.json()["type"] == "/problems/step-up-needed"
    assert (asked.status_code, asked.json()["quiet_after_days"], asked.json()["silence"]) == (200, 7, None)
    assert (waiting.status_code, waiting.json()["type"]) == (409, "/problems/after-session")
    assert (ending.status_code, ending.json()["quiet_after_days"]) == (200, None)
    acts = [event["act"] for event in (await patient.get("/api/audit")).json()["items"]]
    assert [act for act in acts if act.startswith(("consent_n", "silence"))] == ["consent_narrowed", "silence_asked"]


@pytest.mark.parametrize("value", [0, -1, 91, 10000, "7", True, 7.5, [7]])
async def test_a_number_of_days_that_is_none_is_refused_with_every_other_fault(
    patient: Person, share: Share, value: object
) -> None:
    body = {"as": "friend", "scopes": [], "quiet_after_days": value}

    given = await patient.post("/api/consents", json=body)
    narrowed = await patient.patch(f"/api/consents/{share.id}", json={"scopes": [], "quiet_after_days": value})
    put = await patient.put(f"/api/consents/{share.id}/quiet", json={"quiet_after_days": value})

    assert [answer.status_code for answer in (given, narrowed, put)] == [422, 422, 422]
    named = [{fault["pointer"] for fault in answer.json()["errors"]} for answer in (given, narrowed, put)]
    assert named == [{"/as", "/scopes", "/quiet_after_days"}, {"/scopes", "/quiet_after_days"}, {"/quiet_after_days"}]
    assert (await own(patient))["quiet_after_days"] is None


async def test_that_it_was_shown_is_written_where_the_patient_reads_it_at_once(
    patient: Person, therapist: Person, asked: Share, clock: Clock
) -> None:
    await patient.keep(mood=4)
    await days_on(clock, 6.99, therapist)
    await therapist.get("/api/shared")
    clock.move(minutes=20)  # within the hour, and now it is said

    for _ in range(3):
        await therapist.get("/api/shared")
    await therapist.get(asked.summary_url)

    await patient.sign_in()
    events = (await patient.get("/api/audit")).json()["items"]
    looks = [event for event in events if event["act"] in ("list_viewed", "summary_viewed")]
    assert [look["details"].get("silence_days") for look in looks] == [7, 7, None]


async def test_however_many_people_share_one_statement_asks_when_they_wrote(
    cast: Cast, therapist: Person, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [await cast.join("patient", f"Patient {number}") for number in range(4)]
    for person in people[:3]:
        await cast.share(person, therapist, **QUIET)
        await person.keep(mood=4)
    await cast.share(people[3], therapist)
    await days_on(clock, 8, therapist)
    fetch, asked = database.fetch, []

    async def noting(sql: str, *values: Any) -> Sequence[Any]:
        asked.append("max(number)" in sql)
        return await fetch(sql, *values)

    monkeypatch.setattr(database, "fetch", noting)
    rows = (await therapist.get("/api/shared")).json()

    assert sum(asked) == 1
    assert sorted(row["silence"]["days"] if "silence" in row else 0 for row in rows) == [0, 8, 8, 8]
