"""An account: who may have one, what it shows, what may be changed of it, and that erasing it leaves nothing behind."""

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest
from starlette.applications import Starlette

from server.accounts import passwords
from server.base.errors import Unavailable
from server.vault import service as vault
from tests.people import PASSWORD, Cast, Clock, Person
from tests.tables import everything, tables_that_name

NEW = {
    "email": "Mara.Kindler@example.org",
    "password": PASSWORD,
    "role": "patient",
    "name": "Mara Kindler",
    "zone": "Europe/Berlin",
    "adult": True,
}
AFTERWARDS = {"audit_event", "audit_head"}  # the chain outlives the person, ended by a tombstone


async def test_whoever_registers_is_signed_in_and_sees_the_account(nobody: Person, clock: Clock) -> None:
    answer = await nobody.post("/api/accounts", json=NEW)

    account = answer.json()
    assert answer.status_code == 201
    assert {name: account[name] for name in ("email", "name", "role", "zone", "created_at")} == {
        "email": "Mara.Kindler@example.org",
        "name": "Mara Kindler",
        "role": "patient",
        "zone": "Europe/Berlin",
        "created_at": clock.wire(),
    }
    assert "password" not in answer.text
    assert (await nobody.get("/api/account")).json() == account


@pytest.mark.parametrize("name", ["\u200b", " \ufeff ", "Dr. Vogt\nsays", "\u202etgoV .rD", "a\u2067b"])
async def test_a_name_is_seen_and_reads_as_it_is_written(patient: Person, name: str) -> None:
    answer = await patient.patch("/api/account", json={"name": name})

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/name"]


async def test_a_name_may_hold_joiners_of_its_script(patient: Person) -> None:
    for name in ("نیلوفر می\u200cخواند", "M. K.", "👩\u200d🔬"):
        assert (await patient.patch("/api/account", json={"name": name})).status_code == 200


@pytest.mark.parametrize(
    ("fault", "pointer"),
    [
        ({"email": "nobody"}, "/email"),
        ({"email": "a@b"}, "/email"),
        ({"email": "a b@example.org"}, "/email"),
        ({"email": "mara@example.org\n"}, "/email"),
        ({"email": "a@b@example.org"}, "/email"),
        ({"email": f"{'x' * 250}@example.org"}, "/email"),
        ({"email": None}, "/email"),
        ({"password": "short enough 1"}, "/password"),
        ({"password": "x" * 1001}, "/password"),
        ({"password": 123456789012345}, "/password"),
        ({"role": "operator"}, "/role"),
        ({"name": ""}, "/name"),
        ({"name": " \t "}, "/name"),
        ({"name": "x" * 101}, "/name"),
        ({"name": "half \ud800"}, "/name"),
        ({"name": "nul \0"}, "/name"),
        ({"zone": "Europe/Atlantis"}, "/zone"),
        ({"zone": "../../etc/passwd"}, "/zone"),
        ({"adult": False}, "/adult"),
        ({"adult": 1}, "/adult"),
        ({"is_admin": True}, "/is_admin"),
    ],
)
async def test_each_fault_of_a_registration_is_named(nobody: Person, fault: dict[str, Any], pointer: str) -> None:
    body = json.dumps(NEW | fault)  # keeps lone surrogates, as escapes

    answer = await nobody.post("/api/accounts", content=body, headers={"content-type": "application/json"})

    assert answer.status_code == 422, answer.text
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert (await _rows_of("account")) == []


async def test_all_faults_are_named_at_once(nobody: Person) -> None:
    answer = await nobody.post("/api/accounts", json={"email": "nobody", "password": "x", "role": "king", "more": 1})

    pointers = sorted(error["pointer"] for error in answer.json()["errors"])
    assert answer.status_code == 422
    assert pointers == ["/adult", "/email", "/more", "/name", "/password", "/role", "/zone"]


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword",
        "Password12345678",
        "qwertyuiopasdfgh",
        "aaaaaaaaaaaaaaaaaaaa",
        "123456789012345678",
        "abcdefghijklmnop",
        "interlude-interlude",
        "mara.kindler@example.org",
        "mara.kindler2026",
    ],
)
async def test_a_password_that_is_tried_first_is_refused(nobody: Person, password: str) -> None:
    answer = await nobody.post("/api/accounts", json=NEW | {"password": password})

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/password"]


async def test_an_address_belongs_to_one_account_however_it_is_written(cast: Cast, nobody: Person) -> None:
    other = await cast.nobody()
    await nobody.post("/api/accounts", json=NEW)

    answer = await other.post("/api/accounts", json=NEW | {"email": "mara.KINDLER@Example.ORG", "role": "therapist"})

    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/address-taken"
    assert "set-cookie" not in answer.headers
    assert len(await _rows_of("account")) == 1


