"""What a reader under a consent gets to know: by example, and that nothing else can be told from the answer."""

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from msgspec import structs

from server.summaries.limits import cut
from server.summaries.rules import Entry, Limits, Session, Span
from server.summaries.summarise import summarise
from tests.rules.histories import EVERYTHING, day, dose, felt, limited, opening, span

Story = tuple[list[Entry], list[Session], Span, Limits]

SCALES = {"check_ins", "daily", "scales", "dissociation", "start"}
BEFORE = [felt(number, mood=3) for number in (6, 7, 8, 9)]
AFTER = [felt(number, mood=6, note=f"note {number}", audience="therapist") for number in (12, 13, 14, 15)]


def sections(limits: Limits) -> set[str]:
    return set(wire(summarise([*BEFORE, *AFTER], [dose(10)], span(0, 20), limits)))


def wire(summary: Any) -> dict[str, Any]:
    tree: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(summary))
    return tree


def test_each_scope_opens_its_sections_and_no_other() -> None:
    assert sections(opening()) == {"period"}
    assert sections(opening("scales")) == {"period", *SCALES}
    assert sections(opening("sessions")) == {"period", "sessions", "exposure"}
    assert sections(opening("side_effects")) == {"period", "side_effects"}
    assert sections(opening("notes")) == {"period", "notes"}
    assert sections(opening("alerts", "measures")) == {"period"}
    assert sections(opening(*EVERYTHING)) == {"period", *SCALES, "sessions", "exposure", "side_effects", "notes"}


def test_sessions_without_scales_show_when_and_nothing_of_how() -> None:
    (answer,) = summarise([*BEFORE, *AFTER], [dose(10)], span(0, 20), opening("sessions")).sessions

    assert (answer.curve, answer.better_days) == ([], None)


def test_without_sessions_the_day_after_one_is_a_gap_like_any_other() -> None:
    entries = [*BEFORE, felt(11, mood=9, dissociation=9)]

    own = summarise(entries, [dose(10)], span(0, 20))
    answer = summarise(entries, [dose(10)], span(0, 20), opening("scales"))
    without = summarise(BEFORE, [], span(0, 20), opening("scales"))

    assert [each.mood for each in own.daily] == [3, 3, 3, 3, None]
    assert wire(answer) == wire(without)
    assert structs.astuple(answer.start) == (None, 0, "none")
    assert answer.scales == own.scales


def test_without_sessions_a_note_near_a_dose_looks_like_a_note_without_answers() -> None:
    near, alone = (
        [*BEFORE, felt(11, note="words", audience="therapist", **answers)] for answers in ({"mood": 9}, {})
    )

    answer = summarise(near, [dose(10)], span(0, 20), opening("scales", "notes"))
    without = summarise(alone, [], span(0, 20), opening("scales", "notes"))

    assert wire(answer) == wire(without)


def test_days_outside_the_consent_are_cut_away_from_everything() -> None:
    limits = opening(*EVERYTHING, first=day(7), last=day(13))

    answer = summarise([*BEFORE, *AFTER], [dose(6), dose(10), dose(14)], span(0, 20), limits)

    assert structs.astuple(answer.period) == (day(7), day(13), 7)
    assert [each.day for each in answer.daily] == [day(each) for each in (7, 8, 9, 12, 13)]
    assert structs.astuple(answer.start) == (None, 3, "none")
    assert [each.id for each in answer.sessions] == [dose(10).id]
    assert [note.text for note in answer.notes] == ["note 12", "note 13"]


def test_a_period_outside_the_consent_is_empty() -> None:
    limits = opening(*EVERYTHING, last=day(3))

    answer = summarise([*BEFORE, *AFTER], [dose(10)], span(5, 20), limits)

    assert answer.period == span(5, 20)
    assert structs.astuple(answer.check_ins) == (0, 0)
    assert (answer.daily, answer.sessions, answer.notes) == ([], [], [])


@pytest.mark.parametrize(
    ("reader", "read"), [("therapist", ["therapist", "both"]), ("prescriber", ["prescriber", "both"]), (None, [])]
)
def test_a_note_is_read_by_whom_it_is_addressed_to(reader: Any, read: list[str]) -> None:
    audiences: list[Any] = ["me", "therapist", "prescriber", "both"]
    entries = [felt(number, note=name, audience=name) for number, name in enumerate(audiences)]

    answer = summarise(entries, [], span(0, 9), opening("notes", audience=reader))

    assert [note.text for note in answer.notes] == read


def test_notes_begin_with_a_day_and_without_one_there_are_none() -> None:
    answer = summarise(AFTER, [], span(0, 20), opening("notes", notes_from=day(14)))
    without = summarise(AFTER, [], span(0, 20), opening("notes", notes_from=None))

    assert [note.text for note in answer.notes] == ["note 14", "note 15"]
    assert without.notes == []


def test_a_closed_note_is_gone_before_anything_is_computed() -> None:
    (answer,), _ = cut([felt(1, mood=4, note="mine", audience="therapist", bring=True)], [], opening("scales"))

    assert (answer.mood, answer.note, answer.bring) == (4, None, False)


@settings(max_examples=500)
@given(limited)
def test_what_is_not_opened_can_not_be_told_from_the_answer(story: Story) -> None:
    entries, sessions, days, limits = story
    told = msgspec.json.encode(summarise(entries, sessions, days, limits))

    hidden = [masked(entry, limits) for entry in entries if is_open(entry, limits)]
    kept = [session for session in sessions if is_open(session, limits)]

    assert msgspec.json.encode(summarise(hidden, kept, days, limits)) == told


@settings(max_examples=500)
@given(limited)
def test_with_every_scope_and_day_only_the_notes_are_fewer(story: Story) -> None:
    entries, sessions, days, _ = story

    own, answer = (wire(summarise(entries, sessions, days, limits)) for limits in (None, opening(*EVERYTHING)))

    assert [note for note in own["notes"] if note in answer["notes"]] == answer["notes"]
    assert {**own, "notes": []} == {**answer, "notes": []}


@settings(max_examples=500)
@given(limited)
def test_one_scope_more_adds_and_takes_nothing_away(story: Story) -> None:
    entries, sessions, days, limits = story
    for scope in sorted(EVERYTHING - limits.scopes):
        wider = structs.replace(limits, scopes=limits.scopes | {scope})

        before, after = (wire(summarise(entries, sessions, days, each)) for each in (limits, wider))

        assert before.keys() <= after.keys()
        same = {"scales", "notes"} | (set() if scope == "sessions" else {"start"})
        assert all(after[name] == before[name] for name in before.keys() & same)


def is_open(dated: Entry | Session, limits: Limits) -> bool:
    return (limits.first is None or dated.day >= limits.first) and (limits.last is None or dated.day <= limits.last)


def masked(entry: Entry, limits: Limits) -> Entry:
    """The entry with something else in every field that this reader may not know."""
    is_note_open = "notes" in limits.scopes and None not in (limits.audience, limits.notes_from)
    if not (is_note_open and entry.audience in (limits.audience, "both") and entry.day >= limits.notes_from):
        entry = structs.replace(entry, note="something else" if entry.note is None else None, bring=not entry.bring)
    if "scales" not in limits.scopes:
        entry = structs.replace(
            entry,
            mood=1 if entry.mood is None else None,
            anxiety=1 if entry.anxiety is None else None,
            dissociation=1 if entry.dissociation is None else None,
            is_remembered_later=not entry.is_remembered_later,
            is_distressing=not entry.is_distressing,
            has_memory_gap=not entry.has_memory_gap,
            sleep_hours=3,
            rested=3,
        )
    return entry
