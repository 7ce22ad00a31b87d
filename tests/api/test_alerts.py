"""What raises an alert: the answers that CLINICAL 5 names and what a person asks for, each once."""

import pytest

from tests.api.test_sharing import HOURS
from tests.api.told import PHQ_9, alerts, answer, ask, reasons
from tests.installation import rows_of
from tests.people import Cast, Clock, Person, Share


async def test_unchanged_answers_for_weeks_raise_nothing_new_and_stand_at_the_top_of_the_brief(
    patient: Person, therapist: Person, open_share: Share, clock: Clock
) -> None:
    began = clock.wire()
    for _ in range(4):
        await answer(patient, 1)
        clock.move(days=14)
        await therapist.sign_in()
        await patient.sign_in()

    summary = (await therapist.get(open_share.summary_url)).json()

    assert await reasons(therapist) == ["first"]
    assert summary.keys() == {"period", "alerts", "standing_answers"}
    assert summary["standing_answers"] == [
        {"instrument": "phq-9", "value": 1, "since": began, "latest_at": clock.wire(days=-14), "answers": 4}
    ]
    assert [each["reason"] for each in summary["alerts"]] == ["first"]


async def test_a_rise_is_told_and_a_fall_to_one_is_not(
    patient: Person, therapist: Person, open_share: Share, clock: Clock
) -> None:
    for value in (0, 1, 3, 2, 1, None, 2):
        clock.move(minutes=1)
        await answer(patient, value)

    assert await reasons(therapist) == ["first", "rise", "two_or_more", "rise"]
    assert [each["before"] for each in await alerts(therapist)] == [1, 3, 1, 0]


async def test_a_reader_may_choose_to_be_told_of_every_answer(
    cast: Cast, patient: Person, therapist: Person, clock: Clock
) -> None:
    await therapist.put("/api/reading-hours", json=HOURS | {"every_answer": True})
    await cast.share(patient, therapist, scopes=["alerts"])
    for value in (1, 1, 0):
        clock.move(minutes=1)
        await answer(patient, value)

    assert await reasons(therapist) == ["first", "every_answer"]
    assert (await patient.get("/api/consents")).json()[0]["reading_hours"]["every_answer"] is True


@pytest.mark.parametrize("at_first", [False, True])
async def test_what_goes_without_asking_stays_as_it_was_when_the_consent_was_accepted(
    cast: Cast, patient: Person, therapist: Person, clock: Clock, at_first: bool
) -> None:
    await therapist.put("/api/reading-hours", json=HOURS | {"every_answer": at_first})
    await cast.share(patient, therapist, scopes=["alerts"])
    for chosen in (not at_first, at_first, not at_first):
        clock.move(minutes=1)
        await therapist.put("/api/reading-hours", json=HOURS | {"every_answer": chosen})
    await cast.share(patient, therapist, scopes=["alerts"])
    for _ in range(2):
        clock.move(minutes=1)
        await answer(patient, 1)

    later, before = (await patient.get("/api/consents")).json()
    told = [(each["consent_id"], each["reason"]) for each in await alerts(therapist)]

    assert (await therapist.get("/api/reading-hours")).json()["every_answer"] is not at_first
    assert (before["reading_hours"]["every_answer"], later["reading_hours"]["every_answer"]) == (at_first, not at_first)
    every, changed = (before, later) if at_first else (later, before)
    assert sorted(told) == sorted([(every["id"], "first"), (every["id"], "every_answer"), (changed["id"], "first")])


async def test_repeats_merges_and_two_devices_raise_it_once(
    patient: Person, therapist: Person, open_share: Share, clock: Clock
) -> None:
    change = patient.change("response", **PHQ_9, answers={"9": 1})
    other_phone = patient.change("response", change["record_id"], **PHQ_9, answers={"9": 1, "1": 2})
    late_twin = patient.change("response", **PHQ_9, answers={"9": 1}, completed_at=clock.wire(minutes=-2))
    await patient.sync(change, change)
    await patient.sync(change)
    merged = await patient.sync(other_phone)
    await patient.sync(late_twin)
    deleted = patient.change("response", change["record_id"], base=merged["revision"]) | {"delete": True}
    await patient.sync({name: value for name, value in deleted.items() if name != "patch"})

    (only,) = await alerts(therapist)

    assert (only["reason"], only["taken_back"], only["value"]) == ("answered", True, None)


