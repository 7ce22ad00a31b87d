"""Verbs as transactions, our own SQL inside them, and the one open database of this process."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextvars import ContextVar
from functools import partial, wraps
from pathlib import Path
from typing import Any, ParamSpec, Protocol, TypeVar

from tortoise import Tortoise

from server.base.errors import Unavailable
from server.base.settings import Settings
from server.database import asyncpg_engine, sqlite_connection, sqlite_engine
from server.database.rules import postgres_text

P = ParamSpec("P")
T = TypeVar("T")


class Engine(Protocol):
    """What both databases can do."""

    is_sqlite: bool

    async def write(self, verb: Callable[[], Awaitable[Any]]) -> Any: ...

    async def read(self, verb: Callable[[], Awaitable[Any]]) -> Any: ...

    async def apiece(self, verb: Callable[[], Awaitable[Any]]) -> Any: ...

    async def glance(self, verb: Callable[[], Awaitable[Any]]) -> Any: ...

    async def checkpoint(self) -> None: ...

    async def close(self) -> None: ...


_engine: Engine | None = None
_inside: ContextVar[bool] = ContextVar("inside_a_verb", default=False)


def sqlite_path(settings: Settings) -> Path:
    """The file that a `sqlite:///path` names; relative to the working directory unless the path begins with `/`."""
    return Path(settings.database_url.removeprefix("sqlite:///")).absolute()


async def _connect(settings: Settings) -> Engine:
    """A new engine for the database of `settings`. Raises one of `Unsuitable`."""
    if settings.is_sqlite:
        return await asyncio.to_thread(sqlite_engine.Sqlite, sqlite_path(settings))
    return await asyncpg_engine.Postgres.open(settings.database_url)


async def open_database(settings: Settings, models: Sequence[str]) -> None:
    """Opens the one database of this process, with Tortoise's models on it."""
    global _engine
    _engine = await _connect(settings)
    config = tortoise_config(models, "server.migrations", settings.is_sqlite)
    await Tortoise.init(config=config, _enable_global_fallback=True)


def tortoise_config(models: Sequence[str], migrations: str, is_sqlite: bool) -> dict[str, Any]:
    """What Tortoise is told: one app, on a connection that hands its statements to the running verb."""
    client = "sqlite_client" if is_sqlite else "asyncpg_engine"
    credentials = {"file_path": ":memory:"} if is_sqlite else {}
    return {
        "connections": {"default": {"engine": f"server.database.{client}", "credentials": credentials}},
        "apps": {"server": {"models": list(models), "migrations": migrations, "default_connection": "default"}},
    }


async def close() -> None:
    """Closes the database after what runs."""
    global _engine
    engine, _engine = _engine, None
    if engine is not None:
        await engine.close()
        await Tortoise.close_connections()


def is_sqlite() -> bool:
    """Whether the open database is SQLite."""
    return _open().is_sqlite


def transaction(verb: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
    """Makes an async function one write transaction; inside another verb it joins that one."""
    return _verb(verb, lambda engine: engine.write)


def reading(verb: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
    """Makes an async function a read that can't write; inside another verb it joins that one."""
    return _verb(verb, lambda engine: engine.read)


def statements(verb: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
    """Makes an async function a verb whose statements commit one by one; on SQLite, one transaction as any other.

    It may run again after a failure, and so must be one whose repeat does no harm.
    """
    return _verb(verb, lambda engine: engine.apiece)


def glance(verb: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
    """Makes an async function a look at a row or two, so short that the way to another thread would cost more."""
    return _verb(verb, lambda engine: engine.glance)


async def fetch(sql: str, *values: Any) -> list[Mapping[str, Any]]:
    """The rows of our own SQL, with placeholders `?1`, `?2`, … on both databases."""
    if _open().is_sqlite:
        rows: list[Mapping[str, Any]] = sqlite_connection.current.get().execute(sql, values).fetchall()
        return rows
    found: list[Mapping[str, Any]] = await asyncpg_engine.current.get().fetch(postgres_text(sql), *values)
    return found


async def fetch_one(sql: str, *values: Any) -> Mapping[str, Any] | None:
    """The first row, or None."""
    rows = await fetch(sql, *values)
    return rows[0] if rows else None


async def execute(sql: str, *values: Any) -> int:
    """Runs one statement; answers how many rows it changed."""
    if _open().is_sqlite:
        return int(sqlite_connection.current.get().execute(sql, values).rowcount)
    status: str = await asyncpg_engine.current.get().execute(postgres_text(sql), *values)
    return int(status.rsplit(" ", 1)[-1]) if status[-1:].isdigit() else 0


async def execute_many(sql: str, rows: Sequence[Sequence[Any]]) -> None:
    """Runs one statement for every row of values."""
    if _open().is_sqlite:
        sqlite_connection.current.get().executemany(sql, rows)
    elif len(rows) == 1:  # asyncpg's executemany costs a third more than one execute
        await asyncpg_engine.current.get().execute(postgres_text(sql), *rows[0])
    else:
        await asyncpg_engine.current.get().executemany(postgres_text(sql), rows)


def is_any(column: str, place: int) -> str:
    """The words for "`column` is one of the values at placeholder `place`", which `many` prepares."""
    return f"{column} IN (SELECT value FROM json_each(?{place}))" if is_sqlite() else f"{column} = ANY(?{place})"


def many(values: list[str]) -> Any:
    """A list of texts as one value of a statement."""
    return json.dumps(values) if is_sqlite() else values


def for_update() -> str:
    """The words that lock a row until the commit: none are needed where there is one writer."""
    return "" if _open().is_sqlite else " FOR UPDATE"


def for_share() -> str:
    """The words that keep a row from being changed or removed until the commit; others may share it."""
    return "" if _open().is_sqlite else " FOR SHARE"


def skip_locked() -> str:
    """The words that pass over rows another process is working on."""
    return "" if _open().is_sqlite else " FOR UPDATE SKIP LOCKED"


async def checkpoint() -> None:
    """Clears what erased rows left in the write-ahead log. Not inside a verb."""
    await _open().checkpoint()


def _open() -> Engine:
    if _engine is None:
        raise Unavailable("The database is not open")
    return _engine


def _verb(
    verb: Callable[P, Awaitable[T]], way: Callable[[Engine], Callable[..., Awaitable[Any]]]
) -> Callable[P, Awaitable[T]]:
    @wraps(verb)
    async def run(*args: P.args, **kwargs: P.kwargs) -> T:
        if _inside.get():
            return await verb(*args, **kwargs)
        answer: T = await way(_open())(partial(_within, verb, args, kwargs))
        return answer

    return run


async def _within(verb: Callable[..., Awaitable[T]], args: Any, kwargs: Any) -> T:
    _inside.set(True)
    return await verb(*args, **kwargs)
