"""An instrument as its file says it: words, options, scoring, lines for change, and published scores. Pure."""

import hashlib
import json
from typing import Literal

import msgspec

Number = int | float


class Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of an instrument's file."""


class Option(Data, frozen=True):
    """One answer that an item takes."""

    value: int
    label: str = ""
    loinc: str | None = None


class Item(Data, frozen=True):
    """One question. Without options of its own it takes those of its instrument."""

    id: str
    text: str = ""
    scored: bool = True
    options: tuple[Option, ...] = ()
    loinc: str | None = None


class Group(Data, frozen=True):
    """Items of which at least `needed` must be answered with `at_least`."""

    items: tuple[str, ...]
    at_least: int
    needed: int


class Formula(Data, frozen=True):
    """A figure made of answers: exactly one of `sum`, `max`, `mean`, `of` (with `times`) and `groups_met`."""

    sum: tuple["str | Formula", ...] = ()
    max: tuple["str | Formula", ...] = ()
    mean: tuple["str | Formula", ...] = ()
    may_lack: int = 0
    of: "Formula | None" = None
    times: int = 1
    groups_met: tuple[Group, ...] = ()


class Band(Data, frozen=True):
    """What a total from here on is called, up to the next band; None where it has no name."""

    start: Number = msgspec.field(name="from")
    name: str | None


class ChangeRule(Data, frozen=True, kw_only=True):
    """The lines that a change of the total is read by, in points; `own_line` and `own_line_pct` stand alone."""

    better: Literal["lower", "higher"]
    mcid: Number | None = None
    reliable: Number | None = None
    own_line: Number | None = None
    own_line_pct: Number | None = None
    response_pct: Number | None = None
    remission: Number | None = None
    cutoff: Number | None = None
    source: str
    verified: bool

    @property
    def read_by(self) -> Literal["error", "own", "noticed"]:
        """By the measurement error, by a line of its authors', or by what people notice alone (CLINICAL 4)."""
        if self.own_line is not None or self.own_line_pct is not None:
            return "own"
        return "noticed" if self.reliable is None else "error"


class Card(Data, frozen=True):
    """Which answer brings the card with the numbers to call: one to `item`, from this value on."""

    item: str
    start: int = msgspec.field(name="from")


class Vector(Data, frozen=True):
    """Answers in the order of the scored items, and the score that is published for them."""

    answers: tuple[int | None, ...]
    total: Number | None
    band: str | None
    subscores: dict[str, Number] | None = None


class Instrument(Data, frozen=True, kw_only=True):
    """One questionnaire. `licence` is the class of CLINICAL 4: of class C the words come in a pack.

    `stands_for`: the one whose place it takes where that is not offered; by itself it is not offered.
    `to_check`: what of it was seen in no published source and no maintained scoring library; then it is not `verified`.
    `safety_item`: the question about being better off dead or hurting oneself whose answers may go to a reader by
    themselves. `card`: which answer brings the card, whether it goes to anybody or not.
    """

    id: str
    version: str
    title: str
    licence: Literal["A", "B", "C"]
    attribution: str = ""
    source: str
    verified: bool
    to_check: tuple[str, ...] = ()
    stands_for: str | None = None
    recall_days: int
    entered_by: Literal["patient", "clinician"] = "patient"
    has_index_event: bool = False
    safety_item: str | None = None
    card: Card | None = None
    stem: str = ""
    options: tuple[Option, ...]
    items: tuple[Item, ...]
    text_sha256: str | None
    loinc: dict[str, str] = {}
    total: Formula
    subscores: dict[str, Formula] = {}
    bands: tuple[Band, ...]
    change: ChangeRule | None = None
    vectors: tuple[Vector, ...]

    @property
    def has_text(self) -> bool:
        """Whether its words are here, so that it can be filled in."""
        return all(item.text for item in self.items)

    @property
    def scored(self) -> tuple[str, ...]:
        """The ids of the items that count."""
        return tuple(item.id for item in self.items if item.scored)

    def options_of(self, item: Item) -> tuple[Option, ...]:
        """The answers that `item` takes."""
        return item.options or self.options


def text_hash(instrument: Instrument) -> str:
    """The SHA-256 of its exact words: title, stem, items and the labels of their options, as canonical JSON."""
    items = {
        item.id: {
            "text": item.text,
            "labels": {str(option.value): option.label for option in instrument.options_of(item)},
        }
        for item in instrument.items
    }
    whole = {"title": instrument.title, "stem": instrument.stem, "items": items}
    return hashlib.sha256(
        json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()
