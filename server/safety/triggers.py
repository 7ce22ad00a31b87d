"""What raises an alert, and for which reason. Pure.

CLINICAL 5: an answer goes without asking where it is the first of 1 or more, a rise, or 2 or more; where a reader chose
so, every answer of 1 or more; everything else goes only where the person asks for it. An answer that stands unchanged
raises none: it is told at the top of the brief instead.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Literal, NamedTuple

import msgspec

LATE = timedelta(hours=1)  # what arrives so long after it was felt may be true no more, and is said to be late
UNBELIEVED = timedelta(days=30)  # no phone is without a network for so long: its clock is wrong, and nobody noticed
TOLD_ALWAYS = 2

Trigger = Literal["item_9", "mood", "button"]
Reason = Literal["first", "rise", "two_or_more", "every_answer", "asked", "answered"]


class Cause(msgspec.Struct, frozen=True):
    """What an alert is about; it is unseen from `due_at` on.

    `value` and `before` are answers to a safety item, the first given on local `day`, as far as that is believed, the
    other in a record and on a day of its own.
    """

    record_id: str
    trigger: Trigger
    reason: Reason
    occurred_at: datetime
    late: bool
    due_at: datetime
    value: int | None = None
    before: int | None = None
    day: date | None = None
    before_id: str | None = None
    before_day: date | None = None


class Answered(NamedTuple):
    """One answer to a safety item, and the record that holds it."""

    record_id: str
    value: int


class Recipient(msgspec.Struct, frozen=True):
    """Whom alerts may reach, under which consent; of which days' answers, and when one that waits counts as unseen.

    `zone` and `day_starts_at` are the patient's.
    """

    consent_id: str
    first: date | None
    last: date | None
    every_answer: bool
    due_at: datetime
    zone: str
    day_starts_at: time


def reason_of(
    answers: Sequence[Answered], place: int, told: Mapping[str, int], every_answer: bool = False
) -> Reason | None:
    """Why the answer at `place` (in time's order) is told to somebody who was `told` of others; None: it is not.

    `told` has the highest answer by record. One that comes late raises none where what followed it, at least as
    grave and without a break, was told already.
    """
    new = answers[place]
    if new.value < 1 or told.get(new.record_id, 0) >= new.value:
        return None
    if every_answer:
        return _change_of(answers, place) or "every_answer"
    if _is_told_since(answers[place + 1 :], new.value, told):
        return None
    if change := _change_of(answers, place):
        return change
    if new.value < TOLD_ALWAYS or _is_told_before(answers[:place], new.value, told):
        return None
    return "two_or_more"


def without_before(reason: Reason, value: int) -> Reason:
    """The reason where no word goes of the answer before: that there was a rise would tell of it."""
    if reason != "rise":
        return reason
    return "two_or_more" if value >= TOLD_ALWAYS else "first"


def as_shown(cause: Cause, is_there: bool, before: int | None) -> Reason:
    """The reason as it is told now: of an answer that was deleted, or that was a rise over one not told of, no more
    than that it was given, or that it is grave.
    """
    if cause.reason == "asked":
        return "asked"
    if not is_there:
        return "answered"
    if cause.reason != "rise" or before is not None:
        return cause.reason
    return "two_or_more" if (cause.value or 0) >= TOLD_ALWAYS else "answered"


def is_late(occurred_at: datetime, now: datetime) -> bool:
    """Whether something that was felt at `occurred_at` arrives late at `now`."""
    return now - occurred_at > LATE


def is_believed(at: datetime, arrived_at: datetime) -> bool:
    """Whether something that first arrived then can be from when its phone says; else it counts as of its arrival.

    A clock that runs years behind must not put an answer of tonight beneath all that was told since.
    """
    return arrived_at - at <= UNBELIEVED


def _change_of(answers: Sequence[Answered], place: int) -> Reason | None:
    """Whether the answer is the first of 1 or more, or higher than the one before it."""
    if all(each.value < 1 for each in answers[:place]):
        return "first"
    return "rise" if answers[place].value > answers[place - 1].value else None


def _is_told_since(later: Sequence[Answered], value: int, told: Mapping[str, int]) -> bool:
    for each in later:
        if each.value < value:
            return False
        if told.get(each.record_id, 0) >= value:
            return True
    return False


def _is_told_before(earlier: Sequence[Answered], value: int, told: Mapping[str, int]) -> bool:
    """Whether the same answer, unchanged until now, was told."""
    for each in reversed(earlier):
        if each.value != value:
            return False
        if told.get(each.record_id, 0) >= value:
            return True
    return False
