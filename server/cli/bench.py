"""`python -m server bench`: how fast this is, beside the least it could cost, in the same run."""

import argparse
import asyncio
import json
import logging
import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import msgspec
import uvloop

from server.cli.load.phase import Bounds
from server.cli.load.processes import CORES, ROOT, NotReady, use_cores
from server.cli.speed.databases import NoDatabase
from server.cli.speed.durable import NAME as DURABLE
from server.cli.speed.lines import SPECS, chosen
from server.cli.speed.report import Found, Report
from server.cli.speed.run import Plan, has_tests, measure
from server.cli.speed.seed import Unlike
from server.cli.speed.table import table
from server.cli.speed.workers import NAME as PROCESSES
from server.cli.speed.workers import Steps

APART = ("dispatch", "push", "micro", "claims")
NAMES = (*(spec.name for spec in SPECS), PROCESSES, DURABLE, *APART)
_ONE_PROCESS = "SQLite is served by one process: two are measured on PostgreSQL"
_NEEDS_TESTS = "a checkout with tests/bench is needed for"


class _Size(msgspec.Struct, frozen=True):
    """How much a run does. `share`: of what the parts do in a full one."""

    patients: int
    rounds: int
    bounds: Bounds
    crowd: int
    steps: Steps
    share: float


_QUICK = _Size(50, 1, Bounds(0.5, 4_000, 0.1), 200, Steps((16,), 16, 50), 0.1)
_FULL = _Size(2_000, 5, Bounds(1.2, 40_000, 0.2), 10_000, Steps((8, 16, 32), 16, 200), 1.0)


def main(arguments: list[str]) -> int:
    """0 where every answer was right and every acknowledged row is there; else 1."""
    asked = _parser().parse_args(arguments)
    size = _QUICK if asked.quick else _FULL
    apart = [name for name in APART if _is_asked(name, asked.only)]
    spread = _is_asked(PROCESSES, asked.only) and asked.database == "postgresql"
    specs, durable = chosen(asked.only), _is_asked(DURABLE, asked.only)
    if refusal := _refusal(asked, bool(specs or apart or spread or durable)):
        print(f"interlude: {refusal}", file=sys.stderr)
        return 1
    logging.getLogger("interlude").setLevel(logging.ERROR)  # seeding has nothing to tell an operator
    plan = Plan(
        asked.database, specs, asked.patients or size.patients, asked.rounds or size.rounds, size.bounds,
        asked.compare, asked.crowd or size.crowd, size.steps if spread else None, durable,
    )  # fmt: skip
    say = partial(print, file=sys.stderr)
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            report = runner.run(measure(plan, say))
    except (NoDatabase, NotReady, Unlike) as refused:
        print(f"interlude: {refused}", file=sys.stderr)
        return 1
    for name in apart if has_tests() else ():
        _part(name, size.share, report)
        say(name)
    if asked.database == "sqlite" and _is_asked(PROCESSES, asked.only):
        report.notes.append(_ONE_PROCESS)
    if apart and not has_tests():
        report.notes.append(f"{_NEEDS_TESTS} {', '.join(apart)}")
    print(table(report))
    if asked.json:
        asked.json.write_text(json.dumps(report.document(), indent=1, ensure_ascii=False), "utf-8")
    return 1 if report.faults else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m server bench", description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite",
                        help="postgresql: the one that INTERLUDE_DATABASE_URL or INTERLUDE_TEST_DATABASE_URL names;"
                        " databases of its own are made there and dropped")  # fmt: skip
    parser.add_argument("--only", action="append", default=[], metavar="NAME",
                        help=f"a line or part, or the beginning of its name: {', '.join(NAMES)}")  # fmt: skip
    parser.add_argument("--quick", action="store_true", help="50 patients, short rounds: within a minute")
    parser.add_argument("--compare", action="store_true", help="also the same job written plainly with Tortoise")
    parser.add_argument("--patients", type=int, help="so many with 90 days each (2000)")
    parser.add_argument("--crowd", type=int, help="so many with 100 check-ins each, to see growth (10000)")
    parser.add_argument("--rounds", type=int, help="of each side of each line, in turn (5)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="writes all figures there")
    return parser


def _is_asked(name: str, only: Sequence[str]) -> bool:
    return not only or any(name.startswith(each) for each in only)


def _refusal(asked: argparse.Namespace, has_work: bool) -> str:
    """Why this run can't be what was asked for; empty where it can."""
    if not has_work:
        is_known = any(_is_asked(name, asked.only) for name in NAMES)
        return _ONE_PROCESS if is_known else f"--only takes {', '.join(NAMES)}"
    if asked.compare and not has_tests():
        return f"{_NEEDS_TESTS} --compare"
    return ""


def _part(name: str, share: float, report: Report) -> None:
    """A part that stands behind doors only tests may pass: a module of the tests, as a process of its own."""
    command = [sys.executable, "-m", f"tests.bench.{name}", str(share), report.database]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, preexec_fn=partial(use_cores, CORES)
    )
    if done.returncode:
        report.faults.append(f"{name}: {done.stderr.strip()[-300:]}")
    else:
        report.take(msgspec.json.decode(done.stdout, type=Found))
