"""The wire of one's own summary."""

from starlette.requests import Request
from starlette.responses import Response

from server.accounts import guard
from server.base import web
from server.summaries import service as summaries


async def read_summary(request: Request) -> Response:
    """GET /api/summary?from&to. 200; 422. Without `from` the last 30 days."""
    asker = guard.patient(request)
    period, now = web.period(request), web.now(request)
    return web.json(await summaries.summary(asker.account_id, period, now, asker.zone, asker.day_starts_at))


routes = [
    web.endpoint(
        "GET",
        "/api/summary",
        read_summary,
        who="patient",
        answer=summaries.Summary,
        query=("from", "to"),
        problems=(422,),
    ),
]
