"""Consents and reading hours: what they may say, what state they are in, what they open. Pure."""

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, Literal, NamedTuple

import msgspec
from msgspec import UNSET, UnsetType

from server.base.bodies import Body, Instant
from server.base.errors import Conflict, Fault, Forbidden

Scope = Literal[
    "scales", "sessions", "measures", "side_effects", "watch", "medications", "notes", "questions", "safety_plan",
    "alerts",
]  # fmt: skip
Status = Literal["given", "accepted", "withdrawn", "expired"]
Reader = Literal["therapist", "prescriber"]
QuietDays = Annotated[int, msgspec.Meta(ge=1, le=90)]
LASTING = timedelta(days=90)
LONGEST = timedelta(days=365)
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)  # there is room to count from either


class ConsentWithdrawn(Forbidden):
    name, title = "consent-withdrawn", "This is no longer shared with you"


class ConsentExpired(Forbidden):
    name, title = "consent-expired", "The time of this share is over"


class SecondFactorNeeded(Forbidden):
    name, title = "second-factor-needed", "A second factor is needed before anybody's diary can be opened"


class ReadingHoursNeeded(Forbidden):
    name, title = "reading-hours-needed", "Say first when you read"


class AfterSession(Conflict):
    """Within six hours after a session nothing is opened to anybody and nothing is erased. Carries `Retry-After`."""

    name, title = "after-session", "This waits until six hours after the session"

    def __init__(self, left: timedelta) -> None:
        super().__init__()
        self.headers = {"Retry-After": str(max(1, int(left.total_seconds())))}


class NewConsent(Body, rename={"as_": "as", "first": "from", "last": "to"}):
    """What a patient gives: to whom in which role, which scopes, which days, until when."""

    as_: Reader
    scopes: Annotated[list[Scope], msgspec.Meta(min_length=1, max_length=10)]
    first: date | None = None
    last: date | None = None
    notes_from: date | UnsetType | None = UNSET
    expires_at: Instant | UnsetType | None = UNSET
    quiet_after_days: QuietDays | UnsetType | None = UNSET


class NarrowedConsent(Body, rename={"first": "from", "last": "to"}):
    """What a patient takes back of a consent."""

    scopes: Annotated[list[Scope], msgspec.Meta(min_length=1, max_length=10)] | UnsetType = UNSET
    first: date | UnsetType = UNSET
    last: date | UnsetType = UNSET
    notes_from: date | UnsetType = UNSET
    expires_at: Instant | UnsetType = UNSET
    quiet_after_days: QuietDays | UnsetType | None = UNSET


class AskedSilence(Body):
    """After how many days without anything new the reader is to be told so."""

    quiet_after_days: QuietDays


class Acceptance(Body):
    """The secret of an invitation."""

    secret: Annotated[str, msgspec.Meta(max_length=100)]


class Terms(msgspec.Struct, frozen=True):
    """What a consent opens, and when it ends; all that a decision needs of its row."""

    as_: Reader
    scopes: frozenset[str]
    first: date | None
    last: date | None
    notes_from: date
    expires_at: datetime
    accepted_at: datetime | None
    withdrawn_at: datetime | None
    quiet_after_days: int | None


def status_of(terms: Terms, now: datetime) -> Status:
    """The state of a consent at `now`, from its dates alone."""
    if terms.withdrawn_at is not None:
        return "withdrawn"
    if now >= terms.expires_at:
        return "expired"
    return "accepted" if terms.accepted_at is not None else "given"


def require_open(terms: Terms, now: datetime) -> None:
    """Raises ConsentWithdrawn or ConsentExpired where the consent opens nothing any more."""
    status = status_of(terms, now)
    if status == "withdrawn":
        raise ConsentWithdrawn()
    if status == "expired":
        raise ConsentExpired()


def new_consent_faults(body: NewConsent, now: datetime) -> list[Fault]:
    """What is wrong with a consent beyond its types."""
    faults = _day_faults(body)
    if isinstance(body.expires_at, datetime) and not now < body.expires_at <= now + LONGEST:
        faults.append(Fault("/expires_at", "must lie ahead, and at most 365 days"))
    return faults


def widening_faults(terms: Terms, body: NarrowedConsent, now: datetime) -> list[Fault]:
    """Where a change would open more than the consent does, end it in the past, or name a day that can't be."""
    wider = []
    if isinstance(body.scopes, list) and not terms.scopes >= set(body.scopes):
        wider.append("/scopes")
    if isinstance(body.first, date) and terms.first and body.first < terms.first:
        wider.append("/from")
    if isinstance(body.last, date) and terms.last and body.last > terms.last:
        wider.append("/to")
    if isinstance(body.notes_from, date) and body.notes_from < terms.notes_from:
        wider.append("/notes_from")
    if isinstance(body.expires_at, datetime) and not now < body.expires_at <= terms.expires_at:
        wider.append("/expires_at")
    if _is_told_sooner(terms, body.quiet_after_days):
        wider.append("/quiet_after_days")
    wide = [Fault(pointer, "can only be narrowed; give a new consent to open more") for pointer in wider]
    return [*wide, *(fault for fault in _day_faults(body, terms) if fault.pointer not in wider)]


def _day_faults(body: NewConsent | NarrowedConsent, terms: Terms | None = None) -> list[Fault]:
    """What is wrong with the days of a body, and with those of `terms` that it leaves as they are."""
    faults = [
        Fault(pointer, f"must be from {FIRST_DAY} to {LAST_DAY}")
        for pointer, day in (("/from", body.first), ("/to", body.last), ("/notes_from", body.notes_from))
        if isinstance(day, date) and not FIRST_DAY <= day <= LAST_DAY
    ]
    first, last = body.first or (terms and terms.first), body.last or (terms and terms.last)
    if (body.first or body.last) and first and last and first > last and not faults:
        faults.append(Fault("/from" if body.first else "/to", "leaves no day: `from` is later than `to`"))
    return faults


def _is_told_sooner(terms: Terms, after_days: int | UnsetType | None) -> bool:
    """Whether a reader would be told of a silence sooner than now, or at all where they are not."""
    return isinstance(after_days, int) and (terms.quiet_after_days is None or after_days < terms.quiet_after_days)


def is_put_to(terms: Terms, values: Mapping[str, Any]) -> bool:
    """Whether a question is put to the reader under these terms."""
    return "questions" in terms.scopes and values.get("audience") in (terms.as_, "both")


class Held(NamedTuple):
    """A consent that somebody accepted, in one role of one patient; `ended_at` may lie ahead."""

    reader_id: str
    accepted_at: datetime
    ended_at: datetime


def holds_from(held: Collection[Held], reader_id: str, now: datetime) -> datetime | None:
    """From when on the word of a role, as its patient writes it, means this one of its readers; None: it means nobody.

    While another reads as one too it names neither. What was written before the others' time was over, or before this
    reader came, may mean one of those.
    """
    others = [each.ended_at for each in held if each.reader_id != reader_id]
    if any(ended_at > now for ended_at in others):
        return None
    came_at = min(each.accepted_at for each in held if each.reader_id == reader_id)
    return max(came_at, *others) if others else datetime.min.replace(tzinfo=UTC)


def is_met(names: Collection[str], values: Mapping[str, Any], now: datetime) -> bool:
    """Whether a meeting is still to come and with somebody of these names: a consent's id, a role, or words."""
    known = {name.casefold() for name in names}
    return (values.get("with") or "").strip().casefold() in known and datetime.fromisoformat(values["starts_at"]) > now
