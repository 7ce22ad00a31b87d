"""The chart of a written summary: three lines over the days, as shares of its width and height. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from statistics import fmean
from typing import Any, TypeVar

from server.export.written.sections import Subject
from server.export.written.words import Words, wall_of, words_of
from server.summaries import service as summaries

NAMES = ("mood", "anxiety", "dissociation")
TOP = 10
TICKS = 4
LABEL_APART = 0.11  # of the height: two labels at the ends of their lines stay readable
MARK_APART = 0.025  # of the width
_Points = Mapping[int, float]
Each = TypeVar("Each")


def chart_of(told: summaries.Summary, subject: Subject) -> dict[str, Any] | None:
    """What is drawn of the days of a summary; None where its scopes leave them out, or none was answered."""
    if not told.daily:
        return None
    words, span = words_of(subject), told.period
    session_days = _session_days(told, subject.zone)
    first = max(span.first, min(told.daily[0].day, *session_days, span.last))
    if (span.last - first).days < 6:
        first = span.first
    length = max(1, (span.last - first).days)
    step = step_of(length)
    values = {name: _together(told.daily, name, first, step) for name in NAMES}
    if not any(values.values()):
        return None
    sessions = [(day - first).days / length for day in session_days if first <= day <= span.last]
    lines = [_line(name, points, step, length, words) for name, points in values.items() if points]
    key = "chart.caption_sessions" if sessions else "chart.caption"
    return {
        "lines": _apart(lines),
        "sessions": sessions,
        "marks": list(_marked(sessions)),
        "ticks": [[at, words.day(first + timedelta(days=round(length * at)), short=True)] for at in _ticks(length)],
        "caption": words.say(key, each=words["chart.each"][str(step)], span=words.span(first, span.last)),
        "alt": " ".join(_spoken(told.daily, words)),
    }


def step_of(length: int) -> int:
    """How many days a point stands for, as the screens have it: more than a line one can follow would be a smear."""
    return 28 if length > 1100 else 7 if length > 200 else 1


def pieces(points: _Points, step: int) -> list[list[int]]:
    """The days of each piece of a line: a gap stays a gap."""
    return runs(sorted(points), lambda before, at: before + step == at)


def runs(in_order: Iterable[Each], is_joined: Callable[[Each, Each], bool]) -> list[list[Each]]:
    """The same, in runs: each of a run is joined to the one before it."""
    found: list[list[Each]] = []
    for each in in_order:
        if found and is_joined(found[-1][-1], each):
            found[-1].append(each)
        else:
            found.append([each])
    return found


def _session_days(told: summaries.Summary, zone: str) -> list[date]:
    return sorted({wall_of(session.starts_at, zone).date() for session in told.sessions or []})


def _together(daily: Sequence[summaries.Daily], name: str, first: date, step: int) -> dict[int, float]:
    """By the first day of each `step` days, counted from `first`: the mean of the days that have a figure."""
    spans: dict[int, list[float]] = {}
    for day in daily:
        value = getattr(day, name)
        if value is not None:
            spans.setdefault((day.day - first).days // step * step, []).append(value)
    return {at: fmean(values) for at, values in spans.items()}


def _line(name: str, points: _Points, step: int, length: int, words: Words) -> dict[str, Any]:
    drawn = [[[at / length, points[at] / TOP] for at in piece] for piece in pieces(points, step)]
    return {"key": name, "label": words["chart.line"][name], "pieces": drawn, "end": drawn[-1][-1][1]}


def _apart(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Moves the labels at the ends of the lines apart, within the height."""
    ordered = sorted(lines, key=lambda line: -line["end"])
    for above, line in pairwise(ordered):
        line["end"] = min(line["end"], above["end"] - LABEL_APART)
    floor = 0.0
    for line in reversed(ordered):
        line["end"] = max(line["end"], floor)
        floor = line["end"] + LABEL_APART
    return lines


def _marked(sessions: Sequence[float]) -> Iterator[float]:
    """The sessions with a mark over them, where there is room for one."""
    free = -1.0
    for at in sessions:
        if at >= free:
            free = at + MARK_APART
            yield at


def _ticks(length: int) -> list[float]:
    parts = min(length, TICKS)
    return [part / parts for part in range(parts + 1)]


def _spoken(daily: Sequence[summaries.Daily], words: Words) -> Iterator[str]:
    """Each line in a sentence, for those who listen."""
    for name in NAMES:
        told = [(day.day, value) for day in daily if (value := getattr(day, name)) is not None]
        if told:
            values, (on, latest) = [value for _, value in told], told[-1]
            yield words.say(
                "chart.told",
                name=words["chart.line"][name],
                lowest=words.number(min(values)),
                highest=words.number(max(values)),
                latest=words.number(latest),
                day=words.day(on),
            )
