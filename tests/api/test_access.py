"""Nobody gets at what isn't theirs: every route, asked by everybody, answers as the table says."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Route

from server.accounts import guard
from server.records import service as records
from server.sharing.looks import viewing
from tests.api.access import ERASE, LOCK_DOWN, SIGN_OUT, TABLE, named, walk
from tests.api.world import World, new_world
from tests.people import Cast, Person, Share

MANIFESTS = {f"/{name}.webmanifest" for name in ("manifest", "manifest.es", "notes", "notes.es")}
FILES = {"/", "/sw.js", "/favicon.ico", "/icons/{path:path}", "/v/{version}/{path:path}", *MANIFESTS}


@pytest.fixture
async def world(cast: Cast, patient: Person, therapist: Person, former: tuple[Person, Share]) -> World:
    return await new_world(cast, patient, therapist, former)


async def test_every_route_answers_each_of_the_cast_as_the_table_says(world: World) -> None:
    faults = await walk(world, TABLE.keys() - {SIGN_OUT, ERASE, LOCK_DOWN})

    assert faults == []


@pytest.mark.parametrize("last", [SIGN_OUT, ERASE])
async def test_each_of_the_cast_may_leave_and_nobody_for_another(world: World, last: str) -> None:
    faults = await walk(world, [last])

    assert faults == []
    for person in world.people.values():
        assert (await person.get("/api/account")).status_code == 401


async def test_each_of_the_cast_may_lock_down_and_stays_signed_in(world: World) -> None:
    faults = await walk(world, [LOCK_DOWN])

    assert faults == []
    for name, person in world.people.items():
        assert (await person.get("/api/account")).status_code == (401 if name == "nobody" else 200), name


def test_every_route_is_in_the_table_and_every_row_has_its_route(made_app: Starlette) -> None:
    assert named(made_app.routes) == TABLE.keys()


def test_a_route_that_is_not_declared_would_be_found(made_app: Starlette) -> None:
    async def leak(request: Request) -> Any: ...

    made_app.router.routes.append(Route("/api/leak", leak))

    assert _undeclared(made_app) == ["/api/leak"]


def test_only_files_are_answered_by_routes_that_are_not_declared(made_app: Starlette) -> None:
    assert _undeclared(made_app) == []


async def test_a_therapist_with_one_consent_knows_nothing_of_another(cast: Cast, world: World) -> None:
    stranger, therapist, former = (world.people[name] for name in ("stranger", "therapist", "former"))
    elsewhere = await cast.share(stranger, world.people["newcomer"])

    answers = [
        await therapist.get(elsewhere.summary_url),
        await former.get(world.share.summary_url),
        await former.delete(f"/api/shared/{world.share.id}"),
        await world.patient.get(f"/api/consents/{elsewhere.id}/preview"),
        await world.patient.delete(f"/api/consents/{elsewhere.id}"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 5
    assert (await therapist.get(world.share.summary_url)).status_code == 200


async def test_a_note_for_a_foreign_consent_opens_nothing(world: World) -> None:
    stranger = world.people["stranger"]
    own = await stranger.keep(note="mine")

    into_theirs = await stranger.put(f"/api/consents/{world.share.id}/notes/{own['id']}")
    theirs_into_own = await world.patient.put(f"/api/consents/{world.share.id}/notes/{own['id']}")

    assert [into_theirs.status_code, theirs_into_own.status_code] == [404, 404]


async def test_a_withdrawal_acts_on_the_very_next_request(world: World) -> None:
    therapist = world.people["therapist"]
    before = await therapist.get(world.share.summary_url)

    await world.patient.delete(f"/api/consents/{world.share.id}")
    after, listed = await therapist.get(world.share.summary_url), await therapist.get("/api/shared")

    assert before.status_code == 200
    assert (after.status_code, after.json()["type"]) == (403, "/problems/consent-withdrawn")
    assert after.json().keys() == {"type", "title", "status"}
    assert listed.json() == []


async def test_an_expired_consent_is_closed(world: World) -> None:
    therapist, clock = world.people["therapist"], world.patient.clock
    clock.move(days=90)
    body = {"email": therapist.email, "password": "harbour lantern quietly seven", "code": therapist.code()}
    await therapist.post("/api/sign-ins", json=body)

    answer = await therapist.get(world.share.summary_url)

    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/consent-expired")


Mutant = Callable[[Starlette, World, pytest.MonkeyPatch], None]


def _role_not_asked_for(app: Starlette, world: World, patch: pytest.MonkeyPatch) -> None:
    admit: Callable[..., Awaitable[None]] = app.state.admit

    async def careless(request: Request, who: Any) -> None:
        await admit(request, "account" if request.url.path == "/api/summary" else who)

    patch.setattr(app.state, "admit", careless)
    patch.setattr(guard, "patient", guard.account)


def _owner_of_a_consent_not_asked_for(app: Starlette, world: World, patch: pytest.MonkeyPatch) -> None:
    own = viewing.own_consent
    patch.setattr(viewing, "own_consent", lambda patient_id, consent_id: own(world.patient.id, consent_id))


def _owner_of_a_record_not_asked_for(app: Starlette, world: World, patch: pytest.MonkeyPatch) -> None:
    history = records.history
    patch.setattr(records, "history", lambda _, *asked: history(world.patient.id, *asked))


@pytest.mark.parametrize(
    ("mutant", "route", "callers"),
    [
        (_role_not_asked_for, "GET /api/summary", ["former", "newcomer", "therapist"]),
        (_owner_of_a_consent_not_asked_for, "GET /api/consents/{}/preview", ["stranger"]),
        (_owner_of_a_record_not_asked_for, "GET /api/records/{}/history", ["stranger", "stranger"]),
    ],
)
async def test_one_check_left_out_is_found(
    app: Starlette, world: World, monkeypatch: pytest.MonkeyPatch, mutant: Mutant, route: str, callers: list[str]
) -> None:
    mutant(app, world, monkeypatch)

    faults = await walk(world, [name for name in TABLE if name.startswith("GET")])

    assert sorted(fault.split(":")[0] for fault in faults) == [f"{route} as {caller}" for caller in callers]


def _undeclared(app: Starlette) -> list[str]:
    paths = [route.path for route in app.routes if isinstance(route, Route)]
    declared = {route.declared.path for route in app.routes if hasattr(route, "declared")}
    return sorted(set(paths) - declared - FILES)
