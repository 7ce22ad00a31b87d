"""Raising alerts in the transaction that keeps what gives rise to them, each once under each consent."""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from server.audit import service as audit
from server.base.clock import counted_at, is_among, milliseconds
from server.base.ids import uuid7
from server.database import service as database
from server.measures import service as measures
from server.records import service as records
from server.safety.alerts import COLUMNS, TABLE, Row, cause_of
from server.safety.believed import believed
from server.safety.rules import HELP_REQUEST_KIND
from server.safety.triggers import Answered, Cause, Recipient, Trigger, is_late, reason_of, without_before
from server.vault import service as vault

Ask = Callable[[str, datetime], Awaitable[list[Recipient]]]

_values = msgspec.json.Decoder(dict[str, Any])
_ask: list[Ask] = []


class Request(NamedTuple):
    """A help request that asks for the therapist to be told."""

    record_id: str
    trigger: Trigger
    raised_at: datetime


def ask_for_recipients(verb: Ask) -> None:
    """Hands in the verb of a higher floor that says whom alerts of a patient may reach just now."""
    _ask[:] = [verb]


async def heed(patient_id: str, touched: records.Touched, now: datetime) -> None:
    """Raises the alerts that these records give rise to. The lock of their batch keeps two devices from doing it twice.

    What was kept before somebody could be told raises none afterwards: `touched` are the records of this batch alone,
    and of one that was there before only a graver answer is news, or an asking where none was.
    """
    recipients = [each for verb in _ask for each in await verb(patient_id, now)]
    if not recipients:
        return
    key = await vault.key_of(patient_id)
    found = await records.readable(patient_id, None, None, measures.RESPONSE.name, HELP_REQUEST_KIND)
    answers = measures.safety_answers(each for each in found if each.kind == measures.RESPONSE.name)
    requests = _requests(each for each in found if each.kind == HELP_REQUEST_KIND and _asks_anew(each.id, touched))
    days = recipients[0].zone, recipients[0].day_starts_at  # the patient's, for each of them
    in_time = await believed(patient_id, answers, *days, now)
    rows = await database.fetch(f"SELECT {COLUMNS} FROM alert WHERE patient_id = ?1 ORDER BY raised_at", patient_id)
    for recipient in recipients:
        under_it = [row for row in rows if str(row["consent_id"]) == recipient.consent_id]
        told = list(_causes(key, under_it))
        known = {each.record_id for each in told}
        asked = [each for each in requests if each.record_id not in known]
        causes = [*_asked(asked, recipient, now), *_answered(answers, in_time, touched, told, recipient, now)]
        for cause in sorted(causes, key=lambda each: each.occurred_at):
            await _raise(key, recipient, cause, now)


def _causes(key: vault.Key, rows: Iterable[Row]) -> Iterator[Cause]:
    for row in rows:
        with vault.passing_over():  # one that can't be opened keeps no entry from being stored
            yield cause_of(key, row)


def _requests(found: Iterable[records.Found]) -> list[Request]:
    told = [(each, _values.decode(each.values)) for each in found]
    return [
        Request(
            each.id, values["trigger"], counted_at(msgspec.convert(values["raised_at"], datetime), each.recorded_at)
        )
        for each, values in told
        if values["choice"] == "tell_therapist"
    ]


def _asks_anew(record_id: str, touched: records.Touched) -> bool:
    """Whether a request is of this batch, and did not ask for the therapist before."""
    return record_id in touched and (touched[record_id] or {}).get("choice") != "tell_therapist"


def _is_graver(answer: measures.SafetyAnswer, touched: records.Touched) -> bool:
    """Whether an answer is of this batch, and graver than it was before."""
    if answer.record_id not in touched:
        return False
    was = touched[answer.record_id]
    return was is None or (measures.safety_value(was) or 0) < answer.value


def _asked(requests: Iterable[Request], recipient: Recipient, now: datetime) -> Iterator[Cause]:
    """What the person asked for goes whatever days the consent is about: the asking is for now."""
    for each in requests:
        late = is_late(each.raised_at, now)
        yield Cause(each.record_id, each.trigger, "asked", each.raised_at, late, recipient.due_at)


def _answered(
    given: Sequence[measures.SafetyAnswer], answers: Sequence[measures.SafetyAnswer], touched: records.Touched,
    earlier: Sequence[Cause], recipient: Recipient, now: datetime,
) -> Iterator[Cause]:  # fmt: skip
    """Answers of the consent's days, the oldest first, so that each knows what was told before it.

    `given` are the answers as they say themselves when they were, `answers` the same as that is believed.
    """
    told: dict[str, int] = {}
    for cause in earlier:
        told[cause.record_id] = max(cause.value or 0, told.get(cause.record_id, 0))
    said_at = {each.record_id: each.at for each in given}
    plain = [Answered(each.record_id, each.value) for each in answers]
    first, last = recipient.first, recipient.last
    for place, each in enumerate(answers):
        if not _is_graver(each, touched) or not is_among(each.day, first, last):
            continue
        if (reason := reason_of(plain, place, told, recipient.every_answer)) is None:
            continue
        told[each.record_id] = each.value
        before = answers[place - 1] if place else None
        if before is None or before.day < (first or before.day):  # no word of what came before the consent's days
            before, reason = None, without_before(reason, each.value)
        at = said_at[each.record_id]
        known = (before.value, before.record_id, before.day) if before else (None, None, None)
        yield Cause(
            each.record_id, "item_9", reason, at, is_late(at, now), recipient.due_at,
            each.value, known[0], each.day, *known[1:],
        )  # fmt: skip


async def _raise(key: vault.Key, recipient: Recipient, cause: Cause, now: datetime) -> None:
    alert_id, at = uuid7(), milliseconds(now)
    await database.execute(
        "INSERT INTO alert (id, patient_id, consent_id, sealed, raised_at, due_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        alert_id, key.account_id, recipient.consent_id,
        key.seal(TABLE, alert_id, 0, msgspec.json.encode(cause)), at, milliseconds(recipient.due_at),
    )  # fmt: skip
    details = {"consent_id": recipient.consent_id, "alert_id": alert_id}
    await audit.record(key, "alert_raised", key.account_id, details, now)
