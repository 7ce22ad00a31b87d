"""Proving again who one is, on a device that is signed in: what opens a diary or an account further asks for it."""

from datetime import datetime

from server.accounts import passwords, throttle
from server.accounts.factors import require_code
from server.accounts.models import SignIn
from server.accounts.person import person_of
from server.accounts.rules import Proof, WrongCredentials
from server.audit import service as audit
from server.base.clock import milliseconds
from server.base.errors import Fault, Invalid, Unauthenticated
from server.database import service as database
from server.vault import service as vault


async def step_up(account_id: str, sign_in_id: str, proof: Proof, limited: bool, now: datetime) -> None:
    """Takes a password, a code of a second factor, or both, as a proof that is good for five minutes.

    Raises Invalid where neither is given, WrongCredentials, TooMany.
    """
    if not proof.password and not proof.code:
        raise Invalid(Fault("/password", "is needed, or a code"))
    if limited:  # whoever holds an open phone must not find the password here
        await throttle.count(f"step-up {account_id}", throttle.STEP_UP_ACCOUNT, now)
    if isinstance(proof.password, str):
        await require_password(account_id, proof.password)
    if isinstance(proof.code, str):
        await require_code(account_id, proof.code, "step-up", limited, now)
    await _proved(account_id, sign_in_id, now)
    await throttle.forget(f"step-up {account_id}")


async def require_password(account_id: str, password: str) -> None:
    """Raises WrongCredentials unless it is the person's own."""
    if not await passwords.is_right(await _stored(account_id), password):
        raise WrongCredentials("The password is not right")


@database.reading
async def _stored(account_id: str) -> str:
    return (await person_of(account_id)).password_hash


@database.transaction
async def _proved(account_id: str, sign_in_id: str, now: datetime) -> None:
    if not await SignIn.filter(id=sign_in_id, account_id=account_id).update(proved_at=milliseconds(now)):
        raise Unauthenticated()  # the device was signed out meanwhile
    await audit.record(await vault.key_of(account_id), "stepped_up", account_id, {}, now)
