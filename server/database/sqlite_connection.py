"""One SQLite connection with everything set that keeps what was acknowledged, and the way a verb runs on it.

Source of the pragmas: SQLite's documentation of WAL and synchronous=FULL, and this project's own power-cut trials.
"""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import pysqlite3 as sqlite3

from server.database.rules import problem_of

Verb = Callable[[], Awaitable[Any]]

OLDEST = (3, 51, 3)  # earlier versions can lose an acknowledged commit (the WAL-reset bug)
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "secure_delete": 1,
    "foreign_keys": 1,
    "busy_timeout": 5000,
    "trusted_schema": 0,
}

_ALONE = "a verb may await nothing but the database"

current: ContextVar[Any] = ContextVar("sqlite_connection")


class Unsuitable(Exception):
    """This SQLite, or this file, can't keep what the product promises."""


def copy_of(path: Path) -> Path:
    """Where the copy of a database stands that is made before it is migrated."""
    return path.with_suffix(".before-migration.db")


def connect(path: Path) -> Any:
    """A connection to the file `path` with every pragma set and read back. Raises Unsuitable where one didn't hold."""
    if sqlite3.sqlite_version_info < OLDEST:
        raise Unsuitable(f"SQLite {sqlite3.sqlite_version} can lose commits; 3.51.3 or newer is needed")
    try:
        connection = sqlite3.connect(str(path), isolation_level=None, check_same_thread=False, cached_statements=512)
        connection.execute("PRAGMA schema_version")
    except sqlite3.DatabaseError as error:
        raise Unsuitable(f"{path} can't be opened: {error}") from None
    connection.row_factory = sqlite3.Row
    for name, value in PRAGMAS.items():
        connection.execute(f"PRAGMA {name}={value}")
        held = connection.execute(f"PRAGMA {name}").fetchone()[0]
        if held != value:
            raise Unsuitable(f"SQLite keeps {name}={held} where {value} is needed ({path})")
    connection.execute("PRAGMA journal_size_limit=16777216")
    return connection


@contextmanager
def as_problems() -> Iterator[None]:
    """Raises what SQLite refuses for want of space or of the file as the problem that it is."""
    try:
        yield
    except sqlite3.Error as error:
        raise problem_of(str(error)) or error from error


def drive(verb: Verb, connection: Any) -> Any:
    """Runs `verb` to its end on this thread. Every await in it is the database, which never suspends here."""
    current.set(connection)
    steps = verb().__await__()
    try:
        next(steps)
    except StopIteration as end:
        return end.value
    except RuntimeError as error:
        if "event loop" in str(error):  # what asyncio says of a thread that has none
            raise RuntimeError(_ALONE) from error
        raise
    steps.close()
    raise RuntimeError(_ALONE)
