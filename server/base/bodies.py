"""From bytes to a checked struct: strict JSON, every fault named, nothing unknown let in."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Annotated, Any, TypeVar

import msgspec

from server.base.clock import AHEAD, zone_names
from server.base.errors import Fault, Invalid, Malformed
from server.base.limits import MAX_FAULTS, escaped, faults_in, keys_in

T = TypeVar("T")

EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
Instant = Annotated[datetime, msgspec.Meta(tz=True)]
Moment = Annotated[str, msgspec.Meta(extra_json_schema={"format": "date-time"})]
"""An instant as an answer writes it."""
Zone = Annotated[str, msgspec.Meta(max_length=64, description="an IANA time zone", extra={"choice": True})]

_NO_CLOCK = timedelta(days=365_250)
_UNCLEAR = (b"\n", b"\t", b"\r", b" :", b"\\u0000")  # perhaps space between a key and its colon; perhaps a NUL
_decode = msgspec.json.Decoder().decode
_place = re.compile(r"^(?P<words>.*?)(?: - at `\$(?P<path>.*)`)?$", re.DOTALL)
_step = re.compile(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]")


class Body(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A body that programs send: no unknown fields."""


def tree_of(raw: bytes) -> Any:
    """The JSON value in `raw`. Raises Malformed for anything but one value of strict JSON in UTF-8 with unique keys."""
    try:
        return json.loads(raw.decode(), object_pairs_hook=_unique, parse_constant=_refuse)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError, ValueError) as error:
        if isinstance(error, _Twice):
            raise Malformed(f"The key “{escaped(error.args[0])}” appears twice in one object") from None
        raise Malformed() from None


def sound_tree_of(raw: bytes) -> Any:
    """`tree_of(raw)` where it is quickly seen that all is well with it and `faults_in` has nothing to name; else None.

    No key stands twice where there are as many keys in the tree as in the text. In the text, each is followed by `":`,
    unless there is space between; what else looks like that only makes the count too high.
    """
    try:
        tree = _decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):  # half a character among them
        return None
    for each in _UNCLEAR:
        if each in raw:
            return None
    return tree if raw.count(b'":') == keys_in(tree) else None


def struct_of(tree: Any, kind: type[T], is_sound: bool = False) -> T:
    """`tree` as a `kind`; `is_sound` where `sound_tree_of` made it. Raises Invalid with every fault."""
    if not is_sound and (faults := faults_in(tree)):
        raise Invalid(*faults)
    try:
        return msgspec.convert(tree, kind)
    except msgspec.ValidationError:
        raise Invalid(*faults_of(tree, kind)) from None


def faults_of(tree: Any, kind: Any, pointer: str = "") -> list[Fault]:
    """What keeps `tree` from being a `kind`, field by field (msgspec stops at the first); at most 20 unknown."""
    struct = _struct_in(kind)
    if struct is None or not isinstance(tree, dict):
        return _faults_of_value(tree, kind, pointer)
    fields = {field.encode_name: field for field in msgspec.structs.fields(struct)}
    unknown = [escaped(name) for name in islice((name for name in tree if name not in fields), MAX_FAULTS)]
    faults = [Fault(f"{pointer}/{name}", "is not a field that is known here") for name in unknown]
    for name, field in fields.items():
        if name in tree:
            faults += faults_of(tree[name], field.type, f"{pointer}/{name}")
        elif field.required:
            faults.append(Fault(f"{pointer}/{name}", "is needed"))
    return faults


def is_zone(name: str) -> bool:
    """Whether `name` is a zone that exists."""
    return name in zone_names()


def zone_faults(zone: str | msgspec.UnsetType | None, pointer: str = "/zone") -> list[Fault]:
    """A fault where `zone` is given and is no IANA name."""
    return [Fault(pointer, "is not an IANA time zone")] if isinstance(zone, str) and not is_zone(zone) else []


def instant_faults(
    instant: datetime | msgspec.UnsetType | None, pointer: str, now: datetime, ahead: timedelta = AHEAD,
    told: str = "24 hours",
) -> Iterator[Fault]:  # fmt: skip
    """A fault where `instant` is given and lies before 1900, or further ahead than `ahead`, which `told` says."""
    if isinstance(instant, datetime):
        if instant > now + ahead:
            yield Fault(pointer, f"is more than {told} ahead")
        elif instant < EARLIEST:
            yield Fault(pointer, "is before 1900")


def past_faults(instant: datetime | msgspec.UnsetType | None, pointer: str, now: datetime) -> Iterator[Fault]:
    """A fault where no clock can have shown `instant`; one that is merely ahead is taken in (see `counted_at`)."""
    return instant_faults(instant, pointer, now, _NO_CLOCK, "1,000 years")


def lines_faults(lines: list[str] | msgspec.UnsetType | None, pointer: str, most: int) -> Iterator[Fault]:
    """A fault where `lines` hold more than `most` characters together."""
    if isinstance(lines, list) and sum(map(len, lines)) > most:
        yield Fault(pointer, f"holds more than {most:,} characters in all its lines")


def day_of(text: str, pointer: str) -> date:
    """A day written `YYYY-MM-DD`. Raises Invalid for anything else, 31 February among it."""
    try:
        return msgspec.convert(text, date)
    except msgspec.ValidationError:
        raise Invalid(Fault(pointer, "must be a day, YYYY-MM-DD")) from None


def _struct_in(kind: Any) -> type[msgspec.Struct] | None:
    """The struct that `kind` is, or that its union holds beside null and unset."""
    choices = getattr(kind, "__args__", None) if not isinstance(kind, type) else None
    for choice in choices or (kind,):
        if isinstance(choice, type) and issubclass(choice, msgspec.Struct):
            return choice
    return None


def _faults_of_value(tree: Any, kind: Any, pointer: str) -> list[Fault]:
    try:
        msgspec.convert(tree, kind)
    except msgspec.ValidationError as error:
        found = _place.match(str(error))
        words, path = (found["words"], found["path"] or "") if found else (str(error), "")
        steps = "".join(f"/{name or index}" for name, index in _step.findall(path))
        return [Fault(pointer + steps, words)]
    return []


class _Twice(ValueError):
    """A key that stands twice in one object."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    tree = dict(pairs)
    if len(tree) != len(pairs):
        seen: set[str] = set()
        raise _Twice(next(name for name, _ in pairs if name in seen or seen.add(name)))  # type: ignore[func-returns-value]
    return tree


def _refuse(constant: str) -> Any:
    raise ValueError(constant)
