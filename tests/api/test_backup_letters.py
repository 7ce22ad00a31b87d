"""How often whoever reads instead is written to: a letter that fares badly is neither repeated nor holds up others."""

import asyncio
import logging
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from starlette.applications import Starlette

from server.app import create_app
from server.base.clock import milliseconds
from server.base.settings import Settings
from server.database import service as database
from server.mail import service as mail
from server.reading_hours import service as reading_hours
from server.sharing import service as sharing
from tests.api.post_office import PostOffice
from tests.api.test_backups import BACKUP, name_backup
from tests.api.test_backups import office as office  # a fixture
from tests.api.told import alerts, answer
from tests.people import Cast, Clock, Person

OTHER = "other@example.org"
HARMFUL = ["=?utf-8?q?=0a?=@b.co", "=?utf-8?q??=@b.co", "=?utf-7?q?=2B2AA-?=@b.co"]


@pytest.fixture
def made_app(settings: Settings, clock: Clock, office: PostOffice) -> Starlette:
    return create_app(replace(settings, smtp_url=office.url), clock)


@pytest.fixture
async def waiting(cast: Cast, patient: Person, therapist: Person, clock: Clock, office: PostOffice) -> None:
    """An alert that was not seen, of two readers; each has somebody to be written to."""
    colleague = await cast.join("therapist", "Dr. Ada Lind")
    await colleague.enrol()
    await colleague.put("/api/reading-hours", json=(await therapist.get("/api/reading-hours")).json())
    for reader, address in ((therapist, BACKUP), (colleague, OTHER)):
        await cast.share(patient, reader, scopes=["alerts"])
        assert (await name_backup(reader, address)).status_code == 200
    await answer(patient, 2)
    clock.move(days=1)
    assert await sharing.say_unseen(clock()) == 2


