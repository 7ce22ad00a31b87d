"""The cast, and what the patient among them has: the ids and bodies with which a route can be asked."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx
import pyotp

from server.base.ids import uuid7
from server.push.encryption import base64url, key_of, new_key, point_of
from tests.people import PASSWORD, Cast, Person, Share

SECRET = "a sentence that is nobody else's"
DAILY = {"local_time": "20:30", "weekdays": [1, 2, 3, 4, 5, 6, 7], "zone": "Europe/Berlin"}
HOURS = {"weekdays": [1], "from": "09:00", "to": "17:00", "zone": "Europe/Berlin"}
OPENED = ["scales", "sessions", "notes", "questions", "alerts"]
CONSENT = {"as": "therapist", "scopes": ["scales", "notes"]}


@dataclass
class World:
    """The cast, and what the patient has: ids are made as they are asked for, so that each route finds its own."""

    people: dict[str, Person]
    share: Share
    former_share: Share
    record_id: str
    factor_secret: str = ""

    @property
    def patient(self) -> Person:
        return self.people["patient"]

    async def path(self, template: str, caller: str) -> str:
        """The template with the patient's ids in it; a former therapist knows the id of their own consent."""
        parts = template.split("/")
        for place, part in enumerate(parts):
            if part == "{}":
                parts[place] = await _IDS[parts[place - 1]](self)
        if caller == "former" and template.startswith("/api/shared/{}"):
            parts[3] = self.former_share.id
        return "/".join(parts)

    async def body(self, name: str) -> Any:
        """What a route takes, so that the one who may is not refused; None for nothing."""
        body = _BODIES.get(name)
        return await body(self) if callable(body) else body


async def new_world(cast: Cast, patient: Person, therapist: Person, former: tuple[Person, Share]) -> World:
    """Everybody, around a patient with one entry that a therapist reads and another once did."""
    newcomer = await cast.join("therapist", "Dr. Neu")
    await newcomer.enrol()
    await ask(newcomer, "PUT", "/api/reading-hours", HOURS)
    people = {
        "nobody": await cast.nobody(), "newcomer": newcomer, "former": former[0], "therapist": therapist,
        "stranger": await cast.join("patient", "Ole Fremdling"), "patient": patient,
    }  # fmt: skip
    record = await patient.keep(mood=4, note=SECRET)
    return World(people, await cast.share(patient, therapist, scopes=OPENED), former[1], record["id"])


async def ask(person: Person, method: str, path: str, body: Any) -> httpx.Response:
    """The answer to somebody's request, whose cookies stay as they were."""
    before = httpx.Cookies(person.cookies)
    answer = await person.request(method, path, **({} if body is None else {"json": body}))
    if not path.endswith("/current"):
        person.cookies = before
    return answer


async def _made(person: Person, method: str, path: str, body: Any) -> Any:
    answer = await ask(person, method, path, body)
    assert answer.is_success, answer.text
    return answer.json()


async def _sign_in(world: World) -> str:
    await _made(world.patient, "POST", "/api/sign-ins", {"email": world.patient.email, "password": PASSWORD})
    devices = (await world.patient.get("/api/sign-ins")).json()
    return str(next(device["id"] for device in devices if not device["current"]))


async def _factor(world: World) -> str:
    started = await _made(world.patient, "POST", "/api/factors/totp", {})
    world.factor_secret = started["secret"]
    return str(started["id"])


async def _subscription(world: World) -> str:
    return str((await _made(world.patient, "POST", "/api/push-subscriptions", _subscription_of("one")))["id"])


async def _reminder(world: World) -> str:
    for each in (await world.patient.get("/api/reminders")).json()["items"]:
        return str(each["id"])
    return str((await _made(world.patient, "PUT", f"/api/reminders/{uuid7()}", DAILY))["id"])


async def _delivery(world: World) -> str:
    for each in (await world.patient.get("/api/deliveries")).json()["items"]:
        return str(each["id"])
    path = f"/api/push-subscriptions/{await _subscription(world)}/test"
    return str((await _made(world.patient, "POST", path, None))["id"])


async def _consent(world: World) -> str:
    return world.share.id


async def _record(world: World) -> str:
    return world.record_id


async def _question(world: World) -> str:
    return str((await world.patient.keep("question", text="About sleep", audience="therapist"))["id"])


async def _alert(world: World) -> str:
    """One that the therapist has seen, so that it may be closed, and seen once more."""
    await world.patient.keep("help_request", trigger="button", choice="tell_therapist")
    alert_id = str((await world.patient.get("/api/alerts")).json()["items"][0]["id"])
    await _made(world.people["therapist"], "POST", f"/api/alerts/{alert_id}/seen", {})
    return alert_id


async def _instrument(world: World) -> str:
    return "phq-9"


_IDS: dict[str, Callable[[World], Awaitable[str]]] = {
    "sign-ins": _sign_in, "totp": _factor, "records": _record, "notes": _record, "consents": _consent,
    "instruments": _instrument, "shared": _consent, "push-subscriptions": _subscription, "reminders": _reminder,
    "deliveries": _delivery, "questions": _question, "alerts": _alert,
}  # fmt: skip


async def _registration(world: World) -> dict[str, Any]:
    body = {"email": f"{uuid7()}@example.org", "password": PASSWORD, "role": "patient", "name": "New"}
    return body | {"zone": "UTC", "adult": True}


async def _credentials(world: World) -> dict[str, str]:
    return {"email": world.people["stranger"].email, "password": PASSWORD}


async def _code(world: World) -> dict[str, str]:
    return {"code": pyotp.TOTP(world.factor_secret).at(world.patient.clock.instant)}


async def _invitation(world: World) -> dict[str, str]:
    return {"secret": (await _made(world.patient, "POST", "/api/consents", CONSENT))["invitation"].rpartition("/")[2]}


def _subscription_of(browser: str) -> dict[str, Any]:
    keys = {"p256dh": base64url(point_of(key_of(new_key()))), "auth": base64url(b"sixteen secrets!")}
    return {"endpoint": f"https://fcm.googleapis.com/fcm/send/{browser}", "keys": keys}


async def _new_subscription(world: World) -> dict[str, Any]:
    return _subscription_of("another")


_BODIES: dict[str, Any] = {
    "POST /api/accounts": _registration,
    "POST /api/sign-ins": _credentials,
    "PATCH /api/account": {"language": "de"},
    "DELETE /api/account": {"password": PASSWORD},
    "POST /api/step-ups": {"password": PASSWORD},
    "POST /api/factors/totp": {},
    "POST /api/factors/totp/{}/confirm": _code,
    "POST /api/sync": {},
    "POST /api/push-subscriptions": _new_subscription,
    "PUT /api/reminders/{}": DAILY,
    "POST /api/deliveries/{}/seen": {},
    "POST /api/consents": CONSENT,
    "POST /api/consents/acceptance": _invitation,
    "PATCH /api/consents/{}": {"scopes": [scope for scope in OPENED if scope != "sessions"]},
    "PUT /api/consents/{}/quiet": {"quiet_after_days": 7},
    "POST /api/alerts/{}/seen": {"reply": "read"},
    "PUT /api/reading-hours": HOURS,
}
