"""The door: writing an event beside the act, reading a person's events, checking the chain."""

from datetime import datetime
from typing import Any

import msgspec

from server.audit.rules import FIRST, TOMBSTONE, Sealer, chained
from server.base.clock import instant_of, milliseconds, wire_instant
from server.database import service as database

__all__ = ["AuditEvent", "end", "events", "is_whole", "last_at", "record"]

TABLE = "audit_event"


class AuditEvent(msgspec.Struct):
    """What a person reads of an event. `actor` is whose act it was: `me`, or the other side's name."""

    at: str
    act: str
    actor: str
    details: dict[str, Any]


@database.transaction
async def record(key: Sealer, act: str, actor_id: str | None, details: dict[str, Any], now: datetime) -> None:
    """Appends an event to the chain of the key's account, in the transaction of the act: no event, no act."""
    plain = msgspec.json.encode(details)
    await _append(key.account_id, act, actor_id, lambda seq: key.seal(TABLE, str(seq), 0, plain), now)


@database.transaction
async def end(account_id: str, now: datetime) -> None:
    """Ends the chain with a tombstone. The details of what went before can't be opened once the key is destroyed."""
    await _append(account_id, TOMBSTONE, account_id, lambda _: b"", now)


@database.reading
async def events(key: Sealer, limit: int, before: int | None = None) -> tuple[list[AuditEvent], int | None]:
    """The newest `limit` events of the key's account before number `before`, and the number to go on from."""
    account_id = key.account_id
    rows = await database.fetch(
        "SELECT seq, at, act, actor_id, details FROM audit_event"
        " WHERE account_id = ?1 AND seq < ?2 ORDER BY seq DESC LIMIT ?3",
        account_id,
        before if before is not None else 2**62,
        limit + 1,
    )
    shown = []
    for row in rows[:limit]:
        details = msgspec.json.decode(key.open(TABLE, str(row["seq"]), 0, row["details"])) if row["details"] else {}
        name = details.pop("actor", "")
        actor = "me" if str(row["actor_id"]) == account_id else name
        shown.append(AuditEvent(wire_instant(instant_of(row["at"])), row["act"], actor, details))
    return shown, rows[limit - 1]["seq"] if len(rows) > limit else None


@database.reading
async def last_at(account_id: str, act: str, actor_id: str) -> datetime | None:
    """When somebody last did this where the account's events tell of it; None where they never did."""
    sql = "SELECT at FROM audit_event WHERE account_id = ?1 AND act = ?2 AND actor_id = ?3 ORDER BY seq DESC LIMIT 1"
    row = await database.fetch_one(sql, account_id, act, actor_id)
    return instant_of(row["at"]) if row else None


@database.reading
async def is_whole(account_id: str) -> bool:
    """Whether the chain of `account_id` is unbroken, from its first event to its head."""
    before, seq = FIRST, 0
    for row in await database.fetch(
        "SELECT seq, at, act, actor_id, details, hash FROM audit_event WHERE account_id = ?1 ORDER BY seq", account_id
    ):
        actor_id = str(row["actor_id"]) if row["actor_id"] else None
        before = chained(before, account_id, row["seq"], row["at"], row["act"], actor_id, bytes(row["details"]))
        seq += 1
        if row["seq"] != seq or bytes(row["hash"]) != before:
            return False
    head = await database.fetch_one("SELECT seq, hash FROM audit_head WHERE account_id = ?1", account_id)
    return (head["seq"], bytes(head["hash"])) == (seq, before) if head else seq == 0


async def _append(account_id: str, act: str, actor_id: str | None, seal: Any, now: datetime) -> None:
    head = await database.fetch_one(
        "INSERT INTO audit_head (account_id, seq, hash) VALUES (?1, 0, ?2)"
        " ON CONFLICT (account_id) DO UPDATE SET seq = audit_head.seq RETURNING seq, hash",
        account_id,
        FIRST,
    )
    assert head is not None  # noqa: S101 - an upsert that returns always answers its row
    seq, at = head["seq"] + 1, milliseconds(now)
    details = seal(seq)
    digest = chained(bytes(head["hash"]), account_id, seq, at, act, actor_id, details)
    await database.execute(
        "INSERT INTO audit_event (account_id, seq, at, act, actor_id, details, hash)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        account_id,
        seq,
        at,
        act,
        actor_id,
        details,
        digest,
    )
    await database.execute("UPDATE audit_head SET seq = ?1, hash = ?2 WHERE account_id = ?3", seq, digest, account_id)
