"""The door: accounts, sign-ins, and erasing a person."""

from collections.abc import Awaitable, Callable
from datetime import datetime, time
from typing import Any, Literal

import msgspec

from server.accounts import passwords, throttle
from server.accounts.factors import has_factor, use_code
from server.accounts.models import Account, SignIn
from server.accounts.rules import (
    ABSOLUTE,
    AccountChanges,
    AddressTaken,
    CodeNeeded,
    Credentials,
    NewAccount,
    WrongCredentials,
    changed_account_faults,
    is_living,
    new_account_faults,
)
from server.audit import service as audit
from server.base.clock import instant_of, milliseconds, wire_instant
from server.base.errors import Invalid, NotFound, Unauthenticated
from server.base.ids import new_secret, secret_hash, uuid7
from server.database import service as database
from server.vault import service as vault

__all__ = [
    "AccountAnswer", "SignInAnswer", "authenticated", "before_erasing", "change", "end_sign_in", "erase", "has_factor",
    "name_of", "read", "register", "sign_in", "sign_ins", "sweep", "when_days_turn",
]  # fmt: skip

TABLE, SIGN_IN_TABLE = "account", "sign_in"


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


class SignInAnswer(msgspec.Struct):
    """One device that is signed in. `current` is the one that asks."""

    id: str
    device: str
    created_at: str
    seen_at: str
    expires_at: str
    current: bool


_before_erasing: list[Callable[[str, datetime], Awaitable[None]]] = []
_when_days_turn: list[Callable[[str, time], Awaitable[None]]] = []


def before_erasing(verb: Callable[[str, datetime], Awaitable[None]]) -> None:
    """Hands in a verb of a higher floor that runs before an account is erased, and may refuse."""
    _before_erasing[:] = [*(known for known in _before_erasing if known is not verb), verb]


def when_days_turn(verb: Callable[[str, time], Awaitable[None]]) -> None:
    """Hands in a verb of a higher floor that runs where a person's days turn at another hour."""
    _when_days_turn[:] = [*(known for known in _when_days_turn if known is not verb), verb]


async def register(body: NewAccount, network: str | None, limited: bool, now: datetime) -> AccountAnswer:
    """Makes an account. Raises Invalid with every fault, AddressTaken, TooMany."""
    if faults := new_account_faults(body):
        raise Invalid(*faults)
    if limited:
        await throttle.count(f"register {throttle.network_of(network)}", throttle.REGISTER_NETWORK, now)
    account_id = uuid7()
    await vault.make_key(account_id)  # on disk before the first row; harmless where the address turns out to be taken
    password_hash = await passwords.hashed(body.password)
    try:
        return await _add(account_id, body, password_hash, now)
    except database.Conflict:  # the index decides, so that of two registrations at once one wins
        raise AddressTaken() from None


@database.transaction
async def _add(account_id: str, body: NewAccount, password_hash: str, now: datetime) -> AccountAnswer:
    account = await Account.create(
        id=account_id,
        role=body.role,
        mail_index=vault.mail_index(body.email),
        sealed=await _sealed(account_id, body.name.strip(), body.email),
        password_hash=password_hash,
        zone=body.zone,
        created_at=milliseconds(now),
    )
    await audit.record(await vault.key_of(account_id), "registered", account_id, {}, now)
    return await _answer(account)


async def authenticated(body: Credentials, network: str | None, limited: bool, now: datetime) -> str:
    """The id of the account whose credentials these are, alike in bytes and time for known and unknown addresses.

    Raises WrongCredentials, CodeNeeded, TooMany.
    """
    mine = f"sign-in {body.email.strip().lower()}"
    if limited:
        await throttle.count(mine, throttle.SIGN_IN_ACCOUNT, now)
        await throttle.count(f"sign-in {throttle.network_of(network)}", throttle.SIGN_IN_NETWORK, now)
    found = await _by_mail(body.email)
    if not await passwords.is_right(found[1] if found else None, body.password) or found is None:
        raise WrongCredentials()
    account_id, stored = found
    if await has_factor(account_id):
        if not isinstance(body.code, str) or not body.code:
            raise CodeNeeded()
        if not await use_code(account_id, body.code, now):
            raise WrongCredentials("The code is not right, or was used before")
    if passwords.is_outdated(stored):
        await _rehash(account_id, await passwords.hashed(body.password))
    await throttle.forget(mine)
    return account_id


