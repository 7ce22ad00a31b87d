"""Shows what the faults came to at the end of the run, where pytest would have swallowed it."""

from typing import Any

from tests.faults.harness import LINES


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Every line that was told, in order."""
    if LINES:
        terminalreporter.section("broken on purpose")
        for line in LINES:
            terminalreporter.line(line)
