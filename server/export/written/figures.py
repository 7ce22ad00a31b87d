"""The figures of a summary as sections: scales, better days, side effects, days. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from server.export.written.sections import Section, Table
from server.export.written.words import NONE, Words, wall_of
from server.summaries import service as summaries

WEEKS = (1, 2, 3, 4)


def scales(told: summaries.Summary, words: Words) -> Iterator[Section]:
    """The three scales over single entries, and detachment near a dose and away from one."""
    if not told.scales:
        return
    rows = [
        (
            words["chart.line"][name],
            words.number(scale.median),
            words.number(scale.mean),
            words.say("scales.to", low=words.number(scale.min), high=words.number(scale.max)),
            words.number(scale.n),
        )
        for name in ("mood", "anxiety", "dissociation")
        if (scale := getattr(told.scales, name))
    ]
    lines = [words["scales.without"], *_detached(told, words)] if rows else [words["missing.nothing"]]
    yield Section("scales", words["scales.title"], lines, [Table(words["scales.head"], rows)] if rows else [])


def _detached(told: summaries.Summary, words: Words) -> Iterator[str]:
    if not told.dissociation:
        return
    near, later = told.dissociation.within_24h, told.dissociation.later
    if near and near.n:
        yield words.say(
            "scales.near",
            median=words.number(near.median),
            highest=words.number(near.highest),
            entries=words.counted("entries", near.n),
        )
    apart = []
    if later.distressing:
        apart.append(words.say("scales.distressing", entries=words.counted("entries", later.distressing)))
    if later.memory_gap_days:
        apart.append(words.say("scales.memory_gaps", days=words.counted("days", later.memory_gap_days)))
    if apart:
        yield words.say("scales.later", told=words.listed(apart))


def better_days(told: summaries.Summary, words: Words, zone: str) -> Iterator[Section]:
    """The weeks after each session or series, and what "better" was counted from."""
    if not told.sessions or not told.start:
        return
    rows, days = [], [wall_of(session.starts_at, zone).date() for session in told.sessions]
    for session, day, length in zip(told.sessions, days, _lengths(days), strict=True):
        if session.better_days is None:
            continue
        on, numbers = words.day(day, short=True), words["better.numbers"]
        named = numbers[length] if length < len(numbers) else words.number(length)
        by_week = {week.week: week for week in session.better_days.weeks}
        cells = (_week(by_week.get(number), words) for number in WEEKS)
        rows.append((on if length == 1 else words.say("better.series", n=named, day=on), *cells))
    yield Section(
        "sessions", words["better.title"], [_start(told, words)], [Table(words["better.head"], rows)] if rows else []
    )


def _lengths(days: Sequence[date]) -> Iterator[int]:
    """How many sessions the series of each has by then."""
    length = 1
    if days:
        yield length
    for before, day in pairwise(days):
        length = length + 1 if (day - before).days <= summaries.SERIES_GAP else 1
        yield length


def _week(week: summaries.Week | None, words: Words) -> str:
    if week is None or week.reading not in ("counted", "too_few"):
        return NONE
    if week.reading == "too_few":
        return str(words["better.too_few"])
    return words.say("better.of", better=words.number(week.better), all=words.number(week.of))


def _start(told: summaries.Summary, words: Words) -> str:
    start = told.start
    if not start or start.mood is None:
        return str(words["better.no_start"])
    measured = words.say("better.measured", days=words.counted("days", start.days))
    source = measured if start.source == "measured" else words["better.recalled"]
    said = words.say("better.counted_from", start=words.number(start.mood), source=source)
    return f"{said} {words['better.no_room']}" if start.mood > summaries.HIGHEST_START else said


def side_effects(told: summaries.Summary, words: Words) -> Iterator[Section]:
    """On how many days each was felt, and how strong at most."""
    if not told.side_effects:
        return
    rows = [
        (
            words.name("side_effects.names", each.name),
            words.number(each.days),
            words["side_effects.strength"][each.highest],
        )
        for each in told.side_effects
    ]
    yield Section("side_effects", words["side_effects.title"], (), [Table(words["side_effects.head"], rows)])


def daily(told: summaries.Summary, words: Words) -> Iterator[Section]:
    """Each day with an entry, as the chart draws it; a column that nothing stands in is left out.

    So is that of entries near a session where its reader may not know of them.
    """
    if not told.daily:
        return
    head = words["daily.head"]
    rows = [_day(day, words) for day in told.daily]
    answered = [at for at in range(len(head)) if any(row[at] not in (NONE, "") for row in rows)]
    table = Table([head[at] for at in answered], [[row[at] for at in answered] for row in rows])
    yield Section("daily", words["daily.title"], [words["daily.explained"]], [table])


def _day(day: summaries.Daily, words: Words) -> tuple[str, ...]:
    means = (words.number(value) for value in (day.mood, day.anxiety, day.dissociation, day.sleep_hours, day.rested))
    entries = words.number(day.entries) + ("*" if day.remembered_later else "")
    return (words.day(day.day, short=True), *means, entries, words.number(day.within_24h) if day.within_24h else "")
