"""Which answers raise an alert: the first, a rise, two or more; what stands unchanged and what was told raises none."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.reading_hours.rules import Away, ReadingHours, reading_ends
from server.safety.triggers import Answered, is_late, reason_of

VALUES = st.lists(st.integers(0, 3), min_size=1, max_size=12)
HOURS = ReadingHours(weekdays=[1, 2, 3, 4, 5], opens="09:00", closes="17:00", zone="Europe/Berlin")


def raised(values: list[int], order: list[int] | None = None, every: bool = False) -> dict[int, str]:
    """What is raised for these answers, by place, where they arrive in this order."""
    told: dict[str, int] = {}
    found: dict[int, str] = {}
    arrived: list[int] = []
    for place in order or range(len(values)):
        arrived = sorted([*arrived, place])
        answers = [Answered(str(each), values[each]) for each in arrived]
        if reason := reason_of(answers, arrived.index(place), told, every):
            told[str(place)] = values[place]
            found[place] = reason
    return found


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0, 0], {}),
        ([1], {0: "first"}),
        ([0, 1], {1: "first"}),
        ([1, 1, 1, 1], {0: "first"}),
        ([2, 2, 2], {0: "first"}),
        ([1, 0, 1], {0: "first", 2: "rise"}),
        ([1, 2, 3], {0: "first", 1: "rise", 2: "rise"}),
        ([3, 2, 2], {0: "first", 1: "two_or_more"}),
        ([2, 1], {0: "first"}),
    ],
)
def test_an_answer_is_told_for_the_reason_that_the_law_names(values: list[int], expected: dict[int, str]) -> None:
    assert raised(values) == expected


def test_where_a_reader_chose_so_every_answer_of_one_or_more_is_told() -> None:
    assert raised([1, 1, 0, 1], every=True) == {0: "first", 1: "every_answer", 3: "rise"}


def test_what_stood_before_anybody_could_be_told_is_told_from_two_on_and_once() -> None:
    ones = [Answered("a", 1), Answered("b", 1)]
    twos = [Answered("a", 2), Answered("b", 2), Answered("c", 2)]

    assert reason_of(ones, 1, {}) is None
    assert reason_of(twos, 1, {}) == "two_or_more"
    assert reason_of(twos, 2, {"b": 2}) is None


@pytest.mark.parametrize(
    ("values", "order", "expected"),
    [
        ([1, 1], [1, 0], {1: "first"}),
        ([1, 2], [1, 0], {1: "first"}),
        ([2, 1], [1, 0], {1: "first", 0: "first"}),
        ([1, 0], [1, 0], {0: "first"}),
        ([0, 1, 1], [0, 2, 1], {2: "first"}),
    ],
)
def test_what_comes_late_is_told_unless_something_as_grave_after_it_was(
    values: list[int], order: list[int], expected: dict[int, str]
) -> None:
    assert raised(values, order) == expected


@given(VALUES)
def test_a_repeat_of_what_was_told_raises_nothing(values: list[int]) -> None:
    answers = [Answered(str(place), value) for place, value in enumerate(values)]
    told = {str(place): values[place] for place in raised(values)}

    again = [reason_of(answers, place, told) for place in range(len(values)) if str(place) in told]

    assert set(again) <= {None}


@given(VALUES)
def test_every_rise_and_every_change_that_stays_at_two_or_more_is_told_and_nothing_of_nought(values: list[int]) -> None:
    found = raised(values)

    for place, value in enumerate(values):
        before = values[place - 1] if place else 0
        is_expected = value > before or (value >= 2 and value != before)
        assert (place in found) == is_expected


def test_late_is_what_arrives_more_than_an_hour_after_it_was_felt() -> None:
    now = datetime(2026, 11, 23, 19, tzinfo=UTC)

    assert not is_late(now - timedelta(hours=1), now)
    assert is_late(now - timedelta(hours=1, milliseconds=1), now)
    assert not is_late(now + timedelta(hours=2), now)


@pytest.mark.parametrize(
    ("at", "ends"),
    [
        ("2026-11-23T10:00:00Z", "2026-11-23T16:00:00Z"),  # Monday, while they run
        ("2026-11-23T16:00:00Z", "2026-11-24T16:00:00Z"),  # their very end belongs to the next day
        ("2026-11-27T19:00:00Z", "2026-11-30T16:00:00Z"),  # Friday evening
        ("2026-03-27T19:00:00Z", "2026-03-30T15:00:00Z"),  # over the change of the clocks
    ],
)
def test_the_hours_in_which_somebody_reads_next_end_on_their_own_clock(at: str, ends: str) -> None:
    assert reading_ends(HOURS, datetime.fromisoformat(at)) == datetime.fromisoformat(ends)


def test_an_absence_makes_nobody_wait_longer_to_be_told() -> None:
    day = datetime(2026, 11, 24, tzinfo=UTC).date()
    away = ReadingHours(**{**_fields(HOURS), "away": [Away(first=day, last=day)]})

    assert reading_ends(away, datetime(2026, 11, 23, 19, tzinfo=UTC)) == datetime(2026, 11, 24, 16, tzinfo=UTC)


def _fields(hours: ReadingHours) -> dict[str, object]:
    return {name: getattr(hours, name) for name in hours.__struct_fields__}
