"""What happens without a request: reminders every few seconds, alerts unseen and letters by the minute, housekeeping.

Nothing is decided here.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from prometheus_client import Counter

from server.base.clock import Clock
from server.base.log import log
from server.reminders import service as reminders
from server.sharing import service as sharing

TICK_S = 2
ALERTS_S = 60
_HOUR_S = 3600
_DRAIN_S = 5.0  # for the work in hand to end by itself
_HAND_BACK_S = 2.5  # for what was cancelled then to be handed back

# It warns each time that a long tick outlasts the next: that is meant.
logging.getLogger("apscheduler").setLevel(logging.ERROR)

_faults = Counter("interlude_job_faults", "Jobs that failed by a fault of this program", ["job"])
_FAULTS = {job: _faults.labels(job) for job in ("reminders", "alerts", "letters", "housekeeping")}

Sweep = Callable[[datetime], Awaitable[Any]]


class Jobs:
    """The scheduler of one process; made in the lifespan, so that requests and jobs share what is open."""

    def __init__(self, clock: Clock, sweeps: Sequence[Sweep] = ()) -> None:
        """`sweeps` are the housekeeping verbs; each is given the present instant."""
        self._clock = clock
        self._sweeps = sweeps
        self._is_draining = False
        self._running: set[asyncio.Task[Any]] = set()
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        how = {"trigger": "interval", "coalesce": True, "misfire_grace_time": None, "max_instances": 1}
        self._scheduler.add_job(self._run, args=("reminders", self._remind), seconds=TICK_S, **how)
        self._scheduler.add_job(self._run, args=("alerts", self._say_unseen), seconds=ALERTS_S, **how)
        # On its own: whoever takes letters may be slow, and an alert is called unseen in its minute all the same.
        self._scheduler.add_job(self._run, args=("letters", self._tell_backups), seconds=ALERTS_S, **how)
        self._scheduler.add_job(self._run, args=("housekeeping", self._sweep), seconds=_HOUR_S, **how)

    def start(self) -> None:
        """Starts ticking. A tick that takes long is not run twice at once."""
        self._scheduler.start()

    async def drain(self) -> None:
        """Takes on nothing new, lets the work in hand end or be handed back, then stops; at most 8 seconds.

        The scheduler's own shutdown cancels running coroutines at once, so it comes last.
        """
        self._is_draining = True
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=_DRAIN_S)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late, timeout=_HAND_BACK_S)
        self._scheduler.shutdown(wait=False)

    async def _run(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """Runs one job; whatever goes wrong is logged, and the next run comes all the same."""
        task = asyncio.current_task()
        if self._is_draining or task is None:
            return
        self._running.add(task)
        try:
            await work()
        except Exception:  # noqa: BLE001 - a job must not end the schedule
            _FAULTS[name].inc()
            log.exception("a job failed", extra={"job": name})
        finally:
            self._running.discard(task)

    async def _remind(self) -> None:
        if count := await reminders.dispatch(self._clock, lambda: self._is_draining):
            log.info("reminders", extra={"job": "reminders", "count": count})

    async def _say_unseen(self) -> None:
        if count := await sharing.say_unseen(self._clock()):
            log.info("alerts unseen", extra={"job": "alerts", "count": count})

    async def _tell_backups(self) -> None:
        if count := await sharing.tell_backups(self._clock):
            log.info("backups told", extra={"job": "letters", "count": count})

    async def _sweep(self) -> None:
        """Each sweep on its own: one that fails does not keep the others from their turn."""
        for sweep in self._sweeps:
            try:
                await sweep(self._clock())
            except Exception:  # noqa: BLE001 - see above
                _FAULTS["housekeeping"].inc()
                log.exception("a sweep failed", extra={"job": "housekeeping"})
