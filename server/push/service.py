"""The door: a person's subscriptions, the key that browsers subscribe with, and sending to a subscription."""

import asyncio
import hmac
import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import httpx
import msgspec

from server.base.clock import Clock, instant_of, milliseconds, wire_instant
from server.base.errors import Conflict, NotFound, Problem, Unavailable
from server.base.ids import uuid7
from server.base.log import log
from server.base.settings import Settings, WrongSettings
from server.database import service as database
from server.push.encryption import Vapid, key_of, new_key
from server.push.rules import Answer, NewSubscription, hosts_of, opened
from server.push.sender import Message, Sender, Target
from server.vault import service as vault

__all__ = [
    "Answer", "Message", "NewSubscription", "SubscriptionSeen", "Target", "add", "close_push", "forget_device",
    "forget_gone", "forget_other_devices", "listed", "open_push", "public_key", "remove", "send", "targets",
]  # fmt: skip

MAX_SUBSCRIPTIONS = 20  # an account
_TABLE = "push_subscription"


class _Sealed(msgspec.Struct, array_like=True):
    """What lies sealed of a subscription; `sign_in_id` is the device's, empty where it was not noted."""

    url: str
    point: bytes
    secret: bytes
    label: str | None
    sign_in_id: str = ""


class SubscriptionSeen(msgspec.Struct):
    """A subscription as its owner sees it: never the endpoint, which is all it takes to send to it.

    `current`: it was made, or told again, under the sign-in that asks.
    """

    id: str
    label: str | None
    host: str
    created_at: str
    current: bool


_sender: Sender | None = None
_index_key = b""


async def open_push(settings: Settings, clock: Clock, transport: httpx.AsyncBaseTransport | None = None) -> None:
    """Readies sending; the very first start makes the key. `transport` replaces the network. Raises WrongSettings."""
    global _sender, _index_key
    try:
        hosts = hosts_of(settings.push_hosts)
    except ValueError as error:
        raise WrongSettings([str(error)]) from None
    tls = await asyncio.to_thread(httpx.create_ssl_context)
    secret = await _secret("push", new_key() + os.urandom(32))
    subject = settings.vapid_subject or (settings.origin if settings.is_secure else None)
    _sender = Sender(Vapid(key_of(secret[:32]), subject), hosts, clock, tls, transport)
    _index_key = secret[32:]


async def close_push() -> None:
    """Closes the connections to push services."""
    global _sender
    sender, _sender = _sender, None
    if sender is not None:
        await sender.close()


def public_key() -> str:
    """The VAPID public key, base64url: the same in every process and after every start."""
    return _opened().vapid.public_key


async def send(target: Target, message: Message) -> Answer:
    """Sends to one subscription and answers what came of it. Not inside a verb."""
    return await _opened().send(target, message)


@database.transaction
async def add(patient_id: str, sign_in_id: str, body: NewSubscription, now: datetime) -> SubscriptionSeen:
    """Keeps a subscription; the same endpoint again replaces its keys, label and device. Raises Invalid, Conflict."""
    endpoint, point, secret = opened(body, _opened().hosts)
    url = endpoint.origin + endpoint.target
    index = hmac.digest(_index_key, url.encode(), "sha256")
    others = await database.fetch(
        "SELECT id FROM push_subscription WHERE patient_id = ?1 AND endpoint_index <> ?2", patient_id, index
    )
    if len(others) >= MAX_SUBSCRIPTIONS:
        raise Conflict(f"At most {MAX_SUBSCRIPTIONS} devices can be reached; remove one first")
    changed_at = milliseconds(now)
    kept = _Sealed(url, point, secret, body.label, sign_in_id)
    plain = msgspec.msgpack.encode(kept)
    sealed = (await vault.key_of(patient_id)).seal(_TABLE, index.hex(), changed_at, plain)
    [row] = await database.fetch(
        "INSERT INTO push_subscription (id, patient_id, endpoint_index, sealed, created_at, changed_at)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?5) ON CONFLICT (patient_id, endpoint_index)"
        " DO UPDATE SET sealed = excluded.sealed, changed_at = excluded.changed_at RETURNING id, created_at",
        uuid7(), patient_id, index, sealed, changed_at,
    )  # fmt: skip
    return _seen(row, kept, sign_in_id)


