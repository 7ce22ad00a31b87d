"""The SQLite engine at its edges: what a verb may not do, commits that fail, a thread that must not die."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Generator
from pathlib import Path
from typing import Any

import pysqlite3 as sqlite3
import pytest

from server.base.errors import StorageFull, Unavailable
from server.database.sqlite_connection import current
from server.database.sqlite_engine import Sqlite

Verb = Callable[[], Awaitable[Any]]


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[Sqlite]:
    engine = await asyncio.to_thread(Sqlite, tmp_path / "database" / "interlude.db")
    await engine.write(statement("CREATE TABLE t (n INTEGER PRIMARY KEY)"))
    yield engine
    await engine.close()


def statement(sql: str, *values: Any) -> Verb:
    """A verb of one statement, answering its rows."""

    async def verb() -> list[Any]:
        return [tuple(row) for row in current.get().execute(sql, values).fetchall()]

    return verb


def adding(number: int, then: BaseException | None = None) -> Verb:
    async def verb() -> int:
        current.get().execute("INSERT INTO t (n) VALUES (?1)", (number,))
        if then:
            raise then
        return number

    return verb


async def numbers(engine: Sqlite) -> list[int]:
    return [row[0] for row in await engine.read(statement("SELECT n FROM t ORDER BY n"))]


class Elsewhere:
    """Something that somebody else would have to finish."""

    def __await__(self) -> Generator[None, None, None]:
        yield


class Faulty:
    """A connection on which some statements fail, as on a disk that is full or broken."""

    def __init__(self, connection: Any, fails: Callable[[str], str | None]) -> None:
        self.connection = connection
        self.fails = fails

    def execute(self, sql: str, *values: Any) -> Any:
        if told := self.fails(sql):
            raise sqlite3.OperationalError(told)
        return self.connection.execute(sql, *values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.connection, name)


async def queued(engine: Sqlite, verbs: list[Verb]) -> list[Any]:
    """Makes the writer wait until all of `verbs` stand in its queue, and answers how they end."""
    gate = threading.Event()

    async def hold() -> None:
        gate.wait(5)

    tasks = [asyncio.create_task(engine.write(verb)) for verb in (hold, *verbs)]
    await asyncio.sleep(0)
    gate.set()
    return (await asyncio.gather(*tasks, return_exceptions=True))[1:]


@pytest.mark.parametrize(
    "awaited",
    [lambda: asyncio.sleep(0), lambda: asyncio.sleep(0.01), Elsewhere, lambda: asyncio.to_thread(print)],
    ids=["a turn of the loop", "a while", "somebody else", "a thread"],
)
async def test_a_verb_that_awaits_anything_else_is_refused_and_leaves_nothing_open(
    engine: Sqlite, awaited: Callable[[], Awaitable[Any]]
) -> None:
    ended: list[str] = []

    async def slow() -> None:
        await statement("SELECT 1")()
        try:
            await awaited()
        finally:
            ended.append("ended")

    async def slow_after_writing() -> None:
        await adding(1)()
        await slow()

    for work in (engine.write(slow_after_writing), engine.read(slow), engine.glance(slow)):
        with pytest.raises(RuntimeError, match=r"^a verb may await nothing but the database$"):
            await work

    assert ended == ["ended"] * 3
    assert not engine.writer.connection.in_transaction
    assert await engine.write(adding(2)) == 2
    assert await numbers(engine) == [2]


async def test_verbs_that_wait_together_share_one_commit_and_only_the_failing_one_fails(engine: Sqlite) -> None:
    said: list[str] = []
    engine.writer.connection.set_trace_callback(said.append)

    ends = await queued(engine, [adding(n, ValueError("no") if n == 7 else None) for n in range(30)])

    assert isinstance(ends[7], ValueError)
    assert [end for end in ends if end is not ends[7]] == [n for n in range(30) if n != 7]
    assert said.count("COMMIT") <= 2
    assert await numbers(engine) == [n for n in range(30) if n != 7]


async def test_a_shared_commit_that_fails_is_had_one_by_one(engine: Sqlite) -> None:
    commits = iter([None, "disk I/O error"])
    engine.writer.connection = Faulty(
        engine.writer.connection, lambda sql: next(commits, None) if sql == "COMMIT" else None
    )

    ends = await queued(engine, [adding(n) for n in range(5)])

    assert ends == [0, 1, 2, 3, 4]
    assert await numbers(engine) == [0, 1, 2, 3, 4]


async def test_nobody_is_told_stored_while_no_commit_can_be_had(engine: Sqlite) -> None:
    sound = engine.writer.connection
    engine.writer.connection = Faulty(sound, lambda sql: "database or disk is full" if sql == "COMMIT" else None)

    ends = await queued(engine, [adding(n) for n in range(5)])
    engine.writer.connection = sound

    assert [type(end) for end in ends] == [StorageFull] * 5
    assert await numbers(engine) == []
    assert await engine.write(adding(9)) == 9


@pytest.mark.parametrize("broken", ["ROLLBACK", "SAVEPOINT verb", "BEGIN IMMEDIATE"])
async def test_a_writer_whose_connection_fails_in_any_place_still_answers_everybody(
    engine: Sqlite, broken: str
) -> None:
    sound = engine.writer.connection
    engine.writer.connection = Faulty(sound, lambda sql: "disk I/O error" if sql in (broken, "COMMIT") else None)

    ends = await asyncio.wait_for(queued(engine, [adding(n) for n in range(3)]), 5)
    engine.writer.connection = sound
    after = await asyncio.wait_for(
        asyncio.gather(*(engine.write(adding(n)) for n in (7, 8)), return_exceptions=True), 5
    )

    assert [type(end) for end in ends] == [Unavailable] * 3
    assert after[-1] == 8
    assert not set(await numbers(engine)) & {0, 1, 2}


async def test_a_reader_sees_one_unchanging_view(engine: Sqlite) -> None:
    has_looked, is_written = threading.Event(), threading.Event()

    async def look_twice() -> list[int]:
        first = await statement("SELECT count(*) FROM t")()
        has_looked.set()
        is_written.wait(5)
        return [first[0][0], (await statement("SELECT count(*) FROM t")())[0][0]]

    looking = asyncio.create_task(engine.read(look_twice))
    await asyncio.to_thread(has_looked.wait, 5)
    await engine.write(adding(1))
    is_written.set()

    assert await looking == [0, 0]
    assert await numbers(engine) == [1]


async def test_what_waits_is_still_done_when_the_database_closes(tmp_path: Path) -> None:
    engine = await asyncio.to_thread(Sqlite, tmp_path / "database" / "interlude.db")
    await engine.write(statement("CREATE TABLE t (n INTEGER PRIMARY KEY)"))
    waiting = [asyncio.create_task(engine.write(adding(n))) for n in range(200)]
    await asyncio.sleep(0)

    await engine.close()

    assert await asyncio.wait_for(asyncio.gather(*waiting), 5) == list(range(200))
    assert not (tmp_path / "database" / "interlude.db-wal").exists()
