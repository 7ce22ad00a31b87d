"""A table of check-ins as CSV: its columns, and cells that no spreadsheet takes for a formula. Pure."""

import csv
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from io import StringIO
from typing import Any, get_type_hints
from unicodedata import category, normalize

import msgspec

from server.base.clock import wire_instant
from server.journal import service as journal

SIDE_EFFECTS = tuple(get_type_hints(journal.SideEffects))
PLAIN = (
    "mood", "anxiety", "dissociation", "dissociation_tone", "dissociation_kinds", "away_from", "away_to", "before_it",
    "what_helped", "in_danger", "memory_gaps", "sleep_hours", "rested", "own", "compared", "keep", "note", "audience",
    "bring", "session_id", "point",
)  # fmt: skip
COLUMNS = (
    "id", "day", "occurred_at", "zone", "recorded_at", "remembered_later", "within_24h", *PLAIN, *SIDE_EFFECTS,
)  # fmt: skip

_STARTS = ("=", "+", "-", "@")
_UNSEEN = ("C", "Z")  # categories of letters that look like nothing before a formula: controls, formats, white space


class Line(msgspec.Struct, frozen=True):
    """One check-in, and what the summary knows of it."""

    id: str
    day: date
    recorded_at: datetime
    is_remembered_later: bool
    is_within_24h: bool
    values: Mapping[str, Any]


def table_of(lines: Iterable[Line]) -> str:
    """The check-ins as RFC 4180 has a table, a header first; what was not answered is an empty cell."""
    written = StringIO()
    writer = csv.writer(written)  # rows end in CR LF
    writer.writerow(COLUMNS)
    writer.writerows([cell(value) for value in _row(line)] for line in lines)
    return written.getvalue()


def cell(value: Any) -> str:
    """A value as a cell: a text that a spreadsheet would run as a formula gets an apostrophe before it (SECURITY 4)."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        value = " ".join(map(str, value))
    elif isinstance(value, Mapping):
        value = "; ".join(f"{name}: {rating}" for name, rating in value.items())
    text = str(value)
    seen = next((letter for letter in normalize("NFKC", text) if not category(letter).startswith(_UNSEEN)), "")
    return f"'{text}" if text.startswith(("\t", "\r")) or seen in _STARTS else text


def _row(line: Line) -> list[Any]:
    values, effects = line.values, line.values.get("side_effects") or {}
    return [
        line.id, line.day, values["occurred_at"], values["zone"], wire_instant(line.recorded_at),
        line.is_remembered_later, line.is_within_24h,
        *(values.get(name) for name in PLAIN), *(effects.get(name) for name in SIDE_EFFECTS),
    ]  # fmt: skip
