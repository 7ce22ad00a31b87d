"""What a measurement comes to: percentiles, CPU a request, ratios. Pure."""

from collections.abc import Mapping, Sequence
from statistics import median

import msgspec

from server.cli.load.phase import Phase


class Figures(msgspec.Struct):
    """What the rounds of one workload on one side come to. `by_round` holds the CPU of each, ms a request."""

    side: str
    requests: int
    cpu_ms: float
    by_round: list[float]
    per_second: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    sent_bytes: int
    received_bytes: int
    rss_mb: float
    asking_ms: float = 0.0  # of the client's own CPU, a request
    database_ms: float = 0.0  # of `cpu_ms`, what a database beside the server had

    def busy(self, cores: int) -> float:
        """The share of so many cores that server, database and client kept busy together."""
        return (self.cpu_ms + self.asking_ms) * self.per_second / 1000 / cores


class Line(msgspec.Struct):
    """One workload: the figures of every side that did it, the first being ours."""

    name: str
    connections: int
    sides: list[Figures]

    @property
    def ratio(self) -> float | None:
        """Our CPU a request by that of the second side, the median of the rounds; None where there is no second."""
        if len(self.sides) < 2:
            return None
        return ratio_of(self.sides[0].by_round, self.sides[1].by_round)


class Gain(msgspec.Struct):
    """What a second process brings: requests a second while p95 is no longer, CPU a request, and the machine's bound.

    `room`: by how much the rate of one process could rise until every core is busy, server, database and client.
    """

    rate: float
    cpu: float
    room: float


def gain_of(two: Mapping[int, Figures], one: Mapping[int, Figures], at: int, cores: int) -> Gain:
    """The gain of two processes over one, both by connections; p95 and rate of one are those at `at` connections."""
    held = one[at]
    best = max((each.per_second for each in two.values() if each.p95_ms <= held.p95_ms), default=0.0)
    room = cores * 1000 / (held.cpu_ms + held.asking_ms)
    cpu = ratio_of(two[at].by_round, held.by_round) or 0.0
    return Gain(best / held.per_second, cpu, room / held.per_second)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of `values` that at least `share` (0 to 1) of them do not exceed (nearest rank); 0 for none."""
    if not values:
        return 0.0
    ordered = sorted(values)
    rank = -(-share * len(ordered) // 1)  # rounded up
    return ordered[min(len(ordered), max(1, int(rank))) - 1]


def ratio_of(ours: Sequence[float], theirs: Sequence[float]) -> float | None:
    """The median over the rounds of ours by theirs; rounds stand beside each other in time, so noise cancels."""
    ratios = [mine / other for mine, other in zip(ours, theirs, strict=True) if other > 0]
    return median(ratios) if ratios else None


def figures_of(side: str, phases: Sequence[Phase]) -> Figures:
    """The rounds of one workload on one side, put together: medians of CPU and rate, percentiles over all requests."""
    latencies = [each for phase in phases for each in phase.latencies_s]
    by_round = [phase.cpu_s * 1000 / phase.requests for phase in phases if phase.requests]
    requests = sum(phase.requests for phase in phases)
    rates = [phase.requests / phase.wall_s for phase in phases if phase.wall_s]
    p50, p95, p99 = (percentile(latencies, share) * 1000 for share in (0.5, 0.95, 0.99))
    return Figures(
        side, requests, median(by_round or [0.0]), by_round, median(rates or [0.0]), p50, p95, p99,
        sum(phase.sent_bytes for phase in phases) // max(1, requests),
        sum(phase.received_bytes for phase in phases) // max(1, requests),
        max((phase.rss_bytes for phase in phases), default=0) / 1e6,
        sum(phase.asking_s for phase in phases) * 1000 / max(1, requests),
        sum(phase.database_s for phase in phases) * 1000 / max(1, requests),
    )  # fmt: skip
