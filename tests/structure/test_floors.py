"""The floors of the house, and that every import of the server goes down, through a door."""

import ast
import sys
from pathlib import Path

import pytest

from tests.structure.arrows import faults_in, sources_in

SERVER = Path(__file__).resolve().parents[2] / "server"

# From the top down. A folder knows only floors below its own; what shares a floor does not know each other.
FLOORS = (
    ("__main__",),
    ("bootstrap",),
    ("installed",),
    ("cli",),
    ("app",),
    ("jobs", "assets", "health"),
    ("sharing",),
    ("export",),
    ("summaries", "reminders"),
    ("safety", "prompts"),
    ("measures",),
    ("journal", "treatment", "push", "reading_hours", "silence"),
    ("records",),
    ("merging",),
    ("accounts",),
    ("vault", "audit", "mail"),
    ("database",),
    ("base",),
)

# A small house without a fault; each case below changes one of its files.
SOUND = {
    "server": "",
    "server.app": "from server.journal import routes as journal_routes",
    "server.base.clock": "import datetime",
    "server.database.service": "from server.base import clock",
    "server.accounts.service": "from server.database import service as database",
    "server.accounts.guard": "from server.accounts import service",
    "server.records.service": "from server.accounts import service as accounts",
    "server.journal.routes": "from server.accounts import guard\nfrom server.journal import service",
    "server.journal.service": (
        "from server.journal import models\nfrom server.journal.rules import check\n"
        "from server.records import service as records"
    ),
    "server.journal.models": "from tortoise import fields",
    "server.journal.rules": "from server.base.clock import zone_of",
    "server.records.models": "",
    "server.treatment.service": "from server.records import service as records",
}


def test_every_import_goes_down_a_floor_and_through_a_door():
    sources = sources_in(SERVER)

    faults = faults_in(sources, FLOORS)

    assert len(sources) > 30
    assert not faults, "\n".join(faults)


def test_a_sound_house_has_no_fault():
    assert faults_in(SOUND, FLOORS) == []


@pytest.mark.parametrize(
    ("module", "text", "complaint"),
    [
        ("server.records.service", "from server.journal import service as journal", "higher floor"),
        ("server.records.service", "import server.journal.service", "higher floor"),
        ("server.treatment.service", "from server.journal import service as journal", "neighbour on the same floor"),
        ("server.journal.service", "from server.records import models", "the door of records"),
        ("server.journal.service", "from server.records.service import push_changes", "not as `from server.records"),
        ("server.journal.service", "from server.records import service", "not as `from server.records"),
        ("server.journal.service", "from server.accounts import guard", "the guard is for routes"),
        ("server.journal.rules", "from server.records import service as records", "rules know base alone"),
        ("server.journal.rules", "from server.journal import models", "models stands to the left of rules"),
        ("server.journal.models", "from . import service", "service stands to the left of models"),
        ("server.journal.models", "from .service import between", "service stands to the left of models"),
        ("server.journal.service", "from server.journal.routes import routes", "app alone imports routes"),
        ("server.journal.service", "def f():\n    from server.records import service as records", "inside a function"),
        ("server.journal.service", "async def f():\n    import server.base.clock", "inside a function"),
        ("server.base.clock", "from server.base import ids\n", "a circle: server.base.clock -> server.base.ids"),
        ("server.astrology.service", "", "server.astrology stands on no floor"),
    ],
)
def test_a_wrong_import_is_named(module, text, complaint):
    sources = {**SOUND, "server.base.ids": "from server.base import clock", module: text}

    faults = faults_in(sources, FLOORS)

    assert any(complaint in fault and module.rpartition(".")[0] in fault for fault in faults), faults


def test_a_longer_circle_is_named_once():
    chain = {f"server.base.{here}": f"from server.base import {there}" for here, there in ("ab", "bc", "ca")}

    faults = faults_in(chain, FLOORS)

    assert faults == ["a circle: server.base.a -> server.base.b -> server.base.c -> server.base.a"]


def test_what_runs_before_the_environment_exists_needs_python_alone():
    for name in ("__init__", "__main__", "bootstrap", "installed"):
        tree = ast.parse((SERVER / f"{name}.py").read_text("utf-8"))
        named = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        named |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

        strange = {word for word in named if word.partition(".")[0] not in {*sys.stdlib_module_names, "server"}}

        assert not strange, f"{name}.py imports {strange}"
        assert {word for word in named if word.startswith("server.")} <= {"server.installed", "server.bootstrap"}


def test_a_package_says_what_it_owns_and_nothing_else():
    for path in sorted(SERVER.rglob("__init__.py")):
        tree = ast.parse(path.read_text("utf-8"))

        if "migrations" not in path.parts:
            assert ast.get_docstring(tree), f"{path} has no docstring"
            assert len(tree.body) == 1, f"{path} holds more than a docstring"
