"""The lines of the table: which workload, at how many connections, on which patients, against what, and the goal."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from server.cli.load.workloads import BATCH, DAYS, Ask, Lane, Patient, Side

TEN_YEARS = 7300  # check-ins
FEW = 100  # times fewer patients than where there are many
_POOL = 200  # patients that a workload goes round


@dataclass(frozen=True)
class Spec:
    """One line. `rival`: "floor" is measured against the floor, "young" our 10-year patients against 90-day ones, "few"
    ours with many patients against ours with few.

    `goals` are the highest ratios by database; `ms` the highest CPU a request in milliseconds.
    """

    name: str
    about: str
    connections: int
    ask: Callable[[Lane], Ask]
    rival: str = "floor"
    old: bool = False
    keeps: bool = False
    goals: tuple[float, float] | None = None
    ms: float | None = None

    def goal(self, kind: str) -> str:
        """The goal in a few characters."""
        if self.goals:
            return f"≤ {self.goals[0 if kind == 'sqlite' else 1]:.1f} ×"
        return f"≤ {self.ms:g} ms" if self.ms else ""


SPECS = (
    Spec("single-write-1", "one write, one at a time", 1, lambda lane: lane.write()),
    Spec("single-write-16", "one write, 16 at once", 16, lambda lane: lane.write(), goals=(3.0, 2.5)),
    Spec("batch-14", "batch of 14, 16 at once", 16, lambda lane: lane.write(BATCH), goals=(3.0, 2.5)),
    Spec("read-90", "read 90 days, 16 at once", 16, lambda lane: lane.read(), goals=(2.5, 2.0)),
    Spec("mix-50", "mix of 50 patients", 50, lambda lane: lane.mixed(), goals=(2.5, 2.5)),
    Spec("resend-14", "a stored batch again, 16 at once", 16, lambda lane: lane.resend(), keeps=True),
    Spec("growth-write", "one write after 10 years", 2, lambda lane: lane.write(), "young", True, goals=(1.1, 1.1)),
    Spec("growth-read", "read 90 days after 10 years", 2, lambda lane: lane.read(), "young", True, goals=(1.1, 1.1)),
    Spec("growth-write-many", "one write among many patients", 16, lambda lane: lane.write(), "few", goals=(1.3, 1.3)),
    Spec("growth-read-many", "read 90 days among many patients", 16, lambda lane: lane.read(), "few", goals=(1.3, 1.3)),
    Spec("summary-90", "summary of 90 days", 2, lambda lane: lane.summary(), "", ms=3),
    Spec("summary-10y", "summary of 10 years", 2, lambda lane: lane.summary(3700), "", True, ms=150),
)


def chosen(only: Sequence[str]) -> list[Spec]:
    """The lines whose names begin with one of `only`; all for none."""
    return [spec for spec in SPECS if not only or any(spec.name.startswith(name) for name in only)]


def lanes_of(spec: Spec, side: Side, patients: Sequence[Patient], seed: int) -> list[Lane]:
    """A lane a connection; each patient is on one lane alone. Where there are many, all of them come, in any order."""
    pool: Sequence[Patient] = patients[: max(_POOL, spec.connections) if spec.connections < 50 else spec.connections]
    if spec.rival == "few":
        pool = Random(seed).sample(patients, len(patients))  # noqa: S311 - alike in every run
    return lanes_over(side, pool, min(spec.connections, len(pool)), seed)


def lanes_over(side: Side, pool: Sequence[Patient], count: int, seed: int) -> list[Lane]:
    """So many lanes, with the patients of `pool` dealt out to them."""
    lots = [Random(seed * 1000 + number) for number in range(count)]  # noqa: S311 - alike on every side
    return [Lane(side, pool[number::count], lot) for number, lot in enumerate(lots)]


def of_sort(patients: Sequence[Patient], old: bool) -> list[Patient]:
    """The patients with 10 years, or those with 90 days."""
    return [patient for patient in patients if (patient.entries > DAYS) == old]
