"""What a command shows of a promise: how many were tried, and a line for what came of them."""

import os

IS_RELEASE = os.environ.get("INTERLUDE_TEST_RELEASE") == "1"
LINES: list[str] = []  # what the summary at the end of the run shows


def size(small: int, release: int) -> int:
    """How many to try: the small column by default, the large one with `python -m tests … --release`."""
    return release if IS_RELEASE else small


def tell(line: str) -> None:
    """Shows `line` now (with pytest -s) and again at the end of the run."""
    print(line)
    LINES.append(line)