async def listed(patient_id: str, sign_in_id: str = "") -> list[SubscriptionSeen]:
    """A patient's subscriptions, oldest first, as the device of that sign-in sees them."""
    return [_seen(row, kept, sign_in_id) for row, kept in await _found([patient_id])]


async def targets(patient_ids: Iterable[str]) -> dict[str, list[Target]]:
    """Where each of these patients can be reached; one without a subscription is left out. Not inside a verb."""
    reached: dict[str, list[Target]] = {}
    for row, kept in await _found(sorted(set(patient_ids))):
        target = Target(str(row["id"]), kept.url, kept.point, kept.secret, row["changed_at"])
        reached.setdefault(str(row["patient_id"]), []).append(target)
    return reached


@database.transaction
async def remove(patient_id: str, subscription_id: str) -> None:
    """Forgets a subscription. Raises NotFound where it isn't this patient's."""
    sql = "DELETE FROM push_subscription WHERE patient_id = ?1 AND id = ?2"
    if not await database.execute(sql, patient_id, subscription_id):
        raise NotFound()


@database.transaction
async def forget_device(patient_id: str, sign_in_id: str) -> None:
    """Forgets the subscriptions of a device that was signed out."""
    await _forget(row["id"] for row, kept in await _found([patient_id]) if kept.sign_in_id == sign_in_id)


@database.transaction
async def forget_other_devices(patient_id: str, sign_in_id: str, _: datetime) -> None:
    """Forgets every subscription but those of one device."""
    await _forget(row["id"] for row, kept in await _found([patient_id]) if kept.sign_in_id != sign_in_id)


async def _forget(ids: Iterable[Any]) -> None:
    await database.execute_many("DELETE FROM push_subscription WHERE id = ?1", [(id_,) for id_ in ids])


@database.transaction
async def forget_gone(gone: Sequence[Target]) -> None:
    """Forgets subscriptions that their push service no longer knows, save where the browser has renewed them since."""
    rows = [(target.id, target.changed_at) for target in gone]
    await database.execute_many("DELETE FROM push_subscription WHERE id = ?1 AND changed_at = ?2", rows)


def _opened() -> Sender:
    if _sender is None:
        raise Unavailable("Push is not open")
    return _sender


@database.reading
async def _found(patient_ids: Sequence[str]) -> list[tuple[Any, _Sealed]]:
    """The subscriptions of these patients with what was sealed in them; one that does not open is left out."""
    places = ", ".join(f"?{number}" for number in range(1, len(patient_ids) + 1)) or "NULL"
    sql = f"SELECT * FROM push_subscription WHERE patient_id IN ({places}) ORDER BY created_at, id"
    found = []
    for row in await database.fetch(sql, *patient_ids):
        try:
            key = await vault.key_of(str(row["patient_id"]))
            plain = key.open(_TABLE, bytes(row["endpoint_index"]).hex(), row["changed_at"], bytes(row["sealed"]))
            found.append((row, msgspec.msgpack.decode(plain, type=_Sealed)))
        except (Problem, vault.Unopened):
            log.exception("a push subscription does not open")
    return found


@database.transaction
async def _secret(name: str, made: bytes) -> bytes:
    """The installation's secret of that name; `made` becomes it where there is none, in whichever process is first."""
    key = await vault.system_key()
    sql = "INSERT INTO installation_secret (name, sealed) VALUES (?1, ?2) ON CONFLICT (name) DO NOTHING"
    await database.execute(sql, name, key.seal("installation_secret", name, 0, made))
    [row] = await database.fetch("SELECT sealed FROM installation_secret WHERE name = ?1", name)
    return key.open("installation_secret", name, 0, bytes(row["sealed"]))


def _seen(row: Any, kept: _Sealed, sign_in_id: str) -> SubscriptionSeen:
    created_at = wire_instant(instant_of(row["created_at"]))
    return SubscriptionSeen(
        str(row["id"]), kept.label, kept.url.split("/")[2], created_at, kept.sign_in_id == sign_in_id
    )
