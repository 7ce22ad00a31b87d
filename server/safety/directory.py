"""Numbers to call, by country: one file for the phone, which shows them without a network, and for programs. Pure."""

from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from server.base.errors import Fault, Invalid


class BadDirectory(Exception):
    """The directory can't be read; the text says why."""


class TextTo(msgspec.Struct, frozen=True):
    """A number for a text message, and the word to send; empty where any word does."""

    to: str
    word: str


class Reviewed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a source says, the day it was checked there (null: never), and after which day that is due again."""

    source: str
    reviewed_on: date | None
    stale_after: date | None

    def is_stale(self, today: date) -> bool:
        """Whether it is due to be checked."""
        return self.stale_after is None or self.stale_after < today


class Emergency(Reviewed, frozen=True, kw_only=True):
    """The number for an emergency in a country."""

    call: str


class Line(Reviewed, frozen=True, kw_only=True):
    """Somebody who answers; reached by at least one of `call`, `text` and `chat`."""

    country: str
    kind: Literal["crisis", "domestic_violence", "poison"]
    name: str
    call: str | None
    text: TextTo | None
    chat: str | None


class Directory(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every line, the number for an emergency by country, and where to look up those of other countries."""

    elsewhere: str
    emergency: dict[str, Emergency]
    lines: tuple[Line, ...]


class EmergencyShown(Emergency, frozen=True, kw_only=True):
    """The number for an emergency as the wire carries it; `stale`: it is due to be checked."""

    country: str
    stale: bool


class LineShown(Line, frozen=True, kw_only=True):
    """A line as the wire carries it, with its country's number for an emergency."""

    emergency: str
    stale: bool


class CrisisLines(msgspec.Struct, frozen=True):
    """The lines of a country, or of all; none where we know none, and then `elsewhere` is a directory that may."""

    items: list[LineShown]
    emergency: list[EmergencyShown]
    elsewhere: str
    next: None = None


def read_directory(path: Path) -> Directory:
    """The directory in the phone's module: JSON from its `= {` on. Raises BadDirectory."""
    _, found, after = path.read_text("utf-8").partition("} = {")
    try:
        directory = msgspec.json.decode("{" + after if found else "", type=Directory)
    except msgspec.MsgspecError as error:
        raise BadDirectory(f"{path.name} is not JSON from its brace on: {error}") from None
    if lost := sorted({line.country for line in directory.lines} - directory.emergency.keys()):
        raise BadDirectory(f"{path.name} has no number for an emergency in {', '.join(lost)}")
    return directory


def shown(directory: Directory, country: str | None, today: date) -> CrisisLines:
    """What is known of a country (ISO 3166-1, two letters) or, without one, of all. Raises Invalid."""
    if country is not None and not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise Invalid(Fault("/country", "must be two letters, as in ISO 3166-1"))
    wanted = set(directory.emergency) if country is None else {country.upper()}
    lines = [
        LineShown(
            **msgspec.structs.asdict(line),
            emergency=directory.emergency[line.country].call,
            stale=line.is_stale(today),
        )
        for line in directory.lines
        if line.country in wanted
    ]
    numbers = [
        EmergencyShown(**msgspec.structs.asdict(each), country=code, stale=each.is_stale(today))
        for code, each in directory.emergency.items()
        if code in wanted
    ]
    return CrisisLines(lines, numbers, directory.elsewhere)
