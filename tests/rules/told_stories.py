"""Made-up summaries with every section in them, and what its person's own document says beyond, for the documents."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

import msgspec
from hypothesis import strategies as st
from msgspec import UNSET

from server.export.fhir.details import NONE, Details, ResponseKept, SessionKept, Share
from server.export.fhir.document import document_of
from server.export.written.sections import Section, Subject, Table
from server.measures.library import read_definitions
from server.measures.rules import score, spans_session
from server.measures.service import Form
from server.safety.alerts import AlertAnswer
from server.safety.standing import StandingAnswer
from server.silence.rules import Silence
from server.summaries.measured import measured
from server.summaries.rules import Session, Summary
from server.summaries.summarise import summarise
from server.summaries.told import FormTold, Measure, MedicationTold, MeetingTold, QuestionTold, SafetyPlanTold
from tests.rules import histories

KNOWN = read_definitions()
MADE_AT = datetime(2026, 6, 1, tzinfo=UTC)
SUBJECT = Subject("0192f0c1-2a3b-7c4d-8e5f-001122334455", "Ada", "Europe/Berlin", "en", MADE_AT)
FIELDS = (
    "check_ins", "daily", "scales", "dissociation", "start", "sessions", "measures", "side_effects", "watch",
    "exposure", "medications", "notes", "questions", "meetings", "safety_plan", "alerts", "standing_answers", "silence",
)  # fmt: skip
WATCHED: dict[str, Sequence[Any]] = {
    "urgency": ("none", "mild", "severe"), "blood": (True, False), "cannot_pass_urine": (False,),
    "memory": ("moderate",), "craving": (0, 7, 10), "doses_outside_plan": (True,), "pain": (None,),
}  # fmt: skip
KEPT: dict[str, Sequence[Any]] = {
    "status": (None, "happened", "stopped_early"), "drug": (None, "ketamine", "esketamine"),
    "route": (None, "iv", "im", "sc", "intranasal", "sublingual", "oral"), "dose_mg": (None, 0.5, 35, 84.25),
    "setting": (None, "clinic", "home"),
}  # fmt: skip


def story(random: Random) -> tuple[Summary, Details]:
    """A summary with every section, and the details that belong to it."""
    entries, sessions, span, _, courses = histories.with_courses(random)
    told = summarise(entries, sessions, span, None, courses)
    forms, kept = _forms(random, sessions)
    told.measures = measured(forms, sessions, span, None, courses) or []
    told.watch = [_watch(random, day) for day in range(0, histories.DAYS, random.choice([3, 30]))]
    told.medications = [
        MedicationTold("A pill", random.choice([None, "50 mg in the evening"]), "2026-03-02", "2026-03-20"),
        MedicationTold("Another", None, "2026-03-02", random.choice([None, "2027-01-01"])),
    ]
    settled_at = random.choice([None, "2026-03-09T10:00:00.000Z"])
    told.questions = [QuestionTold(str(UUID(int=7)), "Why so tired?", settled_at)]
    told.meetings = [MeetingTold("2026-03-05T09:00:00.000Z", "Dr. B.", ["to walk"])]
    told.safety_plan = random.choice([None, SafetyPlanTold(reasons=["the sea"])])
    told.alerts = [_alert()]
    told.standing_answers = [StandingAnswer("phq-9", 1, "2026-03-01T09:00:00.000Z", "2026-03-09T09:00:00.000Z", 2)]
    told.silence = Silence(15, 14)
    return told, Details({each.id: _kept(random) for each in sessions if random.random() < 0.8}, kept)


def sections_of(told: Summary) -> list[Section]:
    """A section for each field that is open, all but those that stand beside another, its words its own name."""
    apart = [name for name in FIELDS if name not in ("start", "dissociation", "exposure", "check_ins")]
    table = Table(("day", "words"), (("1", "<one>"), ("2", "two")))
    return [Section(name, name.title(), [f"These are the {name}."], [table]) for name in apart]


def _forms(random: Random, sessions: Sequence[Session]) -> tuple[list[Form], list[ResponseKept]]:
    forms, kept = [], []
    starts = [each.starts_at for each in sessions]
    for name in random.sample(sorted(KNOWN), random.randint(0, 5)):
        known = KNOWN[name]
        for _ in range(random.randint(1, 4)):
            number = random.randrange(histories.DAYS)
            at = histories.on(number, time(random.randrange(24), random.randrange(60)))
            answers = {each.id: random.choice([o.value for o in known.options_of(each)]) for each in known.items}
            if random.random() < 0.3:
                del answers[random.choice(sorted(answers))]
            found = score(known, answers)
            spans = spans_session(known.recall_days, at, starts)
            whole = type(found)(found.total, found.subscores, found.band, found.complete, spans)
            forms.append(Form(histories.day(number), name, at, whole))
            kept.append(ResponseKept(name, known.version, at, answers))
    return forms, kept


def _watch(random: Random, number: int) -> dict[str, Any]:
    asked = random.sample(sorted(WATCHED), random.randint(0, len(WATCHED)))
    return {"day": histories.day(number), **{name: random.choice(WATCHED[name]) for name in asked}}


def _kept(random: Random) -> SessionKept:
    return SessionKept(**{name: random.choice(values) for name, values in KEPT.items()})


def _alert() -> AlertAnswer:
    at: Any = histories.on(3) + timedelta(hours=1)
    nothing = dict.fromkeys(("unseen_at", "backup_told_at", "seen_at", "seen_by", "reply", "call_by", "closed_at"))
    return AlertAnswer(
        id=str(UUID(int=1)), consent_id=str(UUID(int=2)), trigger="item_9", reason="rise", value=2, before=1,
        message=None, changed=False, taken_back=False, occurred_at=at, raised_at=at, late=False, due_at=at,
        day=histories.day(3), **nothing,
    )  # fmt: skip


def document(told: Summary, details: Details = NONE, share: Share | None = None) -> dict[str, Any]:
    """The document of a summary, as it comes over the wire."""
    return msgspec.json.decode(msgspec.json.encode(document_of(told, SUBJECT, sections_of(told), details, share)))


def rich() -> tuple[Summary, Details]:
    return next(
        (told, details)
        for told, details in (story(Random(seed)) for seed in range(1_000))
        if told.daily and told.sessions and told.measures and told.side_effects
    )


def with_form(name: str = "phq-9", *, spans_session: bool = False) -> tuple[Summary, datetime]:
    """A summary with one form, and when that was completed."""
    told, at = rich()[0], datetime(2026, 3, 5, 9, tzinfo=UTC)
    form = FormTold("2026-03-05T09:00:00.000Z", 7, "mild", spans_session)
    told.measures = [Measure(name, [form], None, None, None)]
    return told, at


def closed(told: Summary, *fields: str) -> Summary:
    """The summary with these fields out of scope."""
    return msgspec.structs.replace(told, **dict.fromkeys(fields, UNSET))


stories = st.integers(0, 2**32).map(lambda seed: story(Random(seed)))
