"""The diary in a document: its days, the scales over the period, the start, and what stands beside. Pure."""

from collections.abc import Iterator
from datetime import date
from operator import itemgetter
from typing import Any

from msgspec import UnsetType

from server.export.fhir import observed
from server.export.fhir.codes import Resource, concept
from server.export.fhir.identity import Ids, tied
from server.export.fhir.observed import count, days, given, observation, score
from server.summaries import service as summaries


def period_of(told: summaries.Summary) -> Resource:
    """The local days that a summary is about, both included."""
    return {"start": told.period.first.isoformat(), "end": told.period.last.isoformat()}


def check_ins(told: summaries.Summary, ids: Ids) -> Iterator[Resource]:
    """How many entries there are, on how many days."""
    if (counts := told.check_ins) and not isinstance(counts, UnsetType):
        parts = {"count": count(counts.count), "days_with_entry": count(counts.days_with_entry)}
        yield observation(ids, ("check_ins",), concept("check_ins"), _over(told), parts)


def daily(told: summaries.Summary, ids: Ids) -> Iterator[Resource]:
    """Each day with an entry; how many of them were remembered later, or are left out, stands beside the means."""
    code = concept("day")
    for each in given(told.daily):
        day = each.day.isoformat()
        parts = {
            "mood": score(each.mood),
            "anxiety": score(each.anxiety),
            "dissociation": score(each.dissociation),
            "sleep_hours": observed.hours(each.sleep_hours),
            "rested": score(each.rested),
            "entries": count(each.entries),
            "remembered_later": count(each.remembered_later),
            "within_24h": count(each.within_24h),
        }
        yield observation(ids, ("day", day), code, {"effectiveDateTime": day}, parts)


def scales(told: summaries.Summary, ids: Ids) -> Iterator[Resource]:
    """Each scale that was answered in the period."""
    if isinstance(told.scales, UnsetType):
        return
    for name in ("mood", "anxiety", "dissociation"):
        scale = getattr(told.scales, name)
        if scale is not None:
            parts = {
                "n": count(scale.n),
                "mean": score(scale.mean),
                "median": score(scale.median),
                "min": score(scale.min),
                "max": score(scale.max),
            }
            yield observation(ids, ("scale", name), concept(name), _over(told), parts)


def dissociation(told: summaries.Summary, ids: Ids) -> Iterator[Resource]:
    """Detachment near a dose and at any other time, kept apart."""
    if isinstance(told.dissociation, UnsetType):
        return
    acute, later = told.dissociation.within_24h, told.dissociation.later
    if not isinstance(acute, UnsetType):
        parts = {"n": count(acute.n), "median": score(acute.median), "highest": score(acute.highest)}
        code = "dissociation_within_24h"
        yield observation(ids, (code,), concept(code), _over(told), parts)
    parts = {
        "n": count(later.n),
        "median": score(later.median),
        "highest": score(later.highest),
        "distressing": count(later.distressing),
        "memory_gap_days": count(later.memory_gap_days),
    }
    yield observation(ids, ("dissociation_later",), concept("dissociation_later"), _over(told), parts)


def start(told: summaries.Summary, ids: Ids) -> Iterator[Resource]:
    """The mood that better days are measured from. When that was lies before the course, and is not told."""
    if not isinstance(told.start, UnsetType):
        parts = {"days": days(told.start.days), "source": observed.coded(told.start.source)}
        value = observed.told(score(told.start.mood))
        yield observation(ids, ("start",), concept("start"), None, parts, **value)


def side_effects(told: summaries.Summary, ids: Ids) -> Iterator[Resource]:
    """Each side effect that was felt: how strong at most, and on how many days."""
    for each in given(told.side_effects):
        value = observed.told(observed.coded(each.highest))
        parts = {"days": days(each.days)}
        yield observation(ids, ("side_effect", each.name), concept(each.name), _over(told), parts, **value)


def watch(told: summaries.Summary, ids: Ids) -> Iterator[Resource]:
    """Each look at what long exposure can harm, with what was answered."""
    for tie, answers in tied(given(told.watch), itemgetter("day")):
        day = answers["day"]
        on = day.isoformat() if isinstance(day, date) else str(day)
        parts = {name: _answer(value) for name, value in answers.items() if name != "day"}
        value = {} if any(parts.values()) else observed.told(None)
        effective = {"effectiveDateTime": on}
        yield observation(ids, ("watch", on, tie), concept("watch"), effective, parts, **value)


def _answer(value: Any) -> observed.Value:
    if isinstance(value, bool):
        return observed.flag(value)
    return score(value) if isinstance(value, int | float) else observed.coded(value)


def _over(told: summaries.Summary) -> Resource:
    return {"effectivePeriod": period_of(told)}
