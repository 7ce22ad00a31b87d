"""The bench for real, at its smallest: servers run, every answer is right, rows are counted, every part is told."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.faults.postgres import Mortal

ROOT = Path(__file__).resolve().parents[2]
BENCH = [sys.executable, "-m", "server", "bench", "--quick", "--patients", "20", "--crowd", "20"]


def told_by(folder: Path, only: str, *more: str, **environment: str) -> tuple[str, dict[str, Any]]:
    """The table and the JSON of a small run of the lines and parts that `only` names; one without a fault."""
    named = [word for name in only.split() for word in ("--only", name)]
    command = [*BENCH, *named, *more, "--json", str(folder / "told.json")]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, env=os.environ | environment)

    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads((folder / "told.json").read_text("utf-8"))
    assert told["faults"] == []
    return done.stdout, told


def assert_measured(told: dict[str, Any], line: dict[str, Any]) -> None:
    """Every figure of a line is there, and every request of it was acknowledged."""
    for side in line["sides"]:
        assert side["requests"] > 0
        assert 0 < side["p50_ms"] <= side["p95_ms"] <= side["p99_ms"]
        assert all(side[name] > 0 for name in ("cpu_ms", "per_second", "sent_bytes", "received_bytes", "rss_mb"))
        if "write" in line["name"]:
            assert told["acknowledged"][side["side"]] >= side["requests"]


def test_a_small_run_is_without_faults_and_tells_every_figure(tmp_path: Path) -> None:
    table, told = told_by(tmp_path, "single-write-16 growth-write-many dispatch push")

    assert "one write, 16 at once" in table
    assert (told["database"], told["patients"], told["days"]) == ("sqlite", 20, 90)
    line, growth = told["lines"]
    assert (line["name"], growth["name"]) == ("single-write-16", "growth-write-many")
    assert [side["side"] for side in line["sides"]] == ["server", "floor"]
    assert [side["side"] for side in growth["sides"]] == ["2,000 records", "1,600 records"]
    for each in (line, growth):
        assert each["ratio"] > 0
        assert_measured(told, each)
    assert [start["side"] for start in told["starts"]] == ["server", "floor"]
    assert told["size_mb"]["server"] > 0
    errands = ["a reminder, whole", "a reminder, one push a day", "a push, whole"]
    assert [each["name"] for each in told["errands"]][:3] == errands
    assert all(each["cpu_ms"] > 0 and each["per_second"] > 0 for each in told["errands"])
    assert "≤ 1.5" in table


def test_two_processes_stand_beside_one_over_one_postgresql(tmp_path: Path, postgres: Mortal) -> None:
    table, told = told_by(tmp_path, "processes", "--database=postgresql", INTERLUDE_TEST_DATABASE_URL=postgres.url)

    (line,) = told["lines"]
    assert [side["side"] for side in line["sides"]] == ["2 processes, 16", "1 process, 16"]
    assert_measured(told, line)
    assert told["acknowledged"].keys() == {"2 processes", "1 process"}
    assert told["gain"]["cpu"] > 0
    assert "≥ 1.7" in table


def test_a_postgresql_that_is_not_named_is_asked_for():
    command = [sys.executable, "-m", "server", "bench", "--database", "postgresql", "--quick"]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, env={"PATH": "/usr/bin:/bin"})

    assert done.returncode == 1
    assert done.stderr.startswith("interlude: name a PostgreSQL")
