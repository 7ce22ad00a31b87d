"""The wire of records: sync, and the earlier versions of one."""

from starlette.requests import Request
from starlette.responses import Response

from server.accounts import guard
from server.base import web
from server.records import service as records
from server.records.changes import SyncBody, read


async def sync(request: Request) -> Response:
    """POST /api/sync. 200 once the commit is on disk; 400 malformed; 409 another history; 413; 422 envelope."""
    asker = guard.patient(request)
    body, changes = read(await web.raw(request))
    return web.json(await records.push_changes(asker.account_id, asker.day_starts_at, body, changes, web.now(request)))


async def read_history(request: Request) -> Response:
    """GET /api/records/{record_id}/history?cursor. 200; 404 not yours; 422 no cursor of ours."""
    asker = guard.patient(request)
    cursor = request.query_params.get("cursor")
    return web.json(await records.history(asker.account_id, web.uuid(request, "record_id"), cursor))


routes = [
    web.endpoint("POST", "/api/sync", sync, who="patient", body=SyncBody, answer=records.SyncAnswer, problems=(409,)),
    web.endpoint(
        "GET", "/api/records/{record_id}/history", read_history, who="patient", answer=records.Page, query=("cursor",),
        problems=(404, 422),
    ),
]
