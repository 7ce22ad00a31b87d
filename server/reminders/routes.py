"""The wire of reminders: keeping them, what is due, the ledger, and a test of one device."""

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from server.accounts import guard
from server.base import web
from server.reminders import service as reminders


class Reminders(msgspec.Struct):
    """A person's reminders, by time of day."""

    items: list[reminders.ReminderSeen]


class Due(msgspec.Struct):
    """What is due now."""

    items: list[reminders.DueItem]


class Deliveries(msgspec.Struct):
    """The ledger, newest first, and where to go on (null at the end)."""

    items: list[reminders.DeliverySeen]
    next: str | None


async def read_reminders(request: Request) -> Response:
    """GET /api/reminders. 200."""
    return web.json(Reminders(await reminders.listed(guard.patient(request).account_id)))


async def put_reminder(request: Request) -> Response:
    """PUT /api/reminders/{id}. 200; 404 somebody else's; 409 too many, or that questionnaire again; 422."""
    asker, now = guard.patient(request), web.now(request)
    body = reminders.body_of(await web.tree(request), now, asker.zone)
    kept = await reminders.put(asker.account_id, web.uuid(request, "id"), body, asker.day_starts_at, now)
    return web.json(kept)


async def remove_reminder(request: Request) -> Response:
    """DELETE /api/reminders/{id}. 204, the ledger stays; 404 not yours."""
    await reminders.remove(guard.patient(request).account_id, web.uuid(request, "id"))
    return web.no_content()


async def read_due(request: Request) -> Response:
    """GET /api/due. 200: the latest occurrence of today that nothing was logged for."""
    asker = guard.patient(request)
    return web.json(Due(await reminders.due(asker.account_id, asker.day_starts_at, web.now(request))))


async def read_deliveries(request: Request) -> Response:
    """GET /api/deliveries?limit&cursor. 200, newest first; 422."""
    patient, cursor = guard.patient(request), request.query_params.get("cursor")
    return web.json(Deliveries(*await reminders.deliveries(patient.account_id, web.limit(request), cursor)))


async def see_delivery(request: Request) -> Response:
    """POST /api/deliveries/{id}/seen. 204; 404 not yours; 422."""
    patient, receipt = guard.patient(request), await web.read(request, reminders.Receipt)
    await reminders.seen(patient.account_id, web.uuid(request, "id"), receipt, web.now(request))
    return web.no_content()


async def test_subscription(request: Request) -> Response:
    """POST /api/push-subscriptions/{id}/test. 202, a line of the ledger; 404 not yours; 429 too many in an hour."""
    asker, id_ = guard.patient(request), web.uuid(request, "id")
    return web.json(await reminders.test(asker.account_id, id_, asker.zone, web.now(request)), 202)


routes = [
    web.endpoint("GET", "/api/reminders", read_reminders, who="patient", answer=Reminders),
    web.endpoint("PUT", "/api/reminders/{id}", put_reminder, who="patient", body=reminders.ReminderBody,
                 answer=reminders.ReminderSeen, problems=(404, 409)),
    web.endpoint("DELETE", "/api/reminders/{id}", remove_reminder, who="patient", status=204, problems=(404,)),
    web.endpoint("GET", "/api/due", read_due, who="patient", answer=Due),
    web.endpoint("GET", "/api/deliveries", read_deliveries, who="patient", answer=Deliveries,
                 query=("limit", "cursor"), problems=(422,)),
    web.endpoint("POST", "/api/deliveries/{id}/seen", see_delivery, who="patient", body=reminders.Receipt,
                 status=204, problems=(404,)),
    web.endpoint("POST", "/api/push-subscriptions/{id}/test", test_subscription, who="patient",
                 answer=reminders.DeliverySeen, status=202, problems=(404, 429)),
]  # fmt: skip
