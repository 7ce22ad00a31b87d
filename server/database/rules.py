"""What SQLite's failures mean, and the SQL text that both databases share."""

import re
from functools import lru_cache

from server.base.errors import Problem, StorageFull, Unavailable

_placeholder = re.compile(r"\?(?=\d)")


@lru_cache(maxsize=1024)
def postgres_text(sql: str) -> str:
    """`sql` with its `?1` placeholders as PostgreSQL's `$1`. Literals in our SQL never hold a question mark."""
    return _placeholder.sub("$", sql)


def problem_of(message: str) -> Problem | None:
    """The refusal that SQLite failing with `message` means, or None where the fault is in our own SQL."""
    words = message.lower()
    if "disk is full" in words:
        return StorageFull()
    if "unable to open" in words or "disk i/o error" in words or "locked" in words or "readonly" in words:
        return Unavailable()
    return None
