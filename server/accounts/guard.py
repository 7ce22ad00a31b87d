"""Who is asking: from the cookie to an Asker, and the checks by role."""

from collections.abc import Awaitable, Callable
from datetime import datetime, time
from typing import TypeVar

import msgspec
from starlette.requests import Request

from server.accounts.rules import SEEN_STEP, OtherAccount, StepUpNeeded, WrongRole, is_fresh, is_living
from server.accounts.sign_ins import require_signed_in
from server.base import web
from server.base.clock import instant_of, milliseconds
from server.base.errors import Unauthenticated
from server.base.ids import secret_hash
from server.base.settings import Settings
from server.base.web import Who
from server.database import service as database

T = TypeVar("T")
SPEAKER = "interlude-account"  # whom a device takes itself for; optional


class Asker(msgspec.Struct, frozen=True):
    """A signed-in person, as of this request."""

    account_id: str
    role: str
    zone: str
    day_starts_at: time
    sign_in_id: str
    signed_in_at: datetime
    proved_at: datetime


def cookie_name(settings: Settings) -> str:
    """`__Host-interlude`, or `interlude` over plain http on this machine, where a Secure cookie can't be."""
    return "__Host-interlude" if settings.is_secure else "interlude"


async def admit(request: Request, who: Who) -> None:
    """Finds out who is asking and keeps it for the route. Raises Unauthenticated, OtherAccount, WrongRole."""
    token = web.cookie(request, cookie_name(request.app.state.settings))
    asker = await _asker(token, web.now(request)) if token else None
    if asker is None:
        raise Unauthenticated()
    request.state.asker = asker
    if web.header(request, SPEAKER, asker.account_id) != asker.account_id:
        raise OtherAccount()
    if who not in ("account", asker.role):
        raise WrongRole()


def account(request: Request) -> Asker:
    """Whoever is signed in."""
    asker: Asker | None = getattr(request.state, "asker", None)
    if asker is None:
        raise Unauthenticated()
    return asker


def patient(request: Request) -> Asker:
    """The signed-in patient. Raises WrongRole for a therapist."""
    return _in_role(request, "patient")


def therapist(request: Request) -> Asker:
    """The signed-in therapist. Raises WrongRole for a patient."""
    return _in_role(request, "therapist")


def is_proved(asker: Asker, now: datetime) -> bool:
    """Whether the last sign-in or proof on this device is less than five minutes old."""
    return is_fresh(now, asker.proved_at)


def require_proof(asker: Asker, now: datetime) -> None:
    """Raises StepUpNeeded without one: else whoever holds an unlocked phone could open its diary to somebody."""
    if not is_proved(asker, now):
        raise StepUpNeeded()


@database.transaction
async def while_signed_in(asker: Asker, verb: Callable[[], Awaitable[T]]) -> T:
    """What `verb` answers, which opens something: in one transaction with the look whether this device still may.

    Raises Unauthenticated where a lockdown or a sign-out overtook the request.
    """
    await require_signed_in(asker.sign_in_id)
    return await verb()


def _in_role(request: Request, role: str) -> Asker:
    asker = account(request)
    if asker.role != role:
        raise WrongRole()
    return asker


async def _asker(token: str, at: datetime) -> Asker | None:
    found = await _sign_in(secret_hash(token))
    if found is None:
        return None
    asker, seen_at = found
    if not is_living(asker.role, at, asker.signed_in_at, seen_at):
        return None
    if at - seen_at >= SEEN_STEP[asker.role]:
        await _seen(asker.sign_in_id, at)
    return asker


@database.glance
async def _sign_in(token_hash: str) -> tuple[Asker, datetime] | None:
    row = await database.fetch_one(
        "SELECT s.id, s.account_id, s.created_at, s.seen_at, s.proved_at, a.role, a.zone, a.day_starts_at"
        " FROM sign_in s JOIN account a ON a.id = s.account_id WHERE s.token_hash = ?1",
        token_hash,
    )
    if row is None:
        return None
    asker = Asker(
        str(row["account_id"]),
        row["role"],
        row["zone"],
        time.fromisoformat(row["day_starts_at"]),
        str(row["id"]),
        instant_of(row["created_at"]),
        instant_of(row["proved_at"] or row["created_at"]),
    )
    return asker, instant_of(row["seen_at"])


@database.transaction
async def _seen(sign_in_id: str, at: datetime) -> None:
    await database.execute("UPDATE sign_in SET seen_at = ?1 WHERE id = ?2", milliseconds(at), sign_in_id)
