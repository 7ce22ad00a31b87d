"""What reading hours may say, when they end, and which choice of alerts held when. Pure."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Literal, NamedTuple

import msgspec

from server.base.bodies import Body, is_zone
from server.base.clock import instant_of, milliseconds, zone_of
from server.base.errors import Fault

LocalTime = Annotated[str, msgspec.Meta(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$", max_length=5)]
Weekday = Annotated[int, msgspec.Meta(ge=1, le=7)]
# One address of plain letters, as HTML's own field takes it: no name, no list, nothing that a header could break at,
# and no `?`: Python reads RFC 2047's `=?…?=` in an address, too.
Address = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[A-Za-z0-9.!#$%&'*+/=^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$(?!\n)", max_length=254
    ),
]

_TIME_TO_READ = timedelta(hours=1)
TRIES = 6
_PAUSE = timedelta(minutes=10)  # after the first try, which is over by then
LETTERS_APART = timedelta(hours=12)
_TRIED_FOR = timedelta(hours=24)  # a letter that comes later than this helps nobody
_A_DAY_MS = 86_400_000


class Away(Body, rename={"first": "from", "last": "to"}):
    """Days on which nothing is read."""

    first: date
    last: date


class ReadingHours(Body, rename={"opens": "from", "closes": "to"}):
    """When a therapist reads, who reads instead, and whom to call when it can't wait.

    `backup_email`: whoever reads instead is written to there where an alert was not seen in time, without a word of
    whose it is or what it says. No patient is shown it.

    `every_answer`: alerts come for every answer of 1 or more to PHQ-9 item 9, also where it stands unchanged. It holds
    for consents accepted while it stands; under one that was accepted before, what went without asking stays as it was.
    """

    weekdays: Annotated[list[Weekday], msgspec.Meta(min_length=1, max_length=7)]
    opens: LocalTime
    closes: LocalTime
    zone: Annotated[str, msgspec.Meta(max_length=64)]
    away: Annotated[list[Away], msgspec.Meta(max_length=50)] = msgspec.field(default_factory=list)
    backup: Annotated[str, msgspec.Meta(max_length=200)] | None = None
    backup_email: Annotated[
        Address | None, msgspec.Meta(description="Written to where alerts were not seen in time; shown to no patient")
    ] = None
    urgent_phone: Annotated[str, msgspec.Meta(max_length=60)] | None = None
    every_answer: Annotated[bool, msgspec.Meta(description="Alerts for every answer, as chosen at acceptance")] = False


class Choice(msgspec.Struct, frozen=True, array_like=True):
    """Whether alerts were to come for every answer, from an instant (milliseconds) on."""

    since: int
    every_answer: bool


class Turn(NamedTuple):
    """How far letters to the backup of one reader have come (milliseconds), whatever the address is meanwhile.

    `next_at`: no letter is tried before; `tries`: how often the one after `sent_at` was tried; `held_until`: none could
    be tried before, for as many as may go to the address went there for others.
    """

    sent_at: int | None = None
    next_at: int = 0
    tries: int = 0
    held_until: int = 0


Step = Literal["told", "wait", "write", "give_up"]


def next_step(turn: Turn, unseen_at: int, now: datetime) -> tuple[Step, Turn]:
    """What to do about an alert that is unseen since then (milliseconds), and how far the letters are with it.

    One letter tells of all that was unseen when it went; the next goes 12 hours later at the soonest. One that isn't
    taken is tried six times within a day, at growing pauses; what was tried over a day ago counts no more, nor does
    the time in which none could be tried.
    """
    at = milliseconds(now)
    if turn.sent_at is not None and turn.sent_at >= unseen_at:
        return "told", turn
    if now - instant_of(max(unseen_at, turn.held_until)) > _TRIED_FOR:
        return "give_up", turn
    if at < turn.next_at:
        return "wait", turn
    tries = turn.tries if at - turn.next_at < _A_DAY_MS else 0
    if tries >= TRIES:
        return "give_up", Turn(turn.sent_at, milliseconds(now + LETTERS_APART))
    next_at = milliseconds(now + min(_PAUSE * 3**tries, LETTERS_APART))
    return "write", Turn(turn.sent_at, next_at, tries + 1, turn.held_until)


def sent(now: datetime) -> Turn:
    """How far the letters are once one went."""
    return Turn(milliseconds(now), milliseconds(now + LETTERS_APART))


def reading_hours_faults(hours: ReadingHours) -> list[Fault]:
    """What is wrong with reading hours beyond their types."""
    faults = []
    if len(set(hours.weekdays)) != len(hours.weekdays):
        faults.append(Fault("/weekdays", "names a day twice"))
    if hours.opens >= hours.closes:
        faults.append(Fault("/to", "must be later than `from`"))
    if not is_zone(hours.zone):
        faults.append(Fault("/zone", "is not an IANA time zone"))
    faults += [
        Fault(f"/away/{index}/to", "is before `from`")
        for index, away in enumerate(hours.away)
        if away.last < away.first
    ]
    return faults


def every_answer_at(choices: Sequence[Choice], at: int) -> bool:
    """What was chosen at an instant (milliseconds); `choices` are in time's order."""
    return [False, *(each.every_answer for each in choices if each.since <= at)][-1]


def with_choice(choices: Sequence[Choice], chosen: Choice, needed_from: int) -> list[Choice]:
    """The choices with a new one, less those that no consent can have been accepted under from `needed_from` on."""
    last = [each for each in choices if each.since <= needed_from][-1:]
    kept = [*last, *(each for each in choices if each.since > needed_from)]
    return kept if kept and kept[-1].every_answer == chosen.every_answer else [*kept, chosen]


def reading_ends(hours: ReadingHours, at: datetime) -> datetime:
    """When the hours in which somebody reads next are over, seen from `at`: with an hour left, or the next.

    Days of absence count as any: whoever waits is told at the end of the usual hours, and not after a holiday.
    """
    zone, closes = zone_of(hours.zone), time.fromisoformat(hours.closes)
    day = at.astimezone(zone).date()
    while True:
        ends = datetime.combine(day, closes, zone).astimezone(UTC)
        if day.isoweekday() in hours.weekdays and ends - at >= _TIME_TO_READ:
            return ends
        day += timedelta(days=1)
