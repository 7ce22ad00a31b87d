"""What a session asks for afterwards: in its windows, one prompt a day at most, and fewer in stable maintenance."""

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from server.base.clock import local_day, zone_names, zone_of
from server.prompts.points import (
    APART,
    PUSHED,
    WINDOWS,
    Given,
    Prompt,
    Wish,
    chosen_of,
    is_steady,
    point_at,
    prompts_of,
)
from tests.rules.points_reference import prompts_of_all

T = datetime(2026, 11, 23, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
ALL = tuple(PUSHED)


def wish(**more: Any) -> Wish:
    return Wish(**({"points": ALL, "zone": "Europe/Berlin", "day_starts_at": time(4)} | more))


def session(hours: float = 0, name: str = "a", phase: str | None = None) -> Given:
    return Given(name, T + hours * HOUR, phase)


def told(prompts: Sequence[Prompt]) -> list[tuple[str, str, float]]:
    """Whose, which, and how many hours after T."""
    return [(each.session_id, each.point, (each.due_at - T) / HOUR) for each in prompts]


def test_a_session_asks_four_times_at_its_hours_whatever_the_clocks_do() -> None:
    assert told(prompts_of([session()], wish())) == [
        ("a", "t+4h", 4), ("a", "t+24h", 24), ("a", "t+72h", 72), ("a", "t+7d", 168),
    ]  # fmt: skip
    autumn = Given("a", datetime(2026, 10, 24, 9, tzinfo=UTC), None)
    found = prompts_of([autumn], wish(zone="Europe/Berlin"))
    assert [(each.due_at - autumn.starts_at) / HOUR for each in found] == [4, 24, 72, 168]


def test_only_what_was_chosen_comes_and_the_point_after_two_hours_never_does() -> None:
    assert told(prompts_of([session()], wish(points=("t+72h", "t+2h")))) == [("a", "t+72h", 72)]


def test_quiet_hours_shift_a_prompt_to_their_end_and_what_is_out_of_its_window_then_gives_way() -> None:
    late = session(9)  # 19:00 in Berlin, so that four hours later is 23:00
    quiet = {"quiet_from": time(22), "quiet_to": time(7)}

    assert told(prompts_of([late], wish(points=("t+4h",), **quiet))) == [("a", "t+4h", 9 + 12)]
    assert told(prompts_of([late], wish(**quiet))) == [("a", "t+24h", 33), ("a", "t+72h", 81), ("a", "t+7d", 177)]


def test_a_pause_holds_what_falls_into_it() -> None:
    found = prompts_of([session()], wish(paused_until=T + 30 * HOUR))

    assert [point for _, point, _ in told(found)] == ["t+72h", "t+7d"]


def test_nothing_of_an_earlier_session_comes_into_a_later_one_and_close_points_are_one() -> None:
    found = told(prompts_of([session(), session(72, "b"), session(170, "c")], wish()))

    assert ("a", "t+72h", 72) not in found  # b begins then
    assert ("a", "t+7d", 168) not in found  # on the day of c, which asks itself
    assert ("c", "t+4h", 174) in found
    assert [name for name, point, _ in found if point == "t+24h"] == ["a", "b", "c"]


def test_what_was_pushed_once_is_not_pushed_again_wherever_the_session_moves() -> None:
    found = told(prompts_of([session(5)], wish(), {("a", "t+4h")}))

    assert found == [("a", "t+24h", 29), ("a", "t+72h", 77), ("a", "t+7d", 173)]


def test_stable_maintenance_is_the_fourth_session_of_it_in_a_row_and_asks_twice() -> None:
    weeks = [session(hours=168 * 3 * number, name=str(number), phase="maintenance") for number in range(5)]

    found = prompts_of(weeks, wish())

    counts = [len([each for each in found if each.session_id == str(number)]) for number in range(5)]
    assert counts == [4, 4, 4, 2, 2]
    assert not is_steady([*weeks, session(9999, "x", "induction")])
    assert is_steady(weeks[1:])
    assert not is_steady(weeks[2:])
    assert chosen_of(ALL, steady=True) == ["t+24h", "t+7d"]
    assert chosen_of(("t+4h", "t+72h"), steady=True) == ["t+72h"]
    assert chosen_of(("t+2h",), steady=True) == []


minutes = st.integers(-30 * 1440, 30 * 1440).map(lambda minute: T + timedelta(minutes=minute))
walls = st.integers(0, 1439).map(lambda minute: time(minute // 60, minute % 60))
quiets = st.one_of(st.just((None, None)), st.tuples(walls, walls).filter(lambda two: two[0] != two[1]))
phases = st.sampled_from([None, "induction", "maintenance"])
chosen = st.lists(st.sampled_from([*PUSHED, "t+2h"]), min_size=1, unique=True).map(tuple)


@given(st.lists(st.tuples(minutes, phases), max_size=8), chosen, quiets, st.sampled_from(sorted(zone_names())), walls)
def test_at_most_one_a_day_none_within_three_hours_never_more_than_chosen_and_none_in_quiet_hours(
    starts: list[tuple[datetime, str | None]], points: tuple[str, ...],
    quiet: tuple[time | None, time | None], zone: str, turns: time,
) -> None:  # fmt: skip
    sessions = [Given(str(number), at, phase) for number, (at, phase) in enumerate(starts)]
    asked = wish(points=points, zone=zone, day_starts_at=turns, quiet_from=quiet[0], quiet_to=quiet[1])

    found = prompts_of(sessions, asked)

    assert len({each.day for each in found}) == len(found)
    assert all(later.due_at - each.due_at >= APART for each, later in pairwise(found))
    assert {each.point for each in found} <= {*points} - {"t+2h"}
    at = {each.id: each.starts_at for each in sessions}
    for each in found:
        assert each.day == local_day(each.due_at, zone, turns)
        assert each.since < each.due_at
        assert timedelta() <= each.due_at - at[each.session_id] - PUSHED[each.point] <= 26 * HOUR
        start, end = quiet
        wall = each.due_at.astimezone(zone_of(zone)).time()
        if start and end and each.due_at.astimezone(zone_of(zone)).fold == 0:
            shown = (start <= wall < end) if start < end else (wall >= start or wall < end)
            assert not shown or _is_change(each.due_at, zone)
    assert prompts_of(reversed(sessions), asked) == found
    if sessions and found and len(sessions) == 1:
        assert prompts_of(sessions, asked, {(each.session_id, each.point) for each in found[:1]})[:1] != found[:1]


def _is_change(at: datetime, zone: str) -> bool:
    """Whether the clocks of a zone change about then."""
    offsets = {(at + hours * HOUR).astimezone(zone_of(zone)).utcoffset() for hours in (-27, 0, 27)}
    return len(offsets) > 1


@given(st.lists(minutes, max_size=4), st.lists(minutes, max_size=6), minutes)
def test_a_point_is_open_in_its_window_until_it_is_answered(
    starts: list[datetime], answered: list[datetime], now: datetime
) -> None:
    sessions = [Given(str(number), at, None) for number, at in enumerate(starts)]

    found = point_at(sessions, answered, now)

    if found is not None:
        at = next(each.starts_at for each in sessions if each.id == found.session_id)
        start, end = WINDOWS[found.point]
        assert at + start == found.since <= now < at + end
        assert not [each for each in answered if found.since <= each <= now]
        assert point_at(sessions, [*answered, now], now + HOUR) is None


@given(
    st.lists(st.tuples(minutes, phases), max_size=30), chosen, quiets, st.sampled_from(sorted(zone_names())), walls,
    minutes, minutes,
)  # fmt: skip
def test_what_is_planned_from_now_on_is_what_the_whole_history_says(
    starts: list[tuple[datetime, str | None]], points: tuple[str, ...], quiet: tuple[time | None, time | None],
    zone: str, turns: time, first: datetime, pause: datetime,
) -> None:  # fmt: skip
    sessions = [Given(str(number), at, phase) for number, (at, phase) in enumerate(starts)]
    asked = wish(points=points, zone=zone, day_starts_at=turns, quiet_from=quiet[0], quiet_to=quiet[1])
    asked = msgspec.structs.replace(asked, paused_until=pause if pause < first else None)
    pushed = {(each.id, "t+24h") for each in sessions[::3]}

    found = prompts_of(sessions, asked, pushed, first)

    assert found == [each for each in prompts_of_all(sessions, asked, pushed) if each.due_at >= first]


def lines_run(verb: Callable[[], object]) -> int:
    """How many lines of Python a verb runs: its cost, whatever else the machine does."""
    lines, before = 0, sys.gettrace()

    def count(frame: Any, event: str, _: Any) -> Any:
        nonlocal lines
        lines += event == "line"
        return count

    sys.settrace(count)
    try:
        verb()
    finally:
        sys.settrace(before)
    return lines


def test_however_many_sessions_somebody_wrote_each_costs_the_same_and_old_ones_nothing() -> None:
    def work(hours: float, many: int) -> int:
        sessions = [Given(str(number), T + hours * HOUR + timedelta(minutes=number), None) for number in range(many)]
        return lines_run(lambda: prompts_of(sessions, wish(), first=T + 400 * HOUR))

    assert work(380, 400) < 2.2 * work(380, 200)
    assert work(-8000, 400) < 10 * 400


def test_the_open_point_is_found_without_holding_every_answer_against_every_session() -> None:
    def work(many: int) -> int:
        sessions = [session(hours=number / many, name=str(number)) for number in range(many)]
        answered = [T - 40 * HOUR + number * HOUR / many for number in range(many)]
        return lines_run(lambda: point_at(sessions, [*answered, T + 70 * HOUR], T + 82 * HOUR))

    assert work(400) < 2.2 * work(200)
