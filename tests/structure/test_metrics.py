"""Every figure at /metrics has a row in the README, and no row tells of one that isn't there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MADE = re.compile(r"\b(Counter|Gauge|Histogram|GaugeMetricFamily)\(\s*\"([^\"]+)\", \"([^\"]+)\"")
IN_ROW = re.compile(r"`(interlude_[a-z_]+)")


def test_the_readme_has_a_row_for_every_figure_and_no_other() -> None:
    rows = [line for line in (ROOT / "README.md").read_text("utf-8").splitlines() if line.startswith("| `interlude_")]

    documented = [name for row in rows for name in IN_ROW.findall(row.split("|")[1])]

    assert len(documented) > 15
    assert sorted(documented) == sorted(made())


def test_every_row_says_what_is_normal() -> None:
    rows = [line for line in (ROOT / "README.md").read_text("utf-8").splitlines() if line.startswith("| `interlude_")]

    bare = [row for row in rows if len([cell for cell in row.strip("| ").split(" | ") if len(cell) > 5]) != 3]

    assert bare == []


def test_a_figure_is_named_for_this_program_and_its_unit() -> None:
    names = made()

    assert [name for name in names if not name.startswith("interlude_")] == []
    assert [name for name in names if re.search("_(ms|millis|minutes|ratio|percent)$", name)] == []


def made() -> list[str]:
    """The figures that the sources make, under the names by which they come out."""
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "server").rglob("*.py"))]
    found = [figure for text in texts for figure in MADE.findall(text)]
    return [f"{name}_total" if kind == "Counter" else name for kind, name, _ in found]
