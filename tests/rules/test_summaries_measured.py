"""Questionnaires in a summary: against a slow reading of the definitions, and that nothing hidden is told by them."""

from datetime import timedelta
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from server.measures import library
from server.measures.change import change
from server.measures.rules import Score
from server.measures.service import Form
from server.summaries.limits import cut_span
from server.summaries.measured import measured
from server.summaries.rules import Course, Limits, Session, Span
from tests.rules.histories import DAYS, day, dose, limits, on, opening, span, with_courses
from tests.tried import size

KNOWN = library.read_definitions()
NAMES = ("phq-9", "gad-7", "who-5", "peg", "des-b")
Story = tuple[list[Form], list[Session], Span, Limits | None, list[Course]]
MANY = size(1_000, 5_000)


@pytest.fixture(autouse=True)
def _open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "known", KNOWN)


def form(number: int, name: str = "phq-9", total: float | None = 9) -> Form:
    """A questionnaire that was filled in on the `number`th day."""
    return Form(day(number), name, on(number), Score(total, {}, None, complete=total is not None))


def story_of(random: Random) -> Story:
    _, sessions, asked, _, courses = with_courses(random)
    names = random.sample(NAMES, random.randint(1, 2))
    forms = [
        form(random.randint(-10, DAYS), random.choice(names), random.choice([None, 0, 4, 10, 16, 17, 24]))
        for _ in range(random.choice([0, 2, 6, 12]))
    ]
    forms = list({(each.instrument, each.completed_at): each for each in forms}.values())
    given = limits(random)
    scopes = given.scopes | {"measures"} if random.random() < 0.9 else given.scopes
    return forms, sessions, asked, random.choice([None, structs.replace(given, scopes=scopes)]), courses


stories = st.integers(0, 2**32).map(lambda seed: story_of(Random(seed)))


def is_open(number: Any, given: Limits | None) -> bool:
    return not given or ((given.first or number) <= number <= (given.last or number))


def is_of(session: Session, course: Course, courses: list[Course]) -> bool:
    if any(session.course_id == each.id for each in courses):
        return session.course_id == course.id
    return session.day >= course.first


def reference(story: Story) -> list[dict[str, Any]] | None:
    """Every definition on its own."""
    forms, sessions, asked, given, courses = story
    if given and "measures" not in given.scopes:
        return None
    is_told = not given or "sessions" in given.scopes
    sessions = [each for each in sessions if is_told and is_open(each.day, given)]
    courses = [each for each in courses if is_told and is_open(each.first, given)]
    days = [asked.first + timedelta(days=n) for n in range(asked.days)]
    days = [each for each in days if is_open(each, given)] or days
    last = days[-1]
    forms = [each for each in forms if is_open(each.day, given) and each.day <= last]
    begun = sorted((each for each in courses if each.first <= last), key=lambda each: (each.first, each.id))
    own = [each for each in sessions if not begun or is_of(each, begun[-1], courses)]
    first = min((each.starts_at for each in own), default=None)
    if first and min(each.day for each in own if each.starts_at == first) > last:
        first = None

    def spans(one: Form) -> bool:
        back = timedelta(days=KNOWN[one.instrument].recall_days)
        return any(one.completed_at - back < each.starts_at <= one.completed_at for each in sessions)

    def moved(name: str, before: Form, after: Form) -> Any:
        rule = KNOWN[name].change
        return rule and msgspec.to_builtins(change(rule, before.score.total, after.score.total))  # type: ignore[arg-type]

    told = []
    for name in sorted({each.instrument for each in forms if each.day in days}):
        of_one = sorted((each for each in forms if each.instrument == name), key=lambda each: each.completed_at)
        complete = [each for each in of_one if each.score.total is not None]
        before = [each for each in complete if first and each.completed_at < first]
        after = [each for each in complete if first and each.completed_at >= first and not spans(each)]
        since = moved(name, before[-1], after[-1]) if before and after else None
        told.append(
            {
                "instrument": name,
                "responses": [(each.score.total, spans(each)) for each in of_one if each.day in days],
                "since_baseline": since,
                "baseline_at": before[-1].completed_at.strftime("%Y-%m-%dT%H:%M:%S.000Z") if since else None,
                "since_last": moved(name, *complete[-2:]) if complete[1:] else None,
            }
        )
    return told


def wire(answer: Any) -> Any:
    """The answer as its reader sees it, of each response what was made of it here."""
    return answer and [
        {**each, "responses": [(one["total"], one["spans_session"]) for one in each["responses"]]}
        for each in msgspec.to_builtins(answer)
    ]


def asked_of(story: Story) -> Any:
    forms, sessions, asked, given, courses = story
    return measured(forms, sessions, cut_span(asked, given) if given else asked, given, courses)


@settings(max_examples=MANY)
@given(stories)
def test_what_is_told_of_questionnaires_is_what_the_definitions_say(story: Story) -> None:
    assert wire(asked_of(story)) == reference(story)


@settings(max_examples=MANY)
@given(stories)
def test_a_reader_learns_no_more_than_of_somebody_who_never_wrote_what_is_hidden(story: Story) -> None:
    forms, sessions, asked, given, courses = story
    is_told = not given or "sessions" in given.scopes

    written = (
        [each for each in forms if is_open(each.day, given)],
        [each for each in sessions if is_told and is_open(each.day, given)],
        asked,
        given,
        [each for each in courses if is_told and is_open(each.first, given)],
    )

    assert asked_of(written) == asked_of(story)


def test_a_session_before_the_consents_first_day_marks_no_form() -> None:
    forms, sessions = [form(22), form(60)], [dose(11), dose(30)]

    (own,) = measured(forms, sessions, span(0, 70), None) or ()
    (told,) = measured(forms, sessions, span(20, 70), opening("measures", "sessions", first=day(20))) or ()

    assert [each.spans_session for each in own.responses] == [True, False]
    assert [each.spans_session for each in told.responses] == [False, False]
    assert own.since_baseline is None
    assert told.since_baseline is not None
