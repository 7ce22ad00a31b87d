"""Signing in and out: credentials to an account, a device to a sign-in."""

from collections.abc import Awaitable, Callable
from datetime import datetime

import msgspec

from server.accounts import known_devices, passwords, throttle
from server.accounts.factors import has_factor, require_code
from server.accounts.models import Account, SignIn
from server.accounts.person import AccountAnswer, answer_of, person_of
from server.accounts.rules import ABSOLUTE, CodeNeeded, Credentials, WrongCredentials, is_living
from server.audit import service as audit
from server.base.clock import instant_of, milliseconds, wire_instant
from server.base.errors import NotFound, Unauthenticated
from server.base.ids import new_secret, secret_hash, uuid7
from server.database import service as database
from server.vault import service as vault

TABLE = "sign_in"

_when_signed_out: list[Callable[[str, str], Awaitable[None]]] = []
_at_lockdown: list[Callable[[str, str, datetime], Awaitable[None]]] = []


def when_signed_out(verb: Callable[[str, str], Awaitable[None]]) -> None:
    """Hands in a verb of a higher floor that runs where a person's sign-in is ended: account, sign-in."""
    _when_signed_out[:] = [*(known for known in _when_signed_out if known is not verb), verb]


def at_lockdown(verb: Callable[[str, str, datetime], Awaitable[None]]) -> None:
    """Hands in a verb of a higher floor that ends what else opens an account: account, the sign-in that stays, now."""
    _at_lockdown[:] = [*(known for known in _at_lockdown if known is not verb), verb]


class SignInAnswer(msgspec.Struct):
    """One device that is signed in. `current` is the one that asks."""

    id: str
    device: str
    created_at: str
    seen_at: str
    expires_at: str
    current: bool


async def authenticated(body: Credentials, network: str | None, mark: str, limited: bool, now: datetime) -> str:
    """The id of the account whose credentials these are, alike in bytes and time for known and unknown addresses.

    `mark` is what the device keeps of an earlier sign-in. Raises WrongCredentials, CodeNeeded, TooMany.
    """
    mine, there = f"sign-in {body.email.strip().lower()}", throttle.network_of(network)
    known = known_devices.number_of(mark, body.email)  # has tries of its own, which no stranger can use up
    own = f"{mine} device {known}" if known else f"{mine} {there}"
    if limited and not known:  # the network first: one that is refused counts against nobody else
        await throttle.count(f"sign-in {there}", throttle.SIGN_IN_NETWORK, now)
    if limited:
        await throttle.count(own, throttle.SIGN_IN_ACCOUNT_NETWORK, now)
    if limited and not known:
        await throttle.count(mine, throttle.SIGN_IN_ACCOUNT, now)
    found = await _by_mail(body.email)
    if not await passwords.is_right(found[1] if found else None, body.password) or found is None:
        raise WrongCredentials()
    account_id, stored = found
    if await has_factor(account_id):
        if not isinstance(body.code, str) or not body.code:
            raise CodeNeeded()
        await require_code(account_id, body.code, "sign-in", limited, now)
    if passwords.is_outdated(stored):
        await _rehash(account_id, stored, await passwords.hashed(body.password))
    for name in (mine, own):
        await throttle.forget(name)
    return account_id


@database.transaction
async def sign_in(account_id: str, device: str, now: datetime) -> tuple[AccountAnswer, str, int]:
    """Signs a device in; answers the account, the secret for its cookie, and how long it lives (seconds)."""
    account = await person_of(account_id)
    key = await vault.key_of(account_id)
    token, sign_in_id, at = new_secret(), uuid7(), milliseconds(now)
    lives = ABSOLUTE[account.role]
    await SignIn.create(
        id=sign_in_id,
        account_id=account_id,
        token_hash=secret_hash(token),
        sealed=key.seal(TABLE, sign_in_id, 0, device.encode("utf-8", "replace")),
        created_at=at,
        seen_at=at,
        expires_at=milliseconds(now + lives),
    )
    await audit.record(await vault.key_of(account_id), "signed_in", account_id, {"device": device}, now)
    return await answer_of(account), token, int(lives.total_seconds())


@database.reading
async def sign_ins(account_id: str, current: str, now: datetime) -> list[SignInAnswer]:
    """The devices that are signed in, newest first."""
    role, key = (await person_of(account_id)).role, await vault.key_of(account_id)
    rows = await SignIn.filter(account_id=account_id).order_by("-created_at")
    return [
        SignInAnswer(
            str(row.id),
            key.open(TABLE, str(row.id), 0, row.sealed).decode(),
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
    for verb in _when_signed_out:
        await verb(account_id, sign_in_id)
    await audit.record(await vault.key_of(account_id), "signed_out", account_id, {}, now)


@database.transaction
async def require_signed_in(sign_in_id: str) -> None:
    """Raises Unauthenticated where a device was signed out while its request waited.

    Whoever ends the device waits for the verb that asked this, and finds what it opened.
    """
    if await database.fetch_one(f"SELECT id FROM sign_in WHERE id = ?1{database.for_share()}", sign_in_id) is None:
        raise Unauthenticated()


@database.transaction
async def lock_down(account_id: str, current: str, now: datetime) -> None:
    """Ends whatever opens an account beside the sign-in that asks: all of it or nothing. Again does no harm.

    Raises Unauthenticated where that sign-in was ended itself.
    """
    await require_signed_in(current)
    ended = await SignIn.filter(account_id=account_id).exclude(id=current).delete()
    for verb in _at_lockdown:
        await verb(account_id, current, now)
    await audit.record(await vault.key_of(account_id), "locked_down", account_id, {"signed_out": ended}, now)


@database.reading
async def _by_mail(mail: str) -> tuple[str, str] | None:
    account = await Account.filter(mail_index=vault.mail_index(mail), erasing_at__isnull=True).first()
    return (str(account.id), account.password_hash) if account else None


@database.transaction
async def _rehash(account_id: str, stored: str, password_hash: str) -> None:
    """Only in place of the hash that was looked at: a password that was changed meanwhile stays."""
    await Account.filter(id=account_id, password_hash=stored).update(password_hash=password_hash)
