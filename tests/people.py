"""The cast of the tests: a clock that stands still, and people with a signed-in client each."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pyotp
from starlette.applications import Starlette

from server.base.clock import wire_instant
from server.base.ids import uuid7

ORIGIN = "http://localhost:8000"
PASSWORD = "harbour lantern quietly seven"
ANCHORS = {
    "check_in": "occurred_at", "treatment_session": "starts_at", "response": "completed_at", "watch": "occurred_at",
    "meeting": "starts_at", "help_request": "raised_at",
}  # fmt: skip
"""The instant that a new record of each kind needs."""
ZONED = {"check_in", "treatment_session", "response", "watch", "meeting"}


class Clock:
    """Says the same instant until it is moved."""

    def __init__(self, instant: datetime = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)) -> None:
        self.instant = instant

    def __call__(self) -> datetime:
        return self.instant

    def move(self, **span: float) -> None:
        """Moves on by hours, days, minutes, …"""
        self.instant += timedelta(**span)

    def wire(self, **span: float) -> str:
        """The instant, or one that span later, as the wire writes it."""
        return wire_instant(self.instant + timedelta(**span))


class Person(httpx.AsyncClient):
    """A client of the app in process; a person once it is signed in."""

    def __init__(self, app: Starlette, clock: Clock) -> None:
        transport = httpx.ASGITransport(app=app, client=("203.0.113.7", 50000))
        super().__init__(transport=transport, base_url=ORIGIN)
        self.clock = clock
        self.id = ""
        self.email = ""
        self.totp_secret = ""

    async def sync(self, *changes: dict[str, Any], since: int = 0, **more: Any) -> dict[str, Any]:
        """The answer to a sync that went well."""
        raw = json.dumps({"since": since, "changes": list(changes), **more})  # keeps lone surrogates, as escapes
        answer = await self.post("/api/sync", content=raw, headers={"content-type": "application/json"})
        assert answer.status_code == 200, answer.text
        body: dict[str, Any] = answer.json()
        return body

    def change(
        self, kind: str = "check_in", record_id: str | None = None, base: int = 0, **patch: Any
    ) -> dict[str, Any]:
        """A change with fresh ids; a new record (base 0) gets the time and zone that it needs."""
        if base == 0:
            zone = {"zone": "Europe/Berlin"} if kind in ZONED else {}
            patch = {ANCHORS[kind]: self.clock.wire(), **zone, **patch} if kind in ANCHORS else patch
        return {
            "id": uuid7(),
            "kind": kind,
            "record_id": record_id or uuid7(),
            "base_revision": base,
            "edited_at": self.clock.wire(),
            "patch": patch,
        }

    async def keep(self, kind: str = "check_in", **patch: Any) -> dict[str, Any]:
        """Stores one new record; answers it as the wire shows it."""
        result = (await self.sync(self.change(kind, **patch)))["results"][0]
        assert result["outcome"] == "stored", result
        record: dict[str, Any] = result["record"]
        return record

    async def sign_in(self) -> None:
        """Signs in again, with the second factor where there is one."""
        code = {"code": self.code()} if self.totp_secret else {}
        answer = await self.post("/api/sign-ins", json={"email": self.email, "password": PASSWORD, **code})
        assert answer.status_code == 201, answer.text

    async def prove(self) -> None:
        """Says the password again, as giving a share asks."""
        answer = await self.post("/api/step-ups", json={"password": PASSWORD})
        assert answer.status_code == 204, answer.text

    async def erase(self) -> httpx.Response:
        """Erases the account."""
        return await self.request("DELETE", "/api/account", json={"password": PASSWORD})

    async def enrol(self) -> list[str]:
        """Adds a second factor; answers the recovery codes."""
        started = (await self.post("/api/factors/totp", json={})).json()
        self.totp_secret = started["secret"]
        answer = await self.post(f"/api/factors/totp/{started['id']}/confirm", json={"code": self.code()})
        assert answer.status_code == 200, answer.text
        codes: list[str] = answer.json()["recovery_codes"]
        return codes

    def code(self) -> str:
        """The code that the person's authenticator app shows now."""
        return pyotp.TOTP(self.totp_secret).at(self.clock.instant)


@dataclass(frozen=True)
class Share:
    """An accepted consent."""

    id: str

    @property
    def summary_url(self) -> str:
        return f"/api/shared/{self.id}/summary"


class Cast:
    """Makes people of one app."""

    def __init__(self, app: Starlette, clock: Clock) -> None:
        self.app = app
        self.clock = clock
        self.people: list[Person] = []

    async def nobody(self) -> Person:
        person = Person(self.app, self.clock)
        self.people.append(person)
        return person

    async def join(self, role: str, name: str, zone: str = "Europe/Berlin") -> Person:
        """Registers somebody and answers their signed-in client."""
        person = await self.nobody()
        person.email = f"{name.lower().replace(' ', '.')}.{len(self.people)}@example.org"
        body = {
            "email": person.email,
            "password": PASSWORD,
            "role": role,
            "name": name,
            "zone": zone,
            "adult": True,
        }
        answer = await person.post("/api/accounts", json=body)
        assert answer.status_code == 201, answer.text
        person.id = answer.json()["id"]
        return person

    async def invitation(self, patient: Person, **more: Any) -> str:
        """The secret of an invitation that `patient` gives to a therapist."""
        body = {"as": "therapist", "scopes": ["scales", "sessions", "notes"], **more}
        answer = await patient.post("/api/consents", json=body)
        if answer.json().get("type") == "/problems/step-up-needed":
            await patient.prove()
            answer = await patient.post("/api/consents", json=body)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["invitation"]).rsplit("/", 1)[1]

    async def share(self, patient: Person, therapist: Person, **more: Any) -> Share:
        """A consent of `patient` that `therapist` accepted."""
        secret = await self.invitation(patient, **more)
        answer = await therapist.post("/api/consents/acceptance", json={"secret": secret})
        assert answer.status_code == 200, answer.text
        return Share(answer.json()["id"])

    async def leave(self) -> None:
        for person in self.people:
            await person.aclose()
