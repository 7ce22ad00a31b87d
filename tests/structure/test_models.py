"""What Tortoise takes amiss in a model: a semicolon in a comment, an index on a relation, a forgotten migration."""

import re
from inspect import getdoc
from pathlib import Path

import pytest
from tortoise import Tortoise
from tortoise.migrations.autodetector import MigrationAutodetector
from tortoise.migrations.operations import AlterModelOptions
from tortoise.models import Model

from server.database import service as database
from server.database.verbs import tortoise_config

CONFIG = tortoise_config(database.MODELS, "server.migrations", True)


@pytest.fixture
async def models() -> list[type[Model]]:
    await Tortoise.init(config=CONFIG, init_connections=False)
    assert Tortoise.apps
    return list(Tortoise.apps["server"].values())


async def test_no_table_comment_holds_a_semicolon(models: list[type[Model]]) -> None:
    comments = {
        f"{model.__name__}.{name}": text or ""
        for model in models
        for name, text in [
            ("docstring", getdoc(model)),
            ("table", model._meta.table_description),
            *((name, field.description) for name, field in model._meta.fields_map.items()),
        ]
    }

    assert len(comments) > 50
    assert [name for name, text in comments.items() if ";" in text] == []


async def test_every_index_names_columns(models: list[type[Model]]) -> None:
    named = [
        (model.__name__, name, model._meta.fields_db_projection)
        for model in models
        for fields in (*model._meta.indexes, *model._meta.unique_together)
        for name in getattr(fields, "fields", fields)
    ]

    assert len(named) > 10
    assert [(table, name) for table, name, columns in named if name not in columns] == []


async def test_the_migrations_make_the_tables_that_the_models_ask_for(models: list[type[Model]]) -> None:
    changes = await MigrationAutodetector(Tortoise.apps, CONFIG["apps"]).changes()

    # Options change no table, and Tortoise reads those of a key that is a relation differently from what it wrote.
    missing = [each for writer in changes for each in writer.operations if not isinstance(each, AlterModelOptions)]
    assert [operation.describe() for operation in missing] == []


def test_each_migration_follows_on_the_one_before():
    """Two that are made side by side would both run, in an order that is nobody's decision."""
    files = sorted((Path(__file__).parents[2] / "server" / "migrations").glob("0*.py"))

    follows = {path.stem: re.findall(r"\('server', '(\w+)'\)", path.read_text("utf-8"))[:1] for path in files}

    assert list(follows.values()) == [[], *([path.stem] for path in files[:-1])]
