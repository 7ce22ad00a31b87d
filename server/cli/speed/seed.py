"""Filling both sides alike: the same patients, days and ratings. Ours is filled with rows sealed for each patient."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime, time, timedelta
from itertools import product
from random import Random
from typing import Any

import asyncpg
import msgspec

from server.accounts import service as accounts
from server.app import opened
from server.base.clock import DAY_STARTS_AT, milliseconds, system_clock, wire_instant, zone_of
from server.base.ids import secret_hash, uuid7
from server.base.settings import Settings
from server.base.web import Period
from server.cli.floor.app import Change, Row, row_of
from server.cli.load.workloads import ZONE, Patient, change_of, check_in, today
from server.database import service as database
from server.journal import service as journal
from server.records import service as records
from server.vault import service as vault

_TABLE = "record"  # what a payload is bound to
_AT_ONCE = 500  # changes
_ROWS = 20_000  # a transaction
_KEYS = 100
_COLUMNS = "record_id, kind, revision, deleted, day, happened_at, recorded_at, edited_at, received_at, sealed"
_FAR = 400 * 24 * 3600 * 1000  # milliseconds


# Given (patient, token hash) and then (patient, revision, row), revisions rising.
Fill = Callable[[Sequence[tuple[str, str]], Sequence[tuple[str, int, Row]]], Awaitable[None]]
Tables = list[tuple[str, str, list[tuple[Any, ...]]]]  # each with its columns and rows


class Unlike(Exception):
    """What was seeded can't be read back as it should."""


def days_of(entries: int) -> Iterator[datetime]:
    """When a patient's check-ins were felt, oldest first: one on each of the last 90 days, before that two a day."""
    morning = datetime.combine(today(), time(10), zone_of(ZONE))
    instants = []
    for number in range(entries):
        early, second = divmod(max(0, number - 90), 2)
        back = number + 1 if number < 90 else 91 + early
        instants.append(morning - timedelta(days=back) + timedelta(hours=5 * second))
    return reversed(instants)


def patches(entries: int) -> list[tuple[datetime, dict[str, Any]]]:
    """The check-ins of every patient with that many."""
    random = Random(entries)  # noqa: S311 - alike on every side
    return [(at, check_in(random, at)) for at in days_of(entries)]


async def seed_floor(fill: Fill, patients: Sequence[Patient]) -> None:
    """Fills the floor, or what is seeded like it, by `fill`."""
    signed_in = [(each.id, secret_hash(each.token)) for each in patients]
    rows: list[tuple[str, int, Row]] = []
    kept = {entries: patches(entries) for entries in {each.entries for each in patients}}
    now = system_clock()
    for entries, told in kept.items():
        made = [row_of(msgspec.convert(change_of(patch, at), Change), now, wire_instant(now)) for at, patch in told]
        for patient in patients:
            if patient.entries == entries:
                named = (row._replace(change_id=uuid7(), record_id=uuid7()) for row in made)
                rows += [(patient.id, revision, row) for revision, row in enumerate(named, 1)]
    await fill(signed_in, rows)


