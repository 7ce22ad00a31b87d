"""The figures for an operator: reminders, deliveries, push services."""

from dataclasses import replace
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from server.base.settings import Settings
from server.push import service as push
from server.reminders import service as reminders
from server.reminders.occurrences import DELIVERIES
from tests.api.push_service import Browser, PushService
from tests.api.scrape import look
from tests.canary import found_in, marker
from tests.people import Clock, Person


async def test_how_late_a_reminder_went_out_is_told(
    app: Starlette, patient: Person, reminder: dict[str, Any], clock: Clock
) -> None:
    clock.move(minutes=30, seconds=4)
    before = await look(app)

    await reminders.dispatch(clock)

    after = await look(app)
    assert after.since(before, "reminder_lag_seconds_sum") == 4
    assert after.since(before, "reminder_lag_seconds_bucket", le="2.0") == 0
    assert after.since(before, "reminder_lag_seconds_bucket", le="5.0") == 1
    assert after.since(before, "deliveries_total", outcome="accepted") == 1


async def test_what_came_of_deliveries_is_counted(
    app: Starlette, patient: Person, reminder: dict[str, Any], service: PushService, clock: Clock
) -> None:
    clock.move(minutes=30)
    before = await look(app)

    service.answers = [500]
    await reminders.dispatch(clock)  # to be tried again later
    clock.move(hours=3)
    await reminders.dispatch(clock)  # too late by now
    clock.move(hours=21)
    service.answers = [410]
    await reminders.dispatch(clock)  # failed: the only device is gone
    clock.move(days=1)
    await reminders.dispatch(clock)  # nowhere to send it
    clock.move(days=1)
    await patient.keep(mood=4)
    await reminders.dispatch(clock)  # yesterday's has had its time; today's need not be sent
    clock.move(hours=36)
    await patient.get("/api/due")  # too late before anybody looked

    after = await look(app)
    counted = {each: after.since(before, "deliveries_total", outcome=each) for each in DELIVERIES}
    assert {each: count for each, count in counted.items() if count} == {
        "later": 1, "failed": 1, "no_device": 1, "skipped": 1, "expired": 3,
    }  # fmt: skip
    assert after.since(before, "reminder_lag_seconds_count") == 0


async def test_what_waits_for_a_dispatch_that_does_not_come_is_told(
    app: Starlette, patient: Person, reminder: dict[str, Any], clock: Clock
) -> None:
    early = await look(app)
    clock.move(minutes=30, seconds=90)

    late = await look(app)
    await reminders.dispatch(clock)
    sent = await look(app)

    assert [each.value("reminders_waiting") for each in (early, late, sent)] == [0, 1, 0]
    assert [each.value("reminders_overdue_seconds") for each in (early, late, sent)] == [0, 90, 0]


async def test_the_figures_are_told_though_what_waits_is_not_known(
    app: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def gone(*_: Any) -> None:
        raise ConnectionError

    monkeypatch.setattr(reminders, "waiting", gone)

    figures = await look(app)

    assert figures.value("requests_in_flight") == 1
    assert not figures.has("reminders_waiting")
    assert not figures.has("reminders_overdue_seconds")


async def test_push_services_are_told_apart_by_their_host_alone(
    app: Starlette, patient: Person, reminder: dict[str, Any], service: PushService, clock: Clock
) -> None:
    before = await look(app)

    clock.move(minutes=30)
    await reminders.dispatch(clock)
    service.answers = [410]
    clock.move(days=1)
    await reminders.dispatch(clock)

    after = await look(app)
    ours = {"service": "127.0.0.1"}
    assert after.since(before, "push_answers_total", **ours, status="2xx", outcome="accepted") == 1
    assert after.since(before, "push_answers_total", **ours, status="4xx", outcome="gone") == 1
    assert after.since(before, "push_seconds_count", **ours) == 2
    assert "/send/one" not in after.text


async def test_the_part_of_a_push_host_that_anybody_may_choose_is_not_told(
    patient: Person, browser: Browser, app: Starlette, settings: Settings, clock: Clock
) -> None:
    mark = marker("a host")
    await push.close_push()
    gone = httpx.MockTransport(lambda request: httpx.Response(404))
    await push.open_push(replace(settings, vapid_subject="mailto:operator@example.org"), clock, gone)
    body = browser.subscription() | {"endpoint": f"https://{mark}.push.apple.com/{mark}"}
    assert (await patient.post("/api/push-subscriptions", json=body)).status_code == 201
    [target] = (await push.targets([patient.id]))[patient.id]
    before = await look(app)

    await push.send(target, push.Message(b"{}", 60, "topic"))

    after = await look(app)
    apple = {"service": "push.apple.com", "status": "4xx", "outcome": "gone"}
    assert after.since(before, "push_answers_total", **apple) == 1
    assert found_in(after.text.encode(), {"a host": mark}) == []
