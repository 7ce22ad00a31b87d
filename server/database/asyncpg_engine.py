"""PostgreSQL: verbs on kept connections, as tasks of their own: no cancelled request can wedge a connection."""

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from functools import partial
from typing import Any

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient
from tortoise.backends.base.client import ConnectionWrapper

from server.base.errors import StorageFull, Unavailable
from server.database.asyncpg_connections import Connections, Work
from server.database.figures import IN_HAND
from server.database.sqlite_client import Joined

Verb = Callable[[], Awaitable[Any]]

SAFE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
_TRIES = 4  # over about a second
_LOST = (  # the server or the way to it is gone
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # what the client says when a connection was cut between two of its steps
    OSError,
)
_AGAIN = (  # before a commit: the verb may run again
    asyncpg.SerializationError, asyncpg.DeadlockDetectedError, asyncpg.ReadOnlySQLTransactionError, *_LOST,
)  # fmt: skip

current: ContextVar[Any] = ContextVar("asyncpg_connection")


class Unsuitable(Exception):
    """This PostgreSQL is set up to lose acknowledged commits."""


class Postgres:
    """The database on a server, shared by any number of processes."""

    is_sqlite = False

    def __init__(self, connections: Connections, looks: Connections) -> None:
        self.connections = connections
        self.looks = looks  # whose connections can't write, and need no transaction to say so
        self.running: set[asyncio.Task[Any]] = set()

    @classmethod
    async def open(cls, url: str, connections: int = 10) -> "Postgres":
        """Connects, and refuses a server that does not keep what it acknowledges."""
        kept = Connections(url, connections)
        try:
            held = await kept.lend(_safety)
        except (OSError, asyncpg.PostgresError, asyncpg.InternalClientError) as error:  # or only a standby does
            raise Unsuitable(f"PostgreSQL does not answer at INTERLUDE_DATABASE_URL ({type(error).__name__})") from None
        for name, value in SAFE.items():
            if held[name] != value:
                await kept.close()
                raise Unsuitable(f"PostgreSQL keeps {name}={held[name]} where {value} is needed")
        return cls(kept, Connections(url, connections, {"default_transaction_read_only": "on"}))

    async def write(self, verb: Verb) -> Any:
        """Runs `verb` as one transaction; once more where the server says that nothing was committed."""
        return await self._apart(self.connections, partial(_once, verb, False))

    async def read(self, verb: Verb) -> Any:
        """Runs `verb` on one unchanging view of the database; it can't write."""
        return await self._apart(self.connections, partial(_once, verb, True))

    async def apiece(self, verb: Verb) -> Any:
        """Runs `verb` so that each of its statements is a transaction of its own: no round trip but theirs."""
        return await self._apart(self.connections, partial(_run, verb))

    async def glance(self, verb: Verb) -> Any:
        """Runs `verb` as `apiece` does, where it can't write."""
        return await self._apart(self.looks, partial(_run, verb))

    async def checkpoint(self) -> None:
        """PostgreSQL's own vacuum and checkpoints do this."""

    async def close(self) -> None:
        """Waits for what runs, then closes every connection."""
        if self.running:
            await asyncio.wait(self.running, timeout=5)
        await asyncio.gather(self.connections.close(), self.looks.close())

    async def _apart(self, connections: Connections, work: Work) -> Any:
        task = asyncio.create_task(patiently(partial(connections.lend, work)))
        self.running.add(task)
        IN_HAND.inc()
        task.add_done_callback(self._ended)
        return await asyncio.shield(task)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self.running.discard(task)
        IN_HAND.dec()


async def _safety(connection: Any) -> dict[str, str]:
    return {name: await connection.fetchval(f"SHOW {name}") for name in SAFE}


async def _once(verb: Verb, is_read: bool, connection: Any) -> Any:
    """Runs `verb` in one transaction."""
    kind = {"isolation": "repeatable_read", "readonly": True} if is_read else {}
    transaction = connection.transaction(**kind)
    await transaction.start()
    try:
        answer = await _run(verb, connection)
    except BaseException:
        if not connection.is_closed():
            await transaction.rollback()
        raise
    await _commit(connection, transaction, is_read)
    return answer


async def patiently(work: Verb) -> Any:
    """What `work` answers, begun again where the connection was cut or another transaction was in the way.

    Raises Unavailable where that goes on, StorageFull. `work` leaves nothing behind where it fails, or may be repeated.
    """
    for attempt in range(_TRIES):
        try:
            return await work()
        except _AGAIN as error:
            if attempt == _TRIES - 1:
                raise Unavailable() from error
            await asyncio.sleep(0.05 * 4**attempt)
        except asyncpg.DiskFullError as error:
            raise StorageFull() from error
        except asyncpg.InsufficientResourcesError as error:
            raise Unavailable() from error
    raise AssertionError("unreachable")


async def _run(verb: Verb, connection: Any) -> Any:
    token = current.set(connection)
    try:
        return await verb()
    finally:
        current.reset(token)


async def _commit(connection: Any, transaction: Any, is_read: bool) -> None:
    """Commits. A connection lost in this very moment leaves a write's outcome unknown, so it is not run again."""
    try:
        await transaction.commit()
    except _LOST as error:
        connection.terminate()
        if is_read:
            raise
        raise Unavailable("It is not known whether this was stored; sending it again does no harm") from error


class Client(AsyncpgDBClient):
    """What Tortoise's models and migrations speak to: the connection of the verb that is running."""

    async def create_connection(self, with_db: bool) -> None:
        return None

    async def close(self) -> None:
        return None

    def _in_transaction(self) -> Any:
        return Joined(self)

    def acquire_connection(self) -> Any:
        self._connection = current.get()
        return ConnectionWrapper(asyncio.Lock(), self)


client_class = Client
