"""The second factor: enrolled by its first code, asked for at every sign-in, each code good for one."""

import asyncio
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest

from server.accounts import passwords
from tests.people import PASSWORD, Cast, Clock, Person


async def test_what_an_authenticator_needs_is_shown_once(patient: Person) -> None:
    answer = await patient.post("/api/factors/totp", json={})

    started = answer.json()
    link = urlsplit(started["otpauth"])
    assert answer.status_code == 201
    assert (link.scheme, link.netloc) == ("otpauth", "totp")
    assert parse_qs(link.query) == {"secret": [started["secret"]], "issuer": ["Interlude"]}
    assert len(started["secret"]) == 32  # 160 bits, RFC 4226 section 4


async def test_a_factor_counts_from_its_first_code_on(patient: Person, nobody: Person) -> None:
    await patient.post("/api/factors/totp", json={})
    before = await _sign_in(nobody, patient)

    await patient.enrol()
    after = await _sign_in(nobody, patient)

    assert before.status_code == 201
    assert (after.status_code, after.json()["type"]) == (401, "/problems/code-needed")


@pytest.mark.parametrize("code", ["000000", "12345", "1234567", "abcdef", "１２３４５６", "", " ", "-" * 40])
async def test_a_wrong_first_code_confirms_nothing(patient: Person, nobody: Person, code: str) -> None:
    started = (await patient.post("/api/factors/totp", json={})).json()

    answer = await patient.post(f"/api/factors/totp/{started['id']}/confirm", json={"code": code})

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/code"]
    assert (await _sign_in(nobody, patient)).status_code == 201


async def test_ten_recovery_codes_are_shown_once(patient: Person) -> None:
    codes = await patient.enrol()

    assert len(set(codes)) == 10
    assert all(len(code) == 17 and code.count("-") == 2 for code in codes)


async def test_the_code_signs_in(patient: Person, nobody: Person, clock: Clock) -> None:
    await patient.enrol()
    clock.move(seconds=30)

    answer = await _sign_in(nobody, patient, code=patient.code())

    assert answer.status_code == 201
    assert (await nobody.get("/api/account")).json()["id"] == patient.id


async def test_a_code_works_once(cast: Cast, patient: Person, clock: Clock) -> None:
    await patient.enrol()
    confirmed_with = patient.code()
    reused = await _sign_in(await cast.nobody(), patient, code=confirmed_with)
    clock.move(seconds=30)
    code = patient.code()

    answers = [await _sign_in(await cast.nobody(), patient, code=code) for _ in range(2)]

    assert reused.status_code == 401
    assert [answer.status_code for answer in answers] == [201, 401]
    assert answers[1].json()["type"] == "/problems/wrong-credentials"


