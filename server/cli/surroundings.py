"""What stands around the sessions of the demo's people: a course, medicine, meetings, questions, a safety plan."""

from datetime import datetime, timedelta
from typing import Any

from server.base.clock import wire_instant, zone_of
from server.base.ids import uuid7
from server.cli.story import DAYS, INDUCTION, ZONE, Change

PLAN = {
    "warning_signs": ["I stop answering the phone", "Three nights under five hours"],
    "brings_me_back": ["Cold water on the wrists", "The kettle, and naming what is on the shelf"],
    "own_coping": ["Once around the harbour", "The radio, low"],
    "distractions": ["The library on the corner", "Rea’s kitchen"],
    "people": ["Rea, 030 555 0142", "Jo, after six, 030 555 0177"],
    "professionals": ["Dr. Vogt’s practice, 030 555 0101, 9 to 17"],
    "safer_surroundings": ["Rea keeps the spare tablets"],
    "locked_too": ["brings_me_back", "professionals"],
}


def surroundings(patient_id: str, today: datetime) -> list[Change]:
    """The records of one person of the demo, written by `today`; the plan has the account's own id."""
    first = today.astimezone(zone_of(ZONE)) - timedelta(days=DAYS - 1)

    def on(day: int) -> datetime:
        return first + timedelta(days=day)

    def kept(kind: str, day: int, values: dict[str, Any], record_id: str = "") -> Change:
        return {
            "id": uuid7(),
            "kind": kind,
            "record_id": record_id or uuid7(),
            "base_revision": 0,
            "edited_at": wire_instant(min(on(day), today)),
            "patch": values,
        }

    def meeting(day: int, **values: Any) -> Change:
        starts_at = on(day).replace(hour=9, minute=30, second=0, microsecond=0)
        return kept("meeting", day, {"starts_at": wire_instant(starts_at), "zone": ZONE, "with": "Dr. Vogt", **values})

    course = {"treated_for": ["depression"], "started_on": f"{on(INDUCTION[0]):%Y-%m-%d}"}
    medicine = {"name": "sertraline", "dose_text": "50 mg in the morning", "from": f"{on(-200):%Y-%m-%d}"}
    sleep = {"name": "the drops for the night", "from": f"{on(3):%Y-%m-%d}", "to": f"{on(30):%Y-%m-%d}"}
    asked = {"text": "How long is it meant to last between two sessions?", "audience": "therapist"}
    settled = {"text": "May I drive on the day after?", "audience": "therapist", "settled_at": wire_instant(on(29))}
    return [
        kept("course", INDUCTION[0], course),
        kept("medication", 1, medicine | {"audience": "both"}),
        kept("medication", 3, sleep),
        meeting(29, agreed=["A walk before noon", "The phone stays in the kitchen at night"]),
        meeting(DAYS + 3),
        kept("question", DAYS - 6, asked),
        kept("question", 20, settled),
        kept("safety_plan", 12, PLAN, patient_id),
    ]
