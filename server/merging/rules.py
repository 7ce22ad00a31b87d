"""A record's state and what a change does to it. Pure: no clock, no database.

Every field keeps the versions that nobody has knowingly replaced. A change that had seen a version (its base revision
is not older) replaces it; one that had not stands beside it. Of several versions the latest edit is shown; for a text
the others stay as alternatives, for a number or a choice they go. The idea is that of dotted version vectors
(Preguiça et al., 2010), with the server's one revision counter per patient in place of the vector.
"""

from typing import Any, Literal, NamedTuple

import msgspec

from server.merging.kinds import Kind

Outcome = Literal["stored", "merged", "replayed", "refused"]

MOST_VERSIONS = (
    10  # of one text beside the shown one; more are no help to a person, and cost the square of their number
)
MOST_FIELDS = 1_000  # with a stamp of their own, keys of maps that were emptied among them
DAY_MS = 24 * 60 * 60 * 1000


class Stamp(NamedTuple):
    """When a version was written (milliseconds, clamped), by which change, and as which revision it was stored."""

    edited_at: int
    change_id: str
    revision: int


class Version(NamedTuple):
    """A value that a field had, or has."""

    stamp: Stamp
    value: Any


class State(msgspec.Struct, array_like=True):
    """A record as it is kept. `values` are the shown ones, with map fields as maps.

    `made` stamps every field that `stamps` doesn't name, by path (`note`, `side_effects/nausea`); `others` are the
    versions beside the shown one. A deleted record keeps its values, so that an unseen edit can bring them back.
    """

    values: dict[str, Any]
    made: Stamp
    stamps: dict[str, Stamp]
    others: dict[str, list[Version]]
    revision: int
    recorded_at: int
    edited_at: int
    deleted: bool = False


class Change(NamedTuple):
    """One checked change: a patch (values in wire form), or a deletion where `patch` is None."""

    id: str
    record_id: str
    base_revision: int
    edited_at: int
    patch: dict[str, Any] | None


class Merged(NamedTuple):
    """What a change made of a record. Where `is_changed` is false the state is the very one that was there."""

    state: State
    outcome: Outcome
    is_changed: bool = True


def clamped(edited_at: int, now: int) -> int:
    """`edited_at`, or `now` where a phone's clock runs more than 24 hours ahead (both milliseconds)."""
    return now if edited_at > now + DAY_MS else edited_at


def merge(kind: Kind, state: State | None, change: Change, revision: int) -> Merged:
    """What `change`, stored as `revision`, makes of the record (None: there is none yet and the change has a patch)."""
    if state is None:
        return Merged(_created(change, revision), "stored")
    had_seen_all = change.base_revision >= state.revision
    if change.patch is None:
        return _deleted(state, change, revision, had_seen_all)
    merged = _patched(kind, state, change, revision)
    return Merged(merged, "stored" if had_seen_all else "merged", merged is not state)


def crowded(state: State) -> list[str]:
    """The texts of which more versions stand side by side than anybody could look at; "" for too many fields."""
    texts = [path for path, versions in state.others.items() if len(versions) > MOST_VERSIONS]
    return texts if len(state.stamps) <= MOST_FIELDS else [*texts, ""]


def alternatives(state: State) -> dict[str, list[Any]]:
    """The texts that stand beside the shown ones, latest first, each once; emptied texts have nothing to keep."""
    shown: dict[str, list[Any]] = {}
    for path, versions in state.others.items():
        texts: list[Any] = []
        for version in sorted(versions, reverse=True):
            if version.value and version.value != _value_at(state.values, path) and version.value not in texts:
                texts.append(version.value)
        if texts:
            shown[path] = texts
    return shown


def _created(change: Change, revision: int) -> State:
    stamp = Stamp(change.edited_at, change.id, revision)
    values, stamps = {}, {}
    for name, value in (change.patch or {}).items():
        if isinstance(value, dict):  # a key that is emptied has no value to stand for its stamp
            stamps.update({f"{name}/{key}": stamp for key, inner in value.items() if inner is None})
            value = {key: inner for key, inner in value.items() if inner is not None}
        values[name] = value
    return State(values, stamp, stamps, {}, revision, change.edited_at, change.edited_at)


