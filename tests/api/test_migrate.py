"""Migrations: no child is lost to a rebuilt table, nothing changes where rows would vanish, one process at a time."""

import asyncio
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pysqlite3 as sqlite3
import pytest

from server.base.settings import Settings
from server.database import service as database
from server.database.sqlite_connection import copy_of
from tests.installation import bare_database, change_rows, started
from tests.made_up import ROOT, ROWS, WIDER, MadeUp
from tests.people import Clock, Person


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> MadeUp:
    """The made-up package on SQLite: its first migration has run, and there are two parents and three children."""
    made_up = on_sqlite(tmp_path_factory.mktemp("made_up"))
    made_up.write()
    assert made_up.migrate() == "0001_initial"
    for statement in ROWS:
        look(made_up, statement)
    return made_up


@pytest.fixture
def made_up(first: MadeUp, tmp_path: Path) -> MadeUp:
    """A copy of it."""
    shutil.copytree(first.folder, tmp_path, dirs_exist_ok=True)
    return on_sqlite(tmp_path)


def on_sqlite(folder: Path) -> MadeUp:
    return MadeUp(folder, f"sqlite:///{folder}/database/made_up.db")


def look(made_up: MadeUp, sql: str, file: str = "made_up.db") -> list[Any]:
    """The rows of a statement on the file itself."""
    with sqlite3.connect(str(made_up.folder / "database" / file)) as connection:
        rows = connection.execute(sql).fetchall()
    connection.close()
    return list(rows)


