"""What is asked of a server: distinct bodies whose ids never repeat, and what a right answer to each is."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from itertools import cycle
from random import Random
from typing import Any

import msgspec

from server.base.clock import local_day, system_clock, wire_instant
from server.base.ids import new_secret, uuid7
from server.cli.load.client import request_of

# About noon there, so that no day turns in a run; the sign of these names is the other way round than of an offset.
ZONE = f"Etc/GMT{system_clock().hour - 12:+d}"
DAYS = 90
BATCH = 14
_WORDS = ("quiet", "walk", "heavy", "morning", "river", "slept", "window", "slower", "tired", "garden", "rain", "bread")
_encode = msgspec.json.Encoder().encode

Settle = Callable[[int, bytes], None]
Ask = tuple[bytes, Settle]


class Wrong(Exception):
    """An answer that is not what the request must get."""


@dataclass(frozen=True)
class Patient:
    """Somebody who was seeded alike on every side, signed in by `token`, with `entries` check-ins before today."""

    id: str
    token: str
    entries: int


@dataclass
class Side:
    """One server being measured, and what it acknowledged: the revision of each patient, how many changes in all.

    `pids`: the first processes of what does its work; the first of them is the server, a database may follow.
    """

    name: str
    port: int
    pids: tuple[int, ...]
    revisions: dict[str, int]
    acknowledged: int = 0


class _Result(msgspec.Struct):
    id: str
    outcome: str


class _SyncAnswer(msgspec.Struct):
    results: list[_Result]
    records: list[msgspec.Raw]
    revision: int


class _PageAnswer(msgspec.Struct):
    items: list[msgspec.Raw]


class _Counted(msgspec.Struct):
    count: int


class _SummaryAnswer(msgspec.Struct):
    check_ins: _Counted


_sync_answer = msgspec.json.Decoder(_SyncAnswer).decode
_page_answer = msgspec.json.Decoder(_PageAnswer).decode
_summary_answer = msgspec.json.Decoder(_SummaryAnswer).decode


@dataclass
class Lane:
    """One connection's worth of patients: nobody else asks for them meanwhile, so each answer is known beforehand."""

    side: Side
    patients: Sequence[Patient]
    random: Random
    kept: list[tuple[bytes, list[str]]] = field(default_factory=list)  # batches already stored, to be sent again
    _turn: Iterator[Patient] = field(init=False)
    _resent: Iterator[tuple[bytes, list[str]]] | None = None

    def __post_init__(self) -> None:
        self._turn = cycle(self.patients)

    def write(self, count: int = 1, keep: bool = False) -> Ask:
        """New check-ins of the next patient, and the answer that stores every one of them."""
        patient, now = next(self._turn), system_clock()
        changes = [change_of(check_in(self.random, now - timedelta(minutes=each)), now) for each in range(count)]
        before = self.side.revisions[patient.id]
        names = [str(change["id"]) for change in changes]
        body = _encode({"since": before, "limit": 500, "changes": changes})
        request = request_of("POST", "/api/sync", patient.token, body)

        def settle(status: int, answer: bytes) -> None:
            _is_sync(status, answer, names, "stored", before + count)
            self.side.revisions[patient.id] = before + count
            self.side.acknowledged += count
            if keep:
                self.kept.append((request, names))

        return request, settle

    def resend(self) -> Ask:
        """A batch that was stored before, byte for byte, and the answer that stores nothing."""
        self._resent = self._resent or cycle(list(self.kept))
        request, names = next(self._resent)
        return request, lambda status, answer: _is_sync(status, answer, names, "replayed", None)

    def read(self) -> Ask:
        """The 90 days before today."""
        target = f"/api/check-ins?{period(DAYS)}&limit={DAYS + 10}"
        return request_of("GET", target, next(self._turn).token), _is_page

    def latest(self) -> Ask:
        """The newest check-in alone."""
        return request_of("GET", "/api/check-ins?limit=1", next(self._turn).token), partial(_is_page, count=1)

    def summary(self, days: int = DAYS) -> Ask:
        """The summary of the `days` days before today."""
        patient = next(self._turn)
        return request_of("GET", f"/api/summary?{period(days)}", patient.token), _is_summary

    def mixed(self) -> Ask:
        """70 % single writes, 10 % batches, 20 % reads."""
        turn = self.random.random()
        return self.write() if turn < 0.7 else self.write(BATCH) if turn < 0.8 else self.read()


def today(now: datetime | None = None) -> date:
    """The local day on which what is written during a run falls; what was seeded lies before it."""
    return local_day(now or system_clock(), ZONE)


def period(days: int) -> str:
    """The query for the `days` local days before today."""
    return f"from={today() - timedelta(days=days)}&to={today() - timedelta(days=1)}"


def check_in(random: Random, occurred_at: datetime) -> dict[str, Any]:
    """A check-in with three ratings and a note of 200 characters."""
    note = " ".join(random.choices(_WORDS, k=60))[:200]
    ratings = {name: random.randrange(11) for name in ("mood", "anxiety", "dissociation")}
    return {"occurred_at": wire_instant(occurred_at), "zone": ZONE, **ratings, "note": note}


def change_of(patch: dict[str, Any], edited_at: datetime) -> dict[str, Any]:
    """A change that makes a new record, with ids of its own."""
    return {
        "id": uuid7(), "kind": "check_in", "record_id": uuid7(), "base_revision": 0,
        "edited_at": wire_instant(edited_at), "patch": patch,
    }  # fmt: skip


def roster(patients: int, entries: int) -> list[Patient]:
    """So many patients, each with an id and a token of their own."""
    return [Patient(uuid7(), new_secret(), entries) for _ in range(patients)]


def _is_sync(status: int, answer: bytes, names: list[str], outcome: str, revision: int | None) -> None:
    if status != 200:
        raise Wrong(f"status {status}: {answer[:200]!r}")
    told = _sync_answer(answer)
    if [each.id for each in told.results] != names or any(each.outcome != outcome for each in told.results):
        raise Wrong(f"not every change was {outcome}: {answer[:300]!r}")
    if revision is not None and (told.revision != revision or len(told.records) != len(names)):
        raise Wrong(f"revision {told.revision} with {len(told.records)} records where {revision} was due")


def _is_page(status: int, answer: bytes, count: int = DAYS) -> None:
    if status != 200 or len(_page_answer(answer).items) != count:
        raise Wrong(f"status {status}, not {count} entries: {answer[:200]!r}")


def _is_summary(status: int, answer: bytes) -> None:
    if status != 200 or _summary_answer(answer).check_ins.count < DAYS:
        raise Wrong(f"status {status}: {answer[:200]!r}")
