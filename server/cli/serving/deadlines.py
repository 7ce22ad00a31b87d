"""An end to every wait for the other side, without a proxy: uvicorn's HTTP protocol with deadlines and limits.

uvicorn itself waits for good for a head that never ends, a body that never comes and a reader that never reads.
"""

import asyncio
import socket
from collections.abc import Callable
from functools import partial
from itertools import chain
from typing import Any, Literal

import msgspec
from prometheus_client import Counter, Gauge
from uvicorn.protocols.http.flow_control import HIGH_WATER_LIMIT
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from server.base.errors import HeadTooLarge, Malformed
from server.base.middleware import HEADERS
from server.cli.serving.watch import NEVER, watch_of

WAIT_S = 8.0  # for a whole head; for a body to end, or to come on by LEAST_BYTES
TAKE_S = 6.0  # for an answer on its way to be taken, or LEAST_BYTES of it
LEAST_BYTES = 4096
IDLE_S = 30.0  # between two requests of one connection
LEAVE_S = 1.0  # for one more request, when the server stops
MAX_HEAD = 16 * 1024  # bytes, of names and values together
MAX_FIELDS = 100
MAX_PIPELINED = 4  # requests ahead of an answer; no browser and no proxy sends any
MAX_UNREAD = 4 * 1024 * 1024  # bytes of a body that come after its answer: a client that sends first still reads it
SENT_AHEAD = 128 * 1024  # bytes that the system may hold for a reader; by itself it takes megabytes

_OPEN = Gauge("interlude_connections", "Open connections", multiprocess_mode="livesum")
_cut = Counter("interlude_connections_cut", "Connections ended by the server before their time, and why", ["why"])
_CUT = {why: _cut.labels(why) for why in ("slow_to_send", "slow_to_read", "too_many", "bad_request")}

Phase = Literal["head", "body", "work", "idle"]


class Refused(Exception):
    """A request that is refused before the app sees it: its head is too large, or too many wait in one connection."""


class Deadlines(HttpToolsProtocol):
    """One connection. `due`: when what is waited for has to be there, by the loop's clock."""

    phase: Phase = "head"
    due = NEVER
    _come = 0  # bytes since the head or the window began
    _unread = 0
    _at_work: RequestResponseCycle | None = None
    _ahead: RequestResponseCycle | None = None  # sent before the last answer was there
    _start: Callable[[], None] | None = None  # hands the request to the app
    _is_too_large = False
    _is_leaving = False
    _stuck = 0  # bytes of the answer that the client had not taken when the window began
    _taken_by = NEVER
    _has_moved = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Takes the connection on; where there are too many, the one that is nearest to its deadline goes."""
        super().connection_made(transport)
        _OPEN.inc()
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SENT_AHEAD)
        self._await("head", WAIT_S)
        watch_of(self.server_state, self.loop).make_room(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is there to be answered: uvicorn tells only the last of several requests."""
        for cycle in (self._at_work, *(cycle for cycle, _ in self.pipeline)):
            if cycle is not None:
                cycle.disconnected = True
                cycle.message_event.set()
        self.pipeline.clear()
        _OPEN.dec()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._come += len(data)
        super().data_received(data)
        self._begin()
        if self.phase == "head" and self._come > MAX_HEAD and not self.transport.is_closing():
            self._is_too_large = True
            self.send_400_response("")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._await("head", WAIT_S)

    def on_headers_complete(self) -> None:
        size = len(self.url) + sum(map(len, chain.from_iterable(self.headers)))
        self._is_too_large = size > MAX_HEAD or len(self.headers) > MAX_FIELDS
        if self._is_too_large or len(self.pipeline) >= MAX_PIPELINED:
            raise Refused
        super().on_headers_complete()
        if self._is_leaving:
            self.cycle.keep_alive = False
        self._unread = 0
        self._await("body", WAIT_S)

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        self._at_work = cycle
        self._start = partial(super()._start_asgi_task, cycle, app)

    def _begin(self) -> None:
        """Hands the request to the app, once its body is there or fills what is kept of it.

        So a body that does not come on costs the app nothing, and neither does what came with too much else.
        """
        start, cycle = self._start, self._at_work
        if start is None or cycle is None or self.transport.is_closing():
            return
        if cycle.more_body and not cycle.waiting_for_100_continue and len(cycle.body) <= HIGH_WATER_LIMIT:
            return
        self._start = None
        if cycle is self._ahead:
            watch_of(self.server_state, self.loop).take_turn(start)
        else:
            start()

    def on_body(self, body: bytes) -> None:
        super().on_body(body)
        if self.cycle.response_complete:
            self._unread += len(body)
            if self._unread > MAX_UNREAD:
                self.transport.close()

    def on_message_complete(self) -> None:
        super().on_message_complete()
        if self.cycle.response_complete:
            self._await("idle", IDLE_S)
        else:
            self._await("work", NEVER)

    def on_response_complete(self) -> None:
        self._ahead = self.pipeline[-1][0] if self.pipeline else None
        super().on_response_complete()
        self._begin()
        if self.phase == "work" and self.cycle.response_complete:
            self._await("idle", IDLE_S)

    def shutdown(self) -> None:
        """The server stops: a request on its way is still answered, as the last one, and then others know."""
        self._is_leaving = True
        if self.phase in ("idle", "head"):
            self.due = min(self.due, self.loop.time() + LEAVE_S)
        else:
            super().shutdown()

    def resume_writing(self) -> None:
        self._has_moved = True
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:
        """A problem like any other, then the end of the connection; mid-answer only the end."""
        if self.transport.is_closing():
            return
        _CUT["bad_request"].inc()
        if self.cycle is not None and self.cycle.response_started and not self.cycle.response_complete:
            self.transport.abort()
            return
        problem = HeadTooLarge() if self._is_too_large else Malformed("This is not an HTTP request")
        body = msgspec.json.encode(problem.document())
        headers = HEADERS | {"Content-Type": "application/problem+json", "Content-Length": str(len(body))}
        lines = [f"{name.lower()}: {value}\r\n".encode() for name, value in (headers | {"Connection": "close"}).items()]
        dated = [name + b": " + value + b"\r\n" for name, value in self.server_state.default_headers]
        self.transport.write(b"".join([STATUS_LINE[problem.status], *dated, *lines, b"\r\n", body]))
        self.transport.close()

    def look(self, now: float) -> None:
        """Ends the connection where its time is up. Time in which we ourselves read nothing counts for nobody."""
        if now >= self.due:
            if self.phase == "idle":
                self.transport.close()
            elif self.flow.read_paused or (self.phase == "body" and self._come >= LEAST_BYTES):
                self._await(self.phase, WAIT_S)
            else:
                self.cut("slow_to_send")
                return
        self._look_at_reader(now)

    @property
    def nearest(self) -> float:
        """The nearer of its two deadlines."""
        return min(self.due, self._taken_by)

    def _look_at_reader(self, now: float) -> None:
        left = self.transport.get_write_buffer_size()
        if not left:
            self._taken_by = NEVER
        elif self._taken_by == NEVER or (
            now >= self._taken_by and (self._has_moved or self._stuck - left >= LEAST_BYTES)
        ):
            self._stuck, self._taken_by, self._has_moved = left, now + TAKE_S, False
        elif now >= self._taken_by:
            self.cut("slow_to_read")

    def cut(self, why: str) -> None:
        """Ends the connection at once, and counts that."""
        _CUT[why].inc()
        self.transport.abort()

    def _await(self, phase: Phase, span_s: float) -> None:
        self.phase, self.due, self._come = phase, self.loop.time() + span_s, 0
