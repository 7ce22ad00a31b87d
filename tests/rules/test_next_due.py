"""When a reminder is due: one occurrence per local day, in every zone, on the days when the clocks change too."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.base.clock import zone_names
from server.base.errors import Invalid
from server.prompts.bodies import ReminderBody, body_of, pause_end
from server.prompts.daily import Schedule, next_due, next_occurrence
from server.reminders.rules import NEUTRAL_TITLE, is_late, outcome_of, payload_of, topic_of, try_again_s, ttl_s

EVERY_DAY = frozenset(range(1, 8))
ZONES = sorted(zone_names())
TIMES = [time(0), time(0, 30), time(1, 30), time(2), time(2, 30), time(3), time(12), time(20, 30), time(23, 30)]
NOW = datetime(2026, 11, 23, 20, 15, tzinfo=UTC)
BODY = {"local_time": "20:30", "weekdays": [1, 2, 3, 4, 5, 6, 7], "zone": "Europe/Berlin"}


def schedule(zone: str = "Europe/Berlin", at: time = time(20, 30), **more: Any) -> Schedule:
    return Schedule(zone=zone, local_time=at, **({"weekdays": EVERY_DAY} | more))


def changes_of(zone: str, first_year: int = 2025, years: int = 3) -> Iterator[date]:
    """The days on which the clocks of `zone` change."""
    place = ZoneInfo(zone)
    day = datetime(first_year, 1, 1, tzinfo=UTC)
    offset = day.astimezone(place).utcoffset()
    for _ in range(years * 366):
        day += timedelta(days=1)
        if (later := day.astimezone(place).utcoffset()) != offset:
            yield day.date()
            offset = later


def assert_is_the_first_time_at_or_after(wall: datetime, due_at: datetime, zone: ZoneInfo) -> None:
    """`due_at` is the first instant at which the clocks of `zone` show `wall`, or as much later as they skip."""
    shown = due_at.astimezone(zone)
    if shown.replace(tzinfo=None, fold=0) == wall:
        assert shown.fold == 0
        return
    before, after = (wall.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    assert before is not None and after is not None  # noqa: PT018
    assert after > before, "only a wall time that is skipped may move"
    assert shown.replace(tzinfo=None, fold=0) - wall == after - before


@pytest.mark.parametrize("at", TIMES, ids=str)
def test_every_local_day_has_one_occurrence_in_every_zone_when_its_clocks_change(at: time) -> None:
    seen = 0
    for name in ZONES:
        for change in changes_of(name):
            zone, daily = ZoneInfo(name), schedule(name, at)
            start = datetime.combine(change - timedelta(days=3), time(12), UTC)
            found = [next_occurrence(daily, start)]
            while len(found) < 6:
                found.append(next_occurrence(daily, found[-1].due_at))

            assert [each.day for each in found] == [found[0].day + timedelta(days=n) for n in range(6)], name
            assert sorted({each.due_at for each in found}) == [each.due_at for each in found], name
            for each in found:
                assert_is_the_first_time_at_or_after(datetime.combine(each.day, at), each.due_at, zone)
            seen += 1
    assert seen > 600


def test_a_day_that_a_zone_left_out_has_no_occurrence() -> None:
    samoa = schedule("Pacific/Apia", time(20, 30))
    first = next_occurrence(samoa, datetime(2011, 12, 29, 12, tzinfo=UTC))

    second = next_occurrence(samoa, first.due_at)

    assert (first.day, second.day) == (date(2011, 12, 29), date(2011, 12, 31))


def test_a_wall_time_that_spring_skips_comes_that_much_later_and_one_that_autumn_repeats_comes_first() -> None:
    daily = schedule(at=time(2, 30))

    spring = next_due(daily, datetime(2026, 3, 28, 12, tzinfo=UTC))
    autumn = next_due(daily, datetime(2026, 10, 24, 12, tzinfo=UTC))

    assert spring == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)  # 03:30 on the clock
    assert autumn == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert next_due(daily, autumn) == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


moments = st.integers(0, 15 * 366 * 86400).map(lambda span: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=span))
minutes = st.integers(0, 1439).map(lambda minute: time(minute // 60, minute % 60))
weekdays = st.frozensets(st.integers(1, 7), min_size=1)


@given(moments, minutes, weekdays, st.sampled_from(ZONES), st.sampled_from([(None, None), (time(20), time(9))]))
def test_what_is_due_next_is_later_on_a_chosen_weekday_and_nothing_lies_between(
    after: datetime, at: time, days: frozenset[int], zone: str, quiet: tuple[time | None, time | None]
) -> None:
    chosen = schedule(zone, at, weekdays=days, quiet_from=quiet[0], quiet_to=quiet[1])

    found = next_occurrence(chosen, after)

    assert found.due_at > after
    assert found.day.isoweekday() in days
    assert next_occurrence(chosen, found.due_at - timedelta(microseconds=1)) == found
    assert next_occurrence(chosen, after + (found.due_at - after) / 2 - timedelta(microseconds=1)) == found
    earlier = next_occurrence(chosen, after - timedelta(days=8))
    while earlier.due_at <= after:
        earlier = next_occurrence(chosen, earlier.due_at)
    assert earlier == found


@given(moments, minutes, minutes, minutes, st.sampled_from(ZONES))
def test_quiet_hours_shift_an_occurrence_to_their_end_and_never_drop_it(
    after: datetime, at: time, start: time, end: time, zone: str
) -> None:
    if start == end:
        return
    plain, quiet = schedule(zone, at), schedule(zone, at, quiet_from=start, quiet_to=end)
    is_quiet = start <= at < end if start < end else at >= start or at < end

    unmoved = next_occurrence(plain, after)
    moved = next_occurrence(quiet, unmoved.due_at - timedelta(microseconds=1))
    following = next_occurrence(quiet, moved.due_at)

    assert following.day == moved.day + timedelta(days=1)
    if is_quiet:
        shown = moved.due_at.astimezone(ZoneInfo(zone))
        day = moved.day + timedelta(days=1 if start > end and at >= start else 0)
        assert_is_the_first_time_at_or_after(datetime.combine(day, end), moved.due_at, ZoneInfo(zone))
        assert shown >= datetime.combine(moved.day, at, ZoneInfo(zone)) or shown.fold
    else:
        assert moved == unmoved


def test_an_evening_reminder_in_quiet_hours_comes_in_the_morning_and_belongs_to_the_evening_before() -> None:
    quiet = schedule(at=time(23), quiet_from=time(22), quiet_to=time(7))

    found = next_occurrence(quiet, datetime(2026, 11, 23, 12, tzinfo=UTC))

    assert found == (date(2026, 11, 23), datetime(2026, 11, 24, 6, tzinfo=UTC))


def test_a_paused_reminder_comes_again_on_the_day_it_was_paused_until() -> None:
    end = pause_end("2026-12-01", "Europe/Berlin")

    found = next_occurrence(schedule(at=time(0), paused_until=end), NOW)

    assert end == datetime(2026, 11, 30, 23, tzinfo=UTC)
    assert found == (date(2026, 12, 1), end)
    assert pause_end("2026-12-01T08:00:00.000+02:00", "Europe/Berlin") == datetime(2026, 12, 1, 6, tzinfo=UTC)


def test_two_hours_late_is_sent_and_later_is_not() -> None:
    assert not is_late(NOW - timedelta(hours=2), NOW)
    assert is_late(NOW - timedelta(hours=2, milliseconds=1), NOW)
    assert [ttl_s(NOW - timedelta(minutes=late), NOW) for late in (0, 30, 120, 121)] == [7200, 5400, 0, 0]


def test_the_wait_before_another_try_doubles_up_to_a_quarter_of_an_hour_and_respects_what_was_asked() -> None:
    assert [try_again_s(attempts, 0) for attempts in (0, 1, 2, 5, 6, 99)] == [15, 30, 60, 480, 900, 900]
    assert try_again_s(0, 600) == 600


def test_one_device_that_took_it_is_enough() -> None:
    assert outcome_of(["gone", "later", "accepted"]) == "accepted"
    assert outcome_of(["gone", "later", "refused"]) == "later"
    assert outcome_of(["gone", "refused", "failed"]) == "failed"


def test_a_notification_says_nothing_unless_the_person_chose_words() -> None:
    assert payload_of("x", None) == b'{"delivery_id":"x","title":"%s","body":""}' % NEUTRAL_TITLE.encode()
    assert b'"title":"Tea first"' in payload_of("x", "Tea first")
    assert len(payload_of("0" * 36, "\U0001f375" * 120)) < 3993


def test_the_topic_is_the_same_for_a_repeat_and_for_nothing_else() -> None:
    assert topic_of("a", "2026-11-23", "daily") == topic_of("a", "2026-11-23", "daily")
    assert len({topic_of(*each) for each in (("a", "d", "s"), ("b", "d", "s"), ("a", "e", "s"), ("a", "d", "t"))}) == 4
    assert len(topic_of("a", "2026-11-23", "daily")) == 32


@pytest.mark.parametrize(
    ("change", "pointers"),
    [
        ({"local_time": "24:00"}, ["/local_time"]),
        ({"local_time": "8:30"}, ["/local_time"]),
        ({"local_time": "20:30\n"}, ["/local_time"]),
        ({"local_time": 2030}, ["/local_time"]),
        ({"weekdays": []}, ["/weekdays"]),
        ({"weekdays": [0]}, ["/weekdays/0"]),
        ({"weekdays": [1, 8]}, ["/weekdays/1"]),
        ({"weekdays": [1, 1]}, ["/weekdays"]),
        ({"zone": "Mars/Olympus"}, ["/zone"]),
        ({"zone": "../../etc/passwd"}, ["/zone"]),
        ({"wording": ""}, ["/wording"]),
        ({"wording": "x" * 121}, ["/wording"]),
        ({"wording": "\0"}, ["/wording"]),
        ({"quiet_from": "22:00"}, ["/quiet_to"]),
        ({"quiet_to": "07:00"}, ["/quiet_from"]),
        ({"quiet_from": "07:00", "quiet_to": "07:00"}, ["/quiet_to"]),
        ({"paused_until": "2026-02-31"}, ["/paused_until"]),
        ({"paused_until": "soon"}, ["/paused_until"]),
        ({"paused_until": "0001-01-01"}, ["/paused_until"]),
        ({"paused_until": "9999-12-31"}, ["/paused_until"]),
        ({"paused_until": "9999-12-31T23:59:59-23:59"}, ["/paused_until"]),
        ({"paused_until": "2026-12-01T08:00:00"}, ["/paused_until"]),
        ({"colour": "blue", "local_time": "x"}, ["/colour", "/local_time"]),
        ({"after_session": True, "points": ["t+4h"]}, ["/local_time", "/weekdays"]),
        ({"instrument": "phq-9", "every_days": 14}, ["/weekdays"]),
    ],
)
def test_a_reminder_that_makes_no_sense_is_refused_with_the_place_of_every_fault(
    change: dict[str, Any], pointers: list[str]
) -> None:
    with pytest.raises(Invalid) as refusal:
        body_of(BODY | change, NOW)

    assert [fault.pointer for fault in refusal.value.faults] == pointers


def test_only_time_days_and_zone_are_needed() -> None:
    body = body_of(BODY, NOW)

    assert body == ReminderBody(local_time="20:30", weekdays=[1, 2, 3, 4, 5, 6, 7], zone="Europe/Berlin")
    assert body.skip_if_logged
