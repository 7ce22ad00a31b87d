"""What is seen of a delivery: receipts, the ledger, what is due, and tests of one device."""

from typing import Any

import pytest

from server.base.ids import uuid7
from server.reminders import claims
from server.reminders import service as reminders
from tests.api.push_service import Browser, PushService
from tests.people import Clock, Person


async def ledger(person: Person) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await person.get("/api/deliveries")).json()["items"]
    return items


async def sent(patient: Person, clock: Clock) -> dict[str, Any]:
    """The line of the reminder that is sent at its time."""
    clock.move(minutes=30)
    await reminders.dispatch(clock)
    [line] = await ledger(patient)
    return line


async def test_receipts_move_a_delivery_on_and_never_back(
    patient: Person, reminder: dict[str, Any], clock: Clock
) -> None:
    line = await sent(patient, clock)
    path = f"/api/deliveries/{line['id']}/seen"
    shown, opened = clock.wire(seconds=-20), clock.wire(seconds=-5)
    seen = []

    for receipt in ({"shown_at": shown}, {"opened_at": opened, "action": "log"}, {"shown_at": clock.wire()}, {}):
        assert (await patient.post(path, json=receipt)).status_code == 204
        [line] = await ledger(patient)
        seen.append((line["status"], line["shown_at"], line["opened_at"], line["action"]))

    assert seen == [("shown", shown, None, None)] + [("opened", shown, opened, "log")] * 3


async def test_a_receipt_that_is_faster_than_the_services_answer_stays(
    patient: Person, reminder: dict[str, Any], service: PushService, clock: Clock
) -> None:
    clock.move(minutes=30)
    [claim], _ = await reminders.claim_due(clock(), 10)
    await patient.post(f"/api/deliveries/{claim.id}/seen", json={"shown_at": clock.wire()})

    await reminders.record([claims.Result(claim, "accepted", True, clock())])

    [line] = await ledger(patient)
    assert (line["status"], line["sent_at"], line["attempts"]) == ("shown", clock.wire(), 1)


async def test_a_phone_whose_clock_is_ahead_saw_it_now(patient: Person, reminder: dict[str, Any], clock: Clock) -> None:
    line = await sent(patient, clock)

    await patient.post(f"/api/deliveries/{line['id']}/seen", json={"opened_at": clock.wire(days=400)})

    [line] = await ledger(patient)
    assert (line["shown_at"], line["opened_at"]) == (clock.wire(), clock.wire())


@pytest.mark.parametrize(
    "receipt",
    [
        {"shown_at": "yesterday"}, {"shown_at": "2026-11-23T20:00:00"}, {"action": "cheer"}, {"status": "opened"}, [],
        {"shown_at": "0001-01-01T00:00:00+14:00"}, {"opened_at": "1899-12-31T23:59:59Z"},
        {"opened_at": "9999-12-31T23:59:59-14:00"},
    ],
)
async def test_a_receipt_that_makes_no_sense_is_refused(
    patient: Person, reminder: dict[str, Any], clock: Clock, receipt: Any
) -> None:
    line = await sent(patient, clock)

    answer = await patient.post(f"/api/deliveries/{line['id']}/seen", json=receipt)

    assert answer.status_code == 422
    assert await ledger(patient) == [line]


async def test_what_is_due_shows_until_it_is_written_or_declined_or_the_day_is_over(
    patient: Person, reminder: dict[str, Any], clock: Clock
) -> None:
    async def due() -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = (await patient.get("/api/due")).json()["items"]
        return items

    before = await due()
    clock.move(minutes=30)
    [shown] = await due()
    at_its_time = clock.wire()
    clock.move(hours=5)
    at_night = await due()
    clock.move(hours=3)
    next_morning = await due()

    assert before == []
    assert shown == {
        "id": (await ledger(patient))[0]["id"], "reminder_id": reminder["id"], "due_at": at_its_time,
        "day": "2026-11-23", "slot": "daily", "wording": None,
    }  # fmt: skip
    assert at_night == [shown]
    assert next_morning == []

    clock.move(hours=16)
    [shown] = await due()
    await patient.post(f"/api/deliveries/{shown['id']}/seen", json={"action": "not_now"})
    assert await due() == []

    clock.move(days=1)
    assert len(await due()) == 1
    await patient.keep(mood=5)
    assert await due() == []


