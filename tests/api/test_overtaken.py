"""An account's requests that overtake each other: each writes what it was asked to, and an erasure stays one."""

from typing import Any

import pytest

from server.accounts import service as accounts
from server.accounts.models import Account
from server.accounts.person import person_of
from server.database import service as database
from tests.api.test_accounts import AFTERWARDS
from tests.people import Person
from tests.tables import tables_that_name


@pytest.mark.parametrize("change", [{"name": "M. K."}, {"day_starts_at": "03:30"}])
async def test_a_change_does_not_take_back_an_erasure_that_was_begun_meanwhile(
    patient: Person, monkeypatch: pytest.MonkeyPatch, change: dict[str, Any]
) -> None:
    _after_its_look(monkeypatch, "UPDATE account SET erasing_at = 1 WHERE id = ?1")

    answer = await patient.patch("/api/account", json=change)

    assert answer.status_code == 401, answer.text


async def test_a_change_leaves_alone_what_another_request_changed_meanwhile(
    patient: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    _after_its_look(monkeypatch, "UPDATE account SET zone = 'America/Lima', password_hash = 'newer' WHERE id = ?1")

    answer = await patient.patch("/api/account", json={"name": "M. K."})

    kept = await _row(patient.id)
    assert (answer.json()["name"], answer.json()["zone"]) == ("M. K.", "America/Lima")
    assert (kept.zone, kept.password_hash) == ("America/Lima", "newer")


async def test_an_erasure_finishes_its_own_whatever_else_is_to_be_erased(
    patient: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nobody() -> list[str]:
        return []

    monkeypatch.setattr(accounts, "_erasing", nobody)

    answer = await patient.erase()

    assert answer.status_code == 204
    assert await tables_that_name(patient.id) == AFTERWARDS


def _after_its_look(monkeypatch: pytest.MonkeyPatch, statement: str) -> None:
    """Lets `statement` stand in the database once the change of an account has read the row."""

    async def overtaken(account_id: str) -> Account:
        seen = await person_of(account_id)
        monkeypatch.setattr(accounts, "person_of", person_of)
        await database.execute(statement, account_id)
        return seen

    monkeypatch.setattr(accounts, "person_of", overtaken)


@database.reading
async def _row(account_id: str) -> Account:
    return await Account.get(id=account_id)
