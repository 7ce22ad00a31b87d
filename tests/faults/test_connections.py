"""Connections to PostgreSQL that are kept: few are shared by many, and one in an unclear state is never used again."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

import asyncpg
import pytest

from server.base.errors import StorageFull
from server.database.asyncpg_connections import Connections
from server.database.asyncpg_engine import patiently
from tests.postgres import Postgres


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    with Postgres() as server:
        yield server


@pytest.fixture
async def connections(server: Postgres) -> AsyncIterator[Connections]:
    connections = Connections(server.url, 4)
    yield connections
    await connections.close()


async def whose(connection: Any) -> int:
    """The process of the server that a connection speaks to, told after a moment."""
    return int(await connection.fetchval("SELECT pg_backend_pid() FROM pg_sleep(0.01)"))


async def test_many_at_once_share_the_few_connections_that_there_are(connections: Connections) -> None:
    processes = await asyncio.gather(*(connections.lend(whose) for _ in range(40)))

    assert 1 < len(set(processes)) <= 4


async def test_one_that_was_left_in_the_middle_of_a_statement_is_never_used_again(
    server: Postgres, connections: Connections
) -> None:
    left: list[int] = []
    lent = asyncio.Event()

    async def sleeping(connection: Any) -> None:
        left.append(connection.get_server_pid())
        lent.set()
        await connection.execute("SELECT pg_sleep(60)")

    for _ in range(9):  # more often than there are connections
        leaving = asyncio.create_task(connections.lend(sleeping))
        await lent.wait()
        lent.clear()
        await _until_it_sleeps(server, left[-1])
        leaving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await leaving

    assert len(set(left)) == 9
    assert await asyncio.wait_for(connections.lend(whose), 10) not in left


async def test_one_that_was_left_in_a_transaction_is_never_used_again(connections: Connections) -> None:
    async def leaving(connection: Any) -> int:
        await connection.transaction().start()
        return await whose(connection)

    left = await connections.lend(leaving)

    assert await connections.lend(whose) != left


async def test_a_server_that_takes_no_writes_any_more_is_left_and_the_work_begun_again(
    connections: Connections,
) -> None:
    processes: list[int] = []

    async def writing(connection: Any) -> None:
        processes.append(connection.get_server_pid())
        if len(processes) == 1:
            await connection.execute("SET default_transaction_read_only = on")
        await connection.execute("CREATE TABLE IF NOT EXISTS written ()")

    await patiently(lambda: connections.lend(writing))

    assert len(set(processes)) == 2


@pytest.mark.parametrize("refusal", [StorageFull, asyncpg.UniqueViolationError])
async def test_one_whose_user_refuses_is_used_again(connections: Connections, refusal: type[Exception]) -> None:
    async def refusing(connection: Any) -> None:
        raise refusal()

    before = await connections.lend(whose)
    with pytest.raises(refusal):
        await connections.lend(refusing)

    assert await connections.lend(whose) == before


async def test_once_closed_none_is_lent_and_none_that_comes_back_is_kept(connections: Connections) -> None:
    lent = asyncio.Event()

    async def closing(connection: Any) -> Any:
        lent.set()
        await whose(connection)
        return connection

    using = asyncio.create_task(connections.lend(closing))
    await lent.wait()
    await connections.close()

    assert (await using).is_closed()
    with pytest.raises(asyncpg.InterfaceError):
        await connections.lend(whose)


async def _until_it_sleeps(server: Postgres, process: int) -> None:
    connection = await asyncpg.connect(server.url)
    try:
        sql = "SELECT count(*) FROM pg_stat_activity WHERE pid = $1 AND wait_event = 'PgSleep'"
        for _ in range(1000):
            if await connection.fetchval(sql, process):
                return
            await asyncio.sleep(0.01)
    finally:
        await connection.close()
