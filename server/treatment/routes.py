"""The wire of treatment sessions: reading them. They are written by the sync."""

from starlette.requests import Request
from starlette.responses import Response

from server.accounts import guard
from server.base import web
from server.treatment import service as treatment
from server.treatment.rules import TreatmentSessionPage


async def read_treatment_sessions(request: Request) -> Response:
    """GET /api/treatment-sessions?from&to&limit&cursor. 200, newest first; 422."""
    asker = guard.patient(request)
    cursor = request.query_params.get("cursor")
    return web.json(await treatment.page(asker.account_id, web.period(request), web.limit(request), cursor))


routes = [
    web.endpoint(
        "GET",
        "/api/treatment-sessions",
        read_treatment_sessions,
        who="patient",
        answer=TreatmentSessionPage,
        query=("from", "to", "limit", "cursor"),
        problems=(422,),
    ),
]