async def test_the_ledger_goes_on_where_a_page_ended(patient: Person, reminder: dict[str, Any], clock: Clock) -> None:
    for _ in range(5):
        clock.move(days=1)
        await reminders.dispatch(clock)
    days, cursor = [], ""
    while cursor is not None:
        page = (await patient.get(f"/api/deliveries?limit=2{cursor and '&cursor='}{cursor}")).json()
        days.append([line["day"] for line in page["items"]])
        cursor = page["next"]

    assert days == [["2026-11-27", "2026-11-26"], ["2026-11-25", "2026-11-24"], ["2026-11-23"]]
    for nonsense in ("nonsense", "1", "1.x", ""):
        answer = await patient.get(f"/api/deliveries?cursor={nonsense}")
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/cursor")
    assert (await patient.get("/api/deliveries?limit=0")).status_code == 422


async def test_a_test_reaches_the_one_device_and_shows_in_the_ledger(
    patient: Person, reminder: dict[str, Any], browser: Browser, service: PushService, clock: Clock
) -> None:
    other = Browser(service, "/other")
    await patient.post("/api/push-subscriptions", json=other.subscription())
    first = (await patient.get("/api/push-subscriptions")).json()["items"][0]

    answers = [await patient.post(f"/api/push-subscriptions/{first['id']}/test") for _ in range(2)]
    await reminders.dispatch(clock)

    lines = await ledger(patient)
    assert [each.status_code for each in answers] == [202, 202]
    assert {line["id"] for line in lines} == {each.json()["id"] for each in answers}
    assert {(line["slot"], line["status"], line["reminder_id"]) for line in lines} == {("test", "accepted", None)}
    assert (len(browser.shown), len(other.shown)) == (2, 0)
    assert (await patient.get("/api/due")).json() == {"items": []}


async def test_a_test_of_a_device_that_is_gone_failed(
    patient: Person, reminder: dict[str, Any], service: PushService, clock: Clock
) -> None:
    service.answers = [410, 410]
    [device] = (await patient.get("/api/push-subscriptions")).json()["items"]
    for _ in range(2):
        await patient.post(f"/api/push-subscriptions/{device['id']}/test")
        clock.move(seconds=1)

    await reminders.dispatch(clock)

    assert [line["status"] for line in await ledger(patient)] == ["failed", "failed"]
    assert (await patient.post(f"/api/push-subscriptions/{device['id']}/test")).status_code == 404


async def test_at_most_ten_tests_in_an_hour(patient: Person, reminder: dict[str, Any], clock: Clock) -> None:
    [device] = (await patient.get("/api/push-subscriptions")).json()["items"]
    path = f"/api/push-subscriptions/{device['id']}/test"
    statuses = [(await patient.post(path)).status_code for _ in range(11)]
    clock.move(hours=1)

    assert statuses == [202] * 10 + [429]
    assert (await patient.post(path)).status_code == 202


async def test_another_persons_reminders_and_deliveries_are_not_there(
    patient: Person, stranger: Person, nobody: Person, reminder: dict[str, Any], clock: Clock
) -> None:
    line = await sent(patient, clock)
    body = {"local_time": "03:00", "weekdays": [1], "zone": "UTC"}

    for act, path, sent_body in (
        ("PUT", f"/api/reminders/{reminder['id']}", body),
        ("DELETE", f"/api/reminders/{reminder['id']}", None),
        ("POST", f"/api/deliveries/{line['id']}/seen", {"action": "log"}),
        ("POST", f"/api/deliveries/{uuid7()}/seen", {"action": "log"}),
        ("DELETE", "/api/reminders/none", None),
    ):
        assert (await stranger.request(act, path, json=sent_body)).status_code == 404, path
        assert (await nobody.request(act, path, json=sent_body)).status_code == 401, path

    for path in ("/api/reminders", "/api/deliveries", "/api/due"):
        assert (await stranger.get(path)).json()["items"] == []
    assert await ledger(patient) == [line]
    assert (await patient.get("/api/reminders")).json()["items"] == [reminder | {"next_due_at": clock.wire(days=1)}]
