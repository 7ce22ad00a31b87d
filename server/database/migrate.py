"""Changes of the schema, guarded: a copy first, foreign keys off, checks and row counts after, one at a time.

Tortoise rebuilds a SQLite table to alter a column; with foreign keys on, dropping the old one empties every child that
cascades. So its migrations run only here.
"""

import shutil
from importlib import import_module
from pathlib import Path
from typing import Any

import asyncpg
import pysqlite3 as sqlite3
from tortoise import Tortoise
from tortoise.connection import get_connection
from tortoise.migrations.autodetector import MigrationAutodetector
from tortoise.migrations.executor import MigrationExecutor
from tortoise.migrations.writer import format_migration_name

from server.base.settings import Settings
from server.database import asyncpg_engine, sqlite_connection, verbs
from server.database.verbs import sqlite_path

_OURS = "server.migrations"
_APPLIED = "SELECT name FROM tortoise_migrations WHERE app = ?1"
_LOCK = 0x1A7E_51DE  # pg_advisory_lock's number for "the schema of Interlude"
APP = "server"
MODELS = [
    "server.accounts.models",
    "server.audit.models",
    "server.push.models",
    "server.records.models",
    "server.reminders.models",
    "server.safety.models",
    "server.reading_hours.models",
    "server.sharing.models",
]


def _names(migrations: str) -> frozenset[str]:
    """The names of the migrations in a package."""
    return frozenset(path.stem for path in Path(*import_module(migrations).__path__).glob("0*.py"))


_NAMES = _names(_OURS)  # now, for no file is read while requests are answered


class Damaged(Exception):
    """A migration would have lost rows; nothing was changed."""


class OldSchema(Exception):
    """The database lacks a migration of this version."""


async def migrate(settings: Settings, models: list[str] = MODELS, migrations: str = _OURS) -> list[str]:
    """Brings the database up to date, in one transaction; answers the names of the migrations that ran.

    Raises Damaged where rows would be lost or left without their parent; the database is then as it was.
    """
    if settings.is_sqlite:
        return await _on_sqlite(sqlite_path(settings), models, migrations)
    return await _on_postgres(settings.database_url, models, migrations)


@verbs.reading
async def require_present_schema() -> None:
    """Raises OldSchema where the open database lacks a migration."""
    try:
        rows = await verbs.fetch(_APPLIED, APP)
    except (asyncpg.UndefinedTableError, sqlite3.OperationalError):  # nothing was ever migrated here
        rows = []
    if missing := sorted(_NAMES - {row["name"] for row in rows}):
        raise OldSchema(f"the database lacks {', '.join(missing)}: run `python -m server migrate`")


async def _executor(models: list[str], migrations: str) -> MigrationExecutor:
    apps = {APP: {"models": models, "migrations": migrations, "default_connection": "default"}}
    return MigrationExecutor(get_connection("default"), apps)


async def _missing(models: list[str], migrations: str) -> list[str]:
    """The migrations that the present connection's database lacks."""
    return [step.migration.name for step in await (await _executor(models, migrations)).plan()]


async def _run(models: list[str], migrations: str) -> list[str]:
    """Runs what is missing on the present connection."""
    done: list[str] = []
    executor = await _executor(models, migrations)
    # Tortoise looks into its own table before it makes it, and on PostgreSQL that failure would end the transaction.
    await executor.recorder.ensure_schema(executor._schema_editor(atomic=False))
    await executor.migrate(None, progress=lambda event, _, name: done.append(name) if event == "apply_done" else None)
    return done


async def _prepared(models: list[str], migrations: str, is_sqlite: bool) -> None:
    await Tortoise.init(config=verbs.tortoise_config(models, migrations, is_sqlite), init_connections=False)


async def _on_sqlite(path: Path, models: list[str], migrations: str) -> list[str]:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    connection = sqlite_connection.connect(path)
    try:
        if _has_all(connection, migrations):
            sqlite_connection.copy_of(path).unlink(missing_ok=True)  # what the last migration made was opened since
            return []
        await _prepared(models, migrations, True)
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("BEGIN EXCLUSIVE")
        if not sqlite_connection.drive(lambda: _missing(models, migrations), connection):
            return []
        before = _row_counts(connection)
        if before:
            _keep_copy(path, sqlite_connection.copy_of(path))
        try:
            done = sqlite_connection.drive(lambda: _run(models, migrations), connection)
            _require_all(before, _row_counts(connection))
            if orphans := connection.execute("PRAGMA foreign_key_check").fetchall():
                raise Damaged(f"{len(orphans)} rows would point at nothing")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
        return list(done)
    finally:
        connection.close()
        await Tortoise.close_connections()


def _has_all(connection: Any, migrations: str) -> bool:
    """Whether nothing is missing, as on most starts; to say so Tortoise would have to make every table's model."""
    try:
        applied = {row["name"] for row in connection.execute(_APPLIED, (APP,))}
    except sqlite3.OperationalError:  # nothing was ever migrated here
        return False
    return _names(migrations) <= applied


def _keep_copy(path: Path, copy: Path) -> None:
    """A whole copy beside the database, made before anything changes (SQLite's own backup, so the WAL is in it)."""
    copy.unlink(missing_ok=True)
    source, target = sqlite_connection.connect(path), sqlite_connection.connect(copy)
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()
    shutil.copymode(path, copy)


def _row_counts(connection: Any) -> dict[str, int]:
    """How many rows every table holds."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return {row[0]: connection.execute(f'SELECT count(*) FROM "{row[0]}"').fetchone()[0] for row in names.fetchall()}


def _require_all(before: dict[str, int], after: dict[str, int]) -> None:
    """Raises Damaged where a table that is still there holds fewer rows than before."""
    lost = {name: count - after[name] for name, count in before.items() if after.get(name, count) < count}
    if lost:
        raise Damaged(f"rows would be lost: {lost}")


async def _on_postgres(url: str, models: list[str], migrations: str) -> list[str]:
    await _prepared(models, migrations, False)
    engine = await asyncpg_engine.Postgres.open(url, connections=1)

    async def verb() -> list[str]:
        connection = asyncpg_engine.current.get()
        await connection.execute("SELECT pg_advisory_xact_lock($1)", _LOCK)
        before = await _row_counts_on_postgres(connection)
        done = await _run(models, migrations)
        _require_all(before, await _row_counts_on_postgres(connection))
        return done

    try:
        done: list[str] = await engine.write(verb)
        return done
    finally:
        await engine.close()
        await Tortoise.close_connections()


async def _row_counts_on_postgres(connection: Any) -> dict[str, int]:
    rows = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
    return {row[0]: await connection.fetchval(f'SELECT count(*) FROM "{row[0]}"') for row in rows}


async def make_migrations(name: str, models: list[str] = MODELS) -> str:
    """Writes the migration that turns the last one's tables into the models' tables; answers its path, or nothing."""
    config = verbs.tortoise_config(models, _OURS, True)
    await Tortoise.init(config=config, init_connections=False)
    detector = MigrationAutodetector(Tortoise.apps, config["apps"])
    paths = []
    for writer in await detector.changes():
        writer.name = format_migration_name(int(writer.name.split("_", 1)[0]), name)
        paths.append(str(writer.write()))
    await Tortoise.close_connections()
    return "\n".join(paths)
