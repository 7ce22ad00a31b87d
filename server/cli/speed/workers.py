"""One process and two over PostgreSQL: how many more requests two answer while nobody waits longer."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from server.cli.load.phase import Bounds, Phase, run
from server.cli.load.processes import CORES
from server.cli.load.workloads import DAYS, Lane, roster
from server.cli.speed.figures import Figures, Line, figures_of, gain_of
from server.cli.speed.lines import lanes_over
from server.cli.speed.places import count, place, running, seed
from server.cli.speed.report import Report

PROCESSES = (2, 1)
NAME = "processes"


@dataclass(frozen=True)
class Steps:
    """At how many connections both are asked, rising; `at`: the one whose p95 with one process is the measure."""

    connections: Sequence[int]
    at: int
    patients: int


async def stepped(
    steps: Steps, bounds: Bounds, rounds: int, folder: Path, cluster: int | None, report: Report
) -> None:  # fmt: skip
    """The mix of writes and reads on both, in turn, at each step. With two cores the servers share the client's."""
    patients = roster(steps.patients, DAYS)
    cores = CORES[:-1] if len(CORES) > max(PROCESSES) else CORES
    async with contextlib.AsyncExitStack() as stack:
        places = []
        for workers in PROCESSES:
            name = f"{workers} process{'es' if workers > 1 else ''}"
            opened = place("postgresql", folder, name, "server", workers=workers, cores=cores)
            places.append(await stack.enter_async_context(opened))
            await seed(places[-1], patients)
        figures: dict[int, list[Figures]] = {}
        with running(places) as processes:
            sides = [each.side(process, cluster, patients) for each, process in zip(places, processes, strict=True)]
            for connections in steps.connections:
                phases: list[list[Phase]] = [[] for _ in sides]
                for number in range(rounds):
                    for side, kept in zip(sides, phases, strict=True):
                        kept.append(await run(lanes_over(side, patients, connections, number), Lane.mixed, bounds))
                        report.blame(f"{side.name}, {NAME}", kept[-1])
                told = zip(sides, phases, strict=True)
                figures[connections] = [figures_of(f"{side.name}, {connections}", kept) for side, kept in told]
        for side, each in zip(sides, places, strict=True):
            await count(side, each, patients, report)
    two, one = ({many: sides[number] for many, sides in figures.items()} for number in (0, 1))
    report.gain = gain_of(two, one, steps.at, len(CORES))
    report.lines.append(Line(NAME, steps.at, [each for sides in figures.values() for each in sides]))
