"""Kinds of record: which fields one may have, which of them are free text, and what makes a value wrong. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, get_type_hints

import msgspec

from server.base.bodies import Body
from server.base.errors import Fault
from server.base.hints import is_instant, is_map, is_text, keys_of

Check = Callable[[Any, datetime], list[Fault]]


@dataclass(frozen=True)
class Kind:
    """One kind of record.

    `values` is a struct whose every field is `T | None | UnsetType = UNSET`; a free text is a plain `str`, a choice
    a `Literal` or an annotated `str`. `required` fields must be there once the record is made. `day_of` names the
    instant whose local day the record belongs to, or the day itself; "" is the moment in which it was recorded.
    `check(values, now)` names the faults that types can't. Of one that `is_single` a patient has one record, whose id
    is that of the account. What one tells that `is_past` was over when it was recorded, whatever the phone's clock
    says. Fields go by the names of the wire.
    """

    name: str
    values: type[Body]
    required: tuple[str, ...]
    day_of: str
    check: Check
    is_single: bool = False
    is_past: bool = False
    texts: frozenset[str] = field(init=False)
    maps: dict[str, frozenset[str] | None] = field(init=False)  # each with its keys; None where a person names them
    instants: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        given = get_type_hints(self.values, include_extras=True)
        hints = {each.encode_name: given[each.name] for each in msgspec.structs.fields(self.values)}
        object.__setattr__(self, "texts", frozenset(name for name, hint in hints.items() if is_text(hint)))
        object.__setattr__(self, "maps", {name: keys_of(hint) for name, hint in hints.items() if is_map(hint)})
        object.__setattr__(self, "instants", tuple(name for name, hint in hints.items() if is_instant(hint)))


known_kinds: dict[str, Kind] = {}
"""The kinds that may be recorded, by name; the app hands them in."""
