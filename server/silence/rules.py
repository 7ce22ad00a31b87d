"""What is told of somebody's silence, to whom they asked that it be told. Pure."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, NamedTuple

import msgspec
from msgspec import Meta

_DAY = timedelta(days=1)
_FARTHEST_EAST = timedelta(hours=14)


class Silence(msgspec.Struct, frozen=True):
    """That nothing new was written, where that is to be told now. It says neither why nor what was written before."""

    days: Annotated[int, Meta(description="For how many whole days of 24 hours")]
    after_days: Annotated[int, Meta(description="After how many the person asked that it be told")]


class Asked(NamedTuple):
    """That somebody is to be told after so many days; of which local days (None: open), counted from `since` at first.

    A person who wrote nothing since they asked is as silent as one who did.
    """

    after_days: int
    since: datetime
    first: date | None = None
    last: date | None = None


def silence_of(asked: Asked, last_new_at: datetime | None, now: datetime) -> Silence | None:
    """What is told at `now` where the latest new record first arrived at `last_new_at`; None: nothing.

    Only the server's own clock is asked: when a phone says that something was written or felt neither hides a silence
    nor makes one. Days outside of what was asked are told nothing of, whatever the person's zone: a first day counts
    once it has begun everywhere, and a last one is over where it is over first.
    """
    if asked.last is not None and (now + _FARTHEST_EAST).date() > asked.last:
        return None
    begun = datetime.combine(min(asked.first, date.max - _DAY) + _DAY, time(), UTC) if asked.first else asked.since
    days = (now - max(asked.since, begun, last_new_at or asked.since)) // _DAY
    return Silence(days, asked.after_days) if days >= asked.after_days else None
