"""Subscriptions over the API: which are kept, what is shown of them, and to whom."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from server.base.settings import Settings, WrongSettings
from server.database import service as database
from server.push import service as push
from server.push.encryption import base64url
from tests.api.push_service import Browser, PushService
from tests.people import Clock, Person


async def subscribe(person: Person, browser: Browser, **more: Any) -> dict[str, Any]:
    answer = await person.post("/api/push-subscriptions", json=browser.subscription(**more))
    assert answer.status_code == 201, answer.text
    kept: dict[str, Any] = answer.json()
    return kept


async def test_the_key_to_subscribe_with_is_one_for_all_and_outlives_a_restart(
    patient: Person, stranger: Person, settings: Settings, clock: Clock
) -> None:
    key = (await patient.get("/api/push-key")).json()["key"]

    await push.close_push()
    await push.open_push(settings, clock)

    assert (await stranger.get("/api/push-key")).json() == {"key": key}
    assert len(key) == 87


async def test_a_subscription_is_shown_without_its_endpoint(
    patient: Person, service: PushService, clock: Clock
) -> None:
    kept = await subscribe(patient, Browser(service, "/send/private"), label="My phone")

    listed = (await patient.get("/api/push-subscriptions")).json()

    assert listed == {"items": [kept]}
    assert kept == {
        "id": kept["id"],
        "label": "My phone",
        "host": f"127.0.0.1:{service.port}",
        "created_at": clock.wire(),
        "current": True,
    }


async def test_the_same_endpoint_again_replaces_its_keys(patient: Person, service: PushService, clock: Clock) -> None:
    first, second = Browser(service), Browser(service)
    kept = await subscribe(patient, first, label="Phone")
    clock.move(hours=1)

    again = await subscribe(patient, second)

    [target] = (await push.targets([patient.id]))[patient.id]
    assert again == kept | {"label": None}
    assert target.point != b""
    assert base64url(target.point) == second.subscription()["keys"]["p256dh"]


async def test_a_subscription_that_the_browser_renewed_meanwhile_is_not_forgotten_with_the_old_one(
    patient: Person, service: PushService, clock: Clock
) -> None:
    kept = await subscribe(patient, Browser(service))
    [old] = (await push.targets([patient.id]))[patient.id]
    clock.move(seconds=1)
    await subscribe(patient, Browser(service))
    [new] = (await push.targets([patient.id]))[patient.id]

    await push.forget_gone([old])
    assert (old.id, new.id) == (kept["id"], kept["id"])
    assert await push.targets([patient.id]) == {patient.id: [new]}

    await push.forget_gone([new])
    assert await push.targets([patient.id]) == {}


async def test_one_browser_may_belong_to_two_people_who_share_it(
    patient: Person, stranger: Person, service: PushService
) -> None:
    browser = Browser(service)

    ours, theirs = await subscribe(patient, browser), await subscribe(stranger, browser)

    assert ours["id"] != theirs["id"]


@pytest.mark.parametrize(
    ("change", "pointers"),
    [
        ({"endpoint": "https://evil.example/x"}, ["/endpoint"]),
        ({"endpoint": "http://127.0.0.1:1/x"}, ["/endpoint"]),
        ({"endpoint": "https://fcm.googleapis.com:8443/x"}, ["/endpoint"]),
        ({"endpoint": "https://fcm。googleapis。com/x"}, ["/endpoint"]),
        ({"endpoint": "https://fcm.googleapis.com/" + "x" * 2048}, ["/endpoint"]),
        ({"endpoint": "\0"}, ["/endpoint"]),
        ({"endpoint": 5}, ["/endpoint"]),
        ({"endpoint": "https://evil.example/x", "keys": {"p256dh": "AAAA", "auth": ""}},
         ["/endpoint", "/keys/p256dh", "/keys/auth"]),
        ({"keys": {"p256dh": "BA", "extra": 1}}, ["/keys/extra", "/keys/auth"]),
        ({"keys": None}, ["/keys"]),
        ({"label": "x" * 101}, ["/label"]),
        ({"expirationTime": None}, ["/expirationTime"]),
    ],
)  # fmt: skip
async def test_a_subscription_that_may_not_be_is_refused_with_every_fault_and_not_kept(
    patient: Person, service: PushService, change: dict[str, Any], pointers: list[str]
) -> None:
    answer = await patient.post("/api/push-subscriptions", json=Browser(service).subscription() | change)

    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json()["errors"]] == pointers
    assert (await patient.get("/api/push-subscriptions")).json() == {"items": []}
    assert service.connections == 0


async def test_at_most_twenty_devices(patient: Person, service: PushService) -> None:
    browsers = [Browser(service, f"/send/{number}") for number in range(20)]
    for browser in browsers:
        await subscribe(patient, browser)

    one_more = await patient.post("/api/push-subscriptions", json=Browser(service, "/send/20").subscription())

    assert one_more.status_code == 409
    assert await subscribe(patient, browsers[3])


async def test_a_subscription_is_nobody_elses_to_see_to_end_or_to_test(
    patient: Person, stranger: Person, nobody: Person, service: PushService
) -> None:
    kept = await subscribe(patient, Browser(service))
    path = f"/api/push-subscriptions/{kept['id']}"

    for act, where in (("DELETE", path), ("POST", f"{path}/test")):
        assert (await stranger.request(act, where)).status_code == 404
        assert (await nobody.request(act, where)).status_code == 401
        assert (await patient.request(act, where.replace(kept["id"], kept["id"].upper()))).status_code == 404
    assert (await stranger.get("/api/push-subscriptions")).json() == {"items": []}

    assert (await patient.delete(path)).status_code == 204
    assert (await patient.delete(path)).status_code == 404
    assert (await patient.get("/api/push-subscriptions")).json() == {"items": []}


async def test_a_therapist_has_no_use_for_any_of_this(cast: Any, service: PushService) -> None:
    therapist = await cast.join("therapist", "Dr Vogel")

    for act, where in (("GET", "/api/push-key"), ("GET", "/api/push-subscriptions"), ("GET", "/api/reminders")):
        answer = await therapist.request(act, where)
        assert (answer.status_code, answer.json()["type"]) == (403, "/problems/wrong-role")


@database.reading
async def rows() -> str:
    """Every value in the tables of push and reminders."""
    tables = ("push_subscription", "installation_secret", "reminder", "delivery")
    return str(
        [
            bytes(value) if isinstance(value, memoryview) else value
            for table in tables
            for row in await database.fetch(f"SELECT * FROM {table}")
            for value in tuple(row)
        ]
    )


def stored(settings: Settings) -> bytes:
    """Everything in the files of the database and its log, where it has files of ours."""
    return b"".join(each.read_bytes() for each in Path(settings.data_dir).rglob("*.db*"))


async def test_nothing_that_reaches_a_phone_stands_readable_in_the_database(
    patient: Person, service: PushService, settings: Settings, app: Any
) -> None:
    browser = Browser(service, "/send/markerendpoint")
    browser.secret = b"markerof16bytes!"
    await subscribe(patient, browser, label="markerlabel")
    await patient.put("/api/reminders/0197c000-0000-7000-8000-000000000001", json={
        "local_time": "20:30", "weekdays": [1], "zone": "Europe/Berlin", "wording": "markerwording",
    })  # fmt: skip

    assert b"marker" not in stored(settings)
    assert "marker" not in await rows()


async def test_erasing_an_account_takes_its_devices_and_reminders_along(
    patient: Person, service: PushService, cast: Any
) -> None:
    await subscribe(patient, Browser(service))

    answer = await patient.request("DELETE", "/api/account", json={"password": "harbour lantern quietly seven"})

    assert answer.status_code == 204
    assert await push.targets([patient.id]) == {}


async def test_a_wrong_list_of_hosts_stops_the_start(settings: Settings, clock: Clock) -> None:
    with pytest.raises(WrongSettings, match="INTERLUDE_PUSH_HOSTS"):
        await push.open_push(replace(settings, push_hosts=("https://push.example.org",)), clock)
