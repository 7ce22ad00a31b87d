"""What must hold of the summary of any history."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from msgspec import structs

from server.summaries.rules import Entry, Session, Span, Week
from server.summaries.summarise import days_needed, summarise
from tests.rules.histories import histories, limited

Story = tuple[list[Entry], list[Session], Span]


@settings(max_examples=300)
@given(limited)
def test_nothing_but_the_days_needed_is_needed(story: Any) -> None:
    entries, sessions, days, limits = story
    for limit in (None, limits):
        spans = days_needed(sessions, days, limit)

        needed = [entry for entry in entries if any(first <= entry.day <= last for first, last in spans)]

        assert summarise(needed, sessions, days, limit) == summarise(entries, sessions, days, limit)


@settings(max_examples=300)
@given(histories)
def test_the_order_in_which_things_are_handed_in_changes_nothing(story: Story) -> None:
    entries, sessions, days = story

    assert summarise(entries[::-1], sessions[::-1], days) == summarise(entries, sessions, days)


@settings(max_examples=300)
@given(histories)
def test_a_better_mood_after_the_start_never_makes_fewer_better_days(story: Story) -> None:
    entries, sessions, days = story
    begun = min((session.day for session in sessions), default=date.max)
    lifted = [
        entry if entry.mood is None or entry.day < begun else structs.replace(entry, mood=min(10, entry.mood + 1))
        for entry in entries
    ]

    before, after = (summarise(each, sessions, days) for each in (entries, lifted))

    for one, other in zip(before.sessions, after.sessions, strict=True):
        for week, lifted_week in zip(
            *(each.better_days.weeks if each.better_days else [] for each in (one, other)), strict=True
        ):
            assert lifted_week.of == week.of
            assert (lifted_week.better or 0) >= (week.better or 0)


@settings(max_examples=300)
@given(histories)
def test_a_longer_period_never_has_fewer_entries_days_or_sessions(story: Story) -> None:
    entries, sessions, days = story
    longer = Span(days.first - timedelta(days=3), days.last + timedelta(days=3), days.days + 6)

    short, long = (summarise(entries, sessions, each) for each in (days, longer))

    assert long.check_ins.count >= short.check_ins.count
    assert {each.day for each in long.daily} >= {each.day for each in short.daily}
    assert {each.id for each in long.sessions} >= {each.id for each in short.sessions}
    assert [each for each in long.daily if each in short.daily] == short.daily


@settings(max_examples=300)
@given(histories)
def test_the_sections_agree_with_each_other(story: Story) -> None:
    answer = summarise(*story)

    assert answer.check_ins.count == sum(each.entries for each in answer.daily)
    assert answer.check_ins.days_with_entry == len(answer.daily)
    assert (answer.scales.dissociation.n if answer.scales.dissociation else 0) == answer.dissociation.later.n
    assert all(week.better is None or week.better <= week.of for each in answer.sessions for week in weeks_of(each))


def weeks_of(session: Any) -> list[Week]:
    return session.better_days.weeks if session.better_days else []
