"""Reading hours of a therapist, kept sealed."""

import msgspec

from server.base.errors import Invalid
from server.database import service as database
from server.sharing.rules import ReadingHours, reading_hours_faults
from server.vault import service as vault

TABLE = "reading_hours"


@database.reading
async def hours_of(therapist_id: str) -> ReadingHours | None:
    """When a therapist reads, or None where it was never said."""
    row = await database.fetch_one("SELECT sealed FROM reading_hours WHERE therapist_id = ?1", therapist_id)
    if row is None:
        return None
    key = await vault.key_of(therapist_id)
    return msgspec.json.decode(key.open(TABLE, therapist_id, 0, row["sealed"]), type=ReadingHours)


@database.transaction
async def keep_hours(therapist_id: str, hours: ReadingHours) -> ReadingHours:
    """Keeps when a therapist reads. Raises Invalid with every fault."""
    if faults := reading_hours_faults(hours):
        raise Invalid(*faults)
    key = await vault.key_of(therapist_id)
    await database.execute(
        "INSERT INTO reading_hours (therapist_id, sealed) VALUES (?1, ?2)"
        " ON CONFLICT (therapist_id) DO UPDATE SET sealed = excluded.sealed",
        therapist_id,
        key.seal(TABLE, therapist_id, 0, msgspec.json.encode(hours)),
    )
    return hours
