"""Series, better days and curves, each by an example made by hand."""

from datetime import time
from typing import Any

from msgspec import structs

from server.summaries.rules import BetterDays, Course, Entry, Start, Summary, Week
from server.summaries.summarise import summarise
from tests.rules.histories import NOON, day, dose, felt, span

MORNING, EVENING = time(8), time(20)
BEFORE = [felt(number, mood=3) for number in (6, 7, 8, 9)]  # a start of 3 for a first session on day 10


def weeks_after(summary: Summary, index: int = -1) -> list[Week]:
    assert isinstance(summary.sessions, list)
    better_days = summary.sessions[index].better_days
    assert better_days is not None
    return better_days.weeks


def test_sessions_no_more_than_seven_days_apart_are_one_series_and_only_its_last_has_weeks() -> None:
    sessions = [dose(10), dose(17), dose(25)]

    answer = summarise(BEFORE, sessions, span(0, 40)).sessions

    assert [each.better_days is None for each in answer] == [True, False, False]


def test_a_session_after_the_period_still_belongs_to_the_series() -> None:
    (answer,) = summarise(BEFORE, [dose(10), dose(16)], span(0, 14)).sessions

    assert answer.better_days is None


def test_a_better_day_is_two_points_above_the_start_and_not_remembered_later() -> None:
    after = [
        felt(10, MORNING, mood=10),
        felt(11, EVENING, mood=5),
        felt(12, mood=4),
        felt(13, mood=7, is_remembered_later=True),
        felt(14, mood=8),
        felt(15, MORNING, mood=6),
        felt(15, EVENING, mood=0, is_remembered_later=True),
        felt(18, mood=9),
    ]

    (answer,) = summarise([*BEFORE, *after], [dose(10)], span(0, 18)).sessions

    assert answer.better_days == BetterDays(
        weeks=[Week(1, better=3, of=4, reading="counted"), Week(2, better=1, of=1, reading="too_few")],
        last_better_on=day(18),
    )


def test_a_mean_that_is_exactly_two_above_the_start_is_better() -> None:
    """10/3 + 2 is above 16/3 in floating point; the day is better all the same."""
    before = [
        felt(number, at, mood=mood) for number in (6, 7, 8, 9) for at, mood in ((MORNING, 3), (NOON, 3), (EVENING, 4))
    ]
    after = [felt(12, at, mood=mood) for at, mood in ((MORNING, 5), (NOON, 5), (EVENING, 6))]

    answer = summarise([*before, *after], [dose(10)], span(0, 17))

    assert weeks_after(answer) == [Week(1, better=1, of=1, reading="too_few")]


def test_weeks_end_the_day_before_the_next_session() -> None:
    after = [felt(number, EVENING, mood=9) for number in range(11, 40)]

    answer = summarise([*BEFORE, *after], [dose(10), dose(20)], span(0, 60))

    assert weeks_after(answer, 0) == [Week(1, 7, 7, "counted"), Week(2, 2, 2, "too_few")]
    assert [week.of for week in weeks_after(answer, 1)] == [7, 7, 5, 0]


def test_weeks_end_with_the_period_and_one_cut_away_is_not_listed() -> None:
    after = [felt(number, EVENING, mood=9) for number in range(11, 40)]

    assert [week.of for week in weeks_after(summarise([*BEFORE, *after], [dose(10)], span(0, 25)))] == [7, 7, 1]
    assert weeks_after(summarise([*BEFORE, *after], [dose(10)], span(0, 10))) == []
    assert [week.of for week in weeks_after(summarise([*BEFORE, *after], [dose(10)], span(0, 90)))] == [7, 7, 7, 7]


def test_with_no_room_above_the_start_nothing_is_read() -> None:
    entries = [felt(number, EVENING, mood=9) for number in range(30)]

    assert {week.reading for week in weeks_after(summarise(entries, [dose(10)], span(0, 29)))} == {"no_room"}


def test_a_start_of_eight_leaves_room() -> None:
    entries = [felt(number, EVENING, mood=8 if number < 10 else 10) for number in range(30)]

    assert weeks_after(summarise(entries, [dose(10)], span(0, 17))) == [Week(1, 7, 7, "counted")]


def test_without_a_start_days_are_counted_and_none_called_better() -> None:
    answer = summarise([felt(number, EVENING, mood=9) for number in range(10, 16)], [dose(10)], span(0, 17)).sessions[0]

    assert answer.better_days == BetterDays([Week(1, better=None, of=5, reading="no_start")], None)


def test_too_few_days_are_said_first_with_a_start_or_without() -> None:
    answer = summarise([felt(number, EVENING, mood=9) for number in (12, 14)], [dose(10)], span(0, 17))

    assert weeks_after(answer) == [Week(1, better=None, of=2, reading="too_few")]


def test_a_curve_holds_the_answers_by_hours_until_the_next_session() -> None:
    entries = [
        felt(9, mood=1),
        felt(10, time(16, 30), mood=6, dissociation=3),
        felt(11, note="no scale"),
        felt(14, mood=7),
    ]

    first, second = summarise(entries, [dose(10), dose(14)], span(0, 20)).sessions

    assert [structs.astuple(point) for point in first.curve] == [(4.5, 6, None, 3)]
    assert [structs.astuple(point) for point in second.curve] == [(0.0, 7, None, None)]


def test_a_curve_ends_after_28_days() -> None:
    entries = [felt(37, EVENING, mood=4), felt(38, time(11, 59), mood=5), felt(38, NOON, mood=6)]

    (answer,) = summarise(entries, [dose(10)], span(0, 60)).sessions

    assert [point.mood for point in answer.curve] == [4, 5]


def test_the_start_is_that_of_the_latest_course_and_recalled_where_it_was_not_measured() -> None:
    before = [felt(number, mood=2) for number in range(5)] + [felt(number, mood=6) for number in range(40, 44)]
    sessions = [dose(5), dose(45)]
    first, second = Course(id="a", first=day(5)), Course(id="b", first=day(45), recalled=1)

    def start(*courses: Course, entries: list[Entry] = before, last: int = 60) -> Any:
        return summarise(entries, sessions, span(0, last), courses=courses).start

    assert start() == start(first) == Start(mood=2.0, days=5, source="measured")
    assert start(first, second) == Start(mood=6.0, days=4, source="measured")
    assert start(first, second, last=44) == Start(mood=2.0, days=5, source="measured")
    assert start(first, second, entries=before[:5]) == Start(mood=1.0, days=0, source="recalled")
    assert start(first, Course(id="b", first=day(45)), entries=before[:5]) == Start(mood=None, days=0, source="none")
