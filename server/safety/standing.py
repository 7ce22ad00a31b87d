"""Answers to safety items that stand as they were: told at the top of a brief, where no alert tells of them again."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from server.base.bodies import Moment
from server.base.clock import is_among, wire_instant
from server.measures import service as measures


class StandingAnswer(msgspec.Struct):
    """The latest answer of 1 or more, since when it has been the same, and in how many responses."""

    instrument: str
    value: int
    since: Annotated[Moment, Meta(description="When the first of those that are the same was completed")]
    latest_at: Moment
    answers: Annotated[int, Meta(description="In how many responses it has been the same")]


def standing_answers(
    given: Iterable[measures.SafetyAnswer], first: date | None, last: date | None
) -> list[StandingAnswer]:
    """How the latest answer to each safety item stands, among those, oldest first, of these local days (None: open)."""
    answers = [each for each in given if is_among(each.day, first, last)]
    names = sorted({each.instrument for each in answers})
    runs = [_run_of([each for each in answers if each.instrument == name]) for name in names]
    return [
        StandingAnswer(
            run[-1].instrument, run[-1].value, wire_instant(run[0].at), wire_instant(run[-1].at), len(run)
        )
        for run in runs
        if run[-1].value >= 1
    ]


def _run_of(answers: Sequence[measures.SafetyAnswer]) -> Sequence[measures.SafetyAnswer]:
    """The answers at the end that are the same."""
    length = 1
    while length < len(answers) and answers[-length - 1].value == answers[-1].value:
        length += 1
    return answers[-length:]
