"""The wire of check-ins: reading them. They are written by the sync."""

from starlette.requests import Request
from starlette.responses import Response

from server.accounts import guard
from server.base import web
from server.journal import service as journal
from server.journal.rules import CheckInPage


async def read_check_ins(request: Request) -> Response:
    """GET /api/check-ins?from&to&limit&cursor. 200, newest first; 422."""
    asker = guard.patient(request)
    cursor = request.query_params.get("cursor")
    return web.json(await journal.page(asker.account_id, web.period(request), web.limit(request), cursor))


routes = [
    web.endpoint(
        "GET",
        "/api/check-ins",
        read_check_ins,
        who="patient",
        answer=CheckInPage,
        query=("from", "to", "limit", "cursor"),
        problems=(422,),
    ),
]
