"""The audit: an event beside every act, one chain an account, and what breaks it."""

import asyncio
from hashlib import sha256
from typing import Any

import pytest

from server.audit import service as audit
from server.base.ids import uuid7
from server.database import service as database
from server.vault import service as vault
from tests.installation import change_rows, rows_of
from tests.people import Clock, Person


class Stopped(Exception):
    """Something that went wrong after the event was written."""


async def events_of(person: Person) -> list[audit.AuditEvent]:
    """A person's events, newest first."""
    found, _ = await audit.events(await vault.key_of(person.id), 500)
    return found


async def write(person: Person, clock: Clock, act: str = "looked", **details: Any) -> None:
    await audit.record(await vault.key_of(person.id), act, person.id, details, clock())


async def test_an_act_has_its_event_with_its_time(patient: Person, clock: Clock) -> None:
    registered_at = clock.wire()
    clock.move(minutes=4)
    changed_at = clock.wire()

    await patient.patch("/api/account", json={"name": "Mara K."})
    await patient.enrol()
    events = [(event.act, event.at, event.actor) for event in await events_of(patient)]

    assert events == [
        ("factor_added", changed_at, "me"),
        ("account_changed", changed_at, "me"),
        ("signed_in", registered_at, "me"),
        ("registered", registered_at, "me"),
    ]
    assert await audit.is_whole(patient.id)


async def test_what_an_event_says_is_sealed(patient: Person, clock: Clock) -> None:
    await write(patient, clock, device="a phone in Skagen", actor="Dr. Ines Vogt")

    row = (await rows_of("SELECT * FROM audit_event WHERE account_id = ?1 ORDER BY seq DESC", patient.id))[0]
    event = (await events_of(patient))[0]

    assert event.details == {"device": "a phone in Skagen"}
    assert not any("Skagen" in str(value) or b"Skagen" in bytes(row["details"]) for value in row.values())


async def test_an_event_goes_with_its_act_where_the_act_fails(patient: Person, clock: Clock) -> None:
    key = await vault.key_of(patient.id)

    @database.transaction
    async def act() -> None:
        await audit.record(key, "looked", patient.id, {}, clock())
        raise Stopped

    before = len(await events_of(patient))
    with pytest.raises(Stopped):
        await act()

    assert len(await events_of(patient)) == before
    assert await audit.is_whole(patient.id)


async def test_events_at_the_same_moment_stand_in_one_chain(patient: Person, stranger: Person, clock: Clock) -> None:
    await asyncio.gather(*(write(person, clock) for person in (patient, stranger) for _ in range(20)))

    for person in (patient, stranger):
        rows = await rows_of("SELECT seq FROM audit_event WHERE account_id = ?1 ORDER BY seq", person.id)
        assert [row["seq"] for row in rows] == list(range(1, 23))
        assert await audit.is_whole(person.id)


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE audit_event SET act = 'signed_out' WHERE account_id = ?1 AND seq = 3",
        "UPDATE audit_event SET at = at + 1 WHERE account_id = ?1 AND seq = 1",
        "UPDATE audit_event SET actor_id = NULL WHERE account_id = ?1 AND seq = 3",
        (
            "UPDATE audit_event SET details = (SELECT details FROM audit_event WHERE account_id = ?1 AND seq = 2)"
            " WHERE account_id = ?1 AND seq = 4"
        ),
        (
            "UPDATE audit_event SET hash = (SELECT hash FROM audit_event WHERE account_id = ?1 AND seq = 2)"
            " WHERE account_id = ?1 AND seq = 4"
        ),
        "DELETE FROM audit_event WHERE account_id = ?1 AND seq = 1",
        "DELETE FROM audit_event WHERE account_id = ?1 AND seq = 3",
        "DELETE FROM audit_event WHERE account_id = ?1 AND seq = 5",
        "DELETE FROM audit_event WHERE account_id = ?1",
        "DELETE FROM audit_head WHERE account_id = ?1",
        "UPDATE audit_head SET seq = seq - 1 WHERE account_id = ?1",
        "UPDATE audit_event SET seq = seq + 10 WHERE account_id = ?1 AND seq > 4",
    ],
)
async def test_whatever_is_done_to_a_row_breaks_the_chain(patient: Person, clock: Clock, tampering: str) -> None:
    for number in range(3):
        await write(patient, clock, act=f"act {number}", number=number)
    assert await audit.is_whole(patient.id)

    assert await change_rows(tampering, patient.id)

    assert not await audit.is_whole(patient.id)


async def test_an_event_of_somebody_else_fits_in_no_other_chain(
    patient: Person, stranger: Person, clock: Clock
) -> None:
    await write(patient, clock)
    await write(stranger, clock)
    await change_rows("DELETE FROM audit_event WHERE account_id = ?1 AND seq = 3", patient.id)
    await change_rows(
        "UPDATE audit_event SET account_id = ?1 WHERE account_id = ?2 AND seq = 3", patient.id, stranger.id
    )

    assert not await audit.is_whole(patient.id)
    assert not await audit.is_whole(stranger.id)


async def test_an_erased_account_leaves_a_whole_chain_that_ends_in_a_tombstone(patient: Person, clock: Clock) -> None:
    await patient.keep(note="gone soon")
    clock.move(hours=1)

    answer = await patient.erase()
    rows = await rows_of("SELECT act, at, details FROM audit_event WHERE account_id = ?1 ORDER BY seq", patient.id)

    assert answer.status_code == 204
    assert [row["act"] for row in rows] == ["registered", "signed_in", "erased"]
    assert rows[-1]["at"] == int(clock().timestamp() * 1000)
    assert bytes(rows[-1]["details"]) == b""
    assert await audit.is_whole(patient.id)
    with pytest.raises(vault.Gone):
        await events_of(patient)


async def test_events_are_read_in_steps_and_each_once(patient: Person, clock: Clock) -> None:
    for number in range(23):
        await write(patient, clock, number=number)
    key = await vault.key_of(patient.id)
    seen: list[Any] = []
    before: int | None = None

    while True:
        found, before = await audit.events(key, 7, before)
        seen += found
        if before is None:
            break

    assert [event.details.get("number") for event in seen] == [*range(22, -1, -1), None, None]


async def test_nobody_who_never_was_here_has_a_broken_chain(patient: Person) -> None:
    assert await audit.is_whole(uuid7())


async def test_a_chain_is_made_as_it_says(patient: Person) -> None:
    rows = await rows_of("SELECT * FROM audit_event WHERE account_id = ?1 ORDER BY seq", patient.id)
    expected = bytes(32)

    for row in rows:
        parts = [expected, patient.id, str(row["seq"]), str(row["at"]), row["act"], patient.id, bytes(row["details"])]
        data = [part if isinstance(part, bytes) else part.encode() for part in parts]
        expected = sha256(b"".join(len(part).to_bytes(8) + part for part in data)).digest()
        assert bytes(row["hash"]) == expected
