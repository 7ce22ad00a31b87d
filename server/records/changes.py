"""What a phone sends: the envelope of a sync, its changes, and what is wrong with them. Pure."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Annotated, Any

import msgspec

from server.base.bodies import Body, faults_of, sound_tree_of, struct_of, tree_of
from server.base.clock import instant_of, milliseconds, wire_instant
from server.base.errors import Fault, Invalid, TooLarge
from server.base.ids import Id, is_uuid
from server.base.limits import MAX_FAULTS, escaped, faults_in
from server.merging import service as merging

MAX_CHANGES = 500
MOST_KEY = 64  # characters of a key of a map; no name that is known, or that a person may give, is longer
Revision = Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]
EARLIEST, LATEST = -2_208_988_800_000, 7_258_118_400_000  # 1900 and 2200, in milliseconds


class ChangeBody(Body):
    """One edit of one record: `patch` with the fields that changed, or `delete`."""

    id: Id
    kind: Annotated[str, msgspec.Meta(max_length=32)]
    record_id: Id
    base_revision: Revision
    edited_at: Annotated[datetime, msgspec.Meta(tz=True)]
    patch: dict[str, Any] | msgspec.UnsetType = msgspec.UNSET
    delete: bool | msgspec.UnsetType = msgspec.UNSET


class Sync(Body):
    """What a phone sends."""

    since: Revision = 0
    limit: Annotated[int, msgspec.Meta(ge=1, le=500)] = 500
    changes: list[dict[str, Any]] = msgspec.field(default_factory=list)
    history: Id | msgspec.UnsetType | None = msgspec.UNSET


class SyncBody(Sync):
    """As `Sync`, with the changes described for the OpenAPI document."""

    changes: list[ChangeBody] = msgspec.field(default_factory=list)  # type: ignore[assignment]


class Result(msgspec.Struct, omit_defaults=True):
    """What became of one change."""

    id: str
    outcome: merging.Outcome
    record: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    errors: list[Fault] | msgspec.UnsetType = msgspec.UNSET


class Parsed(msgspec.Struct):
    """A change as far as it could be read: its id, and either its body or its faults."""

    id: str
    body: ChangeBody | None
    faults: list[Fault]


def read(raw: bytes) -> tuple[Sync, list[Parsed]]:
    """The envelope in a body, and its changes. Raises Malformed, and what `parsed` raises."""
    tree = sound_tree_of(raw)
    return parsed(tree_of(raw)) if tree is None else parsed(tree, is_sound=True)


def parsed(tree: Any, is_sound: bool = False) -> tuple[Sync, list[Parsed]]:
    """The envelope and its changes. Raises Invalid for a faulty envelope or a change without a usable id, TooLarge.

    `is_sound`: nothing that no value may hold stands in `tree`.
    """
    raw = tree.get("changes", []) if isinstance(tree, dict) else []
    raw = raw if isinstance(raw, list) else []
    if len(raw) > MAX_CHANGES:
        raise TooLarge(f"At most {MAX_CHANGES} changes at once")
    nameless = [
        Fault(f"/changes/{index}/id", "must be a UUID in lower case")
        for index, change in enumerate(raw)
        if not (isinstance(change, dict) and isinstance(name := change.get("id"), str) and is_uuid(name))
    ]
    if nameless:
        raise Invalid(*nameless[:MAX_FAULTS])
    hollow = tree | {"changes": []} if isinstance(tree, dict) and isinstance(tree.get("changes", []), list) else tree
    sync = struct_of(hollow, Sync, is_sound)
    return sync, [_parsed(change, is_sound) for change in raw]


def _parsed(change: dict[str, Any], is_sound: bool) -> Parsed:
    if not is_sound and (faults := faults_in(change)):
        return Parsed(change["id"], None, faults)
    try:
        return Parsed(change["id"], msgspec.convert(change, ChangeBody), [])
    except msgspec.ValidationError:
        return Parsed(change["id"], None, faults_of(change, ChangeBody))


def read_patch(body: ChangeBody, kind: merging.Kind, now: int) -> tuple[dict[str, Any] | None, list[Fault]]:
    """The patch in the wire's one form (None for a deletion), and what is wrong with the change; `now` in milliseconds.

    Instants become UTC with milliseconds. A key of a map that is set to null is kept as such: it empties the key.
    """
    faults = []
    if milliseconds(body.edited_at) < EARLIEST:
        faults.append(Fault("/edited_at", "is too long ago"))
    if not isinstance(body.patch, dict):
        if body.delete is not True:
            faults.append(Fault("/patch", "is needed where nothing is deleted"))
        return None, faults
    if body.delete is True:
        return None, [*faults, Fault("/delete", "a change either deletes or patches")]
    emptied = _emptied(kind, body.patch)
    if emptied:
        faults += islice(_faults_of_keys(kind, emptied), MAX_FAULTS)
    filled = body.patch if not emptied else body.patch | {
        name: {key: inner for key, inner in body.patch[name].items() if inner is not None} for name in emptied
    }  # fmt: skip
    try:
        values = msgspec.convert(filled, kind.values)
    except msgspec.ValidationError:
        found = faults_of(filled, kind.values)
        return None, faults + [Fault(f"/patch{fault.pointer}", fault.detail) for fault in found]
    if found := kind.check(values, instant_of(now)):
        faults += [Fault(f"/patch{fault.pointer}", fault.detail) for fault in found]
    return _in_wire_form(values, emptied, kind) if not faults else None, faults


def _in_wire_form(values: Body, emptied: dict[str, dict[str, None]], kind: merging.Kind) -> dict[str, Any]:
    patch: dict[str, Any] = msgspec.to_builtins(values, builtin_types=(datetime,))
    for name, keys in emptied.items():
        patch[name] |= keys
    for name in kind.instants:
        if isinstance(value := patch.get(name), datetime):
            patch[name] = wire_instant(value)
    return patch


def _emptied(kind: merging.Kind, patch: dict[str, Any]) -> dict[str, dict[str, None]]:
    """The keys of maps that a patch empties: those have no value to check."""
    if kind.maps.keys().isdisjoint(patch):
        return {}
    maps = [(name, value) for name in kind.maps if isinstance(value := patch.get(name), dict)]
    emptied = {name: {key: None for key, inner in value.items() if inner is None} for name, value in maps}
    return {name: keys for name, keys in emptied.items() if keys}


def _faults_of_keys(kind: merging.Kind, emptied: dict[str, dict[str, None]]) -> Iterator[Fault]:
    for name, keys in emptied.items():
        known = kind.maps[name]
        for key in keys:
            if known is not None and key not in known:
                yield Fault(f"/patch/{name}/{escaped(key)}", "is not a field that is known here")
            elif len(key) > MOST_KEY:
                yield Fault(f"/patch/{name}/{escaped(key)}", f"is longer than {MOST_KEY} characters")


def missing_faults(kind: merging.Kind, state: merging.State | None, patch: dict[str, Any] | None) -> list[Fault]:
    """A fault for every required field that the record would lack after the patch."""
    before, after = state.values if state else {}, patch or {}
    return [
        Fault(f"/patch/{name}", "is needed")
        for name in kind.required
        if (after[name] if name in after else before.get(name)) is None
    ]


def whole_faults(
    kind: merging.Kind, before: merging.State | None, change: merging.Change, after: merging.State, now: int
) -> list[Fault]:
    """What a patch makes wrong of the record that its author had before them, taken whole; `now` in milliseconds.

    Nothing where they had not seen all of it: two patches that are right each on their own are merged, not refused. Nor
    is a patch told of what was wrong before it.
    """
    if before is None or change.patch is None or change.base_revision < before.revision:
        return []
    if not (found := _checked(kind, after.values, now)):
        return []
    known = _checked(kind, before.values, now)
    return [Fault(f"/patch{fault.pointer}", fault.detail) for fault in found if fault not in known]


def _checked(kind: merging.Kind, values: dict[str, Any], now: int) -> list[Fault]:
    """What is wrong with the values of a record; nothing where they are of an older make that no type fits any more."""
    try:
        return kind.check(msgspec.convert(values, kind.values), instant_of(now))
    except msgspec.ValidationError:
        return []
