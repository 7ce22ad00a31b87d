"""The wire of push: the key to subscribe with, and the devices of a person that can be reached."""

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from server.accounts import guard
from server.base import web
from server.push import service as push


class PushKey(msgspec.Struct):
    """The VAPID public key, base64url, as `pushManager.subscribe` takes it."""

    key: str


class Subscriptions(msgspec.Struct):
    """The devices of one person that can be reached, oldest first."""

    items: list[push.SubscriptionSeen]


async def read_push_key(request: Request) -> Response:
    """GET /api/push-key. 200."""
    return web.json(PushKey(push.public_key()))


async def add_subscription(request: Request) -> Response:
    """POST /api/push-subscriptions. 201; 409 too many; 422 a host that is not allowed, or keys that are none."""
    patient = guard.patient(request)
    body = await web.read(request, push.NewSubscription)
    now = web.now(request)
    added = await guard.while_signed_in(patient, lambda: push.add(patient.account_id, patient.sign_in_id, body, now))
    return web.json(added, 201)


async def read_subscriptions(request: Request) -> Response:
    """GET /api/push-subscriptions. 200."""
    patient = guard.patient(request)
    return web.json(Subscriptions(await push.listed(patient.account_id, patient.sign_in_id)))


async def remove_subscription(request: Request) -> Response:
    """DELETE /api/push-subscriptions/{id}. 204; 404 not yours."""
    await push.remove(guard.patient(request).account_id, web.uuid(request, "id"))
    return web.no_content()


routes = [
    web.endpoint("GET", "/api/push-key", read_push_key, who="patient", answer=PushKey),
    web.endpoint("GET", "/api/push-subscriptions", read_subscriptions, who="patient", answer=Subscriptions),
    web.endpoint(
        "POST", "/api/push-subscriptions", add_subscription, who="patient",
        body=push.NewSubscription, answer=push.SubscriptionSeen, status=201, problems=(409,),
    ),
    web.endpoint(
        "DELETE", "/api/push-subscriptions/{id}", remove_subscription, who="patient", status=204, problems=(404,)
    ),
]  # fmt: skip
