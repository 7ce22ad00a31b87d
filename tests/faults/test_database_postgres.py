"""PostgreSQL at its edges: settings that lose commits, connections that are cut, a server that goes and returns."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import asyncpg
import pytest
from asyncpg.transaction import Transaction

from server.base.errors import Problem, StorageFull, Unavailable
from server.database.asyncpg_engine import Postgres as Engine
from server.database.asyncpg_engine import Unsuitable, current
from tests.postgres import Postgres

Verb = Callable[[], Awaitable[Any]]


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    """A server of this file's own, because it is taken away and set up badly."""
    with Postgres() as server:
        yield server


@pytest.fixture
async def engine(server: Postgres) -> AsyncIterator[Engine]:
    engine = await Engine.open(server.url, connections=4)
    await engine.write(statement("DROP TABLE IF EXISTS t; CREATE TABLE t (n BIGINT PRIMARY KEY)"))
    yield engine
    await engine.close()


def statement(sql: str) -> Verb:
    async def verb() -> None:
        await current.get().execute(sql)

    return verb


def adding(number: int) -> Verb:
    async def verb() -> int:
        await current.get().execute("INSERT INTO t (n) VALUES ($1)", number)
        return number

    return verb


async def numbers(engine: Engine) -> list[int]:
    async def verb() -> list[int]:
        return [row["n"] for row in await current.get().fetch("SELECT n FROM t ORDER BY n")]

    found: list[int] = await engine.read(verb)
    return found


async def administer(server: Postgres, statement: str) -> None:
    connection = await asyncpg.connect(server.url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


@pytest.mark.parametrize("setting", ["fsync", "full_page_writes", "synchronous_commit"])
async def test_a_server_that_does_not_keep_what_it_acknowledges_is_refused(server: Postgres, setting: str) -> None:
    await administer(server, f"ALTER SYSTEM SET {setting} = off")
    await administer(server, "SELECT pg_reload_conf()")
    try:
        with pytest.raises(Unsuitable, match=f"{setting}=off where on is needed"):
            await _open_until_refused(server.url)
    finally:
        await administer(server, f"ALTER SYSTEM RESET {setting}")
        await administer(server, "SELECT pg_reload_conf()")


async def test_a_database_set_to_commit_later_is_refused(server: Postgres) -> None:
    await administer(server, "ALTER DATABASE postgres SET synchronous_commit = off")
    try:
        with pytest.raises(Unsuitable, match="synchronous_commit=off where on is needed"):
            await Engine.open(server.url)
    finally:
        await administer(server, "ALTER DATABASE postgres RESET synchronous_commit")


@pytest.mark.parametrize("url", ["postgresql://nobody:wrong@127.0.0.1:{port}/postgres", "postgresql://127.0.0.1:1/x"])
async def test_a_server_that_can_not_be_reached_is_one_line_without_the_password(server: Postgres, url: str) -> None:
    with pytest.raises(Unsuitable) as refusal:
        await Engine.open(url.format(port=server.port))

    assert "does not answer" in str(refusal.value)
    assert "wrong" not in str(refusal.value)
    assert "\n" not in str(refusal.value)


async def test_a_connection_cut_inside_a_verb_costs_nothing_but_time(engine: Engine) -> None:
    tries = []

    async def cut_once() -> int:
        tries.append(1)
        await adding(5)()
        if len(tries) == 1:
            await current.get().execute("SELECT pg_terminate_backend(pg_backend_pid())")
        return 5

    assert await engine.write(cut_once) == 5

    assert len(tries) == 2
    assert await numbers(engine) == [5]


async def test_every_connection_cut_at_once_loses_nobody(server: Postgres, engine: Engine) -> None:
    cut = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = 'postgres'"
    )
    tasks = []
    for number in range(200):
        tasks.append(asyncio.create_task(engine.write(adding(number))))
        if number % 60 == 50:
            await asyncio.sleep(0.01)
            await administer(server, cut)

    ends = await asyncio.gather(*tasks, return_exceptions=True)

    stored = {end for end in ends if isinstance(end, int)}
    assert {type(end) for end in ends} <= {int, Unavailable}
    assert stored <= set(await numbers(engine))
    assert len(stored) > 150


async def test_a_commit_whose_answer_was_lost_is_not_tried_again(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit, tries = Transaction.commit, []

    async def lost(transaction: Transaction) -> None:
        await commit(transaction)
        raise asyncpg.AdminShutdownError("terminating connection due to administrator command")

    async def verb() -> None:
        tries.append(1)
        await adding(1)()

    monkeypatch.setattr(Transaction, "commit", lost)
    with pytest.raises(Unavailable, match="not known"):
        await engine.write(verb)
    monkeypatch.undo()

    assert len(tries) == 1
    assert await numbers(engine) == [1]


async def test_two_verbs_in_each_others_way_both_end(engine: Engine) -> None:
    await engine.write(statement("INSERT INTO t VALUES (1), (2)"))
    both = asyncio.Barrier(2)
    seen: list[int] = []

    def crossing(first: int, second: int) -> Verb:
        async def verb() -> None:
            await current.get().execute("UPDATE t SET n = n WHERE n = $1", first)
            if len(seen) < 2:
                seen.append(first)
                await both.wait()
            await current.get().execute("UPDATE t SET n = n WHERE n = $1", second)

        return verb

    await asyncio.wait_for(asyncio.gather(engine.write(crossing(1, 2)), engine.write(crossing(2, 1))), 10)

    assert await numbers(engine) == [1, 2]


@pytest.mark.parametrize(("code", "problem"), [("53100", StorageFull), ("53300", Unavailable), ("53200", Unavailable)])
async def test_a_server_out_of_something_is_a_problem_with_a_name(
    engine: Engine, code: str, problem: type[Problem]
) -> None:
    with pytest.raises(problem):
        await engine.write(statement(f"DO $$ BEGIN RAISE EXCEPTION 'kein Platz' USING ERRCODE = '{code}'; END $$"))

    assert await engine.write(adding(3)) == 3


async def test_a_reader_sees_one_unchanging_view(engine: Engine) -> None:
    async def look_twice() -> list[int]:
        counts = [await current.get().fetchval("SELECT count(*) FROM t")]
        await asyncio.create_task(engine.write(adding(1)))
        return [*counts, await current.get().fetchval("SELECT count(*) FROM t")]

    assert await engine.read(look_twice) == [0, 0]
    assert await numbers(engine) == [1]


async def test_a_server_that_goes_and_returns_is_said_and_then_used_again(server: Postgres, engine: Engine) -> None:
    await engine.write(adding(1))
    await asyncio.to_thread(server.stop)
    try:
        with pytest.raises(Unavailable):
            await engine.write(adding(2))
        with pytest.raises(Unavailable):
            await numbers(engine)
    finally:
        await asyncio.to_thread(server.start)

    assert await engine.write(adding(3)) == 3
    assert await numbers(engine) == [1, 3]


async def _open_until_refused(url: str) -> None:
    """A reload reaches new connections after a moment."""
    for _ in range(50):
        await (await Engine.open(url)).close()
        await asyncio.sleep(0.05)
