"""Silence: it is told once it lasts as long as was asked, by the server's clock alone, and of no day beyond."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from server.silence.rules import Asked, Silence, silence_of

DAY = timedelta(days=1)
NOW = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
INSTANTS = st.integers(0, 120 * 24 * 60).map(lambda minutes: NOW - timedelta(minutes=minutes))
DAYS = st.dates(date(2026, 9, 1), date(2026, 12, 31)) | st.none()
AFTER = st.integers(1, 90)


def told(after_days: int, last_new: int | None, since: int = 30, **days: date) -> Silence | None:
    """What is told where the latest new record came so many days ago, and it was asked `since` days ago."""
    last_new_at = None if last_new is None else NOW - last_new * DAY
    return silence_of(Asked(after_days, NOW - since * DAY, **days), last_new_at, NOW)


def test_it_is_told_from_the_day_that_was_asked_for_and_counts_on() -> None:
    assert told(7, 6) is None
    assert told(7, 7) == Silence(7, 7)
    assert told(7, 9) == Silence(9, 7)


def test_who_wrote_nothing_since_it_was_asked_is_as_silent_and_what_lies_before_counts_for_nothing() -> None:
    assert told(7, None, since=8) == told(7, 20, since=8) == Silence(8, 7)
    assert told(7, None, since=6) is None


def test_of_days_outside_of_the_consent_nothing_is_told() -> None:
    today = NOW.date()

    assert told(7, 9, last=today - DAY) is None
    assert told(7, 9, last=today + DAY) == Silence(9, 7)
    assert told(7, 20, first=today - 9 * DAY) == Silence(8, 7)
    assert told(1, 20, first=today) is None


@given(AFTER, INSTANTS, st.none() | INSTANTS, INSTANTS, DAYS, DAYS)
def test_what_is_told_is_as_a_plain_count_of_days_has_it(
    after: int, since: datetime, last_new_at: datetime | None, now: datetime, first: date | None, last: date | None
) -> None:
    marks = [since, *([last_new_at] if last_new_at else [])]
    if first:
        marks.append(datetime.combine(first, time(), UTC) + DAY)
    passed = 0
    while all(mark + (passed + 1) * DAY <= now for mark in marks):
        passed += 1
    is_over = last is not None and (now + timedelta(hours=14)).date() > last

    found = silence_of(Asked(after, since, first, last), last_new_at, now)

    assert found == (None if is_over or passed < after else Silence(passed, after))


@given(AFTER, INSTANTS, INSTANTS, INSTANTS)
def test_whatever_is_written_now_ends_it_and_asking_for_more_days_never_brings_it(
    after: int, since: datetime, last_new_at: datetime, now: datetime
) -> None:
    later = silence_of(Asked(after + 1, since), last_new_at, now)

    assert silence_of(Asked(after, since), now, now) is None
    assert later is None or silence_of(Asked(after, since), last_new_at, now) is not None


@given(st.integers(-12, 14), DAYS.filter(bool), st.integers(0, 47))
def test_a_last_day_is_over_for_the_reader_before_it_is_over_anywhere(offset: int, last: date, hours: int) -> None:
    begins = datetime.combine(last + DAY, time(), UTC) - timedelta(hours=offset)  # the day after, at that place

    assert silence_of(Asked(1, begins - 90 * DAY, None, last), None, begins + timedelta(hours=hours)) is None
