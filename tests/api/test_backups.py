"""Whoever reads instead is written to where an alert was not seen in time, and not whose it is or what it says."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from starlette.applications import Starlette

from server.app import create_app
from server.base.settings import Settings
from server.mail import service as mail
from server.sharing import service as sharing
from tests.api.post_office import PostOffice, post_office
from tests.api.told import alerts, answer, ask
from tests.people import Cast, Clock, Person, Share

BACKUP = "practice@example.org"


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as office:
        yield office


@pytest.fixture
def made_app(settings: Settings, clock: Clock, office: PostOffice) -> Starlette:
    return create_app(replace(settings, smtp_url=office.url), clock)


@pytest.fixture
async def backed_up(cast: Cast, patient: Person, therapist: Person) -> Share:
    """A share with alerts, of a therapist who has somebody to be written to."""
    share = await cast.share(patient, therapist, scopes=["alerts"])
    await name_backup(therapist, BACKUP)
    return share


async def name_backup(therapist: Person, address: str | None) -> Any:
    hours = (await therapist.get("/api/reading-hours")).json()
    return await therapist.put("/api/reading-hours", json=hours | {"backup": "The practice", "backup_email": address})


async def closing_time(clock: Clock, **later: float) -> tuple[int, int]:
    """Past the hours in which the alerts would have been read: how many were called unseen, how many letters went."""
    clock.move(**(later or {"days": 1}))
    return await sharing.say_unseen(clock()), await sharing.tell_backups(clock)


async def test_one_letter_tells_of_all_that_waits_and_says_neither_whose_it_is_nor_what(
    patient: Person, backed_up: Share, clock: Clock, office: PostOffice
) -> None:
    await answer(patient, 2)
    await ask(patient, message="please ring me")

    assert await closing_time(clock) == (2, 1)
    assert await closing_time(clock) == (0, 0)
    [(to, letter)] = office.letters
    assert to == [BACKUP]
    assert (letter["to"], letter["subject"]) == (BACKUP, "An alert was not read in time")
    text = letter.get_content()
    assert "Please reach Dr. Ines Vogt" in text
    whole = letter.as_string()
    name = (await patient.get("/api/account")).json()["name"]
    for secret in (name, patient.email, patient.id, "please ring me", "PHQ", backed_up.id, *await ids(patient)):
        assert secret not in whole


async def ids(patient: Person) -> list[str]:
    await patient.sign_in()
    return [each["id"] for each in await alerts(patient)]


async def test_its_person_reads_that_the_backup_was_told_and_never_sees_the_address(
    patient: Person, backed_up: Share, clock: Clock
) -> None:
    await answer(patient, 2)
    before = (await alerts(patient))[0]
    await closing_time(clock)
    await patient.sign_in()

    told, consent = (await alerts(patient))[0], (await patient.get("/api/consents")).json()[0]
    acts = [each["act"] for each in (await patient.get("/api/audit")).json()["items"]]

    assert before["backup_told_at"] is None
    assert told["backup_told_at"] == told["unseen_at"] == clock.wire()
    assert acts.count("backup_told") == 1
    hours = consent["reading_hours"]
    assert (hours["backup"], hours["backup_email"]) == ("The practice", None)


@pytest.mark.parametrize("end", ["seen", "withdrawn", "left", "narrowed", "no_backup", "erased"])
async def test_nobody_is_written_to_of_what_was_seen_or_closed_meanwhile(
    patient: Person, therapist: Person, cast: Cast, backed_up: Share, clock: Clock, office: PostOffice, end: str
) -> None:
    wide = await cast.share(patient, therapist, scopes=["alerts", "scales"])
    await patient.delete(f"/api/consents/{backed_up.id}")
    await answer(patient, 2)
    clock.move(days=1)
    assert await sharing.say_unseen(clock()) == 1
    await therapist.sign_in()
    await patient.sign_in()

    if end == "seen":
        (told,) = await alerts(therapist)
        assert (await therapist.post(f"/api/alerts/{told['id']}/seen", json={})).status_code == 200
    elif end == "left":
        await therapist.delete(f"/api/shared/{wide.id}")
    elif end == "withdrawn":
        await patient.delete(f"/api/consents/{wide.id}")
    elif end == "narrowed":
        await patient.patch(f"/api/consents/{wide.id}", json={"scopes": ["scales"]})
    elif end == "no_backup":
        assert (await name_backup(therapist, None)).status_code == 200
    else:
        erased = await patient.erase()
        assert erased.status_code == 204, erased.text

    assert await sharing.tell_backups(clock) == 0
    clock.move(minutes=20)
    assert await sharing.tell_backups(clock) == 0
    assert office.letters == []


async def test_a_letter_that_nobody_takes_is_tried_again_for_a_day(
    patient: Person, backed_up: Share, clock: Clock, office: PostOffice
) -> None:
    await answer(patient, 2)
    office.is_closed = True

    assert await closing_time(clock) == (1, 0)
    assert await closing_time(clock, minutes=1) == (0, 0)
    office.is_closed = False
    assert await closing_time(clock, minutes=5) == (0, 0)  # not at once: the office may be overloaded
    assert await closing_time(clock, minutes=5) == (0, 1)

    await answer(patient, 3)
    office.is_closed = True
    assert await closing_time(clock) == (1, 0)
    office.is_closed = False
    assert await closing_time(clock, hours=25) == (0, 0)
    assert len(office.letters) == 1
    await patient.sign_in()
    assert (await alerts(patient))[0]["backup_told_at"] is None


@pytest.mark.parametrize("how", ["nobody listens", "nobody answers"])
async def test_an_office_that_is_not_there_or_hangs_holds_up_nothing(
    patient: Person, backed_up: Share, clock: Clock, office: PostOffice, settings: Settings,
    monkeypatch: pytest.MonkeyPatch, how: str,
) -> None:  # fmt: skip
    monkeypatch.setattr("server.mail.service._TIMEOUT_S", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        if how == "nobody listens":
            silent.close()
        mail.open_mail(replace(settings, smtp_url=f"smtp://127.0.0.1:{port}"))
        await answer(patient, 2)

        assert await closing_time(clock) == (1, 0)

    monkeypatch.setattr("server.mail.service._TIMEOUT_S", 10.0)
    mail.open_mail(replace(settings, smtp_url=office.url))
    assert await closing_time(clock, minutes=10) == (0, 1)


async def test_it_is_written_in_the_readers_language(
    patient: Person, therapist: Person, backed_up: Share, clock: Clock, office: PostOffice
) -> None:
    await therapist.patch("/api/account", json={"language": "es"})
    await answer(patient, 2)

    await closing_time(clock)

    [(_, letter)] = office.letters
    assert letter["subject"] == "Un aviso no se leyó a tiempo"
    assert "ponte en contacto con Dr. Ines Vogt" in letter.get_content()


@pytest.mark.parametrize(
    "address",
    ["a@example.org, b@example.org", "a@example.org\r\nBcc: b@example.org", "A <a@example.org>", "a@b", "ä@example.org",
     "a@example.org\n", "a b@example.org", "@example.org", "a@example.org.", "x" * 250 + "@example.org",
     "=?utf-8?q?=0a?=@b.co", "=?utf-8?q?a=2C_b?=@b.co", "=?utf-8?q??=@b.co", "a?b@example.org"],
)  # fmt: skip
async def test_what_is_no_single_plain_address_is_refused(therapist: Person, backed_up: Share, address: str) -> None:
    answer = await name_backup(therapist, address)

    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json()["errors"]] == ["/backup_email"]


async def test_where_no_letter_leaves_none_is_promised(
    therapist: Person, backed_up: Share, patient: Person, clock: Clock, office: PostOffice
) -> None:
    mail.close_mail()

    refused = await name_backup(therapist, "new@example.org")
    await answer(patient, 2)

    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/backup_email")
    assert await closing_time(clock) == (1, 0)
    assert office.letters == []
