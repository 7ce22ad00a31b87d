"""How far back it is looked whether one more reminder is needless, for somebody who opens nothing any more."""

from datetime import UTC, datetime, timedelta

from server.reminders.rules import needless_since

NOW = datetime(2026, 11, 23, 20, 15, tzinfo=UTC)


def since(days: float) -> timedelta | None:
    """From when on, after the last time somebody was there, if an occurrence is due so many days after that."""
    found = needless_since(NOW, NOW + timedelta(days=days))
    return found and found - NOW


def test_however_long_the_silence_no_more_than_a_week_or_what_came_after_thirty_days_is_looked_through() -> None:
    week = timedelta(days=7) - timedelta(hours=2, milliseconds=1)

    assert needless_since(None, NOW) is None
    assert since(13.99) is None
    assert [since(days) for days in (14, 29)] == [timedelta(days=days) - week for days in (14, 29)]
    assert [since(days) for days in (30, 3000)] == [timedelta(days=30)] * 2
