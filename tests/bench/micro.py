"""Pieces of work alone, each beside the least that it could cost: `python -m tests.bench.micro <seconds>`.

They stand behind doors that only tests may pass, so `bench` runs this as a process of its own; it answers JSON.
"""

import os
import statistics
import sys
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from random import Random
from time import perf_counter
from typing import Any

import msgspec
import typst
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from server.base.clock import milliseconds, zone_of
from server.base.ids import uuid7
from server.cli.load.workloads import check_in
from server.cli.speed.report import Found, Micro
from server.export.pdf import pdf_of
from server.export.written.sections import Subject
from server.export.written.summary import sections_of
from server.journal.service import CHECK_IN
from server.merging.rules import Change, State, merge
from server.prompts.daily import Schedule, next_due
from server.push.encryption import encrypt, key_of, new_key, point_of
from server.records.envelope import seal, state_of, written_of
from server.reminders.rules import payload_of
from server.summaries.rules import Entry, Session, Span
from server.summaries.summarise import summarise
from server.vault.rules import Key

NOW = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
PATIENT, RECORD = uuid7(), uuid7()
GOALS = {"encrypt a push": 0.7}


def best_us(work: Callable[[], Any], seconds: float) -> float:
    """Microseconds of one call: the best of many short rows of calls, for others only ever make it slower."""
    began, calls = perf_counter(), 0
    while perf_counter() - began < 0.02:
        work()
        calls += 1
    best = float("inf")
    until = perf_counter() + seconds
    while perf_counter() < until:
        began = perf_counter()
        for _ in range(calls):
            work()
        best = min(best, (perf_counter() - began) / calls)
    return best * 1e6


def pieces() -> list[tuple[str, Callable[[], Any], str, Callable[[], Any]]]:
    """Each piece: its name, the work, what the limit is, the limit's work."""
    return [*_sealing(), _merging(), _next_due(), _summarising(), _printing(), _pushing()]


def _state() -> State:
    patch = check_in(Random(1), NOW)
    return merge(CHECK_IN, None, Change(uuid7(), RECORD, 0, milliseconds(NOW), patch), 1).state


def _sealing() -> list[tuple[str, Callable[[], Any], str, Callable[[], Any]]]:
    secret, state = os.urandom(32), _state()
    key, cipher = Key(PATIENT, {1: secret}), AESGCM(secret)
    sealed = seal(key, RECORD, state, written_of("check_in", RECORD, 0, state))
    row = {
        "record_id": RECORD, "revision": 1, "sealed": sealed, "recorded_at": 0, "edited_at": 0, "deleted": False,
    }  # fmt: skip
    nonce, padded, bound = os.urandom(12), bytes(len(sealed) - 30), b"v1|record|" + PATIENT.encode() + b"|1"
    shut = cipher.encrypt(nonce, padded, bound)
    return [
        (
            "seal a record",
            lambda: seal(key, RECORD, state, written_of("check_in", RECORD, 0, state)),
            "AES-GCM",
            lambda: cipher.encrypt(nonce, padded, bound),
        ),
        ("open a record", lambda: state_of(key, row), "AES-GCM", lambda: cipher.decrypt(nonce, shut, bound)),
    ]


def _merging() -> tuple[str, Callable[[], Any], str, Callable[[], Any]]:
    state = _state()
    change = Change(uuid7(), RECORD, 1, milliseconds(NOW), {"mood": 7, "note": "another"})
    return (
        "merge a change", lambda: merge(CHECK_IN, state, change, 2),
        "a dict copied and updated", lambda: state.values | (change.patch or {}),
    )  # fmt: skip


def _next_due() -> tuple[str, Callable[[], Any], str, Callable[[], Any]]:
    schedule = Schedule(zone="Europe/Berlin", local_time=time(20, 30), weekdays=frozenset(range(1, 8)))
    zone, day = zone_of("Europe/Berlin"), NOW.date()
    return (
        "next due instant", lambda: next_due(schedule, NOW),
        "one wall time in UTC", lambda: datetime.combine(day, schedule.local_time, zone).astimezone(UTC),
    )  # fmt: skip


def _summarising() -> tuple[str, Callable[[], Any], str, Callable[[], Any]]:
    entries, sessions, span = _three_months(Random(3))

    def limit() -> list[Any]:
        moods = [sorted(getattr(each, name) for each in entries) for name in ("mood", "anxiety", "dissociation")]
        return [(sum(each), statistics.median(each)) for each in moods]

    return (
        "summarise 90 days, 14 sessions", lambda: summarise(entries, sessions, span),
        "three sorted columns", limit,
    )  # fmt: skip


def _three_months(random: Random) -> tuple[list[Entry], list[Session], Span]:
    entries = [_entry(random, NOW - timedelta(days=back)) for back in range(90)]
    sessions = [
        Session(id=uuid7(), day=(NOW - timedelta(days=back)).date(), starts_at=NOW - timedelta(days=back, hours=8))
        for back in range(5, 60, 4)
    ]
    return entries, sessions, Span(entries[-1].day, entries[0].day, 90)


def _printing() -> tuple[str, Callable[[], Any], str, Callable[[], Any]]:
    """Other figures each time: typst remembers what it has set before."""
    random = Random(5)
    empty = typst.Compiler(font_paths=typst.Fonts(include_system_fonts=False), ignore_system_fonts=True)

    def paper() -> bytes:
        told, subject = summarise(*_three_months(random)), Subject(PATIENT, uuid7(), "Europe/Berlin", "en", NOW)
        return pdf_of(told, sections_of(told, subject), subject)

    def limit() -> Any:
        return empty.compile(f'#set document(title: "{uuid7()}")\n#title()'.encode(), pdf_standards=["ua-1"])

    return "a summary of 90 days on paper", paper, "a page with a title", limit


def _entry(random: Random, at: datetime) -> Entry:
    mood, anxiety, dissociation = (random.randrange(11) for _ in range(3))
    return Entry(id=uuid7(), day=at.date(), occurred_at=at, mood=mood, anxiety=anxiety, dissociation=dissociation)


def _pushing() -> tuple[str, Callable[[], Any], str, Callable[[], Any]]:
    browser = key_of(new_key())
    point, secret, payload = point_of(browser), os.urandom(16), payload_of(uuid7(), None)
    curve, nonce = ec.SECP256R1(), os.urandom(12)
    padded = bytes(513)

    def limit() -> bytes:
        key = ec.generate_private_key(curve)
        shared = key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(curve, point))
        return AESGCM(shared[:16]).encrypt(nonce, padded, None)

    return (
        "encrypt a push", lambda: encrypt(payload, point, secret, 512), "one key, one ECDH, AES-GCM", limit,
    )  # fmt: skip


def main(seconds: float) -> None:
    """Prints the pieces as JSON."""
    told = [
        Micro(name, best_us(work, seconds), limit, best_us(least, seconds), GOALS.get(name))
        for name, work, limit, least in pieces()
    ]
    sys.stdout.buffer.write(msgspec.json.encode(Found(told)))


if __name__ == "__main__":
    main(float(sys.argv[1]))
