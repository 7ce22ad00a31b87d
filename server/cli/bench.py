"""`python -m server bench`: how fast this is, beside the least it could cost, in the same run."""

import argparse
import asyncio
import json
import logging
import subprocess
import sys
from pathlib import Path

import msgspec
import uvloop

from server.cli.load.phase import Bounds
from server.cli.load.processes import ROOT, NotReady
from server.cli.speed.databases import NoDatabase
from server.cli.speed.lines import SPECS, chosen
from server.cli.speed.report import Micro, Report, table
from server.cli.speed.run import Plan, has_plain, measure
from server.cli.speed.seed import Unlike

_QUICK = Bounds(0.9, 4_000, 0.1)
_FULL = Bounds(5.0, 40_000, 0.5)


def main(arguments: list[str]) -> int:
    """0 where every answer was right and every acknowledged row is there; else 1."""
    asked = _parser().parse_args(arguments)
    specs = chosen(asked.only)
    if not specs and "micro" not in asked.only:
        print(f"interlude: --only takes {', '.join(spec.name for spec in SPECS)}, micro", file=sys.stderr)
        return 1
    if asked.compare and not has_plain():
        print("interlude: --compare needs a checkout with tests/bench", file=sys.stderr)
        return 1
    logging.getLogger("interlude").setLevel(logging.ERROR)  # seeding has nothing to tell an operator
    patients, rounds, bounds = (50, 1, _QUICK) if asked.quick else (2000, 3, _FULL)
    plan = Plan(asked.database, specs, asked.patients or patients, asked.rounds or rounds, bounds, asked.compare)
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            report = runner.run(measure(plan, lambda text: print(text, file=sys.stderr)))
    except (NoDatabase, NotReady, Unlike) as refusal:
        print(f"interlude: {refusal}", file=sys.stderr)
        return 1
    if has_plain() and (not asked.only or "micro" in asked.only):
        report.micro = _micro(asked.quick, report)
    print(table(report))
    if asked.json:
        asked.json.write_text(json.dumps(report.document(), indent=1, ensure_ascii=False), "utf-8")
    return 1 if report.faults else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m server bench", description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite",
                        help="postgresql: the one that INTERLUDE_DATABASE_URL or INTERLUDE_TEST_DATABASE_URL names;"
                        " databases of its own are made there and dropped")  # fmt: skip
    names = ", ".join(spec.name for spec in SPECS)
    parser.add_argument("--only", action="append", default=[], metavar="NAME",
                        help=f"a line, or the beginning of its name: {names}, micro")  # fmt: skip
    parser.add_argument("--quick", action="store_true", help="50 patients, short rounds: within a minute")
    parser.add_argument("--compare", action="store_true", help="also the same job written plainly with Tortoise")
    parser.add_argument("--patients", type=int, help="so many with 90 days each (2000)")
    parser.add_argument("--rounds", type=int, help="of each side of each line, in turn (3)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="writes all figures there")
    return parser


def _micro(quick: bool, report: Report) -> list[Micro]:
    """The pieces alone. They stand behind doors that only tests may pass, so a module of the tests measures them."""
    command = [sys.executable, "-m", "tests.bench.micro", "0.1" if quick else "1", report.database]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        report.faults.append(f"micro: {done.stderr.strip()[-300:]}")
        return []
    return msgspec.json.decode(done.stdout, type=list[Micro])
