"""What surrounds every request: an id, one log line without content, and the headers that every answer carries."""

from collections.abc import Callable
from functools import cache
from time import perf_counter
from typing import Any

from prometheus_client import Counter, Gauge, Histogram
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.base.errors import Problem
from server.base.ids import uuid7
from server.base.log import log
from server.base.settings import Settings

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "object-src 'none'; require-trusted-types-for 'script'; trusted-types sw"
)
_OFF = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen",
    "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment",
    "picture-in-picture", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
_ON = ("publickey-credentials-get", "publickey-credentials-create", "clipboard-write", "web-share")

_IN_FLIGHT = Gauge("interlude_requests_in_flight", "Requests being answered", multiprocess_mode="livesum")
_FAULTS = Counter("interlude_request_faults", "Requests that failed by a fault of this program")
_SECONDS = Histogram(
    "interlude_request_seconds", "Time from a whole request to the end of its answer", ["method", "route", "status"],
    buckets=(0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)  # fmt: skip

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": ", ".join([f"{name}=()" for name in _OFF] + [f"{name}=(self)" for name in _ON]),
    "Cache-Control": "no-store",
}


def security_headers(settings: Settings) -> dict[str, str]:
    """The headers of every answer, errors included. `Cache-Control` is a default that assets replace."""
    secure = {"Strict-Transport-Security": "max-age=63072000; includeSubDomains"} if settings.is_secure else {}
    return HEADERS | secure


AnswerTo = Callable[[Scope, Exception], Response]


class Surround:
    """Pure ASGI, around the router: adds the headers, answers what was raised, writes the log line.

    It stands where Starlette's two layers for errors would: they cost more than the routes behind them.
    """

    def __init__(self, app: ASGIApp, settings: Settings, answer_to: AnswerTo) -> None:
        self.app = app
        self.answer_to = answer_to
        self.headers = [(name.lower().encode(), value.encode()) for name, value in security_headers(settings).items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, request_id, status = perf_counter(), uuid7(), 0
        _IN_FLIGHT.inc()

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                given = message.get("headers", ())
                present = {name for name, _ in given}
                added = [pair for pair in self.headers if pair[0] not in present]
                message["headers"] = [*given, *added, (b"x-request-id", request_id.encode())]
            await send(message)

        try:
            await self.app(scope, receive, answer)
        except Exception as error:  # noqa: BLE001 - the last stop: answered and, where it is our own fault, logged here
            if not isinstance(error, Problem | HTTPException):
                _FAULTS.inc()
                log.error("fault", exc_info=error, extra={"request_id": request_id})
            if not status:
                await self.answer_to(scope, error)(scope, receive, answer)
        finally:
            seconds, place = perf_counter() - began, _place(scope)
            _IN_FLIGHT.dec()
            _seconds_of(*place, status // 100).observe(seconds)
            log.info("request", extra=_line(scope, place, status, request_id, seconds))


def _place(scope: Scope) -> tuple[str, str]:
    """Method and route template, never the path: the log and the figures know a request by these alone."""
    method = scope["method"] if scope["method"] in _METHODS else "other"
    return method, getattr(scope.get("route"), "path", None) or "none"


@cache
def _seconds_of(method: str, route: str, status_class: int) -> Histogram:
    return _SECONDS.labels(method, route, f"{status_class}xx" if status_class else "none")


def _line(scope: Scope, place: tuple[str, str], status: int, request_id: str, seconds: float) -> dict[str, Any]:
    """Method, route template, status, time and ids."""
    asker = scope.get("state", {}).get("asker")
    return {
        "method": place[0], "route": place[1], "status": status, "ms": round(seconds * 1000, 1),
        "request_id": request_id, "account_id": getattr(asker, "account_id", None),
    }  # fmt: skip


_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
