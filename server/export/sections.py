"""What a written summary is made of: who it is about, and sections of lines and tables. Pure."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple


class Subject(NamedTuple):
    """Whose summary it is, and for whom and when it is written.

    `id` is one that its reader knows anyway: the account's for its person, the consent's for anybody else.
    """

    id: str
    name: str
    zone: str
    language: str
    made_at: datetime


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
