"""The envelope: how a record's state is sealed into a row, and how a row becomes the wire's record. Pure.

The sealed payload holds `values` and `alternatives` as the JSON that goes out, so that reading many records opens and
joins bytes and decodes nothing.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import msgspec

from server.base.clock import instant_of, local_day, wire_of
from server.records.kinds import Kind
from server.records.rules import Stamp, State, Version, alternatives
from server.vault import service as vault

TABLE = "record"

_json = msgspec.json.Encoder().encode
_pack = msgspec.msgpack.Encoder().encode


class _Payload(msgspec.Struct, array_like=True):
    """What is sealed: wire JSON of values and alternatives, then what merging needs."""

    values: bytes
    alternatives: bytes
    made: Stamp
    stamps: dict[str, Stamp]
    others: dict[str, list[Version]]


class Found(msgspec.Struct, frozen=True):
    """A record as other folders read it; `values` and `alternatives` are JSON objects."""

    id: str
    revision: int
    day: date
    recorded_at: datetime
    edited_at: datetime
    received_at: datetime
    values: bytes
    alternatives: bytes


_unpack = msgspec.msgpack.Decoder(_Payload).decode


def seal(key: vault.Key, record_id: str, state: State) -> bytes:
    """The sealed payload of `state`, bound to its record and revision."""
    payload = _Payload(_json(state.values), _json(alternatives(state)), state.made, state.stamps, state.others)
    return key.seal(TABLE, record_id, state.revision, _pack(payload))


def state_of(key: vault.Key, row: Mapping[str, Any]) -> State:
    """The state that a row holds."""
    payload = _opened(key, row)
    return State(
        msgspec.json.decode(payload.values),
        payload.made,
        payload.stamps,
        payload.others,
        row["revision"],
        row["recorded_at"],
        row["edited_at"],
        bool(row["deleted"]),
    )


def found(key: vault.Key, row: Mapping[str, Any]) -> Found:
    """A row as other folders read it."""
    payload = _opened(key, row)
    return Found(
        str(row["record_id"]),
        row["revision"],
        date.fromisoformat(row["day"]),
        instant_of(row["recorded_at"]),
        instant_of(row["edited_at"]),
        instant_of(row["received_at"]),
        payload.values,
        payload.alternatives,
    )


def wire(key: vault.Key, row: Mapping[str, Any]) -> msgspec.Raw:
    """A row as the contract's record, in JSON; a deleted one shows nothing of what it held."""
    if row["deleted"]:
        return _wire(row, b"{}", b"{}")
    payload = _opened(key, row)
    return _wire(row, payload.values, payload.alternatives)


def wire_of_state(kind: str, record_id: str, received_at: int, state: State) -> msgspec.Raw:
    """A state that was just merged as the contract's record, in JSON."""
    row = {
        "kind": kind,
        "record_id": record_id,
        "revision": state.revision,
        "deleted": state.deleted,
        "recorded_at": state.recorded_at,
        "edited_at": state.edited_at,
        "received_at": received_at,
    }
    if state.deleted:
        return _wire(row, b"{}", b"{}")
    return _wire(row, _json(state.values), _json(alternatives(state)))


def happened(kind: Kind, values: Mapping[str, Any]) -> datetime:
    """The instant that places a record in time."""
    instant: datetime = msgspec.convert(values[kind.day_of], datetime)
    return instant


def day_of(kind: Kind, values: Mapping[str, Any], day_starts_at: Any) -> date:
    """The local day a record belongs to, in the zone of the place where it was written."""
    return local_day(happened(kind, values), values["zone"], day_starts_at)


def _opened(key: vault.Key, row: Mapping[str, Any]) -> _Payload:
    return _unpack(key.open(TABLE, str(row["record_id"]), row["revision"], row["sealed"]))


def _wire(row: Mapping[str, Any], values: bytes, others: bytes) -> msgspec.Raw:
    recorded_at, edited_at = row["recorded_at"], row["edited_at"]
    recorded = wire_of(recorded_at)
    head = (
        f'{{"kind":"{row["kind"]}","id":"{row["record_id"]}","revision":{row["revision"]},'
        f'"deleted":{"true" if row["deleted"] else "false"},"recorded_at":"{recorded}",'
        f'"edited_at":"{recorded if edited_at == recorded_at else wire_of(edited_at)}",'
        f'"received_at":"{wire_of(row["received_at"])}","values":'
    )
    return msgspec.Raw(b"".join((head.encode(), values, b',"alternatives":', others, b"}")))
