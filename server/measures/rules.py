"""How an instrument's data scores a response, and what makes a response or an instrument wrong. Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from server.base.bodies import Body, Instant, Zone, past_faults, zone_faults
from server.base.errors import Fault
from server.base.limits import escaped
from server.measures.instruments import Formula, Group, Instrument, Number, text_hash

Name = Annotated[str, Meta(pattern="^[a-z0-9][a-z0-9.-]{0,31}$")]
Text = Annotated[str, Meta(max_length=20_000)]


class Score(msgspec.Struct, frozen=True):
    """What a response comes to. Without a total it is incomplete; `spans_session`: it looks back over a session."""

    total: Number | None
    subscores: dict[str, Number]
    band: str | None
    complete: bool
    spans_session: bool = False


class Response(Body):
    """The values of a response. An answer that is left out, or null, is one that was not given."""

    instrument: Name | UnsetType | None = UNSET
    instrument_version: Name | UnsetType | None = UNSET
    answers: dict[str, int] | UnsetType | None = UNSET
    completed_at: Instant | UnsetType | None = UNSET
    zone: Zone | UnsetType | None = UNSET
    index_event: Text | UnsetType | None = UNSET


def score(instrument: Instrument, answers: Mapping[str, int | None]) -> Score:
    """What `answers` (item id: value) come to; no total where more scored items lack than the formula allows.

    A value that an item does not take, as where two phones made one record of two instruments, is no answer.
    """
    takes = {item.id: {option.value for option in instrument.options_of(item)} for item in instrument.items}
    answers = {name: value for name, value in answers.items() if value in takes.get(name, ())}
    lacking = sum(answers.get(name) is None for name in instrument.scored)
    if lacking > instrument.total.may_lack:
        return Score(None, {}, None, complete=False)
    total = figure(instrument.total, answers)
    subscores = {name: figure(formula, answers) for name, formula in instrument.subscores.items()}
    given = {name: value for name, value in subscores.items() if value is not None}
    return Score(total, given, band_of(instrument, total), complete=not lacking)


def figure(term: str | Formula, answers: Mapping[str, int | None]) -> Number | None:
    """The value of an item or a formula; None where more lacks than it allows."""
    if isinstance(term, str):
        return answers.get(term)
    if term.groups_met:
        return sum(_is_met(group, answers) for group in term.groups_met)
    if term.of is not None:
        inner = figure(term.of, answers)
        return None if inner is None else inner * term.times
    parts = [figure(part, answers) for part in term.sum or term.max or term.mean]
    given = [part for part in parts if part is not None]
    if not given or len(parts) - len(given) > term.may_lack:
        return None
    if term.mean:
        return sum(given) / len(given)
    return sum(given) if term.sum else max(given)


def band_of(instrument: Instrument, total: Number | None) -> str | None:
    """What the data calls `total`."""
    reached = [band.name for band in instrument.bands if total is not None and band.start <= total]
    return reached[-1] if reached else None


def spans_session(recall_days: int, completed_at: datetime, starts: Iterable[datetime]) -> bool:
    """Whether a form looks back over the start of a session, and so averages over before and after."""
    since = completed_at - timedelta(days=recall_days)
    return any(since < start <= completed_at for start in starts)


def wrongs_of(instrument: Instrument) -> list[str]:
    """What keeps an instrument from being used: words that are not the exact ones, or a score that is not published."""
    wrongs = []
    if instrument.has_text and text_hash(instrument) != instrument.text_sha256:
        wrongs.append(f"{instrument.id}: its words are not the exact ones (their SHA-256 is {text_hash(instrument)})")
    if instrument.card and not _is_answer(instrument, instrument.card.item, instrument.card.start):
        wrongs.append(f"{instrument.id}: its card waits for an answer that can't be given")
    for vector in instrument.vectors:
        found = score(instrument, dict(zip(instrument.scored, vector.answers, strict=True)))
        expected = vector.subscores if vector.subscores is not None else found.subscores
        if (found.total, found.band, found.subscores) != (vector.total, vector.band, expected):
            wrongs.append(f"{instrument.id}: {vector.answers} scores {found.total} ({found.band}), not {vector.total}")
    return wrongs


def faults_of(values: Response, known: Mapping[str, Instrument], now: datetime) -> list[Fault]:
    """What the types can't say of a response; pointers are relative to its values."""
    faults = [*zone_faults(values.zone), *past_faults(values.completed_at, "/completed_at", now)]
    if not isinstance(values.instrument, str):
        if isinstance(values.answers, dict) or isinstance(values.instrument_version, str):
            faults.append(Fault("/instrument", "is needed beside its version and answers"))
        return faults
    instrument = known.get(values.instrument)
    if instrument is None:
        return [*faults, Fault("/instrument", "is not an instrument that is known here")]
    if not instrument.has_text:
        faults.append(Fault("/instrument", "has no words on this installation: its licensed pack is not loaded"))
    if values.instrument_version != instrument.version:
        faults.append(Fault("/instrument_version", f"must be {instrument.version}"))
    if isinstance(values.answers, dict):
        faults += _answer_faults(instrument, values.answers)
    if isinstance(values.index_event, str) and not instrument.has_index_event:
        faults.append(Fault("/index_event", "is not asked by this instrument"))
    return faults


def _answer_faults(instrument: Instrument, answers: Mapping[str, int]) -> list[Fault]:
    items = {item.id: item for item in instrument.items}
    faults = []
    for name, value in answers.items():
        pointer = f"/answers/{escaped(name)}"
        if name not in items:
            faults.append(Fault(pointer, "is not an item of this instrument"))
        elif value not in (options := [option.value for option in instrument.options_of(items[name])]):
            faults.append(Fault(pointer, f"must be one of {', '.join(map(str, sorted(options)))}"))
    return faults


def _is_answer(instrument: Instrument, name: str, value: int) -> bool:
    """Whether `value` may be answered to that item."""
    return any(
        option.value == value for item in instrument.items if item.id == name for option in instrument.options_of(item)
    )


def _is_met(group: Group, answers: Mapping[str, int | None]) -> bool:
    reached = sum((answers.get(name) or 0) >= group.at_least for name in group.items)
    return reached >= group.needed
