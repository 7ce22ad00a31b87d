"""What several faults stand on: a PostgreSQL that may die, a push service, servers that remind through it, an echo."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import uvicorn

from server.cli.serving import deadlines, watch
from tests.api.push_service import PushService
from tests.faults.echo import WAIT_S, echo
from tests.faults.harness import Served
from tests.faults.postgres import Mortal
from tests.faults.reminding import Start


@pytest.fixture(scope="module")
def postgres() -> Iterator[Mortal]:
    with Mortal() as postgres:
        yield postgres


@pytest.fixture
def url(postgres: Mortal) -> str:
    """A new database with our tables."""
    return postgres.migrated()


@pytest.fixture
async def start(tmp_path: Path, push_service: PushService) -> AsyncIterator[Start]:
    """Starts any number of servers over one data folder, which may send to that push service; ends them."""
    begun: list[Served] = []

    async def some(count: int, url: str = "", mutant: str = "") -> list[Served]:
        host = {"INTERLUDE_PUSH_HOSTS": f"127.0.0.1:{push_service.port}"}
        servers = [Served(tmp_path / "data", url, mutant, is_warm=True, **host) for _ in range(count)]
        begun.extend(servers)
        for served in servers:
            await asyncio.to_thread(served.start)
        return servers

    yield some
    for served in begun:
        served.end()


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[uvicorn.Server]:
    """The server that only echoes."""
    for name in ("WAIT_S", "TAKE_S", "LEAVE_S"):
        monkeypatch.setattr(deadlines, name, WAIT_S)
    monkeypatch.setattr(deadlines, "IDLE_S", 4 * WAIT_S)
    monkeypatch.setattr(watch, "LOOK_S", 0.05)
    server = uvicorn.Server(uvicorn.Config(echo, port=0, http=deadlines.Deadlines, lifespan="off", log_config=None))
    serving = asyncio.create_task(server._serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn tells it by this flag alone
        await asyncio.sleep(0.01)
    yield server
    server.should_exit = True
    await serving


@pytest.fixture
def port(server: uvicorn.Server) -> int:
    """Where it listens."""
    return int(server.servers[0].sockets[0].getsockname()[1])
