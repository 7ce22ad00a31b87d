"""A run: databases seeded alike, servers measured in turn, every answer checked, rows counted at the end."""

import contextlib
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from server.cli.load.phase import Bounds, Phase, run, store_batches, visit
from server.cli.load.processes import ROOT, pin_client
from server.cli.load.workloads import BATCH, DAYS, Patient, Side, roster
from server.cli.speed import databases
from server.cli.speed.durable import NAME as DURABLE
from server.cli.speed.durable import synced
from server.cli.speed.figures import Figures, Line, figures_of
from server.cli.speed.lines import FEW, TEN_YEARS, Spec, lanes_of, lanes_over, of_sort
from server.cli.speed.places import Place, count, place, running, seed
from server.cli.speed.report import Report, machine
from server.cli.speed.workers import Steps, stepped

Say = Callable[[str], None]
Rival = tuple[Side, bool]  # a side, and whether its 10-year patients are asked

_OLD = 2  # patients with ten years
_RESENT = 4  # batches a connection
_CROWDED = 100  # check-ins of each patient where there are many
_FEWEST = 16  # so that each connection has one


@dataclass(frozen=True)
class Plan:
    """What to measure, on what, for how long. `crowd`: how many patients growth is measured with."""

    kind: str
    specs: Sequence[Spec]
    patients: int
    rounds: int
    bounds: Bounds
    compare: bool
    crowd: int
    steps: Steps | None
    counts_syncs: bool = False


async def measure(plan: Plan, say: Say) -> Report:
    """Runs the plan. Raises NotReady, NoDatabase, Unlike."""
    url = databases.any_url(plan.kind)
    cluster = await databases.cluster_pid(url) if plan.kind == "postgresql" else None
    report = Report(plan.kind, await machine(url), pin_client(), plan.patients, DAYS)
    if plan.kind == "postgresql" and cluster is None:
        report.faults.append("PostgreSQL runs on another machine: its CPU is not counted")
    with tempfile.TemporaryDirectory(prefix="interlude-bench-") as name:
        if specs := [spec for spec in plan.specs if spec.rival != "few"]:
            await _beside_the_floor(specs, plan, Path(name), cluster, report, say)
        if specs := [spec for spec in plan.specs if spec.rival == "few"]:
            await _in_a_crowd(specs, plan, Path(name), cluster, report, say)
        if plan.steps:
            say("processes")
            await stepped(plan.steps, plan.bounds, plan.rounds, Path(name), cluster, report)
        if plan.counts_syncs:
            say(DURABLE)
            await synced(plan.kind, Path(name), report)
    return report


async def _beside_the_floor(
    specs: Sequence[Spec], plan: Plan, folder: Path, cluster: int | None, report: Report, say: Say
) -> None:
    """The lines on the same patients everywhere."""
    patients = roster(plan.patients, DAYS)
    if any(spec.old for spec in specs):
        patients += roster(_OLD, TEN_YEARS)
    async with contextlib.AsyncExitStack() as stack:
        places = []
        others = ["floor", *(["plain"] if plan.compare else [])] if any(spec.rival == "floor" for spec in specs) else []
        for name in ["server", *others]:
            places.append(await stack.enter_async_context(place(plan.kind, folder, name)))
            await _seeded(places[-1], patients, say)
        with running(places, report.starts) as processes:
            sides = [each.side(process, cluster, patients) for each, process in zip(places, processes, strict=True)]
            for spec in specs:
                rivals = [(side, spec.old) for side in (sides if spec.rival == "floor" else sides[:1])]
                rivals += [(sides[0], False)] if spec.rival == "young" else []
                asked = [of_sort(patients, old)[: _OLD if spec.rival == "young" else None] for _, old in rivals]
                report.lines.append(await _line(spec, plan, rivals, asked, report))
                say(spec.name)
        for side, each in zip(sides, places, strict=True):
            await count(side, each, patients, report)


async def _in_a_crowd(
    specs: Sequence[Spec], plan: Plan, folder: Path, cluster: int | None, report: Report, say: Say
) -> None:
    """The lines on a server with many patients beside one with few. Each patient's rows lie far apart, as days do."""
    sizes = [plan.crowd, max(_FEWEST, plan.crowd // FEW)]
    async with contextlib.AsyncExitStack() as stack:
        places, crowds = [], [roster(size, _CROWDED) for size in sizes]
        for crowd in crowds:
            name = f"{len(crowd) * _CROWDED:,} records"
            places.append(await stack.enter_async_context(place(plan.kind, folder, name, "server")))
            await _seeded(places[-1], crowd, say, mixed=True)
        with running(places) as processes:
            told = zip(places, processes, crowds, strict=True)
            sides = [each.side(process, cluster, crowd) for each, process, crowd in told]
            for side, crowd in zip(sides, crowds, strict=True):
                report.faults += await visit(lanes_over(side, crowd, _FEWEST, 0))
            for spec in specs:
                report.lines.append(await _line(spec, plan, [(side, False) for side in sides], crowds, report))
                say(spec.name)
        for side, each, crowd in zip(sides, places, crowds, strict=True):
            await count(side, each, crowd, report)


async def _seeded(place: Place, patients: Sequence[Patient], say: Say, mixed: bool = False) -> None:
    began = perf_counter()
    await seed(place, patients, mixed)
    say(f"seeded {place.name} in {perf_counter() - began:.1f} s")


async def _line(
    spec: Spec, plan: Plan, rivals: Sequence[Rival], asked: Sequence[Sequence[Patient]], report: Report
) -> Line:
    """One line: the rivals in turn, round by round, each with the patients that are asked for."""
    phases: list[list[Phase]] = [[] for _ in rivals]
    for number in range(plan.rounds):
        for (side, _), patients, kept in zip(rivals, asked, phases, strict=True):
            lanes = lanes_of(spec, side, patients, number)
            if spec.keeps:
                report.faults += await store_batches(lanes, BATCH, _RESENT)
            kept.append(await run(lanes, spec.ask, plan.bounds))
            report.blame(f"{side.name}, {spec.name}", kept[-1])
    return Line(spec.name, spec.connections, [_figures(*each) for each in zip(rivals, phases, strict=True)])


def _figures(rival: Rival, phases: list[Phase]) -> Figures:
    side, old = rival
    return figures_of(f"{side.name}, 10 years" if old else side.name, phases)


def has_tests() -> bool:
    """Whether the tests are here, with the plain server and the parts: they come with a checkout, not the package."""
    return (ROOT / "tests" / "bench" / "plain.py").exists()
