"""Every failure has one shape, tells nothing of our insides, and carries the same headers as a success."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from server.accounts import service as accounts
from server.app import create_app
from server.base import errors
from server.base.limits import MAX_BODY
from server.base.log import _Lines
from server.base.settings import Settings
from server.records import desk
from tests.people import Clock, Person

SECRET = "the tide went out and nobody came"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; "
    "worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; "
    "require-trusted-types-for 'script'; trusted-types sw"
)
HEADERS = {
    "content-security-policy": POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
}
FEATURES = {"publickey-credentials-get", "publickey-credentials-create", "clipboard-write", "web-share"}

Ask = Callable[[Person, pytest.MonkeyPatch], Awaitable[httpx.Response]]


async def _sync(patient: Person, content: bytes, kind: str = "application/json") -> httpx.Response:
    return await patient.post("/api/sync", content=content, headers={"content-type": kind})


def _failing(error: Exception) -> Ask:
    """A read of the account while our own code raises `error`."""

    async def ask(patient: Person, patch: pytest.MonkeyPatch) -> httpx.Response:
        async def read(account_id: str) -> Any:
            raise error

        patch.setattr(accounts, "read", read)
        return await patient.get("/api/account")

    return ask


async def _signed_out(patient: Person, patch: pytest.MonkeyPatch) -> httpx.Response:
    patient.cookies.clear()
    return await patient.get("/api/account")


FAILURES: dict[str, tuple[int, Ask]] = {
    "malformed": (400, lambda patient, _: _sync(patient, b"{")),
    "not-signed-in": (401, _signed_out),
    "wrong-credentials": (401, lambda p, _: p.request("DELETE", "/api/account", json={"password": SECRET})),
    "forbidden": (403, lambda p, _: p.patch("/api/account", json={}, headers={"origin": "https://evil.example"})),
    "wrong-role": (403, lambda patient, _: patient.get("/api/shared")),
    "not-found": (404, lambda patient, _: patient.get(f"/api/records/{SECRET}/history")),
    "wrong-method": (405, lambda patient, _: patient.put("/api/sync")),
    "history-changed": (409, lambda p, _: _sync(p, b'{"history": "01a20744-34bb-7379-a1e5-b30386696e5a"}')),
    "stale": (412, _failing(errors.Stale())),
    "too-large": (413, lambda patient, _: _sync(patient, b" " * (MAX_BODY + 1))),
    "wrong-media-type": (415, lambda patient, _: _sync(patient, b"{}", "text/plain")),
    "invalid": (422, lambda patient, _: _sync(patient, b'{"since": -1, "surprise": 1}')),
    "too-many": (429, _failing(errors.TooMany(7))),
    "head-too-large": (431, _failing(errors.HeadTooLarge())),
    "internal-error": (500, _failing(RuntimeError(SECRET))),
    "unavailable": (503, _failing(errors.Unavailable())),
    "storage-full": (507, _failing(errors.StorageFull())),
}


@pytest.mark.parametrize("name", FAILURES)
async def test_every_failure_is_a_problem_with_our_headers(
    patient: Person, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    status, ask = FAILURES[name]

    answer = await ask(patient, monkeypatch)

    body = answer.json()
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert (body["type"], body["status"]) == (f"/problems/{name}", status)
    assert isinstance(body["title"], str)
    assert body.keys() <= {"type", "title", "status", "detail", "errors", "history"}
    assert SECRET not in answer.text
    _assert_headers(answer)


def test_every_problem_of_the_family_is_among_those_tried() -> None:
    base = {kind.name for kind in errors.Problem.__subclasses__() if kind.__module__ == errors.__name__}

    tried = {"conflict", *FAILURES, errors.Problem.name}

    assert base <= tried


async def test_faults_are_listed_with_where_and_what(patient: Person) -> None:
    answer = await _sync(patient, b'{"since": -1, "surprise": 1, "a/b~c": 1}')

    faults = answer.json()["errors"]
    assert sorted(fault["pointer"] for fault in faults) == ["/a~1b~0c", "/since", "/surprise"]
    assert all(fault.keys() == {"pointer", "detail"} and fault["detail"] for fault in faults)


@pytest.mark.parametrize("status", [200, 204, 304, 404])
async def test_every_success_carries_our_headers(patient: Person, status: int) -> None:
    page = await patient.get("/")
    answers = {
        200: await patient.get("/api/account"),
        304: await patient.get("/", headers={"if-none-match": page.headers.get("etag", "")}),
        404: await patient.get("/icons/nothing.png"),
        204: await patient.delete("/api/sign-ins/current"),
    }

    assert answers[status].status_code == status
    _assert_headers(answers[status], cached=status == 304)


async def test_the_shell_is_asked_for_again_each_time(nobody: Person) -> None:
    answer = await nobody.get("/")

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-security-policy"] == POLICY


async def test_behind_https_browsers_are_told_to_stay_there(https_app: Starlette, clock: Clock) -> None:
    async with https_app.router.lifespan_context(https_app), Person(https_app, clock) as nobody:
        answers = [await nobody.get(path) for path in ("/healthz", "/api/nothing", "/api/account", "/")]

    assert [answer.status_code for answer in answers] == [200, 404, 401, 200]
    assert {answer.headers["strict-transport-security"] for answer in answers} == {
        "max-age=63072000; includeSubDomains"
    }


async def test_no_other_site_is_ever_let_in(patient: Person) -> None:
    preflight = {"origin": "https://evil.example", "access-control-request-method": "PATCH"}

    answers = [
        await patient.options("/api/account", headers=preflight),
        await patient.get("/api/account", headers={"origin": "https://evil.example"}),
        await patient.patch("/api/account", json={}, headers={"origin": "https://evil.example"}),
        await patient.get("/", headers={"origin": "https://evil.example"}),
    ]

    assert [answer.status_code for answer in answers] == [405, 200, 403, 200]
    assert not [name for answer in answers for name in answer.headers if name.startswith("access-control-")]


async def test_our_own_fault_leaves_nothing_half_done_and_is_told_without_its_words(
    patient: Person, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def lost(*_: Any) -> Any:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(desk, "seal", lost)

    answer = await patient.post("/api/sync", json={"changes": [patient.change(note=SECRET)]})

    monkeypatch.undo()
    told = [_Lines().format(record) for record in caplog.records]
    assert (answer.status_code, answer.json()) == (
        500,
        {"type": "/problems/internal-error", "title": "Something went wrong on our side", "status": 500},
    )
    assert any('"error":"RuntimeError"' in line for line in told)
    assert not [line for line in told if SECRET in line]
    assert (await patient.sync())["records"] == []


async def test_every_answer_has_an_id_that_the_log_names(patient: Person, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "interlude")

    ids = [(await patient.get(path)).headers["x-request-id"] for path in ("/api/account", "/api/nothing", "/")]

    logged = [record.__dict__["request_id"] for record in caplog.records if record.getMessage() == "request"]
    assert len(set(ids)) == 3
    assert logged == ids


@pytest.fixture
def https_app(settings: Settings, clock: Clock) -> Starlette:
    return create_app(replace(settings, origin="https://journal.example.org"), clock)


def _assert_headers(answer: httpx.Response, cached: bool = False) -> None:
    expected = HEADERS | ({"cache-control": "no-cache"} if cached else {})
    assert {name: answer.headers.get(name) for name in expected} == expected
    policy = dict(part.strip().split("=") for part in answer.headers["permissions-policy"].split(","))
    assert {name for name, allowed in policy.items() if allowed != "()"} == FEATURES
    assert {"camera", "microphone", "geolocation", "payment", "usb"} <= policy.keys()
    assert not {"server", "x-powered-by"} & answer.headers.keys()
    assert "strict-transport-security" not in answer.headers
