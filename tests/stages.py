"""The stages of a run: what each is called, what it runs and what has to be there for it."""

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Timer

from tests.memory import roomy_memory

ROOT = Path(__file__).resolve().parent.parent
LIMIT_S = 1800
RELEASE = "INTERLUDE_TEST_RELEASE"
RELEASE_LIMIT_S = 12 * 3600
_COUNTED = re.compile(r"(\d+) (passed|failed|errors?|skipped)\b")
_NOTHING_COLLECTED = 5  # pytest's exit code


@dataclass(frozen=True)
class Stage:
    """One command. `needs` names what the run must have at hand: "postgresql", "chromium".

    One that `is_apart` runs only where it is named: it makes something to look at, or measures the machine as well.
    What one that is `in_memory` writes lies there, where the machine has room.
    """

    name: str
    about: str
    command: tuple[str, ...]
    settings: Mapping[str, str] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    is_apart: bool = False
    in_memory: bool = False

    @property
    def is_pytest(self) -> bool:
        """Whether further arguments of the command line are for it."""
        return self.command[0] == "pytest"


@dataclass(frozen=True)
class Outcome:
    """How a stage ended. `fault` is None where it passed; `counts` are pytest's own."""

    stage: Stage
    seconds: float
    fault: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)


def _tests(
    name: str, about: str, folder: str, *needs: str, how: tuple[str, ...] = (), in_memory: bool = False, **settings: str
) -> Stage:
    return Stage(name, about, ("pytest", f"tests/{folder}", "-q", *how), settings, needs, in_memory=in_memory)


# In order, quick first; the stages of one row run at the same time.
ROWS: tuple[tuple[Stage, ...], ...] = (
    (Stage("lint", "ruff", ("ruff", "check", "server", "tests")),),
    (
        Stage("types", "mypy --strict", ("mypy",)),
        Stage("script-types", "tsc --checkJs", ("tests.typescript",)),
        _tests("structure", "floors, sizes, routes, settings", "structure"),
        _tests("rules", "pure rules", "rules"),
    ),
    (
        _tests("api-sqlite", "the API on SQLite", "api", in_memory=True, INTERLUDE_TEST_DATABASE="sqlite"),
        _tests(
            "api-postgresql",
            "the API on PostgreSQL",
            "api",
            "postgresql",
            how=("-n2",),  # it takes twice as long as its neighbour
            in_memory=True,
            INTERLUDE_TEST_DATABASE="postgresql",
        ),
    ),
    # A fault waits more than it works, and so does a journey: two at a time, each half of them in order, so that what
    # a file of tests sets up stands once.
    (
        _tests(
            "faults",
            "kill -9, a full disk, a database that is gone",
            "faults",
            "postgresql",
            how=("-n2", "--dist=worksteal", "-m", "not alone"),
        ),
    ),
    (_tests("faults-alone", "slow clients and what measures", "faults", "postgresql", how=("-m", "alone")),),
    (_tests("browser", "journeys in Chromium", "browser", "chromium", how=("-n2", "-m", "not alone"), in_memory=True),),
    (_tests("browser-alone", "what is measured in Chromium", "browser", "chromium", how=("-m", "alone")),),
    (Stage("screenshots", "pictures of every screen", ("tests.screenshots",), {}, ("chromium",), is_apart=True),),
    (
        Stage(
            "manifest-pictures",
            "pictures the manifests name",
            ("tests.manifest_pictures",),
            {},
            ("chromium",),
            is_apart=True,
        ),
    ),
    (Stage("lighthouse", "a first load, by Lighthouse", ("tests.lighthouse",), {}, ("chromium",), is_apart=True),),
)
STAGES = tuple(stage for row in ROWS for stage in row)


def chosen(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """The names of the stages that the leading `words` name ("api" names both), and the words left for pytest."""
    names: list[str] = []
    for number, word in enumerate(words):
        named = [stage.name for stage in STAGES if word in (stage.name, stage.name.partition("-")[0])]
        if not named:
            return names, list(words[number:])
        names += named
    return names, []


def run_row(row: Sequence[Stage], more: Sequence[str], environment: Mapping[str, str]) -> list[Outcome]:
    """Runs the stages of `row` at the same time, prints what each says in one piece, and answers how they ended.

    `more` goes to pytest. The first stage is shown as it goes, the others once they have ended.
    """
    with ThreadPoolExecutor(len(row)) as threads:
        begun = [threads.submit(_run, stage, more, environment, stage is row[0]) for stage in row]
        outcomes = []
        for number, (outcome, said) in enumerate(future.result() for future in begun):
            if number:
                print(f"\n-- {outcome.stage.name}: {outcome.stage.about}\n{said}", end="", flush=True)
            outcomes.append(outcome)
    return outcomes


def _run(stage: Stage, more: Sequence[str], environment: Mapping[str, str], shown: bool) -> tuple[Outcome, str]:
    """How `stage` ended and all that it said."""
    began, limit_s = time.monotonic(), RELEASE_LIMIT_S if RELEASE in environment else LIMIT_S
    if shown:
        print(f"\n-- {stage.name}: {stage.about}", flush=True)
    said: list[str] = []
    with (
        tempfile.TemporaryDirectory(prefix="interlude-", dir=roomy_memory() if stage.in_memory else None) as scratch,
        subprocess.Popen(
            [sys.executable, "-m", *stage.command, *(more if stage.is_pytest else ())],
            cwd=ROOT,
            env={**environment, **stage.settings, "TMPDIR": scratch},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as process,
    ):
        limit = Timer(limit_s, process.kill)
        limit.start()
        for line in process.stdout or ():
            said.append(line)
            if shown:
                print(line, end="", flush=True)
        status = process.wait()
        limit.cancel()
    seconds = time.monotonic() - began
    counts = counts_in(said[-1]) if stage.is_pytest and said else {}
    return Outcome(stage, seconds, fault_of(stage, status, seconds, more, limit_s), counts), "".join(said)


def fault_of(stage: Stage, status: int, seconds: float, more: Sequence[str], limit_s: float = LIMIT_S) -> str | None:
    """Why a stage that ended with `status` after `seconds` failed, None where it passed."""
    if status == 0 or (status == _NOTHING_COLLECTED and stage.is_pytest and more):
        return None  # where a person picks tests by name, some stages have none of them
    if seconds >= limit_s:
        return f"stopped after {limit_s} s"
    if status == _NOTHING_COLLECTED and stage.is_pytest:
        return "has no test"
    return f"exit code {status}"


def counts_in(closing_line: str) -> dict[str, int]:
    """What pytest's closing line counts, as {"passed": 12, "failed": 1}; errors count as failed."""
    counts: dict[str, int] = {}
    for number, kind in _COUNTED.findall(closing_line):
        kind = "failed" if kind.startswith("error") else kind
        counts[kind] = counts.get(kind, 0) + int(number)
    return counts
