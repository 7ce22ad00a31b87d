"""The pure rules of questionnaires on the phone: the server's words and scores, what is due, when the card comes."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from server.base.clock import wire_instant
from server.measures.instruments import Instrument
from server.measures.library import read_definitions
from server.measures.rules import score, spans_session
from tests.browser.phone import Phone
from tests.browser.test_phone_rules import run

KNOWN = read_definitions()
WORDED = {name: instrument for name, instrument in KNOWN.items() if instrument.has_text}
REGULAR = ("phq-9", "gad-7")
EVERY = ("phq-9", "gad-7", "who-5", "peg", "pcl-5", "a-pack")
START = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def at(days: float) -> str:
    """So many days after START."""
    return wire_instant(START + timedelta(days=days))


def rules(phone: Phone, script: str, given: Any = None, module: str = "rules") -> Any:
    """What a script makes of a module of this folder and of the instruments by id."""
    whole = f"""async (rules, given) => {{
        const at = document.querySelector('script').src
        const {{ INSTRUMENTS }} = await import(new URL('./measures/instruments.js', at).href)
        const known = Object.fromEntries(INSTRUMENTS.map((one) => [one.id, one]))
        return ({script})(rules, given, known)
    }}"""
    return run(phone, f"./measures/{module}.js", whole, given)


def shown(instrument: Instrument) -> dict[str, Any]:
    """All of an instrument that a phone shows or counts with."""
    return {
        "version": instrument.version,
        "title": instrument.title,
        "recall_days": instrument.recall_days,
        "has_index_event": instrument.has_index_event,
        "safety_item": instrument.safety_item,
        "stands_for": instrument.stands_for,
        "card": instrument.card and {"item": instrument.card.item, "from": instrument.card.start},
        "stem": instrument.stem,
        "attribution": instrument.attribution,
        "items": [
            [item.id, item.text, item.scored, [[option.value, option.label] for option in instrument.options_of(item)]]
            for item in instrument.items
        ],
    }


def test_the_words_on_the_phone_are_the_servers_word_for_word(phone: Phone) -> None:
    script = """(rules, given, known) => Object.fromEntries(Object.values(known).map((one) => [one.id, {
        version: one.version, title: one.title, recall_days: one.recall_days, stem: one.stem,
        attribution: one.attribution, has_index_event: Boolean(one.has_index_event),
        stands_for: one.stands_for ?? null, safety_item: one.safety_item ?? null, card: one.card ?? null,
        items: one.items.map((item) => [item.id, item.text, item.scored !== false,
            rules.optionsOf(one, item).map(({ value, label }) => [value, label])]),
    }]))"""

    assert rules(phone, script) == {name: shown(instrument) for name, instrument in WORDED.items()}


def test_the_total_and_its_name_are_the_servers(phone: Phone) -> None:
    chance = random.Random(11)
    cases = []
    for name, instrument in WORDED.items():
        vectors = [dict(zip(instrument.scored, each.answers, strict=True)) for each in instrument.vectors]
        for _ in range(200):
            answers = {
                item.id: chance.choice(instrument.options_of(item)).value
                for item in instrument.items
                if chance.random() < 0.99
            }
            vectors.append(answers)
        cases += [[name, answers] for answers in vectors]

    script = """(scores, cases, known) => cases.map(([name, answers]) => {
        const total = scores.totalOf(known[name], answers)
        return [total, total === null ? null : scores.bandOf(known[name], total)]
    })"""
    found = rules(phone, script, cases, "scores")

    expected = [score(KNOWN[name], answers) for name, answers in cases]
    assert found == [[one.total, one.band] for one in expected]
    assert any(total is None for total, _ in found)
    assert rules(phone, "(scores, _, known) => scores.highestOf(known['who-5'])", None, "scores") == 100


def test_a_form_is_asked_in_turn_and_has_a_total_only_when_all_that_counts_is_answered(phone: Phone) -> None:
    script = """(rules, given, known) => {
        const phq = known['phq-9']
        const asked = (answers) => rules.askedOf(phq, answers).length
        const answers = { 1: 1, 2: null, 3: 0 }
        const items = rules.askedOf(phq, answers)
        const all = Object.fromEntries(rules.scoredOf(phq).map(({ id }) => [id, 0]))
        return {
            asked: [asked({}), asked({ 1: 0 }), asked({ 1: 1 })],
            done: rules.doneOf(phq, answers), next: rules.nextOf(items, answers),
            screens: [null, '1', '3', '4', '9', '-2', 'x'].map((wanted) => rules.screenOf(wanted, items, answers)),
            complete: [all, { ...all, 5: null }, answers].map((one) => rules.isComplete(phq, one)),
            values: rules.valuesOf(phq, { answers }, 'T', 'Z'),
            event: rules.valuesOf(known['pcl-5'], { answers: {}, index_event: ' the fire ' }, 'T', 'Z').index_event,
        }
    }"""

    assert rules(phone, script) == {
        "asked": [9, 9, 10],
        "done": [3, 9], "next": 4,
        "screens": [1, 1, 3, 4, 4, 1, 1],
        "complete": [True, False, False],
        "values": {
            "instrument": "phq-9", "instrument_version": "1", "answers": {"1": 1, "3": 0},
            "completed_at": "T", "zone": "Z",
        },
        "event": "the fire",
    }  # fmt: skip


def test_the_card_comes_whatever_the_total_and_is_one_line_when_nothing_changed(phone: Phone) -> None:
    script = """(rules, cases, known) => cases.map(([name, answer, earlier]) =>
        rules.cardAfter(known[name], { 9: answer }, earlier))"""

    def told(answer: int | None, day: int = 0, instrument: str = "phq-9") -> dict[str, Any]:
        answers = {} if answer is None else {"9": answer}
        return {"instrument": instrument, "answers": answers, "completed_at": at(day)}

    cases: list[tuple[list[Any], str]] = [
        (["phq-9", 0, []], ""),
        (["phq-9", None, [told(1)]], ""),
        (["phq-9", 1, []], "whole"),
        (["phq-9", 1, [told(1)]], "line"),
        (["phq-9", 2, [told(1)]], "whole"),
        (["phq-9", 1, [told(2)]], "whole"),
        (["phq-9", 1, [told(0, 2), told(1, 1)]], "whole"),
        (["phq-9", 1, [told(1, 2), told(0, 1)]], "line"),
        (["phq-9", 1, [told(None)]], "whole"),
        (["phq-9", 1, [told(None, 2), told(1, 1)]], "line"),
        (["phq-9", 1, [told(1, 1, "pcl-5")]], "whole"),
        (["pcl-5", 4, []], ""),
    ]

    assert rules(phone, script, [case for case, _ in cases]) == [expected for _, expected in cases]


def test_what_asks_about_something_very_hard_waits_after_a_dose_and_at_night(phone: Phone) -> None:
    script = """(rules, cases, known) => cases.map(([name, hours, time]) =>
        rules.whyNotNow(known[name], hours.map(([starts_at]) => ({ starts_at })), time, cases[0][3]))"""
    now = at(0)
    cases = [
        (["pcl-5", [], "12:00", now], ""),
        (["pcl-5", [[at(-2.9)]], "12:00"], "dose"),
        (["pcl-5", [[at(-3)]], "12:00"], ""),
        (["pcl-5", [[at(1)]], "12:00"], ""),
        (["pcl-5", [], "22:00"], "night"),
        (["pcl-5", [], "04:59"], "night"),
        (["pcl-5", [], "05:00"], ""),
        (["phq-9", [[at(-1)]], "23:00"], ""),
    ]

    assert rules(phone, script, [case for case, _ in cases]) == [expected for _, expected in cases]


def test_a_form_that_looks_back_over_a_session_is_marked_as_the_server_marks_it(phone: Phone) -> None:
    chance = random.Random(3)
    cases = [
        [days, [chance.randrange(-400, 40) / 10 for _ in range(2)][: chance.randrange(3)] + edges]
        for days in (7, 14, 30)
        for edges in ([], [-days], [-days, 0.0])
        for _ in range(40)
    ]

    script = """(rules, { now, cases }) => cases.map(([recall_days, starts]) =>
        rules.spannedBy({ recall_days }, starts.map((starts_at) => ({ starts_at })), now).length > 0)"""
    given = {"now": at(0), "cases": [[days, [at(one) for one in starts]] for days, starts in cases]}
    found = rules(phone, script, given)

    expected = [spans_session(days, START, [START + timedelta(days=one) for one in starts]) for days, starts in cases]
    assert found == expected
    assert set(found) == {True, False}


def test_what_was_begun_four_days_ago_is_begun_anew_and_a_total_waits_an_hour_and_for_the_day(phone: Phone) -> None:
    stale = "(rules, { begun, now }) => begun.map((begun_at) => rules.isStale({ begun_at }, now))"
    assert rules(phone, stale, {"begun": [at(-3.99), at(-4)], "now": at(0)}) == [False, True]

    later = "(rules, { cases, now }) => cases.map(([time, written]) => rules.whyLater(time, written, now))"
    cases = [["12:00", []], ["12:00", [at(-0.04)]], ["12:00", [at(-0.05)]], ["23:00", []], ["04:00", [at(0)]]]
    assert rules(phone, later, {"cases": cases, "now": at(0)}) == ["", "fresh", "", "night", "night"]


def due(
    phone: Phone, sessions: list[Any], days: float, done: list[Any] = [], wanted: Any = REGULAR, offered: Any = EVERY  # noqa: B006
) -> list[str]:
    """What is due on a day; sessions and responses by day, those planned as ("planned", day)."""
    given = {
        "sessions": [
            {"starts_at": at(one[1]), "status": one[0]} if isinstance(one, tuple) else {"starts_at": at(one)}
            for one in sessions
        ],
        "responses": [{"instrument": name, "completed_at": at(day)} for name, day in done],
        "wanted": [*wanted],
        "offered": [*offered],
        "now": at(days),
    }
    script = """(schedule, { sessions, responses, wanted, offered, now }) =>
        schedule.dueNow(sessions, responses, wanted, offered, now)"""
    return [one["instrument"] for one in rules(phone, script, given, "schedule")]


def test_forms_are_due_before_a_series_two_weeks_after_it_and_then_every_two_weeks(phone: Phone) -> None:
    both = ["phq-9", "gad-7"]
    series = [0, 3, 7]

    assert due(phone, [], 0) == []
    assert due(phone, [("planned", 4)], 0) == both
    assert due(phone, [("planned", 4.1)], 0) == []
    assert due(phone, [("planned", 4)], 3.9, [("phq-9", 1)]) == ["gad-7"]
    assert due(phone, [("planned", 4)], 0, [("phq-9", -10.1)]) == both
    assert due(phone, [0, ("planned", 3)], 1) == []
    assert due(phone, [("cancelled", 4)], 0) == []
    assert [day for day in range(60) if due(phone, series, day + 0.5)] == [
        *range(21, 25), *range(35, 39), *range(49, 53),
    ]  # fmt: skip
    assert due(phone, series, 20.99) == []
    assert due(phone, series, 21) == both
    assert due(phone, series, 22, [("gad-7", 21.5)]) == ["phq-9"]
    assert due(phone, series, 22, [("gad-7", 20)]) == both


def test_what_somebody_chose_besides_is_due_about_once_a_month(phone: Phone) -> None:
    assert due(phone, [0], 15, [], ["who-5", "gad-7"]) == ["gad-7", "who-5"]
    assert due(phone, [0], 15, [], ["a-pack", "who-5"]) == ["who-5", "a-pack"]
    assert due(phone, [0], 29, [("who-5", 15)], ["who-5"]) == []
    assert due(phone, [0], 43, [("who-5", 15)], ["who-5"]) == ["who-5"]
