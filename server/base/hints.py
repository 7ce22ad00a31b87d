"""What a field of a struct takes, by its type hint: a person's own words, a map, an instant. Pure."""

from datetime import datetime
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import msgspec


def is_text(hint: Any) -> bool:
    """A plain string, one with no more than a length, or a list of such."""
    for choice in _choices(hint):
        inner = get_args(bare)[0] if get_origin(bare := _base(choice) or choice) is list else choice
        if inner is str or (_base(inner) is str and not _is_choice(inner)):
            return True
    return False


def is_map(hint: Any) -> bool:
    """A dictionary or a struct."""
    plain = [get_origin(choice) or choice for choice in _choices(hint)]
    return any(isinstance(each, type) and issubclass(each, (dict, msgspec.Struct)) for each in plain)


def keys_of(hint: Any) -> frozenset[str] | None:
    """The keys that a map may have; None where a person names them."""
    structs = [each for each in _choices(hint) if isinstance(each, type) and issubclass(each, msgspec.Struct)]
    return frozenset(field.encode_name for each in structs for field in msgspec.structs.fields(each)) or None


def is_instant(hint: Any) -> bool:
    """A moment in time, however it is annotated."""
    return any(choice is datetime or _base(choice) is datetime for choice in _choices(hint))


def _choices(hint: Any) -> list[Any]:
    """The members of a union without null and unset."""
    members = get_args(hint) if get_origin(hint) in (UnionType, Union) else (hint,)
    return [member for member in members if member not in (NoneType, msgspec.UnsetType)]


def _base(hint: Any) -> Any:
    return getattr(hint, "__origin__", None) if hasattr(hint, "__metadata__") else None


def _is_choice(hint: Any) -> bool:
    """An annotated string that names one of a set (a zone, an id) says so in its schema."""
    metas = [meta for meta in hint.__metadata__ if isinstance(meta, msgspec.Meta)]
    return any(meta.pattern or (meta.extra or {}).get("choice") for meta in metas)
