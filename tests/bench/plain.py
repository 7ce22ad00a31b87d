"""The same job written plainly in Starlette and Tortoise, a day's work: what `bench --compare` puts beside ours.

`python -m tests.bench.plain <port> <database URL>`. No sealing, no history, no merging, no audit; its commits are as
durable as ours.
"""

import contextlib
import hashlib
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import msgspec
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from tortoise import Tortoise
from tortoise.transactions import in_transaction

from server.base.clock import local_day, wire_instant
from server.journal.rules import CheckIn
from tests.bench.plain_models import Change, Entry, Patient, SignIn


class ChangeBody(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    kind: Literal["check_in"]
    record_id: str
    base_revision: int
    edited_at: datetime
    patch: CheckIn


class SyncBody(msgspec.Struct, forbid_unknown_fields=True):
    since: int = 0
    limit: Annotated[int, msgspec.Meta(ge=1, le=500)] = 500
    changes: list[ChangeBody] = []


def wire(entry: Entry) -> dict[str, Any]:
    """An entry as the contract's record."""
    return {
        "kind": "check_in", "id": str(entry.record_id), "revision": entry.revision, "deleted": False,
        "recorded_at": entry.recorded_at, "edited_at": entry.edited_at, "received_at": entry.received_at,
        "values": entry.body, "alternatives": {},
    }  # fmt: skip


async def asker(request: Request) -> Patient | None:
    """The signed-in patient."""
    token_hash = hashlib.sha256(request.cookies.get("interlude", "").encode()).hexdigest()
    found = await SignIn.get_or_none(token_hash=token_hash).select_related("patient")
    return found.patient if found and found.ends_at > datetime.now(UTC).timestamp() * 1000 else None


async def sync(request: Request) -> JSONResponse:
    """POST /api/sync."""
    patient = await asker(request)
    if patient is None:
        return JSONResponse({}, 401)
    try:
        body = msgspec.json.decode(await request.body(), type=SyncBody)
    except msgspec.ValidationError as error:
        return JSONResponse({"detail": str(error)}, 422)
    async with in_transaction():
        head = await Patient.select_for_update().get(id=patient.id)
        ids = [change.id for change in body.changes]
        seen = await Change.filter(patient=head, change_id__in=ids).values_list("change_id", flat=True)
        known = {str(each) for each in seen}
        new = [change for change in body.changes if change.id not in known]
        entries = [entry_of(head, change, head.revision + place) for place, change in enumerate(new, 1)]
        await Entry.bulk_create(entries)
        await Change.bulk_create([Change(patient=head, change_id=change.id) for change in new])
        head.revision += len(new)
        await head.save(update_fields=["revision"])
        stored = {str(entry.record_id): entry for entry in entries}
        missing = [change.record_id for change in body.changes if change.record_id not in stored]
        if missing:
            stored |= {str(each.record_id): each for each in await Entry.filter(patient=head, record_id__in=missing)}
        news = await Entry.filter(patient=head, revision__gt=body.since).order_by("revision").limit(body.limit)
    results = [
        {
            "id": change.id, "outcome": "replayed" if change.id in known else "stored",
            "record": wire(stored[change.record_id]),
        }
        for change in body.changes
    ]  # fmt: skip
    return JSONResponse(
        {"results": results, "records": [wire(each) for each in news], "revision": head.revision, "more": False}
    )


def entry_of(patient: Patient, change: ChangeBody, revision: int) -> Entry:
    """The entry that a change makes."""
    felt, edited = change.patch.occurred_at.astimezone(UTC), wire_instant(change.edited_at)
    return Entry(
        patient=patient, record_id=change.record_id, revision=revision, happened_at=int(felt.timestamp() * 1000),
        day=local_day(felt, change.patch.zone).isoformat(), recorded_at=edited, edited_at=edited,
        received_at=wire_instant(datetime.now(UTC)), body=msgspec.to_builtins(change.patch),
    )  # fmt: skip


async def read(request: Request) -> JSONResponse:
    """GET /api/check-ins."""
    patient = await asker(request)
    if patient is None:
        return JSONResponse({}, 401)
    query = request.query_params
    entries = (
        await Entry.filter(patient=patient, day__gte=query.get("from", "0"), day__lte=query.get("to", "9"))
        .order_by("-happened_at")
        .limit(int(query.get("limit", 100)))
    )
    return JSONResponse({"items": [wire(each) for each in entries], "next": None})


async def ready(request: Request) -> JSONResponse:
    """GET /readyz."""
    return JSONResponse({})


def tortoise_url(url: str) -> str:
    """The database for Tortoise's own engines, SQLite as durable as ours."""
    if url.startswith("sqlite:///"):
        return f"sqlite://{url.removeprefix('sqlite://')}?journal_mode=WAL&synchronous=FULL&busy_timeout=5000"
    return url.replace("postgresql://", "asyncpg://") + "?minsize=1&maxsize=10"


def app_of(url: str) -> Starlette:
    """The application."""

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        modules = {"plain": ["tests.bench.plain_models"]}
        await Tortoise.init(db_url=tortoise_url(url), modules=modules, _enable_global_fallback=True)
        yield
        await Tortoise.close_connections()

    routes = [Route("/api/sync", sync, methods=["POST"]), Route("/api/check-ins", read), Route("/readyz", ready)]
    return Starlette(routes=routes, lifespan=lifespan)


if __name__ == "__main__":
    uvicorn.run(
        app_of(sys.argv[2]), host="127.0.0.1", port=int(sys.argv[1]), log_config=None, access_log=False,
        server_header=False, loop="uvloop", http="httptools", ws="none", timeout_keep_alive=30,
    )  # fmt: skip
