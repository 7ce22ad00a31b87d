"""A written summary as PDF: set by typst, tagged, held to PDF/UA-1; nothing is fetched and no note is markup."""

from collections.abc import Callable, Iterable
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from server.export.chart import chart_of
from server.export.curves import curves_of
from server.export.letters import BOX, plain, shown
from server.export.written.sections import Section, Subject
from server.export.written.summary import lead_of
from server.export.written.words import Words, words_of
from server.summaries import service as summaries

ROOM = 120_000  # letters: some 30 pages; more is read in the app
LETTERS_A_LINE = 80
MOST_ROWS = 400
LONGEST_QUOTE = 500
FEW_DAYS = 31  # a period with a row for each day; a row costs typst a millisecond
PLACES = {
    "alerts": "top",
    "exposure": "main", "scales": "main", "measures": "main", "sessions": "main",
    "questions": "beside", "side_effects": "beside", "check_ins": "beside",
}  # fmt: skip
"""Where a section stands; any other comes after, over the whole width."""


def pdf_of(told: summaries.Summary, sections: Iterable[Section], subject: Subject) -> bytes:
    """The summary on paper: some 40 ms of CPU, a second at the first. Not on the event loop."""
    page = page_of(told, sections, subject)
    try:
        return _set(page, subject)
    except RuntimeError:  # typst's own: letters that have a shape each, and none together
        return _set(_each(page, plain), subject)


def _set(page: dict[str, Any], subject: Subject) -> bytes:
    told = msgspec.json.encode(page).decode()
    if BOX in told:
        told = msgspec.json.encode(page | {"lead": [*page["lead"], words_of(subject)["boxes"]]}).decode()
    made_at = int(subject.made_at.timestamp())
    made: bytes = _compiler().compile(
        _template(), format="pdf", pdf_standards=["ua-1"], sys_inputs={"told": told}, timestamp=made_at
    )
    return made


@cache
def _compiler() -> Any:
    import typst  # 80 MB that a server which makes no paper never reads

    return typst.Compiler(font_paths=typst.Fonts(include_system_fonts=False), ignore_system_fonts=True)


@cache
def _template() -> bytes:
    return files("server.export").joinpath("page.typ").read_bytes()


def page_of(told: summaries.Summary, sections: Iterable[Section], subject: Subject) -> dict[str, Any]:
    """What the page is made from: every text that the fonts can show, every section in its place."""
    words = words_of(subject)
    page: dict[str, Any] = {"top": [], "main": [], "beside": [], "after": [], "quote": None}
    left = ROOM
    for section in sections:
        if section.key == "notes":
            section, page["quote"] = _quoted(section, told, words)
        if section.key == "daily" and told.period.days > FEW_DAYS:
            section = section._replace(lines=[words["daily.elsewhere"]], tables=())
        kept, left = _within(section, left, words)
        if kept.lines or kept.tables:
            page[PLACES.get(section.key, "after")].append(_readable(kept))
    page |= {
        "lang": words.language,
        "title": words["title"],
        "name": shown(subject.name, words),
        "lead": lead_of(told, subject),
        "about": words["about"],
        "page": words["page"],
        "chart": chart_of(told, subject),
        "curves": curves_of(told, subject),
    }
    return page


def _quoted(section: Section, told: summaries.Summary, words: Words) -> tuple[Section, str | None]:
    """The first note stands beside the figures where it is short; the rest of the notes after them."""
    first = section.lines[0]
    if not told.notes or len(first) > LONGEST_QUOTE or _room_of(quote := shown(first, words)) > LONGEST_QUOTE:
        return section, None
    return section._replace(lines=section.lines[1:]), quote


def _within(section: Section, left: int, words: Words) -> tuple[Section, int]:
    """The section as the page can show it and as far as there is room, and how much is left; the rest is counted."""
    lines, tables = [], []
    for table in section.tables:
        over = len(table.rows) - MOST_ROWS
        tables.append(table._replace(rows=table.rows[:MOST_ROWS]))
        if over > 0:
            lines.append(words.counted("left_out", over))
    for told, line in enumerate(section.lines):
        taken = _room_of(line := shown(line, words)) if len(line) < left else left + 1
        if taken > left:
            return section._replace(
                lines=[*lines, words.counted("left_out", len(section.lines) - told)], tables=tables
            ), 0
        left -= taken
        lines.append(line)
    return section._replace(lines=lines, tables=tables), left


def _room_of(text: str) -> int:
    """How many letters' room a text takes: each of its lines at least one line of the page."""
    return sum(max(len(line), LETTERS_A_LINE) for line in text.split("\n"))


def _readable(section: Section) -> dict[str, Any]:
    tables = [{"head": list(table.head), "rows": [list(row) for row in table.rows]} for table in section.tables]
    return {"title": section.title, "lines": list(section.lines), "tables": tables}


def _each(told: Any, change: Callable[[str], str]) -> Any:
    """Every text in it, changed."""
    if isinstance(told, str):
        return change(told)
    if isinstance(told, list):
        return [_each(each, change) for each in told]
    return {name: _each(each, change) for name, each in told.items()} if isinstance(told, dict) else told
