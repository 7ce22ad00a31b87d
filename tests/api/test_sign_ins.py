"""Signing in: alike for known and unknown addresses, a cookie that scripts can't read, and an end to every sign-in."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from starlette.applications import Starlette

from server.app import create_app
from server.base.settings import Settings
from tests.people import PASSWORD, Cast, Clock, Person

HTTPS = "https://journal.example.org"


@pytest.fixture
def secure_app(settings: Settings, clock: Clock) -> Starlette:
    """An installation behind https."""
    return create_app(replace(settings, origin=HTTPS), clock)


@pytest.fixture
async def secure(secure_app: Starlette, clock: Clock) -> AsyncIterator[Person]:
    """Nobody yet, before that installation."""
    async with secure_app.router.lifespan_context(secure_app), Person(secure_app, clock) as person:
        person.base_url = HTTPS
        yield person


async def test_whoever_signs_in_sees_their_account(cast: Cast, patient: Person) -> None:
    phone = await cast.nobody()

    answer = await _sign_in(phone, patient.email.upper())

    assert answer.status_code == 201
    assert answer.json() == (await patient.get("/api/account")).json()
    assert (await phone.get("/api/account")).status_code == 200


async def test_a_wrong_password_and_an_unknown_address_are_answered_alike(cast: Cast, patient: Person) -> None:
    wrong = await _sign_in(await cast.nobody(), patient.email, "not the password of Mara")
    unknown = await _sign_in(await cast.nobody(), "nobody@example.org", "not the password of Mara")

    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json()["type"] == "/problems/wrong-credentials"
    assert wrong.content == unknown.content
    assert _without_id(wrong) == _without_id(unknown)


async def test_scripts_and_other_sites_never_hold_the_cookie(cast: Cast, patient: Person, clock: Clock) -> None:
    therapist = await cast.join("therapist", "Dr. Vogt")

    answers = [await _sign_in(await cast.nobody(), each.email) for each in (patient, therapist)]
    marks, cookies = zip(*(answer.headers.get_list("set-cookie") for answer in answers), strict=True)

    assert [_attributes(cookie) for cookie in cookies] == [
        {"httponly", "samesite=strict", "path=/", "max-age=2592000"},
        {"httponly", "samesite=strict", "path=/", "max-age=43200"},
    ]
    assert all(cookie.startswith("interlude=") for cookie in cookies)
    assert all(mark.startswith("interlude-known=") for mark in marks)
    assert [_attributes(mark) for mark in marks] == [{"httponly", "samesite=strict", "path=/", "max-age=31536000"}] * 2


async def test_behind_https_the_cookie_is_bound_to_the_host(secure: Person) -> None:
    body = {"email": "mara@example.org", "password": PASSWORD, "role": "patient", "name": "Mara", "zone": "UTC"}

    answer = await secure.post("/api/accounts", json=body | {"adult": True})

    mark, cookie = answer.headers.get_list("set-cookie")
    assert mark.startswith("__Host-interlude-known=")
    assert cookie.startswith("__Host-interlude=")
    assert _attributes(cookie) == {"secure", "httponly", "samesite=strict", "path=/", "max-age=2592000"}
    assert (await secure.get("/api/account")).status_code == 200


async def test_only_the_cookie_s_own_secret_signs_in(patient: Person, nobody: Person) -> None:
    token = patient.cookies["interlude"]

    tried = []
    for value in (token[:-1], token + "A", token.swapcase(), "", "\x80", "x" * 4000):
        answer = await nobody.get("/api/account", headers={b"cookie": b"interlude=" + value.encode("latin-1")})
        tried.append(answer.status_code)

    assert tried == [401] * 6
    assert len(token) == 43


async def test_signing_out_ends_the_sign_in_itself(patient: Person, nobody: Person) -> None:
    stolen = {"cookie": f"interlude={patient.cookies['interlude']}"}
    assert (await nobody.get("/api/account", headers=stolen)).status_code == 200

    answer = await patient.delete("/api/sign-ins/current")

    assert answer.status_code == 204
    assert answer.headers["clear-site-data"] == '"cache"'
    assert ["max-age=0" in _attributes(each) for each in answer.headers.get_list("set-cookie")] == [True, True]
    assert (await nobody.get("/api/account", headers=stolen)).status_code == 401


async def test_the_devices_are_listed_newest_first(cast: Cast, patient: Person, clock: Clock) -> None:
    clock.move(hours=2)
    phone = await cast.nobody()
    phone.headers["user-agent"] = "A phone " + "x" * 500
    await _sign_in(phone, patient.email)

    devices = (await phone.get("/api/sign-ins")).json()

    assert [device["current"] for device in devices] == [True, False]
    assert devices[0]["device"] == ("A phone " + "x" * 500)[:200]
    assert devices[0]["created_at"] == devices[0]["seen_at"] == clock.wire()
    assert devices[0]["expires_at"] == clock.wire(days=30)


async def test_another_device_can_be_ended_from_here(cast: Cast, patient: Person) -> None:
    lost = await cast.nobody()
    await _sign_in(lost, patient.email)
    here, there = sorted((await patient.get("/api/sign-ins")).json(), key=lambda device: not device["current"])

    answer = await patient.delete(f"/api/sign-ins/{there['id']}")

    assert answer.status_code == 204
    assert (await lost.get("/api/account")).status_code == 401
    assert [device["id"] for device in (await patient.get("/api/sign-ins")).json()] == [here["id"]]
    assert (await patient.delete(f"/api/sign-ins/{there['id']}")).status_code == 404


async def test_somebody_else_s_device_is_not_there(patient: Person, stranger: Person) -> None:
    [mine] = (await patient.get("/api/sign-ins")).json()

    answer = await stranger.delete(f"/api/sign-ins/{mine['id']}")

    assert answer.status_code == 404
    assert (await patient.get("/api/account")).status_code == 200


@pytest.mark.parametrize(
    ("role", "idle", "longest"),
    [("patient", {"days": 14}, {"days": 30}), ("therapist", {"minutes": 30}, {"hours": 12})],
)
async def test_a_sign_in_ends_when_idle_and_at_its_longest(
    cast: Cast, clock: Clock, role: str, idle: dict[str, float], longest: dict[str, float]
) -> None:
    unused, used = await cast.join(role, "Unused"), await cast.join(role, "Used")
    began = clock.instant
    step = {name: count / 2 for name, count in idle.items()}
    ends_at = clock.wire(**longest)

    clock.move(**step)
    statuses = []
    while clock.wire() < ends_at:
        statuses.append((await used.get("/api/account")).status_code)
        clock.move(**step)

    assert set(statuses) == {200}
    assert clock.instant > began
    assert (await unused.get("/api/account")).status_code == 401
    assert (await used.get("/api/account")).status_code == 401


async def test_a_device_that_was_idle_too_long_is_no_longer_listed(cast: Cast, patient: Person, clock: Clock) -> None:
    clock.move(days=14)
    await _sign_in(patient, patient.email)

    devices = (await patient.get("/api/sign-ins")).json()

    assert [device["current"] for device in devices] == [True]


@pytest.mark.parametrize("spare", [{"seconds": -1}, {"seconds": 0}])
async def test_an_idle_sign_in_lives_to_the_second(cast: Cast, clock: Clock, spare: dict[str, float]) -> None:
    therapist = await cast.join("therapist", "Dr. Vogt")
    clock.move(minutes=30)
    clock.move(**spare)

    answer = await therapist.get("/api/account")

    assert answer.status_code == (200 if spare["seconds"] < 0 else 401)


async def _sign_in(person: Person, email: str, password: str = PASSWORD) -> Any:
    return await person.post("/api/sign-ins", json={"email": email, "password": password})


def _attributes(cookie: str) -> set[str]:
    return {part.strip().lower() for part in cookie.split(";")[1:]}


def _without_id(answer: Any) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name != "x-request-id"}


async def test_a_device_that_takes_itself_for_somebody_else_reads_and_writes_nothing(
    patient: Person, stranger: Person
) -> None:
    change = patient.change(note="Anna's")

    mistaken = await stranger.post("/api/sync", json={"changes": [change]}, headers={"Interlude-Account": patient.id})
    right = await patient.post("/api/sync", json={"changes": [change]}, headers={"Interlude-Account": patient.id})

    assert mistaken.status_code == 409
    assert mistaken.json()["type"] == "/problems/other-account"
    assert (await stranger.sync())["records"] == []
    assert right.json()["results"][0]["outcome"] == "stored"
