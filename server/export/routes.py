"""The wire of what a person takes away."""

from starlette.requests import Request
from starlette.responses import Response

from server.accounts import guard
from server.base import web
from server.export import service as export

CSV = "text/csv; charset=utf-8; header=present"


async def read_check_ins_table(request: Request) -> Response:
    """GET /api/check-ins.csv?from&to. 200, oldest first; 403 step-up; 422."""
    asker, period, now = guard.patient(request), web.period(request), web.now(request)
    guard.require_proof(asker, now)
    table = await export.check_ins_table(asker.account_id, period, now)
    headers = {"Content-Disposition": 'attachment; filename="check-ins.csv"'}
    return Response(table, headers=headers, media_type=CSV)


routes = [
    web.endpoint(
        "GET",
        "/api/check-ins.csv",
        read_check_ins_table,
        who="patient",
        media="text/csv",
        query=("from", "to"),
        problems=(403, 422),
    ),
]
