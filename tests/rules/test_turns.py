"""When a questionnaire comes round: every so many days, at one wall time, and never so soon after a dose."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.base.clock import zone_names, zone_of
from server.base.errors import Invalid
from server.prompts.bodies import body_of
from server.prompts.daily import Occurrence
from server.prompts.rules import (
    AFTER_DOSE,
    OPEN,
    Rounds,
    first_day,
    is_askable,
    is_night,
    next_turn,
    turn_at,
    wall_time,
)

BERLIN = "Europe/Berlin"
FIRST = date(2026, 3, 20)
BEFORE = datetime(2026, 3, 1, tzinfo=UTC)

days = st.dates(date(2020, 1, 1), date(2035, 1, 1))
spans = st.integers(-40 * 1440, 400 * 1440).map(lambda minutes: timedelta(minutes=minutes))
walls = st.integers(0, 1439).map(lambda minute: time(minute // 60, minute % 60))
quiet = st.one_of(st.just((None, None)), st.tuples(walls, walls).filter(lambda two: two[0] != two[1]))
doses = st.lists(spans, max_size=4)


def rounds(**more: Any) -> Rounds:
    return Rounds(**({"zone": BERLIN, "local_time": time(10), "first": FIRST, "every_days": 14} | more))


def turns(chosen: Rounds, count: int, after: datetime = BEFORE) -> list[Occurrence]:
    found: list[Occurrence] = []
    while len(found) < count:
        found.append(next_turn(chosen, found[-1].due_at if found else after))
    return found


def test_it_comes_every_so_many_days_at_the_same_wall_time_through_a_change_of_the_clocks() -> None:
    found = turns(rounds(), 3)

    assert [turn.day for turn in found] == [date(2026, 3, 20), date(2026, 4, 3), date(2026, 4, 17)]
    assert [turn.due_at.hour for turn in found] == [9, 8, 8]  # summer time begins on 29 March


def test_filling_it_in_counts_anew_and_a_reminder_just_begun_does_not_look_back() -> None:
    assert first_day(FIRST, None, 14) == FIRST
    assert first_day(FIRST, date(2026, 3, 18), 14) == date(2026, 4, 1)
    assert first_day(FIRST, date(2025, 3, 18), 14) == FIRST


def test_a_turn_is_open_for_four_days_and_not_in_a_pause() -> None:
    due_at = datetime(2026, 3, 20, 9, tzinfo=UTC)
    second = timedelta(seconds=1)

    assert turn_at(rounds(), due_at - second) is None
    assert turn_at(rounds(), due_at) == (FIRST, due_at)
    assert turn_at(rounds(), due_at + OPEN - second) == (FIRST, due_at)
    assert turn_at(rounds(), due_at + OPEN) is None
    assert turn_at(rounds(paused_until=due_at + second), due_at + 2 * second) is None
    assert next_turn(rounds(paused_until=due_at + second), BEFORE).day == date(2026, 4, 3)


def test_something_very_hard_waits_three_days_after_a_dose_and_until_the_day() -> None:
    dose = datetime(2026, 3, 19, 15, tzinfo=UTC)
    hard = rounds(is_hard=True, doses=(dose,))

    first, second = turns(hard, 2)

    assert first == (FIRST, datetime(2026, 3, 23, 9, tzinfo=UTC))
    assert second.day == date(2026, 4, 3)
    assert turn_at(hard, datetime(2026, 3, 22, 9, tzinfo=UTC)) is None
    assert turn_at(hard, first.due_at) == first
    assert [is_askable(hard, first.due_at + timedelta(hours=hours)) for hours in (0, 13, 20)] == [True, False, True]
    assert not is_askable(hard, dose + AFTER_DOSE - timedelta(seconds=1))
    assert is_askable(rounds(doses=(dose,)), dose)


def test_the_night_is_from_ten_to_five() -> None:
    assert [is_night(time(hour)) for hour in (4, 5, 21, 22, 0)] == [True, False, False, True, True]
    assert wall_time(rounds(local_time=time(23), quiet_from=time(22), quiet_to=time(7))) == time(7)


@given(days, spans, walls, quiet, st.sampled_from(sorted(zone_names())), st.integers(7, 60), st.booleans(), doses)
def test_what_comes_next_is_later_and_nothing_lies_between(
    first: date, span: timedelta, at: time, calm: tuple[time | None, time | None], zone: str, every: int,
    is_hard: bool, given_at: list[timedelta],
) -> None:  # fmt: skip
    start = datetime.combine(first, time(), UTC)
    chosen = rounds(
        zone=zone, first=first, local_time=at, quiet_from=calm[0], quiet_to=calm[1], every_days=every,
        is_hard=is_hard, doses=tuple(sorted(start + each for each in given_at)),
    )  # fmt: skip
    after = start + span

    found = next_turn(chosen, after)

    assert found.due_at > after
    assert (found.day - first).days % every == 0
    assert found.day >= first
    assert next_turn(chosen, found.due_at - timedelta(microseconds=1)) == found
    assert next_turn(chosen, after + (found.due_at - after) / 2 - timedelta(microseconds=1)) == found
    assert turn_at(chosen, found.due_at) == found
    following = next_turn(chosen, found.due_at)
    assert following.day > found.day
    assert not is_hard or not any(dose <= found.due_at < dose + AFTER_DOSE for dose in chosen.doses)
    if not is_hard and calm == (None, None):
        wall = found.due_at.astimezone(zone_of(zone))
        assert (wall.date(), wall.time()) == (found.day, at) or wall.utcoffset() != (
            (found.due_at - timedelta(hours=26)).astimezone(zone_of(zone)).utcoffset()
        )


@given(days, st.integers(0, 60), st.integers(7, 60))
def test_there_is_at_most_one_turn_in_each_span(first: date, later: int, every: int) -> None:
    chosen = rounds(first=first, every_days=every)
    now = datetime.combine(first + timedelta(days=later), time(12), UTC)

    open_now = turn_at(chosen, now)

    passed = [turn for turn in turns(chosen, 12, now - timedelta(days=120)) if turn.due_at <= now]
    assert open_now == (passed[-1] if passed and now < passed[-1].due_at + OPEN else None)


@pytest.mark.parametrize(
    ("change", "pointers"),
    [
        ({"every_days": 6}, ["/every_days"]),
        ({"every_days": 367}, ["/every_days"]),
        ({"every_days": "14"}, ["/every_days"]),
        ({"every_days": None}, ["/every_days"]),
        ({"instrument": 9}, ["/instrument"]),
        ({"skip_if_logged": True}, ["/skip_if_logged"]),
        ({"zone": "Mars/Olympus"}, ["/zone"]),
        ({"quiet_from": "22:00"}, ["/quiet_to"]),
        ({"begun_on": "2026-02-31"}, ["/begun_on"]),
        ({"begun_on": "0001-01-01"}, ["/begun_on"]),
        ({"begun_on": "9999-12-31"}, ["/begun_on"]),
    ],
)
def test_a_reminder_of_a_questionnaire_that_makes_no_sense_is_refused_too(
    change: dict[str, Any], pointers: list[str]
) -> None:
    with pytest.raises(Invalid) as refusal:
        body_of({"instrument": "phq-9", "every_days": 14} | change, BEFORE)

    assert [fault.pointer for fault in refusal.value.faults] == pointers


def test_a_reminder_of_a_questionnaire_is_in_the_persons_zone_unless_it_names_one() -> None:
    body = {"instrument": "phq-9", "every_days": 14}

    assert body_of(body, BEFORE, "Asia/Tokyo").zone == "Asia/Tokyo"
    assert body_of(body | {"zone": "Europe/Berlin"}, BEFORE, "Asia/Tokyo").zone == "Europe/Berlin"
