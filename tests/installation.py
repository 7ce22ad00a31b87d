"""An installation as an operator has it: started and stopped by hand, its tables changed behind its back."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import asyncpg
from starlette.applications import Starlette

from server.app import create_app
from server.base.settings import Settings
from server.database import service as database
from tests.conftest import ON_POSTGRES
from tests.people import Clock, Person


@asynccontextmanager
async def started(settings: Settings, clock: Clock) -> AsyncIterator[Starlette]:
    """An app on those settings, stopped at the end."""
    app = await asyncio.to_thread(create_app, settings, clock)
    async with app.router.lifespan_context(app):
        yield app


@asynccontextmanager
async def bare_database(folder: Path) -> AsyncIterator[str]:
    """The address of a database in which nothing was ever made."""
    if not ON_POSTGRES:
        yield f"sqlite:///{folder}/bare/database/interlude.db"
        return
    server, name = os.environ["INTERLUDE_TEST_DATABASE_URL"], f"interlude_{uuid4().hex}"
    connection = await asyncpg.connect(server)
    try:
        await connection.execute(f"CREATE DATABASE {name}")
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await connection.close()


def returned(app: Starlette, person: Person) -> Person:
    """The client of somebody who was signed in before the app was started again."""
    again = Person(app, person.clock)
    again.cookies = person.cookies
    again.id, again.email = person.id, person.email
    return again


@database.transaction
async def change_rows(sql: str, *values: Any) -> int:
    """Runs a statement of the test's own; answers how many rows it changed."""
    return await database.execute(sql, *values)


@database.reading
async def rows_of(sql: str, *values: Any) -> list[dict[str, Any]]:
    """The rows of a query of the test's own."""
    return [dict(row) for row in await database.fetch(sql, *values)]
