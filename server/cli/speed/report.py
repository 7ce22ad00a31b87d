"""What a run found, as a table for people and as JSON."""

import os
import platform
from pathlib import Path
from typing import Any

import msgspec

from server.cli.speed.databases import look
from server.cli.speed.figures import Figures, Line
from server.cli.speed.lines import SPECS

_HEAD = "".join((
    f"{'':<34}{'side':<18}{'CPU ms':>8}{'÷':>7}{'goal':>9}{'req/s':>8}", f"{'p50':>8}{'p95':>8}{'p99 ms':>8}",
    f"{'out':>8}{'in B':>8}{'MB':>6}",
))  # fmt: skip


class Start(msgspec.Struct):
    """From the command to `/readyz`: the first time, and once its own caches are there; memory while idle."""

    side: str
    first_s: float
    warm_s: float
    idle_mb: float


class Micro(msgspec.Struct):
    """One piece of work alone, and the least that it could cost. `share`: of that limit's rate, 1 is the limit."""

    name: str
    us: float
    limit: str
    limit_us: float

    @property
    def share(self) -> float:
        return self.limit_us / self.us if self.us else 0.0


class Report(msgspec.Struct):
    """A whole run. With `faults` its figures are not to be believed."""

    database: str
    machine: dict[str, str]
    cores: str
    patients: int
    days: int
    starts: list[Start] = msgspec.field(default_factory=list)
    lines: list[Line] = msgspec.field(default_factory=list)
    micro: list[Micro] = msgspec.field(default_factory=list)
    acknowledged: dict[str, int] = msgspec.field(default_factory=dict)
    size_mb: dict[str, float] = msgspec.field(default_factory=dict)
    faults: list[str] = msgspec.field(default_factory=list)

    def document(self) -> dict[str, Any]:
        """As JSON holds it, with the ratios that follow from the figures."""
        document: dict[str, Any] = msgspec.to_builtins(self)
        for line, told in zip(self.lines, document["lines"], strict=True):
            told["ratio"] = line.ratio
        for micro, told in zip(self.micro, document["micro"], strict=True):
            told["share"] = micro.share
        return document | {"between_lines": dict(self.between_lines())}

    def between_lines(self) -> list[tuple[str, float]]:
        """What two lines of ours say of each other, and the tails."""
        ours = {line.name: line.sides[0] for line in self.lines if line.sides and line.sides[0].cpu_ms}
        told = []
        for name, above, below in (
            ("a stored batch again ÷ a fresh one (≤ 0.8)", "resend-14", "batch-14"),
            ("batch of 14 ÷ one write (≤ 2.5)", "batch-14", "single-write-16"),
        ):
            if above in ours and below in ours:
                told.append((name, ours[above].cpu_ms / ours[below].cpu_ms))
        for name, most in (("single-write-16", 3), ("mix-50", 5)):
            if name in ours and ours[name].p50_ms:
                told.append((f"{name}: p99 ÷ p50 (≤ {most})", ours[name].p99_ms / ours[name].p50_ms))
        return told


async def machine(url: str) -> dict[str, str]:
    """Where this ran."""
    models = [line.partition(":")[2].strip() for line in _cpu_info() if line.startswith("model name")]
    version = "SELECT sqlite_version()" if url.startswith("sqlite:") else "SHOW server_version"
    return {
        "cpu": models[0] if models else platform.machine(),
        "cores": str(os.cpu_count()),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "database": str(await look(url, version)),
    }


def _cpu_info() -> list[str]:
    return Path("/proc/cpuinfo").read_text("utf-8").splitlines()


def table(report: Report) -> str:
    """The run for people."""
    where = report.machine
    told = [
        f"{report.database} {where['database']} · {where['cpu']}, {where['cores']} cores · Python {where['python']}",
        f"{report.patients} patients × {report.days} days · {report.cores}",
        "",
        _HEAD,
    ]
    told += [row for line in report.lines for row in _rows(line, report.database)]
    told += ["", *(f"{name:<52}{value:>8.2f}" for name, value in report.between_lines())]
    told += [
        f"{each.side:<8} ready in {each.first_s:.2f} s at first, {each.warm_s:.2f} s warm; {each.idle_mb:.0f} MB idle"
        for each in report.starts
    ]
    told += [f"{name:<8} {count} changes acknowledged, {report.size_mb[name]:.1f} MB on disk"
             for name, count in report.acknowledged.items()]  # fmt: skip
    if report.micro:
        told += ["", f"{'alone':<34}{'µs':>10}{'limit µs':>10}{'of it':>8}  limit"]
        told += [
            f"{each.name:<34}{each.us:>10.1f}{each.limit_us:>10.1f}{each.share:>8.0%}  {each.limit}"
            for each in report.micro
        ]
    if report.faults:
        told += ["", f"{len(report.faults)} faults; these figures don't count:", *report.faults[:20]]
    return "\n".join(told)


def _rows(line: Line, kind: str) -> list[str]:
    spec = next(spec for spec in SPECS if spec.name == line.name)
    return [
        f"{spec.about if not number else '':<34}{_row(each, line, number, spec.goal(kind))}"
        for number, each in enumerate(line.sides)
    ]


def _row(each: Figures, line: Line, number: int, goal: str) -> str:
    ratio = f"{line.ratio:.2f}" if line.ratio is not None and not number else ""
    return (
        f"{each.side:<18}{each.cpu_ms:>8.3f}{ratio:>7}{'' if number else goal:>9}{each.per_second:>8.0f}"
        f"{each.p50_ms:>8.2f}{each.p95_ms:>8.2f}{each.p99_ms:>8.2f}{each.sent_bytes:>8}{each.received_bytes:>8}"
        f"{each.rss_mb:>6.0f}"
    )
