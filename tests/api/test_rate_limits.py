"""Tries are counted per account and per network, in every process alike, and never cost anybody a living sign-in."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from server.accounts import throttle
from server.app import create_app
from server.base.settings import Settings
from tests.people import PASSWORD, Cast, Clock, Person

WRONG = "not the password of Mara"


@pytest.fixture
def made_app(settings: Settings, clock: Clock) -> Starlette:
    """The app with its limits on."""
    return create_app(replace(settings, rate_limits=True), clock)


async def test_after_ten_wrong_tries_an_account_waits(patient: Person, nobody: Person, clock: Clock) -> None:
    statuses = [(await _sign_in(nobody, patient.email, WRONG)).status_code for _ in range(10)]

    clock.move(minutes=5)
    answer = await _sign_in(nobody, patient.email)

    assert statuses == [401] * 10
    assert (answer.status_code, answer.json()["type"]) == (429, "/problems/too-many")
    assert 595 <= int(answer.headers["retry-after"]) <= 601


@pytest.mark.parametrize(("networks", "status"), [(2, 201), (3, 429)])
async def test_tries_from_one_network_keep_nobody_out_of_another(
    cast: Cast, patient: Person, nobody: Person, networks: int, status: int
) -> None:
    for number in range(networks):
        elsewhere = await _from(cast, f"198.51.{number}.9")
        statuses = [(await _sign_in(elsewhere, patient.email, WRONG)).status_code for _ in range(12)]
        assert statuses == [401] * 10 + [429] * 2

    assert (await _sign_in(nobody, patient.email)).status_code == status


async def test_a_stranger_keeps_nobody_out_of_a_device_on_which_they_signed_in_before(
    cast: Cast, patient: Person, stranger: Person, nobody: Person, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.move(days=31)
    for number in range(3):
        elsewhere = await _from(cast, f"198.51.{number}.9")
        assert [(await _sign_in(elsewhere, patient.email, WRONG)).status_code for _ in range(10)] == [401] * 10

    of_another = await _sign_in(stranger, patient.email)
    unknown = await _sign_in(nobody, patient.email)
    monkeypatch.setattr(throttle, "SIGN_IN_NETWORK", (0, timedelta(minutes=15)))  # the stranger is next door
    guessed = [(await _sign_in(patient, patient.email, WRONG)).status_code for _ in range(9)]
    known = await _sign_in(patient, patient.email)

    assert (of_another.status_code, unknown.status_code) == (429, 429)
    assert (guessed, known.status_code) == ([401] * 9, 201)


async def test_a_known_device_has_ten_tries_as_well(patient: Person) -> None:
    tried = [(await _sign_in(patient, patient.email, WRONG)).status_code for _ in range(11)]

    assert tried == [401] * 10 + [429]


async def test_the_wait_ends_when_it_was_said_to(patient: Person, nobody: Person, clock: Clock) -> None:
    for _ in range(11):
        answer = await _sign_in(nobody, patient.email, WRONG)

    clock.move(seconds=int(answer.headers["retry-after"]))

    assert answer.status_code == 429
    assert (await _sign_in(nobody, patient.email)).status_code == 201


async def test_the_wait_costs_nobody_a_living_sign_in(patient: Person, nobody: Person) -> None:
    for _ in range(11):
        last = await _sign_in(nobody, patient.email, WRONG)

    assert last.status_code == 429
    assert (await patient.get("/api/account")).status_code == 200
    assert (await patient.sync(patient.change(mood=5)))["results"][0]["outcome"] == "stored"


async def test_an_unknown_address_waits_alike(patient: Person, nobody: Person) -> None:
    known = [await _sign_in(nobody, patient.email, WRONG) for _ in range(11)]
    unknown = [await _sign_in(nobody, "nobody@example.org", WRONG) for _ in range(11)]

    assert [_seen(answer) for answer in known] == [_seen(answer) for answer in unknown]


async def test_the_address_counts_however_it_is_written(patient: Person, nobody: Person) -> None:
    for number in range(10):
        await _sign_in(nobody, patient.email.upper() if number % 2 else f" {patient.email} ", WRONG)

    assert (await _sign_in(nobody, patient.email)).status_code == 429


async def test_a_success_starts_the_count_anew(patient: Person, nobody: Person) -> None:
    statuses = []
    for _ in range(2):
        statuses += [(await _sign_in(nobody, patient.email, WRONG)).status_code for _ in range(9)]
        statuses.append((await _sign_in(nobody, patient.email)).status_code)

    assert statuses == ([401] * 9 + [201]) * 2


async def test_guessed_codes_count_as_tries(patient: Person, nobody: Person) -> None:
    await patient.enrol()

    statuses = [(await _sign_in(nobody, patient.email, code=f"{number:06}")).status_code for number in range(11)]

    assert statuses == [401] * 10 + [429]


async def test_whoever_has_the_password_has_ten_wrong_codes_a_day_and_its_owner_reads_of_them(
    patient: Person, nobody: Person, clock: Clock
) -> None:
    recovery, *_ = await patient.enrol()
    clock.move(minutes=1)
    tried = []
    for number in range(12):
        clock.move(minutes=16)
        tried.append((await _sign_in(nobody, patient.email, code=f"{number:06}")).status_code)
        await _sign_in(nobody, patient.email, WRONG, code=f"{number:06}")  # a stranger's count for nothing here
    right = await _sign_in(nobody, patient.email, code=patient.code())
    told = [each["act"] for each in (await patient.get("/api/audit")).json()["items"]]
    by_recovery = await _sign_in(nobody, patient.email, code=recovery)
    clock.move(days=1)

    assert tried == [401] * 10 + [429] * 2
    assert (right.status_code, told.count("wrong_code"), by_recovery.status_code) == (429, 10, 201)
    assert (await _sign_in(nobody, patient.email, code=patient.code())).status_code == 201


async def test_a_right_code_counts_for_nothing_and_takes_back_no_wrong_one(
    patient: Person, nobody: Person, clock: Clock
) -> None:
    await patient.enrol()
    tried = []
    for number in range(12):
        clock.move(minutes=16)
        tried.append((await _sign_in(nobody, patient.email, code=patient.code())).status_code)
        tried.append((await _sign_in(nobody, patient.email, code=f"{number:06}")).status_code)

    assert tried == [201, 401] * 10 + [429] * 4


async def test_one_network_can_not_try_many_accounts(cast: Cast, patient: Person) -> None:
    inside, outside = await _from(cast, "198.51.100.200"), await _from(cast, "198.51.101.1")
    neighbour = await _from(cast, "198.51.100.3")

    statuses = [(await _sign_in(inside, f"{number}@example.org", WRONG)).status_code for number in range(101)]

    assert statuses == [401] * 100 + [429]
    assert (await _sign_in(neighbour, patient.email)).status_code == 429
    assert (await _sign_in(outside, patient.email)).status_code == 201


async def test_registrations_are_counted_per_network(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "REGISTER_NETWORK", (3, timedelta(hours=1)))
    inside, outside = await _from(cast, "198.51.100.200"), await _from(cast, "203.0.113.9")

    statuses = [(await _register(inside, number)).status_code for number in range(4)]

    assert statuses == [201, 201, 201, 429]
    assert (await _register(outside, 3)).status_code == 201


async def test_whoever_holds_an_open_phone_does_not_find_the_password_here(patient: Person, clock: Clock) -> None:
    answers = [await patient.post("/api/step-ups", json={"password": f"guess {number}"}) for number in range(11)]
    right = await patient.post("/api/step-ups", json={"password": PASSWORD})
    clock.move(minutes=16)

    assert [each.status_code for each in answers] == [401] * 10 + [429]
    assert (right.status_code, "retry-after" in right.headers) == (429, True)
    assert (await patient.post("/api/step-ups", json={"password": PASSWORD})).status_code == 204


async def test_guessing_the_password_that_erases_has_an_end(patient: Person, nobody: Person) -> None:
    answers = [await patient.request("DELETE", "/api/account", json={"password": WRONG}) for _ in range(11)]

    assert [answer.status_code for answer in answers] == [401] * 10 + [429]
    assert int(answers[-1].headers["retry-after"]) > 0
    assert (await patient.get("/api/account")).status_code == 200


async def test_a_clock_that_was_ahead_once_keeps_nobody_out(patient: Person, nobody: Person, clock: Clock) -> None:
    clock.move(days=365)
    for _ in range(11):
        ahead = await _sign_in(nobody, patient.email, WRONG)
    clock.move(days=-365)

    tried = [(await _sign_in(nobody, patient.email, WRONG)).status_code for _ in range(11)]

    assert ahead.status_code == 429
    assert tried == [401] * 10 + [429]


@pytest.mark.parametrize(
    ("host", "network"),
    [
        ("203.0.113.7", "203.0.113.0/24"),
        ("2001:db8:1:2:3::7", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.0/24"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "unknown"),
        (None, "unknown"),
    ],
)
def test_a_network_is_what_one_household_has(host: str | None, network: str) -> None:
    assert throttle.network_of(host) == network


async def _from(cast: Cast, host: str) -> Person:
    person = await cast.nobody()
    person._transport = httpx.ASGITransport(app=cast.app, client=(host, 50000))
    return person


async def _sign_in(device: Person, email: str, password: str = PASSWORD, **more: str) -> httpx.Response:
    return await device.post("/api/sign-ins", json={"email": email, "password": password, **more})


async def _register(device: Person, number: int) -> httpx.Response:
    body: dict[str, Any] = {"email": f"new.{number}@example.org", "password": PASSWORD, "role": "patient"}
    return await device.post("/api/accounts", json=body | {"name": "New", "zone": "UTC", "adult": True})


def _seen(answer: httpx.Response) -> tuple[int, bytes, str | None]:
    return answer.status_code, answer.content, answer.headers.get("retry-after")
