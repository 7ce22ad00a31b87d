"""How often better days tell somebody with relief from somebody without, by the product and by the rule in plain code.

People are made up and seeded: a mood of about 4 that drifts from day to day, one session, and then two points more for
fourteen days, or nothing more.
"""

from random import Random
from statistics import median

import pytest

from server.summaries.summarise import summarise
from tests.rules.histories import dose, felt, span
from tests.tried import tell

PEOPLE = 500
SESSION = 28  # on this day of the story; the mood before it is measured from the three weeks before
RELIEF_DAYS = 14
DAYS = SESSION + 28
DAILY, TWICE_WEEKLY = (0, 1, 2, 3, 4, 5, 6), (1, 4)  # days of a week with an entry

Moods = dict[int, int]


def moods_of(seed: int, weekdays: tuple[int, ...], relief: float) -> Moods:
    """What one person wrote down, by day: whole numbers from 0 to 10."""
    random, drift, written = Random(seed), 0.0, {}
    for day in range(DAYS + 1):
        drift = 0.5 * drift + random.gauss(0, 1)
        more = relief if SESSION < day <= SESSION + RELIEF_DAYS else 0
        if day % 7 in weekdays and day != SESSION:
            written[day] = min(10, max(0, round(4 + drift + more)))
    return written


def by_the_product(moods: Moods) -> list[tuple[int | None, int, str]]:
    """Better days, of how many, and how that is read, of the first two weeks after the session."""
    summary = summarise([felt(day, mood=mood) for day, mood in moods.items()], [dose(SESSION)], span(0, DAYS))
    assert isinstance(summary.sessions, list)
    better_days = summary.sessions[0].better_days
    assert better_days is not None
    return [(week.better, week.of, week.reading) for week in better_days.weeks[:2]]


def written_plainly(moods: Moods) -> list[tuple[int | None, int, str]]:
    """The same, straight from the contract's sentences."""
    before = [mood for day, mood in moods.items() if SESSION - 21 <= day < SESSION]
    start = median(before)
    found: list[tuple[int | None, int, str]] = []
    for first in (1, 8):
        # A dose at noon and an entry at noon of the next day are 24 hours apart, which is still near.
        week = [moods[day] for day in range(SESSION + first, SESSION + first + 7) if day in moods and day > SESSION + 1]
        reading = "too_few" if len(week) < 3 else "no_room" if start > 8 else "counted"
        found.append((sum(mood >= start + 2 for mood in week), len(week), reading))
    return found


def has_relief(weeks: list[tuple[int | None, int, str]], is_read: bool) -> bool:
    """Whether at least half of the days are better; `is_read`: by weeks that are not too few to be read alone."""
    read = [(better or 0, of) for better, of, reading in weeks if reading == "counted" or not is_read]
    return bool(read) and 2 * sum(better for better, _ in read) >= sum(of for _, of in read)


@pytest.mark.parametrize(
    ("name", "weekdays", "is_read", "with_relief", "without"),
    [
        ("daily", DAILY, True, 360, 19),
        ("twice weekly, as it is read: too few to say", TWICE_WEEKLY, True, 0, 0),
        ("twice weekly, were its counts read all the same", TWICE_WEEKLY, False, 301, 32),
    ],
)
def test_relief_is_told_as_often_as_by_the_rule_written_plainly(
    name: str, weekdays: tuple[int, ...], is_read: bool, with_relief: int, without: int
) -> None:
    told = {}
    for relief in (2, 0):
        people = [moods_of(seed, weekdays, relief) for seed in range(PEOPLE)]
        product, plain = [by_the_product(one) for one in people], [written_plainly(one) for one in people]
        assert product == plain
        told[relief] = sum(has_relief(weeks, is_read) for weeks in product)

    tell(f"better days, {name}: told of {told[2]} of {PEOPLE} with relief and of {told[0]} of {PEOPLE} without")
    assert told == {2: with_relief, 0: without}
