"""The door: what a person's records say about when to ask, read once for all their reminders."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

import msgspec

from server.database import service as database
from server.measures import service as measures
from server.prompts.rules import (
    MOST_DAYS,
    OPEN,
    Rounds,
    Turn,
    first_day,
    is_askable,
    is_night,
    next_turn,
    turn_at,
    wall_time,
)
from server.records import service as records
from server.treatment import service as treatment

__all__ = [
    "MOST_DAYS", "Around", "Rounds", "Turn", "around", "asked_of_patients", "first_day", "is_askable", "is_hard",
    "is_night", "next_turn", "turn_at", "wall_time",
]  # fmt: skip

_DOSES_LATELY = timedelta(days=14) + OPEN


class Around(msgspec.Struct, frozen=True):
    """What was filled in and given lately: the last day of each instrument, and the starts of sessions with a dose."""

    answered_on: dict[str, date]
    doses: tuple[datetime, ...]


def asked_of_patients() -> Collection[str]:
    """The instruments that a person may be reminded of."""
    return [each.id for each in measures.instruments() if each.entered_by == "patient"]


def is_hard(instrument: str) -> bool:
    """Whether an instrument asks about something very hard."""
    return any(each.has_index_event for each in measures.instruments() if each.id == instrument)


@database.reading
async def around(patient_id: str, now: datetime) -> Around:
    """What a patient's records say, as far back as a turn may reach."""
    since = now.date() - timedelta(days=MOST_DAYS + 2)
    kinds = (measures.RESPONSE.name, treatment.TREATMENT_SESSION.name)
    answered_on: dict[str, date] = {}
    doses = []
    for found in await records.between(patient_id, since, None, *kinds):
        if found.kind == measures.RESPONSE.name:
            form = measures.form_of(found, ())
            answered_on[form.instrument] = max(form.day, answered_on.get(form.instrument, form.day))
        elif treatment.has_taken_place(session := treatment.session_of(found), now):
            doses.append(session.starts_at)
    return Around(answered_on, tuple(sorted(dose for dose in doses if dose > now - _DOSES_LATELY)))
