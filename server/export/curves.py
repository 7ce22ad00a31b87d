"""What followed each session on paper: for each scale a chart on one axis and a table, as on the screens. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice, pairwise
from typing import Any, NamedTuple

from server.export.chart import NAMES, TOP, runs
from server.export.written.sections import Subject
from server.export.written.words import NONE, Words, wall_of, words_of
from server.summaries import service as summaries

MOST = 8  # more lines than this can't be told apart
GAP_H = 48  # a line that nothing was added to for so long ends, and begins anew
IN_DAYS_H = 48  # from so long after a session on days are said, not hours
DAYS = 28
MOST_DOTS = 200  # of a line; more would be a thicker line
LOOKS = ("latest", "before", "third")
WIDE, HIGH = 158, 30  # mm, of the four weeks and of the scale
RIGHT = WIDE + 13  # names may stand as far as this
LETTER, LINE, APART, CLEAR = 1.45, 3.2, 1.2, 0.5  # mm: a letter of a name, its line, beside a point, off a line
_Point = tuple[float, float]


class Line(NamedTuple):
    """A session, its day, and what was answered of one scale from its start on, by hours since."""

    id: str
    day: date
    told: Sequence[tuple[float, int]]


class Box(NamedTuple):
    """A part of the chart, in mm from its upper left."""

    left: float
    right: float
    top: float
    bottom: float


def curves_of(told: summaries.Summary, subject: Subject) -> dict[str, Any] | None:
    """What is drawn after the sessions of a summary; None where there was none, or its scopes leave them out."""
    if not told.sessions or not told.scales:
        return None
    words = words_of(subject)
    by_name = {name: drawn for name in NAMES if (drawn := lines_of(told, name, subject.zone))}
    return {
        "title": words["since.title"],
        "about": list(_about(by_name.values(), words)),
        "wide": WIDE,
        "high": HIGH,
        "weeks": [words.say("since.week", week=week) for week in range(1, DAYS // 7 + 1)],
        "scales": [_scale(name, drawn, _start(told, name), words) for name, drawn in by_name.items()],
        "head": [words["since.session"], *(words["since.names"][name] for name in by_name)],
        "table": words["since.table"],
        "rows": list(_rows(told, by_name, subject.zone, words)),
    }


def lines_of(told: summaries.Summary, name: str, zone: str) -> list[Line]:
    """The newest sessions with an answer to a scale, the newest first."""
    found = (_line(session, name, zone) for session in reversed(told.sessions or []))
    return list(islice((line for line in found if line), MOST))


def pieces(told: Sequence[tuple[float, int]]) -> list[list[tuple[float, int]]]:
    """The pieces of a line: a gap stays a gap."""
    return runs(told, lambda before, point: point[0] - before[0] <= GAP_H)


def _line(session: Any, name: str, zone: str) -> Line | None:
    answered = [(point.hours, value) for point in session.curve if (value := getattr(point, name)) is not None]
    return Line(session.id, wall_of(session.starts_at, zone).date(), answered) if answered else None


def _about(drawn: Iterable[Sequence[Line]], words: Words) -> Iterator[str]:
    most = max(map(len, drawn), default=0)
    yield words["since.none" if not most else "since.about_one" if most == 1 else "since.about"]
    if most > 1:
        yield words["since.looks"]
    if most == MOST:
        yield words.say("since.newest", n=MOST)


def _start(told: summaries.Summary, name: str) -> float | None:
    return told.start.mood if name == "mood" and told.start else None


def _scale(name: str, drawn: Sequence[Line], start: float | None, words: Words) -> dict[str, Any]:
    """One scale: the newest line last, so that it lies on top."""
    all_pieces = [[[_place(point) for point in piece] for piece in pieces(line.told)] for line in drawn]
    level = None if start is None else HIGH * (1 - start / TOP)
    taken = [((0.0, level), (float(WIDE), level))] if level is not None else []
    taken += [part for each in all_pieces for piece in each for part in (*pairwise(piece), (piece[-1], piece[-1]))]
    ends = [
        (words.day(line.day, short=True, year=False), *each[-1][-1])
        for line, each in zip(drawn, all_pieces, strict=True)
    ]
    looks = [*LOOKS, *["older"] * len(drawn)]
    counted = {
        "name": words["since.names"][name],
        "entries": words.counted("entries", sum(len(line.told) for line in drawn)),
        "sessions": words.counted("since.sessions", len(drawn)),
    }
    caption = [words.say("since.caption", **counted)]
    if start is not None:
        caption.append(words.say("since.began", start=words.number(start)))
    return {
        "lines": [
            {"look": look, "pieces": each, "dots": sum(map(len, each)) <= MOST_DOTS}
            for look, each in zip(looks, all_pieces, strict=False)
        ][::-1],
        "level": level,
        "names": [[text, *place, number == 0] for number, text, place in named(ends, taken)],
        "caption": " ".join(caption),
        "alt": " ".join([counted["name"] + ".", *(_spoken(line, words) for line in drawn)]),
    }


def _place(point: tuple[float, int]) -> _Point:
    return round(min(point[0] / 24, DAYS) / DAYS * WIDE, 2), HIGH * (1 - point[1] / TOP)


def _rows(
    told: summaries.Summary, by_name: Mapping[str, Sequence[Line]], zone: str, words: Words
) -> Iterator[list[str]]:
    """Each session that is drawn for a scale, the newest first, with what was answered of every one."""
    drawn = {line.id for lines in by_name.values() for line in lines}
    for session in reversed(told.sessions or []):
        if session.id in drawn:
            day = words.day(wall_of(session.starts_at, zone).date(), short=True)
            lines = (_line(session, name, zone) for name in by_name)
            yield [day, *(_cell(line, words) if line else NONE for line in lines)]


def _cell(line: Line, words: Words) -> str:
    values = [value for _, value in line.told]
    first, last = (
        words.say("since.at", value=value, after=_passed(hours, "short", words))
        for hours, value in (line.told[0], line.told[-1])
    )
    if len(values) == 1:
        return words.say("since.cell_one", first=first)
    return words.say("since.cell", n=len(values), first=first, last=last, lowest=min(values), highest=max(values))


def _spoken(line: Line, words: Words) -> str:
    """One line in a sentence, for those who listen."""
    values = [value for _, value in line.told]
    (after, first), (until, last) = line.told[0], line.told[-1]
    return words.say(
        "since.told" if len(values) > 1 else "since.told_one",
        day=words.day(line.day),
        entries=words.counted("entries", len(values)),
        first=first,
        after=_passed(after, "long", words),
        last=last,
        until=_passed(until, "long", words),
        lowest=min(values),
        highest=max(values),
    )


def _passed(hours: float, how: str, words: Words) -> str:
    """ "4 hours", "3.2 days"; "4 h", "3.2 d"."""
    if hours < IN_DAYS_H:
        return words.counted(f"since.hours.{how}", hours)
    return words.counted(f"since.days.{how}", hours / 24)


def named(
    ends: Sequence[tuple[str, float, float]], lines: Sequence[tuple[_Point, _Point]]
) -> Iterator[tuple[int, str, _Point]]:
    """Names beside the ends of their lines, those first in the list first; one that would cover another is left out.

    Each with its number in the list, and where it begins: its left, and the middle of its height.
    """
    taken: list[Box] = []
    for number, (name, x, y) in enumerate(ends):
        long = len(name) * LETTER
        is_beside = x + APART + long <= RIGHT
        left = x + APART if is_beside else RIGHT - long
        near = [line for line in lines if line[0][0] < left + long + CLEAR and line[1][0] > left - CLEAR]
        for up in (0, -0.9, 0.9, -1.5, 1.5):
            middle = y + up * LINE
            box = Box(left, left + long, middle - LINE / 2, middle + LINE / 2)
            is_in = box.top >= -LINE and box.bottom <= HIGH + CLEAR
            # Where there is no room beside it a name would lie on the line itself.
            if not is_in or (not is_beside and up == 0):
                continue
            if not any(_covers(one, box) for one in taken) and not any(_crosses(line, box) for line in near):
                taken.append(box)
                yield number, name, (left, middle)
                break


def _covers(one: Box, other: Box) -> bool:
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom


def _crosses(line: tuple[_Point, _Point], box: Box) -> bool:
    """Whether a line, which runs from left to right, comes too near to a box."""
    (x, y), (until, end) = line
    first, last = max(x, box.left - CLEAR), min(until, box.right + CLEAR)
    if first > last:
        return False
    rise = (end - y) / (until - x) if until > x else 0.0
    heights = (y + rise * (first - x), y + rise * (last - x)) if until > x else (y, end)
    return max(heights) > box.top - CLEAR and min(heights) < box.bottom + CLEAR
