"""The figures of a summary as sections: scales, better days, questionnaires, side effects, days. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from server.export.sections import Section, Table
from server.export.words import NONE, Words, wall_of
from server.measures import service as measures
from server.summaries import service as summaries

SERIES_GAP_DAYS = 7
HIGHEST_START = 8
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
        length = length + 1 if (day - before).days <= SERIES_GAP_DAYS else 1
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
    return f"{said} {words['better.no_room']}" if start.mood > HIGHEST_START else said


def questionnaires(told: summaries.Summary, words: Words, zone: str) -> Iterator[Section]:
    """Every total of the period, newest first, and how far each instrument's moved."""
    if not isinstance(told.measures, list):
        return
    title = words["measures.title"]
    if not told.measures:
        yield Section("measures", title, [words["measures.none"]])
        return
    known = {each.id: each for each in measures.instruments()}
    rows: list[tuple[str, ...]] = []
    lines: list[str] = []
    for measure in told.measures:
        instrument = known.get(measure.instrument)
        name = instrument.title if instrument else measure.instrument.upper()
        rows += [(name, *_total(form, words, zone)) for form in reversed(measure.responses)]
        lines += _moves(name, measure, words, zone)
        if instrument and instrument.change and instrument.change.better == "higher":
            lines.append(f"{name}: {words['measures.better_higher']}")
    if any(form.spans_session and form.total is not None for each in told.measures for form in each.responses):
        lines.append(words["measures.spans"])
    yield Section("measures", title, lines, [Table(words["measures.head"], rows)])


def _total(form: summaries.FormTold, words: Words, zone: str) -> tuple[str, str, str]:
    on = words.day(wall_of(form.completed_at, zone).date(), short=True)
    if form.total is None:
        return on, NONE, words["measures.incomplete"]
    total = words.number(form.total) + ("*" if form.spans_session else "")
    return on, total, words.name("measures.bands", form.band) if form.band else ""


def _moves(name: str, measure: summaries.Measure, words: Words, zone: str) -> Iterator[str]:
    """How a total moved; where the form before is the one before the first session, that is said once."""
    complete = [form for form in measure.responses if form.total is not None]
    is_same = len(complete) > 1 and complete[-2].completed_at == measure.baseline_at
    if measure.since_last and not is_same:
        yield _moved(name, measure.since_last, words["measures.than_last"], words)
    if measure.since_baseline and measure.baseline_at:
        day = words.day(wall_of(measure.baseline_at, zone).date())
        yield _moved(name, measure.since_baseline, words.say("measures.than_baseline", day=day), words)


def _moved(name: str, moved: summaries.Moved, than: str, words: Words) -> str:
    way = "lower" if moved.points < 0 else "higher" if moved.points else "same"
    said = words.say(f"measures.{way}", name=name, points=words.number(abs(moved.points)), than=than)
    if moved.reading is None:
        return words.say("measures.moved_bare", moved=said)
    return words.say("measures.moved", moved=said, reading=words["measures.reading"][moved.reading])


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
