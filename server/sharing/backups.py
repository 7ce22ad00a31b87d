"""Telling whoever reads instead, by mail, that an alert was not seen in time; and telling its person that they were."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple

from server.accounts import service as accounts
from server.audit import service as audit
from server.base.clock import instant_of
from server.base.ids import secret_hash
from server.base.log import log
from server.database import service as database
from server.mail import service as mail
from server.reading_hours import service as reading_hours
from server.safety import service as safety
from server.sharing.models import Consent
from server.sharing.rows import hours_under, reader_of, takes_alerts
from server.vault import service as vault

_BATCH = 100
_TRIED_FOR = timedelta(hours=24)  # a letter that comes later than this helps nobody, and its person was told long ago


class _Told(NamedTuple):
    """A reader, the address of whoever reads instead, and the alerts that wait."""

    reader_id: str
    address: str
    waiting: list[safety.Taken]


async def tell_backups(now: datetime) -> int:
    """Writes to the backups of whoever did not see alerts in time: one letter each, however many; answers how many.

    What can't be sent is tried again for a day. Two processes may send one twice where the first dies in between.
    """
    count = 0
    with suppress(mail.Unreachable):  # all of them come up again
        for each in await _to_tell(now):
            with suppress(vault.Gone):
                count += await _write(each, now)
    return count


@database.transaction
async def _to_tell(now: datetime) -> list[_Told]:
    """Whom to write to; what is closed to its reader by now, or of a reader without a backup, is told to nobody."""
    found: dict[str, _Told] = {}
    for each in await safety.take_to_tell(now, _BATCH):
        consent = await Consent.filter(id=each.consent_id, patient_id=each.patient_id).first()
        address = await _address_under(consent, now) if consent else None
        if consent is None or address is None or now - instant_of(each.unseen_at or 0) > _TRIED_FOR:
            await safety.settle_telling(each.alert_id, None)
        else:
            found.setdefault(reader_of(consent), _Told(reader_of(consent), address, [])).waiting.append(each)
    return list(found.values())


async def _address_under(consent: Consent, now: datetime) -> str | None:
    if not (mail.is_open() and takes_alerts(consent, now)):
        return None
    with suppress(vault.Gone):
        hours = await hours_under(consent)
        return hours.backup_email if hours else None
    return None


async def _write(to_tell: _Told, now: datetime) -> int:
    reader = await accounts.read(to_tell.reader_id)
    subject, text = reading_hours.letter_of(reader.name, mail.origin(), reader.language)
    letter_id = secret_hash(min(each.alert_id for each in to_tell.waiting))[:32]  # the same at a second try
    try:
        await mail.send(to_tell.address, subject, text, letter_id)
    except mail.NotSent as fault:
        log.warning("a letter was not sent", extra={"job": "letters", "cause": str(fault)})
        if isinstance(fault, mail.Unreachable):
            raise
        return 0
    for each in to_tell.waiting:
        with suppress(vault.Gone):
            await _told(each, reader.name, now)
    return 1


@database.transaction
async def _told(each: safety.Taken, name: str, now: datetime) -> None:
    await safety.settle_telling(each.alert_id, now)
    told = {"actor": name, "consent_id": each.consent_id, "alert_id": each.alert_id}
    await audit.record(await vault.key_of(each.patient_id), "backup_told", None, told, now)