async def test_of_sign_ins_with_one_code_at_the_same_moment_one_wins(
    cast: Cast, patient: Person, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def at_once(stored: str | None, password: str) -> bool:
        return True  # so that all meet at the code

    monkeypatch.setattr(passwords, "is_right", at_once)
    await patient.enrol()
    devices = [await cast.nobody() for _ in range(8)]
    won = []

    for _ in range(3):
        clock.move(seconds=30)
        answers = await asyncio.gather(*(_sign_in(device, patient, code=patient.code()) for device in devices))
        won.append(sorted(answer.status_code for answer in answers))

    assert won == [[201] + [401] * 7] * 3


@pytest.mark.parametrize(("steps", "status"), [(-2, 401), (-1, 201), (0, 201), (1, 201), (2, 401)])
async def test_a_clock_may_be_one_step_off(
    patient: Person, nobody: Person, clock: Clock, steps: int, status: int
) -> None:
    await patient.enrol()
    clock.move(minutes=10)

    answer = await _sign_in(nobody, patient, code=_code(patient, steps))

    assert answer.status_code == status


async def test_after_a_later_code_an_earlier_one_is_too_late(cast: Cast, patient: Person, clock: Clock) -> None:
    await patient.enrol()
    clock.move(minutes=10)

    answers = [await _sign_in(await cast.nobody(), patient, code=_code(patient, steps)) for steps in (1, 0, -1)]

    assert [answer.status_code for answer in answers] == [201, 401, 401]


async def test_a_code_may_be_typed_with_blanks(patient: Person, nobody: Person, clock: Clock) -> None:
    await patient.enrol()
    clock.move(seconds=30)

    answer = await _sign_in(nobody, patient, code=f" {patient.code()[:3]} {patient.code()[3:]} ")

    assert answer.status_code == 201


async def test_a_code_without_the_password_tells_nothing(patient: Person, nobody: Person, clock: Clock) -> None:
    await patient.enrol()
    clock.move(seconds=30)
    wrong = {"email": patient.email, "password": "not the password of Mara"}

    without = await nobody.post("/api/sign-ins", json=wrong)
    beside = await nobody.post("/api/sign-ins", json=wrong | {"code": patient.code()})

    assert without.status_code == beside.status_code == 401
    assert without.content == beside.content
    assert (await _sign_in(nobody, patient, code=patient.code())).status_code == 201


async def test_each_recovery_code_replaces_the_factor_once(cast: Cast, patient: Person) -> None:
    first, second, *_ = await patient.enrol()

    answers = [
        await _sign_in(await cast.nobody(), patient, code=code)
        for code in (first, first, second.lower().replace("-", " "), "AAAAA-AAAAA-AAAAA")
    ]

    assert [answer.status_code for answer in answers] == [201, 401, 201, 401]


async def test_somebody_else_s_recovery_code_is_none(cast: Cast, patient: Person, stranger: Person) -> None:
    await patient.enrol()
    [theirs, *_] = await stranger.enrol()

    answer = await _sign_in(await cast.nobody(), patient, code=theirs)

    assert answer.status_code == 401


async def test_somebody_else_s_factor_is_not_there(patient: Person, stranger: Person, clock: Clock) -> None:
    started = (await patient.post("/api/factors/totp", json={})).json()
    code = pyotp.TOTP(started["secret"]).at(clock.instant)

    answer = await stranger.post(f"/api/factors/totp/{started['id']}/confirm", json={"code": code})

    assert answer.status_code == 404


async def test_a_new_factor_takes_the_place_of_the_old(cast: Cast, patient: Person, clock: Clock) -> None:
    old_codes = await patient.enrol()
    old_secret = patient.totp_secret
    new_codes = await patient.enrol()
    clock.move(seconds=30)

    by_old = await _sign_in(await cast.nobody(), patient, code=pyotp.TOTP(old_secret).at(clock.instant))
    by_old_recovery = await _sign_in(await cast.nobody(), patient, code=old_codes[0])
    by_new = await _sign_in(await cast.nobody(), patient, code=patient.code())

    assert not set(old_codes) & set(new_codes)
    assert [answer.status_code for answer in (by_old, by_old_recovery, by_new)] == [401, 401, 201]


async def test_replacing_a_factor_needs_a_fresh_sign_in(patient: Person, clock: Clock) -> None:
    await patient.enrol()
    clock.move(minutes=5)
    stale = await patient.post("/api/factors/totp", json={})

    await _sign_in(patient, patient, code=patient.code())
    fresh = await patient.post("/api/factors/totp", json={})

    assert (stale.status_code, stale.json()["type"]) == (403, "/problems/step-up-needed")
    assert fresh.status_code == 201


def _code(person: Person, steps: int) -> str:
    """The code that is shown so many steps of 30 seconds later."""
    return pyotp.TOTP(person.totp_secret).at(person.clock.instant + timedelta(seconds=30 * steps))


async def _sign_in(device: Person, whose: Person, **more: str) -> Any:
    return await device.post("/api/sign-ins", json={"email": whose.email, "password": PASSWORD, **more})
