"""When the next letter to a backup may go: kept beside the hours, so that all processes keep to it."""

from datetime import datetime

from server.database import service as database
from server.reading_hours.rules import TRIES, Step, Turn, next_step


@database.transaction
async def take_turn(therapist_id: str, unseen_at: int, now: datetime) -> tuple[Step, Turn]:
    """What to do now about an alert that is unseen since then (milliseconds); to one process alone it is to write.

    Until that one says how it went (`keep_turn`), the letter may have been taken: it is tried once more at the most.
    """
    sql = "SELECT letter_at, next_letter_at, letter_tries FROM reading_hours WHERE therapist_id = ?1"
    row = await database.fetch_one(sql + database.for_update(), therapist_id)
    if row is None:  # erased meanwhile
        return "give_up", Turn()
    step, turn = next_step(Turn(row["letter_at"], row["next_letter_at"] or 0, row["letter_tries"] or 0), unseen_at, now)
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
