"""What followed each session, on paper: the lines of the screens, the figures of the summary, after the first page."""

import json
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from io import BytesIO
from random import Random
from typing import Any

import msgspec
import pytest
from pypdf import PdfReader

from server.base.clock import local_day
from server.cli.story import DAYS, MARA, TOMAS, changes
from server.cli.story import Person as InStory
from server.export.curves import HIGH, LETTER, LINE, WIDE, curves_of, lines_of, named, pieces
from server.export.pdf import pdf_of
from server.export.written.sections import Subject
from server.export.written.summary import sections_of
from server.export.written.words import words_in
from server.summaries import service as summaries
from server.summaries.rules import Entry, Session, Span
from server.summaries.summarise import EVERYTHING, summarise
from tests.node import ROOT, node_and_npm
from tests.rules.histories import dose, felt, history, opening, span

NAMES = ("mood", "anxiety", "dissociation")
SUBJECT = Subject("1", "Ada M.", "Europe/Berlin", "en", datetime(2026, 5, 20, 9, tzinfo=UTC))
TOLD = datetime(2026, 11, 26, 20, tzinfo=UTC)
TITLE = words_in("en", 2026)["since.title"]
STORIES = [(MARA, 23), (TOMAS, 7)]


def told_of(person: InStory, seed: int) -> summaries.Summary:
    """The ten weeks of somebody in the demo."""
    entries, sessions = [], []
    for _, batch in changes(person, seed, TOLD):
        for change in batch:
            values = change["patch"]
            if change["kind"] == "check_in":
                at = datetime.fromisoformat(values["occurred_at"])
                ratings = {name: values[name] for name in NAMES}
                day = local_day(at, values["zone"])
                entries.append(Entry(id=change["record_id"], day=day, occurred_at=at, **ratings))
            elif change["kind"] == "treatment_session":
                at = datetime.fromisoformat(values["starts_at"])
                day = local_day(at, values["zone"])
                sessions.append(Session(id=change["record_id"], day=day, starts_at=at))
    days = Span(TOLD.date() - timedelta(days=DAYS - 1), TOLD.date(), DAYS)
    return summarise(entries, sessions, days)


def drawn(told: summaries.Summary, subject: Subject = SUBJECT) -> dict[str, Any]:
    found = curves_of(told, subject)
    assert found is not None
    return found


def pages_of(told: summaries.Summary, subject: Subject = SUBJECT) -> list[str]:
    paper = pdf_of(told, sections_of(told, subject), subject)
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(paper)).pages]


def answers(told: summaries.Summary, name: str) -> list[list[tuple[float, int]]]:
    """By session, the newest first: hours and value of every answer to a scale, as the summary has them."""
    curves = [[(each.hours, getattr(each, name)) for each in one.curve] for one in reversed(told.sessions or [])]
    return [kept for one in curves if (kept := [(hours, value) for hours, value in one if value is not None])]


@pytest.mark.parametrize(("person", "seed"), STORIES)
def test_every_point_is_an_answer_of_the_summary_and_every_answer_a_point(person: InStory, seed: int) -> None:
    told = told_of(person, seed)

    for name, one in zip(NAMES, drawn(told)["scales"], strict=True):
        lines = [
            [(x / WIDE * 28 * 24, (1 - y / HIGH) * 10) for piece in line["pieces"] for x, y in piece]
            for line in reversed(one["lines"])
        ]
        expected = answers(told, name)
        assert len(expected) == 7
        assert [[value for _, value in line] for line in expected] == [
            [round(value, 6) for _, value in each] for each in lines
        ]
        for line, each in zip(expected, lines, strict=True):
            assert [hours for hours, _ in line] == pytest.approx([hours for hours, _ in each], abs=0.05)


@pytest.mark.parametrize(("person", "seed"), STORIES)
def test_the_table_and_the_sentences_say_the_same_figures(person: InStory, seed: int) -> None:
    told = told_of(person, seed)

    curves = drawn(told, SUBJECT._replace(made_at=TOLD))

    for number, (name, one) in enumerate(zip(NAMES, curves["scales"], strict=True), 1):
        all_answers = answers(told, name)
        assert f"{sum(map(len, all_answers))} entries after {len(all_answers)} sessions." in one["caption"]
        for row, line in zip(curves["rows"], all_answers, strict=True):
            values = [value for _, value in line]
            (after, first), (until, last) = line[0], line[-1]
            cell = f"{len(line)}: {first} ({_passed(after, 'h', 'd')}), {last} ({_passed(until, 'h', 'd')}), "
            assert row[number] == f"{cell}{min(values)} to {max(values)}"
            assert (
                f", {len(line)} entries: {first} {_passed(after, 'hours', 'days')} after it, "
                f"{last} {_passed(until, 'hours', 'days')} after it, between {min(values)} and {max(values)}."
            ) in one["alt"]


def _passed(hours: float, hour: str, day: str) -> str:
    value, unit = (hours, hour) if hours < 48 else (hours / 24, day)
    return f"{value:.1f}".removesuffix(".0") + f" {unit}"


