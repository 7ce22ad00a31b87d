"""The README names every setting, and no other."""

import re
from pathlib import Path

from server.base.settings import NAMES

ROOT = Path(__file__).resolve().parents[2]
NAME = re.compile(r"`(INTERLUDE_[A-Z_]+)`")


def test_the_readme_has_a_row_for_every_setting_and_no_other():
    rows = [line for line in (ROOT / "README.md").read_text("utf-8").splitlines() if line.startswith("| `INTERLUDE_")]

    documented = [name for row in rows for name in NAME.findall(row.split("|")[1])]

    assert sorted(documented) == sorted(NAMES)


def test_no_source_reads_a_setting_that_the_readme_does_not_name():
    texts = [path.read_text("utf-8") for path in (ROOT / "server").rglob("*.py")]

    read = {name.removesuffix("_FILE") for text in texts for name in re.findall(r"\bINTERLUDE_[A-Z_]+[A-Z]\b", text)}

    assert {name for name in read - set(NAMES) if not name.startswith("INTERLUDE_TEST")} == set()
