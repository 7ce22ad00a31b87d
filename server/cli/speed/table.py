"""What a run found, as a table for people."""

from collections.abc import Iterator

from server.cli.load.processes import CORES
from server.cli.speed.figures import Figures, Line
from server.cli.speed.lines import SPECS
from server.cli.speed.report import Errand, Micro, Report, Start
from server.cli.speed.workers import NAME as PROCESSES

_HEAD = "".join((
    f"{'':<34}{'side':<22}{'CPU ms':>8}{'÷':>7}{'goal':>9}{'req/s':>8}", f"{'p50':>8}{'p95':>8}{'p99 ms':>8}",
    f"{'out':>8}{'in B':>8}{'MB':>6}",
))  # fmt: skip
_ABOUT = {spec.name: spec for spec in SPECS}


def table(report: Report) -> str:
    """The whole run."""
    return "\n".join(_told(report))


def _told(report: Report) -> Iterator[str]:
    where = report.machine
    yield f"{report.database} {where['database']} · {where['cpu']}, {where['cores']} cores · Python {where['python']}"
    yield f"{report.patients} patients × {report.days} days · {report.cores}"
    if report.lines:
        yield from ("", _HEAD)
        for line in report.lines:
            yield from _rows(line, report.database)
        yield ""
    yield from (f"{name:<52}{value:>8.2f}" for name, value in report.between_lines())
    if report.gain:
        yield from _shares(next(line for line in report.lines if line.name == PROCESSES))
    yield from map(_start, report.starts)
    for name, count in report.acknowledged.items():
        yield f"{name:<18} {count} changes acknowledged, {report.size_mb[name]:.1f} MB on disk"
    if report.errands:
        yield from ("", f"{'whole':<34}{'CPU ms':>10}{'goal':>10}{'a second':>10}{'goal':>8}{'of':>8}")
        yield from map(_errand, report.errands)
    if report.micro:
        yield from ("", f"{'alone':<34}{'µs':>10}{'limit µs':>10}{'of it':>8}{'goal':>8}  limit")
        yield from map(_micro, report.micro)
    if report.notes:
        yield from ("", *report.notes)
    if report.faults:
        yield from ("", f"{len(report.faults)} faults; these figures don't count:", *report.faults[:20])


def _rows(line: Line, kind: str) -> Iterator[str]:
    spec = _ABOUT.get(line.name)
    about, goal = (spec.about, spec.goal(kind)) if spec else ("mix, one process and two", "")
    for number, each in enumerate(line.sides):
        ratio = f"{line.ratio:.2f}" if line.ratio is not None and not number and spec else ""
        yield f"{'' if number else about:<34}{each.side:<22}{_figures(each, ratio, '' if number else goal)}"


def _figures(each: Figures, ratio: str, goal: str) -> str:
    return (
        f"{each.cpu_ms:>8.3f}{ratio:>7}{goal:>9}{each.per_second:>8.0f}{each.p50_ms:>8.2f}{each.p95_ms:>8.2f}"
        f"{each.p99_ms:>8.2f}{each.sent_bytes:>8}{each.received_bytes:>8}{each.rss_mb:>6.0f}"
    )


def _shares(line: Line) -> Iterator[str]:
    """Who takes the cores: a second process can only have what server, database and client leave of them."""
    cores = len(CORES)
    yield f"  {'CPU ms a request':<32}{'server':>10}{'database':>10}{'client':>10}{f'of {cores} cores':>12}"
    for each in line.sides:
        own = each.cpu_ms - each.database_ms
        told = f"{own:>10.3f}{each.database_ms:>10.3f}{each.asking_ms:>10.3f}{each.busy(cores):>12.0%}"
        yield f"  {each.side:<32}{told}"


def _start(each: Start) -> str:
    goals = ("(≤ 1.5)", "(≤ 75)") if each.side == "server" else ("", "")
    return (
        f"{each.side:<8} ready in {each.first_s:.2f} s at first, {each.warm_s:.2f} s warm {goals[0]};"
        f" {each.idle_mb:.0f} MB idle {goals[1]}"
    ).replace(" ;", ";").rstrip()  # fmt: skip


def _errand(each: Errand) -> str:
    most = f"≤ {each.goal_ms:g}" if each.goal_ms else ""
    least = f"≥ {each.goal_per_second:g}" if each.goal_per_second else ""
    return f"{each.name:<34}{each.cpu_ms:>10.2f}{most:>10}{each.per_second:>10.0f}{least:>8}{each.count:>8}"


def _micro(each: Micro) -> str:
    goal = f"≥ {each.goal:.0%}" if each.goal else ""
    return f"{each.name:<34}{each.us:>10.1f}{each.limit_us:>10.1f}{each.share:>8.0%}{goal:>8}  {each.limit}"