def _deleted(state: State, change: Change, revision: int, had_seen_all: bool) -> Merged:
    """A deletion wins only over what its author had seen."""
    if not had_seen_all or state.deleted:
        return Merged(state, "stored" if had_seen_all else "merged", is_changed=False)
    edited_at = max(state.edited_at, change.edited_at)
    return Merged(msgspec.structs.replace(state, revision=revision, edited_at=edited_at, deleted=True), "stored")


def _patched(kind: Kind, state: State, change: Change, revision: int) -> State:
    """The state after the patch; the same object where every field lost against a later, unseen edit."""
    values = {name: dict(value) if isinstance(value, dict) else value for name, value in state.values.items()}
    stamps, others = dict(state.stamps), dict(state.others)
    stamp = Stamp(change.edited_at, change.id, revision)
    is_changed = state.deleted
    for path, value in _paths(kind, state, change):
        after = _standing(_unseen(state, path, change), Version(stamp, value), path in kind.texts)
        if after == _versions(state, path):
            continue
        is_changed = True
        _put(values, path, after[0].value)
        stamps[path] = after[0].stamp
        if len(after) > 1:
            others[path] = after[1:]
        else:
            others.pop(path, None)
    if values.get("audience") != "me" and _is_crossed(kind, state, change):
        is_changed = True
        values["audience"] = "me"
        stamps["audience"] = stamp
    if not is_changed:
        return state
    return State(
        values, state.made, stamps, others, revision, state.recorded_at, max(state.edited_at, change.edited_at)
    )


def _standing(unseen: list[Version], mine: Version, keeps_all: bool) -> list[Version]:
    """The versions that stand after `mine`, the shown one first."""
    if not keeps_all:
        return [max([*unseen, mine], key=_age)]
    return sorted([*unseen, mine], key=_age, reverse=True)


def _age(version: Version) -> tuple[int, str]:
    return version.stamp.edited_at, version.stamp.change_id


def _is_crossed(kind: Kind, state: State, change: Change) -> bool:
    """Whether one side changed who may read and the other what there is to read: then nobody else may."""
    if "audience" not in kind.values.__struct_fields__:
        return False
    patch = change.patch or {}
    texts_unseen = any(_unseen(state, path, change) for path in kind.texts)
    return ("audience" in patch and texts_unseen) or (
        bool(kind.texts & patch.keys()) and bool(_unseen(state, "audience", change))
    )


def _unseen(state: State, path: str, change: Change) -> list[Version]:
    """The versions of a field that the author of `change` had not seen."""
    return [version for version in _versions(state, path) if version.stamp.revision > change.base_revision]


def _versions(state: State, path: str) -> list[Version]:
    """The versions of the field at `path`, the shown one first; none where it was never written."""
    value = _value_at(state.values, path)
    stamp = state.stamps.get(path)
    if stamp is None:
        if value is _ABSENT:
            return []
        stamp = state.made
    return [Version(stamp, None if value is _ABSENT else value), *state.others.get(path, [])]


_ABSENT: Any = object()


def _value_at(values: dict[str, Any], path: str) -> Any:
    name, slash, key = path.partition("/")
    if not slash:
        return values.get(name, _ABSENT)
    inner = values.get(name)
    return inner.get(key, _ABSENT) if isinstance(inner, dict) else _ABSENT


def _put(values: dict[str, Any], path: str, value: Any) -> None:
    name, slash, key = path.partition("/")
    if not slash:
        values[name] = value
        return
    if not isinstance(values.get(name), dict):
        values[name] = {}
    if value is None:
        values[name].pop(key, None)
    else:
        values[name][key] = value


def _paths(kind: Kind, state: State, change: Change) -> list[tuple[str, Any]]:
    """The patch as fields; a map counts key by key, and a map set to null empties the keys its author had seen."""
    paths: list[tuple[str, Any]] = []
    for name, value in (change.patch or {}).items():
        if name not in kind.maps:
            paths.append((name, value))
        elif value is None:
            keys = [f"{name}/{key}" for key in state.values.get(name) or {}]
            paths += [(path, None) for path in keys if not _unseen(state, path, change)]
        else:
            paths += [(f"{name}/{key}", inner) for key, inner in value.items()]
    return paths
