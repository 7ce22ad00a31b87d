"""The door: opening and migrating the database, verbs as transactions, and our own SQL inside them."""

import asyncpg
import pysqlite3 as sqlite3
from tortoise.exceptions import IntegrityError as Conflict

from server.database import asyncpg_engine, sqlite_connection
from server.database.asyncpg_connections import Connections
from server.database.asyncpg_engine import patiently
from server.database.migrate import MODELS, Damaged, OldSchema, make_migrations, migrate, require_present_schema
from server.database.rules import postgres_text
from server.database.sqlite_connection import as_problems
from server.database.sqlite_connection import connect as connect_sqlite
from server.database.table import Table
from server.database.verbs import (
    checkpoint,
    close,
    execute,
    execute_many,
    fetch,
    fetch_one,
    for_share,
    for_update,
    glance,
    is_any,
    is_sqlite,
    many,
    open_database,
    reading,
    skip_locked,
    sqlite_path,
    statements,
    transaction,
)

__all__ = [
    "MODELS", "Clash", "Conflict", "Connections", "Damaged", "OldSchema", "Table", "Unsuitable", "as_problems",
    "checkpoint", "close", "connect_sqlite", "execute", "execute_many", "fetch", "fetch_one", "for_share", "for_update",
    "glance", "is_any", "is_sqlite", "make_migrations", "many", "migrate", "open_database", "patiently",
    "postgres_text", "reading", "require_present_schema", "skip_locked", "sqlite_path", "statements", "transaction",
]  # fmt: skip

Clash = (asyncpg.UniqueViolationError, sqlite3.IntegrityError)  # what our own SQL meets where a row is there already
Unsuitable = (sqlite_connection.Unsuitable, asyncpg_engine.Unsuitable)
