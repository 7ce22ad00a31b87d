"""What one's own document says beyond a reader's: answers item by item, and what was kept of each session. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal, NamedTuple


class SessionKept(NamedTuple):
    """What its person kept of a treatment session that took place; without a `status` it happened."""

    status: Literal["happened", "stopped_early"] | None = None
    drug: Literal["ketamine", "esketamine"] | None = None
    route: Literal["iv", "im", "sc", "intranasal", "sublingual", "oral"] | None = None
    dose_mg: float | None = None
    setting: Literal["clinic", "home"] | None = None


class ResponseKept(NamedTuple):
    """The answers of one response, by item. There is no place for a PCL-5's index event: it is in no document."""

    instrument: str
    instrument_version: str
    completed_at: datetime
    answers: Mapping[str, int | None]


class Details(NamedTuple):
    """Sessions by the id of their record; the responses of the period, in any order. A reader has none of either."""

    sessions: Mapping[str, SessionKept] = {}
    responses: Sequence[ResponseKept] = ()


class Share(NamedTuple):
    """The consent that a reader's document is made under: scopes, local days (None: open), and its end."""

    scopes: Sequence[str]
    first: str | None
    last: str | None
    expires_at: datetime


NONE = Details()
