"""The door: making, changing and erasing an account; sign-ins and factors from their rooms."""

from collections.abc import Awaitable, Callable
from datetime import datetime, time

import msgspec

from server.accounts import passwords, throttle
from server.accounts.factors import confirm, enrol, has_factor
from server.accounts.models import Account, SignIn
from server.accounts.person import AccountAnswer, answer_of, name_of, person_of, read, sealed_person
from server.accounts.rules import AccountChanges, AddressTaken, NewAccount, changed_account_faults, new_account_faults
from server.accounts.sign_ins import (
    SignInAnswer,
    at_lockdown,
    authenticated,
    end_sign_in,
    lock_down,
    sign_in,
    sign_ins,
    when_signed_out,
)
from server.accounts.step_ups import require_password
from server.audit import service as audit
from server.base.clock import milliseconds
from server.base.errors import Invalid, Unauthenticated
from server.base.ids import uuid7
from server.database import service as database
from server.vault import service as vault

__all__ = [
    "AccountAnswer", "NewAccount", "SignInAnswer", "at_lockdown", "authenticated", "before_erasing", "change",
    "confirm", "end_sign_in", "enrol", "erase", "exist", "finish_erasures", "has_factor", "lock_down", "name_of",
    "read", "register", "sign_in", "sign_ins", "sweep", "when_days_turn", "when_signed_out",
]  # fmt: skip

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
        sealed=await sealed_person(account_id, body.name.strip(), body.email),
        password_hash=password_hash,
        zone=body.zone,
        created_at=milliseconds(now),
    )
    await audit.record(await vault.key_of(account_id), "registered", account_id, {}, now)
    return await answer_of(account)


@database.transaction
async def change(account_id: str, body: AccountChanges, now: datetime) -> AccountAnswer:
    """Changes name, zone, the hour at which days turn, language.

    Raises Invalid, and Unauthenticated where an erasure overtook the request.
    """
    if faults := changed_account_faults(body):
        raise Invalid(*faults)
    account, changed = await person_of(account_id), msgspec.to_builtins(body)
    if not changed:
        return await answer_of(account)
    columns = dict(changed)  # these alone are written: whatever else stands in the row may be another request's
    if "name" in columns:
        name = columns.pop("name").strip()
        columns["sealed"] = await sealed_person(account_id, name, (await answer_of(account)).email)
    if not await Account.filter(id=account_id, erasing_at__isnull=True).update(**columns):
        raise Unauthenticated()
    if "day_starts_at" in changed:
        for verb in _when_days_turn:
            await verb(account_id, time.fromisoformat(changed["day_starts_at"]))
    key, fields = await vault.key_of(account_id), sorted(changed)
    await audit.record(key, "account_changed", account_id, {"fields": fields}, now)
    return await answer_of(await person_of(account_id))


async def erase(account_id: str, password: str, limited: bool, now: datetime) -> None:
    """Erases a person: first the key, so that nothing of theirs can be read, then the rows.

    Raises WrongCredentials, TooMany.
    """
    if limited:  # whoever holds an open phone must not find the password here
        await throttle.count(f"erase {account_id}", throttle.ERASE_ACCOUNT, now)
    await require_password(account_id, password)
    await _prepare_erasing(account_id, now)
    await _finish_erasing(account_id)


@database.reading
async def exist() -> bool:
    """Whether there is any account."""
    return await Account.exists()


async def finish_erasures() -> None:
    """Ends every erasure that was begun and cut short: at the next start, and at the next sweep."""
    for account_id in await _erasing():
        await _finish_erasing(account_id)


async def sweep(now: datetime) -> None:
    """Housekeeping: finishes erasures, removes sign-ins whose time is over, and counts of tries."""
    await finish_erasures()
    await _sweep_sign_ins(now)
    await throttle.sweep(now)


@database.transaction
async def _sweep_sign_ins(now: datetime) -> None:
    await SignIn.filter(expires_at__lte=milliseconds(now)).delete()


async def _finish_erasing(account_id: str) -> None:
    await vault.destroy_key(account_id)
    await _remove(account_id)
    await database.checkpoint()


@database.reading
async def _erasing() -> list[str]:
    return [str(row["id"]) for row in await database.fetch("SELECT id FROM account WHERE erasing_at IS NOT NULL")]


@database.transaction
async def _prepare_erasing(account_id: str, now: datetime) -> None:
    for verb in _before_erasing:
        await verb(account_id, now)
    begun = await Account.filter(id=account_id, erasing_at__isnull=True).update(erasing_at=milliseconds(now))
    if not begun:  # another request was faster, and erases already
        raise Unauthenticated()
    await SignIn.filter(account_id=account_id).delete()
    await audit.end(account_id, now)


@database.transaction
async def _remove(account_id: str) -> None:
    await Account.filter(id=account_id).delete()
