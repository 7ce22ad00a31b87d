"""A made-up package with a parent, children that cascade, and migrations; each run of it is a process of its own."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

_MODELS = """
from tortoise import fields
from tortoise.models import Model

class Clinic(Model):
    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=200)
    class Meta:
        app = "server"
        table = "clinic"

class Visit(Model):
    id = fields.IntField(primary_key=True)
    clinic = fields.ForeignKeyField("server.Clinic", related_name=False, on_delete=fields.CASCADE)
    class Meta:
        app = "server"
        table = "visit"
"""
_FIRST = """
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

class Migration(migrations.Migration):
    initial = True
    operations = [
        ops.CreateModel(
            name="Clinic",
            fields=[
                ("id", fields.IntField(primary_key=True, generated=True)),
                ("name", fields.CharField(max_length=10)),
            ],
            options={"table": "clinic", "app": "server", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Visit",
            fields=[
                ("id", fields.IntField(primary_key=True, generated=True)),
                ("clinic", fields.ForeignKeyField("server.Clinic", source_field="clinic_id", db_constraint=True,
                    to_field="id", related_name=False, on_delete=OnDelete.CASCADE)),
            ],
            options={"table": "visit", "app": "server", "pk_attr": "id"},
            bases=["Model"],
        ),
    ]
"""
_FURTHER = """
from tortoise import fields, migrations
from tortoise.migrations import operations as ops

class Migration(migrations.Migration):
    dependencies = [("server", "{0}")]
    operations = [{1}]
"""
WIDER = 'ops.AlterField(model_name="Clinic", name="name", field=fields.CharField(max_length=200))'
ROWS = (
    "INSERT INTO clinic (id, name) VALUES (1, 'harbour'), (2, 'meadow')",
    "INSERT INTO visit (id, clinic_id) VALUES (1, 1), (2, 1), (3, 2)",
)

_OURS = """
import asyncio, sys
from pathlib import Path
from server.base.settings import Settings
from server.database import service as database
settings = Settings(data_dir=Path(sys.argv[2]), database_url=sys.argv[1], origin="http://localhost:8000")
try:
    print(*asyncio.run(database.migrate(settings, ["made_up.models"], "made_up.migrations")))
except database.Damaged as refusal:
    print("damaged:", refusal)
"""
_PLAIN = """
import asyncio, sys
from tortoise import Tortoise
from tortoise.connection import get_connection
from tortoise.migrations.executor import MigrationExecutor
app = {"models": ["made_up.models"], "migrations": "made_up.migrations", "default_connection": "default"}

async def main():
    url = "sqlite://" + sys.argv[1].removeprefix("sqlite:///")
    await Tortoise.init(config={"connections": {"default": url}, "apps": {"server": app}})
    await MigrationExecutor(get_connection("default"), {"server": app}).migrate(None)
    await Tortoise.close_connections()

asyncio.run(main())
"""


@dataclass(frozen=True)
class MadeUp:
    """The package in a folder of its own, and the database at `url` that it is for."""

    folder: Path
    url: str

    @property
    def migrations(self) -> Path:
        return self.folder / "made_up" / "migrations"

    def write(self) -> None:
        """Writes the package with its first migration."""
        self.migrations.mkdir(parents=True)
        (self.migrations.parent / "__init__.py").write_text("")
        (self.migrations.parent / "models.py").write_text(_MODELS)
        (self.migrations / "__init__.py").write_text("")
        (self.migrations / "0001_initial.py").write_text(_FIRST)

    def add(self, name: str, *operations: str) -> None:
        """Adds a migration of those operations."""
        last = max(path.stem for path in self.migrations.glob("0*.py"))
        file = self.migrations / f"{int(last[:4]) + 1:04}_{name}.py"
        file.write_text(_FURTHER.format(last, ", ".join(operations)))

    def migrate(self) -> str:
        """Runs our migrate; answers what it printed, or the last line of what it failed with."""
        return self._run(_OURS)

    def migrate_plainly(self) -> str:
        """Runs Tortoise's own executor, as a project without our guard would."""
        return self._run(_PLAIN)

    def _run(self, program: str) -> str:
        paths = os.pathsep.join((str(self.folder), str(ROOT)))
        done = subprocess.run(
            [sys.executable, "-c", program, self.url, str(self.folder)],
            env={**os.environ, "PYTHONPATH": paths},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout.strip() if done.returncode == 0 else done.stderr.strip().rpartition("\n")[2]
