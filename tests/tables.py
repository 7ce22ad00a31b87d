"""Every table of the open database, whole: where a test looks for what must not be there."""

from collections.abc import Mapping
from typing import Any

from server.database import service as database


@database.reading
async def everything() -> dict[str, list[Mapping[str, Any]]]:
    """All rows of every table by the table's name; on PostgreSQL those of the keyring's schema too."""
    if database.is_sqlite():
        sql = "SELECT name FROM sqlite_master WHERE type = 'table'"
    else:
        sql = (
            "SELECT table_schema || '.' || table_name AS name FROM information_schema.tables"
            " WHERE table_schema NOT IN ('pg_catalog', 'information_schema')"
        )
    names = [row["name"] for row in await database.fetch(sql)]
    return {name: [dict(row) for row in await database.fetch(f"SELECT * FROM {name}")] for name in names}


async def tables_that_name(account_id: str) -> set[str]:
    """The tables, without their schema, with a row in which `account_id` stands."""
    return {
        name.rpartition(".")[2]
        for name, rows in (await everything()).items()
        if any(str(value) == account_id for row in rows for value in row.values())
    }
