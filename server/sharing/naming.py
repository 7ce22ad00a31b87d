"""By which names a patient may mean a reader."""

from collections.abc import Collection
from datetime import datetime

from server.accounts import service as accounts
from server.base.clock import instant_of
from server.database import service as database
from server.sharing.models import Consent
from server.sharing.rows import passing_over, patient_of, reader_of
from server.sharing.rules import Held, holds_from
from server.vault import service as vault

_TABLE = "consent"


async def sealed_name(consent: Consent, name: str) -> bytes:
    """What a reader goes by when they accept a consent, sealed under its patient's key."""
    return (await vault.key_of(patient_of(consent))).seal(_TABLE, str(consent.id), 0, name.encode())


async def names_of(consent: Consent) -> set[str]:
    """The consent itself, and the name that its reader accepted it by.

    Never the name of now: a reader chooses it, and could try one after another to learn whom else a patient meets.
    """
    names, key = {str(consent.id)}, await vault.key_of(patient_of(consent))
    if consent.reader_name is not None:
        with vault.passing_over():
            names.add(key.open(_TABLE, str(consent.id), 0, bytes(consent.reader_name)).decode())
    return names


async def keep_names(therapist_id: str) -> None:
    """Keeps what a reader goes by now, once, for what they accepted before that was kept: a later name adds nothing."""
    if nameless := await _nameless(therapist_id):
        await _keep_names(nameless)


@database.reading
async def _nameless(therapist_id: str) -> list[Consent]:
    open_ones = Consent.filter(therapist_id=therapist_id, accepted_at__isnull=False, withdrawn_at__isnull=True)
    return list(await open_ones.filter(reader_name__isnull=True))


@database.transaction
async def _keep_names(consents: Collection[Consent]) -> None:
    for consent in consents:
        with passing_over():
            name = await sealed_name(consent, await accounts.name_of(reader_of(consent)))
            await Consent.filter(id=consent.id, reader_name__isnull=True).update(reader_name=name)


async def words_from(consents: Collection[Consent], now: datetime) -> dict[str, datetime | None]:
    """By consent, from when on the word of its role, in what its patient writes, means its reader; None: nobody."""
    patient_ids = database.many(sorted({patient_of(each) for each in consents}))
    sql = (
        "SELECT patient_id, reader, therapist_id, accepted_at, expires_at, withdrawn_at FROM consent"
        f" WHERE {database.is_any('patient_id', 1)} AND accepted_at IS NOT NULL"
    )
    held: dict[tuple[str, str], list[Held]] = {}
    for row in await database.fetch(sql, patient_ids):
        ended_at = row["expires_at"] if row["withdrawn_at"] is None else min(row["withdrawn_at"], row["expires_at"])
        accepted_at, reader_id = instant_of(row["accepted_at"]), str(row["therapist_id"] or "")
        who = held.setdefault((str(row["patient_id"]), row["reader"]), [])
        who.append(Held(reader_id, accepted_at, instant_of(ended_at)))
    return {
        str(each.id): holds_from(held[patient_of(each), each.reader], reader_of(each), now) for each in consents
    }
