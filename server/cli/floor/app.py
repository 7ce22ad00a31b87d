"""The raw floor: the measured routes as HTTP and SQL alone. No framework, no sealing, history, merging, audit.

What the routes must do, it does: one look-up of the token, bodies checked by the same structs, change ids that count
once, a revision a patient, the local day, the record and what is new since, one durable commit a batch.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, NamedTuple, Protocol
from urllib.parse import parse_qs

import msgspec
import uvicorn

from server.base.bodies import Body
from server.base.clock import local_day, milliseconds, system_clock, wire_instant
from server.base.ids import Id, secret_hash
from server.journal import service as journal


class Change(Body):
    """A change as the measured route takes it; the floor knows new check-ins alone."""

    id: Id
    kind: Literal["check_in"]
    record_id: Id
    base_revision: int
    edited_at: Annotated[datetime, msgspec.Meta(tz=True)]
    patch: journal.CheckIn


class Sync(Body):
    """The envelope."""

    since: Annotated[int, msgspec.Meta(ge=0)] = 0
    limit: Annotated[int, msgspec.Meta(ge=1, le=500)] = 500
    changes: Annotated[list[Change], msgspec.Meta(max_length=500)] = []


class Row(NamedTuple):
    """An entry to be stored: ids, local day, instants (milliseconds; then as the wire writes them), JSON."""

    change_id: str
    record_id: str
    day: str
    happened_at: int
    edited_at: str
    received_at: str
    values: str


class Kept(NamedTuple):
    """What became of a batch: which changes were new, the patient's revision, the stored rows by record."""

    fresh: set[str]
    revision: int
    stored: dict[str, bytes]
    news: list[bytes]


class Store(Protocol):
    """A database of the floor."""

    async def patient_of(self, token_hash: str, now: int) -> str | None: ...

    async def put(self, patient_id: str, rows: list[Row], since: int, limit: int) -> Kept: ...

    async def between(self, patient_id: str, first: str, last: str, limit: int) -> list[bytes]: ...

    async def seed(self, patients: Sequence[tuple[str, str]], rows: Sequence[tuple[str, int, Row]]) -> None: ...

    async def close(self) -> None: ...


_decode = msgspec.json.Decoder(Sync).decode
_encode = msgspec.json.Encoder().encode
_PLAIN = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]


def wire(record_id: str, revision: int, edited_at: str, received_at: str, values: str) -> bytes:
    """A row as the contract's record."""
    return (
        f'{{"kind":"check_in","id":"{record_id}","revision":{revision},"deleted":false,"recorded_at":"{edited_at}",'
        f'"edited_at":"{edited_at}","received_at":"{received_at}","values":{values},"alternatives":{{}}}}'
    ).encode()


def row_of(change: Change, now: datetime, now_text: str) -> Row:
    """The row that a change makes. Raises ValueError where it holds what can't be."""
    values = change.patch
    if journal.CHECK_IN.check(values, now) or not isinstance(values.occurred_at, datetime) or not values.zone:
        raise ValueError
    happened_at = values.occurred_at.astimezone(UTC)
    return Row(
        change.id, change.record_id, local_day(happened_at, str(values.zone)).isoformat(), milliseconds(happened_at),
        wire_instant(change.edited_at), now_text, _encode(values).decode(),
    )  # fmt: skip


class Floor:
    """The application."""

    def __init__(self, store: Store) -> None:
        self.store = store

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        status, body = await self._answer(scope, receive)
        headers = [*_PLAIN, (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _answer(self, scope: Any, receive: Any) -> tuple[int, bytes]:
        path, now = scope["path"], system_clock()
        if path == "/readyz":
            return 200, b"{}"
        patient_id = await self.store.patient_of(secret_hash(_token(scope)), milliseconds(now))
        if patient_id is None:
            return 401, b"{}"
        if path == "/api/check-ins":
            return await self._read(patient_id, scope)
        if path == "/api/sync" and scope["method"] == "POST":
            return await self._sync(patient_id, await _body(receive), now)
        return 404, b"{}"

    async def _read(self, patient_id: str, scope: Any) -> tuple[int, bytes]:
        query = parse_qs(scope["query_string"].decode())
        first, last = query.get("from", ["0000"])[0], query.get("to", ["9999"])[0]
        found = await self.store.between(patient_id, first, last, int(query.get("limit", ["100"])[0]))
        return 200, b'{"items":[' + b",".join(found) + b'],"next":null}'

    async def _sync(self, patient_id: str, body: bytes, now: datetime) -> tuple[int, bytes]:
        try:
            sync, now_text = _decode(body), wire_instant(now)
            rows = [row_of(change, now, now_text) for change in sync.changes]
        except ValueError:
            return 422, b"{}"
        kept = await self.store.put(patient_id, rows, sync.since, sync.limit)
        results = [_result(row, row.change_id in kept.fresh, kept.stored[row.record_id]) for row in rows]
        parts = (b",".join(results), b",".join(kept.news), kept.revision)
        return 200, b'{"results":[%b],"records":[%b],"revision":%d,"more":false}' % parts


def _result(row: Row, is_fresh: bool, record: bytes) -> bytes:
    outcome = b"stored" if is_fresh else b"replayed"
    return b'{"id":"%b","outcome":"%b","record":%b}' % (row.change_id.encode(), outcome, record)


def _token(scope: Any) -> str:
    for name, value in scope["headers"]:
        if name == b"cookie":
            for part in value.decode("latin-1").split("; "):
                if part.startswith("interlude="):
                    return str(part[10:])
    return ""


async def _body(receive: Any) -> bytes:
    message = await receive()
    if not message.get("more_body"):
        return bytes(message["body"])
    parts = [message["body"]]
    while message.get("more_body"):
        message = await receive()
        parts.append(message["body"])
    return b"".join(parts)


async def serve(store: Store, port: int) -> None:
    """Listens as `serve` does, until it is told to stop."""
    config = uvicorn.Config(
        Floor(store), host="127.0.0.1", port=port, log_config=None, access_log=False, server_header=False,
        date_header=True, http="httptools", ws="none", lifespan="off", timeout_keep_alive=30,
    )  # fmt: skip
    await uvicorn.Server(config).serve()
    await store.close()
