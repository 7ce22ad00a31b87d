"""The wire of reading hours: a therapist's own. Whoever shares with them reads them with the consent."""

from starlette.requests import Request
from starlette.responses import Response

from server.accounts import guard
from server.base import web
from server.base.errors import NotFound
from server.reading_hours import service as reading_hours
from server.reading_hours.rules import ReadingHours


async def read_hours(request: Request) -> Response:
    """GET /api/reading-hours. 200; 404 where they were never said."""
    hours = await reading_hours.hours_of(guard.therapist(request).account_id)
    if hours is None:
        raise NotFound()
    return web.json(hours)


async def keep_hours(request: Request) -> Response:
    """PUT /api/reading-hours. 200; 422."""
    asker = guard.therapist(request)
    body = await web.read(request, ReadingHours)
    return web.json(await reading_hours.keep_hours(asker.account_id, body, web.now(request)))


PATH = "/api/reading-hours"

routes = [
    web.endpoint("GET", PATH, read_hours, who="therapist", answer=ReadingHours, problems=(404,)),
    web.endpoint("PUT", PATH, keep_hours, who="therapist", body=ReadingHours, answer=ReadingHours),
]