async def test_an_answer_that_is_changed_for_the_worse_is_told(
    patient: Person, therapist: Person, open_share: Share, clock: Clock
) -> None:
    first = await answer(patient, 1)
    for value in (2, 1, 2):
        clock.move(minutes=1)
        change = patient.change("response", first["id"], base=first["revision"], **PHQ_9, answers={"9": value})
        assert (await patient.sync(change))["results"][0]["outcome"] != "refused"

    assert [each["value"] for each in await alerts(therapist)] == [2, 1]


async def test_asking_is_told_with_the_message_and_calling_or_not_now_is_not(
    patient: Person, therapist: Person, open_share: Share
) -> None:
    await patient.keep(mood=0)
    for choice in ("call", "not_now"):
        await ask(patient, choice, trigger="mood")
    assert await alerts(therapist) == []

    request = await ask(patient, "not_now", message="please ring me")
    await patient.sync(patient.change("help_request", request["id"], base=request["revision"], choice="tell_therapist"))

    (told,) = await alerts(therapist)
    assert (told["trigger"], told["reason"], told["message"]) == ("button", "asked", "please ring me")
    assert told["value"] is None


@pytest.mark.parametrize("scopes", [["scales", "measures", "notes"], None])
async def test_without_the_scope_there_is_no_alert_anywhere(
    cast: Cast, patient: Person, therapist: Person, scopes: list[str] | None
) -> None:
    shares = [await cast.share(patient, therapist, scopes=scopes)] if scopes else []
    await answer(patient, 3)
    await ask(patient)

    listed = (await therapist.get("/api/shared")).json()

    assert await alerts(therapist) == await alerts(patient) == []
    assert ["open_alerts" in each for each in listed] == [False] * len(shares)
    for share in shares:
        assert "alerts" not in (await therapist.get(share.summary_url)).json()
    assert await rows_of("SELECT id FROM alert") == []


async def test_a_consent_that_only_waits_raises_nothing_and_none_comes_after(
    cast: Cast, patient: Person, therapist: Person
) -> None:
    secret = await cast.invitation(patient, scopes=["alerts"])
    await answer(patient, 1)
    await therapist.post("/api/consents/acceptance", json={"secret": secret})
    await answer(patient, 1)

    assert await alerts(therapist) == []


async def test_only_answers_of_the_consents_days_go(
    cast: Cast, patient: Person, therapist: Person, clock: Clock
) -> None:
    await cast.share(patient, therapist, scopes=["alerts"], **{"from": "2026-11-23"})
    await answer(patient, 1, completed_at=clock.wire(days=-2))
    await answer(patient, 2)

    (told,) = await alerts(therapist)

    assert (told["value"], told["before"]) == (2, None)


async def test_each_reader_has_an_alert_of_their_own(
    cast: Cast, patient: Person, therapist: Person, open_share: Share
) -> None:
    other = await cast.join("therapist", "Nora Anders")
    await other.enrol()
    await other.put("/api/reading-hours", json=HOURS)
    await cast.share(patient, other, scopes=["alerts"])
    await answer(patient, 1)

    (mine,), (theirs,) = await alerts(therapist), await alerts(other)
    foreign = await therapist.post(f"/api/alerts/{theirs['id']}/seen", json={})

    assert mine["consent_id"] == open_share.id != theirs["consent_id"]
    assert foreign.status_code == 404
    assert len(await alerts(patient)) == 2


async def test_an_alert_and_its_answer_are_kept_both_or_neither(
    patient: Person, therapist: Person, open_share: Share, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*arguments: object) -> None:
        raise RuntimeError("the alert cannot be written")

    monkeypatch.setattr("server.safety.raising._raise", fail)
    change = patient.change("response", **PHQ_9, answers={"9": 1})
    lost = await patient.post("/api/sync", json={"since": 0, "changes": [change]})
    monkeypatch.undo()
    there = (await patient.get("/api/responses")).json()["items"]
    await patient.sync(change)

    assert (lost.status_code, there) == (500, [])
    assert await reasons(therapist) == ["first"]
