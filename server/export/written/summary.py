"""A summary written out for a person: its sections in the order in which they are read. Pure."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain

from server.export.written import figures, own_words
from server.export.written.alerts import alerts
from server.export.written.questionnaires import questionnaires
from server.export.written.sections import Section, Subject
from server.export.written.words import Words, wall_of, words_of
from server.summaries import service as summaries

SPANS_NAMED = 6


def sections_of(told: summaries.Summary, subject: Subject) -> list[Section]:
    """What a summary says, for whoever it is made; what its scopes leave out has no section."""
    words, zone = words_of(subject), subject.zone
    return list(
        chain(
            alerts(told, words, zone),
            _course(told, words, zone),
            figures.scales(told, words),
            questionnaires(told, words, zone),
            figures.better_days(told, words, zone),
            own_words.notes(told, words),
            own_words.questions(told, words, zone),
            figures.side_effects(told, words),
            own_words.watch(told, words),
            own_words.medications(told, words),
            own_words.meetings(told, words, zone),
            own_words.safety_plan(told, words),
            _missing(told, words, subject),
            figures.daily(told, words),
        )
    )


def lead_of(told: summaries.Summary, subject: Subject) -> list[str]:
    """The lines under the name: which days, since when it is shared, when it was written, a silence to be told."""
    words, span = words_of(subject), told.period
    made_on = words.day(subject.today, year=True)
    days = words.counted("days", span.days)
    lines = [words.say("period", span=words.span(span.first, span.last, year=True), days=days)]
    if subject.shared_from:
        lines.append(words.say("shared_from", day=words.day(subject.shared_from, year=True)))
    if told.silence:
        for_days, after = words.counted("days", told.silence.days), words.number(told.silence.after_days)
        lines.append(words.say("silence", days=for_days, after=after))
    lines.append(words.say("made", day=made_on))
    return [*lines, words["own"]] if subject.is_own else lines


def _course(told: summaries.Summary, words: Words, zone: str) -> Iterator[Section]:
    """When the sessions were, and how many up to the period's end."""
    if not told.exposure or not told.exposure.sessions:
        return
    lines = []
    if told.sessions:
        days = sorted({wall_of(each.starts_at, zone).date() for each in told.sessions})
        lines.append(words.say("sessions.listed", days=", ".join(words.day(day, short=True) for day in days)))
    counts = told.exposure
    lines.append(
        words.say(
            "sessions.exposure",
            day=words.day(told.period.last),
            all=words.number(counts.sessions),
            of60=words.number(counts.last_60_days),
            of30=words.number(counts.last_30_days),
        )
    )
    yield Section("exposure", words["sessions.title"], lines)


def _missing(told: summaries.Summary, words: Words, subject: Subject) -> Iterator[Section]:
    """Days without an entry. Nothing is missing before the first entry, nor today, which can still be written."""
    if not isinstance(told.daily, list) or not told.check_ins:
        return
    title = words["missing.title"]
    if not told.daily:
        yield Section("check_ins", title, [words["missing.nothing"]])
        return
    first, last = told.daily[0].day, told.period.last
    gaps = _gaps({day.day for day in told.daily}, first, min(last, subject.today - timedelta(days=1)))
    counted = words.say(
        "missing.counted_later" if first > told.period.first else "missing.counted",
        check_ins=words.counted("check_ins", told.check_ins.count),
        on=words.number(told.check_ins.days_with_entry),
        of=words.counted("days", (last - first).days + 1),
    )
    yield Section("check_ins", title, [counted, *_named(gaps, words)])


def _gaps(written: set[date], first: date, last: date) -> list[tuple[date, date]]:
    gaps: list[tuple[date, date]] = []
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        if day in written:
            continue
        if gaps and gaps[-1][1].toordinal() == ordinal - 1:
            gaps[-1] = (gaps[-1][0], day)
        else:
            gaps.append((day, day))
    return gaps


def _named(gaps: list[tuple[date, date]], words: Words) -> Iterator[str]:
    """The gaps; where there are many, the longest."""
    if not gaps:
        return
    longest = sorted(gaps, key=lambda gap: gap[0] - gap[1])[:SPANS_NAMED]
    spans = ", ".join(words.days(*gap) for gap in gaps if gap in longest)
    yield words.say("missing.gaps" if len(gaps) == len(longest) else "missing.gaps_more", spans=spans)
