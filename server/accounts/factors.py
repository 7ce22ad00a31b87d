"""Second factors by time-based codes, and the recovery codes that replace a lost one."""

import secrets
from datetime import datetime

import msgspec
import pyotp

from server.accounts import throttle
from server.accounts.models import Factor, RecoveryCode
from server.accounts.rules import StepUpNeeded, WrongCredentials, is_fresh, is_guessable, matching_step, normal_code
from server.audit import service as audit
from server.base.clock import milliseconds
from server.base.errors import Fault, Invalid, NotFound, TooMany
from server.base.ids import secret_hash, uuid7
from server.database import service as database
from server.vault import service as vault

TABLE = "factor"
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that reads like something else
_CODES = 10


class Enrolment(msgspec.Struct):
    """What an authenticator app needs, shown once."""

    id: str
    secret: str
    otpauth: str


class RecoveryCodes(msgspec.Struct):
    """Codes to keep on paper; each replaces a lost factor once."""

    recovery_codes: list[str]


@database.reading
async def has_factor(account_id: str) -> bool:
    """Whether a person has a confirmed second factor."""
    return await Factor.exists(account_id=account_id, confirmed_at__isnull=False)


@database.transaction
async def enrol(account_id: str, mail: str, proved_at: datetime, now: datetime) -> Enrolment:
    """Starts a second factor; it counts once confirmed. Raises StepUpNeeded from a proof over 5 minutes old.

    Else whoever holds an unlocked phone could lock its owner out.
    """
    if not is_fresh(now, proved_at):
        raise StepUpNeeded()
    key = await vault.key_of(account_id)
    factor_id, secret = uuid7(), pyotp.random_base32()
    await Factor.filter(account_id=account_id, confirmed_at__isnull=True).delete()
    await Factor.create(
        id=factor_id,
        account_id=account_id,
        sealed=key.seal(TABLE, factor_id, 0, secret.encode()),
        created_at=milliseconds(now),
    )
    return Enrolment(factor_id, secret, pyotp.TOTP(secret).provisioning_uri(name=mail, issuer_name="Interlude"))


@database.transaction
async def confirm(account_id: str, factor_id: str, code: str, now: datetime) -> RecoveryCodes:
    """Confirms a started factor by its first code, in place of any before it. Raises NotFound, Invalid."""
    factor = await Factor.filter(id=factor_id, account_id=account_id, confirmed_at__isnull=True).first()
    if factor is None:
        raise NotFound()
    step = matching_step(await _secret(factor), code, now, factor.last_step)
    if step is None:
        raise Invalid(Fault("/code", "is not the code that the app shows now"))
    await Factor.filter(account_id=account_id).exclude(id=factor_id).delete()
    await Factor.filter(id=factor_id).update(confirmed_at=milliseconds(now), last_step=step)
    await RecoveryCode.filter(account_id=account_id).delete()
    codes = ["-".join("".join(secrets.choice(_ALPHABET) for _ in range(5)) for _ in range(3)) for _ in range(_CODES)]
    await database.execute_many(
        "INSERT INTO recovery_code (account_id, code_hash) VALUES (?1, ?2)",
        [(account_id, secret_hash(normal_code(code))) for code in codes],
    )
    await audit.record(await vault.key_of(account_id), "factor_added", account_id, {"kind": "totp"}, now)
    return RecoveryCodes(codes)


async def require_code(account_id: str, code: str, place: str, limited: bool, now: datetime) -> None:
    """Uses up `code`, where ten wrong ones a day are too many; `place` has a count of its own.

    A recovery code can't be guessed: it works still where the count is full. Raises WrongCredentials, TooMany.
    """
    name, told = f"{place} code {account_id}", True
    if limited:
        try:
            await throttle.count(name, throttle.CODE_ACCOUNT, now)
        except TooMany:
            if is_guessable(code):
                raise
            told = False  # an event for each would push what its person should read out of sight
    if not await use_code(account_id, code, now):
        if told:
            await _tell_wrong(account_id, now)
        raise WrongCredentials("The code is not right, or was used before")
    if limited:
        await throttle.take_back(name)


@database.transaction
async def use_code(account_id: str, code: str, now: datetime) -> bool:
    """Whether `code` is right just now; one that is right is used up."""
    for factor in await Factor.filter(account_id=account_id, confirmed_at__isnull=False):
        step = matching_step(await _secret(factor), code, now, factor.last_step)
        if step is not None and await Factor.filter(id=factor.id, last_step__lt=step).update(last_step=step):
            return True
    used = await RecoveryCode.filter(
        account_id=account_id, code_hash=secret_hash(normal_code(code)), used_at__isnull=True
    ).update(used_at=milliseconds(now))
    if used:
        await audit.record(await vault.key_of(account_id), "recovery_code_used", account_id, {}, now)
    return bool(used)


@database.transaction
async def _tell_wrong(account_id: str, now: datetime) -> None:
    await audit.record(await vault.key_of(account_id), "wrong_code", account_id, {}, now)


async def _secret(factor: Factor) -> str:
    account_id = str(factor.account_id)  # type: ignore[attr-defined]
    return (await vault.key_of(account_id)).open(TABLE, str(factor.id), 0, factor.sealed).decode()
