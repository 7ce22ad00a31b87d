"""Whether the server is alive and ready, and its figures for an operator on the same machine."""

import prometheus_client
from starlette.requests import Request
from starlette.responses import Response

from server.base import web
from server.base.errors import NotFound, Unavailable
from server.base.settings import is_loopback
from server.database import service as database


async def alive(request: Request) -> Response:
    """GET /healthz. 200 while the process answers."""
    return web.json({"status": "alive"})


async def ready(request: Request) -> Response:
    """GET /readyz. 200 with the database and its schema right; else 503."""
    try:
        await database.require_present_schema()
    except Exception as error:
        raise Unavailable("The database does not answer, or lacks a migration") from error
    return web.json({"status": "ready"})


async def metrics(request: Request) -> Response:
    """GET /metrics. 200 to this machine; 404 to any other."""
    if request.client is None or not is_loopback(request.client.host) or "x-forwarded-for" in request.headers:
        raise NotFound()
    return Response(prometheus_client.generate_latest(), media_type=prometheus_client.CONTENT_TYPE_LATEST)


routes = [
    web.endpoint("GET", "/healthz", alive, who="anyone"),
    web.endpoint("GET", "/readyz", ready, who="anyone", problems=(503,)),
    web.endpoint("GET", "/metrics", metrics, who="anyone", problems=(404,)),
]
