"""Planning reminders anew where what they ask for was written, begun or moved."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from server.base.clock import milliseconds
from server.database import service as database
from server.prompts import service as prompts
from server.reminders.rules import LATE
from server.vault import service as vault


@database.transaction
async def replan(patient_id: str, _: Mapping[str, Any], now: datetime) -> None:
    """Plans anew what a patient's sessions and questionnaires ask for, and takes back what is due and needless now."""
    rows = await database.fetch("SELECT * FROM reminder WHERE patient_id = ?1 AND form IS NOT NULL", patient_id)
    if not rows:
        return
    key, around = await vault.key_of(patient_id), await prompts.around(patient_id, now)
    for row in map(dict, rows):
        terms = prompts.terms_of(key, row)
        if row["form"] == prompts.POINTS:
            prompts.plan_points(row, terms, around.sessions, await pushed_points(patient_id, now), now - LATE)
            wanted = {(each.session_id, each.slot, each.day) for each in prompts.coming_of(row)}
        else:
            rounds = prompts.rounds_in(row, terms, around)
            prompts.place(row, prompts.next_turn(rounds, now - LATE))
            turn = prompts.turn_at(rounds, now)
            wanted = {(None, prompts.FORM, turn.day.isoformat())} if turn else set()
        await database.execute(
            "UPDATE reminder SET next_day = ?1, next_due_at = ?2, coming = ?3 WHERE id = ?4",
            row["next_day"], row["next_due_at"], row["coming"], row["id"],
        )  # fmt: skip
        await _take_back(patient_id, row["id"], wanted, now)


async def _take_back(
    patient_id: str, reminder_id: object, wanted: Collection[tuple[str | None, str, str]], now: datetime
) -> None:
    """Deliveries of a reminder that wait to be sent, or to be sent again, go where they are not wanted any longer."""
    sql = (
        "SELECT id, session_id, slot, day FROM delivery"
        " WHERE patient_id = ?1 AND due_at >= ?2 AND reminder_id = ?3 AND status = 'due'"
    )
    for line in await database.fetch(sql, patient_id, milliseconds(now - LATE), reminder_id):
        session_id = str(line["session_id"]) if line["session_id"] else None
        if (session_id, line["slot"], line["day"]) not in wanted:
            await database.execute(
                "UPDATE delivery SET status = 'skipped', try_at = NULL, lease_token = NULL WHERE id = ?1", line["id"]
            )


async def pushed_points(patient_id: str, now: datetime) -> set[tuple[str, str]]:
    """The (session, point) that a patient was prompted of lately, or is just now."""
    sql = (
        "SELECT session_id, slot FROM delivery WHERE patient_id = ?1 AND due_at >= ?2"
        " AND session_id IS NOT NULL AND (attempts > 0 OR lease_token IS NOT NULL)"
    )
    rows = await database.fetch(sql, patient_id, milliseconds(now - prompts.LATELY))
    return {(str(each["session_id"]), each["slot"]) for each in rows}
