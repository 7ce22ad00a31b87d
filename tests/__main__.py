"""Runs the tests: `python3 -m tests`, or the stages named, with further arguments for pytest."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
from contextlib import ExitStack

from server import bootstrap

bootstrap.ensure("tests", "runtime", "dev")

from tests import lock  # noqa: E402 — only here is there an environment that can run the rest
from tests.assets import ASSETS  # noqa: E402
from tests.chromium import NoChromium, chromium  # noqa: E402
from tests.memory import roomy_memory  # noqa: E402
from tests.postgres import NoPostgres, Postgres  # noqa: E402
from tests.stages import RELEASE, ROWS, STAGES, Outcome, Stage, chosen, run_row  # noqa: E402

DATABASE_URL = "INTERLUDE_TEST_DATABASE_URL"
CHROMIUM = "INTERLUDE_TEST_CHROMIUM"
_RELEASE = "--release"  # the large column of the faults


def main(arguments: list[str]) -> int:
    """Runs the stages that `arguments` name, all by default; 0 where every one passed."""
    if arguments[:1] in (["-h"], ["--help"]):
        print(usage())
        return 0
    if arguments[:1] == ["lock"]:
        return lock.main(arguments[1:])
    is_release = _RELEASE in arguments
    names, more = chosen([word for word in arguments if word != _RELEASE])
    rows = [[stage for stage in row if (stage.name in names if names else not stage.is_apart)] for row in ROWS]
    # What this machine has set for an installation of its own is no business of the tests.
    own = {k: v for k, v in os.environ.items() if not k.startswith("INTERLUDE_") or k.startswith("INTERLUDE_TEST_")}
    environment = {**own, "PYTHONUNBUFFERED": "1"} | ({RELEASE: "1"} if is_release else {})
    began = time.monotonic()
    outcomes: list[Outcome] = []
    with ExitStack() as held:
        environment[ASSETS] = held.enter_context(tempfile.TemporaryDirectory("", "interlude-assets-", roomy_memory()))
        for row in rows:
            ready, missing = _prepared(row, environment, held)
            outcomes += missing
            if ready:
                outcomes += run_row(ready, more, environment)
    print(summary_of(outcomes, time.monotonic() - began))
    return 1 if any(outcome.fault for outcome in outcomes) else 0


def _prepared(row: list[Stage], environment: dict[str, str], held: ExitStack) -> tuple[list[Stage], list[Outcome]]:
    """The stages that have what they need, noted in `environment`, and the others as failed."""
    ready, missing = [], []
    for stage in row:
        try:
            if "postgresql" in stage.needs and DATABASE_URL not in environment:
                environment[DATABASE_URL] = held.enter_context(Postgres()).url
            if "chromium" in stage.needs:
                environment[CHROMIUM] = chromium()
            ready.append(stage)
        except (NoPostgres, NoChromium) as fault:
            print(f"\n-- {stage.name}: {stage.about}\n{fault}", flush=True)
            missing.append(Outcome(stage, 0.0, str(fault).partition("\n")[0]))
    return ready, missing


def summary_of(outcomes: list[Outcome], seconds: float) -> str:
    """A line for each stage, and last what pytest counted over all of them."""
    number = f"{len(outcomes)} stage" + ("s" if len(outcomes) != 1 else "")
    lines = ["", f"== {number} in {seconds:.0f} s"]
    for outcome in outcomes:
        counted = ", ".join(f"{number} {kind}" for kind, number in outcome.counts.items())
        ended = (f"FAILED: {outcome.fault}" if outcome.fault else "passed") + (f" ({counted})" if counted else "")
        lines.append(f"{outcome.stage.name:<15} {outcome.seconds:6.1f} s  {ended}")
    total = {kind: sum(o.counts.get(kind, 0) for o in outcomes) for kind in ("passed", "failed", "skipped")}
    if any(total.values()):
        skipped = f", {total['skipped']} skipped" if total["skipped"] else ""
        lines.append(f"total: {total['passed']} passed, {total['failed']} failed{skipped}")
    return "\n".join(lines)


def usage() -> str:
    """The stages and how to name them."""
    listed = [f"  {stage.name:<15} {stage.about}{' (only where named)' if stage.is_apart else ''}" for stage in STAGES]
    return "\n".join(
        [
            "usage: python3 -m tests [stage …] [arguments for pytest]      (`api` names both databases)",
            "       python3 -m tests faults --release                      (each fault as often as before a release)",
            "       python3 -m tests lock [--upgrade]                      (writes requirements.lock anew)",
            "",
            *listed,
        ]
    )


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what is held is let go
    try:
        raise SystemExit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        raise SystemExit(130) from None