async def test_of_registrations_at_the_same_moment_one_wins(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    async def at_once(password: str) -> str:
        return "a hash that took no time, so that all meet at the database"

    monkeypatch.setattr(passwords, "hashed", at_once)
    people = [await cast.nobody() for _ in range(6)]

    answers = await asyncio.gather(*(person.post("/api/accounts", json=NEW) for person in people))

    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409, 409]
    assert len(await _rows_of("account")) == 1


async def test_only_the_invited_may_register_where_the_operator_said_so(app: Starlette, nobody: Person) -> None:
    app.state.settings = replace(app.state.settings, registration="invited")

    answer = await nobody.post("/api/accounts", json=NEW)

    assert answer.status_code == 403
    assert answer.json()["type"] == "/problems/registration-closed"
    assert (await _rows_of("account")) == []


async def test_name_zone_and_the_turn_of_the_day_can_be_changed(patient: Person) -> None:
    wanted = {"name": "M. K.", "zone": "America/New_York", "day_starts_at": "03:30", "language": "de"}

    answer = await patient.patch("/api/account", json=wanted)

    assert answer.status_code == 200
    assert {name: answer.json()[name] for name in wanted} == wanted
    assert (await patient.get("/api/account")).json() == answer.json()


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"name": "  "}, "/name"),
        ({"name": None}, "/name"),
        ({"zone": "Mars/Olympus"}, "/zone"),
        ({"day_starts_at": "24:00"}, "/day_starts_at"),
        ({"day_starts_at": "4:00"}, "/day_starts_at"),
        ({"language": "de\n"}, "/language"),
        ({"language": "klingon"}, "/language"),
        ({"role": "therapist"}, "/role"),
        ({"email": "new@example.org"}, "/email"),
        ({"id": "1"}, "/id"),
    ],
)
async def test_a_faulty_change_of_an_account_changes_nothing(patient: Person, change: Any, pointer: str) -> None:
    before = (await patient.get("/api/account")).json()

    answer = await patient.patch("/api/account", json={"zone": "UTC"} | change)

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert (await patient.get("/api/account")).json() == before


async def test_erasing_needs_the_password(patient: Person) -> None:
    answer = await patient.request("DELETE", "/api/account", json={"password": "not the password"})

    assert answer.status_code == 401
    assert answer.json()["type"] == "/problems/wrong-credentials"
    assert (await patient.get("/api/account")).status_code == 200


async def test_erasing_leaves_neither_a_row_nor_a_key(patient: Person, stranger: Person) -> None:
    record = await patient.keep(note="first")
    await patient.sync(patient.change(record_id=record["id"], base=1, note="second"))
    await patient.enrol()
    await stranger.keep(note="stays")
    before = await tables_that_name(patient.id)

    answer = await patient.request("DELETE", "/api/account", json={"password": PASSWORD})

    again = await patient.post("/api/sign-ins", json={"email": patient.email, "password": PASSWORD})
    assert answer.status_code == 204
    assert before >= {"account", "sign_in", "factor", "recovery_code", "record", "record_version", "record_change"}
    assert await tables_that_name(patient.id) == AFTERWARDS
    assert (again.status_code, again.json()["type"]) == (401, "/problems/wrong-credentials")
    assert (await patient.get("/api/account")).status_code == 401
    with pytest.raises(Unavailable):
        await vault.key_of(patient.id)
    assert (await stranger.sync())["records"][0]["values"]["note"] == "stays"


async def test_an_erased_address_may_be_used_anew(patient: Person, nobody: Person) -> None:
    await patient.request("DELETE", "/api/account", json={"password": PASSWORD})

    answer = await nobody.post("/api/accounts", json=NEW | {"email": patient.email})

    assert answer.status_code == 201
    assert (await nobody.sync())["records"] == []


async def test_a_request_that_an_erasure_overtakes_is_not_signed_in(app: Starlette, patient: Person) -> None:
    admit = app.state.admit

    async def overtaken(request: Any, who: Any) -> None:
        await admit(request, who)
        app.state.admit = admit
        async with Person(app, patient.clock) as elsewhere:
            await elsewhere.post("/api/sign-ins", json={"email": patient.email, "password": PASSWORD})
            await elsewhere.request("DELETE", "/api/account", json={"password": PASSWORD})

    app.state.admit = overtaken

    answer = await patient.get("/api/account")

    assert answer.status_code == 401, answer.text


async def _rows_of(table: str) -> list[Any]:
    """All rows of one of the app's tables."""
    return next(rows for name, rows in (await everything()).items() if name in (table, f"public.{table}"))
