"""One row that can't be read stops nobody else: not another's entry, not another's alert, not another's list."""

import logging

import pytest

from server.base.clock import zone_of
from server.database import service as database
from server.reading_hours import service as reading_hours
from server.reading_hours.service import TABLE
from server.sharing import service as sharing
from server.vault import service as vault
from tests.api.told import PHQ_9, alerts, answer, ask
from tests.people import Cast, Clock, Person, Share


async def test_an_entry_is_kept_and_told_where_its_readers_zone_is_no_more(
    patient: Person, therapist: Person, former: tuple[Person, Share], stranger: Person, open_share: Share
) -> None:
    await _write(therapist.id, await _hours_in(therapist.id, "US/Pacific-New"))

    await answer(patient, 2)

    assert zone_of("US/Pacific-New").key == "UTC"
    assert [each["due_at"] for each in await alerts(therapist)] == ["2026-11-24T17:00:00.000Z"]
    assert await alerts(former[0]) == await alerts(stranger) == []


async def test_one_that_cant_be_opened_is_passed_over_and_comes_up_again(
    cast: Cast, patient: Person, stranger: Person, therapist: Person, open_share: Share, clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    other = await cast.join("therapist", "Dr. Ada Lind")
    await other.enrol()
    await other.put("/api/reading-hours", json=(await therapist.get("/api/reading-hours")).json())
    await cast.share(stranger, other, scopes=["alerts"])
    for person in (patient, stranger):
        await answer(person, 2)
    whole = await _sealed(therapist.id)
    clock.move(days=1)

    await _spoil(therapist.id, b"\x01" + bytes(60))
    with caplog.at_level(logging.WARNING, "interlude"):
        said = [await sharing.say_unseen(clock()) for _ in range(2)]
    await _spoil(therapist.id, whole)
    clock.move(hours=2)

    assert [*said, await sharing.say_unseen(clock())] == [1, 0, 1]
    assert {(each.getMessage(), each.__dict__["cause"]) for each in caplog.records} == {
        ("a row that can't be opened was passed over", "Unopened")
    }


async def test_one_patient_whose_key_is_gone_leaves_the_others_in_the_list(
    cast: Cast, patient: Person, stranger: Person, therapist: Person, share: Share
) -> None:
    left = await cast.share(stranger, therapist, scopes=["scales", "alerts"])

    await vault.destroy_key(patient.id)

    rows = (await therapist.get("/api/shared")).json()
    assert [row["consent_id"] for row in rows] == [left.id]
    assert (await therapist.get("/api/alerts")).status_code == 200


async def test_a_row_of_the_list_is_kept_with_what_of_it_can_be_opened(
    cast: Cast, patient: Person, therapist: Person, clock: Clock
) -> None:
    share = await cast.share(patient, therapist, scopes=["alerts", "scales"])
    broken, _ = [
        await patient.keep("meeting", starts_at=clock.wire(days=days), **{"with": share.id}) for days in (1, 2)
    ]
    await answer(patient, 2)
    await _break("record", broken["id"])
    await _spoil(patient.id, b"\x01" + bytes(60))

    (row,) = (await therapist.get("/api/shared")).json()

    assert (row["open_alerts"], row["next_meeting"], row["patient"]) == (1, clock.wire(days=2), {"name": "?"})


async def _hours_in(therapist_id: str, zone: str) -> bytes:
    hours = await reading_hours.hours_of(therapist_id)
    assert hours is not None
    plain = str(hours.weekdays), hours.opens, hours.closes
    text = f'{{"weekdays":{plain[0]},"from":"{plain[1]}","to":"{plain[2]}","zone":"{zone}","choices":[]}}'
    return (await vault.key_of(therapist_id)).seal(TABLE, therapist_id, 0, text.encode())


@database.transaction
async def _write(therapist_id: str, sealed: bytes) -> None:
    await database.execute("UPDATE reading_hours SET sealed = ?1 WHERE therapist_id = ?2", sealed, therapist_id)


@database.reading
async def _sealed(account_id: str) -> bytes:
    row = await database.fetch_one("SELECT sealed FROM account WHERE id = ?1", account_id)
    assert row is not None
    return bytes(row["sealed"])


@database.transaction
async def _spoil(account_id: str, sealed: bytes) -> None:
    await database.execute("UPDATE account SET sealed = ?1 WHERE id = ?2", sealed, account_id)


async def test_an_answer_is_told_and_called_unseen_where_its_readers_hours_cant_be_opened(
    patient: Person, therapist: Person, former: tuple[Person, Share], stranger: Person, open_share: Share, clock: Clock
) -> None:
    await _write(therapist.id, b"\x01" + bytes(60))

    await answer(patient, 2)

    (told,) = await alerts(therapist)
    assert (told["value"], told["due_at"]) == (2, clock.wire())
    assert await sharing.say_unseen(clock()) == 1
    assert (await alerts(patient))[0]["unseen_at"] == clock.wire()
    assert await alerts(former[0]) == await alerts(stranger) == []


@pytest.mark.parametrize("broken", ["response", "help_request", "alert"])
async def test_one_row_of_a_patient_that_cant_be_opened_hides_none_of_their_other_alerts(
    cast: Cast, patient: Person, therapist: Person, former: tuple[Person, Share], stranger: Person, clock: Clock,
    broken: str,
) -> None:  # fmt: skip
    await cast.share(patient, therapist, scopes=["alerts", "questions"])
    asked, first = await ask(patient, message="please ring me"), await answer(patient, 1)
    last = await answer(patient, 3)
    row = {"help_request": asked["id"], "response": first["id"]}.get(broken) or (await alerts(patient))[-1]["id"]
    await _break("alert" if broken == "alert" else "record", row)

    clock.move(minutes=2)
    await patient.sync(patient.change("response", **PHQ_9, answers={"9": 2}), since=last["revision"])
    (listed,) = (await therapist.get("/api/shared")).json()

    for person in (therapist, patient):
        found = await alerts(person)
        assert len(found) == (3 if broken == "alert" else 4)
        assert [each["value"] for each in found if each["reason"] != "asked"] == [2, 3, 1]
        assert not any(each["taken_back"] for each in found)
    assert listed["open_alerts"] == len(found)
    assert await alerts(former[0]) == await alerts(stranger) == []


@database.transaction
async def _break(table: str, row_id: str) -> None:
    column = "record_id" if table == "record" else "id"
    assert await database.execute(f"UPDATE {table} SET sealed = ?1 WHERE {column} = ?2", b"\x01" + bytes(60), row_id)
