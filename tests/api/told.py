"""What gives rise to alerts, and what became of it."""

from typing import Any

from tests.people import Person

PHQ_9 = {"instrument": "phq-9", "instrument_version": "1"}


async def answer(patient: Person, value: int | None, **more: Any) -> dict[str, Any]:
    """A PHQ-9 with that answer to its ninth item."""
    return await patient.keep("response", **PHQ_9, answers={"1": 3, "9": value}, **more)


async def ask(patient: Person, choice: str = "tell_therapist", **more: Any) -> dict[str, Any]:
    return await patient.keep("help_request", **{"trigger": "button", "choice": choice, **more})


async def alerts(person: Person) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await person.get("/api/alerts")).json()["items"]
    return found


async def reasons(person: Person) -> list[str]:
    """Why each was raised, oldest first."""
    return [each["reason"] for each in reversed(await alerts(person))]