async def minutes_on(clock: Clock, minutes: int) -> int:
    """Some minutes of the job; how many letters went."""
    count = 0
    for _ in range(minutes // 5):
        count += await sharing.tell_backups(clock)
        clock.move(minutes=5)
    return count


async def test_one_that_is_refused_holds_up_no_other_and_is_tried_six_times_at_growing_pauses(
    waiting: None, patient: Person, clock: Clock, office: PostOffice
) -> None:
    office.unknown = {BACKUP}

    assert await sharing.tell_backups(clock) == 1
    tries = []
    for _ in range(31 * 12):
        clock.move(minutes=5)
        before = office.tries
        await sharing.tell_backups(clock)
        tries += [clock()] * (office.tries - before)

    assert [to for to, _ in office.letters] == [[OTHER]]
    pauses = [later - earlier for earlier, later in pairwise(tries)]
    assert pauses == [timedelta(minutes=30), timedelta(minutes=90), timedelta(minutes=270), timedelta(hours=12)]
    await patient.sign_in()
    assert sorted(bool(each["backup_told_at"]) for each in await alerts(patient)) == [False, True]
    acts = [each["act"] for each in (await patient.get("/api/audit")).json()["items"]]
    assert (acts.count("backup_told"), acts.count("backup_not_told")) == (1, 1)


async def test_what_may_have_been_taken_is_sent_once_more_and_can_be_told_for_the_same(
    waiting: None, clock: Clock, office: PostOffice
) -> None:
    office.hangs_up = True

    assert await minutes_on(clock, 24 * 60) == 0

    ids = {to[0]: {letter["message-id"] for it, letter in office.letters if it == to} for to, _ in office.letters}
    assert sorted(to[0] for to, _ in office.letters) == [OTHER, OTHER, BACKUP, BACKUP]
    assert [len(each) for each in ids.values()] == [1, 1]
    assert ids[BACKUP] != ids[OTHER]


async def test_two_processes_send_each_letter_once(waiting: None, clock: Clock, office: PostOffice) -> None:
    counts = await asyncio.gather(*(sharing.tell_backups(clock) for _ in range(3)))

    assert sum(counts) == len(office.letters) == 2


async def test_the_next_letter_goes_twelve_hours_later_whatever_the_address_is_by_then(
    waiting: None, patient: Person, therapist: Person, clock: Clock, office: PostOffice
) -> None:
    clock.move(hours=19)  # two hours before closing time
    assert await sharing.tell_backups(clock) == 2
    await therapist.sign_in()
    await patient.sign_in()
    assert (await name_backup(therapist, "third@example.org")).status_code == 200
    await answer(patient, 3)
    office.letters.clear()
    clock.move(hours=3)
    assert await sharing.say_unseen(clock()) == 2

    assert await minutes_on(clock, 9 * 60) == 0
    assert await minutes_on(clock, 10) == 2
    assert sorted(to[0] for to, _ in office.letters) == [OTHER, "third@example.org"]


@pytest.fixture
async def one_address(waiting: None, cast: Cast, clock: Clock) -> None:
    """The readers have one address for whoever reads instead."""
    for reader in [person for person in cast.people if person.totp_secret]:
        await reader.sign_in()
        assert (await name_backup(reader, BACKUP.title())).status_code == 200


async def test_to_one_address_each_readers_first_letter_goes_at_once(
    one_address: None, clock: Clock, office: PostOffice
) -> None:
    at_once = await asyncio.gather(*(sharing.tell_backups(clock) for _ in range(3)))

    assert (sum(at_once), await minutes_on(clock, 12 * 60)) == (2, 0)
    assert len({letter.get_content() for _, letter in office.letters}) == 2
    assert BACKUP not in str(await _held())
    await reading_hours.sweep(clock())
    assert await _held() == []


async def test_one_that_waits_for_its_address_goes_however_long_that_takes(
    one_address: None, patient: Person, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.reading_hours.turns.TO_ONE_ADDRESS", 1)

    assert await minutes_on(clock, 5) == 1
    await _hold(milliseconds(clock()) + 30 * 3_600_000)

    assert [await minutes_on(clock, minutes) for minutes in (29 * 60 + 55, 10)] == [0, 1]
    await patient.sign_in()
    assert all(each["backup_told_at"] for each in await alerts(patient))


async def test_a_fault_of_any_kind_holds_up_no_other_letter_and_its_text_is_not_logged(
    waiting: None, clock: Clock, office: PostOffice, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    whole = mail.send

    async def send(to: str, *rest: str) -> None:
        if to == BACKUP:
            raise IndexError(to)
        await whole(to, *rest)

    monkeypatch.setattr(mail, "send", send)
    with caplog.at_level(logging.WARNING, "interlude"):
        assert await sharing.tell_backups(clock) == 1

    assert [to for to, _ in office.letters] == [[OTHER]]
    assert [each.__dict__["cause"] for each in caplog.records] == ["IndexError"]
    assert BACKUP not in str([each.__dict__ for each in caplog.records])


@pytest.mark.parametrize("address", HARMFUL)
async def test_an_address_that_pythons_headers_stumble_over_is_not_sent(
    app: Starlette, office: PostOffice, address: str
) -> None:
    with pytest.raises(mail.NotSent):
        await mail.send(address, "One", "Two", "three")
    assert office.letters == []


async def test_a_password_that_cant_be_sent_is_a_fault_of_the_office(
    app: Starlette, settings: Settings, office: PostOffice
) -> None:
    mail.open_mail(replace(settings, smtp_url=office.url.replace("//", "//me:p%C3%A4ss@")))

    with pytest.raises(mail.Unreachable):
        await mail.send(BACKUP, "One", "Two", "three")


async def test_hours_are_put_back_as_they_were_answered_where_letters_have_ended(
    waiting: None, therapist: Person
) -> None:
    mail.close_mail()
    await therapist.sign_in()

    assert (await name_backup(therapist, BACKUP)).status_code == 200
    assert (await name_backup(therapist, OTHER)).status_code == 422


@database.reading
async def _held() -> list[dict[str, object]]:
    return [dict(row) for row in await database.fetch("SELECT address, reader FROM written_address")]


@database.transaction
async def _hold(until: int) -> None:
    await database.execute("UPDATE written_address SET free_at = ?1", until)
