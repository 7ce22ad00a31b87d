"""What an operator sees of the database: verbs in hand, and how large and how quick a commit of SQLite is."""

from time import perf_counter
from typing import Any

from prometheus_client import Gauge, Histogram

IN_HAND = Gauge(
    "interlude_verbs_in_hand", "Verbs that wait for the database or run in it", multiprocess_mode="livesum"
)
_SECONDS = Histogram(
    "interlude_commit_seconds", "Time until a commit of SQLite was on disk",
    buckets=(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1),
)  # fmt: skip
_VERBS = Histogram(
    "interlude_commit_verbs", "Verbs that shared one commit of SQLite", buckets=(1, 2, 4, 8, 16, 32, 64)
)


def commit(connection: Any, verbs: int) -> None:
    """Commits what so many verbs of SQLite wrote together, and notes how long the disk took."""
    began = perf_counter()
    connection.execute("COMMIT")
    _SECONDS.observe(perf_counter() - began)
    _VERBS.observe(verbs)
