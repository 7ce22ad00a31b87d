"""HTTP as the routes see it: an endpoint declared with its body and answer, reading a request, writing a response."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, TypeVar

import msgspec
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from server.base.bodies import Body, day_of, struct_of, tree_of
from server.base.errors import Fault, Forbidden, Invalid, Malformed, NotFound, TooLarge, WrongMediaType
from server.base.ids import is_uuid
from server.base.limits import MAX_BODY

__all__ = [
    "Body", "Endpoint", "Period", "attachment", "cookie", "endpoint", "header", "json", "no_content", "now", "period",
    "raw", "read", "tree", "uuid",
]  # fmt: skip

T = TypeVar("T")
Who = Literal["anyone", "account", "patient", "therapist"]
Handler = Callable[[Request], Awaitable[Response]]

_encode = msgspec.json.Encoder().encode
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
MAX_LIMIT = 500


@dataclass(frozen=True)
class Endpoint:
    """What a route takes and answers: the guard, the OpenAPI document and the tests read it."""

    method: str
    path: str
    handler: Handler
    who: Who
    body: Any = None
    answer: Any = None
    status: int = 200
    query: tuple[str, ...] = ()
    problems: tuple[int, ...] = ()
    media: str = ""


class DeclaredRoute(Route):
    """A Starlette route that remembers its declaration."""

    def __init__(self, declared: Endpoint) -> None:
        self.declared = declared
        handle = _admitted(declared)
        super().__init__(declared.path, handle, methods=[declared.method], name=declared.handler.__name__)

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            answer = await handle(Request(scope, receive, send))
            await answer(scope, receive, send)

        self.app = app  # as Starlette's own, without its layer for exceptions: what is raised goes to `Surround`


@dataclass(frozen=True)
class Period:
    """Local days, both included; None where that end is open."""

    first: date | None
    last: date | None


def endpoint(
    method: str, path: str, handler: Handler, *, who: Who, body: Any = None, answer: Any = None, status: int = 200,
    query: tuple[str, ...] = (), problems: tuple[int, ...] = (), media: str = "",
) -> DeclaredRoute:  # fmt: skip
    """A route: who may call it, the struct it takes, the struct and status it answers, its query and its problems.

    `media`: it answers a text of that kind.
    """
    return DeclaredRoute(Endpoint(method, path, handler, who, body, answer, status, query, problems, media))


def now(request: Request) -> datetime:
    """The present instant, by the clock the app was made with."""
    instant: datetime = request.app.state.clock()
    return instant


def header(request: Request, name: str, default: str = "") -> str:
    """The first header called `name`, which is in lower case: a fifth of what Starlette's own look costs."""
    wanted = name.encode()
    return next((str(value, "latin-1") for field, value in request.scope["headers"] if field == wanted), default)


def cookie(request: Request, name: str) -> str:
    """The last cookie called `name`; empty where there is none."""
    wanted, given = name.encode(), [value for field, value in request.scope["headers"] if field == b"cookie"]
    pairs = (part.partition(b"=") for value in given for part in value.split(b";"))
    found = [text for key, _, text in pairs if key.strip() == wanted]
    return str(found[-1].strip().strip(b'"'), "latin-1") if found else ""


async def raw(request: Request) -> bytes:
    """The bytes of a JSON body, never holding more than the limit. Raises WrongMediaType, TooLarge, Malformed."""
    kind = header(request, "content-type")
    if kind != "application/json" and kind.partition(";")[0].strip().lower() != "application/json":
        raise WrongMediaType()
    length = header(request, "content-length")
    if length.isdigit() and (len(length) > 9 or int(length) > MAX_BODY):
        raise TooLarge()
    parts, size = [], 0
    try:
        async for part in request.stream():
            size += len(part)
            if size > MAX_BODY:
                raise TooLarge()
            parts.append(part)
    except ClientDisconnect:
        raise Malformed("The body ended early") from None
    return b"".join(parts)


async def tree(request: Request) -> Any:
    """The JSON body, as far as it is well-formed. Raises WrongMediaType, TooLarge, Malformed."""
    return tree_of(await raw(request))


async def read(request: Request, kind: type[T]) -> T:
    """The JSON body as a `kind`. Raises also Invalid, with every fault."""
    return struct_of(await tree(request), kind)


def uuid(request: Request, name: str) -> str:
    """The id in the path. Raises NotFound for what can't be one."""
    text: str = request.path_params[name]
    if not is_uuid(text):
        raise NotFound()
    return text


def period(request: Request) -> Period:
    """`from` and `to` of the query. Raises Invalid."""
    given = [(name, request.query_params.get(name)) for name in ("from", "to")]
    first, last = (day_of(text, f"/{name}") if text is not None else None for name, text in given)
    if first and last and first > last:
        raise Invalid(Fault("/from", "is later than `to`"))
    return Period(first, last)


def limit(request: Request, default: int = 100, highest: int = MAX_LIMIT) -> int:
    """`limit` of the query. Raises Invalid outside 1 to `highest`."""
    text = request.query_params.get("limit", str(default))
    if not (text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= highest):
        raise Invalid(Fault("/limit", f"must be a whole number from 1 to {highest}"))
    return int(text)


def json(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """`value` (structs, dicts, `msgspec.Raw`) as JSON."""
    return Response(_encode(value), status, headers, "application/json")


def attachment(file: bytes, media: str, name: str) -> Response:
    """A file to keep, under `name`."""
    return Response(file, headers={"Content-Disposition": f'attachment; filename="{name}"'}, media_type=media)


def no_content(headers: dict[str, str] | None = None) -> Response:
    """204."""
    return Response(None, 204, headers)


def is_own(request: Request) -> bool:
    """Whether a browser says the request comes from our own pages; a program sends neither header and passes."""
    own = request.app.state.settings.origin
    site, origin = header(request, "sec-fetch-site", "none"), header(request, "origin", own)
    return site in ("same-origin", "none") and origin == own


def _admitted(declared: Endpoint) -> Handler:
    """The handler behind the checks that come before any body is read: our own origin, then who is asking."""

    async def handle(request: Request) -> Response:
        if request.method not in SAFE_METHODS and not is_own(request):
            raise Forbidden("This request came from another site")
        if declared.who != "anyone":
            # A tab or a frame would show what the app keeps locked: only its own scripts get an answer.
            if header(request, "sec-fetch-dest", "empty") != "empty":
                raise Forbidden("An answer is for the app, not for a tab of its own")
            await request.app.state.admit(request, declared.who)
        return await declared.handler(request)

    return handle
