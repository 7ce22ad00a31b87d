"""Scores by the data agree with what is published, and with a reading of the same table by hand."""

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.measures.instruments import Instrument
from server.measures.library import read_definitions
from server.measures.rules import Response, faults_of, score, spans_session

NOW = datetime(2026, 11, 23, 20, 15, tzinfo=UTC)
KNOWN = read_definitions()

Answers = dict[str, int]


def _named(total: float, *lines: tuple[float, str | None]) -> str | None:
    """The last name whose line is reached."""
    name = None
    for line, each in lines:
        if total >= line:
            name = each
    return name


PHQ = ((0, "minimal"), (5, "mild"), (10, "moderate"), (15, "moderately severe"), (20, "severe"))
GAD = ((0, "minimal"), (5, "mild"), (10, "moderate"), (15, "severe"))
QIDS = ((0, "none"), (6, "mild"), (11, "moderate"), (16, "severe"), (21, "very severe"))


def _all(answers: Answers, first: int, last: int) -> list[int]:
    return [answers[str(number)] for number in range(first, last + 1)]


def _qids(a: Answers) -> int:
    """max(1–4) + 5 + max(6–9) + 10 + … + 14 + max(15, 16)."""
    return max(_all(a, 1, 4)) + a["5"] + max(_all(a, 6, 9)) + sum(_all(a, 10, 14)) + max(a["15"], a["16"])


# Each by hand from the table of instruments: the total, and what it is called.
READINGS: dict[str, Callable[[Answers], tuple[float, str | None]]] = {
    "phq-9": lambda a: (t := sum(_all(a, 1, 9)), _named(t, *PHQ)),
    "phq-8": lambda a: (t := sum(_all(a, 1, 8)), _named(t, (0, "none"), *PHQ[1:])),
    "phq-2": lambda a: (t := a["1"] + a["2"], "positive" if t >= 3 else "negative"),
    "gad-7": lambda a: (t := sum(_all(a, 1, 7)), _named(t, *GAD)),
    "pcl-5": lambda a: (sum(_all(a, 1, 20)), None),
    "who-5": lambda a: (
        t := sum(_all(a, 1, 5)) * 4, "likely depression" if t <= 28 else "low well-being" if t <= 50 else None,
    ),
    "peg": lambda a: (t := sum(_all(a, 1, 3)) / 3, "mild" if t < 4 else "moderate" if t < 7 else "severe"),
    "qids-sr16": lambda a: (t := _qids(a), _named(t, *QIDS)),
    "madrs-s": lambda a: (
        t := sum(_all(a, 1, 9)), _named(t, (0, "none"), (13, "mild"), (20, "moderate"), (35, "severe")),
    ),
    "isi": lambda a: (
        t := sum(_all(a, 1, 7)),
        _named(t, (0, "not clinically significant"), (8, "subthreshold"), (15, "moderate"), (22, "severe")),
    ),
    "des-b": lambda a: (
        t := sum(_all(a, 1, 8)) / 8, ("none", "mild", "moderate", "severe", "extreme")[int(t + 0.5)],
    ),
    "cadss-6": lambda a: (sum(a[name] for name in ("1", "2", "6", "7", "15", "22")), None),
    "asrm": lambda a: (
        t := sum(_all(a, 1, 5)), "probable mania or hypomania" if t >= 6 else "below the cut-off",
    ),
    "icsi": lambda a: (sum(_all(a, 1, 4)), None),
}  # fmt: skip


def values_of(instrument: Instrument) -> dict[str, list[int]]:
    """The values that each scored item takes, lowest first."""
    return {
        item.id: sorted(option.value for option in instrument.options_of(item))
        for item in instrument.items
        if item.scored
    }


def climb(instrument: Instrument) -> list[Answers]:
    """From all lowest to all highest, one step of one item at a time: every band edge is on the way."""
    takes = values_of(instrument)
    answers = {name: values[0] for name, values in takes.items()}
    way = [dict(answers)]
    for name, values in takes.items():
        for value in values[1:]:
            answers[name] = value
            way.append(dict(answers))
    return way


def test_every_instrument_of_the_table_is_here() -> None:
    assert KNOWN.keys() == READINGS.keys()


@pytest.mark.parametrize("name", sorted(READINGS))
def test_corner_answers_score_as_the_table_says(name: str) -> None:
    instrument = KNOWN[name]
    up = climb(instrument)
    down = [
        {key: values_of(instrument)[key][-1] if key in late else values_of(instrument)[key][0] for key in answers}
        for answers in up[:1]
        for count in range(len(answers) + 1)
        for late in (list(answers)[len(answers) - count :],)
    ]

    for answers in up + down:
        found = score(instrument, answers)
        assert (found.total, found.band) == READINGS[name](answers)
        assert found.complete


