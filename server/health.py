"""Whether the server is alive and ready, and its figures for an operator on the same machine."""

import asyncio
import os
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, ProcessCollector, disable_created_metrics, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from starlette.requests import Request
from starlette.responses import Response

from server.base import web
from server.base.errors import NotFound, Unavailable
from server.base.log import log
from server.base.settings import is_loopback
from server.database import service as database
from server.reminders import service as reminders

_LOOK_S = 2.0  # for the database to say what waits: the other figures are told without it

disable_created_metrics()  # type: ignore[no-untyped-call]  # when a figure began: a line more for each, of no use here


async def alive(request: Request) -> Response:
    """GET /healthz. 200 while the process answers."""
    return web.json({"status": "alive"})


async def ready(request: Request) -> Response:
    """GET /readyz. 200 with the database and its schema right; else 503."""
    try:
        await database.require_present_schema()
    except Exception as error:
        raise Unavailable("The database does not answer, or lacks a migration") from error
    return web.json({"status": "ready"})


async def metrics(request: Request) -> Response:
    """GET /metrics. 200 to this machine; 404 to any other."""
    if request.client is None or not is_loopback(request.client.host) or "x-forwarded-for" in request.headers:
        raise NotFound()
    figures = _Figures(os.environ.get("PROMETHEUS_MULTIPROC_DIR"), await _waiting(request))
    return Response(await asyncio.to_thread(generate_latest, figures), media_type=CONTENT_TYPE_LATEST)


async def _waiting(request: Request) -> list[Metric]:
    """What waits by the database, which every process would tell alike; nothing where that does not answer."""
    try:
        async with asyncio.timeout(_LOOK_S):
            many, seconds = await reminders.waiting(web.now(request))
    except Exception:  # noqa: BLE001 - an operator needs the other figures then more than ever
        log.warning("what waits is not known")
        return []
    return [
        GaugeMetricFamily("interlude_reminders_waiting", "Reminders that are due and in nobody's hand", many),
        GaugeMetricFamily("interlude_reminders_overdue_seconds", "For how long the first of them has waited", seconds),
    ]


class _Figures:
    """The figures of this process or, where several share a folder, of all of them together; and `more`."""

    def __init__(self, folder: str | None, more: list[Metric]) -> None:
        self._folder = folder
        self._more = more

    def collect(self) -> Iterator[Metric]:
        """Reads files, so not on the event loop."""
        if self._folder is None:
            yield from REGISTRY.collect()
        else:
            yield from MultiProcessCollector(None, self._folder).collect()  # type: ignore[no-untyped-call]
            yield from _processes(_pids(self._folder))
        yield from self._more


def _pids(folder: str) -> list[str]:
    """The processes that serve: each keeps a file of its own for what is only true while it lives."""
    return sorted(path.stem.rpartition("_")[2] for path in Path(folder).glob("gauge_livesum_*.db"))


def _processes(pids: Iterable[str]) -> Iterable[Metric]:
    """Memory, CPU and files of each process, by its pid: the library tells only those of its own."""
    told: dict[str, Metric] = {}
    for pid in pids:
        for metric in ProcessCollector(pid=partial(str, pid), registry=None).collect():
            whole = told.setdefault(metric.name, Metric(metric.name, metric.documentation, metric.type))
            for sample in metric.samples:
                whole.add_sample(sample.name, {"pid": pid}, sample.value)
    return told.values()


routes = [
    web.endpoint("GET", "/healthz", alive, who="anyone"),
    web.endpoint("GET", "/readyz", ready, who="anyone", problems=(503,)),
    web.endpoint("GET", "/metrics", metrics, who="anyone", problems=(404,)),
]
