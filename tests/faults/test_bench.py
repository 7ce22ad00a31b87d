"""The bench for real, at its smallest: servers run, every answer is right, rows are counted."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_a_small_run_is_without_faults_and_tells_every_figure(tmp_path):
    command = [sys.executable, "-m", "server", "bench", "--quick", "--only", "single-write-16", "--patients", "20"]

    done = subprocess.run(
        [*command, "--json", str(tmp_path / "told.json")], cwd=ROOT, capture_output=True, text=True, timeout=120
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "one write, 16 at once" in done.stdout
    told = json.loads((tmp_path / "told.json").read_text("utf-8"))
    assert told["faults"] == []
    assert (told["database"], told["patients"], told["days"]) == ("sqlite", 20, 90)
    (line,) = told["lines"]
    assert line["name"] == "single-write-16"
    assert line["ratio"] > 0
    assert [side["side"] for side in line["sides"]] == ["server", "floor"]
    for side in line["sides"]:
        assert side["requests"] > 0
        assert 0 < side["p50_ms"] <= side["p95_ms"] <= side["p99_ms"]
        assert all(side[name] > 0 for name in ("cpu_ms", "per_second", "sent_bytes", "received_bytes", "rss_mb"))
        assert told["acknowledged"][side["side"]] >= side["requests"]
    assert [start["side"] for start in told["starts"]] == ["server", "floor"]
    assert told["size_mb"]["server"] > 0


def test_a_postgresql_that_is_not_named_is_asked_for():
    command = [sys.executable, "-m", "server", "bench", "--database", "postgresql", "--quick"]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, env={"PATH": "/usr/bin:/bin"})

    assert done.returncode == 1
    assert done.stderr.startswith("interlude: name a PostgreSQL")
