"""What raises an alert where a phone's clock is wrong, and where something old is changed under a newer consent."""

import pytest

from tests.api.told import PHQ_9, alerts, answer, ask, reasons
from tests.people import Cast, Clock, Person, Share

YEARS_BACK = -7 * 365


async def test_a_clock_that_is_years_behind_hides_no_answer(
    patient: Person, therapist: Person, open_share: Share, clock: Clock
) -> None:
    for value in (2, 0):
        await answer(patient, value)
        clock.move(minutes=1)

    await answer(patient, 2, completed_at=clock.wire(days=YEARS_BACK))

    told = (await alerts(therapist))[0]
    assert (told["reason"], told["value"], told["before"], told["late"]) == ("rise", 2, 0, True)
    assert told["occurred_at"] == clock.wire(days=YEARS_BACK)
    assert told["day"] == "2026-11-23"


async def test_nor_does_it_put_an_answer_before_the_days_of_a_consent(
    cast: Cast, patient: Person, therapist: Person, clock: Clock
) -> None:
    await cast.share(patient, therapist, scopes=["alerts"], **{"from": "2026-11-23"})

    await answer(patient, 1, completed_at=clock.wire(days=YEARS_BACK))

    assert [each["value"] for each in await alerts(therapist)] == [1]
    assert (await therapist.get("/api/shared")).json()[0]["open_alerts"] == 1


async def test_an_answer_that_stands_unchanged_is_told_once_whatever_the_clock_says(
    patient: Person, therapist: Person, open_share: Share, clock: Clock
) -> None:
    for days in (0, 14):
        await answer(patient, 2, completed_at=clock.wire(days=YEARS_BACK + days))
        clock.move(minutes=5)

    assert await reasons(therapist) == ["first"]


async def test_one_that_is_made_graver_later_counts_as_of_its_arrival_too(
    cast: Cast, patient: Person, therapist: Person, clock: Clock
) -> None:
    await cast.share(patient, therapist, scopes=["alerts"], **{"from": "2026-11-23"})
    for value in (2, 0):
        await answer(patient, value)
        clock.move(minutes=5)
    form = await answer(patient, 0, completed_at=clock.wire(days=YEARS_BACK))
    clock.move(minutes=5)

    change = patient.change("response", form["id"], form["revision"], **PHQ_9, answers={"9": 2})
    await patient.sync(change)

    told = (await alerts(therapist))[0]
    assert [told[name] for name in ("reason", "value", "before", "day")] == ["rise", 2, 0, "2026-11-23"]


@pytest.mark.parametrize("value", [1, 2])
async def test_one_that_is_less_grave_hides_no_rise_after_it(
    patient: Person, therapist: Person, open_share: Share, clock: Clock, value: int
) -> None:
    await answer(patient, value)
    clock.move(minutes=5)
    await answer(patient, 0, completed_at=clock.wire(days=YEARS_BACK))
    clock.move(minutes=5)

    await answer(patient, value)

    assert await reasons(therapist) == ["first", "rise"]


async def test_what_waited_for_a_network_for_weeks_counts_as_of_its_own_day(
    cast: Cast, patient: Person, therapist: Person, clock: Clock
) -> None:
    await cast.share(patient, therapist, scopes=["alerts"], **{"from": "2026-11-23"})

    await answer(patient, 2, completed_at=clock.wire(days=-29))

    assert await alerts(therapist) == []


@pytest.mark.parametrize("every_answer", [False, True])
async def test_a_word_mended_in_an_old_form_tells_nobody_of_it(
    cast: Cast, patient: Person, therapist: Person, clock: Clock, every_answer: bool
) -> None:
    old, graver = [await answer(patient, 1, completed_at=clock.wire(days=days)) for days in (-20, -10)]
    hours = (await therapist.get("/api/reading-hours")).json()
    await therapist.put("/api/reading-hours", json=hours | {"every_answer": every_answer})
    await cast.share(patient, therapist, scopes=["alerts"])

    for form, answers in ((old, {"1": 0, "9": 1}), (graver, {"9": 2})):
        change = patient.change("response", form["id"], form["revision"], **PHQ_9, answers=answers)
        assert (await patient.sync(change))["results"][0]["outcome"] != "refused"

    assert [each["value"] for each in await alerts(therapist)] == [2]


async def test_a_word_mended_in_an_old_request_asks_nobody_anew(
    cast: Cast, patient: Person, therapist: Person, open_share: Share
) -> None:
    asked = await ask(patient, message="please ring me")
    await patient.delete(f"/api/consents/{open_share.id}")
    await cast.share(patient, therapist, scopes=["alerts"])

    await patient.sync(patient.change("help_request", asked["id"], asked["revision"], message="please call me"))

    assert await alerts(therapist) == []


async def test_an_answer_that_stands_is_told_as_of_its_arrival_where_its_own_day_is_not_believed(
    cast: Cast, patient: Person, therapist: Person, clock: Clock
) -> None:
    share = await cast.share(patient, therapist, scopes=["alerts"], **{"from": "2026-11-23"})
    began = clock.wire()
    for days in (YEARS_BACK, YEARS_BACK + 14):
        await answer(patient, 1, completed_at=clock.wire(days=days))
        clock.move(minutes=10)

    own, told = (await patient.get("/api/summary")).json(), (await therapist.get(share.summary_url)).json()

    assert own["standing_answers"] == told["standing_answers"]
    assert told["standing_answers"] == [
        {"instrument": "phq-9", "value": 1, "since": began, "latest_at": clock.wire(minutes=-10), "answers": 2}
    ]


async def test_nor_does_an_answer_under_such_a_clock_stand_beneath_what_was_given_before_it(
    patient: Person, therapist: Person, open_share: Share, clock: Clock
) -> None:
    await answer(patient, 2)
    clock.move(minutes=10)
    await answer(patient, 0, completed_at=clock.wire(days=YEARS_BACK))

    assert (await therapist.get(open_share.summary_url)).json()["standing_answers"] == []
