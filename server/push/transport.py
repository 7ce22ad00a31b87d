"""HTTP/1.1 to one push service, as httpx's transport: the name is resolved here, judged, and that very address called.

httpx's own pool looks through all its connections on every request, and resolves names where nobody can judge them.
"""

import asyncio
import socket
import ssl

import httptools
import httpx

from server.push.rules import Endpoint, is_reachable

_CONNECT_S = 4.0
_BODY_S = 1.0  # how long a body that nobody reads may keep its connection
_MAX_HEAD = 32 * 1024
_MAX_BODY = 64 * 1024


class Unreachable(httpx.ConnectError):
    """The name leads to an address that may not be called."""


class _Closed(httpx.RemoteProtocolError):
    """The other side closed the connection before it answered."""


class _Connection(asyncio.Protocol):
    """One open connection, used by one request at a time, and the parser's callbacks for the answer to that one."""

    def __init__(self) -> None:
        self.may_go_on = False
        self._transport: asyncio.Transport | None = None
        self._done: asyncio.Future[httpx.Response] | None = None
        self._timer: asyncio.TimerHandle | None = None

    async def exchange(self, request: bytes) -> httpx.Response:
        """Sends `request` and answers with status and headers; the body is read past, not kept."""
        self._headers: list[tuple[bytes, bytes]] = []
        self._status = self._size = 0
        self.may_go_on = False
        self._parser = httptools.HttpResponseParser(self)
        self._done = asyncio.get_running_loop().create_future()
        if self._transport is None or self._transport.is_closing():
            raise _Closed("closed while it waited")
        self._transport.write(request)
        return await self._done

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]  # TCP and TLS give one that can write
        self.may_go_on = True

    def connection_lost(self, error: Exception | None) -> None:
        self.may_go_on = False
        self._end(_Closed("closed without an answer"))

    def data_received(self, data: bytes) -> None:
        if self._done is None or self._done.done():
            self.close()  # nobody asked: it could be taken for the answer to the next request
            return
        self._size += len(data)
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self.may_go_on = False
            self._end(httpx.RemoteProtocolError("the answer is not HTTP"))
            return
        if self._size > (_MAX_BODY if self._status else _MAX_HEAD):
            self._end(httpx.RemoteProtocolError("the answer is too long"))
        elif self._status and self._timer is None and not self._done.done():
            self._timer = asyncio.get_running_loop().call_later(_BODY_S, self._end)

    def on_message_begin(self) -> None:
        self.may_go_on = False

    def on_header(self, name: bytes, value: bytes) -> None:
        self._headers.append((name, value))

    def on_headers_complete(self) -> None:
        status = self._parser.get_status_code()
        if status < 200:  # an interim answer (RFC 9110 section 15.2); the real one follows
            self._headers.clear()
        elif not self._status:
            self._status = status

    def on_message_complete(self) -> None:
        if self._status and self._done is not None and not self._done.done():
            self.may_go_on = self._parser.should_keep_alive()
            self._end()

    def close(self) -> None:
        """Closes at once: nothing of what was written is waited for."""
        self.may_go_on = False
        if self._transport is not None:
            self._transport.abort()

    def _end(self, error: Exception | None = None) -> None:
        """Settles the request: a status once read holds, whatever becomes of the body."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._done is None or self._done.done():
            return
        if self._status:
            self._done.set_result(httpx.Response(self._status, headers=self._headers))
        else:
            self._done.set_exception(error or httpx.RemoteProtocolError("no answer"))


class PinnedTransport(httpx.AsyncBaseTransport):
    """Connections to one push service. Follows nothing, uses no proxy, connects only to addresses it has judged."""

    def __init__(self, service: Endpoint, tls: ssl.SSLContext) -> None:
        self._service = service
        self._host = service.host.strip("[]")
        self._tls = tls if service.scheme == "https" else None
        self._idle: list[_Connection] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Sends `request`, on an open connection if there is one. Raises Unreachable and httpx's own errors."""
        text = await _text_of(request)
        while self._idle:
            connection = self._idle.pop()
            if connection.may_go_on:
                try:
                    return await self._on(connection, text)
                except _Closed:
                    break  # it closed just as the request left: once more, on a new connection
        return await self._on(await self._connect(), text)

    async def aclose(self) -> None:
        """Closes what is idle."""
        while self._idle:
            self._idle.pop().close()

    async def _on(self, connection: _Connection, text: bytes) -> httpx.Response:
        try:
            return await connection.exchange(text)
        finally:
            if connection.may_go_on:
                self._idle.append(connection)
            else:
                connection.close()

    async def _connect(self) -> _Connection:
        loop = asyncio.get_running_loop()
        server_name = self._host if self._tls else None
        failure: Exception | None = None
        for address in await self._addresses():
            try:
                async with asyncio.timeout(_CONNECT_S):
                    _, connection = await loop.create_connection(
                        _Connection, address, self._service.port, ssl=self._tls, server_hostname=server_name
                    )
                    return connection
            except (OSError, TimeoutError) as error:
                failure = error
        raise httpx.ConnectError("no connection") from failure

    async def _addresses(self) -> list[str]:
        """At most two addresses of the service. Raises Unreachable where any of its addresses may not be called."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(_CONNECT_S):
                found = await loop.getaddrinfo(self._host, self._service.port, type=socket.SOCK_STREAM)
        except (OSError, TimeoutError, UnicodeError) as error:
            raise httpx.ConnectError("the name does not resolve") from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        if not all(is_reachable(address, self._service.is_local) for address in addresses):
            raise Unreachable("the name leads to an address that may not be called")
        return addresses[:2]


async def _text_of(request: httpx.Request) -> bytes:
    lines = [request.method.encode("ascii") + b" " + request.url.raw_path + b" HTTP/1.1"]
    lines += [name + b": " + value for name, value in request.headers.raw]
    return b"\r\n".join(lines) + b"\r\n\r\n" + await request.aread()
