"""A made-up story for the demo: ten weeks of two people, from a seed. Nobody in it exists."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from server.base.clock import wire_instant, zone_of
from server.base.ids import uuid7

ZONE = "Europe/Berlin"
DAYS = 70
INDUCTION = (14, 17, 19, 21, 24, 26)  # days of the story; about six sessions in two weeks
MAINTENANCE = (51,)
FORMS = (13, 22, 43, 67)  # before the series, within it, and from two weeks after a dose on
ASKED = (("phq-9", 12), ("gad-7", 18))  # at minutes past seven in the evening
SILENT = (*range(38, 43), 9, 33, 60)  # a week away, and days on which nothing was written

Change = dict[str, Any]


@dataclass(frozen=True)
class Person:
    """How somebody's days go: where the mood begins, how much a session lifts it, for how many days, and the drift."""

    mood: float
    anxiety: float
    lift: float
    fades_days: float
    drift: float
    notes: tuple[tuple[int, str, str], ...]


MARA = Person(
    mood=3.2,
    anxiety=7.0,
    lift=2.1,
    fades_days=8.0,
    drift=0.0,
    notes=(
        (2, "me", "Slept four hours. Everything costs twice what it should."),
        (6, "me", "Did not answer the phone. Watered the plants, at least."),
        (12, "therapist", "I am more afraid of hoping than of the needle."),
        (14, "me", "The ceiling was a harbour. Came back slowly, cold hands."),
        (15, "therapist", "Walked to the market and back without planning the way home."),
        (18, "me", "Laughed at something on the radio and noticed it."),
        (22, "both", "Nausea for an hour after the session, gone by the evening."),
        (27, "therapist", "Last of the six. It is quieter inside. I do not trust it yet."),
        (31, "me", "Cooked for two. Nobody came, and that was all right."),
        (37, "me", "The old weight in the morning again, gone by noon."),
        (45, "therapist", "It is fading. The mornings first."),
        (49, "me", "Cancelled twice this week. Said I had a cold."),
        (52, "therapist", "The day after: the tide came back in. I could hear the kettle again."),
        (58, "me", "Still holding, thinner."),
        (64, "therapist", "Is it normal to cry on the second day? I want to ask about that."),
        (68, "me", "Afraid that it will go again."),
        (69, "therapist", "Sleep is back. I am afraid it will go again."),
    ),
)
TOMAS = Person(
    mood=4.4,
    anxiety=5.6,
    lift=0.3,
    fades_days=2.0,
    drift=-0.028,
    notes=(
        (5, "me", "Pain level the same, patience shorter."),
        (20, "therapist", "I hoped to feel more by now."),
        (35, "therapist", "Harder than before we began. I would like to talk about that."),
        (57, "me", "Nights are the long part."),
        (66, "therapist", "Could we look at this together before the next session?"),
    ),
)


def changes(
    person: Person, seed: int, today: datetime, asked: Sequence[tuple[str, int]] = ASKED
) -> Iterator[tuple[datetime, list[Change]]]:
    """The story up to `today` as batches: when the server received them, and what was in them, oldest first."""
    random = Random(seed)  # noqa: S311 - a story, not a secret
    first = (today.astimezone(zone_of(ZONE)) - timedelta(days=DAYS - 1)).date()
    doses: list[datetime] = []
    notes = {day: (audience, text) for day, audience, text in person.notes}
    for day in range(DAYS):
        date = first + timedelta(days=day)

        def at(clock: time, date: Any = date) -> datetime:
            return datetime.combine(date, clock, zone_of(ZONE))

        batch: list[Change] = []
        if day in INDUCTION + MAINTENANCE:
            starts_at = at(time(14, 0))
            doses.append(starts_at)
            batch.append(_session(starts_at, "induction" if day in INDUCTION else "maintenance"))
            batch += [_entry(person, random, starts_at + timedelta(hours=hours), doses, day) for hours in (4.0, 7.5)]
        elif day not in SILENT and random.random() > 0.12:
            if random.random() < 0.3:
                batch.append(_entry(person, random, at(time(8, random.randrange(60))), doses, day, sleep=True))
            evening = at(time(20, random.randrange(10, 55)))
            batch.append(_entry(person, random, evening, doses, day, late=random.random() < 0.06))
        if batch and day in notes:
            batch[-1]["patch"] |= {"audience": notes[day][0], "note": notes[day][1]}
            if day >= DAYS - 7 and notes[day][0] == "therapist":
                batch[-1]["patch"]["bring"] = True
        if day in FORMS:
            mood = _level(person, at(time(19, 0)), doses, day)
            batch += [_form(seed + day, name, at(time(19, minute)), mood) for name, minute in asked]
        batch = [change for change in batch if change["edited_at"] <= wire_instant(today)]
        if batch:
            yield min(at(time(23, 0)), today), batch


