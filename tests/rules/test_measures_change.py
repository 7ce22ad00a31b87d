"""Change is told with its error, and from the right form."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.export.fhir.codes import OWN
from server.measures.change import Change, Told, change, moves
from server.measures.instruments import ChangeRule
from server.measures.library import read_definitions

KNOWN = read_definitions()
SESSION = datetime(2026, 11, 1, 14, 0, tzinfo=UTC)
ORDER = ("beyond_error_worse", "noticeable_worse", "within_variation", "noticeable_better", "beyond_error_better")


def rule(name: str) -> ChangeRule:
    found = KNOWN[name].change
    assert found is not None
    return found


def since_baseline(rule: ChangeRule, forms: Sequence[Told], first_session_at: datetime | None) -> Change | None:
    return moves(rule, forms, first_session_at).since_baseline


def told(days: float, total: float, spans_session: bool = False) -> Told:
    """A form so many days after the first session."""
    return Told(SESSION + timedelta(days=days), total, spans_session)


@pytest.mark.parametrize(
    ("name", "before", "after", "reading"),
    [
        ("phq-9", 17, 13, "within_variation"),
        ("phq-9", 17, 12, "noticeable_better"),
        ("phq-9", 17, 11, "beyond_error_better"),
        ("phq-9", 10, 15, "noticeable_worse"),
        ("phq-9", 10, 16, "beyond_error_worse"),
        ("gad-7", 12, 9, "within_variation"),
        ("gad-7", 12, 8, "noticeable_better"),
        ("gad-7", 12, 6, "beyond_error_better"),
        ("pcl-5", 50, 36, "within_variation"),
        ("pcl-5", 50, 35, "beyond_error_better"),
        ("who-5", 40, 48, None),
        ("who-5", 40, 52, "beyond_error_better"),
        ("who-5", 40, 28, "beyond_error_worse"),
        ("peg", 6, 4.3, None),
        ("peg", 6, 4.2, "beyond_error_better"),
        ("peg", 6, 8, "beyond_error_worse"),
        ("peg", 3, 0, None),
        ("isi", 20, 14, "noticeable_better"),
        ("isi", 20, 15, "within_variation"),
        ("madrs-s", 30, 10, None),
    ],
)
def test_each_line_reads_as_its_instrument_says(name: str, before: float, after: float, reading: str | None) -> None:
    assert change(rule(name), before, after).reading == reading


@given(st.sampled_from(["phq-9", "gad-7", "pcl-5", "who-5"]), *(st.integers(0, 80) for _ in range(3)))
def test_more_gain_never_reads_worse(name: str, before: int, one: int, other: int) -> None:
    sign = 1 if rule(name).better == "lower" else -1
    less, more = sorted((one, other), reverse=sign > 0)

    readings = [change(rule(name), before, after).reading or "within_variation" for after in (less, more)]

    assert ORDER.index(readings[0]) <= ORDER.index(readings[1])


def test_a_share_is_told_only_where_the_start_reached_the_cut_off() -> None:
    assert change(rule("phq-9"), 10, 5).response is True
    assert change(rule("phq-9"), 11, 6).response is False
    assert change(rule("phq-9"), 9, 0).response is None
    assert change(rule("gad-7"), 20, 0).response is None


def test_remission_is_below_its_line() -> None:
    assert [change(rule("phq-9"), 20, after).remission for after in (4, 5)] == [True, False]
    assert [change(rule("pcl-5"), 50, after).remission for after in (28, 29)] == [True, False]
    assert [change(rule("isi"), 20, after).remission for after in (7, 8)] == [True, False]
    assert change(rule("who-5"), 20, 100).remission is None


def test_the_baseline_is_the_last_form_before_the_first_session_and_not_the_first_ever() -> None:
    forms = [told(-60, 25), told(-2, 17), told(20, 9)]

    for order in permutations(forms):
        found = since_baseline(rule("phq-9"), order, SESSION)
        assert found is not None
        assert found.points == -8


def test_nothing_is_said_before_a_form_that_looks_back_over_no_session() -> None:
    assert since_baseline(rule("phq-9"), [told(-2, 17), told(3, 9, spans_session=True)], SESSION) is None

    later = [told(-2, 17), told(3, 9, spans_session=True), told(20, 12), told(30, 5, spans_session=True)]
    found = since_baseline(rule("phq-9"), later, SESSION)
    assert found is not None
    assert found.points == -5


@pytest.mark.parametrize(
    ("forms", "first_session_at"),
    [
        ([told(-2, 17), told(20, 9)], None),
        ([told(20, 9), told(40, 5)], SESSION),
        ([told(-2, 17)], SESSION),
        ([], SESSION),
    ],
)
def test_without_a_session_or_a_form_before_or_after_it_there_is_no_change(
    forms: list[Told], first_session_at: datetime | None
) -> None:
    assert since_baseline(rule("phq-9"), forms, first_session_at) is None


def test_the_last_move_is_told_with_or_without_a_session_and_the_baseline_with_its_day() -> None:
    forms = [told(-60, 25), told(-40, 17), told(20, 9), told(30, 12, spans_session=True)]

    for order in permutations(forms):
        found = moves(rule("phq-9"), order, SESSION)
        assert found.since_last == change(rule("phq-9"), 9, 12)
        assert found.baseline_at == SESSION - timedelta(days=40)

    assert moves(rule("phq-9"), forms[:2], None).since_last == change(rule("phq-9"), 25, 17)
    assert moves(rule("phq-9"), forms[:2], SESSION).baseline_at is None
    assert moves(rule("phq-9"), forms[:1], SESSION).since_last is None


def test_the_code_of_a_reading_claims_no_error_that_only_some_instruments_know() -> None:
    shown = [OWN[reading] for reading in ORDER]

    assert all("error" not in each.lower() and "chance" not in each.lower() for each in shown)
    assert len(set(shown)) == len(ORDER)