def everything(made_up: MadeUp) -> dict[str, list[Any]]:
    """Every table's statement and rows."""
    tables = look(made_up, "SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return {name: [sql, *look(made_up, f"SELECT * FROM {name}")] for name, sql in tables}


def test_widening_a_parents_column_keeps_every_child(made_up: MadeUp) -> None:
    made_up.add("wider", WIDER)

    assert made_up.migrate() == "0002_wider"

    assert "VARCHAR(200)" in look(made_up, "SELECT sql FROM sqlite_master WHERE name = 'clinic'")[0][0]
    assert look(made_up, "SELECT id, name FROM clinic ORDER BY id") == [(1, "harbour"), (2, "meadow")]
    assert look(made_up, "SELECT id, clinic_id FROM visit ORDER BY id") == [(1, 1), (2, 1), (3, 2)]
    assert [row[2:7] for row in look(made_up, "PRAGMA foreign_key_list(visit)")] == [
        ("clinic", "clinic_id", "id", "NO ACTION", "CASCADE")
    ]


def test_tortoise_alone_would_have_lost_them(made_up: MadeUp) -> None:
    made_up.add("wider", WIDER)

    made_up.migrate_plainly()

    assert "VARCHAR(200)" in look(made_up, "SELECT sql FROM sqlite_master WHERE name = 'clinic'")[0][0]
    assert look(made_up, "SELECT id FROM visit") == []


def test_a_copy_is_made_before_anything_changes(made_up: MadeUp) -> None:
    made_up.add("wider", WIDER)
    made_up.migrate()

    copy = "made_up.before-migration.db"
    file = made_up.folder / "database" / copy

    assert "VARCHAR(10)" in look(made_up, "SELECT sql FROM sqlite_master WHERE name = 'clinic'", copy)[0][0]
    assert look(made_up, "SELECT count(*) FROM visit", copy) == [(3,)]
    assert file.stat().st_mode & 0o077 == (made_up.folder / "database" / "made_up.db").stat().st_mode & 0o077


def test_the_copy_goes_at_the_next_start_after_it_went_well(made_up: MadeUp) -> None:
    made_up.add("wider", WIDER)
    made_up.migrate()
    copies = [len(list((made_up.folder / "database").glob("*before*")))]

    made_up.migrate()

    assert [*copies, len(list((made_up.folder / "database").glob("*before*")))] == [1, 0]


def test_a_database_that_is_up_to_date_is_left_alone(made_up: MadeUp) -> None:
    before = everything(made_up)

    assert made_up.migrate() == ""

    assert everything(made_up) == before
    assert not list((made_up.folder / "database").glob("*before*"))


@pytest.mark.parametrize(
    ("operation", "told"),
    [
        ('ops.RunSQL("DELETE FROM visit WHERE id = 1")', "damaged: rows would be lost: {'visit': 1}"),
        ('ops.RunSQL("DELETE FROM clinic")', "damaged: rows would be lost: {'clinic': 2}"),
        ('ops.RunSQL("UPDATE visit SET clinic_id = 99 WHERE id = 2")', "damaged: 1 rows would point at nothing"),
        ('ops.RunSQL("SELEKT 1")', 'near "SELEKT": syntax error'),
    ],
)
def test_a_migration_that_would_damage_something_changes_nothing(made_up: MadeUp, operation: str, told: str) -> None:
    before = everything(made_up)
    made_up.add("wider", WIDER, operation)

    assert told in made_up.migrate()

    assert everything(made_up) == before
    assert look(made_up, "SELECT count(*) FROM visit", "made_up.before-migration.db") == [(3,)]


async def test_an_erasure_takes_the_copy_with_it(patient: Person, settings: Settings) -> None:
    copy = copy_of(settings.data_dir / "database" / "interlude.db")
    copy.parent.mkdir(exist_ok=True)
    copy.touch()

    assert (await patient.erase()).status_code == 204

    assert copy.exists() is not settings.is_sqlite  # PostgreSQL makes none


async def test_rows_that_would_vanish_are_kept_on_either_database(tmp_path: Path) -> None:
    async with bare_database(tmp_path) as url:
        made_up = MadeUp(tmp_path, url)
        made_up.write()
        made_up.add("rows", *(f"ops.RunSQL({statement!r})" for statement in ROWS))
        filled = await asyncio.to_thread(made_up.migrate)
        made_up.add("loss", 'ops.RunSQL("DELETE FROM clinic WHERE id = 1")')
        refused = [await asyncio.to_thread(made_up.migrate) for _ in range(2)]

    assert filled == "0001_initial 0002_rows"
    assert all(told.startswith("damaged: rows would be lost: {'clinic': 1") for told in refused)


async def test_two_migrations_at_once_both_end_well_and_each_step_ran_once(tmp_path: Path) -> None:
    async with bare_database(tmp_path) as url:
        both = await asyncio.gather(*(_migrate(url, tmp_path) for _ in range(2)))
        again = await _migrate(url, tmp_path)

    names = sorted(path.stem for path in (ROOT / "server" / "migrations").glob("0*.py"))
    assert sorted(said for _, said in both) == [
        "The database is up to date.",
        "\n".join(f"applied {name}" for name in names),
    ]
    assert again == (0, "The database is up to date.")
    assert [status for status, _ in both] == [0, 0]


async def test_a_schema_older_than_the_code_is_not_ready(patient: Person) -> None:
    assert (await patient.get("/readyz")).status_code == 200

    await change_rows("DELETE FROM tortoise_migrations")
    answer = await patient.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["type"] == "/problems/unavailable"


async def test_a_schema_older_than_the_code_is_not_served(settings: Settings, clock: Clock) -> None:
    async with started(settings, clock):
        await change_rows("DELETE FROM tortoise_migrations")

    with pytest.raises(database.OldSchema, match=r"0001_initial.*python -m server migrate"):
        async with started(settings, clock):
            pass


async def _migrate(url: str, folder: Path) -> tuple[int, str]:
    """`python -m server migrate` as an operator runs it: its exit code and what it says."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "server", "migrate",
        cwd=ROOT,
        env={**os.environ, "INTERLUDE_DATABASE_URL": url, "INTERLUDE_DATA_DIR": str(folder / "data")},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await process.communicate()
    return process.returncode or 0, said.decode().strip()
