"""What a session asks for in the hours and days after it: which point is open, and which prompts may be pushed. Pure.

The windows are those of CLINICAL 3; the phone's Today has the same rule of which point is open.
"""

from bisect import bisect, bisect_left, insort
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

import msgspec

from server.base.clock import local_day, out_of_quiet_hours, zone_of

_H = timedelta(hours=1)
WINDOWS = {
    "t+2h": (_H, 3.5 * _H),
    "t+4h": (3.5 * _H, 8 * _H),
    "t+24h": (18 * _H, 32 * _H),
    "t+72h": (60 * _H, 84 * _H),
    "t+7d": (144 * _H, 192 * _H),
}
"""From and up to how long after the start each point is open."""
PUSHED = {"t+4h": 4 * _H, "t+24h": 24 * _H, "t+72h": 72 * _H, "t+7d": 168 * _H}
"""How long after the start a prompt comes. The point two hours after only waits on the screen."""
APART = 3 * _H  # points closer than this are one
TAPERED = ("t+24h", "t+7d")  # what is left in stable maintenance
_STEADY = 4  # so many maintenance sessions in a row, and the last of them is stable maintenance
_BEGUN = 3.5 * _H  # from the start of another session nothing of an earlier one is pushed into it
# A prompt comes at most 168 h after its session and 26 h of quiet hours later. It gives way to one of a later session,
# which gives way in its turn; and a late one to one in its window, of any session: 405 h at most, with a local day.
_REACH = timedelta(days=21)


class Given(NamedTuple):
    """A session with a dose."""

    id: str
    starts_at: datetime
    phase: str | None


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody chose to be prompted of, and where and when they are not to be disturbed."""

    points: tuple[str, ...]
    zone: str
    day_starts_at: time
    quiet_from: time | None = None
    quiet_to: time | None = None
    paused_until: datetime | None = None


class Prompt(NamedTuple):
    """One prompt. An entry from `since` on makes it needless; `day` is the local day of `due_at`."""

    session_id: str
    point: str
    day: date
    due_at: datetime
    since: datetime


class Point(NamedTuple):
    """A point that is open now, since when."""

    session_id: str
    point: str
    since: datetime


def prompts_of(
    sessions: Iterable[Given], wish: Wish, pushed: Collection[tuple[str, str]] = (), first: datetime | None = None
) -> list[Prompt]:
    """The prompts of some sessions, in order; none of `pushed`, which are (session, point), and none before `first`.

    At most one a local day, and none closer than three hours to another: what lies in its window goes first, then what
    the latest session asks. Quiet hours shift a prompt to their end, and never drop it. None of an earlier session
    comes while a later one is under way. In stable maintenance fewer come, and never more than were chosen.
    """
    in_turn = sorted(sessions, key=lambda each: (each.starts_at, each.id))
    starts = [each.starts_at for each in in_turn]
    oldest = bisect(starts, first - _REACH) if first else 0
    found: list[tuple[bool, int, Prompt]] = []
    for place in range(oldest, len(in_turn)):
        session = in_turn[place]
        for point in chosen_of(wish.points, is_steady(in_turn[max(0, place + 1 - _STEADY) : place + 1])):
            prompt = _prompt(session, point, wish)
            is_paused = wish.paused_until is not None and prompt.due_at < wish.paused_until
            begun = starts[bisect(starts, prompt.due_at) - 1]  # its own session, or the latest that began since
            if not is_paused and prompt.due_at >= begun + _BEGUN and (session.id, point) not in pushed:
                is_late = prompt.due_at >= session.starts_at + WINDOWS[point][1]
                found.append((is_late, -place, prompt))
    days, kept = set(), list[Prompt]()
    for *_, prompt in sorted(found, key=lambda each: (each[0], each[1], each[2].due_at)):
        if prompt.day not in days and not _is_close(prompt, kept):
            days.add(prompt.day)
            insort(kept, prompt, key=_due_at)
    return kept[bisect_left(kept, first, key=_due_at) :] if first else kept


def is_steady(sessions: Sequence[Given]) -> bool:
    """Whether the last of some sessions, oldest first, is one of stable maintenance: the fourth of it in a row."""
    return len(sessions) >= _STEADY and all(each.phase == "maintenance" for each in sessions[-_STEADY:])


def chosen_of(points: Sequence[str], steady: bool) -> list[str]:
    """The points to push, of those that somebody chose; in stable maintenance two of them, or the last one chosen."""
    pushed = [point for point in PUSHED if point in points]
    return ([point for point in pushed if point in TAPERED] or pushed[-1:]) if steady else pushed


def point_at(sessions: Iterable[Given], answered: Collection[datetime], now: datetime) -> Point | None:
    """The point after a session that is open at `now`, of the latest session first; `answered`: when points were.

    Where windows of several sessions lie over each other one answer counts for all; less than three hours after one
    nothing is asked again.
    """
    if any(timedelta() <= now - at < APART for at in answered):
        return None
    answers = sorted(answered)
    for session in sorted(sessions, key=lambda each: each.starts_at, reverse=True):
        for point, (start, end) in WINDOWS.items():
            since, until = session.starts_at + start, session.starts_at + end
            if since <= now < until and bisect_left(answers, since) == bisect_left(answers, until):
                return Point(session.id, point, since)
    return None


def _due_at(prompt: Prompt) -> datetime:
    return prompt.due_at


def _is_close(prompt: Prompt, kept: Sequence[Prompt]) -> bool:
    """Whether one of those kept, which are in order, is less than three hours away."""
    place = bisect(kept, prompt.due_at, key=_due_at)
    return any(abs(prompt.due_at - other.due_at) < APART for other in kept[max(0, place - 1) : place + 1])


def _prompt(session: Given, point: str, wish: Wish) -> Prompt:
    meant_for = session.starts_at + PUSHED[point]
    due_at = _out_of_quiet(meant_for, wish)
    since = min(session.starts_at + WINDOWS[point][0], due_at - APART)
    return Prompt(session.id, point, local_day(due_at, wish.zone, wish.day_starts_at), due_at, since)


def _out_of_quiet(instant: datetime, wish: Wish) -> datetime:
    local = instant.astimezone(zone_of(wish.zone))
    shift, wall = out_of_quiet_hours(local.time(), wish.quiet_from, wish.quiet_to)
    if not shift and wall == local.time():
        return instant
    moved = datetime.combine(local.date() + timedelta(days=shift), wall, zone_of(wish.zone)).astimezone(UTC)
    return max(moved, instant)  # an hour that comes twice
