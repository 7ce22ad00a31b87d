"""Telling whoever reads instead, by mail, that an alert was not seen in time; and telling its person that they were."""

from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from server.accounts import service as accounts
from server.audit import service as audit
from server.base.clock import Clock
from server.base.ids import secret_hash
from server.base.log import log
from server.database import service as database
from server.mail import service as mail
from server.reading_hours import service as reading_hours
from server.safety import service as safety
from server.sharing.models import Consent
from server.sharing.rows import hours_under, passing_over, reader_of, takes_alerts
from server.vault import service as vault


class Backup(NamedTuple):
    """Who reads instead of whom, and where they are written to."""

    reader_id: str
    address: str


class _Letter(NamedTuple):
    """To whom it goes, for whom, and how far the letters of that reader are with it."""

    address: str
    reader: accounts.AccountAnswer
    turn: reading_hours.Turn


async def backup_of(consent: Consent | None, now: datetime) -> Backup | None:
    """Who can be written to at `now` where an alert under a consent was not seen in time; None: nobody."""
    if consent is None or not (mail.is_open() and takes_alerts(consent, now)):
        return None
    with passing_over():
        if (hours := await hours_under(consent)) and hours.backup_email:
            return Backup(reader_of(consent), hours.backup_email)
    return None


async def tell_backups(clock: Clock) -> int:
    """Writes to the backups of whoever did not see alerts in time; answers how many letters went.

    Alerts are taken one at a time, and the clock is read for each: a letter may take minutes.
    """
    count = 0
    while each := await safety.take_to_tell(clock()):
        try:
            if letter := await _letter_for(each, clock()):
                await _send(letter, each, clock())
                count += 1
        except mail.Unreachable as fault:  # whatever else waits comes up in the next minute
            _log(fault)
            break
        except Exception as fault:  # noqa: BLE001 - one letter must not hold up the others, nor an account being erased
            _log(fault)
    return count


@database.transaction
async def _letter_for(each: safety.Taken, now: datetime) -> _Letter | None:
    """The letter to write now because of an alert. Of what is closed to its reader by now nobody is told.

    Where nobody is going to be written to, the alert's person is told so.
    """
    consent = await Consent.filter(id=each.consent_id, patient_id=each.patient_id).first()
    backup = await backup_of(consent, now)
    if consent is None or not takes_alerts(consent, now):
        await safety.settle_telling(each.alert_id, None)
        return None
    if backup is None:
        await _told(each, await accounts.name_of(reader_of(consent)), None, now)
        return None
    reader = await accounts.read(backup.reader_id)
    step, turn = await reading_hours.take_turn(reader.id, backup.address, each.unseen_at or 0, now)
    if step == "told" or step == "give_up":
        await _told(each, reader.name, turn.sent_at if step == "told" else None, now)
    else:
        await safety.put_off_telling(each.alert_id, turn.next_at)
    return _Letter(backup.address, reader, turn) if step == "write" else None


async def _send(letter: _Letter, each: safety.Taken, now: datetime) -> None:
    reader = letter.reader
    subject, text = reading_hours.letter_of(reader.name, mail.origin(), reader.language)
    letter_id = secret_hash(f"{reader.id} {each.alert_id}")[:32]  # one and the same however often it is tried
    try:
        await mail.send(letter.address, subject, text, letter_id)
    except mail.MaybeSent:
        raise  # it stays as it was claimed
    except mail.NotSent:
        await reading_hours.keep_turn(reader.id, letter.turn)
        await reading_hours.let_go(reader.id, letter.address)
        raise
    turn = reading_hours.sent(now)
    await reading_hours.keep_turn(reader.id, turn)
    with suppress(vault.Gone):  # its person is being erased: the letter went all the same
        await _told(each, reader.name, turn.sent_at, now)


@database.transaction
async def _told(each: safety.Taken, name: str, at: int | None, now: datetime) -> None:
    """Settles an alert, and says to its person that a backup was written to (milliseconds), or (None) nobody."""
    await safety.settle_telling(each.alert_id, at)
    told = {"actor": name, "consent_id": each.consent_id, "alert_id": each.alert_id}
    await audit.record(await vault.key_of(each.patient_id), "backup_told" if at else "backup_not_told", None, told, now)


def _log(fault: Exception) -> None:
    """Logs the kind of fault alone: its text may hold an address."""
    cause = str(fault) if isinstance(fault, mail.NotSent) else type(fault).__name__
    log.warning("a letter was not sent", extra={"job": "letters", "cause": cause})
