"""What a measurement comes to: percentiles, CPU a request, ratios. Pure."""

from collections.abc import Sequence
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
    )  # fmt: skip
