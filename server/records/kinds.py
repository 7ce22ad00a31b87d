"""Kinds of record: which fields one may have, which of them are free text, and what makes a value wrong. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec

from server.base.bodies import Body
from server.base.errors import Fault

Check = Callable[[Any, datetime], list[Fault]]


@dataclass(frozen=True)
class Kind:
    """One kind of record.

    `values` is a struct whose every field is `T | None | UnsetType = UNSET`; a free text is a plain `str`, a choice
    a `Literal` or an annotated `str`. `required` fields must be there once the record is made. `day_of` names the
    instant whose local day the record belongs to, or the day itself; "" is the moment in which it was recorded.
    `check(values, now)` names the faults that types can't. Of one that `is_single` a patient has one record, whose id
    is that of the account. Fields go by the names of the wire.
    """

    name: str
    values: type[Body]
    required: tuple[str, ...]
    day_of: str
    check: Check
    is_single: bool = False
    texts: frozenset[str] = field(init=False)
    maps: frozenset[str] = field(init=False)
    instants: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        given = get_type_hints(self.values, include_extras=True)
        hints = {each.encode_name: given[each.name] for each in msgspec.structs.fields(self.values)}
        object.__setattr__(self, "texts", frozenset(name for name, hint in hints.items() if _is_text(hint)))
        object.__setattr__(self, "maps", frozenset(name for name, hint in hints.items() if _is_map(hint)))
        object.__setattr__(self, "instants", tuple(name for name, hint in hints.items() if _is_instant(hint)))


known_kinds: dict[str, Kind] = {}
"""The kinds that may be recorded, by name; the app hands them in."""


def _choices(hint: Any) -> list[Any]:
    """The members of a union without null and unset."""
    members = get_args(hint) if get_origin(hint) in (UnionType, Union) else (hint,)
    return [member for member in members if member not in (NoneType, msgspec.UnsetType)]


def _is_text(hint: Any) -> bool:
    """A plain string, one with no more than a length, or a list of such."""
    for choice in _choices(hint):
        inner = get_args(bare)[0] if get_origin(bare := _base(choice) or choice) is list else choice
        if inner is str or (_base(inner) is str and not _is_choice(inner)):
            return True
    return False


def _base(hint: Any) -> Any:
    return getattr(hint, "__origin__", None) if hasattr(hint, "__metadata__") else None


def _is_choice(hint: Any) -> bool:
    """An annotated string that names one of a set (a zone, an id) says so in its schema."""
    metas = [meta for meta in hint.__metadata__ if isinstance(meta, msgspec.Meta)]
    return any(meta.pattern or (meta.extra or {}).get("choice") for meta in metas)


def _is_map(hint: Any) -> bool:
    plain = [get_origin(choice) or choice for choice in _choices(hint)]
    return any(isinstance(each, type) and issubclass(each, (dict, msgspec.Struct)) for each in plain)


def _is_instant(hint: Any) -> bool:
    return any(choice is datetime or _base(choice) is datetime for choice in _choices(hint))
