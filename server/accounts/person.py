"""A person's row: as it is kept sealed, and as its owner sees it."""

from typing import Any, Literal

import msgspec

from server.accounts.models import Account
from server.base.clock import instant_of, wire_instant
from server.base.errors import Unauthenticated
from server.database import service as database
from server.vault import service as vault

TABLE = "account"


class AccountAnswer(msgspec.Struct):
    """An account as its owner sees it."""

    id: str
    role: Literal["patient", "therapist"]
    email: str
    name: str
    zone: str
    day_starts_at: str
    language: str
    created_at: str


@database.reading
async def read(account_id: str) -> AccountAnswer:
    """The account of a signed-in person."""
    return await answer_of(await person_of(account_id))


@database.reading
async def name_of(account_id: str) -> str:
    """The name a person goes by."""
    return (await answer_of(await person_of(account_id))).name


async def person_of(account_id: str) -> Account:
    """The row of somebody who was admitted. Raises Unauthenticated where an erasure overtook the request."""
    account = await Account.get_or_none(id=account_id)
    if account is None:
        raise Unauthenticated()
    return account


async def sealed_person(account_id: str, name: str, mail: str) -> bytes:
    """Name and mail, sealed."""
    key = await vault.key_of(account_id)
    return key.seal(TABLE, account_id, 0, msgspec.json.encode({"name": name, "email": mail}))


async def answer_of(account: Account) -> AccountAnswer:
    """The account as its owner sees it."""
    key = await vault.key_of(str(account.id))
    person: dict[str, Any] = msgspec.json.decode(key.open(TABLE, str(account.id), 0, account.sealed))
    return AccountAnswer(
        str(account.id),
        account.role,  # type: ignore[arg-type]
        person["email"],
        person["name"],
        account.zone,
        account.day_starts_at,
        account.language,
        wire_instant(instant_of(account.created_at)),
    )
