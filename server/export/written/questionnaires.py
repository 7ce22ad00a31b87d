"""Questionnaires as a section: every total, and how far each moved, in words that its instrument bears out. Pure."""

from collections.abc import Iterator

from server.export.written.sections import Section, Table
from server.export.written.words import NONE, Words, wall_of
from server.measures import service as measures
from server.summaries import service as summaries


def questionnaires(told: summaries.Summary, words: Words, zone: str) -> Iterator[Section]:
    """Every total of the period, newest first, and how far each instrument's moved."""
    if not isinstance(told.measures, list):
        return
    title = words["measures.title"]
    if not told.measures:
        yield Section("measures", title, [words["measures.none"]])
        return
    known = {each.id: each for each in measures.instruments()}
    rows: list[tuple[str, ...]] = []
    lines: list[str] = []
    for measure in told.measures:
        instrument = known.get(measure.instrument)
        name = instrument.title if instrument else measure.instrument.upper()
        rows += [(name, *_total(form, words, zone)) for form in reversed(measure.responses)]
        rule = instrument.change if instrument else None
        lines += _moves(name, measure, rule.read_by if rule else "error", words, zone)
        if rule and rule.better == "higher":
            lines.append(f"{name}: {words['measures.better_higher']}")
    if any(form.spans_session and form.total is not None for each in told.measures for form in each.responses):
        lines.append(words["measures.spans"])
    yield Section("measures", title, lines, [Table(words["measures.head"], rows)])


def _total(form: summaries.FormTold, words: Words, zone: str) -> tuple[str, str, str]:
    on = words.day(wall_of(form.completed_at, zone).date(), short=True)
    if form.total is None:
        return on, NONE, words["measures.incomplete"]
    total = words.number(form.total) + ("*" if form.spans_session else "")
    return on, total, words.name("measures.bands", form.band) if form.band else ""


def _moves(name: str, measure: summaries.Measure, read_by: str, words: Words, zone: str) -> Iterator[str]:
    """How a total moved; where the form before is the one before the first session, that is said once."""
    complete = [form for form in measure.responses if form.total is not None]
    is_same = len(complete) > 1 and complete[-2].completed_at == measure.baseline_at
    if measure.since_last and not is_same:
        yield _moved(name, measure.since_last, read_by, words["measures.than_last"], words)
    if measure.since_baseline and measure.baseline_at:
        day = words.day(wall_of(measure.baseline_at, zone).date())
        yield _moved(name, measure.since_baseline, read_by, words.say("measures.than_baseline", day=day), words)


def _moved(name: str, moved: summaries.Moved, read_by: str, than: str, words: Words) -> str:
    way = "lower" if moved.points < 0 else "higher" if moved.points else "same"
    said = words.say(f"measures.{way}", name=name, points=words.number(abs(moved.points)), than=than)
    if moved.reading is None:
        return words.say("measures.moved_bare", moved=said)
    return words.say("measures.moved", moved=said, reading=words[f"measures.reading.{read_by}.{moved.reading}"])
