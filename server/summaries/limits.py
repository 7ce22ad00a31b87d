"""What a reader under a consent gets to know, taken away before anything is computed. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date
from operator import attrgetter

import msgspec

from server.base.clock import is_among
from server.summaries.figures import told_apart
from server.summaries.rules import Course, Entry, Limits, Session, Span


def cut(entries: Iterable[Entry], sessions: Sequence[Session], limits: Limits) -> tuple[list[Entry], list[Session]]:
    """The entries and sessions of the consent's days, each entry with no more than the scopes open.

    Without `scales` an entry is left as its note, and one without a note for this reader is left out. Without
    `sessions` there are none, and the answers within 24 hours after one belong to what stays closed: such a day is a
    gap like any other, or has a note and no answers like any other, so that nothing says when a session was.
    """
    known = [entry for entry in (_known(entry, limits) for entry in entries if is_within(entry.day, limits)) if entry]
    within = [session for session in sessions if is_within(session.day, limits)]
    if "sessions" in limits.scopes:
        return known, within
    in_order = sorted(within, key=attrgetter("starts_at", "id"))
    away, acute = told_apart(sorted(known, key=attrgetter("occurred_at", "id")), in_order)
    return [*away, *(_note_of(entry) for entry in acute if entry.note is not None)], []


def cut_courses(courses: Sequence[Course], limits: Limits) -> list[Course]:
    """The courses that began within the consent's days; none where sessions are closed, for they tell of them."""
    return [each for each in courses if "sessions" in limits.scopes and is_within(each.first, limits)]


def cut_span(span: Span, limits: Limits) -> Span:
    """The part of the asked days that the consent is about; as asked where there is none, and then all is empty."""
    first = max(span.first, limits.first or date.min)
    last = min(span.last, limits.last or date.max)
    return Span(first, last, (last - first).days + 1) if first <= last else span


def is_within(day: date, limits: Limits) -> bool:
    """Whether the consent is about this day."""
    return is_among(day, limits.first, limits.last)


def _known(entry: Entry, limits: Limits) -> Entry | None:
    """The entry less its note and side effects, where those are closed; of its scales nothing where they are."""
    is_note_known = _is_note_known(entry, limits)
    has_effects = "side_effects" in limits.scopes and entry.side_effects is not None
    if not is_note_known and entry.note is not None:
        entry = msgspec.structs.replace(entry, note=None, bring=False)
    if not has_effects and entry.side_effects is not None:
        entry = msgspec.structs.replace(entry, side_effects=None)
    if "scales" in limits.scopes:
        return entry
    left = _note_of(entry)
    return msgspec.structs.replace(left, side_effects=entry.side_effects) if is_note_known or has_effects else None


def _note_of(entry: Entry) -> Entry:
    """The entry as its note alone."""
    return Entry(
        id=entry.id,
        day=entry.day,
        occurred_at=entry.occurred_at,
        note=entry.note,
        audience=entry.audience,
        bring=entry.bring,
    )


def _is_note_known(entry: Entry, limits: Limits) -> bool:
    """Whether the note is addressed to this reader, and young enough. A limit that isn't set closes."""
    return (
        "notes" in limits.scopes
        and entry.note is not None
        and limits.audience is not None
        and limits.notes_from is not None
        and entry.audience in (limits.audience, "both")
        and (entry.day >= limits.notes_from or entry.id in limits.opened)
    )
