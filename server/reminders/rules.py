"""How late is too late, when somebody is asked less, and what a notification says. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal

import msgspec

from server.base.bodies import Body, Instant

LATE = timedelta(hours=2)  # an occurrence that is later than this is not sent any more
TEST = "test"  # a slot beside those that prompts name
NEUTRAL_TITLE = "A moment for your journal"
LAST_TITLE = "No more reminders until you open this again"
WEEKLY_AFTER, LAST_AFTER = timedelta(days=14), timedelta(days=30)
_A_WEEK = timedelta(days=7) - LATE - timedelta(milliseconds=1)  # in a week a clock may change
_FIRST_TRY_AGAIN_S, _LAST_TRY_AGAIN_S = 15, 900

Status = Literal["due", "sent", "accepted", "shown", "opened", "skipped", "expired", "failed"]


class Receipt(Body):
    """What a device did with a notification."""

    shown_at: Instant | None = None
    opened_at: Instant | None = None
    action: Literal["log", "snooze", "not_now"] | None = None


def is_late(due_at: datetime, now: datetime) -> bool:
    """Whether it is too late to send what was due at `due_at`."""
    return now - due_at > LATE


def is_last(opened_at: datetime | None, due_at: datetime) -> bool:
    """Whether an occurrence says that no more will come: nobody has opened the app for 30 days."""
    return opened_at is not None and due_at >= opened_at + LAST_AFTER


def needless_since(opened_at: datetime | None, due_at: datetime) -> datetime | None:
    """From which instant on one that had been due and was sent makes an occurrence needless; None: none does.

    Where nobody has opened the app for 14 days that is any of the week before, and after 30 days the one last line:
    however long the silence is, no more is to be looked through.
    """
    if opened_at is None or due_at < opened_at + WEEKLY_AFTER:
        return None
    return opened_at + LAST_AFTER if is_last(opened_at, due_at) else due_at - _A_WEEK


def ttl_s(due_at: datetime, now: datetime) -> int:
    """Seconds for which a push service may keep the notification: until it would be late."""
    return max(0, int((due_at + LATE - now).total_seconds()))


def try_again_s(attempts: int, asked_for_s: int) -> int:
    """Seconds to wait after so many attempts, or as many as the push service asked for if those are more."""
    return max(asked_for_s, min(_FIRST_TRY_AGAIN_S << min(attempts, 10), _LAST_TRY_AGAIN_S))


def outcome_of(outcomes: Sequence[str]) -> Literal["accepted", "later", "failed"]:
    """What came of a delivery that was sent to each of a person's devices: one that took it is enough."""
    if "accepted" in outcomes:
        return "accepted"
    return "later" if "later" in outcomes else "failed"


def payload_of(delivery_id: str, wording: str | None, is_the_last: bool = False) -> bytes:
    """What a notification holds: an opaque id, and the words that the person chose or that say nothing."""
    title = LAST_TITLE if is_the_last else wording or NEUTRAL_TITLE
    return msgspec.json.encode({"delivery_id": delivery_id, "title": title, "body": ""})


def topic_of(reminder_id: str, day: str, slot: str) -> str:
    """The push topic of an occurrence: 32 characters that tell a push service nothing (RFC 8030 section 5.4)."""
    return sha256(f"{reminder_id}|{day}|{slot}".encode()).hexdigest()[:32]
