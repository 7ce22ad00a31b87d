"""A disk that fills up under SQLite: it is said with 507, nothing acknowledged is lost, and writing goes on after."""

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.base.settings import Settings
from server.database import service as database
from server.database import verbs
from server.database.sqlite_connection import current
from tests.people import Person

ROOM = 2**30  # pages: as good as endless


def _settings(folder: Path) -> Settings:
    url = f"sqlite:///{folder}/database/interlude.db"
    return Settings(data_dir=folder, database_url=url, origin="http://localhost:8000", rate_limits=False)


@pytest.fixture(scope="module")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = _settings(tmp_path_factory.mktemp("empty"))
    asyncio.run(database.migrate(settings))
    return database.sqlite_path(settings)


@pytest.fixture
def settings(tmp_path: Path, empty_file: Path, compressed_assets: Path) -> Iterator[Settings]:
    """SQLite, whatever the other tests run on."""
    (tmp_path / "cache").symlink_to(compressed_assets)
    (tmp_path / "database").mkdir(mode=0o700)
    shutil.copy(empty_file, tmp_path / "database" / "interlude.db")
    return _settings(tmp_path)


async def leave_room_for(pages: int) -> None:
    """Lets the database grow by `pages` pages of 4 KiB and no more: SQLite then says what it says of a full disk."""

    async def verb() -> None:
        (used,) = current.get().execute("PRAGMA page_count").fetchone()
        current.get().execute(f"PRAGMA max_page_count={used + pages}")

    await verbs._engine.writer.run(verb, alone=True)


async def notes_of(person: Person) -> set[str]:
    return {record["values"]["note"] for record in (await person.sync())["records"]}


@pytest.mark.parametrize("pages", [0, 1, 2, 3, 5, 8, 13, 34])
async def test_a_full_disk_is_said_and_loses_nothing(patient: Person, pages: int) -> None:
    await leave_room_for(pages)
    kept: list[str] = []
    for number in range(400):
        change = patient.change(note=f"{number} " + "x" * 1_500)
        answer = await patient.post("/api/sync", json={"changes": [change]})
        if answer.status_code != 200:
            break
        kept.append(change["patch"]["note"])

    assert answer.status_code == 507
    assert answer.json()["type"] == "/problems/storage-full"
    assert await notes_of(patient) == set(kept)

    await leave_room_for(ROOM)
    again = await patient.sync(change)

    assert again["results"][0]["outcome"] == "stored"
    assert await notes_of(patient) == {*kept, change["patch"]["note"]}


async def test_of_requests_at_once_on_a_filling_disk_each_is_kept_or_refused_whole(patient: Person) -> None:
    await leave_room_for(12)
    changes = [patient.change(note=f"{number} " + "x" * 3_000) for number in range(60)]

    answers = await asyncio.gather(*(patient.post("/api/sync", json={"changes": [change]}) for change in changes))
    there = await notes_of(patient)

    acknowledged = {
        change["patch"]["note"] for change, answer in zip(changes, answers, strict=True) if answer.status_code == 200
    }
    assert {answer.status_code for answer in answers} == {200, 507}
    assert there == acknowledged

    await leave_room_for(ROOM)
    answers = await asyncio.gather(*(patient.post("/api/sync", json={"changes": [change]}) for change in changes))

    assert {answer.status_code for answer in answers} == {200}
    assert await notes_of(patient) == {change["patch"]["note"] for change in changes}
