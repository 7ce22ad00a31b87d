"""Alerts as they are kept: listed, seen, closed, or called unseen. What they say is sealed under the patient's key."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from server.base.bodies import Body, Instant, Moment, instant_faults
from server.base.clock import is_among, milliseconds, wire_instant, wire_of
from server.base.errors import Conflict, Fault, Invalid, NotFound
from server.database import service as database
from server.measures import service as measures
from server.records import service as records
from server.safety.rules import HELP_REQUEST_KIND
from server.safety.triggers import Cause, Reason, Trigger, as_shown
from server.vault import service as vault

TABLE = "alert"
_REPLY = "alert_reply"
_CALLS_WITHIN = timedelta(days=31)
COLUMNS = "id, patient_id, consent_id, sealed, raised_at, due_at, unseen_at, seen_at, reply, closed_at, backup_told_at"

Reply = Literal["read", "will_call", "call_clinic"]
Row = Mapping[str, Any]


class AlertClosed(Conflict):
    name, title = "alert-closed", "This was closed already"


class AlertNotSeen(Conflict):
    name, title = "alert-not-seen", "It is to be read before it is closed"


class Seen(Body):
    """That an alert was read: “I have read this”, “I will call by …” (with its instant), “Please call the clinic”."""

    reply: Reply = "read"
    call_by: Instant | UnsetType | None = UNSET


class AlertAnswer(msgspec.Struct, kw_only=True):
    """An alert as its patient and its reader see it: what it is about, when that was felt, and what became of it."""

    id: str
    consent_id: str
    trigger: Trigger
    reason: Reason
    value: Annotated[int | None, Meta(description="The answer to the safety item; null where its person asked")]
    before: Annotated[
        int | None, Meta(description="The answer before it, if any: of the days of the consent, and not deleted")
    ]
    message: str | None
    changed: Annotated[
        bool,
        Meta(description="Its person changed `value` or `before` since: they are as they were when it was raised"),
    ]
    taken_back: Annotated[bool, Meta(description="What it is about was deleted: nothing of it is shown any more")]
    occurred_at: Moment
    raised_at: Moment
    late: Annotated[bool, Meta(description="It arrived more than an hour after it was felt")]
    due_at: Annotated[Moment, Meta(description="When it counts as unseen: the end of the reading hours")]
    unseen_at: Annotated[Moment | None, Meta(description="When it was said that nobody had seen it by then")]
    backup_told_at: Annotated[
        Moment | None, Meta(description="When whoever reads instead was written to, without a word of whom or what")
    ]
    seen_at: Moment | None
    seen_by: str | None
    reply: Reply | None
    call_by: Annotated[Moment | None, Meta(description="By when a call is promised; with the reply `will_call` alone")]
    closed_at: Moment | None
    day: Annotated[
        date | None,
        Meta(description="The local day of the answer, or of its arrival where the clock was wrong; null where asked"),
    ]


class _Replied(msgspec.Struct):
    """What is sealed once an alert was seen."""

    by: str
    reply: Reply
    call_by: str | None = None


_causes, _replies = msgspec.json.Decoder(Cause), msgspec.json.Decoder(_Replied)
_values = msgspec.json.Decoder(dict[str, Any])


@database.reading
async def alerts(
    patient_id: str, consent_id: str | None = None, first: date | None = None, last: date | None = None
) -> list[AlertAnswer]:
    """A patient's alerts, or those under one consent about its days (None: open), newest first.

    What the person asked for goes whatever days the consent is about: the asking was for then.
    """
    sql = f"SELECT {COLUMNS} FROM alert WHERE patient_id = ?1"
    rows = await database.fetch(f"{sql} ORDER BY raised_at DESC, id DESC", patient_id)
    rows = [row for row in rows if consent_id in (None, str(row["consent_id"]))]
    found = await _answers(patient_id, rows, first, last)
    return [each for each in found if each.day is None or is_among(each.day, first, last)]


@database.reading
async def place_of(alert_id: str) -> tuple[str, str]:
    """Whose alert this is and under which consent: ids. Raises NotFound."""
    row = await database.fetch_one("SELECT patient_id, consent_id FROM alert WHERE id = ?1", alert_id)
    if row is None:
        raise NotFound()
    return str(row["patient_id"]), str(row["consent_id"])


@database.transaction
async def see(patient_id: str, alert_id: str, by: str, seen: Seen, now: datetime) -> None:
    """Notes that somebody saw an alert, with their reply; a later reply takes the place of an earlier one.

    Raises Invalid where a call is promised without its instant, or not within the next 31 days; AlertClosed.
    """
    call_by = seen.call_by if isinstance(seen.call_by, datetime) else None
    if (call_by is None) == (seen.reply == "will_call"):
        raise Invalid(Fault("/call_by", "is needed where a call is promised, and nowhere else"))
    if faults := list(instant_faults(call_by, "/call_by", now, _CALLS_WITHIN, "31 days")):
        raise Invalid(*faults)
    if call_by and call_by < now:
        raise Invalid(Fault("/call_by", "is past"))
    key = await vault.key_of(patient_id)
    replied = _Replied(by, seen.reply, wire_instant(call_by) if call_by else None)
    changed = await database.execute(
        "UPDATE alert SET seen_at = coalesce(seen_at, ?1), due_at = NULL, reply = ?2"
        " WHERE id = ?3 AND patient_id = ?4 AND closed_at IS NULL",
        milliseconds(now), key.seal(_REPLY, alert_id, 0, msgspec.json.encode(replied)), alert_id, patient_id,
    )  # fmt: skip
    if not changed:
        raise AlertClosed()


@database.transaction
async def close(patient_id: str, alert_id: str, now: datetime) -> None:
    """Closes an alert that was seen; again does no harm. Raises AlertNotSeen."""
    sql = "UPDATE alert SET closed_at = coalesce(closed_at, ?1) WHERE id = ?2 AND patient_id = ?3 AND seen_at > 0"
    if not await database.execute(sql, milliseconds(now), alert_id, patient_id):
        raise AlertNotSeen()


def cause_of(key: vault.Key, row: Row) -> Cause:
    """What a row of COLUMNS says it is about."""
    return _causes.decode(key.open(TABLE, str(row["id"]), 0, bytes(row["sealed"])))


async def _answers(
    patient_id: str, rows: Sequence[Row], first: date | None, last: date | None
) -> list[AlertAnswer]:
    """Rows as the wire shows them, each with what its person wrote as it is now, in these days."""
    if not rows:
        return []
    key = await vault.key_of(patient_id)
    kinds = (HELP_REQUEST_KIND, measures.RESPONSE.name)
    there = {each.id: each for each in await records.readable(patient_id, None, None, *kinds)}
    answers = []
    for row in rows:
        with vault.passing_over():  # one that can't be opened hides no other
            cause = _with_before(cause_of(key, row), there)
            is_there = cause.record_id in there or await records.exists(patient_id, cause.record_id)
            answers.append(_answer_of(key, row, cause, is_there, there, first, last))
    return answers


def _with_before(cause: Cause, there: Mapping[str, records.Found]) -> Cause:
    """A cause that was kept before it said where its answer before stands: where that is there, and the same still."""
    if cause.before is None or cause.before_id is not None:
        return cause
    answers = measures.safety_answers(each for each in there.values() if each.kind == measures.RESPONSE.name)
    place = next((place for place, each in enumerate(answers) if each.record_id == cause.record_id), 0)
    if not place or answers[place - 1].value != cause.before:
        return cause
    return msgspec.structs.replace(cause, before_id=answers[place - 1].record_id, before_day=answers[place - 1].day)


def _answer_of(
    key: vault.Key, row: Row, cause: Cause, is_there: bool, there: Mapping[str, records.Found],
    first: date | None, last: date | None,
) -> AlertAnswer:  # fmt: skip
    """`is_there`: what it is about was not deleted, whether or not it can be opened."""
    is_before_open = cause.before_day is not None and is_among(cause.before_day, first, last)
    before = cause.before if is_there and is_before_open and cause.before_id in there else None
    replied = _replies.decode(key.open(_REPLY, str(row["id"]), 0, bytes(row["reply"]))) if row["reply"] else None
    return AlertAnswer(
        id=str(row["id"]),
        consent_id=str(row["consent_id"]),
        trigger=cause.trigger,
        reason=as_shown(cause, is_there, before),
        value=cause.value if is_there else None,
        before=before,
        changed=is_there and _is_changed(((cause.record_id, cause.value), (cause.before_id, before)), there),
        message=_message_of(there.get(cause.record_id)),
        taken_back=not is_there,
        occurred_at=wire_instant(cause.occurred_at),
        raised_at=wire_of(row["raised_at"]),
        late=cause.late,
        due_at=wire_instant(cause.due_at),
        unseen_at=_wire(row["unseen_at"]),
        backup_told_at=_wire(row["backup_told_at"]),
        seen_at=_wire(row["seen_at"]),
        seen_by=replied.by if replied else None,
        reply=replied.reply if replied else None,
        call_by=replied.call_by if replied else None,
        closed_at=_wire(row["closed_at"]),
        day=cause.day,
    )


def _is_changed(told: Iterable[tuple[str | None, int | None]], there: Mapping[str, records.Found]) -> bool:
    """Whether one of the answers told of, each after its record, reads otherwise by now; never how it reads."""
    found = [(there[id_], value) for id_, value in told if id_ and id_ in there and value is not None]
    return any(measures.safety_value(_values.decode(each.values)) != value for each, value in found)


def _message_of(found: records.Found | None) -> str | None:
    """What goes with a request, as long as it asks for the therapist to be told."""
    if found is None or found.kind != HELP_REQUEST_KIND:
        return None
    values = _values.decode(found.values)
    return values.get("message") if values["choice"] == "tell_therapist" else None


def _wire(at: int | None) -> str | None:
    return wire_of(at) if at is not None else None
