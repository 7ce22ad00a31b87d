"""A phone's clock that runs days ahead: what was asked for and answered is taken in, and counts as of its arrival."""

from typing import Any

import pytest

from tests.api.told import PHQ_9, alerts, reasons
from tests.people import Cast, Clock, Person, Share

AHEAD = 3  # days
FULL = {str(number): 1 for number in range(1, 10)}


async def send(patient: Person, kind: str, **patch: Any) -> dict[str, Any]:
    """What a phone sends whose clock is days ahead, in each instant that it writes."""
    late = patient.clock.wire(days=AHEAD)
    anchor = "completed_at" if kind == "response" else "raised_at"
    change = patient.change(kind, **{anchor: late, **patch}) | {"edited_at": late}
    result: dict[str, Any] = (await patient.sync(change))["results"][0]
    assert result["outcome"] == "stored", result
    record: dict[str, Any] = result["record"]
    return record


async def form(patient: Person, value: int) -> dict[str, Any]:
    """A whole PHQ-9 from such a phone, with that answer to its ninth item."""
    return await send(patient, "response", **PHQ_9, answers={**FULL, "9": value})


async def test_tell_my_therapist_reaches_them_and_counts_as_of_its_arrival(
    patient: Person, therapist: Person, open_share: Share, clock: Clock
) -> None:
    kept = await send(patient, "help_request", trigger="button", choice="tell_therapist", message="please call me")

    (told,) = await alerts(therapist)
    assert kept["values"]["raised_at"] == clock.wire(days=AHEAD)  # as the phone wrote it
    assert (told["reason"], told["message"], told["late"]) == ("asked", "please call me", False)
    assert told["occurred_at"] == told["raised_at"] == clock.wire()
    assert told["due_at"] == "2026-11-24T16:00:00.000Z"
    assert (await alerts(patient))[0]["occurred_at"] == clock.wire()


async def test_so_does_an_answer_that_goes_by_itself(
    patient: Person, therapist: Person, open_share: Share, clock: Clock
) -> None:
    await form(patient, 3)

    (told,) = await alerts(therapist)
    assert (told["reason"], told["value"], told["late"]) == ("first", 3, False)
    assert (told["occurred_at"], told["day"]) == (clock.wire(), "2026-11-23")


async def test_it_is_among_the_days_of_a_consent_that_ends_today(
    cast: Cast, patient: Person, therapist: Person, clock: Clock
) -> None:
    await cast.share(patient, therapist, scopes=["alerts"], to="2026-11-23")

    await form(patient, 2)

    assert [each["value"] for each in await alerts(therapist)] == [2]


async def test_a_lower_answer_under_such_a_clock_hides_no_rise_after_it(
    patient: Person, therapist: Person, open_share: Share, clock: Clock
) -> None:
    await patient.keep("response", **PHQ_9, answers={"9": 2})
    clock.move(minutes=5)
    await form(patient, 0)
    clock.move(minutes=5)

    await patient.keep("response", **PHQ_9, answers={"9": 2})

    assert await reasons(therapist) == ["first", "rise"]


async def test_it_does_not_stand_as_the_latest_for_days(
    cast: Cast, patient: Person, therapist: Person, clock: Clock
) -> None:
    share = await cast.share(patient, therapist, scopes=["alerts", "measures"])
    came = clock.wire()
    await form(patient, 3)
    clock.move(minutes=20)
    await patient.keep("response", **PHQ_9, answers={**FULL, "9": 1})

    for summary in [(await patient.get("/api/summary")).json(), (await therapist.get(share.summary_url)).json()]:
        (measure,) = summary["measures"]
        assert [each["completed_at"] for each in measure["responses"]] == [came, clock.wire()]
        assert measure["since_last"]["points"] == -2
        assert [(each["value"], each["latest_at"]) for each in summary["standing_answers"]] == [(1, clock.wire())]


async def test_its_score_looks_back_from_its_arrival(patient: Person, clock: Clock) -> None:
    await patient.keep("treatment_session", starts_at=clock.wire(days=-13))
    kept = await form(patient, 0)

    items = (await patient.get("/api/responses", params={"from": "2026-11-23", "to": "2026-11-23"})).json()["items"]
    assert [each["id"] for each in items] == [kept["id"]]
    assert items[0]["score"]["spans_session"]  # two weeks before its arrival, not before the day its phone said
    assert items[0]["values"]["completed_at"] == clock.wire(days=AHEAD)




@pytest.mark.parametrize("instant", ["1899-12-31T00:00:00Z", "9999-12-31T23:59:59-12:00"])
async def test_an_instant_that_no_clock_shows_is_refused(patient: Person, instant: str) -> None:
    asked = patient.change("help_request", trigger="button", choice="call", raised_at=instant)
    answered = patient.change("response", **PHQ_9, answers={"9": 1}, completed_at=instant)

    results = (await patient.sync(asked, answered))["results"]

    assert [each["outcome"] for each in results] == ["refused", "refused"]
    assert [each["errors"][0]["pointer"] for each in results] == ["/patch/raised_at", "/patch/completed_at"]
