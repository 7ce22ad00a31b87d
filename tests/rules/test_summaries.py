"""The definitions of days, scales, start, notes and period, each by an example made by hand."""

from datetime import date, time
from typing import Any

import msgspec
import pytest
from msgspec import structs

from server.summaries.summarise import days_needed, span_of, summarise
from tests.rules.histories import NOON, day, dose, felt, opening, span

MORNING, EVENING = time(8), time(20)
BEFORE = [felt(number, mood=3) for number in (6, 7, 8, 9)]  # a start of 3 for a first session on day 10


def test_a_day_without_an_entry_is_not_in_daily() -> None:
    answer = summarise([felt(1, mood=4), felt(3, mood=6)], [], span(0, 9))

    assert [each.day for each in answer.daily] == [day(1), day(3)]


def test_a_figure_of_a_day_is_the_mean_of_what_was_answered() -> None:
    entries = [
        felt(1, MORNING, mood=4, rested=4),
        felt(1, mood=5, anxiety=6),
        felt(1, EVENING, mood=5, sleep_hours=6.5),
    ]

    (answer,) = summarise(entries, [], span(0, 9)).daily

    assert (answer.mood, answer.anxiety, answer.dissociation) == (4.667, 6.0, None)
    assert (answer.sleep_hours, answer.rested, answer.entries) == (6.5, 4.0, 3)


def test_entries_within_24_hours_after_a_dose_count_but_move_no_daily_figure() -> None:
    entries = [
        felt(1, MORNING, mood=4),
        felt(1, EVENING, mood=9),
        felt(2, NOON, mood=9),
        felt(2, time(12, 0, 1), mood=5),
    ]

    first, second = summarise(entries, [dose(1)], span(0, 9)).daily

    assert (first.mood, first.entries, first.within_24h) == (4.0, 2, 1)
    assert (second.mood, second.entries, second.within_24h) == (5.0, 2, 1)


def test_a_day_with_only_entries_near_a_dose_has_no_figures() -> None:
    (answer,) = summarise([felt(1, EVENING, mood=9)], [dose(1)], span(0, 9)).daily

    assert (answer.mood, answer.entries, answer.within_24h) == (None, 1, 1)


def test_a_session_before_the_period_is_still_near() -> None:
    (answer,) = summarise([felt(2, MORNING, mood=9)], [dose(1)], span(2, 9)).daily

    assert (answer.mood, answer.within_24h) == (None, 1)


def test_entries_remembered_later_are_counted_and_stay_in_the_daily_mean() -> None:
    remembered = [felt(1, MORNING, mood=2, is_remembered_later=True), felt(1, EVENING, is_remembered_later=True)]

    (answer,) = summarise([*remembered, felt(1, time(9), mood=4)], [dose(1)], span(0, 9)).daily

    assert (answer.mood, answer.remembered_later) == (3.0, 2)


def test_check_ins_count_every_entry_of_the_period_the_empty_ones_too() -> None:
    entries = [felt(0), felt(1, MORNING, mood=4), felt(1, EVENING), felt(2, mood=4), felt(10, mood=4)]

    answer = summarise(entries, [dose(1)], span(1, 9))

    assert structs.astuple(answer.check_ins) == (3, 2)


def test_scales_are_over_single_entries_away_from_a_dose() -> None:
    entries = [felt(1, MORNING, mood=2), felt(1, EVENING, mood=4), felt(2, mood=6), felt(5, EVENING, mood=10)]

    answer = summarise(entries, [dose(5)], span(0, 9)).scales

    assert structs.astuple(answer.mood) == (3, 4.0, 4.0, 2, 6)
    assert answer.anxiety is None


def test_a_median_of_two_lies_between() -> None:
    answer = summarise([felt(1, mood=2), felt(2, mood=5)], [], span(0, 9)).scales

    assert (answer.mood.median, answer.mood.mean) == (3.5, 3.5)


def test_dissociation_is_told_apart_by_whether_a_dose_was_near() -> None:
    near = [
        felt(1, EVENING, dissociation=8, is_distressing=True, has_memory_gap=True),
        felt(2, MORNING, dissociation=4),
    ]
    later = [
        felt(3, MORNING, dissociation=1, has_memory_gap=True),
        felt(3, EVENING, dissociation=5, is_distressing=True, has_memory_gap=True),
        felt(4),
    ]

    answer = summarise([*near, *later], [dose(1)], span(0, 9)).dissociation

    assert structs.astuple(answer.within_24h) == (2, 6.0, 8)
    assert structs.astuple(answer.later) == (2, 3.0, 5, 1, 1)


def test_nobody_asked_about_dissociation_is_no_figure_not_a_nought() -> None:
    answer = summarise([felt(1, mood=4)], [], span(0, 9)).dissociation

    assert structs.astuple(answer.within_24h) == (0, None, None)
    assert structs.astuple(answer.later) == (0, None, None, 0, 0)


def test_the_start_is_the_median_of_the_days_before_the_first_session() -> None:
    entries = [felt(number, mood=mood) for number, mood in ((0, 9), (1, 2), (5, 3), (7, 4), (21, 8), (22, 10))]

    answer = summarise(entries, [dose(22), dose(30)], span(25, 60)).start

    assert structs.astuple(answer) == (3.5, 4, "measured")


def test_a_start_takes_four_days() -> None:
    entries = [felt(1, MORNING, mood=2), felt(1, EVENING, mood=3), felt(5, mood=3), felt(7, mood=4)]

    answer = summarise(entries, [dose(22)], span(25, 60)).start

    assert structs.astuple(answer) == (None, 3, "none")


