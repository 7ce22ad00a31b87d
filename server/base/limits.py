"""How large and how deep a body may be, and what may stand in it; checked before anything looks at its meaning."""

import math
import re
from typing import Any

from server.base.errors import Fault

MAX_BODY = 1024 * 1024  # bytes
MAX_DEPTH = 32
MAX_KEYS = 1_000  # in one object
MAX_FAULTS = 20
MAX_POINTER = 200  # characters
_surrogate = re.compile("[\ud800-\udfff]").search
MAX_INTEGER = 2**53 - 1  # what every JSON reader keeps exactly (RFC 8259 section 6)
_UNSOUND = -MAX_INTEGER  # whatever is added to it


def faults_in(tree: Any) -> list[Fault]:
    """What no value of ours may hold, wherever it stands: NUL, lone surrogates, huge numbers, too much depth.

    At most MAX_FAULTS are named, each by a pointer of bounded length: an answer must not outgrow its question.
    """
    faults: list[Fault] = []
    waiting: list[tuple[str, int, Any]] = [("", 0, tree)]
    while waiting and len(faults) < MAX_FAULTS:
        pointer, depth, value = waiting.pop()
        if isinstance(value, str):
            _check_text(pointer, value, faults)
        elif isinstance(value, dict | list):
            if depth >= MAX_DEPTH:
                faults.append(Fault(pointer, f"nested deeper than {MAX_DEPTH} levels"))
                continue
            if isinstance(value, dict) and len(value) > MAX_KEYS:
                faults.append(Fault(pointer, f"more than {MAX_KEYS} keys in one object"))
                continue
            pairs = value.items() if isinstance(value, dict) else enumerate(value)
            for name, inner in pairs:
                if isinstance(name, str):
                    _check_text(pointer, name, faults)
                waiting.append((f"{pointer}/{escaped(name)}"[:MAX_POINTER], depth + 1, inner))
        elif isinstance(value, float):
            if not math.isfinite(value):
                faults.append(Fault(pointer, "number out of range"))
        elif isinstance(value, int) and not -MAX_INTEGER <= value <= MAX_INTEGER:
            faults.append(Fault(pointer, "number out of range"))
    return faults


def keys_in(tree: Any, depth: int = 0) -> int:
    """How many keys the objects in `tree` have together; below 0 where it nests too deep or holds a huge number."""
    is_object = type(tree) is dict
    if not is_object and type(tree) is not list:
        return 0 if type(tree) is not int or -MAX_INTEGER <= tree <= MAX_INTEGER else _UNSOUND
    if depth >= MAX_DEPTH:
        return _UNSOUND
    found = len(tree) if is_object else 0
    if found > MAX_KEYS and is_object:
        return _UNSOUND
    for value in tree.values() if is_object else tree:
        kind = type(value)
        if kind is dict or kind is list:
            found += keys_in(value, depth + 1)
        elif kind is int and not -MAX_INTEGER <= value <= MAX_INTEGER:
            return _UNSOUND
    return found


def escaped(name: object) -> str:
    """One step of a pointer (RFC 6901): `~` and `/` escaped, surrogates made visible, long names cut."""
    return str(name)[:64].replace("~", "~0").replace("/", "~1").encode("utf-8", "replace").decode()


def _check_text(pointer: str, text: str, faults: list[Fault]) -> None:
    if "\0" in text:
        faults.append(Fault(pointer, "text with a NUL character"))
    if _surrogate(text):
        faults.append(Fault(pointer, "text with half of a character (a lone surrogate)"))
