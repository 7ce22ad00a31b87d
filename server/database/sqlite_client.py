"""What Tortoise's models and migrations speak to on SQLite: the connection of the verb that is running."""

from collections.abc import Sequence
from types import TracebackType
from typing import Any

import pysqlite3 as sqlite3
from tortoise.backends.sqlite.client import SqliteClient
from tortoise.exceptions import IntegrityError, OperationalError

from server.database.sqlite_connection import current


class Joined:
    """Tortoise's own `in_transaction()` inside a verb: there is one already, so it joins that."""

    def __init__(self, client: Any) -> None:
        self.client = client

    async def __aenter__(self) -> Any:
        return self.client

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        return None


class Client(SqliteClient):
    """Runs each statement at once on this thread, on the running verb's connection."""

    async def create_connection(self, with_db: bool) -> None:
        return None

    async def close(self) -> None:
        return None

    def _in_transaction(self) -> Any:
        return Joined(self)

    async def execute_insert(self, query: str, values: list[Any]) -> int:
        return int(_execute(query, values).lastrowid or 0)

    async def execute_many(self, query: str, values: list[list[Any]]) -> None:
        current.get().executemany(query, values)

    async def execute_query(self, query: str, values: list[Any] | None = None) -> tuple[int, Sequence[Any]]:
        cursor = _execute(query, values)
        rows = cursor.fetchall()
        return max(cursor.rowcount, len(rows)), rows

    async def execute_query_dict(self, query: str, values: list[Any] | None = None) -> list[dict[str, Any]]:
        return [dict(row) for row in _execute(query, values).fetchall()]

    async def execute_script(self, query: str) -> None:
        for statement in filter(None, map(str.strip, query.split(";"))):
            _execute(statement, None)


def _execute(query: str, values: list[Any] | None) -> Any:
    try:
        return current.get().execute(query, values or ())
    except sqlite3.IntegrityError as error:
        raise IntegrityError(error) from error
    except sqlite3.OperationalError as error:
        raise OperationalError(error) from error


client_class = Client
