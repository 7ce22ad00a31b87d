"""A start that can't be: it says why in one line, exits with 1, and leaves everything as it was."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import asyncpg
import pytest

from tests.faults.harness import Served
from tests.faults.warm import MIGRATIONS, ROOT
from tests.postgres import Postgres

Install = Callable[..., Served]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an installation that was started once."""
    with Served(tmp_path_factory.mktemp("made") / "data") as served:
        assert served.end(signal.SIGTERM) == 0
    return served.data


@pytest.fixture
def install(tmp_path: Path, made: Path) -> Iterator[Install]:
    """Makes servers over a copy of that installation; all are gone at the end."""
    begun: list[Served] = []

    def one(**settings: str) -> Served:
        data = tmp_path / f"data{len(begun)}"
        shutil.copytree(made, data)
        named = {f"INTERLUDE_{name}": value.format(tmp_path=tmp_path) for name, value in settings.items()}
        begun.append(Served(data, **named))
        return begun[-1]

    yield one
    for served in begun:
        served.end()


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL database without a table in it."""
    with ExitStack() as held:
        url = os.environ.get("INTERLUDE_TEST_DATABASE_URL") or held.enter_context(Postgres()).url
        name = f"interlude_{uuid4().hex}"
        asyncio.run(_act(url, f"CREATE DATABASE {name}"))
        yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        asyncio.run(_act(url, f"DROP DATABASE {name} WITH (FORCE)"))


def test_one_data_folder_is_served_once(install: Install) -> None:
    first = install()
    first.start()
    second = Served(first.data)

    status, line = _refusal(second)

    assert (status, line) == (1, f"interlude: another process serves {first.data}; several need postgresql://")
    assert first.is_ready()


def test_a_folder_that_a_killed_server_held_is_free(install: Install) -> None:
    served = install()
    served.start()
    served.end(signal.SIGKILL)

    served.start()

    assert served.is_ready()


def test_a_taken_port_is_refused(install: Install) -> None:
    first = install()
    first.start()

    status, line = _refusal(install(PORT=str(first.port)))

    assert (status, line) == (1, f"interlude: 127.0.0.1:{first.port} is in use by another program")


def test_a_missing_master_key_is_refused_and_none_is_made(install: Install) -> None:
    served = install()
    key = served.data / "keys" / "master.key"
    key.unlink()

    status, line = _refusal(served)

    assert status == 1
    assert line == f"interlude: {key} is missing: without it nothing that was written can be read"
    assert not key.exists()


def test_a_master_key_that_others_can_read_is_refused(install: Install) -> None:
    served = install()
    key = served.data / "keys" / "master.key"
    key.chmod(0o644)

    status, line = _refusal(served)

    assert (status, line) == (1, f"interlude: {key} can be read by others; chmod 600 it")


def test_a_file_that_is_no_database_is_refused(install: Install) -> None:
    served = install()
    path = served.data / "database" / "interlude.db"
    path.write_bytes(b"a letter, not a database" * 400)

    status, line = _refusal(served)

    assert (status, line) == (1, f"interlude: {path} can't be opened: file is not a database")
    assert path.read_bytes() == b"a letter, not a database" * 400


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("MASTER_KEY", "open sesame", "each line of the master key must be an id and 32 bytes in base64"),
        ("MASTER_KEY", "k1 " + "A" * 43 + "=", "master key k1 is not the one this keyring was made with"),
        ("PUSH_HOSTS", "https://push.example/", "INTERLUDE_PUSH_HOSTS"),
        ("DATA_DIR", "/dev/null", "/dev/null"),
        ("DATABASE_URL", "sqlite:////dev/null/interlude.db", "/dev/null"),
        ("DATABASE_URL", "sqlite:///{tmp_path}", "can't be opened"),
        ("DATABASE_URL", "postgresql://nobody:open-sesame@127.0.0.1:9/none", "PostgreSQL does not answer"),
        ("DATABASE_URL", "postgresql://nobody:open-sesame@127.0.0.1:port/none", "INTERLUDE_DATABASE_URL"),
        ("HOST", "192.0.2.1", "192.0.2.1"),
        ("HOST", "no.such.host.invalid", "no.such.host.invalid"),
    ],
)
def test_what_only_shows_at_the_start_is_refused_in_one_line(
    install: Install, setting: str, value: str, told: str
) -> None:
    more = {"RATE_LIMITS": "on"} if setting == "HOST" else {}

    status, line = _refusal(install(**{setting: value}, **more))

    assert status == 1
    assert told in line
    assert "open-sesame" not in line


@pytest.mark.parametrize("workers", ["1", "2"])
def test_an_old_schema_is_refused_and_not_touched(install: Install, postgres: str, workers: str) -> None:
    status, line = _refusal(install(DATABASE_URL=postgres, WORKERS=workers))

    assert status == 1
    assert line.startswith("interlude: the database lacks 0001_initial")
    assert line.endswith("run `python -m server migrate`")
    assert asyncio.run(_act(postgres, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")) == 0


def test_two_processes_serve_a_migrated_database_and_stop_together(install: Install, postgres: str) -> None:
    served = install(DATABASE_URL=postgres, WORKERS="2")
    migrated = _run("migrate", served)

    served.start()
    status = served.end(signal.SIGTERM)

    assert len(MIGRATIONS) > 2
    assert (migrated.returncode, migrated.stdout.splitlines()) == (0, [f"applied {name}" for name in MIGRATIONS])
    assert status == 0


@pytest.mark.parametrize("command", ["serve", "migrate", "keys", "openapi", "demo"])
def test_every_command_helps(install: Install, command: str) -> None:
    helped = _run(command, install(), "--help")

    assert helped.returncode == 0
    assert f"usage: python -m server {command}" in helped.stdout


def test_a_reader_who_has_seen_enough_of_the_document_is_no_fault() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "server", "openapi"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as printing:
        assert printing.stdout is not None
        first = printing.stdout.readline()
        printing.stdout.close()
        told = printing.stderr.read() if printing.stderr else ""

    assert first == "{\n"
    assert (printing.returncode, told) == (0, "")


def test_an_unknown_command_is_told_the_known_ones(install: Install) -> None:
    refused = _run("sevre", install())

    assert refused.returncode == 2
    assert refused.stderr.startswith("interlude: there is no command 'sevre'")
    assert "  serve " in refused.stderr


def _refusal(served: Served) -> tuple[int, str]:
    """How a start ends that can't be: the exit status, and the one line that is not of the log."""
    served.begin()
    assert served.process is not None
    status = served.process.wait(40)
    lines = [line for line in served.log.read_text().splitlines() if not line.startswith("{")]
    assert len(lines) == 1, lines
    return status, lines[0]


def _run(command: str, served: Served, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "server", command, *arguments],
        cwd=ROOT, env=os.environ | served._settings, capture_output=True, text=True, check=False,
    )  # fmt: skip


async def _act(url: str, sql: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()
