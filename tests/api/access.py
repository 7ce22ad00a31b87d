"""Who may do what: one row for every route, and a walk that asks each as everybody."""

from collections.abc import Iterable

import httpx
from starlette.routing import BaseRoute

from server.base.web import DeclaredRoute
from tests.api.world import SECRET, World, ask

SIGN_OUT, ERASE = "DELETE /api/sign-ins/current", "DELETE /api/account"
LOCK_DOWN = "POST /api/lockdowns"

# Whoever may least is asked first and the owner last, so that what was refused shows in what the owner still can do.
CALLERS = ("nobody", "newcomer", "former", "therapist", "stranger", "patient")
Row = tuple[str, str, str, str, str, str]

OUT, ROLE, GONE = "401 not-signed-in", "403 wrong-role", "404 not-found"


def _open(status: str) -> Row:
    return (status,) * 6


def _signed_in(status: str) -> Row:
    return (OUT, *(status,) * 5)  # type: ignore[return-value]


def _owned(status: str) -> Row:
    """By one account alone, whatever its role: here the patient's."""
    return OUT, GONE, GONE, GONE, GONE, status


def _each_patient(status: str) -> Row:
    """Every patient about themselves."""
    return OUT, ROLE, ROLE, ROLE, status, status


def _this_patient(status: str) -> Row:
    """The patient whose id it is; to another patient it isn't there."""
    return OUT, ROLE, ROLE, ROLE, GONE, status


def _each_therapist(status: str) -> Row:
    return OUT, status, status, status, ROLE, ROLE


TABLE: dict[str, Row] = {
    "GET /healthz": _open("200"),
    "GET /readyz": _open("200"),
    "GET /metrics": _open(GONE),  # nobody here asks from this machine
    "GET /api/openapi.json": _open("200"),
    "GET /api/crisis-lines": _open("200"),
    "POST /api/accounts": _open("201"),
    "POST /api/sign-ins": _open("201"),
    "GET /api/sign-ins": _signed_in("200"),
    SIGN_OUT: _signed_in("204"),
    "DELETE /api/sign-ins/{}": _owned("204"),
    LOCK_DOWN: _signed_in("204"),
    "POST /api/step-ups": _signed_in("204"),
    "GET /api/account": _signed_in("200"),
    "PATCH /api/account": _signed_in("200"),
    ERASE: _signed_in("204"),
    "POST /api/factors/totp": _signed_in("201"),
    "POST /api/factors/totp/{}/confirm": _owned("200"),
    "POST /api/sync": _each_patient("200"),
    "GET /api/records/{}/history": _this_patient("200"),
    "GET /api/check-ins": _each_patient("200"),
    "GET /api/check-ins.csv": _each_patient("200"),
    "GET /api/treatment-sessions": _each_patient("200"),
    "GET /api/responses": _each_patient("200"),
    "GET /api/instruments": _signed_in("200"),
    "GET /api/instruments/{}": _signed_in("200"),
    "GET /api/summary": _each_patient("200"),
    "GET /api/summary.pdf": _each_patient("200"),
    "GET /api/summary.fhir.json": _each_patient("200"),
    "GET /api/push-key": _each_patient("200"),
    "GET /api/push-subscriptions": _each_patient("200"),
    "POST /api/push-subscriptions": _each_patient("201"),
    "DELETE /api/push-subscriptions/{}": _this_patient("204"),
    "POST /api/push-subscriptions/{}/test": _this_patient("202"),
    "GET /api/reminders": _each_patient("200"),
    "PUT /api/reminders/{}": _this_patient("200"),
    "DELETE /api/reminders/{}": _this_patient("204"),
    "GET /api/due": _each_patient("200"),
    "GET /api/deliveries": _each_patient("200"),
    "POST /api/deliveries/{}/seen": _this_patient("204"),
    "POST /api/consents": _each_patient("201"),
    "POST /api/consents/acceptance": _each_therapist("200"),
    "GET /api/consents": _each_patient("200"),
    "PATCH /api/consents/{}": _this_patient("200"),
    "PUT /api/consents/{}/quiet": _this_patient("200"),
    "DELETE /api/consents/{}": _this_patient("204"),
    "GET /api/consents/{}/preview": _this_patient("200"),
    "PUT /api/consents/{}/notes/{}": _this_patient("204"),
    "GET /api/shared": _each_therapist("200"),
    "GET /api/shared/{}/summary": (OUT, GONE, "403 consent-withdrawn", "200", ROLE, ROLE),
    "GET /api/shared/{}/summary.pdf": (OUT, GONE, "403 consent-withdrawn", "200", ROLE, ROLE),
    "GET /api/shared/{}/summary.fhir.json": (OUT, GONE, "403 consent-withdrawn", "200", ROLE, ROLE),
    "DELETE /api/shared/{}": (OUT, GONE, "204", "204", ROLE, ROLE),
    "POST /api/shared/{}/questions/{}/settled": (OUT, GONE, "403 consent-withdrawn", "204", ROLE, ROLE),
    "GET /api/alerts": _signed_in("200"),
    "POST /api/alerts/{}/seen": (OUT, GONE, GONE, "200", ROLE, ROLE),
    "POST /api/alerts/{}/closed": (OUT, GONE, GONE, "200", ROLE, ROLE),
    "GET /api/reading-hours": _each_therapist("200"),
    "PUT /api/reading-hours": _each_therapist("200"),
    "GET /api/audit": _each_patient("200"),
}


async def walk(world: World, names: Iterable[str]) -> list[str]:
    """Asks each of these routes as everybody; answers what was not as the table says, a line each."""
    faults = []
    for name in sorted(names, key=lambda name: (name.endswith("/confirm"), name.startswith("DELETE"), name)):
        method, _, template = name.partition(" ")
        for caller, expected in zip(CALLERS, TABLE[name], strict=True):
            path, body = await world.path(template, caller), await world.body(name)
            answer = await ask(world.people[caller], method, path, body)
            if (told := _told(answer)) != expected:
                faults.append(f"{name} as {caller}: {told}, not {expected}")
            if SECRET in answer.text and caller != "patient":
                faults.append(f"{name} as {caller}: shows what the patient wrote")
    return faults


def named(routes: Iterable[BaseRoute]) -> set[str]:
    """The declared routes as the table names them."""
    found = set()
    for route in routes:
        if isinstance(route, DeclaredRoute):
            steps = ["{}" if step.startswith("{") else step for step in route.declared.path.split("/")]
            found.add(f"{route.declared.method} {'/'.join(steps)}")
    return found


def _told(answer: httpx.Response) -> str:
    if answer.status_code < 400:
        return str(answer.status_code)
    return f"{answer.status_code} {answer.json()['type'].removeprefix('/problems/')}"
