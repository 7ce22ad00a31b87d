"""What people read in a document: a section as XHTML, and a person's own words where FHIR takes a text. Pure."""

import re
from collections.abc import Sequence
from html import escape

from server.export.fhir.codes import Resource
from server.export.written.sections import Section, Table

# XML 1.0 has no way to write these (section 2.2), lone surrogates among them.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACE = re.compile(r"[^\S \t\n\r]")
_STANDS_FOR = "\ufffd"


def legible(text: str) -> str:
    """A text as it is, save characters that no XML document can hold: a mark stands for each."""
    return _UNWRITABLE.sub(_STANDS_FOR, text)


def words(text: str | None) -> str | None:
    """A text for a FHIR string, every other blank a plain one: readers differ in which they take. None: nothing."""
    told = _SPACE.sub(" ", legible(text or ""))
    return told if told.strip() else None


def narrative(section: Section) -> Resource:
    """The text of a section. It may say more than its entries do, so its status is `additional`."""
    parts = [f"<p>{_xhtml(line)}</p>" for line in section.lines if line.strip()]
    parts += [table for each in section.tables if (table := _table(each))]
    parts = parts or [f"<p>{_xhtml(section.title)}</p>"]  # a narrative says something (txt-2)
    style = "white-space: pre-line"  # lines that somebody broke stay apart
    div = f'<div xmlns="http://www.w3.org/1999/xhtml" style="{style}">{"".join(parts)}</div>'
    return {"status": "additional", "div": div}


def _table(table: Table) -> str:
    rows = "".join(f"<tr>{_row(row)}</tr>" for row in table.rows if row)
    heads = "".join(f'<th scope="col">{_xhtml(cell)}</th>' for cell in table.head)
    head = f"<thead><tr>{heads}</tr></thead>" if heads else ""
    return f"<table>{head}<tbody>{rows}</tbody></table>" if rows else ""


def _row(cells: Sequence[str]) -> str:
    first, *others = cells
    return f'<th scope="row">{_xhtml(first)}</th>' + "".join(f"<td>{_xhtml(cell)}</td>" for cell in others)


def _xhtml(text: str) -> str:
    """Every character of a text as content; a carriage return by its number, or a parser makes it a line feed."""
    return escape(legible(text), quote=False).replace("\r", "&#13;")
