"""What a written summary is made of: who it is about, and sections of lines and tables. Pure."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import NamedTuple

from server.base.clock import DAY_STARTS_AT, local_day


class Subject(NamedTuple):
    """Whose summary it is, and for whom and when it is written.

    `id` is one that its reader may know: the account's for its person alone. `zone` is of whoever reads it, whose days
    turn at `day_starts_at`; `is_own`: it stays with its person, and holds what is for nobody else. `shared_from` is the
    first day that a consent opens, where it has one.
    """

    id: str
    name: str
    zone: str
    language: str
    made_at: datetime
    day_starts_at: time = DAY_STARTS_AT
    is_own: bool = False
    shared_from: date | None = None

    @property
    def today(self) -> date:
        """The local day on which it is made."""
        return local_day(self.made_at, self.zone, self.day_starts_at)


class Table(NamedTuple):
    """Rows of cells under a head; the first cell of a row names it."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]


class Section(NamedTuple):
    """A part of a written summary. `key` is the name of the summary's field that it tells."""

    key: str
    title: str
    lines: Sequence[str] = ()
    tables: Sequence[Table] = ()
