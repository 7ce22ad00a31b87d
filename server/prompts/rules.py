"""When a questionnaire comes round, by days and wall times alone; the phone has the same rule. Pure."""

from bisect import bisect
from datetime import UTC, date, datetime, time, timedelta

import msgspec

from server.base.clock import out_of_quiet_hours, zone_of
from server.prompts.daily import Occurrence

OPEN = timedelta(days=4)  # a turn that is older is not asked about any more (CLINICAL 3)
AFTER_DOSE = timedelta(hours=72)  # so long after a dose nothing asks about something very hard (CLINICAL 4)
FEWEST_DAYS, MOST_DAYS = 7, 366  # what any questionnaire looks back over, and a year
_EVENING, _MORNING = time(22), time(5)
_DAY = timedelta(days=1)


class Rounds(msgspec.Struct, frozen=True, kw_only=True):
    """When a questionnaire is asked for: every so many days from `first` on, at a wall time out of the quiet hours.

    One that `is_hard` asks about something very hard: a turn waits for the first day that is not so soon after one of
    `doses` (oldest first), and nothing is shown at night.
    """

    zone: str
    local_time: time
    first: date
    every_days: int
    quiet_from: time | None = None
    quiet_to: time | None = None
    paused_until: datetime | None = None
    is_hard: bool = False
    doses: tuple[datetime, ...] = ()


def first_day(begun_on: date, answered_on: date | None, every_days: int) -> date:
    """The day of the first turn: so many days after it was last filled in, but not before the reminder was begun."""
    return begun_on if answered_on is None else max(begun_on, answered_on + timedelta(days=every_days))


def next_turn(rounds: Rounds, after: datetime) -> Occurrence:
    """The first turn that is due later than `after` (UTC), and not while the reminder is paused.

    A turn that has to wait until the next one's time is none.
    """
    if rounds.paused_until is not None:
        after = max(after, rounds.paused_until - timedelta(milliseconds=1))
    number = max(0, ((after - _reach(rounds)).date() - rounds.first).days // rounds.every_days)
    while True:
        turn = _turn(rounds, number)
        if turn.due_at > after and turn.due_at < _wall(rounds, turn.day + timedelta(days=rounds.every_days)):
            return turn
        number += 1


def turn_at(rounds: Rounds, now: datetime) -> Occurrence | None:
    """The turn that has come by `now` and is still open; None in a pause, and for one that came within it."""
    pause, number = rounds.paused_until, ((now + 2 * _DAY).date() - rounds.first).days // rounds.every_days
    while number >= 0:
        turn = _turn(rounds, number)
        if turn.due_at <= now:
            is_open = now < turn.due_at + OPEN and turn.due_at < _wall(rounds, _day_of(rounds, number + 1))
            return turn if is_open and (pause is None or pause <= turn.due_at) else None
        number -= 1
    return None


def is_askable(rounds: Rounds, now: datetime) -> bool:
    """Whether it may be put to somebody at `now`: something very hard is not asked about after a dose or at night."""
    return not rounds.is_hard or not (_is_held(rounds, now) or is_night(now.astimezone(zone_of(rounds.zone)).time()))


def wall_time(rounds: Rounds) -> time:
    """The time of day at which its turns come, out of the quiet hours."""
    return out_of_quiet_hours(rounds.local_time, rounds.quiet_from, rounds.quiet_to)[1]


def is_night(wall: time) -> bool:
    """Whether a wall time is one at which nothing asks about something very hard."""
    return wall >= _EVENING or wall < _MORNING


def _reach(rounds: Rounds) -> timedelta:
    """How much later than midnight (UTC) of the day it was meant for a turn may come, at most."""
    if not (rounds.is_hard and rounds.doses):
        return 2 * _DAY
    return 3 * _DAY + AFTER_DOSE + (rounds.doses[-1] - rounds.doses[0])


def _turn(rounds: Rounds, number: int) -> Occurrence:
    day = due_day = _day_of(rounds, number)
    while _is_held(rounds, _wall(rounds, due_day)):
        due_day += _DAY
    return Occurrence(day, _wall(rounds, due_day))


def _day_of(rounds: Rounds, number: int) -> date:
    return rounds.first + timedelta(days=number * rounds.every_days)


def _wall(rounds: Rounds, day: date) -> datetime:
    """The instant, in UTC, at which a turn of `day` comes where nothing holds it."""
    shift, wall = out_of_quiet_hours(rounds.local_time, rounds.quiet_from, rounds.quiet_to)
    return datetime.combine(day + timedelta(days=shift), wall, zone_of(rounds.zone)).astimezone(UTC)


def _is_held(rounds: Rounds, instant: datetime) -> bool:
    before = bisect(rounds.doses, instant) if rounds.is_hard else 0
    return before > 0 and instant < rounds.doses[before - 1] + AFTER_DOSE
