"""The door: the instruments at hand, a patient's responses with their scores, and what changed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from server.base.clock import counted_at
from server.base.errors import Fault, NotFound
from server.base.web import Period
from server.database import service as database
from server.measures import library
from server.measures.change import Change, Moves, Told, moves
from server.measures.instruments import Instrument
from server.measures.library import BadInstrument, in_place_of, keep_pack, open_library
from server.measures.rules import Response, Score, faults_of, score, spans_session
from server.records import service as records
from server.treatment import service as treatment

__all__ = [
    "RESPONSE", "BadInstrument", "Change", "Form", "Instrument", "Moves", "SafetyAnswer", "Score", "form_of",
    "in_place_of", "instrument", "instruments", "keep_pack", "looked_back", "moves_of", "offered", "open_library",
    "page", "safety_answers", "safety_value",
]  # fmt: skip


class Form(msgspec.Struct, frozen=True):
    """One response as it was kept, with its score; `instrument` may be one that is not known here any more.

    `completed_at` is when it counts as completed: where its phone's clock was ahead, as it arrived.
    """

    day: date
    instrument: str
    completed_at: datetime
    score: Score


class SafetyAnswer(msgspec.Struct, frozen=True):
    """What somebody answered to the safety item of an instrument, in one response."""

    record_id: str
    instrument: str
    day: date
    at: datetime
    value: int


class ScoredPage(msgspec.Struct):
    """Responses, newest first, each with its `score` beside its values; `next` is where to go on."""

    items: list[dict[str, Any]]
    next: str | None


def _check(values: Response, now: datetime) -> list[Fault]:
    return faults_of(values, library.known, now)


RESPONSE = records.Kind(
    "response",
    Response,
    required=("instrument", "instrument_version", "answers", "completed_at", "zone"),
    day_of="completed_at",
    check=_check,
    is_past=True,
)
_decode = msgspec.json.Decoder(Response).decode


def instruments() -> list[Instrument]:
    """Every instrument that is known here, by id."""
    return [library.known[name] for name in sorted(library.known)]


def offered() -> list[Instrument]:
    """Those of them that this installation offers, by id."""
    return [each for each in instruments() if each.id in library.offered]


def instrument(name: str) -> Instrument:
    """One instrument. Raises NotFound."""
    if name not in library.known:
        raise NotFound()
    return library.known[name]


def form_of(found: records.Found) -> Form:
    """A response, by the record that was found. Whether it looks back over a session is not looked at yet."""
    values = _decode(found.values)  # what is kept has its instrument and its instant: without them it is refused
    completed_at = counted_at(values.completed_at, found.recorded_at)  # type: ignore[arg-type]
    return Form(found.day, str(values.instrument), completed_at, _scored(values, completed_at, ()))


def looked_back(form: Form, starts: Iterable[datetime]) -> Form:
    """The form, marked where it looks back over one of these `starts` of sessions, and over no other."""
    known = library.known.get(form.instrument)
    spans = known is not None and spans_session(known.recall_days, form.completed_at, starts)
    return msgspec.structs.replace(form, score=msgspec.structs.replace(form.score, spans_session=spans))


def moves_of(name: str, forms: Iterable[Form], first_session_at: datetime | None) -> Moves:
    """How far one instrument's total moved, since the form before and since the last one before the first session."""
    known = library.known.get(name)
    complete = [
        Told(form.completed_at, form.score.total, form.score.spans_session)
        for form in forms
        if form.instrument == name and form.score.total is not None
    ]
    return moves(known.change if known else None, complete, first_session_at)


def safety_answers(responses: Iterable[records.Found]) -> list[SafetyAnswer]:
    """What was answered to safety items, oldest first; a form that leaves the item out says nothing."""
    return sorted(filter(None, map(_safety_answer, responses)), key=lambda each: (each.at, each.record_id))


def safety_value(values: Mapping[str, Any]) -> int | None:
    """What the values of a response answer to its instrument's safety item; None: nothing."""
    known = library.known.get(str(values.get("instrument")))
    answers = values.get("answers") or {}
    return answers.get(known.safety_item) if known and known.safety_item else None


def _safety_answer(found: records.Found) -> SafetyAnswer | None:
    values = _decode(found.values)
    known = library.known.get(str(values.instrument))
    answers = values.answers if isinstance(values.answers, dict) else {}
    value = answers.get(known.safety_item) if known and known.safety_item else None
    if value is None or known is None or not isinstance(values.completed_at, datetime):
        return None
    return SafetyAnswer(found.id, known.id, found.day, counted_at(values.completed_at, found.recorded_at), value)


@database.reading
async def page(patient_id: str, period: Period, limit: int, cursor: str | None, now: datetime) -> ScoredPage:
    """A patient's responses as records with their scores, newest first, `limit` at once. Raises Invalid."""
    found = await records.page(patient_id, RESPONSE.name, period, limit, cursor)
    starts = [
        each.starts_at for each in await treatment.all_sessions(patient_id) if treatment.has_taken_place(each, now)
    ]
    items = [msgspec.json.decode(raw, type=dict[str, Any]) for raw in found.items]
    for item in items:
        values = msgspec.convert(item["values"], Response)
        at = counted_at(values.completed_at, datetime.fromisoformat(item["recorded_at"]))  # type: ignore[arg-type]
        item["score"] = _scored(values, at, starts)
    return ScoredPage(items, found.next)


def _scored(values: Response, completed_at: datetime, starts: Sequence[datetime]) -> Score:
    """The score; nothing but incomplete where two phones made one record of two instruments, or it is known no more."""
    known = library.known.get(str(values.instrument))
    answers = values.answers if isinstance(values.answers, dict) else {}
    if known is None:
        return Score(None, {}, None, complete=False)
    found = score(known, answers)
    return msgspec.structs.replace(found, spans_session=spans_session(known.recall_days, completed_at, starts))
