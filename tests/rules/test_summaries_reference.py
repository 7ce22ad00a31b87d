"""The summary against a slow one written straight from the contract's sentences, over thousands of histories."""

from datetime import date, timedelta
from fractions import Fraction
from statistics import median
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings

from server.summaries.rules import Course, Entry, Limits, Session, Span
from server.summaries.summarise import summarise
from tests.rules.histories import EFFECTS, EVERYTHING, SEVERITIES, coursed, histories, limited
from tests.tried import size

ONE_DAY = timedelta(days=1)
MANY = size(1_500, 10_000)  # of each kind


def note_alone(e: Entry) -> Entry:
    return Entry(id=e.id, day=e.day, occurred_at=e.occurred_at, note=e.note, audience=e.audience, bring=e.bring)


class Reference:
    """Every definition on its own, each looking at everything again."""

    def __init__(
        self, entries: list[Entry], sessions: list[Session], span: Span, limits: Limits | None = None, courses: Any = ()
    ) -> None:
        self.scopes, self.limits = (limits.scopes if limits else EVERYTHING), limits
        self.entries = [e for e in entries if self.is_open(e.day)]
        self.sessions = sorted((s for s in sessions if self.is_open(s.day)), key=lambda s: (s.starts_at, s.id))
        if "sessions" not in self.scopes:  # what was felt within a day of a dose stays closed, save as a note
            acute = [e for e in self.entries if self.is_acute(e)]
            is_noted = "notes" in self.scopes
            noted = [e for e in acute if is_noted and e.note is not None and self.is_addressed(e)]
            self.entries = [e for e in self.entries if e not in acute] + [note_alone(e) for e in noted]
            self.sessions = []
        is_told = "sessions" in self.scopes
        self.courses = [c for c in courses if is_told and self.is_open(c.first)]
        days = [d for n in range(span.days) if self.is_open(d := span.first + n * ONE_DAY)]
        self.first, self.last = (days[0], days[-1]) if days else (span.first, span.last)

    def is_open(self, day: date) -> bool:
        lim = self.limits
        return not lim or ((lim.first is None or lim.first <= day) and (lim.last is None or day <= lim.last))

    def is_acute(self, entry: Entry) -> bool:
        return any(s.starts_at <= entry.occurred_at <= s.starts_at + ONE_DAY for s in self.sessions)

    def in_period(self) -> list[Entry]:
        return [e for e in self.entries if self.first <= e.day <= self.last]

    def mean_of_day(self, day: date, name: str, promptly: bool = False) -> Fraction | None:
        told = [
            Fraction(str(getattr(e, name)))
            for e in self.entries
            if e.day == day and not self.is_acute(e) and getattr(e, name) is not None
            if not (promptly and e.is_remembered_later)
        ]
        return sum(told, Fraction(0)) / len(told) if told else None

    def summary(self) -> dict[str, Any]:
        days = (self.last - self.first).days + 1
        answer: dict[str, Any] = {"period": {"from": str(self.first), "to": str(self.last), "days": days}}
        told = self.in_period()
        if "scales" in self.scopes:
            start = self.start()
            answer["check_ins"] = {"count": len(told), "days_with_entry": len({e.day for e in told})}
            answer["daily"] = [self.day(day) for day in sorted({e.day for e in told})]
            answer["scales"] = {name: self.scale(name) for name in ("mood", "anxiety", "dissociation")}
            answer["dissociation"] = self.dissociation()
            answer["start"] = {**start, "mood": number(start["mood"])}
        if "side_effects" in self.scopes:
            answer["side_effects"] = self.side_effects()
        if "sessions" in self.scopes:
            answer["exposure"] = self.exposure()
            answer["sessions"] = [self.session(s) for s in self.sessions if self.first <= s.day <= self.last]
        if "notes" in self.scopes:
            notes = [e for e in sorted(told, key=lambda e: (e.occurred_at, e.id)) if self.is_read(e)]
            answer["notes"] = [{"day": str(e.day), "text": e.note, "bring": e.bring} for e in notes]
        return answer

    def day(self, day: date) -> dict[str, Any]:
        entries = [e for e in self.entries if e.day == day]
        names = ("mood", "anxiety", "dissociation", "sleep_hours", "rested")
        answer: dict[str, Any] = {"day": str(day)} | {name: number(self.mean_of_day(day, name)) for name in names}
        answer["entries"] = len(entries)
        answer["remembered_later"] = len([e for e in entries if e.is_remembered_later])
        if "sessions" in self.scopes:
            answer["within_24h"] = len([e for e in entries if self.is_acute(e)])
        return answer

    def side_effects(self) -> list[dict[str, Any]]:
        felt = [
            (SEVERITIES.index(how), name, e.day)
            for e in self.in_period()
            for name, how in (e.side_effects or {}).items()
        ]
        told = []
        for name in EFFECTS:
            days = {day for strength, each, day in felt if each == name and strength}
            if days:
                told.append((max(strength for strength, each, _ in felt if each == name), len(days), name))
        in_order = sorted(told, key=lambda one: (-one[0], -one[1], one[2]))
        return [{"name": name, "days": days, "highest": SEVERITIES[how]} for how, days, name in in_order]

    def exposure(self) -> dict[str, int]:
        ago = [(self.last - s.day).days for s in self.sessions if s.day <= self.last]
        thirty, sixty = ([days for days in ago if days < most] for most in (30, 60))
        return {"sessions": len(ago), "last_30_days": len(thirty), "last_60_days": len(sixty)}

    def scale(self, name: str) -> dict[str, Any] | None:
        told = [v for e in self.in_period() if not self.is_acute(e) and (v := getattr(e, name)) is not None]
        if not told:
            return None
        mean = number(Fraction(sum(told), len(told)))
        return {"n": len(told), "mean": mean, "median": median(told), "min": min(told), "max": max(told)}

    def dissociation(self) -> dict[str, Any]:
        def of(entries: list[Entry]) -> dict[str, Any]:
            told = [e.dissociation for e in entries if e.dissociation is not None]
            return {"n": len(told), "median": median(told) if told else None, "highest": max(told) if told else None}

        later = [e for e in self.in_period() if not self.is_acute(e)]
        answer = {"later": of(later)}
        answer["later"]["distressing"] = len([e for e in later if e.is_distressing])
        answer["later"]["memory_gap_days"] = len({e.day for e in later if e.has_memory_gap})
        if "sessions" in self.scopes:
            answer["within_24h"] = of([e for e in self.in_period() if self.is_acute(e)])
        return answer

    def start(self) -> dict[str, Any]:
        moods: list[Fraction] = []
        begun = sorted((c for c in self.courses if c.first <= self.last), key=lambda c: (c.first, c.id))
        course = begun[-1] if begun else None
        own = [s for s in self.sessions if course is None or self.is_of(s, course)]
        if own and own[0].day <= self.last:
            before = [own[0].day - n * ONE_DAY for n in range(1, 22)]
            moods = [m for day in before if (m := self.mean_of_day(day, "mood")) is not None]
        if len(moods) < 4 and course and course.recalled is not None:
            return {"mood": Fraction(course.recalled), "days": len(moods), "source": "recalled"}
        if len(moods) < 4:
            return {"mood": None, "days": len(moods), "source": "none"}
        return {"mood": median(moods), "days": len(moods), "source": "measured"}

    def is_of(self, session: Session, course: Course) -> bool:
        if any(session.course_id == each.id for each in self.courses):
            return session.course_id == course.id
        return session.day >= course.first

    def session(self, session: Session) -> dict[str, Any]:
        following = next((s for s in self.sessions[self.sessions.index(session) + 1 :]), None)
        curve = [
            {
                "hours": number(Fraction((e.occurred_at - session.starts_at) // timedelta(seconds=1), 3600)),
                "mood": e.mood,
                "anxiety": e.anxiety,
                "dissociation": e.dissociation,
            }
            for e in sorted(self.in_period(), key=lambda e: (e.occurred_at, e.id))
            if timedelta(0) <= e.occurred_at - session.starts_at < 28 * ONE_DAY
            if following is None or e.occurred_at < following.starts_at
            if (e.mood, e.anxiety, e.dissociation) != (None, None, None)
        ]
        is_known = "scales" in self.scopes
        starts_at = session.starts_at.strftime("%Y-%m-%dT%H:%M:%S.000Z")
        return {
            "id": session.id,
            "starts_at": starts_at,
            "phase": session.phase,
            "curve": curve if is_known else [],
            "better_days": self.better_days(session, following) if is_known else None,
        }

    def better_days(self, session: Session, following: Session | None) -> dict[str, Any] | None:
        if following and following.day <= session.day + 7 * ONE_DAY:
            return None
        start = self.start()["mood"]
        weeks, better_on = [], []
        for week in (1, 2, 3, 4):
            days = [session.day + n * ONE_DAY for n in range(7 * week - 6, 7 * week + 1)]
            days = [d for d in days if d <= self.last and (following is None or d < following.day)]
            moods = {d: m for d in days if (m := self.mean_of_day(d, "mood", promptly=True)) is not None}
            better = [d for d, m in moods.items() if start is not None and m >= start + 2]
            better_on += better
            reading = "counted"
            if len(moods) < 3:
                reading = "too_few"
            elif start is None:
                reading = "no_start"
            elif start > 8:
                reading = "no_room"
            if days:
                count = len(better) if start is not None else None
                weeks.append({"week": week, "better": count, "of": len(moods), "reading": reading})
        return {"weeks": weeks, "last_better_on": str(max(better_on)) if better_on else None}

    def is_read(self, entry: Entry) -> bool:
        return bool((entry.note or "").strip()) and self.is_addressed(entry)

    def is_addressed(self, entry: Entry) -> bool:
        lim = self.limits
        if lim is None or lim.audience is None or lim.notes_from is None:
            return lim is None
        return entry.audience in (lim.audience, "both") and entry.day >= lim.notes_from


def number(value: Fraction | None) -> Any:
    """A figure that may be off by a rounding in its third decimal."""
    return None if value is None else pytest.approx(float(value), abs=0.000_51)


def wire(summary: Any) -> Any:  # as a reader of the JSON sees it
    return msgspec.json.decode(msgspec.json.encode(summary))


@settings(max_examples=MANY)
@given(histories)
def test_a_summary_is_what_the_definitions_say(story: tuple[list[Entry], list[Session], Span]) -> None:
    expected = Reference(*story).summary()

    answer = wire(summarise(*story))

    assert answer == expected


@settings(max_examples=MANY)
@given(limited)
def test_a_summary_under_a_consent_is_what_the_definitions_say(
    story: tuple[list[Entry], list[Session], Span, Limits],
) -> None:
    expected = Reference(*story).summary()

    answer = wire(summarise(*story))

    assert answer == expected


@settings(max_examples=MANY)
@given(coursed)
def test_with_courses_a_summary_is_what_the_definitions_say(
    story: tuple[list[Entry], list[Session], Span, Limits | None, list[Course]],
) -> None:
    expected = Reference(*story).summary()

    answer = wire(summarise(*story))

    assert answer == expected
