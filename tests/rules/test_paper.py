"""A summary on paper: every text as it was written, never as markup; letters without a shape; an end to long ones."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from server.export.chart import chart_of, pieces
from server.export.letters import BOX, SHOWN, shown
from server.export.pdf import ROOM, _set, page_of, pdf_of
from server.export.written.sections import Subject
from server.export.written.summary import sections_of
from server.export.written.words import words_in
from server.summaries import service as summaries
from server.summaries.rules import Note
from server.summaries.summarise import EVERYTHING, summarise
from tests.rules.histories import dose, felt, opening, span

SUBJECT = Subject("1", "Ada M.", "Europe/Berlin", "en", datetime(2026, 5, 20, 9, tzinfo=UTC))
ENGLISH = words_in("en", 2026)
ACTIVE = (
    "/JavaScript", "/JS", "/OpenAction", "/AA", "/Launch", "/URI", "/EmbeddedFile", "/AcroForm", "/RichMedia", "/GoToR",
)  # fmt: skip


def set_on_paper(told: summaries.Summary, subject: Subject = SUBJECT) -> bytes:
    return pdf_of(told, sections_of(told, subject), subject)


def text_of(paper: bytes) -> str:
    """Everything that stands on it, one blank where the setting broke a line."""
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages)
    return " ".join(text.replace("-\n", "").split())


def with_notes(*texts: str) -> summaries.Summary:
    told = summarise([felt(9, mood=4)], [], span(0, 29))
    told.notes = [Note(date(2026, 3, 9), text, False) for text in texts]
    return told


def test_a_note_is_text_whatever_it_looks_like() -> None:
    note = '#strong[x] *bold* _it_ $x^2$ `raw` \\ <lab> @ref // = heading\n- item\n+ item #read("/etc/passwd") "so"'

    text = text_of(set_on_paper(with_notes("first", note)))

    assert " ".join(note.split()) in text


def test_every_letter_that_is_said_to_have_a_shape_has_one() -> None:
    letters = [chr(point) for first, last in SHOWN for point in range(first, last + 1)]
    lines = ["o".join(letters[at : at + 40]) for at in range(0, len(letters), 40)]

    page = page_of(with_notes(*lines), sections_of(with_notes(*lines), SUBJECT), SUBJECT)

    _set(page, SUBJECT)  # PDF/UA refuses a letter without one

    assert len([letter for letter in letters if shown(f"o{letter}", ENGLISH) == f"o{letter}"]) > 4_000


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(text=st.text(min_size=1, max_size=60), name=st.text(max_size=20))
@example(text="“\u0301“\u20dd a\u0301\u0302\u0323 א\u05b7 \u0483", name="\u0301")
@example(text="\U0001f642 \U0001f468\u200d\U0001f469\u200d\U0001f467 \u2764\ufe0f 日本語 \x07", name="\u200b")
@example(text="عربى \u202eabc", name="x")
@example(text="\u0e01\u0e33 ﷺ \ud7ff", name=" ")
@example(text="a" * 3_000, name="{name} {0} #x")
@example(text="\n\n\n", name="")
def test_any_text_makes_a_page(text: str, name: str) -> None:
    told = with_notes(text, "second")

    assert set_on_paper(told, SUBJECT._replace(name=name)).startswith(b"%PDF-")


def test_a_picture_is_named_and_a_letter_without_a_shape_is_a_box_that_is_explained() -> None:
    told = with_notes("first", "I feel \U0001f642 today", "日本")

    english, spanish = (text_of(set_on_paper(told, SUBJECT._replace(language=each))) for each in ("en", "es"))

    assert "I feel [slightly smiling face] today" in english
    assert f"{BOX}{BOX}" in english
    assert ENGLISH["boxes"] in english
    assert "I feel [símbolo] today" in spanish
    assert ENGLISH["boxes"] not in text_of(set_on_paper(with_notes("plain")))


def test_nothing_hidden_turns_the_order_of_letters() -> None:
    assert shown("a\u202eb\u2066c\ufeffd\u200be", ENGLISH) == "abcde"


def test_paper_has_an_end_and_says_what_does_not_stand_on_it() -> None:
    long = "word " * 3_900

    pages = PdfReader(BytesIO(set_on_paper(with_notes(*(f"{number} {long}" for number in range(100)))))).pages

    stand = ROOM // len(long)
    assert len(pages) < 30
    text = " ".join(pages[-1].extract_text().split())
    assert f"{100 - stand} more do not stand on this paper." in text


@pytest.mark.parametrize("note", ["\U0001fba8" * 20_000, "\n" * 20_000, "\u0301" * 20_000, "a\u0301" * 10_000])
def test_no_note_makes_more_paper_than_there_is(note: str) -> None:
    pages = PdfReader(BytesIO(set_on_paper(with_notes("first", *[f"{number}{note}" for number in range(20)])))).pages

    assert len(pages) < 40


def test_letters_that_this_python_does_not_know_are_boxes() -> None:
    assert shown("\U0001fae8 \U0001fa75 \ue000", ENGLISH) == f"{BOX} {BOX} {BOX}"


def test_what_lies_in_another_year_says_so() -> None:
    told = summarise([felt(day, mood=4, note="long ago" if day == 5 else None) for day in (5, 400)], [], span(0, 430))
    subject = SUBJECT._replace(made_at=datetime(2027, 5, 20, 9, tzinfo=UTC))

    text = text_of(set_on_paper(told, subject))

    assert "“long ago” (6 March 2026)" in text
    assert "6 Mar 2026" in text
    assert "7 Mar 2026–4 Apr" in text


def test_the_day_that_is_being_lived_is_not_missing() -> None:
    told = summarise([felt(day, mood=4) for day in (0, 1)], [], span(0, 3))
    before_ten = SUBJECT._replace(made_at=datetime(2026, 3, 4, 8, 30, tzinfo=UTC), zone="UTC")

    late, early = (
        text_of(set_on_paper(told, before_ten._replace(day_starts_at=each))) for each in (time(10), time(4))
    )

    assert "No entries" not in late
    assert "No entries 3 Mar." in early


def test_nothing_in_it_acts_and_it_is_tagged_in_its_language() -> None:
    paper = set_on_paper(summarise([felt(9, mood=4, note="https://example.org")], [], span(0, 29)))
    root: Any = PdfReader(BytesIO(paper)).trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert PdfReader(BytesIO(paper)).metadata.title == "Summary of a diary"
    everything = b"".join(_streams(paper))
    assert not [name for name in ACTIVE if name.encode() in everything]


def _streams(paper: bytes) -> Sequence[bytes]:
    """The file as it lies there, and every object in it, unpacked."""
    reader = PdfReader(BytesIO(paper))
    found = [paper]
    for number in reader.xref.get(0, {}) | reader.xref_objStm:
        unpacked: Any = reader.get_object(number)
        found.append(repr(unpacked).encode())
    return found


def test_the_same_summary_makes_the_same_paper() -> None:
    told = summarise([felt(day, mood=day % 10) for day in range(20)], [dose(5)], span(0, 29))

    assert set_on_paper(told) == set_on_paper(told)


@pytest.mark.parametrize("closed", sorted(EVERYTHING))
def test_a_closed_scope_leaves_nothing_on_paper(closed: str) -> None:
    told: dict[str, Any] = {"side_effects": {"nausea": "mild"}, "note": "kept apart", "audience": "both"}
    entries = [felt(day, mood=7, **told) for day in range(9)]
    traces = {"scales": "The three scales", "sessions": "Sessions", "side_effects": "nausea", "notes": "kept apart"}

    def paper(*scopes: str) -> str:
        return text_of(set_on_paper(summarise(entries, [dose(4)], span(0, 29), opening(*scopes))))

    assert traces[closed] in paper(*EVERYTHING)
    assert traces[closed] not in paper(*EVERYTHING - {closed})


def test_a_reader_who_may_not_know_of_sessions_has_no_column_for_them() -> None:
    entries = [felt(day, mood=7) for day in range(9)]

    with_sessions, without = (
        text_of(set_on_paper(summarise(entries, [dose(4)], span(0, 29), opening(*scopes))))
        for scopes in (("scales", "sessions"), ("scales",))
    )

    assert "Near a session" in with_sessions
    assert "ession" not in without.replace("without those within 24 hours after a session", "").replace(
        "without the 24 hours after a session", ""
    )


def test_a_gap_stays_a_gap_and_a_day_alone_is_a_point() -> None:
    assert pieces({0: 1, 1: 2, 3: 4, 5: 1, 6: 2}, 1) == [[0, 1], [3], [5, 6]]
    assert pieces({0: 1, 7: 2, 21: 4}, 7) == [[0, 7], [21]]


def test_the_chart_draws_the_days_of_the_summary() -> None:
    told = summarise([felt(day, mood=day % 10) for day in (0, 1, 2, 10, 20)], [dose(15)], span(0, 29))

    chart = chart_of(told, SUBJECT)

    assert chart is not None
    (line,) = chart["lines"]
    drawn = [(round(x * 29), y * 10) for piece in line["pieces"] for x, y in piece]
    assert drawn == [((day.day - told.period.first).days, day.mood) for day in told.daily or []]
    assert [round(at * 29) for at in chart["sessions"]] == [15]


def test_where_nothing_was_answered_there_is_no_chart_and_the_page_says_so() -> None:
    told = summarise([], [], span(0, 29))

    assert chart_of(told, SUBJECT) is None
    assert "No check-ins in this period." in text_of(set_on_paper(told))