def second_thoughts(record: dict[str, Any], now: datetime) -> list[Change]:
    """Two devices that changed the same note apart, so that both versions stand in the demo."""
    seen, written = record["revision"], str(record["values"].get("note", ""))
    texts = (f"{written} It was the rain, too.", f"{written} Ask about the dose.")
    return [
        _change("check_in", now + timedelta(minutes=minute), {"note": text}, record["id"], seen)
        for minute, text in enumerate(texts)
    ]


def _entry(
    person: Person,
    random: Random,
    at: datetime,
    doses: list[datetime],
    day: int,
    sleep: bool = False,
    late: bool = False,
) -> Change:
    """One check-in at `at`; `late` is typed the next morning, and so remembered."""
    since_h = _hours_since(doses, at)
    lift = _lift(person, since_h)
    near = math.exp(-since_h[-1] / 3) * 9 if since_h else 0.0
    wave = 0.6 * math.sin(day / 4.3)
    patch: dict[str, Any] = {
        "occurred_at": wire_instant(at),
        "zone": ZONE,
        "mood": _rating(random, person.mood + lift + wave + person.drift * day),
        "anxiety": _rating(random, person.anxiety - 0.8 * lift - wave - person.drift * day),
        "dissociation": _rating(random, 0.7 + near, 0.6),
    }
    if patch["dissociation"]:
        patch["dissociation_tone"] = "peaceful" if near > 1 else random.choice(["neutral", "mixed", "distressing"])
    if sleep:
        patch |= {"sleep_hours": round(random.gauss(5.6 + lift / 3, 0.9) * 2) / 2, "rested": _rating(random, 3 + lift)}
    if near > 1:
        patch["side_effects"] = {"nausea": "mild", "dizziness": random.choice(["none", "mild"])}
    elif doses and random.random() < 0.05:
        patch["side_effects"] = {"urinary_urgency": random.choice(["mild", "moderate"])}
    typed_at = at + timedelta(hours=11 if late else 0)
    return _change("check_in", typed_at, patch)


def _hours_since(doses: list[datetime], at: datetime) -> list[float]:
    return [(at - dose).total_seconds() / 3600 for dose in doses if dose <= at]


def _lift(person: Person, since_h: list[float]) -> float:
    return sum(person.lift * math.exp(-hours / 24 / person.fades_days) for hours in since_h[-3:])


def _level(person: Person, at: datetime, doses: list[datetime], day: int) -> float:
    """The mood of the two weeks up to `at`, roughly: what a form that looks back over them is answered from."""
    return person.mood + person.drift * day + _lift(person, _hours_since(doses, at))


def _form(seed: int, name: str, at: datetime, mood: float) -> Change:
    """One of ASKED, or PHQ-8, as somebody whose mood is so would answer it; the last and hardest item stays low."""
    random = Random(seed * 31 + len(name))  # noqa: S311 - a story, not a secret
    count = {"phq-9": 9, "phq-8": 8}.get(name, 7)
    level = 3 * (10 - mood) / 10
    answers = {str(item): max(0, min(3, round(random.gauss(level, 0.7)))) for item in range(1, count + 1)}
    if name != "phq-8":
        answers[str(count)] = max(0, min(1, round(level - 1.6)))
    if name == "phq-9":
        answers["difficulty"] = max(0, min(3, round(level)))
    values = {
        "instrument": name,
        "instrument_version": "1",
        "answers": answers,
        "completed_at": wire_instant(at),
        "zone": ZONE,
    }
    return _change("response", at, values)


def _session(starts_at: datetime, phase: str) -> Change:
    values = {
        "starts_at": wire_instant(starts_at),
        "zone": ZONE,
        "status": "happened",
        "drug": "ketamine",
        "route": "iv",
        "dose_mg": 38,
        "setting": "clinic",
        "phase": phase,
        "ride_home": True,
    }
    return _change("treatment_session", starts_at, values)


def _change(kind: str, at: datetime, patch: dict[str, Any], record_id: str | None = None, base: int = 0) -> Change:
    return {
        "id": uuid7(),
        "kind": kind,
        "record_id": record_id or uuid7(),
        "base_revision": base,
        "edited_at": wire_instant(at),
        "patch": patch,
    }


def _rating(random: Random, mean: float, spread: float = 0.9) -> int:
    return max(0, min(10, round(random.gauss(mean, spread))))
