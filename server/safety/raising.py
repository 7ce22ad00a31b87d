"""Raising alerts in the transaction that keeps what gives rise to them, each once under each consent."""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from server.audit import service as audit
from server.base.clock import is_among, milliseconds
from server.base.ids import uuid7
from server.database import service as database
from server.measures import service as measures
from server.records import service as records
from server.safety.alerts import COLUMNS, TABLE, cause_of
from server.safety.rules import HELP_REQUEST_KIND
from server.safety.triggers import TOLD_ALWAYS, Answered, Cause, Recipient, Trigger, is_late, reason_of
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


async def heed(patient_id: str, record_ids: frozenset[str], now: datetime) -> None:
    """Raises the alerts that these records give rise to. The lock of their batch keeps two devices from doing it twice.

    What was kept before somebody could be told raises none afterwards: `record_ids` are the ones of this batch alone.
    """
    recipients = [each for verb in _ask for each in await verb(patient_id, now)]
    if not recipients:
        return
    key = await vault.key_of(patient_id)
    found = await records.between(patient_id, None, None, measures.RESPONSE.name, HELP_REQUEST_KIND)
    answers = measures.safety_answers(each for each in found if each.kind == measures.RESPONSE.name)
    requests = _requests(each for each in found if each.kind == HELP_REQUEST_KIND)
    rows = await database.fetch(f"SELECT {COLUMNS} FROM alert WHERE patient_id = ?1", patient_id)
    for recipient in recipients:
        told = [cause_of(key, row) for row in rows if str(row["consent_id"]) == recipient.consent_id]
        asked = [each for each in requests if each.record_id in record_ids - {cause.record_id for cause in told}]
        causes = [*_asked(asked, recipient, now), *_answered(answers, record_ids, told, recipient, now)]
        for cause in sorted(causes, key=lambda each: each.occurred_at):
            await _raise(key, recipient, cause, now)


def _requests(found: Iterable[records.Found]) -> list[Request]:
    told = [(each.id, _values.decode(each.values)) for each in found]
    return [
        Request(name, values["trigger"], msgspec.convert(values["raised_at"], datetime))
        for name, values in told
        if values["choice"] == "tell_therapist"
    ]


def _asked(requests: Iterable[Request], recipient: Recipient, now: datetime) -> Iterator[Cause]:
    """What the person asked for goes whatever days the consent is about: the asking is for now."""
    for each in requests:
        late = is_late(each.raised_at, now)
        yield Cause(each.record_id, each.trigger, "asked", each.raised_at, late, recipient.due_at)


def _answered(
    answers: Sequence[measures.SafetyAnswer], record_ids: frozenset[str], earlier: Iterable[Cause],
    recipient: Recipient, now: datetime,
) -> Iterator[Cause]:  # fmt: skip
    """Answers of the consent's days, the oldest first, so that each knows what was told before it."""
    told: dict[str, int] = {}
    for cause in earlier:
        told[cause.record_id] = max(cause.value or 0, told.get(cause.record_id, 0))
    plain = [Answered(each.record_id, each.value) for each in answers]
    first, last = recipient.first, recipient.last
    for place, each in enumerate(answers):
        if each.record_id not in record_ids or not is_among(each.day, first, last):
            continue
        if (reason := reason_of(plain, place, told, recipient.every_answer)) is None:
            continue
        told[each.record_id] = each.value
        before = answers[place - 1] if place else None
        is_known = before is not None and before.day >= (first or before.day)
        known = before.value if before and is_known else None
        if reason == "rise" and known is None:  # no word of what came before the consent's days
            reason = "two_or_more" if each.value >= TOLD_ALWAYS else "first"
        late = is_late(each.at, now)
        yield Cause(each.record_id, "item_9", reason, each.at, late, recipient.due_at, each.value, known, each.day)


async def _raise(key: vault.Key, recipient: Recipient, cause: Cause, now: datetime) -> None:
    alert_id, at = uuid7(), milliseconds(now)
    await database.execute(
        "INSERT INTO alert (id, patient_id, consent_id, sealed, raised_at, due_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        alert_id, key.account_id, recipient.consent_id,
        key.seal(TABLE, alert_id, 0, msgspec.json.encode(cause)), at, milliseconds(recipient.due_at),
    )  # fmt: skip
    details = {"consent_id": recipient.consent_id, "alert_id": alert_id}
    await audit.record(key, "alert_raised", key.account_id, details, now)
