"""Fills the plain server's database: `python -m tests.bench.plain_seed <database URL>`, what to fill in as msgpack."""

import asyncio
import sys

import msgspec
from tortoise import Tortoise

from server.cli.floor.app import Row
from tests.bench.plain import tortoise_url
from tests.bench.plain_models import Change, Entry, Patient, SignIn

SignedIn = tuple[str, str]  # patient, token hash
Kept = tuple[str, int, Row]  # patient, revision, row


async def fill(url: str, patients: list[SignedIn], rows: list[Kept]) -> None:
    """Makes the tables and fills them."""
    await Tortoise.init(db_url=tortoise_url(url), modules={"plain": ["tests.bench.plain_models"]})
    await Tortoise.generate_schemas(safe=False)
    latest = {patient_id: revision for patient_id, revision, _ in rows}
    await Patient.bulk_create([Patient(id=name, revision=revision) for name, revision in latest.items()])
    await SignIn.bulk_create([SignIn(token_hash=held, patient_id=name, ends_at=2**53) for name, held in patients])
    await Change.bulk_create([Change(patient_id=name, change_id=row.change_id) for name, _, row in rows], 5000)
    await Entry.bulk_create([entry_of(*each) for each in rows], 5000)
    await Tortoise.close_connections()


def entry_of(patient_id: str, revision: int, row: Row) -> Entry:
    """The entry that holds a row of the floor."""
    return Entry(
        patient_id=patient_id, record_id=row.record_id, revision=revision, day=row.day, happened_at=row.happened_at,
        recorded_at=row.edited_at, edited_at=row.edited_at, received_at=row.received_at,
        body=msgspec.json.decode(row.values),
    )  # fmt: skip


if __name__ == "__main__":
    told = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=tuple[list[SignedIn], list[Kept]])
    asyncio.run(fill(sys.argv[1], *told))
