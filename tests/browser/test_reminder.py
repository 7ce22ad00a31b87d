"""A reminder, from the form to the notification on the screen and the receipt in the ledger."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.browser import push_service
from tests.browser.conftest import OpenPhone, Serve
from tests.browser.phone import Phone
from tests.browser.push_service import PushService
from tests.browser.server import ROOT, Account, Server
from tests.browser.test_sharing import keep

NEUTRAL = "A moment for your journal"


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[PushService]:
    """A push service that the server may call; asked for before the server, which reads its settings at its start."""
    with push_service.running() as one:
        monkeypatch.setenv("INTERLUDE_PUSH_HOSTS", one.host)
        yield one


@pytest.fixture
def server(service: PushService, serve: Serve) -> Server:
    """An installation of its own that calls the push service."""
    return serve(ROOT)


def listed(server: Server, who: Account, path: str) -> list[dict[str, Any]]:
    with closing(server.client(who)) as client:
        items: list[dict[str, Any]] = client.get(path).raise_for_status().json()["items"]
    return items


def open_signed_in(open_phone: OpenPhone, server: Server, service: PushService) -> tuple[Phone, Account]:
    """A patient's phone that may show notifications, with a worker in place."""
    patient = server.register()
    phone = open_phone()
    phone.context.grant_permissions(["notifications"], origin=server.url)
    phone.context.add_init_script(service.script())
    phone.page.reload()
    phone.wait_for_shell()
    phone.sign_in(patient)
    return phone, patient


def push_into_worker(phone: Phone, payload: dict[str, Any]) -> None:
    """Hands a decrypted message to the real worker, as the browser does when its push service calls."""
    session = phone.context.new_cdp_session(phone.page)
    found: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(one["registrationId"] for one in event["registrations"]),
    )
    session.send("ServiceWorker.enable")
    phone.until(lambda: bool(found), "the worker's registration")
    message = {"origin": phone.url, "registrationId": found[-1], "data": json.dumps(payload)}
    session.send("ServiceWorker.deliverPushMessage", message)


def notifications(phone: Phone) -> list[dict[str, str]]:
    """What stands on the screen. Asked too early, Chromium forgets a notification that it is about to show."""
    phone.page.wait_for_timeout(1000)
    script = """navigator.serviceWorker.ready.then(async (worker) =>
        (await worker.getNotifications()).map(({ title, body, tag }) => ({ title, body, tag })))"""
    shown: list[dict[str, str]] = phone.page.evaluate(script)
    return shown


def test_a_push_is_shown_in_neutral_words_and_its_receipt_reaches_the_ledger(
    service: PushService, open_phone: OpenPhone, server: Server
) -> None:
    phone, patient = open_signed_in(open_phone, server, service)
    phone.go("/#/reminder")
    phone.page.get_by_role("button", name="Remind me").click()
    expect(phone.page.get_by_text("Notifications come to this device.")).to_be_visible()

    phone.page.get_by_role("button", name="Send a test").click()
    phone.until(lambda: bool(service.bodies), "the push to arrive at its service")
    message = service.message()
    push_into_worker(phone, message)
    phone.until(lambda: listed(server, patient, "/api/deliveries")[0]["status"] == "shown", "the receipt")

    assert notifications(phone) == [{"title": NEUTRAL, "body": "", "tag": message["delivery_id"]}]
    assert set(message) == {"delivery_id", "title", "body"}
    phone.go("/#/")
    phone.go("/#/reminder")
    expect(phone.page.get_by_text("A test: shown")).to_be_visible()

    phone.go("/#/device")
    phone.page.get_by_text("Español").click()
    expect(phone.page.locator("html")).to_have_attribute("lang", "es")
    push_into_worker(phone, message)
    phone.until(lambda: notifications(phone)[0]["title"] == "Un momento para tu diario", "the words of this language")


def test_a_daily_reminder_comes_at_its_minute_and_waits_on_today_without_a_network_too(
    service: PushService, open_phone: OpenPhone, server: Server
) -> None:
    phone, patient = open_signed_in(open_phone, server, service)
    phone.go("/#/reminder")
    phone.page.get_by_role("button", name="Turn notifications on").click()
    expect(phone.page.get_by_text("Notifications come to this device now.")).to_be_visible()

    soon = datetime.now(ZoneInfo("Europe/Berlin")) + timedelta(minutes=1, seconds=2)
    daily = {"local_time": f"{soon:%H:%M}", "weekdays": [1, 2, 3, 4, 5, 6, 7], "zone": "Europe/Berlin"}
    with closing(server.client(patient)) as client:
        client.put(f"/api/reminders/{uuid4()}", json=daily).raise_for_status()
    phone.go("/#/")
    with phone.page.expect_response("**/api/reminders"):
        phone.page.reload()
    phone.context.set_offline(True)
    phone.until(lambda: bool(service.bodies), "the reminder to arrive at the push service", seconds=80)

    assert service.message()["title"] == NEUTRAL
    phone.page.reload()
    expect(phone.page.locator("#due")).to_contain_text(f"Your reminder, {soon:%H:%M}")
    phone.page.get_by_role("button", name="Not now").click()
    expect(phone.page.locator("#due li")).to_have_count(0)
    phone.context.set_offline(False)
    phone.page.reload()
    phone.until(lambda: listed(server, patient, "/api/deliveries")[0]["action"] == "not_now", "the answer")
    assert listed(server, patient, "/api/due") == []
    assert len(service.bodies) == 1