@pytest.mark.parametrize("name", sorted(READINGS))
@given(data=st.data())
def test_any_answers_score_as_the_table_says(name: str, data: st.DataObject) -> None:
    takes = values_of(KNOWN[name])
    answers = {key: data.draw(st.sampled_from(values)) for key, values in takes.items()}

    found = score(KNOWN[name], answers)

    assert (pytest.approx(found.total), found.band) == READINGS[name](answers)


@pytest.mark.parametrize("name", sorted(READINGS.keys() - {"des-b"}))
def test_each_missing_item_leaves_no_total(name: str) -> None:
    whole = climb(KNOWN[name])[-1]

    for missing in whole:
        for empty in ({key: value for key, value in whole.items() if key != missing}, {**whole, missing: None}):
            found = score(KNOWN[name], empty)
            assert (found.total, found.subscores, found.band, found.complete) == (None, {}, None, False)


def test_an_unscored_item_may_lack_and_never_counts() -> None:
    whole = climb(KNOWN["phq-9"])[-1]

    assert score(KNOWN["phq-9"], whole) == score(KNOWN["phq-9"], {**whole, "difficulty": 3})


def test_des_b_is_prorated_over_one_or_two_blanks_and_has_no_score_over_three() -> None:
    instrument = KNOWN["des-b"]
    names = instrument.scored
    for blanks in itertools.chain.from_iterable(itertools.combinations(names, count) for count in range(5)):
        answers = {name: int(name) % 5 for name in names if name not in blanks}
        found = score(instrument, answers)
        expected = sum(answers.values()) / len(answers) if len(blanks) < 3 else None
        assert found.total == expected
        assert found.complete == (not blanks)


@given(answers=st.lists(st.integers(0, 4), min_size=20, max_size=20))
def test_the_clusters_of_pcl_5_are_met_by_items_of_two_and_more(answers: list[int]) -> None:
    clusters = {"B": (1, 5, 1), "C": (6, 7, 1), "D": (8, 14, 2), "E": (15, 20, 2)}

    found = score(KNOWN["pcl-5"], {str(number): value for number, value in enumerate(answers, 1)})

    within = {name: answers[first - 1 : last] for name, (first, last, _) in clusters.items()}
    met = sum(sum(value >= 2 for value in within[name]) >= needed for name, (_, _, needed) in clusters.items())
    assert found.subscores == {**{name: sum(values) for name, values in within.items()}, "clusters_met": met}


def response(**values: Any) -> Response:
    whole = {
        "instrument": "gad-7", "instrument_version": "1", "answers": {str(n): 1 for n in range(1, 8)},
        "completed_at": "2026-11-23T20:00:00.000Z", "zone": "Europe/Berlin", **values,
    }  # fmt: skip
    return msgspec.convert(whole, Response)


def pointers(**values: Any) -> set[str]:
    return {fault.pointer for fault in faults_of(response(**values), KNOWN, NOW)}


def test_a_whole_response_is_taken_and_so_is_one_with_gaps() -> None:
    assert pointers() == set()
    assert pointers(answers={}) == set()
    assert pointers(instrument="phq-9", answers={"1": 3, "difficulty": 2}) == set()
    assert pointers(instrument="pcl-5", answers={"20": 4}, index_event="the road") == set()
    assert pointers(completed_at="2031-11-23T20:00:00.000Z") == set()  # its phone's clock is ahead


@pytest.mark.parametrize(
    ("values", "at"),
    [
        ({"instrument": "gad-8"}, {"/instrument"}),
        ({"instrument": "isi", "answers": {"1": 4}}, {"/instrument"}),
        ({"instrument_version": "2"}, {"/instrument_version"}),
        ({"answers": {"1": 4, "8": 0, "2": -1}}, {"/answers/1", "/answers/8", "/answers/2"}),
        ({"answers": {"a/b": 0}}, {"/answers/a~1b"}),
        ({"index_event": "the road"}, {"/index_event"}),
        ({"completed_at": "4026-11-25T20:15:00.000Z", "zone": "Mars"}, {"/completed_at", "/zone"}),
        ({"completed_at": "1889-01-01T00:00:00.000Z"}, {"/completed_at"}),
        ({"instrument": None}, {"/instrument"}),
    ],
)
def test_each_fault_of_a_response_is_named(values: dict[str, Any], at: set[str]) -> None:
    assert pointers(**values) == at


def test_a_look_back_spans_a_session_that_lies_within_it() -> None:
    session = NOW - timedelta(days=14)

    assert not spans_session(14, NOW, [session])
    assert spans_session(14, NOW, [session + timedelta(seconds=1)])
    assert spans_session(14, NOW, [NOW])
    assert not spans_session(14, NOW, [NOW + timedelta(seconds=1)])
    assert not spans_session(0, NOW, [session])
    assert not spans_session(14, NOW, [])
