"""When the next letter to a backup may go: kept beside the hours, so that all processes keep to it."""

from datetime import datetime

from server.base.clock import milliseconds
from server.database import service as database
from server.reading_hours.rules import LETTERS_APART, TRIES, Step, Turn, next_step
from server.vault import service as vault

TO_ONE_ADDRESS = 6  # letters within LETTERS_APART, each of another reader


@database.transaction
async def take_turn(therapist_id: str, address: str, unseen_at: int, now: datetime) -> tuple[Step, Turn]:
    """What to do now about an alert that is unseen since then (milliseconds); to one process alone it is to write.

    Until that one says how it went (`keep_turn`), the letter may have been taken: it is tried once more at the most.
    Whoever has an address never agreed to letters, so few go there at a time, and whoever else's wait. They are enough
    for a practice with one address, and for those of made-up readers to leave room for a real one.
    """
    sql = "SELECT letter_at, next_letter_at, letter_tries, letter_held_until FROM reading_hours WHERE therapist_id = ?1"
    row = await database.fetch_one(sql + database.for_update(), therapist_id)
    if row is None:  # erased meanwhile
        return "give_up", Turn()
    sent_at, *numbers = row["letter_at"], row["next_letter_at"], row["letter_tries"], row["letter_held_until"]
    before = Turn(sent_at, *(each or 0 for each in numbers))
    step, turn = next_step(before, unseen_at, now)
    if step == "write" and (free_at := await _held_until(therapist_id, address, now)):
        await keep_turn(therapist_id, before._replace(held_until=free_at))
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
        "UPDATE reading_hours SET letter_at = ?1, next_letter_at = ?2, letter_tries = ?3, letter_held_until = ?4"
        " WHERE therapist_id = ?5",
        *turn, therapist_id,
    )  # fmt: skip


@database.transaction
async def let_go(therapist_id: str, address: str) -> None:
    """Leaves a letter of an address to others, where this reader's was not taken."""
    sql = f"DELETE FROM written_address WHERE reader = ?1 AND {database.is_any('address', 2)}"
    await database.execute(sql, _hash("reader", therapist_id), database.many(_places(address)))


@database.transaction
async def sweep(now: datetime) -> None:
    """Removes what is over of the letters to an address."""
    await database.execute("DELETE FROM written_address WHERE free_at <= ?1", milliseconds(now))


async def _held_until(therapist_id: str, address: str, now: datetime) -> int | None:
    """Takes one of an address's letters for a reader; or answers when (milliseconds) the next is to be had."""
    reader, until, at = _hash("reader", therapist_id), milliseconds(now + LETTERS_APART), milliseconds(now)
    places, held = _places(address), []
    mine = f"reader = ?2 AND free_at > ?3 AND {database.is_any('address', 4)}"
    sql = f"UPDATE written_address SET free_at = ?1 WHERE {mine}"
    if await database.execute(sql, until, reader, at, database.many(places)):
        return None
    for place in places:
        row = await database.fetch_one(
            "INSERT INTO written_address (address, reader, free_at) VALUES (?1, ?2, ?3)"
            " ON CONFLICT (address) DO UPDATE SET"
            " reader = CASE WHEN written_address.free_at <= ?4 THEN excluded.reader ELSE written_address.reader END,"
            " free_at = CASE WHEN written_address.free_at <= ?4 THEN excluded.free_at ELSE written_address.free_at END"
            " RETURNING reader, free_at",
            place, reader, until, at,
        )  # fmt: skip
        if row is None or row["reader"] == reader:
            return None
        held.append(int(row["free_at"]))
    return min(held)


def _places(address: str) -> list[str]:
    """By what the letters of an address are known."""
    return [_hash("address", f"{number} {address}") for number in range(TO_ONE_ADDRESS)]


def _hash(what: str, value: str) -> str:
    return vault.mail_index(f"written {what} {value}")