def test_a_line_is_drawn_where_the_screens_draw_it() -> None:
    """`since-shapes.js` is what the phone and a reader's page draw from."""
    random = Random(5)
    histories = [told_of(*each) for each in STORIES]
    histories += [told for _ in range(60) if (told := summarise(*history(random))).sessions]
    sessions = [[msgspec.to_builtins(each) | {"day": ""} for each in told.sessions or []] for told in histories]
    script = f"""import {{ drawnOf, piecesOf }} from "{(ROOT / "static/js/summaries/since-shapes.js").as_uri()}"
      const found = {json.dumps(sessions)}.map((one) => {json.dumps(NAMES)}.map((name) =>
        drawnOf(one, name).toReversed().map(({{ id, look, told }}) =>
          [id, look, piecesOf(told, (days) => days, (value) => value).map((piece) => piece.length)])))
      process.stdout.write(JSON.stringify(found))"""
    command = [node_and_npm()[0], "--input-type=module", "-e", script]
    on_screen = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)

    assert len(histories) > 30
    for told, by_name in zip(histories, on_screen, strict=True):
        looks = ["latest", "before", "third", *["older"] * 8]
        on_paper = [
            [
                [line.id, look, [len(piece) for piece in pieces(line.told)]]
                for line, look in zip(lines_of(told, name, "UTC"), looks, strict=False)
            ]
            for name in NAMES
        ]
        assert on_paper == by_name
        drawn_looks = [[line["look"] for line in reversed(one["lines"])] for one in drawn(told)["scales"]]
        assert drawn_looks == [[look for _, look, _ in lines] for lines in by_name if lines]


def test_two_days_without_an_entry_stay_open_and_an_entry_alone_is_a_point() -> None:
    assert pieces([(4.0, 3), (52.0, 4), (100.1, 5)]) == [[(4.0, 3), (52.0, 4)], [(100.1, 5)]]


def test_the_newest_eight_are_drawn_and_it_says_so() -> None:
    doses = [dose(2 * number, time(9)) for number in range(12)]
    told = summarise([felt(2 * number, mood=number % 10) for number in range(12)], doses, span(0, 29))

    curves = drawn(told)

    assert [len(one["lines"]) for one in curves["scales"]] == [8]
    assert "The newest 8 sessions are drawn." in curves["about"]
    assert [row[0] for row in curves["rows"]] == [f"{2 * number + 1} Mar" for number in range(11, 3, -1)]


def test_without_a_session_or_without_its_scopes_there_is_nothing_of_it() -> None:
    entries = [felt(day, mood=7) for day in range(9)]

    assert TITLE not in " ".join(pages_of(summarise(entries, [], span(0, 29))))
    for closed in ("sessions", "scales"):
        told = summarise(entries, [dose(4)], span(0, 29), opening(*EVERYTHING - {closed}))
        assert TITLE not in " ".join(pages_of(told))
    assert TITLE in " ".join(pages_of(summarise(entries, [dose(4)], span(0, 29), opening(*EVERYTHING))))


def test_a_session_that_nothing_was_written_after_is_told_in_one_sentence() -> None:
    told = summarise([felt(day, mood=7) for day in range(3)], [dose(4)], span(0, 29))

    last = pages_of(told)[-1]

    assert f"{TITLE} Nothing is written yet in the weeks after a session." in last
    assert drawn(told)["rows"] == []


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("days", [1, 5, 29, 70])
def test_it_stands_after_the_first_page_and_never_on_it(days: int, language: str) -> None:
    entries = [felt(day, mood=day % 10, anxiety=3) for day in range(days)]
    subject = SUBJECT._replace(language=language)
    words = words_in(language, 2026)

    pages = pages_of(summarise(entries, [dose(0, time(8))], span(0, days - 1)), subject)

    assert words["since.title"] not in pages[0]
    assert sum(words["since.title"] in page for page in pages[1:]) == 1
    for number, page in enumerate(pages, 1):
        assert words.say("page", page=number, all=len(pages)) in page


def test_a_chart_is_a_figure_with_its_figures_in_words() -> None:
    told = told_of(*STORIES[0])
    paper = pdf_of(told, sections_of(told, SUBJECT), SUBJECT)

    root: Any = PdfReader(BytesIO(paper)).trailer["/Root"]
    alts = [each["/Alt"] for each in _elements(root["/StructTreeRoot"], "/Figure")]

    for one in drawn(told)["scales"]:
        assert one["alt"] in alts


def _elements(told: Any, kind: str) -> Iterator[Any]:
    """The elements of a kind, in the order in which they are read aloud."""
    if hasattr(told, "get_object"):
        told = told.get_object()
    if isinstance(told, list):
        for each in told:
            yield from _elements(each, kind)
    elif isinstance(told, dict):
        if told.get("/S") == kind:
            yield told
        yield from _elements(told.get("/K"), kind)


def test_no_name_lies_on_another_or_on_a_line() -> None:
    random = Random(3)
    for _ in range(300):
        lines = [
            (
                (x := random.uniform(0, WIDE), random.uniform(0, HIGH)),
                (random.uniform(x, WIDE), random.uniform(0, HIGH)),
            )
            for _ in range(random.randrange(12))
        ]
        ends = [("14 Oct", *line[1]) for line in lines]

        boxes = [
            (left, left + len(name) * LETTER, middle - LINE / 2, middle + LINE / 2)
            for _, name, (left, middle) in named(ends, lines)
        ]

        for number, one in enumerate(boxes):
            for left, right, top, bottom in boxes[:number]:
                assert one[1] <= left or right <= one[0] or one[3] <= top or bottom <= one[2]
            for (x, y), (until, end) in lines:
                for step in range(101):
                    at = x + (until - x) * step / 100, y + (end - y) * step / 100
                    assert not (one[0] < at[0] < one[1] and one[2] < at[1] < one[3])