def test_without_a_session_begun_by_the_end_of_the_period_there_is_no_start() -> None:
    assert structs.astuple(summarise(BEFORE, [], span(0, 30)).start) == (None, 0, "none")
    assert structs.astuple(summarise(BEFORE, [dose(10)], span(0, 9)).start) == (None, 0, "none")
    assert structs.astuple(summarise(BEFORE, [dose(10)], span(0, 10)).start) == (3.0, 4, "measured")


def test_a_session_is_listed_with_its_instant_and_phase_oldest_first() -> None:
    sessions = [dose(12), dose(10, phase="induction"), dose(50)]

    answer = summarise([], sessions, span(0, 20)).sessions

    assert [(each.starts_at, each.phase) for each in answer] == [
        ("2026-03-11T12:00:00.000Z", "induction"),
        ("2026-03-13T12:00:00.000Z", None),
    ]


def test_ones_own_summary_has_every_note_in_order_but_no_empty_one() -> None:
    entries = [felt(3, note="b", audience="me"), felt(1, note="a", bring=True), felt(2, note=" \n"), felt(4, note="")]

    answer = summarise(entries, [], span(0, 9)).notes

    assert [structs.astuple(note) for note in answer] == [(day(1), "a", True), (day(3), "b", False)]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (None, None, ("2026-10-25", "2026-11-23", 30)),
        (date(2026, 11, 1), None, ("2026-11-01", "2026-11-23", 23)),
        (None, date(2026, 3, 31), ("2026-03-02", "2026-03-31", 30)),
        (date(2026, 11, 30), None, ("2026-11-30", "2026-11-30", 1)),
        (None, date(1, 1, 3), ("0001-01-01", "0001-01-03", 3)),
        (date(1, 1, 1), date(9999, 12, 31), ("0001-01-01", "9999-12-31", 3652059)),
    ],
)
def test_a_period_left_open_is_the_last_30_days(
    first: date | None, last: date | None, expected: tuple[Any, ...]
) -> None:
    answer = span_of(first, last, today=date(2026, 11, 23))

    assert (answer.first.isoformat(), answer.last.isoformat(), answer.days) == expected


def test_the_days_needed_are_the_period_and_those_of_the_start() -> None:
    sessions = [dose(30), dose(25)]

    assert days_needed([], span(0, 9), None) == [(day(0), day(9))]
    assert days_needed(sessions, span(40, 50), None) == [(day(4), day(24)), (day(40), day(50))]
    assert days_needed(sessions, span(10, 50), None) == [(day(4), day(9)), (day(10), day(50))]
    assert days_needed(sessions, span(2, 50), None) == [(day(2), day(50))]
    assert days_needed(sessions, span(0, 20), None) == [(day(0), day(20))]
    assert days_needed(sessions, span(0, 50), opening("scales", "sessions", first=day(26))) == [
        (day(9), day(25)),
        (day(26), day(50)),
    ]


def test_the_json_has_the_names_and_shapes_of_the_contract() -> None:
    entries = [
        *BEFORE,
        felt(10, time(16), mood=6, anxiety=4, dissociation=3, side_effects={"nausea": "mild", "headache": "none"}),
        felt(12, mood=5, note="x", sleep_hours=6.5),
    ]

    answer = msgspec.json.decode(msgspec.json.encode(summarise(entries, [dose(10, phase="induction")], span(5, 12))))

    assert answer == {
        "period": {"from": "2026-03-06", "to": "2026-03-13", "days": 8},
        "check_ins": {"count": 6, "days_with_entry": 6},
        "daily": [
            *({**EMPTY_DAY, "day": f"2026-03-{number:02}", "mood": 3.0} for number in (7, 8, 9, 10)),
            {**EMPTY_DAY, "day": "2026-03-11", "within_24h": 1},
            {**EMPTY_DAY, "day": "2026-03-13", "mood": 5.0, "sleep_hours": 6.5},
        ],
        "scales": {
            "mood": {"n": 5, "mean": 3.4, "median": 3.0, "min": 3, "max": 5},
            "anxiety": None,
            "dissociation": None,
        },
        "dissociation": {
            "within_24h": {"n": 1, "median": 3.0, "highest": 3},
            "later": {"n": 0, "median": None, "highest": None, "distressing": 0, "memory_gap_days": 0},
        },
        "start": {"mood": 3.0, "days": 4, "source": "measured"},
        "side_effects": [{"name": "nausea", "days": 1, "highest": "mild"}],
        "exposure": {"sessions": 1, "last_30_days": 1, "last_60_days": 1},
        "sessions": [
            {
                "id": "session 10 12:00:00",
                "starts_at": "2026-03-11T12:00:00.000Z",
                "phase": "induction",
                "curve": [
                    {"hours": 4.0, "mood": 6, "anxiety": 4, "dissociation": 3},
                    {"hours": 48.0, "mood": 5, "anxiety": None, "dissociation": None},
                ],
                "better_days": {
                    "weeks": [{"week": 1, "better": 1, "of": 1, "reading": "too_few"}],
                    "last_better_on": "2026-03-13",
                },
            }
        ],
        "notes": [{"day": "2026-03-13", "text": "x", "bring": False}],
    }


EMPTY_DAY = {
    **dict.fromkeys(("mood", "anxiety", "dissociation", "sleep_hours", "rested")),
    "entries": 1,
    "remembered_later": 0,
    "within_24h": 0,
}
