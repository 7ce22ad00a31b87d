"""What a run found, as a table for people and as JSON."""

import os
import platform
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any, Self

import msgspec

from server.cli.load.phase import Phase
from server.cli.speed.databases import look
from server.cli.speed.figures import Gain, Line


class Start(msgspec.Struct):
    """From the command to `/readyz`: the first time, and once its own caches are there; memory while idle."""

    side: str
    first_s: float
    warm_s: float
    idle_mb: float


class Micro(msgspec.Struct):
    """One piece of work alone, and the least that it could cost. `share`: of that limit's rate, 1 is the limit.

    `goal`: the least share that is meant.
    """

    name: str
    us: float
    limit: str
    limit_us: float
    goal: float | None = None

    @property
    def share(self) -> float:
        return self.limit_us / self.us if self.us else 0.0


class Errand(msgspec.Struct):
    """A piece of work that leaves the process, done `count` times: CPU of one, the rate of one process, the goals."""

    name: str
    count: int
    cpu_ms: float
    by_round: list[float]
    per_second: float
    goal_ms: float | None = None
    goal_per_second: float | None = None

    @classmethod
    def of(
        cls, name: str, count: int, by_round: Sequence[float], rates: Sequence[float],
        goal_ms: float | None = None, goal_per_second: float | None = None,
    ) -> Self:  # fmt: skip
        """The medians of its rounds."""
        return cls(name, count, median(by_round), list(by_round), median(rates), goal_ms, goal_per_second)


class Found(msgspec.Struct):
    """What a part of the bench that runs as a process of its own answers."""

    micro: list[Micro] = msgspec.field(default_factory=list)
    errands: list[Errand] = msgspec.field(default_factory=list)
    notes: list[str] = msgspec.field(default_factory=list)
    faults: list[str] = msgspec.field(default_factory=list)


class Report(msgspec.Struct):
    """A whole run. With `faults` its figures are not to be believed."""

    database: str
    machine: dict[str, str]
    cores: str
    patients: int
    days: int
    starts: list[Start] = msgspec.field(default_factory=list)
    lines: list[Line] = msgspec.field(default_factory=list)
    gain: Gain | None = None
    syncs: float | None = None  # of the disk, for each batch that is acknowledged
    errands: list[Errand] = msgspec.field(default_factory=list)
    micro: list[Micro] = msgspec.field(default_factory=list)
    notes: list[str] = msgspec.field(default_factory=list)
    acknowledged: dict[str, int] = msgspec.field(default_factory=dict)
    size_mb: dict[str, float] = msgspec.field(default_factory=dict)
    faults: list[str] = msgspec.field(default_factory=list)

    def blame(self, where: str, phase: Phase) -> None:
        """Takes in what went wrong in a phase."""
        faults = phase.faults or ([] if phase.requests else ["nothing was answered"])
        self.faults += [f"{where}: {fault}" for fault in faults]

    def take(self, found: Found) -> None:
        """Takes in what a part found."""
        self.micro += found.micro
        self.errands += found.errands
        self.notes += found.notes
        self.faults += found.faults

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
        floor = {line.name: each for line in self.lines for each in line.sides if each.side == "floor" and each.cpu_ms}
        told = []
        for name, above, below in (
            ("a stored batch again ÷ a fresh one (≤ 0.8)", "resend-14", "batch-14"),
            ("batch of 14 ÷ one write (≤ 2.5)", "batch-14", "single-write-16"),
        ):
            for title, side in ((name, ours), (f"  the floor's: {name.partition(' (')[0]}", floor)):
                if above in side and below in side:
                    told.append((title, side[above].cpu_ms / side[below].cpu_ms))
        for name, most in (("single-write-16", 3), ("batch-14", 3), ("read-90", 3), ("mix-50", 5)):
            if name in ours and ours[name].p50_ms:
                told.append((f"{name}: p99 ÷ p50 (≤ {most})", ours[name].p99_ms / ours[name].p50_ms))
        if self.syncs is not None:
            told.append(("fsyncs a batch, start and stop among them (1)", self.syncs))
        if self.gain:
            told.append(("2 processes ÷ 1: requests/s, p95 no longer (≥ 1.7)", self.gain.rate))
            told.append(("  as much as these cores have room for", self.gain.room))
            told.append(("2 processes ÷ 1: CPU a request (≤ 1.1)", self.gain.cpu))
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
