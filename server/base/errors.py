"""The one family of problems (RFC 9457): raised by rules and services, answered by the app, caught by nobody else."""

from typing import Any, ClassVar

import msgspec


class Fault(msgspec.Struct, frozen=True):
    """One thing wrong with a body: where (RFC 6901 pointer) and what, in words for the person who sent it."""

    pointer: str
    detail: str


class Problem(Exception):
    """A refusal with a name. `type` on the wire is `/problems/<name>`."""

    status: ClassVar[int] = 500
    name: ClassVar[str] = "internal-error"
    title: ClassVar[str] = "Something went wrong on our side"

    def __init__(self, detail: str = "", **extra: Any) -> None:
        super().__init__(detail or self.title)
        self.detail = detail
        self.extra = extra
        self.headers: dict[str, str] = {}

    def document(self) -> dict[str, Any]:
        """The `application/problem+json` body."""
        body: dict[str, Any] = {"type": f"/problems/{self.name}", "title": self.title, "status": self.status}
        if self.detail:
            body["detail"] = self.detail
        return body | self.extra


class Malformed(Problem):
    status, name, title = 400, "malformed", "The body is not valid JSON"


class Unauthenticated(Problem):
    status, name, title = 401, "not-signed-in", "Please sign in"


class Forbidden(Problem):
    status, name, title = 403, "forbidden", "This is not allowed"


class NotFound(Problem):
    status, name, title = 404, "not-found", "There is nothing here"


class WrongMethod(Problem):
    status, name, title = 405, "wrong-method", "This address does not take that method"


class Conflict(Problem):
    status, name, title = 409, "conflict", "This does not fit the present state"


class Stale(Problem):
    status, name, title = 412, "stale", "Somebody changed this in the meantime"


class TooLarge(Problem):
    status, name, title = 413, "too-large", "The body is too large"


class WrongMediaType(Problem):
    status, name, title = 415, "wrong-media-type", "The body must be application/json"


class Invalid(Problem):
    """422, with every fault named."""

    status, name, title = 422, "invalid", "Some of this could not be accepted"

    def __init__(self, *faults: Fault) -> None:
        super().__init__()
        self.faults = faults
        self.extra = {"errors": [{"pointer": fault.pointer, "detail": fault.detail} for fault in faults]}


class TooMany(Problem):
    """429 with `Retry-After` in whole seconds."""

    status, name, title = 429, "too-many", "Too many tries; please wait"

    def __init__(self, retry_after_s: int) -> None:
        super().__init__()
        self.headers = {"Retry-After": str(max(1, retry_after_s))}


class HeadTooLarge(Problem):
    status, name, title = 431, "head-too-large", "The address or the headers are too large"


class Unavailable(Problem):
    status, name, title = 503, "unavailable", "The server cannot do this just now; nothing was changed"


class StorageFull(Problem):
    status, name, title = 507, "storage-full", "The server's disk is full; nothing was changed"
