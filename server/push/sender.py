"""Sending a message to a push service: few connections to each, and patience where one asks for it.

httpx's requests and answers, without its client: that keeps cookies, names every address in its log, and costs a third.
"""

import asyncio
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, NamedTuple

import httpx
from prometheus_client import Counter, Histogram

from server.base.clock import Clock
from server.base.errors import Invalid
from server.base.log import log
from server.push.encryption import MAX_PAYLOAD, Vapid, encrypt
from server.push.rules import Answer, Endpoint, PushHost, answer_of, endpoint_of
from server.push.transport import PinnedTransport, Unreachable

CONNECTIONS = 8
SEND_S = 5.0  # for one request, connecting included
_WAIT_S = 10.0  # for a free connection
_PADDED_TO = 512  # bytes: every ordinary message has one length
_KEPT = 200  # services
_PATIENCE = 3  # failures in a row before a service is left alone, from a second up to about a minute
_NO_SUBJECT = "INTERLUDE_VAPID_SUBJECT is needed where the origin is not https"

_ANSWERS = Counter(
    "interlude_push_answers", "What push services said to a message, and what that means here",
    ["service", "status", "outcome"],
)  # fmt: skip
_SECONDS = Histogram(
    "interlude_push_seconds", "Time until a push service had answered", ["service"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, SEND_S),
)  # fmt: skip


class Target(NamedTuple):
    """A subscription, opened. `changed_at`: which state of it this is."""

    id: str
    endpoint: str
    point: bytes
    secret: bytes
    changed_at: int = 0


class Message(NamedTuple):
    """What to send. `payload` has at most 3,993 bytes; the service may keep it for `ttl_s`.

    A later message with the same `topic` replaces one not yet delivered (RFC 8030 section 5.4): a repeat stays unseen.
    """

    payload: bytes
    ttl_s: int
    topic: str
    urgency: Literal["very-low", "low", "normal", "high"] = "normal"


@dataclass
class _Service:
    """One push service: its turns, until when it is left alone (by the loop's clock, which nobody sets)."""

    transport: httpx.AsyncBaseTransport
    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(CONNECTIONS))
    users: int = 0
    failures: int = 0
    rests_until: float = 0.0


class Sender:
    """Sends over HTTP. Endpoints and payloads stay out of every answer, exception and log line."""

    def __init__(
        self, vapid: Vapid, hosts: Sequence[PushHost], clock: Clock, tls: ssl.SSLContext,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:  # fmt: skip
        """`hosts`: those that the operator added. `transport` replaces the network in tests."""
        self.vapid, self.hosts, self._clock, self._tls = vapid, hosts, clock, tls
        self._transport = transport
        self._services: dict[str, _Service] = {}

    async def send(self, target: Target, message: Message) -> Answer:
        """Sends, and answers what came of it. Raises ValueError where the payload is too long, else nothing."""
        try:
            endpoint = endpoint_of(target.endpoint, self.hosts)
        except Invalid:
            return Answer("refused", reason="its host is not allowed any more")
        if self.vapid.subject is None and not endpoint.is_local:
            log.error("push not sent", extra={"cause": _NO_SUBJECT})
            return Answer("refused", reason=_NO_SUBJECT)
        service = await self._service_of(endpoint)
        loop = asyncio.get_running_loop()
        asked_s = loop.time()
        service.users += 1
        try:
            async with service.turns:
                if (rest_s := service.rests_until - loop.time()) > 0:
                    return Answer("later", int(rest_s) + 1, "the push service is left alone for a while")
                if loop.time() - asked_s > _WAIT_S:
                    return Answer("later", 1, "the push service is slow")
                answer = await self._post(service, endpoint, target, message)
                service.rests_until = max(service.rests_until, loop.time() + answer.retry_after_s)
                return answer
        finally:
            service.users -= 1

    async def close(self) -> None:
        """Closes every connection."""
        while self._services:
            await self._services.popitem()[1].transport.aclose()

    async def _service_of(self, endpoint: Endpoint) -> _Service:
        service = self._services.get(endpoint.origin)
        if service is None:
            service = _Service(self._transport or PinnedTransport(endpoint, self._tls))
            self._services[endpoint.origin] = service
            idle = [origin for origin, each in self._services.items() if not each.users and each is not service]
            if len(self._services) > _KEPT and idle:
                await self._services.pop(idle[0]).transport.aclose()
        return service

    async def _post(self, service: _Service, endpoint: Endpoint, target: Target, message: Message) -> Answer:
        now = self._clock()
        headers = {
            "Host": endpoint.origin.partition("://")[2],
            "Authorization": self.vapid.authorization(endpoint.origin, int(now.timestamp())),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(message.ttl_s),
            "Topic": message.topic,
            "Urgency": message.urgency,
        }
        padded_to = _PADDED_TO if len(message.payload) <= _PADDED_TO else MAX_PAYLOAD
        body = encrypt(message.payload, target.point, target.secret, padded_to)
        request = httpx.Request("POST", endpoint.origin + endpoint.target, headers=headers, content=body)
        loop = asyncio.get_running_loop()
        began_s, status = loop.time(), 0
        try:
            async with asyncio.timeout(SEND_S):
                response = await service.transport.handle_async_request(request)
        except Unreachable:
            answer = Answer("refused", reason="its address may not be called")
        except (httpx.HTTPError, OSError, TimeoutError) as error:
            service.failures += 1
            tries = service.failures - _PATIENCE  # none again and again: it is left alone, longer each time
            answer = Answer("later", 2 ** min(tries, 6) if tries >= 0 else 0, type(error).__name__)
        else:
            service.failures, status = 0, response.status_code
            answer = answer_of(status, response.headers.get("Retry-After"), now)
        _note(endpoint.service, status, answer, loop.time() - began_s)
        return answer


@cache
def _counted(service: str, status_class: int, outcome: str) -> tuple[Counter, Histogram]:
    status = f"{status_class}xx" if status_class else "none"
    return _ANSWERS.labels(service, status, outcome), _SECONDS.labels(service)


def _note(service: str, status: int, answer: Answer, seconds: float) -> None:
    """Counts an answer; `status` 0 where there was none."""
    answers, times = _counted(service, status // 100, answer.outcome)
    answers.inc()
    times.observe(seconds)
