"""Made-up histories of check-ins and sessions, by hand and by hypothesis, for the tests of summaries."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

import msgspec
from hypothesis import strategies as st

from server.base.clock import local_day
from server.summaries.rules import Course, Entry, Limits, Session, Span

FIRST = date(2026, 3, 1)
NOON = time(12)
ZONES = ["Europe/Berlin", "America/New_York", "Pacific/Kiritimati", "Pacific/Niue", "Asia/Kathmandu", "UTC"]
DAY_STARTS = [time(0), time(4), time(12)]
AUDIENCES: list[Any] = ["me", "therapist", "prescriber", "both"]
EVERYTHING = frozenset({"scales", "sessions", "side_effects", "notes"})
EFFECTS = ("nausea", "headache", "urinary_urgency")
SEVERITIES = ("none", "mild", "moderate", "severe")
DAYS = 75
RATINGS: list[list[int | None]] = [[None, *range(11)], [2, 3, 3, 4, 4, 5, 6, 7], [8, 9, 9, 10], [None, None, 5]]
_STEP = timedelta(hours=2)  # coarse, so that 6 hours, 24 hours and 7 days are often met exactly


def on(day: int, at: time = NOON) -> datetime:
    """An instant on the `day`th day of the story, in UTC."""
    return datetime.combine(FIRST + timedelta(days=day), at, UTC)


def day(number: int) -> date:
    """The `number`th day of the story."""
    return FIRST + timedelta(days=number)


def felt(number: int, at: time = NOON, **told: Any) -> Entry:
    """A check-in on the `number`th day."""
    name = told.pop("id", f"{number}-{at}")
    return Entry(id=name, day=day(number), occurred_at=on(number, at), **told)


def dose(number: int, at: time = NOON, **told: Any) -> Session:
    """A session on the `number`th day."""
    return Session(id=f"session {number} {at}", day=day(number), starts_at=on(number, at), **told)


def span(first: int, last: int) -> Span:
    """From the `first` to the `last` day."""
    return Span(day(first), day(last), last - first + 1)


def opening(*scopes: str, **told: Any) -> Limits:
    """What a consent with these scopes lets a therapist know."""
    return Limits(scopes=frozenset(scopes), **{"audience": "therapist", "notes_from": date.min, **told})


def history(random: Random) -> tuple[list[Entry], list[Session], Span]:
    """A history of up to 75 days with gaps, journeys through zones, crowded and lonely sessions, late entries."""
    day_starts_at = random.choice(DAY_STARTS)
    ratings = random.choice(RATINGS)
    entries = [_entry(random, number, day_starts_at, ratings) for number in range(random.choice([0, 3, 12, 50, 100]))]
    sessions = [_session(random, number, day_starts_at) for number in range(random.choice([0, 1, 2, 5, 12]))]
    first, last = sorted((random.randint(-5, DAYS), random.randint(-5, DAYS)))
    return entries, sessions, span(first, last)


def limits(random: Random) -> Limits:
    """Some consent, its ends open or not."""
    scopes = frozenset(scope for scope in (*EVERYTHING, "alerts") if random.random() < 0.7)
    first, last = sorted((random.randint(-5, DAYS), random.randint(-5, DAYS)))
    return Limits(
        scopes=scopes,
        first=random.choice([None, day(first)]),
        last=random.choice([None, day(last)]),
        notes_from=random.choice([None, day(random.randint(-5, DAYS))]),
        audience=random.choice([None, "therapist", "prescriber"]),
    )


def with_courses(random: Random) -> tuple[list[Entry], list[Session], Span, Limits | None, list[Course]]:
    """A history with up to three courses, some of its sessions naming one, or one that is no more."""
    entries, sessions, asked = history(random)
    ids = ["course 0", "course 1", "course 2"]
    courses = [
        Course(id=name, first=day(random.randint(-5, DAYS)), recalled=random.choice([None, 0, 4, 9]))
        for name in random.sample(ids, random.randint(0, 3))
    ]
    named = [msgspec.structs.replace(each, course_id=random.choice([None, None, *ids])) for each in sessions]
    return entries, named, asked, limits(random) if random.random() < 0.3 else None, courses


histories = st.integers(0, 2**32).map(lambda seed: history(Random(seed)))
coursed = st.integers(0, 2**32).map(lambda seed: with_courses(Random(seed)))
limited = st.integers(0, 2**32).map(lambda seed: (*history(random := Random(seed)), limits(random)))


def _entry(random: Random, number: int, day_starts_at: time, ratings: list[int | None]) -> Entry:
    at, zone = _moment(random)
    return Entry(
        id=f"entry {number}",
        day=local_day(at, zone, day_starts_at),
        occurred_at=at,
        is_remembered_later=random.random() < 0.2,
        mood=random.choice(ratings),
        anxiety=random.choice(ratings),
        dissociation=random.choice(ratings),
        is_distressing=random.random() < 0.2,
        has_memory_gap=random.random() < 0.2,
        sleep_hours=random.choice([None, 0.1, 6.7, 8, 24]),
        rested=random.choice(ratings),
        note=random.choice([None, None, "", "  ", f"note {number}"]),
        audience=random.choice(AUDIENCES),
        bring=random.random() < 0.3,
        side_effects=random.choice([None, None, {name: random.choice(SEVERITIES) for name in EFFECTS}]),
    )


def _session(random: Random, number: int, day_starts_at: time) -> Session:
    at, zone = _moment(random)
    phase: Any = random.choice([None, "induction", "maintenance"])
    return Session(id=f"session {number}", day=local_day(at, zone, day_starts_at), starts_at=at, phase=phase)


def _moment(random: Random) -> tuple[datetime, str]:
    """An instant, and where somebody was."""
    zone = ZONES[0] if random.random() < 0.7 else random.choice(ZONES)
    steps = random.randrange(DAYS * 12)
    return on(0, time(0)) + steps * _STEP, zone
