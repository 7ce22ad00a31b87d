"""What a question for the next meeting may hold, and what makes one wrong. Pure."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from server.base.bodies import Body, Instant, instant_faults
from server.base.errors import Fault
from server.journal.rules import Audience


class Question(Body):
    """The values of a question: settled once it has been talked about."""

    text: Annotated[str, Meta(min_length=1, max_length=2_000)] | UnsetType | None = UNSET
    settled_at: Instant | UnsetType | None = UNSET
    audience: Audience | UnsetType | None = UNSET


def check_question(values: Question, now: datetime) -> list[Fault]:
    """What the types can't say of a question; pointers are relative to its values."""
    return list(instant_faults(values.settled_at, "/settled_at", now))
