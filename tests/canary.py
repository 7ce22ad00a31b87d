"""Markers: a distinct text for every field that takes a person's own words, and the search for one in any form."""

import base64
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any

import msgspec
from msgspec import inspect

CHECKED = {"zone", "kind", "paused_until", "p256dh", "auth"}  # texts that take no words of one's own
PATCH = "ChangeBody.patch"  # its fields are those of the kinds of record


def marker(name: str) -> str:
    """The text for the field of that name: letters and digits only, so that it fits wherever text does."""
    return f"zqx{sha256(name.encode()).hexdigest()[:16]}qxz"


def open_fields(kinds: Iterable[type[msgspec.Struct]]) -> set[str]:
    """The fields, as `Struct.field`, in which these structs and those inside them take any text."""
    found: set[str] = set()
    waiting = [inspect.type_info(kind) for kind in kinds]
    while waiting:
        struct = waiting.pop()
        assert isinstance(struct, inspect.StructType)
        for field in struct.fields:
            for part in _parts(field.type):
                if isinstance(part, inspect.StructType):
                    waiting.append(part)
                elif isinstance(part, inspect.StrType) and part.pattern is None and field.encode_name not in CHECKED:
                    found.add(f"{struct.cls.__name__}.{field.encode_name}")
    return found - {PATCH}


def found_in(data: bytes, marks: Mapping[str, str]) -> list[str]:
    """The names of the marks that stand in `data`: as they are, in capitals, in UTF-16, in hex or in base64."""
    lower = data.lower()
    return [name for name, mark in marks.items() if any(form in whole for form, whole in _forms(mark, data, lower))]


def bytes_of(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Every value of some rows, one after another."""
    values = (value for row in rows for value in row.values())
    return b"\n".join(bytes(each) if isinstance(each, bytes | memoryview) else str(each).encode() for each in values)


def _parts(kind: inspect.Type) -> Iterator[inspect.Type]:
    """The type, and what it holds or chooses between."""
    if isinstance(kind, inspect.Metadata):
        yield from _parts(kind.type)
        return
    yield kind
    inner = [getattr(kind, name, None) for name in ("item_type", "key_type", "value_type")]
    for each in (*filter(None, inner), *getattr(kind, "types", ())):
        yield from _parts(each)


def _forms(mark: str, data: bytes, lower: bytes) -> Iterator[tuple[bytes, bytes]]:
    plain = mark.encode()
    yield plain.lower(), lower
    yield mark.lower().encode("utf-16-le"), lower
    yield plain.hex().encode(), lower
    for shift in range(3):  # what stands before it decides where base64 cuts it
        yield base64.urlsafe_b64encode(bytes(shift) + plain)[4:-4], data
