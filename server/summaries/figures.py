"""Figures over check-ins: the days, the three scales, detachment near a dose and away from one. Pure."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from operator import attrgetter

from msgspec import UNSET

from server.summaries.rules import Acute, Daily, Dissociation, Entry, Later, Scale, Scales, Session

ACUTE = timedelta(hours=24)
_DECIMALS = 3  # what the JSON carries; the screen shows one

_answers = attrgetter("mood", "anxiety", "dissociation", "sleep_hours", "rested")
_is_remembered_later = attrgetter("is_remembered_later")


def told_apart(entries: Iterable[Entry], sessions: Sequence[Session]) -> tuple[list[Entry], list[Entry]]:
    """The entries away from a dose, and the acute ones: from a session's start to 24 hours after it, both included.

    `sessions` in the order of their starts; each answer keeps the order of `entries`.
    """
    starts = [session.starts_at for session in sessions]
    away: list[Entry] = []
    acute: list[Entry] = []
    for entry in entries:
        before = bisect_right(starts, entry.occurred_at)
        is_acute = before > 0 and entry.occurred_at - starts[before - 1] <= ACUTE
        (acute if is_acute else away).append(entry)
    return away, acute


def by_day(entries: Iterable[Entry]) -> dict[date, list[Entry]]:
    """The entries of each day."""
    days: dict[date, list[Entry]] = {}
    for entry in entries:
        days.setdefault(entry.day, []).append(entry)
    return days


def mood_by_day(entries: Iterable[Entry]) -> dict[date, float]:
    """The mean mood of each day that has one, not rounded."""
    days: dict[date, list[int]] = {}
    for entry in entries:
        if entry.mood is not None:
            days.setdefault(entry.day, []).append(entry.mood)
    return {day: sum(moods) / len(moods) for day, moods in days.items()}


def daily(away: Iterable[Entry], acute: Iterable[Entry], shows_acute: bool) -> list[Daily]:
    """Each day with an entry, oldest first; means over the entries `away` from a dose alone.

    `shows_acute` is for a reader who may know when a session was: how many entries of the day were left out.
    """
    settled, left_out = by_day(away), by_day(acute)
    days = sorted({*settled, *left_out})
    return [_day(day, settled.get(day, []), left_out.get(day, []), shows_acute) for day in days]


def scales(away: Sequence[Entry]) -> Scales:
    """The three scales over single entries away from a dose."""
    return Scales(
        mood=_scale([entry.mood for entry in away if entry.mood is not None]),
        anxiety=_scale([entry.anxiety for entry in away if entry.anxiety is not None]),
        dissociation=_scale(_dissociations(away)),
    )


def dissociation(away: Sequence[Entry], acute: Sequence[Entry], shows_acute: bool) -> Dissociation:
    """Detachment within 24 hours after a dose, and later; distressing entries and days with a gap count as later."""
    later, near = _dissociations(away), _dissociations(acute)
    return Dissociation(
        later=Later(
            n=len(later),
            median=median(later),
            highest=max(later, default=None),
            distressing=sum(entry.is_distressing for entry in away),
            memory_gap_days=len({entry.day for entry in away if entry.has_memory_gap}),
        ),
        within_24h=Acute(n=len(near), median=median(near), highest=max(near, default=None)) if shows_acute else UNSET,
    )


def median(values: Iterable[float]) -> float | None:
    """The middle value, or the mean of the two middle ones; None of nothing."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    if not ordered:
        return None
    return float(ordered[middle]) if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def rounded(value: float) -> float:
    """A figure as the JSON carries it."""
    return round(value, _DECIMALS)


def _day(day: date, away: list[Entry], acute: list[Entry], shows_acute: bool) -> Daily:
    mood, anxiety, dissociation, sleep_hours, rested = _means(away)
    return Daily(
        day=day,
        mood=mood,
        anxiety=anxiety,
        dissociation=dissociation,
        sleep_hours=sleep_hours,
        rested=rested,
        entries=len(away) + len(acute),
        remembered_later=sum(map(_is_remembered_later, away)) + sum(map(_is_remembered_later, acute)),
        within_24h=len(acute) if shows_acute else UNSET,
    )


def _means(entries: list[Entry]) -> Iterable[float | None]:
    """The mean of each answer; where there is one entry, as on most days, its answers are the means."""
    if not entries:
        return (None,) * 5
    if len(entries) == 1:
        return [None if answer is None else rounded(float(answer)) for answer in _answers(entries[0])]
    return map(_mean, zip(*map(_answers, entries), strict=True))


def _mean(answers: Sequence[float | None]) -> float | None:
    total: float = 0
    count = 0
    for answer in answers:
        if answer is not None:
            total += answer
            count += 1
    return round(total / count, _DECIMALS) if count else None


def _dissociations(entries: Iterable[Entry]) -> list[int]:
    return [entry.dissociation for entry in entries if entry.dissociation is not None]


def _scale(values: list[int]) -> Scale | None:
    middle = median(values)
    if middle is None:
        return None
    return Scale(len(values), rounded(sum(values) / len(values)), middle, min(values), max(values))
