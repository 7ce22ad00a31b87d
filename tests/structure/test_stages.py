"""The run of the tests itself: which stages words choose, and when a stage counts as failed."""

import re
from pathlib import Path

import pytest

from tests.stages import LIMIT_S, RELEASE_LIMIT_S, ROWS, STAGES, Stage, chosen, counts_in, fault_of, run_row

ROOT = Path(__file__).resolve().parents[2]
PYTEST = Stage("rules", "pure rules", ("pytest", "tests/rules"))


@pytest.mark.parametrize(
    ("words", "names", "rest"),
    [
        ([], [], []),
        (["api"], ["api-sqlite", "api-postgresql"], []),
        (["faults", "rules"], ["faults", "faults-alone", "rules"], []),
        (["api-sqlite", "rules", "-k", "merge"], ["api-sqlite", "rules"], ["-k", "merge"]),
        (["-x", "rules"], [], ["-x", "rules"]),
    ],
)
def test_leading_words_choose_stages_and_the_rest_is_for_pytest(words, names, rest):
    assert chosen(words) == (names, rest)


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("12 passed in 0.3s", {"passed": 12}),
        ("== 1 failed, 2 passed, 3 skipped, 1 error in 4.0s ==", {"failed": 2, "passed": 2, "skipped": 3}),
        ("no tests ran in 0.01s", {}),
    ],
)
def test_a_closing_line_is_counted(line, counts):
    assert counts_in(line) == counts


def test_a_stage_without_a_test_fails_unless_somebody_picked_tests_by_name():
    assert fault_of(PYTEST, 5, 1.0, []) == "has no test"
    assert fault_of(PYTEST, 5, 1.0, ["-k", "merge"]) is None


def test_a_stage_that_failed_or_hung_says_how():
    assert fault_of(PYTEST, 0, 1.0, []) is None
    assert fault_of(PYTEST, 1, 1.0, []) == "exit code 1"
    assert fault_of(PYTEST, -9, LIMIT_S + 1.0, []) == f"stopped after {LIMIT_S} s"
    assert fault_of(PYTEST, 1, LIMIT_S + 1.0, [], RELEASE_LIMIT_S) == "exit code 1"


def test_a_failing_stage_does_not_hide_its_neighbour(capsys):
    row = [Stage("one", "fails", ("timeit", "-n1", "-r1", "1/0")), Stage("two", "works", ("timeit", "-n1", "-r1", "1"))]

    outcomes = run_row(row, [], {"PATH": ""})

    assert [(outcome.stage.name, outcome.fault) for outcome in outcomes] == [("one", "exit code 1"), ("two", None)]
    assert "ZeroDivisionError" in capsys.readouterr().out


def test_every_folder_of_tests_is_run_by_a_stage():
    folders = {path.parent.name for path in (ROOT / "tests").rglob("test_*.py")}

    run = {Path(stage.command[1]).name for stage in STAGES if stage.is_pytest}

    assert folders <= run
    assert sum(len(row) for row in ROWS) == len({stage.name for stage in STAGES})


def test_no_test_is_skipped_or_expected_to_fail():
    marks = re.compile(r"mark\.(skip|xfail)|pytest\.(skip|xfail|importorskip)\(")
    texts = {path: path.read_text("utf-8") for path in (ROOT / "tests").rglob("*.py") if path != Path(__file__)}

    assert [str(path) for path, text in texts.items() if marks.search(text)] == []