def test_a_push_that_nobody_can_read_still_shows_something(
    service: PushService, open_phone: OpenPhone, server: Server
) -> None:
    phone, _ = open_signed_in(open_phone, server, service)

    push_into_worker(phone, {})

    assert [one["title"] for one in notifications(phone)] == [NEUTRAL]


def test_a_reminder_is_kept_changed_and_turned_off(service: PushService, open_phone: OpenPhone, server: Server) -> None:
    phone, patient = open_signed_in(open_phone, server, service)
    page = phone.page

    phone.go("/#/reminder")
    page.get_by_label("At", exact=True).fill("07:15")
    page.get_by_label("Sun").uncheck()
    page.get_by_role("button", name="Remind me").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.get_by_text("Own words, quiet hours").click()
    page.get_by_label("Words of the notification").fill("Tea")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()

    (reminder,) = listed(server, patient, "/api/reminders")
    assert (reminder["local_time"], reminder["weekdays"], reminder["wording"]) == ("07:15", [1, 2, 3, 4, 5, 6], "Tea")
    assert len(listed(server, patient, "/api/push-subscriptions")) == 1
    page.get_by_role("button", name="Turn it off").click()
    expect(page.get_by_text("Turned off.")).to_be_visible()
    assert listed(server, patient, "/api/reminders") == []

    # Of what a session asks for: it is known when that comes as soon as one took place.
    page.get_by_label("Three days after").uncheck()
    page.get_by_role("button", name="Turn these on").click()
    expect(page.get_by_role("button", name="Keep these")).to_be_visible()
    expect(page.get_by_label("Three days after")).not_to_be_checked()
    (after,) = listed(server, patient, "/api/reminders")
    assert (after["points"], after["next_due_at"]) == (["t+4h", "t+24h", "t+7d"], None)
    keep(server, patient, "treatment_session", timedelta(hours=30))
    page.reload()
    expect(page.get_by_text("Next: ")).to_be_visible()
    page.get_by_role("button", name="Not after sessions").click()
    expect(page.get_by_role("button", name="Turn these on")).to_be_visible()

    # Of a questionnaire: it waits on Today, without a network too, and goes when it is filled in or not wanted now.
    page.get_by_text("Remind me of one").click()
    page.get_by_label("Which one").select_option(label="Worry and tension")
    page.get_by_label("How often").select_option(label="every 4 weeks")
    page.get_by_role("button", name="Remind me of it").click()
    expect(page.get_by_text("Worry and tension: every 4 weeks at 10:00.")).to_be_visible()
    (form,) = listed(server, patient, "/api/reminders")
    today = f"{datetime.now(ZoneInfo('Europe/Berlin')):%Y-%m-%d}"
    body = {"instrument": "gad-7", "every_days": 28, "local_time": "00:00", "begun_on": today, "zone": "Europe/Berlin"}
    with closing(server.client(patient)) as client:
        client.put(f"/api/reminders/{form['id']}", json=body).raise_for_status()
    phone.go("/#/")
    with page.expect_response("**/api/reminders"):
        page.reload()
    due = page.locator("#due")
    expect(due).to_contain_text("GAD-7: 7 questions about the last 2 weeks.")
    phone.context.set_offline(True)
    page.reload()
    expect(due.get_by_role("link", name="Fill in")).to_have_attribute("href", "#/questionnaires/gad-7")
    due.get_by_role("button", name="Not now").click()
    expect(due.locator("li")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_visible()
    expect(due.locator("li")).to_have_count(0)
    phone.context.set_offline(False)


def test_a_subscription_the_server_forgot_comes_back_with_the_next_open(
    service: PushService, open_phone: OpenPhone, server: Server
) -> None:
    phone, patient = open_signed_in(open_phone, server, service)
    phone.go("/#/reminder")
    phone.page.get_by_role("button", name="Turn notifications on").click()
    expect(phone.page.get_by_text("Notifications come to this device now.")).to_be_visible()
    with closing(server.client(patient)) as client:
        (kept,) = client.get("/api/push-subscriptions").json()["items"]
        client.delete(f"/api/push-subscriptions/{kept['id']}").raise_for_status()

    phone.page.reload()

    phone.until(lambda: len(listed(server, patient, "/api/push-subscriptions")) == 1, "the subscription to come back")


def test_a_device_that_does_not_want_notifications_is_left_alone(
    service: PushService, open_phone: OpenPhone, server: Server
) -> None:
    phone, patient = open_signed_in(open_phone, server, service)
    phone.go("/#/reminder")
    phone.page.get_by_role("button", name="Turn notifications on").click()
    phone.page.get_by_role("button", name="Not on this device").click()
    expect(phone.page.get_by_text("No notification comes to this device any more.")).to_be_visible()

    phone.page.reload()
    expect(phone.page.get_by_role("button", name="Turn notifications on")).to_be_visible()

    assert listed(server, patient, "/api/push-subscriptions") == []


def test_signing_out_ends_the_notifications_of_that_account_here(
    service: PushService, open_phone: OpenPhone, server: Server
) -> None:
    phone, _ = open_signed_in(open_phone, server, service)
    phone.go("/#/reminder")
    phone.page.get_by_role("button", name="Turn notifications on").click()
    expect(phone.page.get_by_text("Notifications come to this device now.")).to_be_visible()

    phone.go("/#/account")
    phone.page.get_by_role("button", name="Sign out", exact=True).click()

    script = "localStorage.getItem('test.subscribed')"
    phone.until(lambda: phone.page.evaluate(script) == "false", "the subscription to end")
