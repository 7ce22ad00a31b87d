"""F6: the clocks change. Our own occurrences and those of a plain cron trigger, counted by the same rule."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from server.base.clock import zone_names
from server.prompts.daily import Schedule, next_due
from tests.tried import size, tell

_YEARS = range(2025, 2028)
_TIMES = (time(0), time(0, 30), time(1, 30), time(2), time(2, 30), time(3))
Next = Callable[[str, time, datetime], datetime]


def ours(zone: str, at: time, after: datetime) -> datetime:
    """What the product does."""
    return next_due(Schedule(zone=zone, local_time=at, weekdays=frozenset(range(1, 8))), after)


def cron(zone: str, at: time, after: datetime) -> datetime:
    """What a scheduler's cron trigger does by itself."""
    trigger = CronTrigger(hour=at.hour, minute=at.minute, timezone=ZoneInfo(zone))
    following = trigger.get_next_fire_time(after, after + timedelta(seconds=1))
    assert isinstance(following, datetime)
    return following.astimezone(UTC)


def changes_of(zone: str) -> list[date]:
    """The days on which the clocks of `zone` change, both ways, in three years."""
    place, day = ZoneInfo(zone), datetime(_YEARS[0], 1, 1, tzinfo=UTC)
    found = []
    while day.year in _YEARS:
        following = day + timedelta(days=1)
        if day.astimezone(place).utcoffset() != following.astimezone(place).utcoffset():
            found.append(following.date())
        day = following
    return found


def twice_or_never(zones: Sequence[str], following: Next) -> tuple[int, int]:
    """How many changes there are, and on how many a local day around one has not exactly one occurrence."""
    tried = wrong = 0
    for zone in zones:
        for change in changes_of(zone):
            days = [change + timedelta(days=span) for span in range(-1, 3)]
            for at in _TIMES:
                tried += 1
                wrong += _days_of(zone, at, days, following) != days
    return tried, wrong


def _days_of(zone: str, at: time, days: Sequence[date], following: Next) -> list[date]:
    """The local days, among these, of the occurrences around them."""
    place = ZoneInfo(zone)
    moment = datetime.combine(days[0] - timedelta(days=2), time(12), UTC)  # a day early everywhere on earth
    found = []
    while (moment := following(zone, at, moment)).astimezone(place).date() <= days[-1]:
        found.append(moment.astimezone(place).date())
    return [day for day in found if day in days]


def test_every_local_day_has_one_reminder_in_every_zone_on_both_changes() -> None:
    tried, wrong = twice_or_never(sorted(zone_names()), ours)

    tell(f"F6 clocks: {tried} tried, {wrong} twice or never")
    assert tried > 4000
    assert wrong == 0


def test_a_cron_trigger_alone_fires_twice_or_never() -> None:
    tried, wrong = twice_or_never(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"][: size(2, 3)], cron)

    tell(f"F6 mutant, cron trigger alone: {tried} tried, {wrong} twice or never")
    assert wrong > 0
