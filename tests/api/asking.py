"""Putting reminders of any form, and reading what is due."""

from typing import Any

from server.base.ids import uuid7
from tests.people import Person


async def put_reminder(person: Person, body: dict[str, Any], reminder_id: str | None = None) -> dict[str, Any]:
    """The reminder as it was kept."""
    answer = await person.put(f"/api/reminders/{reminder_id or uuid7()}", json=body)
    assert answer.status_code == 200, answer.text
    kept: dict[str, Any] = answer.json()
    return kept


async def due(person: Person) -> list[dict[str, Any]]:
    """What is due now."""
    items: list[dict[str, Any]] = (await person.get("/api/due")).json()["items"]
    return items
