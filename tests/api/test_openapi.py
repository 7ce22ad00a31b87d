"""The OpenAPI document: whole, well-formed, and true to the routes it is made from."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from server.app import endpoints
from server.base.openapi import document
from server.base.web import DeclaredRoute, Endpoint
from server.cli import openapi
from tests.people import Person

DOCUMENT = document(endpoints())
EACH = [pytest.param(each, id=f"{each.method} {each.path}") for each in endpoints()]
TYPES = {"object", "array", "string", "number", "integer", "boolean", "null"}
KEYWORDS = {
    "$ref", "type", "title", "description", "properties", "required", "additionalProperties", "items", "anyOf", "enum",
    "const", "pattern", "format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength",
    "maxLength", "minItems", "maxItems", "default", "contentEncoding", "prefixItems", "choice",
}  # fmt: skip


async def test_the_document_is_served_as_it_is_made(nobody: Person) -> None:
    answer = await nobody.get("/api/openapi.json")

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == json.loads(json.dumps(DOCUMENT))


def test_it_has_what_openapi_3_1_asks_of_a_document() -> None:
    assert re.fullmatch(r"3\.1\.\d+", DOCUMENT["openapi"])
    assert DOCUMENT["info"].keys() >= {"title", "version"}
    assert DOCUMENT.keys() <= {"openapi", "info", "paths", "components"}
    assert all(path.startswith("/") for path in DOCUMENT["paths"])
    assert all(re.fullmatch(r"[a-zA-Z0-9._-]+", name) for name in DOCUMENT["components"]["schemas"])


async def test_every_route_of_the_api_and_no_other_is_described(app: Starlette) -> None:
    routed = {
        (path, method.lower())
        for route in app.routes
        if isinstance(route, Route) and (isinstance(route, DeclaredRoute) or route.path.startswith("/api"))
        for path, method in [(route.path, method) for method in route.methods or () if method != "HEAD"]
    }

    described = {(path, method) for path, operations in DOCUMENT["paths"].items() for method in operations}

    assert described == routed
    assert len(described) > 30


def test_every_operation_has_a_name_of_its_own() -> None:
    names = [operation["operationId"] for operation in _operations()]

    assert len(names) == len(set(names))


@pytest.mark.parametrize("each", EACH)
def test_an_operation_says_who_may_call_it_and_what_it_may_answer(each: Endpoint) -> None:
    operation = DOCUMENT["paths"][each.path][each.method.lower()]

    statuses = set(operation["responses"])
    roles = [each.who] if each.who in ("patient", "therapist") else []
    needed = {str(each.status), *(str(status) for status in each.problems)}
    needed |= set() if each.who == "anyone" else {"401"}
    needed |= {"403"} if roles or each.method != "GET" else set()
    needed |= {"404"} if "{" in each.path else set()
    needed |= {"400", "413", "415", "422"} if each.body else set()
    needed |= {"422"} if each.query else set()
    assert operation.get("security", []) == ([] if each.who == "anyone" else [{"cookie": roles}])
    assert statuses == needed
    assert all(answer["description"] for answer in operation["responses"].values())
    assert operation["summary"].startswith(f"{each.method} {each.path.partition('{')[0]}")


@pytest.mark.parametrize("each", EACH)
def test_parameters_are_those_of_the_path_and_the_query(each: Endpoint) -> None:
    operation = DOCUMENT["paths"][each.path][each.method.lower()]

    by_place = {place: [p["name"] for p in operation["parameters"] if p["in"] == place] for place in ("path", "query")}

    assert by_place == {"path": re.findall(r"{(\w+)}", each.path), "query": list(each.query)}
    assert all(parameter["required"] for parameter in operation["parameters"] if parameter["in"] == "path")


def test_a_failure_is_always_described_as_a_problem() -> None:
    for operation in _operations():
        for status, answer in operation["responses"].items():
            if status >= "400":
                schema = {"schema": {"$ref": "#/components/schemas/Problem"}}
                assert answer["content"] == {"application/problem+json": schema}


def test_every_schema_is_made_of_known_words_and_every_reference_leads_somewhere() -> None:
    schemas = DOCUMENT["components"]["schemas"]

    for schema in _schemas(DOCUMENT):
        assert schema.keys() <= KEYWORDS, schema
        named = schema.get("type", [])
        assert {named} <= TYPES if isinstance(named, str) else set(named) <= TYPES
        if "$ref" in schema:
            assert schema["$ref"].removeprefix("#/components/schemas/") in schemas


def test_no_body_takes_a_field_that_is_not_described() -> None:
    bodies = [operation["requestBody"] for operation in _operations() if "requestBody" in operation]

    inside = [schema for body in bodies for schema in _reached(body["content"]["application/json"]["schema"])]

    structs = [schema for schema in inside if "properties" in schema]
    assert len(bodies) == sum(each.body is not None for each in endpoints())
    assert len(structs) >= len(bodies)
    assert all(schema["additionalProperties"] is False for schema in structs)


def test_every_security_scheme_that_is_asked_for_is_described() -> None:
    asked = {name for operation in _operations() for choice in operation.get("security", []) for name in choice}

    assert asked == DOCUMENT["components"]["securitySchemes"].keys()


def test_the_command_prints_the_document(capsys: pytest.CaptureFixture[str]) -> None:
    status = openapi.main([])

    assert status == 0
    assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(DOCUMENT))


@pytest.mark.parametrize(("arguments", "status"), [(["--help"], 0), (["--nonsense"], 2), (["more"], 2)])
def test_the_command_helps_and_refuses(capsys: pytest.CaptureFixture[str], arguments: list[str], status: int) -> None:
    with pytest.raises(SystemExit) as ended:
        openapi.main(arguments)

    assert ended.value.code == status
    assert "usage: python -m server openapi" in "".join(capsys.readouterr())


def _operations() -> list[dict[str, Any]]:
    return [operation for operations in DOCUMENT["paths"].values() for operation in operations.values()]


def _schemas(tree: Any, is_schema: bool = False) -> Iterator[dict[str, Any]]:
    """Every schema in a document or a part of one."""
    if isinstance(tree, list):
        for item in tree:
            yield from _schemas(item, is_schema)
    elif isinstance(tree, dict):
        if is_schema:
            yield tree
        for name, inner in tree.items():
            if name in ("schemas", "properties") and isinstance(inner, dict):
                yield from _schemas(list(inner.values()), True)
            elif name not in ("default", "enum", "securitySchemes"):
                yield from _schemas(inner, name in ("schema", "items", "anyOf", "additionalProperties"))


def _reached(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every schema that a body can hold, references followed."""
    for inner in _schemas(schema, True):
        yield inner
        if "$ref" in inner:
            yield from _reached(DOCUMENT["components"]["schemas"][inner["$ref"].rpartition("/")[2]])


@pytest.mark.parametrize(
    ("schema", "fields"),
    [
        ("AlertAnswer", {"value", "before", "changed", "taken_back", "day", "due_at", "unseen_at", "call_by", "late"}),
        ("AlertAnswer", {"backup_told_at"}),
        ("StandingAnswer", {"since", "answers"}),
        ("Silence", {"days", "after_days"}),
        ("ReadingHours", {"every_answer", "backup_email"}),
    ],
)
def test_what_no_name_can_say_is_said_in_words(schema: str, fields: set[str]) -> None:
    described = DOCUMENT["components"]["schemas"][schema]

    assert {name for name in fields if described["properties"][name].get("description")} == fields
    assert described["description"]
    instants = [each for name, each in described["properties"].items() if name.endswith("_at") or name == "since"]
    assert all("date-time" in json.dumps(each) for each in instants)
