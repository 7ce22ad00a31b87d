"""One call that ends whatever else opens an account: other devices, their notifications, every consent."""

import asyncio
from typing import Any

import pytest
from starlette.applications import Starlette

from server.accounts import sign_ins
from server.database import service as database
from server.push import service as push
from tests.api.push_service import Browser, PushService
from tests.people import PASSWORD, Cast, Clock, Person, Share


async def device_of(cast: Cast, person: Person) -> Person:
    """Another device of somebody's, signed in."""
    device = await cast.nobody()
    device.email, device.id = person.email, person.id
    await device.post("/api/sign-ins", json={"email": person.email, "password": PASSWORD})
    return device


async def open_to(person: Person) -> tuple[int, list[str]]:
    """How many devices are signed in, and how each consent stands."""
    devices = (await person.get("/api/sign-ins")).json()
    return len(devices), [consent["status"] for consent in (await person.get("/api/consents")).json()]


async def acts(person: Person) -> list[str]:
    items: list[dict[str, Any]] = (await person.get("/api/audit")).json()["items"]
    return [item["act"] for item in items]


async def test_one_call_ends_every_other_device_and_every_consent(
    cast: Cast, patient: Person, therapist: Person, share: Share, stranger: Person
) -> None:
    lost = await device_of(cast, patient)
    secret = await cast.invitation(patient)
    elsewhere = await cast.share(stranger, therapist)

    answer = await patient.post("/api/lockdowns")

    assert (answer.status_code, answer.content) == (204, b"")
    assert (await lost.get("/api/account")).status_code == 401
    refused = await therapist.get(share.summary_url)
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/consent-withdrawn")
    assert (await therapist.post("/api/consents/acceptance", json={"secret": secret})).status_code == 404
    assert await open_to(patient) == (1, ["withdrawn", "withdrawn"])
    assert (await therapist.get(elsewhere.summary_url)).status_code == 200
    assert (await acts(patient))[:3] == ["locked_down", "consent_withdrawn", "consent_withdrawn"]


async def test_again_does_no_harm_and_tells_the_audit(patient: Person, share: Share) -> None:
    await patient.post("/api/lockdowns")

    again = await patient.post("/api/lockdowns")

    assert again.status_code == 204
    assert (await acts(patient))[:3] == ["locked_down", "locked_down", "consent_withdrawn"]


async def test_it_works_in_the_hours_after_a_session_and_from_an_old_sign_in(
    patient: Person, share: Share, clock: Clock
) -> None:
    clock.move(days=3)
    await patient.keep("treatment_session", route="iv")
    clock.move(hours=1)

    answer = await patient.post("/api/lockdowns")

    assert answer.status_code == 204
    assert await open_to(patient) == (1, ["withdrawn"])


async def test_a_therapist_ends_their_own_devices_and_nothing_that_is_the_patients(
    cast: Cast, therapist: Person, share: Share, clock: Clock
) -> None:
    clock.move(minutes=1)  # a code works once
    lost = await cast.nobody()
    await lost.post("/api/sign-ins", json={"email": therapist.email, "password": PASSWORD, "code": therapist.code()})
    assert (await lost.get("/api/account")).status_code == 200

    answer = await therapist.post("/api/lockdowns")

    assert answer.status_code == 204
    assert (await lost.get("/api/account")).status_code == 401
    assert (await therapist.get(share.summary_url)).status_code == 200


async def test_nothing_is_ended_where_one_part_does_not_work(
    cast: Cast, patient: Person, share: Share, monkeypatch: pytest.MonkeyPatch
) -> None:
    await device_of(cast, patient)

    async def gone(*_: Any) -> None:
        raise database.Conflict("gone between two rows")

    monkeypatch.setattr(sign_ins, "_at_lockdown", [*sign_ins._at_lockdown, gone])
    broken = await patient.post("/api/lockdowns")
    monkeypatch.undo()

    assert broken.status_code >= 500
    assert await open_to(patient) == (2, ["accepted"])
    assert "locked_down" not in await acts(patient)


async def test_of_a_lockdown_and_an_acceptance_at_once_nothing_stays_open(
    cast: Cast, patient: Person, therapist: Person
) -> None:
    for _ in range(5):
        secret = await cast.invitation(patient)

        await asyncio.gather(
            patient.post("/api/lockdowns"), therapist.post("/api/consents/acceptance", json={"secret": secret})
        )
        after = await patient.post("/api/lockdowns")

        assert after.status_code == 204
        assert (await therapist.get("/api/shared")).json() == []


async def test_what_an_ended_device_had_under_way_opens_nothing(
    app: Starlette, cast: Cast, patient: Person, service: PushService
) -> None:
    admit, answers = app.state.admit, []

    async def overtaken(request: Any, who: Any) -> None:
        await admit(request, who)
        app.state.admit = admit
        assert (await patient.post("/api/lockdowns")).status_code == 204

    for path, body in (
        ("/api/consents", {"as": "therapist", "scopes": ["scales", "notes"]}),
        ("/api/factors/totp", {}),
        ("/api/push-subscriptions", Browser(service).subscription()),
        ("/api/step-ups", {"password": PASSWORD}),
        ("/api/lockdowns", None),
    ):
        lost = await device_of(cast, patient)
        app.state.admit = overtaken
        answers.append((path, (await lost.post(path, json=body)).status_code))

    assert answers == [(path, 401) for path, _ in answers]
    assert await open_to(patient) == (1, [])
    assert await seen(patient) == []


async def test_a_device_that_is_ended_gets_no_more_notifications(
    cast: Cast, patient: Person, service: PushService
) -> None:
    lost, old = await device_of(cast, patient), await device_of(cast, patient)
    for number, device in enumerate((patient, lost, old)):
        browser = Browser(service, f"/send/{number}")
        assert (await device.post("/api/push-subscriptions", json=browser.subscription())).status_code == 201
    assert await seen(patient) == [True, False, False]

    await old.delete("/api/sign-ins/current")
    after_signing_out = await seen(patient)
    ended = next(one for one in (await patient.get("/api/sign-ins")).json() if not one["current"])
    await patient.delete(f"/api/sign-ins/{ended['id']}")

    assert after_signing_out == [True, False]
    assert await seen(patient) == [True]


async def test_a_lockdown_leaves_notifications_to_this_device_alone(
    cast: Cast, patient: Person, service: PushService, stranger: Person
) -> None:
    lost = await device_of(cast, patient)
    for number, device in enumerate((lost, patient, stranger)):
        await device.post("/api/push-subscriptions", json=Browser(service, f"/send/{number}").subscription())

    await patient.post("/api/lockdowns")

    assert await seen(patient) == [True]
    assert len((await push.targets([patient.id]))[patient.id]) == 1
    assert await seen(stranger) == [True]


async def test_a_browser_that_tells_its_subscription_again_takes_it_along_to_the_new_sign_in(
    cast: Cast, patient: Person, service: PushService
) -> None:
    browser = Browser(service)
    await patient.post("/api/push-subscriptions", json=browser.subscription())
    again = await device_of(cast, patient)
    before = await seen(again)

    await again.post("/api/push-subscriptions", json=browser.subscription())
    await patient.delete("/api/sign-ins/current")

    assert before == [False]
    assert await seen(again) == [True]


async def seen(person: Person) -> list[bool]:
    """Of each subscription whether it is this device's."""
    return [one["current"] for one in (await person.get("/api/push-subscriptions")).json()["items"]]
