"""What every test of the app stands on: a clock, a database of its own, the app in process, and the cast."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import asyncpg
import hypothesis
import pytest
from argon2 import PasswordHasher
from blockbuster import blockbuster_ctx
from starlette.applications import Starlette
from starlette.routing import BaseRoute
from tortoise.models import MetaInfo

from server.app import create_app
from server.assets import asset_routes
from server.base.settings import Settings
from server.database import service as database
from server.push import service as push
from tests import assets
from tests.api.push_service import PushService
from tests.people import Cast, Clock, Person, Share
from tests.tried import LINES

hypothesis.settings.register_profile("interlude", deadline=None)  # machines are shared, and no unit test is timed
hypothesis.settings.load_profile("interlude")
_QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
_MAKE_READY = MetaInfo.finalise_model
_ready: dict[MetaInfo, type] = {}
ON_POSTGRES = os.environ.get("INTERLUDE_TEST_DATABASE") == "postgresql"


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Shows every line that was told, in order, where pytest would have swallowed it."""
    if LINES:
        terminalreporter.section("what was tried")
        for line in LINES:
            terminalreporter.line(line)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A process that ran some of the tests hands over the lines it was told."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["tried"] = LINES


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    LINES.extend(getattr(node, "workeroutput", {}).get("tried", []))  # one that died has none


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(autouse=True)
def _nothing_blocks_the_loop() -> Iterator[None]:
    """Finds a file read, a hash or a sleep that our own code does on the event loop."""
    with blockbuster_ctx(scanned_modules=["server"]) as finder:
        for function in finder.functions.values():  # asyncpg looks for a password file when it opens a connection
            looks = {"_parse_connect_arguments", "_parse_connect_dsn_and_args"}
            function.can_block_in("asyncpg/connect_utils.py", looks)
        yield


@cache
def _routes_once(folder: Path, cache_dir: Path) -> list[BaseRoute]:
    return asset_routes(folder, cache_dir)


@pytest.fixture(autouse=True)
def _static_files_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every app of a run answers the same files: to read them anew costs more than most tests."""
    monkeypatch.setattr("server.app.asset_routes", lambda folder, kept: _routes_once(folder, kept.resolve()))


@pytest.fixture(autouse=True)
def _passwords_cost_little(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 with next to no work; that people's own cost what they should is proven where they sign in."""
    monkeypatch.setattr("server.accounts.passwords._hasher", _QUICK)


@pytest.fixture(autouse=True)
def _models_are_made_ready_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What Tortoise works out of our models is the same for every app on one kind of database: half of its start."""

    def once(meta: MetaInfo) -> None:
        if _ready.get(meta) is not meta.db.executor_class:
            _MAKE_READY(meta)
            _ready[meta] = meta.db.executor_class

    monkeypatch.setattr(MetaInfo, "finalise_model", once)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A migrated database without rows, made once: a file's path, or the name of a PostgreSQL template."""
    if not ON_POSTGRES:
        folder = tmp_path_factory.mktemp("empty")
        asyncio.run(database.migrate(_settings(folder, f"sqlite:///{folder}/database/interlude.db")))
        return f"{folder}/database/interlude.db"
    name = f"interlude_{uuid4().hex}"
    asyncio.run(_administer(f"CREATE DATABASE {name}"))
    asyncio.run(database.migrate(_settings(Path("/nowhere"), _url_of(name))))
    return name


@pytest.fixture(scope="session")
def compressed_assets() -> Path:
    """Where the compressed static files are kept, so that one test makes them for all."""
    return assets.compressed_assets()


@pytest.fixture
def settings(tmp_path: Path, empty_database: str) -> Iterator[Settings]:
    """The settings of an installation that was just made, with a database of its own."""
    assets.lend_assets(tmp_path)
    if not ON_POSTGRES:
        (tmp_path / "database").mkdir(mode=0o700)
        shutil.copy(empty_database, tmp_path / "database" / "interlude.db")
        yield _settings(tmp_path, f"sqlite:///{tmp_path}/database/interlude.db")
        return
    name = f"interlude_{uuid4().hex}"
    # Files are copied as they are: two thirds of what the same costs through the log, which nobody needs here.
    asyncio.run(_administer(f"CREATE DATABASE {name} TEMPLATE {empty_database} STRATEGY file_copy"))
    yield _settings(tmp_path, _url_of(name))
    asyncio.run(_administer(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def made_app(settings: Settings, clock: Clock) -> Starlette:
    """The app before it starts."""
    return create_app(settings, clock)


@pytest.fixture
async def app(made_app: Starlette) -> AsyncIterator[Starlette]:
    """The app, started."""
    async with made_app.router.lifespan_context(made_app):
        yield made_app


@pytest.fixture
async def push_service() -> AsyncIterator[PushService]:
    """A push service on this machine, which nobody calls yet."""
    service = PushService()
    await service.start()
    yield service
    await service.stop()


@pytest.fixture
async def service(
    push_service: PushService, app: Starlette, settings: Settings, clock: Clock
) -> AsyncIterator[PushService]:
    """The same, added by the operator of the app."""
    await push.close_push()
    await push.open_push(replace(settings, push_hosts=(f"127.0.0.1:{push_service.port}",)), clock)
    yield push_service
    await push.close_push()


@pytest.fixture
async def cast(app: Starlette, clock: Clock) -> AsyncIterator[Cast]:
    """Makes people, and signs them all out of the way at the end."""
    cast = Cast(app, clock)
    yield cast
    await cast.leave()


@pytest.fixture
async def nobody(cast: Cast) -> Person:
    """A client that is not signed in."""
    return await cast.nobody()


@pytest.fixture
async def patient(cast: Cast) -> Person:
    return await cast.join("patient", "Mara Kindler")


@pytest.fixture
async def stranger(cast: Cast) -> Person:
    """Another patient, who has nothing to do with the first."""
    return await cast.join("patient", "Ole Fremdling")


@pytest.fixture
async def therapist(cast: Cast) -> Person:
    """A therapist with a second factor and reading hours."""
    return await _therapist(cast, "Dr. Ines Vogt")


@pytest.fixture
async def share(cast: Cast, patient: Person, therapist: Person) -> Share:
    """The patient's accepted consent to the therapist, over one entry."""
    await patient.keep(mood=4)
    return await cast.share(patient, therapist)


@pytest.fixture
async def former(cast: Cast, patient: Person) -> tuple[Person, Share]:
    """A therapist whose consent was withdrawn, and that consent."""
    former = await _therapist(cast, "Dr. Paul Ehemals")
    share = await cast.share(patient, former)
    await patient.delete(f"/api/consents/{share.id}")
    return former, share


async def _therapist(cast: Cast, name: str) -> Person:
    therapist = await cast.join("therapist", name)
    await therapist.enrol()
    hours = {"weekdays": [1, 2, 3, 4, 5], "from": "09:00", "to": "17:00", "zone": "Europe/Berlin"}
    answer = await therapist.put("/api/reading-hours", json=hours)
    assert answer.status_code == 200, answer.text
    return therapist


def _settings(folder: Path, url: str) -> Settings:
    return Settings(data_dir=folder, database_url=url, origin="http://localhost:8000", rate_limits=False)


def _url_of(name: str) -> str:
    return urlunsplit(urlsplit(os.environ["INTERLUDE_TEST_DATABASE_URL"])._replace(path=f"/{name}"))


async def _administer(statement: str) -> None:
    connection = await asyncpg.connect(os.environ["INTERLUDE_TEST_DATABASE_URL"])
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
