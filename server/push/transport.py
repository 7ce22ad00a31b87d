"""HTTP/1.1 to one push service, as httpx's transport: the name is resolved here, judged, and that very address called.

httpx's own pool looks through all its connections on every request, and resolves names where nobody can judge them.
"""

import asyncio
import socket
import ssl

import httptools
import httpx

from server.push.rules import Endpoint, is_reachable

_CONNECT_S = 2.0  # for one address, so that one which leads nowhere leaves time for the next
_BODY_S = 1.0  # how long a body that nobody reads may keep its connection
_MAX_ANSWER = 64 * 1024
_UNREAD = httpx.ByteStream(b"")


class Unreachable(httpx.ConnectError):
    """The name leads to an address that may not be called."""


class _Connection(asyncio.Protocol):
    """One open connection, used by one request at a time, and the parser's callbacks for the answer to that one."""

    _transport: asyncio.Transport
    _done: asyncio.Future[httpx.Response] | None = None
    _timer: asyncio.TimerHandle | None = None
    may_go_on = False

    async def exchange(self, request: bytes) -> httpx.Response:
        """Sends `request` and answers with status and headers; the body is read past, not kept."""
        self._headers: list[tuple[bytes, bytes]] = []
        self._status = self._size = 0
        self._parser = httptools.HttpResponseParser(self)
        self._done = asyncio.get_running_loop().create_future()
        self.may_go_on = False
        self._transport.write(request)
        return await self._done

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]  # TCP and TLS give one that can write
        self.may_go_on = True

    def connection_lost(self, error: Exception | None) -> None:
        self.may_go_on = False
        self._end()

    def data_received(self, data: bytes) -> None:
        if self._done is None or self._done.done():
            self.close()  # nobody asked: it could be taken for the answer to the next request
            return
        self._size += len(data)
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self._size = _MAX_ANSWER + 1
        if self._size > _MAX_ANSWER:
            self._end()
        elif self._status and self._timer is None and not self._done.done():
            self._timer = asyncio.get_running_loop().call_later(_BODY_S, self._end)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._headers.append((name, value))

    def on_headers_complete(self) -> None:
        status = self._parser.get_status_code()
        if status >= 200 and not self._status:  # below: an interim answer (RFC 9110 section 15.2), the real one follows
            self._status = status

    def on_message_complete(self) -> None:
        if self._status and self._done is not None and not self._done.done():
            self.may_go_on = self._parser.should_keep_alive()
            self._end()

    def close(self) -> None:
        """Closes at once: nothing of what was written is waited for."""
        self.may_go_on = False
        self._transport.abort()

    def _end(self) -> None:
        """Settles the request: a status once read holds, whatever becomes of the body."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._done is None or self._done.done():
            return
        if self._status:
            self._done.set_result(httpx.Response(self._status, headers=self._headers, stream=_UNREAD))
        else:
            self._done.set_exception(httpx.RemoteProtocolError("no answer that is one"))


class PinnedTransport(httpx.AsyncBaseTransport):
    """Connections to one push service. Follows nothing, uses no proxy, connects only to addresses it has judged."""

    def __init__(self, service: Endpoint, tls: ssl.SSLContext) -> None:
        self._service = service
        self._host = service.host.strip("[]")
        self._tls = tls if service.scheme == "https" else None
        self._idle: list[_Connection] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Sends `request`, on an open connection if there is one. Raises Unreachable and httpx's own errors."""
        lines = [request.method.encode("ascii") + b" " + request.url.raw_path + b" HTTP/1.1"]
        lines += [name + b": " + value for name, value in request.headers.raw]
        self._idle = [each for each in self._idle if each.may_go_on]
        connection = self._idle.pop() if self._idle else await self._connect()
        try:
            return await connection.exchange(b"\r\n".join([*lines, b"", await request.aread()]))
        finally:
            if connection.may_go_on:
                self._idle.append(connection)
            else:
                connection.close()

    async def aclose(self) -> None:
        """Closes what is idle."""
        while self._idle:
            self._idle.pop().close()

    async def _connect(self) -> _Connection:
        """A new connection to one of at most two addresses. Raises Unreachable where any of them may not be called."""
        loop, port = asyncio.get_running_loop(), self._service.port
        name = self._host if self._tls else None
        try:
            found = await loop.getaddrinfo(self._host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpx.ConnectError("the name does not resolve") from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        if not all(is_reachable(address, self._service.is_local) for address in addresses):
            raise Unreachable("the name leads to an address that may not be called")
        failure: Exception | None = None
        for address in [*addresses[:1], *addresses[-1:]]:
            try:
                async with asyncio.timeout(_CONNECT_S):
                    opened = loop.create_connection(_Connection, address, port, ssl=self._tls, server_hostname=name)
                    return (await opened)[1]
            except (OSError, TimeoutError) as error:
                failure = error
        raise httpx.ConnectError("no connection") from failure