@database.transaction
async def sign_in(account_id: str, device: str, now: datetime) -> tuple[AccountAnswer, str, int]:
    """Signs a device in; answers the account, the secret for its cookie, and how long it lives (seconds)."""
    account = await _person(account_id)
    key = await vault.key_of(account_id)
    token, sign_in_id, at = new_secret(), uuid7(), milliseconds(now)
    lives = ABSOLUTE[account.role]
    await SignIn.create(
        id=sign_in_id,
        account_id=account_id,
        token_hash=secret_hash(token),
        sealed=key.seal(SIGN_IN_TABLE, sign_in_id, 0, device.encode("utf-8", "replace")),
        created_at=at,
        seen_at=at,
        expires_at=milliseconds(now + lives),
    )
    await audit.record(await vault.key_of(account_id), "signed_in", account_id, {"device": device}, now)
    return await _answer(account), token, int(lives.total_seconds())


@database.reading
async def sign_ins(account_id: str, current: str, now: datetime) -> list[SignInAnswer]:
    """The devices that are signed in, newest first."""
    role, key = (await _person(account_id)).role, await vault.key_of(account_id)
    rows = await SignIn.filter(account_id=account_id).order_by("-created_at")
    return [
        SignInAnswer(
            str(row.id),
            key.open(SIGN_IN_TABLE, str(row.id), 0, row.sealed).decode(),
            wire_instant(instant_of(row.created_at)),
            wire_instant(instant_of(row.seen_at)),
            wire_instant(instant_of(row.expires_at)),
            str(row.id) == current,
        )
        for row in rows
        if is_living(role, now, instant_of(row.created_at), instant_of(row.seen_at))
    ]


@database.transaction
async def end_sign_in(account_id: str, sign_in_id: str, now: datetime) -> None:
    """Signs a device out. Raises NotFound where the person has no such device."""
    if not await SignIn.filter(id=sign_in_id, account_id=account_id).delete():
        raise NotFound()
    await audit.record(await vault.key_of(account_id), "signed_out", account_id, {}, now)


@database.reading
async def read(account_id: str) -> AccountAnswer:
    """The account of a signed-in person."""
    return await _answer(await _person(account_id))


@database.reading
async def name_of(account_id: str) -> str:
    """The name a person goes by."""
    return (await _answer(await _person(account_id))).name


@database.transaction
async def change(account_id: str, body: AccountChanges, now: datetime) -> AccountAnswer:
    """Changes name, zone, the hour at which days turn, language. Raises Invalid."""
    if faults := changed_account_faults(body):
        raise Invalid(*faults)
    account = await _person(account_id)
    changed = msgspec.to_builtins(body)
    if "name" in changed:
        account.sealed = await _sealed(account_id, changed.pop("name").strip(), (await _answer(account)).email)
    for name, value in changed.items():
        setattr(account, name, value)
    await account.save()
    if "day_starts_at" in changed:
        for verb in _when_days_turn:
            await verb(account_id, time.fromisoformat(account.day_starts_at))
    await audit.record(await vault.key_of(account_id), "account_changed", account_id, {"fields": sorted(msgspec.to_builtins(body))}, now)
    return await _answer(account)


async def erase(account_id: str, password: str, now: datetime) -> None:
    """Erases a person: first the key, so that nothing of theirs can be read, then the rows. Raises WrongCredentials."""
    if not await passwords.is_right(await _password_hash(account_id), password):
        raise WrongCredentials("The password is not right")
    await _prepare_erasing(account_id, now)
    await vault.destroy_key(account_id)
    await _remove(account_id)
    await database.checkpoint()


@database.transaction
async def sweep(now: datetime) -> None:
    """Housekeeping: removes sign-ins whose time is over, and counts of tries."""
    await SignIn.filter(expires_at__lte=milliseconds(now)).delete()
    await throttle.sweep(now)


@database.transaction
async def _prepare_erasing(account_id: str, now: datetime) -> None:
    for verb in _before_erasing:
        await verb(account_id, now)
    await audit.end(account_id, now)


@database.transaction
async def _remove(account_id: str) -> None:
    await Account.filter(id=account_id).delete()


async def _person(account_id: str) -> Account:
    """The row of somebody who was admitted. Raises Unauthenticated where an erasure overtook the request."""
    account = await Account.get_or_none(id=account_id)
    if account is None:
        raise Unauthenticated()
    return account


@database.reading
async def _by_mail(mail: str) -> tuple[str, str] | None:
    account = await Account.filter(mail_index=vault.mail_index(mail)).first()
    return (str(account.id), account.password_hash) if account else None


@database.reading
async def _password_hash(account_id: str) -> str:
    return (await _person(account_id)).password_hash


@database.transaction
async def _rehash(account_id: str, password_hash: str) -> None:
    await Account.filter(id=account_id).update(password_hash=password_hash)


async def _sealed(account_id: str, name: str, mail: str) -> bytes:
    key = await vault.key_of(account_id)
    return key.seal(TABLE, account_id, 0, msgspec.json.encode({"name": name, "email": mail}))


async def _answer(account: Account) -> AccountAnswer:
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
