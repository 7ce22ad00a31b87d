"""The wire of numbers to call. Alerts are reached through a share, and have their routes there."""

from starlette.requests import Request
from starlette.responses import Response

from server.base import web
from server.safety import service as safety


async def read_crisis_lines(request: Request) -> Response:
    """GET /api/crisis-lines?country. 200, for anyone; 422. Without `country` those of every country we know."""
    return web.json(safety.crisis_lines(request.query_params.get("country"), web.now(request)))


routes = [
    web.endpoint(
        "GET",
        "/api/crisis-lines",
        read_crisis_lines,
        who="anyone",
        answer=safety.CrisisLines,
        query=("country",),
        problems=(422,),
    ),
]
