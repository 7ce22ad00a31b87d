"""When the next letter to a backup may go: kept beside the hours, so that all processes keep to it."""

from datetime import datetime

from server.base.clock import milliseconds
from server.database import service as database
from server.reading_hours.rules import LETTERS_APART, TRIES, Step, Turn, next_step
from server.vault import service as vault


@database.transaction
async def take_turn(therapist_id: str, address: str, unseen_at: int, now: datetime) -> tuple[Step, Turn]:
    """What to do now about an alert that is unseen since then (milliseconds); to one process alone it is to write.

    Until that one says how it went (`keep_turn`), the letter may have been taken: it is tried once more at the most.
    Whoever has an address never agreed to letters, so one reader's go there at a time, and everybody else's wait.
    """
    sql = "SELECT letter_at, next_letter_at, letter_tries FROM reading_hours WHERE therapist_id = ?1"
    row = await database.fetch_one(sql + database.for_update(), therapist_id)
    if row is None:  # erased meanwhile
        return "give_up", Turn()
    step, turn = next_step(Turn(row["letter_at"], row["next_letter_at"] or 0, row["letter_tries"] or 0), unseen_at, now)
    if step == "write" and (free_at := await _held_until(therapist_id, address, now)):
        return "wait", turn._replace(next_at=free_at)
    if step == "write":
        await keep_turn(therapist_id, turn._replace(tries=max(turn.tries, TRIES - 1)))
    elif step == "give_up":
        await keep_turn(therapist_id, turn)
    return step, turn


@database.transaction
async def keep_turn(therapist_id: str, turn: Turn) -> None:
    """Notes how far the letters to a backup have come."""
    await database.execute(
        "UPDATE reading_hours SET letter_at = ?1, next_letter_at = ?2, letter_tries = ?3 WHERE therapist_id = ?4",
        *turn, therapist_id,
    )  # fmt: skip


@database.transaction
async def let_go(address: str) -> None:
    """Frees an address for others' letters, where one was not taken."""
    await database.execute("DELETE FROM written_address WHERE address = ?1", _hash("address", address))


async def _held_until(therapist_id: str, address: str, now: datetime) -> int | None:
    """Takes an address for a reader's letters; or answers until when (milliseconds) it is another's."""
    row = await database.fetch_one(
        "INSERT INTO written_address (address, reader, free_at) VALUES (?1, ?2, ?3)"
        " ON CONFLICT (address) DO UPDATE SET reader = CASE WHEN written_address.free_at <= ?4 THEN excluded.reader"
        " ELSE written_address.reader END, free_at = CASE WHEN written_address.free_at <= ?4 OR"
        " written_address.reader = excluded.reader THEN excluded.free_at ELSE written_address.free_at END"
        " RETURNING reader, free_at",
        _hash("address", address), _hash("reader", therapist_id), milliseconds(now + LETTERS_APART), milliseconds(now),
    )  # fmt: skip
    return int(row["free_at"]) if row and row["reader"] != _hash("reader", therapist_id) else None


def _hash(what: str, value: str) -> str:
    return vault.mail_index(f"written {what} {value}")
