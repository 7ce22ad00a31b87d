"""What several faults stand on: a PostgreSQL that may die, a push service, and servers that remind through it."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.api.push_service import PushService
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
async def service() -> AsyncIterator[PushService]:
    service = PushService()
    await service.start()
    yield service
    await service.stop()


@pytest.fixture
async def start(tmp_path: Path, service: PushService) -> AsyncIterator[Start]:
    """Starts any number of servers over one data folder, which may send to that push service; ends them."""
    begun: list[Served] = []

    async def some(count: int, url: str = "", mutant: str = "") -> list[Served]:
        host = {"INTERLUDE_PUSH_HOSTS": f"127.0.0.1:{service.port}"}
        servers = [Served(tmp_path / "data", url, mutant, is_warm=True, **host) for _ in range(count)]
        begun.extend(servers)
        for served in servers:
            await asyncio.to_thread(served.start)
        return servers

    yield some
    for served in begun:
        served.end()