async def seed_server(settings: Settings, patients: Sequence[Patient], mixed: bool = False) -> None:
    """Fills ours: the first patient of each sort through the front door, the others by rows sealed for them.

    `mixed` lays the rows down as days do, everybody's first, then everybody's second. Raises Unlike where the last
    patient can't be read back.
    """
    async with opened(settings):
        keys = await _keys(patients)
        await add_people(list(zip(patients, keys, strict=True)), system_clock())
        for entries in {each.entries for each in patients}:
            alike = [(each, key) for each, key in zip(patients, keys, strict=True) if each.entries == entries]
            first, key = alike[0]
            await _write(first, patches(entries))
            rows = await _rows(key)
            size = max(1, _ROWS // entries)
            for start in range(1, len(alike), size):
                tables = _copied(alike[start : start + size], rows, mixed)
                await (_insert(tables) if settings.is_sqlite else _pour(settings.database_url, tables))
            await _check(alike[-1][0])
        await database.checkpoint()


async def _keys(patients: Sequence[Patient]) -> list[vault.Key]:
    """A key for each, several at once: each waits for the disk."""
    made: list[vault.Key] = []
    for start in range(0, len(patients), _KEYS):
        made += await asyncio.gather(*(vault.make_key(each.id) for each in patients[start : start + _KEYS]))
    return made


async def _write(patient: Patient, told: list[tuple[datetime, dict[str, Any]]]) -> None:
    for start in range(0, len(told), _AT_ONCE):
        changes = [change_of(patch, at) for at, patch in told[start : start + _AT_ONCE]]
        sync, batch = records.parsed({"since": start, "changes": changes})
        await records.push_changes(patient.id, DAY_STARTS_AT, sync, batch, system_clock())


@database.transaction
async def add_people(people: Sequence[tuple[Patient, vault.Key]], now: datetime) -> None:
    """Gives each patient an account, and the sign-in that their token opens."""
    at = milliseconds(now)
    rows, signed_in = [], []
    for patient, key in people:
        mail = f"{patient.id}@example.org"
        sealed = key.seal("account", patient.id, 0, msgspec.json.encode({"name": "M. K.", "email": mail}))
        rows.append((patient.id, "patient", vault.mail_index(mail), sealed, "", ZONE, "04:00", "en", at))
        sign_in_id = uuid7()
        device = key.seal("sign_in", sign_in_id, 0, b"bench")
        signed_in.append((sign_in_id, patient.id, secret_hash(patient.token), device, at, at, at + _FAR))
    await database.execute_many(
        "INSERT INTO account (id, role, mail_index, sealed, password_hash, zone, day_starts_at, language, created_at)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        rows,
    )
    await database.execute_many(
        "INSERT INTO sign_in (id, account_id, token_hash, sealed, created_at, seen_at, expires_at)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        signed_in,
    )


@database.reading
async def _rows(key: vault.Key) -> list[tuple[dict[str, Any], bytes]]:
    """Every row of a patient with its payload opened."""
    rows = await database.fetch(
        f"SELECT {_COLUMNS} FROM record WHERE patient_id = ?1 ORDER BY revision", key.account_id
    )
    return [(dict(row), key.open(_TABLE, str(row["record_id"]), row["revision"], bytes(row["sealed"]))) for row in rows]


def _copied(
    people: Sequence[tuple[Patient, vault.Key]], rows: Sequence[tuple[dict[str, Any], bytes]], mixed: bool
) -> Tables:
    """The same records for each of `people`, sealed under their own key."""
    records_, changes, heads = [], [], [(patient.id, len(rows)) for patient, _ in people]
    pairs = ((one, told) for told in rows for one in people) if mixed else product(people, rows)
    for (patient, key), (row, payload) in pairs:
        name = uuid7()
        # The payload holds the record as it goes out; ids all have one length, so it stays well-formed.
        own = payload.replace(str(row["record_id"]).encode(), name.encode())
        sealed = key.seal(_TABLE, name, row["revision"], own)
        records_.append((patient.id, *(row | {"record_id": name, "sealed": sealed}).values()))
        changes.append((patient.id, uuid7(), name))
    return [
        (_TABLE, f"patient_id, {_COLUMNS}", records_),
        ("record_change", "patient_id, change_id, record_id", changes),
        ("record_head", "patient_id, revision", heads),
    ]


@database.transaction
async def _insert(tables: Tables) -> None:
    for table, columns, rows in tables:
        places = ", ".join(f"?{number}" for number in range(1, columns.count(",") + 2))
        await database.execute_many(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows)


async def _pour(url: str, tables: Tables) -> None:
    """PostgreSQL's own way for many rows, three times as quick."""
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction():
            for table, columns, rows in tables:
                await connection.copy_records_to_table(table, columns=columns.split(", "), records=rows)
    finally:
        await connection.close()


async def _check(patient: Patient) -> None:
    found = await journal.between(patient.id, None, None)
    account = await accounts.read(patient.id)
    page = await journal.page(patient.id, Period(None, None), 500, None)
    shown = [msgspec.json.decode(item)["id"] for item in page.items]
    if len(found) != patient.entries or account.id != patient.id or shown != [each.id for each in found[:500]]:
        raise Unlike(f"{len(found)} check-ins where {patient.entries} were written, or not as they were")
