"""The envelope: how a record's state is sealed into a row, and how a row becomes the wire's record. Pure.

The sealed payload holds the record as the JSON that goes out, so that reading many records opens each and writes it on
as it is: nothing is decoded, nothing is formatted.
"""

from bisect import bisect
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from itertools import accumulate
from typing import Any, NamedTuple

import msgspec

from server.base.clock import counted_at, instant_of, local_day, wire_of
from server.merging import service as merging
from server.vault import service as vault

TABLE = "record"
WIRE_COLUMNS = "record_id, revision, sealed"
FOUND_COLUMNS = f"{WIRE_COLUMNS}, kind, day, recorded_at"

MOST_ON_A_PAGE = 4 * 1024 * 1024  # bytes as they are kept

_json = msgspec.json.Encoder().encode
_pack = msgspec.msgpack.Encoder().encode


class Written(NamedTuple):
    """A record as the contract's JSON, and where its values stand in it."""

    wire: bytes
    values_from: int
    values_to: int


class _Shown(msgspec.Struct, array_like=True, gc=False):
    """The beginning of what is sealed: the record's JSON, and where its values stand in it.

    A deleted record's JSON shows no values, so `hidden` keeps them, as JSON.
    """

    wire: bytes
    values_from: int
    values_to: int
    hidden: bytes

    def values(self) -> bytes:
        """The values as JSON, those of a deleted record too."""
        return self.hidden or self.wire[self.values_from : self.values_to]


class _Payload(_Shown, array_like=True):
    """What is sealed: what is shown, and what merging needs beside it."""

    made: merging.Stamp
    stamps: dict[str, merging.Stamp]
    others: dict[str, list[merging.Version]]


class Found(msgspec.Struct, frozen=True, gc=False):
    """A record as other folders read it; `values` is a JSON object."""

    id: str
    revision: int
    kind: str
    day: date
    recorded_at: datetime
    values: bytes


_unpack_shown = msgspec.msgpack.Decoder(_Shown).decode
_unpack = msgspec.msgpack.Decoder(_Payload).decode


def seal(key: vault.Key, record_id: str, state: merging.State, written: Written) -> bytes:
    """The sealed payload of `state`, which is `written`, bound to its record and revision."""
    hidden = _json(state.values) if state.deleted else b""
    payload = _Payload(*written, hidden, state.made, state.stamps, state.others)
    return key.seal(TABLE, record_id, state.revision, _pack(payload))


def fitting(sizes: Sequence[int]) -> int:
    """How many rows of so many bytes, in their order, one answer carries; one at least."""
    return max(1, bisect(list(accumulate(sizes)), MOST_ON_A_PAGE))


def wires(key: vault.Key, rows: Sequence[Any]) -> list[msgspec.Raw]:
    """Rows of WIRE_COLUMNS as the contract's records, in JSON; a deleted one shows nothing of what it held."""
    return [msgspec.Raw(_unpack_shown(opened).wire) for opened in vault.open_many(key, TABLE, rows)]


def state_of(key: vault.Key, row: Mapping[str, Any]) -> tuple[merging.State, Written]:
    """The state that a row holds, and the record as it was written."""
    payload = _unpack(key.open(TABLE, str(row["record_id"]), row["revision"], row["sealed"]))
    values, recorded_at, edited_at = msgspec.json.decode(payload.values()), row["recorded_at"], row["edited_at"]
    inside = (values, payload.made, payload.stamps, payload.others)
    state = merging.State(*inside, row["revision"], recorded_at, edited_at, bool(row["deleted"]))
    return state, Written(payload.wire, payload.values_from, payload.values_to)


def found(key: vault.Key, rows: Sequence[Any]) -> list[Found]:
    """Rows of FOUND_COLUMNS as other folders read them."""
    opened = vault.open_many(key, TABLE, rows)
    return [
        Found(str(id_), revision, kind, date.fromisoformat(day), instant_of(at), _unpack_shown(payload).values())
        for (id_, revision, _, kind, day, at), payload in zip(rows, opened, strict=True)
    ]


def placed(kind: merging.Kind, state: merging.State, day_starts_at: time) -> tuple[date, datetime]:
    """The local day of a record where it was written, and its instant; of a day that is its beginning, in UTC."""
    told = state.values[kind.day_of] if kind.day_of else wire_of(state.recorded_at)
    if "T" not in told:
        return (day := date.fromisoformat(told)), datetime.combine(day, time(), UTC)
    at: datetime = msgspec.convert(told, datetime)
    if kind.is_past:
        at = counted_at(at, instant_of(state.recorded_at))
    return local_day(at, state.values.get("zone", "UTC"), day_starts_at), at


def written_of(kind: str, record_id: str, received_at: int, state: merging.State) -> Written:
    """The record that `state` is, as the contract's JSON; a deleted one shows nothing of what it held."""
    head = (
        f'{{"kind":"{kind}","id":"{record_id}","revision":{state.revision},'
        f'"deleted":{"true" if state.deleted else "false"},"recorded_at":"{wire_of(state.recorded_at)}",'
        f'"edited_at":"{wire_of(state.edited_at)}","received_at":"{wire_of(received_at)}","values":'
    ).encode()
    values = b"{}" if state.deleted else _json(state.values)
    others = _json(merging.alternatives(state)) if state.others and not state.deleted else b"{}"
    return Written(b'%b%b,"alternatives":%b}' % (head, values, others), len(head), len(head) + len(values))
