"""What a summary says beside the diary: side effects, exposure, the watch, medication, questions, meetings. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from server.records import service as records
from server.summaries.limits import is_within
from server.summaries.rules import Audience, Course, Entry, Limits, Session, Span
from server.summaries.told import Exposure, MedicationTold, MeetingTold, QuestionTold, SafetyPlanTold, SideEffect

SEVERITIES = ("none", "mild", "moderate", "severe")
_MONTH = timedelta(days=30)
_decode = msgspec.json.Decoder(dict[str, Any]).decode


class Addressed(msgspec.Struct, frozen=True):
    """One record that is no check-in: the days it is about (None: still), and who may read it."""

    first: date
    last: date | None
    audience: Audience
    told: Any


def side_effects(entries: Iterable[Entry]) -> list[SideEffect]:
    """Each side effect that was felt, with the days on which it was and how strong it got, the strongest first."""
    days: dict[str, set[date]] = {}
    highest: dict[str, int] = {}
    for entry in entries:
        for name, severity in (entry.side_effects or {}).items():
            if strength := SEVERITIES.index(severity):
                days.setdefault(name, set()).add(entry.day)
                highest[name] = max(highest.get(name, 0), strength)
    in_order = sorted(days, key=lambda name: (-highest[name], -len(days[name]), name))
    return [SideEffect(name, len(days[name]), SEVERITIES[highest[name]]) for name in in_order]


def exposure(sessions: Sequence[Session], last: date) -> Exposure:
    """How many sessions took place by the period's end, and in the 30 and 60 days up to it."""
    days = [session.day for session in sessions if session.day <= last]
    return Exposure(
        sessions=len(days),
        last_30_days=sum(day > last - _MONTH for day in days),
        last_60_days=sum(day > last - 2 * _MONTH for day in days),
    )


def readable(records: Iterable[Addressed], span: Span, limits: Limits | None, scope: str) -> list[Any] | None:
    """What is told of the period's `records` (newest first), oldest first; None where its scope is closed.

    A reader gets what is addressed to them or to both, of the consent's days.
    """
    if limits is not None and scope not in limits.scopes:
        return None
    within = [
        each
        for each in records
        if each.first <= span.last and (each.last is None or each.last >= span.first)
        if limits is None or (each.audience in (limits.audience, "both") and is_within(each.first, limits))
    ]
    return [each.told for each in reversed(within)]


def course(found: records.Found) -> Course:
    """A course, as far as a summary looks at it."""
    values = _decode(found.values)
    return Course(id=found.id, first=found.day, recalled=values.get("start_recalled"))


def medication(found: records.Found) -> Addressed:
    """A medication, from its first day to its last."""
    values = _decode(found.values)
    last = values.get("to")
    told = MedicationTold(name=values["name"], dose_text=values.get("dose_text"), first=values["from"], last=last)
    return Addressed(found.day, date.fromisoformat(last) if last else None, _audience(values), told)


def question(found: records.Found, day_of: Callable[[str], date]) -> Addressed:
    """A question for the next meeting; it stands until the day on which it was settled, which `day_of` tells.

    It has no zone of its own, so that the day on which it was asked may be the later one of a night: it stands on that.
    """
    values = _decode(found.values)
    settled_at = values.get("settled_at")
    told = QuestionTold(id=found.id, text=values["text"], settled_at=settled_at)
    last = max(found.day, day_of(settled_at)) if settled_at else None
    return Addressed(found.day, last, _audience(values), told)


def meeting(found: records.Found) -> Addressed:
    """A meeting and what was agreed there."""
    values = _decode(found.values)
    told = MeetingTold(starts_at=values["starts_at"], with_=values.get("with"), agreed=values.get("agreed") or [])
    return Addressed(found.day, found.day, "me", told)


def watched(found: records.Found) -> Addressed:
    """One look at what long exposure can harm, with what was answered."""
    values = _decode(found.values)
    answers = {name: value for name, value in values.items() if name not in ("occurred_at", "zone", "audience")}
    return Addressed(found.day, found.day, _audience(values), {"day": found.day, **answers})


def safety_plan(found: Sequence[records.Found], limits: Limits | None) -> SafetyPlanTold | UnsetType | None:
    """The plan as it stands, whatever days are asked for. None: none is written. Unset: its scope is closed."""
    if limits is not None and "safety_plan" not in limits.scopes:
        return UNSET
    written = {name: lines for name, lines in _decode(found[0].values).items() if lines} if found else {}
    return msgspec.convert(written, SafetyPlanTold) if written else None


def _audience(values: Mapping[str, Any]) -> Audience:
    found: Audience = values.get("audience") or "me"
    return found
