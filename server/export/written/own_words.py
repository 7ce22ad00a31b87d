"""What stands beside the figures of a summary, as sections: notes, questions, medicines, meetings, the watch. Pure."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from server.base.ids import is_uuid
from server.export.written.sections import Section
from server.export.written.words import Words, wall_of
from server.summaries import service as summaries


def notes(told: summaries.Summary, words: Words) -> Iterator[Section]:
    """Notes, newest first: the newest marked for the next meeting leads, as their own line."""
    if not isinstance(told.notes, list):
        return
    newest = sorted(told.notes, key=lambda note: note.day, reverse=True)
    lines = [_note(note, words) for note in sorted(newest, key=lambda note: not note.bring)]
    yield Section("notes", words["notes.title"], lines or [words["notes.none"]])


def _note(note: summaries.Note, words: Words) -> str:
    return words.say("notes.note_bring" if note.bring else "notes.note", text=note.text, day=words.day(note.day))


def safety_plan(told: summaries.Summary, words: Words) -> Iterator[Section]:
    """The plan as it stands."""
    if told.safety_plan is None or not told.safety_plan:
        return
    lines = [
        words.say("safety_plan.part", part=part, lines=" · ".join(written))
        for name, part in words["safety_plan.parts"].items()
        if (written := getattr(told.safety_plan, name))
    ]
    yield Section("safety_plan", words["safety_plan.title"], lines)


def questions(told: summaries.Summary, words: Words, zone: str) -> Iterator[Section]:
    """Questions for the next meeting, the open ones first."""
    if not told.questions:
        return
    lines = [
        words.say("questions.settled", text=each.text, day=words.day(wall_of(each.settled_at, zone).date()))
        if each.settled_at
        else words.say("questions.open", text=each.text)
        for each in sorted(told.questions, key=lambda each: bool(each.settled_at))
    ]
    yield Section("questions", words["questions.title"], lines)


def medications(told: summaries.Summary, words: Words) -> Iterator[Section]:
    """Medicines in their person's words, with their days."""
    if not told.medications:
        return
    lines = []
    for each in reversed(told.medications):
        name = ", ".join(filter(None, (each.name, each.dose_text)))
        first = words.day(date.fromisoformat(each.first), year=True)
        if each.last:
            last = words.day(date.fromisoformat(each.last), year=True)
            lines.append(words.say("medications.from_to", name=name, **{"from": first, "to": last}))
        else:
            lines.append(words.say("medications.since", name=name, **{"from": first}))
    yield Section("medications", words["medications.title"], lines)


def meetings(told: summaries.Summary, words: Words, zone: str) -> Iterator[Section]:
    """Meetings, with whom, and what was agreed to try."""
    if not told.meetings:
        return
    yield Section("meetings", words["meetings.title"], [_meeting(each, words, zone) for each in told.meetings])


def _meeting(meeting: summaries.MeetingTold, words: Words, zone: str) -> str:
    met, whom = words.instant(meeting.starts_at, zone), meeting.with_
    if whom:
        named = words["meetings.reader"] if is_uuid(whom) else words.name("meetings.as", whom)
        met = words.say("meetings.with", when=met, **{"with": named})
    return words.say("meetings.agreed", met=met, agreed="; ".join(meeting.agreed)) if meeting.agreed else met


def watch(told: summaries.Summary, words: Words) -> Iterator[Section]:
    """What there was, by name; that there was nothing is said as well."""
    if not told.watch:
        return
    lines = [
        words.say("watch.on", day=words.day(each["day"]), told=_watched(each, words)) for each in reversed(told.watch)
    ]
    yield Section("watch", words["watch.title"], lines)


def _watched(answers: Mapping[str, Any], words: Words) -> str:
    there = []
    for key, name in words["watch.items"].items():
        value = answers.get(key)
        if value in (None, False, 0, "none"):
            continue
        if value is True:
            there.append(name)
        else:
            graded = words["side_effects.strength"].get(value) if isinstance(value, str) else words.number(value)
            there.append(words.say("watch.graded", name=name, value=graded or value))
    return words.listed(there) if there else str(words["watch.nothing"])
