"""The OpenAPI 3.1 document, made from the declared endpoints and their structs."""

import inspect
import re
from collections.abc import Iterable
from typing import Any

import msgspec

from server.base.web import Endpoint

_path_parameter = re.compile(r"{(\w+)}")
_QUERY = {
    "from": {"type": "string", "format": "date"},
    "to": {"type": "string", "format": "date"},
    "limit": {"type": "integer", "minimum": 1, "maximum": 500},
    "cursor": {"type": "string", "maxLength": 200},
    "reader": {"type": "string", "enum": ["therapist", "prescriber"]},
    "country": {"type": "string", "pattern": "^[A-Za-z]{2}$"},
}
_ALWAYS = {"anyone": (), "account": (401,), "patient": (401, 403), "therapist": (401, 403)}


def document(endpoints: Iterable[Endpoint]) -> dict[str, Any]:
    """The whole document; `$defs` of the structs become components."""
    listed = list(endpoints)
    kinds = [kind for each in listed for kind in (each.body, each.answer) if kind is not None]
    schemas, components = msgspec.json.schema_components(kinds, ref_template="#/components/schemas/{name}")
    schema_of = {id(kind): schema for kind, schema in zip(kinds, schemas, strict=True)}
    for each in components.values():
        each["description"] = inspect.cleandoc(each.get("description", ""))
    paths: dict[str, dict[str, Any]] = {}
    for each in listed:
        paths.setdefault(each.path, {})[each.method.lower()] = _operation(each, schema_of)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Interlude", "version": "1", "description": "A journal for people in ketamine therapy."},
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": components | {"Problem": _PROBLEM},
            "securitySchemes": {"cookie": {"type": "apiKey", "in": "cookie", "name": "__Host-interlude"}},
        },
    }


def _operation(each: Endpoint, schema_of: dict[int, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = {"description": "done"}
    if each.answer is not None:
        answer["content"] = {"application/json": {"schema": schema_of[id(each.answer)]}}
    elif each.media:
        answer["content"] = {each.media: {"schema": _FILES.get(each.media, _TEXT)}}
    operation: dict[str, Any] = {
        "operationId": f"{each.handler.__module__.split('.')[1]}_{each.handler.__name__}",
        "summary": (inspect.getdoc(each.handler) or "").partition("\n")[0],
        "parameters": [*_path_parameters(each.path), *_query_parameters(each.query)],
        "responses": {str(each.status): answer} | {str(status): _refusal(status) for status in _refusals(each)},
    }
    if each.body is not None:
        operation["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": schema_of[id(each.body)]}},
        }
    if each.who != "anyone":
        operation["security"] = [{"cookie": [] if each.who == "account" else [each.who]}]
    return operation


def _refusals(each: Endpoint) -> list[int]:
    """The statuses of its own problems, and of those that come with what it is."""
    found = {*each.problems, *_ALWAYS[each.who]}
    found |= {403} if each.method != "GET" else set()  # another site
    found |= {404} if "{" in each.path else set()
    found |= {422} if each.query else set()
    found |= {400, 413, 415, 422} if each.body is not None else set()
    return sorted(found)


def _path_parameters(path: str) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
        for name in _path_parameter.findall(path)
    ]


def _query_parameters(names: Iterable[str]) -> list[dict[str, Any]]:
    return [{"name": name, "in": "query", "schema": _QUERY[name]} for name in names]


def _refusal(status: int) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": f"problem {status}", "content": {"application/problem+json": {"schema": schema}}}


_TEXT = {"type": "string"}
_FILES: dict[str, dict[str, Any]] = {"application/pdf": {}, "application/fhir+json": {"type": "object"}}
_FAULT = {"type": "object", "required": ["pointer", "detail"], "properties": {"pointer": _TEXT, "detail": _TEXT}}
_PROBLEM = {
    "type": "object", "required": ["type", "title", "status"],
    "properties": {
        "type": _TEXT, "title": _TEXT, "status": {"type": "integer"}, "detail": _TEXT,
        "errors": {"type": "array", "items": _FAULT},
    },
}  # fmt: skip
