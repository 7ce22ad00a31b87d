"""Connections to one PostgreSQL, kept open. asyncpg's own pool costs more than a short statement."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg

Work = Callable[[Any], Awaitable[Any]]

# After these it is not known where the two sides stand; a cancelled statement is still being called off.
_UNCLEAR = (asyncio.CancelledError, OSError, asyncpg.InterfaceError, asyncpg.InternalClientError)
_REPLACED = asyncpg.ReadOnlySQLTransactionError  # a server that takes no writes any more: another one may


class Connections:
    """At most `most` connections, each used by one verb at a time and left as it was found; the last used goes first.

    One that was lost, or left inside a transaction or in the middle of a statement, is never used again.
    """

    def __init__(self, url: str, most: int, settings: dict[str, str] | None = None) -> None:
        self._url = url
        self._settings = settings
        self._turns = asyncio.Semaphore(most)
        self._idle: list[Any] = []
        self._is_closed = False

    async def lend(self, work: Work) -> Any:
        """What `work` answers, given a connection. Raises what connecting raises, InterfaceError once closed."""
        async with self._turns:
            connection = self._kept() or await self._connect()
            try:
                return await work(connection)
            except (*_UNCLEAR, _REPLACED):
                connection.terminate()
                raise
            finally:
                self._take_back(connection)

    async def close(self) -> None:
        """Closes what is idle; what is in use is ended as it comes back."""
        self._is_closed = True
        idle, self._idle = self._idle, []
        await asyncio.gather(*(connection.close(timeout=5) for connection in idle), return_exceptions=True)

    def _kept(self) -> Any:
        while self._idle:
            connection = self._idle.pop()
            if not connection.is_closed():
                return connection
        return None

    async def _connect(self) -> Any:
        if self._is_closed:
            raise asyncpg.InterfaceError("the database is closed")
        return await asyncpg.connect(
            self._url,
            command_timeout=60,
            server_settings=self._settings,
            target_session_attrs="primary",  # of several hosts the one that takes writes, whichever it is by now
        )

    def _take_back(self, connection: Any) -> None:
        if self._is_closed or connection.is_closed() or connection.is_in_transaction():
            connection.terminate()
        else:
            self._idle.append(connection)
