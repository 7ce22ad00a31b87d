"""The door: what a person's records say about when to ask, read once for all their reminders."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from server.database import service as database
from server.journal import service as journal
from server.measures import service as measures
from server.prompts.bodies import AnyBody, FormBody, PointsBody, ReminderBody, body_of
from server.prompts.daily import Occurrence, Schedule, next_due, next_occurrence
from server.prompts.plans import (
    DAILY,
    FORM,
    NEVER,
    POINTS,
    TABLE,
    Coming,
    Terms,
    asked_as,
    coming_of,
    first_day_of,
    following,
    paused_until,
    place,
    plan_points,
    present,
    rounds_around,
    rounds_of,
    schedule_of,
    sealed_terms,
    terms_of,
    wording_of,
)  # fmt: skip
from server.prompts.points import Given, Point, Prompt, Wish, point_at, prompts_of
from server.prompts.rules import MOST_DAYS, OPEN, Rounds, first_day, is_askable, is_night, next_turn, turn_at, wall_time
from server.records import service as records
from server.treatment import service as treatment

__all__ = [
    "DAILY", "FORM", "LATELY", "NEVER", "POINTS", "TABLE", "AnyBody", "Around", "Coming", "FormBody", "Given",
    "Occurrence", "Point", "PointsBody", "Prompt", "ReminderBody", "Rounds", "Schedule", "Terms", "Wish", "around",
    "asked_as", "body_of", "coming_of", "first_day", "first_day_of", "following", "is_askable", "is_hard",
    "is_night", "is_resting", "next_due", "next_occurrence", "next_turn", "open_point", "paused_until", "place",
    "plan_points", "present", "prompts_of", "rounds_in", "rounds_of", "schedule_of", "sealed_terms", "terms_of",
    "turn_at", "wall_time", "why_not_asked", "wording_of",
]  # fmt: skip

LATELY = timedelta(days=MOST_DAYS + 2)  # as far back as a turn may reach, however many years somebody has been here
_POINTS_LATELY = timedelta(days=10)
_DOSES_LATELY = timedelta(days=14) + OPEN


class Around(msgspec.Struct, frozen=True):
    """What was filled in and given lately: the last day of each instrument, and the sessions with a dose."""

    answered_on: dict[str, date]
    sessions: tuple[Given, ...]
    doses: tuple[datetime, ...]


def why_not_asked(instrument: str) -> str:
    """Why a person may not be reminded of an instrument; empty where they may."""
    found = next((each for each in measures.instruments() if each.id == instrument), None)
    if found is None or found.entered_by != "patient":
        return "is not known here"
    return "" if found.has_text else "has no words on this installation: its licensed pack is not loaded"


def is_resting(terms: Terms) -> bool:
    """Whether a reminder asks for a questionnaire that is not offered here, and so waits until it is again."""
    return bool(terms.instrument) and measures.in_place_of(terms.instrument) is None


def is_hard(instrument: str) -> bool:
    """Whether an instrument asks about something very hard."""
    return any(each.has_index_event for each in measures.instruments() if each.id == instrument)


@database.reading
async def around(patient_id: str, now: datetime) -> Around:
    """What a patient's records say, as far back as a turn may reach."""
    kinds = (measures.RESPONSE.name, treatment.TREATMENT_SESSION.name)
    answered_on: dict[str, date] = {}
    sessions = []
    for found in await records.between(patient_id, now.date() - LATELY, None, *kinds):
        if found.kind == measures.RESPONSE.name:
            form = measures.form_of(found)
            answered_on[form.instrument] = max(form.day, answered_on.get(form.instrument, form.day))
        elif treatment.has_taken_place(session := treatment.session_of(found), now):
            sessions.append(Given(session.id, session.starts_at, session.values.phase or None))
    doses = sorted(each.starts_at for each in sessions if each.starts_at > now - _DOSES_LATELY)
    return Around(answered_on, tuple(sessions), tuple(doses))


def rounds_in(row: Mapping[str, Any], terms: Terms, lately: Around) -> Rounds:
    """When a reminder of a questionnaire comes, given what was filled in and given lately."""
    return rounds_around(
        row, terms, lately.answered_on.get(terms.instrument), lately.doses, is_hard(terms.instrument)
    )


async def open_point(patient_id: str, sessions: Iterable[Given], now: datetime) -> Point | None:
    """The point after one of these sessions that is open, given what the patient has written."""
    entries = await journal.between(patient_id, now.date() - _POINTS_LATELY, None)
    return point_at(sessions, [each.occurred_at for each in entries if each.values.point], now)
