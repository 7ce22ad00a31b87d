"""What every answer has in common: the order of refusals, whose page may ask, how large a body may be, the headers."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from server.app import endpoints
from server.base.limits import MAX_BODY
from server.base.web import Endpoint
from tests.people import ORIGIN, Cast, Person

FOREIGN = {"origin": "https://evil.example"}
JSON = {"content-type": "application/json"}
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"}
GUARDED = [each for each in endpoints() if each.who != "anyone"]
SOME_ID = "01a20744-34bb-7379-a1e5-b30386696e5a"


def _name(each: Endpoint) -> str:
    return f"{each.method} {each.path}"


def _path(template: str) -> str:
    return "/".join(SOME_ID if part.startswith("{") else part for part in template.split("/"))


@pytest.mark.parametrize("dest", ["document", "iframe", "image", "script"])
async def test_no_tab_or_frame_shows_what_the_app_keeps_locked(patient: Person, dest: str) -> None:
    for path in ("/api/check-ins", "/api/summary", "/api/account"):
        answer = await patient.get(path, headers={"sec-fetch-dest": dest, "sec-fetch-site": "none"})
        assert answer.status_code == 403
        assert (await patient.get(path, headers={"sec-fetch-dest": "empty"})).status_code == 200


@pytest.mark.parametrize("path", ["/api/nothing", "/api", "/api/account/", "/api//account", "/nothing", "/%00"])
async def test_an_unknown_path_is_said_before_anything_else(nobody: Person, path: str) -> None:
    answers = [await nobody.request(method, path, headers=FOREIGN) for method in ("GET", "POST", "DELETE", "OPTIONS")]

    assert [(answer.status_code, answer.json()["type"]) for answer in answers] == [(404, "/problems/not-found")] * 4


async def test_a_wrong_method_is_told_which_ones_are_right(nobody: Person) -> None:
    for path in {each.path for each in endpoints()}:
        whole = _path(path)
        right = {each.method for each in endpoints() if _matches(each.path, whole)}
        right |= {"HEAD"} if "GET" in right else set()

        for method in METHODS - right:
            answer = await nobody.request(method, whole, headers=FOREIGN)

            assert answer.status_code == 405, f"{method} {path}"
            assert {allowed.strip() for allowed in answer.headers["allow"].split(",")} == right, f"{method} {path}"


async def test_another_site_is_refused_before_anybody_is_asked_who_they_are(nobody: Person) -> None:
    for each in endpoints():
        if each.method != "GET":
            answer = await nobody.request(each.method, _path(each.path), headers=FOREIGN, content=b"{")

            assert (answer.status_code, answer.json()["type"]) == (403, "/problems/forbidden"), _name(each)


async def test_who_is_asking_comes_before_the_body(nobody: Person) -> None:
    for each in GUARDED:
        answer = await nobody.request(each.method, _path(each.path), content=b"{")

        assert (answer.status_code, answer.json()["type"]) == (401, "/problems/not-signed-in"), _name(each)


async def test_the_role_comes_before_the_body(cast: Cast, patient: Person) -> None:
    people = {"patient": await cast.join("therapist", "Dr. Vogt"), "therapist": patient}

    for each in GUARDED:
        if each.who in people:
            answer = await people[each.who].request(each.method, _path(each.path), content=b"{")

            assert (answer.status_code, answer.json()["type"]) == (403, "/problems/wrong-role"), _name(each)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"origin": ORIGIN}, 200),
        ({"origin": ORIGIN, "sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "none"}, 200),
        ({"origin": ORIGIN, "sec-fetch-site": "cross-site"}, 403),
        ({"origin": ORIGIN, "sec-fetch-site": "same-site"}, 403),
        ({"origin": "https://evil.example", "sec-fetch-site": "same-origin"}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": ""}, 403),
        ({"origin": ORIGIN + "."}, 403),
        ({"origin": ORIGIN + ".evil.example"}, 403),
        ({"origin": ORIGIN.upper()}, 403),
        ({"origin": ORIGIN.replace("8000", "8001")}, 403),
        ({"origin": ORIGIN.replace("http:", "https:")}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": ""}, 403),
    ],
)
async def test_only_our_own_pages_and_programs_may_change_anything(
    patient: Person, headers: dict[str, str], status: int
) -> None:
    changed = await patient.patch("/api/account", json={"name": "Changed"}, headers=headers)
    read = await patient.get("/api/account", headers=headers)

    assert changed.status_code == status
    assert read.json()["name"] == ("Changed" if status == 200 else "Mara Kindler")


@pytest.mark.parametrize(
    "kind",
    [None, "", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/json", "application/js"],
)
async def test_a_body_that_a_form_could_send_is_refused(patient: Person, kind: str | None) -> None:
    headers = {} if kind is None else {"content-type": kind}

    answer = await patient.request("PATCH", "/api/account", content=b'{"name": "Changed"}', headers=headers)

    assert (answer.status_code, answer.json()["type"]) == (415, "/problems/wrong-media-type")


@pytest.mark.parametrize("kind", ["application/json", "Application/JSON", "application/json; charset=utf-8"])
async def test_json_is_taken_however_its_type_is_written(patient: Person, kind: str) -> None:
    answer = await patient.patch("/api/account", content=b'{"name": "Changed"}', headers={"content-type": kind})

    assert answer.status_code == 200


async def test_a_large_body_is_cut_off_while_it_arrives(patient: Person, app: Starlette) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 64 * MAX_BODY:
            sent += 65536
            yield b" " * 65536

    answer = await _streamed(app, patient, endless())

    assert answer == 413
    assert sent <= MAX_BODY + 2 * 65536


async def test_a_body_said_to_be_large_is_not_read_at_all(patient: Person) -> None:
    headers = JSON | {"content-length": str(2 * MAX_BODY)}

    answer = await patient.request("POST", "/api/sync", content=b"{}", headers=headers)

    assert answer.status_code == 413


async def test_a_body_of_exactly_the_limit_is_taken(patient: Person) -> None:
    answer = await patient.post("/api/sync", content=b"{}".ljust(MAX_BODY), headers=JSON)

    assert answer.status_code == 200


async def test_the_head_of_a_page_is_what_its_reading_would_say(patient: Person) -> None:
    for path in ("/api/account", "/api/check-ins", "/healthz", "/", "/api/nothing"):
        head, whole = await patient.head(path), await patient.get(path)

        assert head.status_code == whole.status_code
        assert _without_id(head) == _without_id(whole)


async def test_no_link_is_built_from_the_host_that_was_asked_for(patient: Person) -> None:
    body = {"as": "therapist", "scopes": ["scales"]}

    answer = await patient.post("/api/consents", json=body, headers={"host": "evil.example"})

    assert answer.status_code == 201
    assert "evil.example" not in answer.text
    assert answer.json()["invitation"].startswith(f"{ORIGIN}/#/")


def _matches(template: str, path: str) -> bool:
    parts = zip(template.split("/"), path.split("/"), strict=False)
    same_length = template.count("/") == path.count("/")
    return same_length and all(mine == theirs or mine.startswith("{") for mine, theirs in parts)


async def _streamed(app: Starlette, person: Person, parts: AsyncIterator[bytes]) -> int:
    """The status of a sync whose body arrives in parts, as the server hands them on: httpx would gather them first."""
    cookie = "; ".join(f"{name}={value}" for name, value in person.cookies.items())
    headers = [(b"content-type", b"application/json"), (b"cookie", cookie.encode())]
    scope = {"type": "http", "method": "POST", "path": "/api/sync", "query_string": b"", "headers": headers}
    status = 0

    async def receive() -> dict[str, Any]:
        part = await anext(parts, None)
        return {"type": "http.request", "body": part or b"", "more_body": part is not None}

    async def send(message: Any) -> None:
        nonlocal status
        status = message.get("status", status)

    await app(scope, receive, send)
    return status


def _without_id(answer: httpx.Response) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name != "x-request-id"}
