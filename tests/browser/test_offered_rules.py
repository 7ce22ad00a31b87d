"""The pure rules of what an installation offers, held to the server's: which are due, and in whose place."""

import random

import pytest

from server.measures import library
from tests.browser.phone import Phone
from tests.browser.test_measures_rules import EVERY, KNOWN, WORDED, due, rules


def test_the_eight_questions_are_due_in_the_place_of_the_nine_where_those_are_not_offered(phone: Phone) -> None:
    eight = ("phq-8", "gad-7", "who-5")

    assert due(phone, [0], 15, offered=eight) == ["phq-8", "gad-7"]
    assert due(phone, [0], 15, [], ["gad-7", "peg", "who-5"], eight) == ["gad-7", "who-5"]
    assert due(phone, [0], 15, [("phq-9", 14.5)], offered=eight) == ["gad-7"]
    assert due(phone, [0], 15, [], ["phq-8"]) == ["phq-9"]
    assert due(phone, [0], 15, offered=["gad-7"]) == ["gad-7"]
    assert due(phone, [0], 29, [("phq-8", 15)], ["phq-8", "phq-9"], (*EVERY, "phq-8")) == ["phq-9"]


def test_what_is_offered_and_in_whose_place_is_the_servers_rule(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    chance, expected, cases = random.Random(5), [], []
    monkeypatch.setattr(library, "known", KNOWN)
    for _ in range(200):
        offered = {name for name in WORDED if chance.random() < 0.5}
        monkeypatch.setattr(library, "offered", offered)
        cases.append(sorted(offered))
        expected.append({name: library.in_place_of(name) for name in WORDED})

    script = """(installed, cases, known) => [installed.BY_DEFAULT, cases.map((offered) => Object.fromEntries(
        Object.keys(known).map((id) => [id, installed.inPlaceOf(id, offered) ?? null])))]"""
    by_default, found = rules(phone, script, cases, "installed")

    assert set(by_default) == library.chosen_of(KNOWN, None) & WORDED.keys()
    assert found == expected
