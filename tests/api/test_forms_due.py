"""A reminder of a questionnaire: when it comes, what takes it back, and what its notification does not say."""

from typing import Any

import pytest

from server.base.ids import uuid7
from server.reminders import service as reminders
from tests.api.asking import due, put_reminder
from tests.api.push_service import Browser, PushService
from tests.api.test_reminders import ledger
from tests.people import Clock, Person
from tests.tables import everything

FORM = {"instrument": "phq-9", "every_days": 14, "local_time": "20:30"}
ANSWERS = {str(item): 0 for item in range(1, 10)}
FILLED = {"instrument": "phq-9", "instrument_version": "1", "answers": ANSWERS}


@pytest.fixture
async def form(patient: Person, browser: Browser) -> dict[str, Any]:
    """A reminder of the PHQ-9 every two weeks, first in half an hour, of somebody who can be reached."""
    assert (await patient.post("/api/push-subscriptions", json=browser.subscription())).status_code == 201
    return await put(patient)


async def put(person: Person, reminder_id: str | None = None, **change: Any) -> dict[str, Any]:
    return await put_reminder(person, FORM | change, reminder_id)


async def test_it_is_shown_as_it_was_put_with_its_next_time(
    patient: Person, form: dict[str, Any], clock: Clock
) -> None:
    assert form == FORM | {
        "id": form["id"], "zone": "Europe/Berlin", "wording": None, "quiet_from": None, "quiet_to": None,
        "paused_until": None, "begun_on": "2026-11-23", "next_due_at": clock.wire(minutes=30),
    }  # fmt: skip
    assert (await patient.get("/api/reminders")).json() == {"items": [form]}
    later = await put(patient, instrument="gad-7", local_time="20:00")
    assert (later["begun_on"], later["next_due_at"]) == ("2026-11-24", clock.wire(days=1))


async def test_at_its_time_it_comes_once_in_neutral_words_waits_four_days_and_comes_again(
    patient: Person, form: dict[str, Any], browser: Browser, clock: Clock
) -> None:
    assert await due(patient) == []
    clock.move(minutes=30)
    tried = [await reminders.dispatch(clock) for _ in range(3)]

    [line] = await ledger(patient)
    [item] = await due(patient)

    assert tried == [1, 0, 0]
    assert browser.shown == [{"delivery_id": line["id"], "title": "A moment for your journal", "body": ""}]
    assert (line["day"], line["slot"], line["status"]) == ("2026-11-23", "form", "accepted")
    assert item == {
        "id": line["id"], "reminder_id": form["id"], "due_at": clock.wire(), "day": "2026-11-23", "slot": "form",
        "wording": None, "instrument": "phq-9",
    }  # fmt: skip
    clock.move(days=3, hours=23)
    assert len(await due(patient)) == 1
    clock.move(hours=1)
    assert await due(patient) == []
    clock.move(days=10)
    await reminders.dispatch(clock)
    assert len(browser.shown) == 2
    assert [each["day"] for each in await due(patient)] == ["2026-12-07"]


async def test_filling_it_in_takes_back_what_is_due_and_counts_anew_and_undoing_that_does_too(
    patient: Person, form: dict[str, Any], service: PushService, clock: Clock
) -> None:
    service.answers = [500]
    clock.move(minutes=30)
    await reminders.dispatch(clock)

    kept = await patient.keep("response", **FILLED)
    clock.move(minutes=1)
    await reminders.dispatch(clock)

    assert len(service.received) == 1
    assert [line["status"] for line in await ledger(patient)] == ["skipped"]
    assert await due(patient) == []
    [found] = (await patient.get("/api/reminders")).json()["items"]
    assert found["next_due_at"] == clock.wire(days=14, minutes=-1)

    change = patient.change("response", record_id=kept["id"], base=kept["revision"]) | {"delete": True}
    del change["patch"]
    assert (await patient.sync(change))["results"][0]["outcome"] == "stored"
    assert [item["day"] for item in await due(patient)] == ["2026-11-23"]


async def test_another_questionnaire_counts_for_itself_alone(
    patient: Person, form: dict[str, Any], browser: Browser, clock: Clock
) -> None:
    await patient.keep("response", instrument="gad-7", instrument_version="1", answers={"1": 0})
    clock.move(minutes=30)

    await reminders.dispatch(clock)

    assert len(browser.shown) == 1


async def test_what_asks_about_something_very_hard_waits_three_days_after_a_session(
    patient: Person, form: dict[str, Any], browser: Browser, clock: Clock
) -> None:
    await patient.delete(f"/api/reminders/{form['id']}")
    refused = await patient.put(f"/api/reminders/{uuid7()}", json=FORM | {"instrument": "pcl-5", "local_time": "23:00"})
    await put(patient, instrument="pcl-5")
    await patient.keep("treatment_session", status="happened")
    came = []
    clock.move(minutes=30)
    for day in range(6):
        before = len(browser.shown)
        await reminders.dispatch(clock)
        came += [day] * (len(browser.shown) - before)
        clock.move(days=1)

    assert refused.json()["errors"][0]["pointer"] == "/local_time"
    assert came == [3]
    assert [line["day"] for line in await ledger(patient)] == ["2026-11-23"]
    assert [item["instrument"] for item in await due(patient)] == ["pcl-5"]
    clock.move(hours=2)
    assert await due(patient) == []  # at night nothing asks about it


async def test_not_now_holds_until_the_next_turn_and_a_pause_holds_all(
    patient: Person, form: dict[str, Any], clock: Clock
) -> None:
    clock.move(minutes=30)
    [item] = await due(patient)

    await patient.post(f"/api/deliveries/{item['id']}/seen", json={"action": "not_now"})

    assert await due(patient) == []
    clock.move(days=14)
    await patient.sign_in()
    assert len(await due(patient)) == 1
    paused = await put(patient, form["id"], begun_on=form["begun_on"], paused_until="2027-01-10")
    assert (paused["begun_on"], paused["next_due_at"]) == ("2026-11-23", "2027-01-18T19:30:00.000Z")
    assert await due(patient) == []


async def test_one_questionnaire_has_one_reminder_and_only_what_is_known_here_can_be_asked_for(
    patient: Person, form: dict[str, Any]
) -> None:
    again = await patient.put(f"/api/reminders/{uuid7()}", json=FORM)
    unknown = await patient.put(f"/api/reminders/{uuid7()}", json=FORM | {"instrument": "tarot"})

    assert again.status_code == 409
    assert [fault["pointer"] for fault in unknown.json()["errors"]] == ["/instrument"]
    assert (await put(patient, form["id"], every_days=28))["every_days"] == 28


async def test_the_database_does_not_tell_which_questionnaire(patient: Person, form: dict[str, Any]) -> None:
    rows = await everything()

    kept = rows.get("reminder") or next(found for name, found in rows.items() if name.endswith(".reminder"))
    assert len(kept) == 1
    assert not [value for value in kept[0].values() if "phq" in str(value).lower()]


async def test_a_reminder_of_a_form_whose_licensed_words_are_not_here_is_refused_with_the_reason(
    patient: Person,
) -> None:
    refused = await patient.put(f"/api/reminders/{uuid7()}", json={"instrument": "isi", "every_days": 14})

    assert refused.status_code == 422
    (fault,) = refused.json()["errors"]
    assert (fault["pointer"], "licensed pack" in fault["detail"]) == ("/instrument", True)
    assert (await patient.get("/api/reminders")).json()["items"] == []
