"""One exchange with a phone: its changes in, as one commit, and what it has not seen yet out."""

from collections import Counter as Counts
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime, time
from typing import get_args

import msgspec
from prometheus_client import Counter

from server.base.clock import instant_of, milliseconds
from server.base.errors import Conflict
from server.base.ids import uuid7
from server.database import service as database
from server.merging import service as merging
from server.records import shelf
from server.records.changes import Parsed, Result, Sync
from server.records.desk import Desk, Touched
from server.records.envelope import WIRE_COLUMNS, fitting, wires
from server.vault import service as vault

_TRIES = 3
_KEPT = 20_000
_changes = Counter("interlude_sync_changes", "Changes that phones sent, by what came of them", ["outcome"])
_COUNTED = {outcome: _changes.labels(outcome) for outcome in get_args(merging.Outcome)}
_history = ""  # of the database that is open: it changes only with a restore, and that stops the server

_heads: dict[str, int] = {}  # of the patients seen lately, the revision that this process saw last; a guess, no more

Changed = tuple[list[msgspec.Raw], int, bool]
Heed = Callable[[str, Touched, datetime], Awaitable[None]]

_heeded: dict[str, dict[Heed, None]] = {}  # by kind, what higher floors do about it, in turn


class HistoryChanged(Conflict):
    """The phone knows another history: this database was restored since."""

    name, title = "history-changed", "The server was restored; pull everything and send again what is missing"


class SyncAnswer(msgspec.Struct):
    """What a phone gets back."""

    results: list[Result]
    records: list[msgspec.Raw]
    revision: int
    more: bool
    history: str


def when_kept(kind: str, verb: Heed) -> None:
    """Hands in a verb of a higher floor that runs where a batch made, changed or deleted records of that kind.

    It is given the patient and those records, by id, each with the values that it had before (None: it is new), inside
    the transaction of the batch and under its lock, so that no two devices are ahead of each other: where it fails,
    nothing of the batch is kept.
    """
    _heeded.setdefault(kind, {})[verb] = None


async def push_changes(
    patient_id: str, day_starts_at: time, sync: Sync, batch: Sequence[Parsed], now: datetime
) -> SyncAnswer:
    """Takes in a batch of changes as one commit, then answers what changed after `sync.since`.

    Raises HistoryChanged, TooLarge. A change that can't be taken is refused alone, with its reasons.
    """
    history = _history or await history_id()
    if isinstance(sync.history, str) and sync.history != history:
        raise HistoryChanged(history=history)
    key = await vault.key_of(patient_id)
    if batch:
        results, (records, revision, more) = await _pushed(key, day_starts_at, sync, batch, milliseconds(now))
        for outcome, count in Counts(result.outcome for result in results).items():
            _COUNTED[outcome].inc(count)
    else:
        results, (records, revision, more) = [], await _after(key, sync.since, sync.limit)
    if not more:
        if len(_heads) >= _KEPT:
            del _heads[next(iter(_heads))]
        _heads[patient_id] = revision
    return SyncAnswer(results, records, revision, more, history)


async def _pushed(
    key: vault.Key, day_starts_at: time, sync: Sync, batch: Sequence[Parsed], now: int
) -> tuple[list[Result], Changed]:
    """Takes a batch in. Most are new and follow on what the phone has, which costs one statement; others are on
    PostgreSQL first tried without holding a lock, so that two do.
    """
    if any(each.body is not None and each.body.kind in _heeded for each in batch):
        return await _locked(key, day_starts_at, sync, batch, now)
    ways: list[int | None] = [sync.since] if _seems_new(key.account_id, sync, batch) else []
    for new_after in ways if database.is_sqlite() else [*ways, *[None] * _TRIES]:
        with suppress(*database.Clash):
            desk, results = await _swiftly(key, day_starts_at, batch, now, new_after)
            if results is not None:
                return results, await _changed(desk, sync)
    return await _locked(key, day_starts_at, sync, batch, now)


def _seems_new(patient_id: str, sync: Sync, batch: Sequence[Parsed]) -> bool:
    """Whether a batch only makes records, for a phone that has seen everything, as far as this process knows."""
    return _heads.get(patient_id, sync.since) == sync.since and all(
        each.body is not None and each.body.base_revision == 0 for each in batch
    )


# A verb may run more than once, so each run has a desk of its own.
@database.statements
async def _swiftly(
    key: vault.Key, day_starts_at: time, batch: Sequence[Parsed], now: int, new_after: int | None
) -> tuple[Desk, list[Result] | None]:
    desk = Desk(merging.known_kinds, key, day_starts_at, now)
    return desk, await desk.take_in(batch, new_after)


@database.transaction
async def _locked(
    key: vault.Key, day_starts_at: time, sync: Sync, batch: Sequence[Parsed], now: int
) -> tuple[list[Result], Changed]:
    desk = Desk(merging.known_kinds, key, day_starts_at, now)
    await shelf.lock(desk.patient_id)
    results = await desk.take_in(batch)
    if results is None:
        raise RuntimeError("the head moved under its lock")
    for kind, verbs in _heeded.items():
        if touched := desk.touched_of(kind):
            for verb in verbs:
                await verb(desk.patient_id, touched, instant_of(now))
    return results, await _changed(desk, sync)


async def _changed(desk: Desk, sync: Sync) -> Changed:
    """What a phone gets beside its results."""
    if sync.since == desk.before and (touched := desk.touched()) and len(touched) <= sync.limit:
        return touched, desk.latest, False  # it lacked nothing but what it just sent
    return await _after(desk.key, sync.since, sync.limit)


def forget_history() -> None:
    """To be called where another database is opened."""
    global _history
    _history = ""
    _heads.clear()


@database.transaction
async def history_id() -> str:
    """The id of this database's history; made once, renewed by a restore."""
    global _history
    row = await database.fetch_one("SELECT history FROM installation WHERE id = 1")
    if row is None:
        sql = "INSERT INTO installation (id, history) VALUES (1, ?1) ON CONFLICT (id) DO NOTHING"
        await database.execute(sql, uuid7())
        row = await database.fetch_one("SELECT history FROM installation WHERE id = 1")
    assert row is not None  # noqa: S101 - it was just written
    _history = str(row["history"])
    return _history


@database.glance
async def _after(key: vault.Key, since: int, limit: int) -> Changed:
    """The records changed after revision `since`, the revision to go on from, and whether there are more."""
    of = "FROM record WHERE patient_id = ?1 AND revision > ?2"
    sql = f"SELECT revision, length(sealed) AS bytes {of} ORDER BY revision LIMIT ?3"
    sizes = await database.fetch(sql, key.account_id, since, limit + 1)
    if not sizes:
        return [], since, False
    many = fitting([row["bytes"] for row in sizes[:limit]])
    last = sizes[many - 1]["revision"]
    rows = await database.fetch(
        f"SELECT {WIRE_COLUMNS} {of} AND revision <= ?3 ORDER BY revision", key.account_id, since, last
    )
    return wires(key, rows), last, len(sizes) > many
