"""Passwords cost what OWASP says they should, whether or not anybody has that address; older hashes are renewed."""

import asyncio

import httpx
import pytest
from argon2 import PasswordHasher

from server.accounts import passwords
from server.accounts.models import Account
from server.database import service as database
from tests.people import PASSWORD, Person

_IN_EARNEST = passwords._hasher
_COSTS = "$argon2id$v=19$m=19456,t=2,p=1"


@pytest.fixture
def in_earnest(monkeypatch: pytest.MonkeyPatch) -> PasswordHasher:
    """Passwords cost what they cost people."""
    monkeypatch.setattr(passwords, "_hasher", _IN_EARNEST)
    return _IN_EARNEST


@pytest.mark.parametrize("is_known", [True, False])
async def test_the_password_is_worked_on_once_whether_or_not_the_address_is_known(
    monkeypatch: pytest.MonkeyPatch, in_earnest: PasswordHasher, patient: Person, nobody: Person, is_known: bool
) -> None:
    worked: list[str] = []

    class Counting:
        """Does the work, and keeps the parameters it was done with."""

        def verify(self, stored: str, password: str) -> bool:
            worked.append(stored.rpartition("$")[0].rpartition("$")[0])
            return in_earnest.verify(stored, password)

    monkeypatch.setattr(passwords, "_hasher", Counting())

    answer = await _sign_in(nobody, patient.email if is_known else "nobody@example.org", "not the password of Mara")

    assert answer.status_code == 401
    assert worked == [_COSTS]


@pytest.mark.usefixtures("in_earnest")
async def test_an_older_hash_is_renewed_at_sign_in(patient: Person, nobody: Person) -> None:
    weak = await asyncio.to_thread(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash, PASSWORD)
    await _store_hash(patient.id, weak)

    answer = await _sign_in(nobody, patient.email, PASSWORD)

    assert answer.status_code == 201
    assert (await _stored_hash(patient.id)).startswith(f"{_COSTS}$")
    assert (await _sign_in(nobody, patient.email, PASSWORD)).status_code == 201


async def _sign_in(person: Person, email: str, password: str) -> httpx.Response:
    return await person.post("/api/sign-ins", json={"email": email, "password": password})


@database.transaction
async def _store_hash(account_id: str, stored: str) -> None:
    await Account.filter(id=account_id).update(password_hash=stored)


@database.reading
async def _stored_hash(account_id: str) -> str:
    return (await Account.get(id=account_id)).password_hash
