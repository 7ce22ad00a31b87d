"""Licensed packs on the phone: any definition with an operator's words is asked and counted as on the server."""

import random
from typing import Any

import msgspec
import pytest

from server.measures.change import change
from server.measures.instruments import Instrument
from server.measures.library import BadInstrument, Pack, PackItem, with_words
from server.measures.routes import shown as wire
from server.measures.rules import score
from tests.browser.phone import Phone
from tests.browser.test_measures_rules import KNOWN, WORDED, rules


def made_up(definition: Instrument) -> Instrument:
    """A definition with words of no questionnaire, as a licensed pack would give it some."""
    items = {}
    for item in definition.items:
        labels = {str(option.value): f"answer {option.value}" for option in definition.options_of(item)}
        items[item.id] = PackItem(f"Made-up item {item.id}", labels)
    pack = Pack(instrument=definition.id, version=definition.version, title="Made up", items=items)
    with pytest.raises(BadInstrument) as told:
        with_words(KNOWN, pack)
    return with_words(KNOWN, pack, str(told.value).split("--sha256 ")[1].strip())


def test_a_dark_answer_in_a_licensed_one_brings_the_card_and_goes_nowhere_by_itself(phone: Phone) -> None:
    told = [msgspec.to_builtins(wire(made_up(KNOWN[name]))) for name in ("qids-sr16", "madrs-s", "isi")]
    told.append(msgspec.to_builtins(wire(KNOWN["phq-9"])))

    def was(name: str, answer: int) -> dict[str, Any]:
        item = "12" if name == "qids-sr16" else "9"
        return {"instrument": name, "answers": {item: answer}, "completed_at": "2026-03-02T12:00:00.000Z"}

    cases: list[tuple[list[Any], list[str]]] = [
        (["qids-sr16", {"12": 0, "11": 3, "9": 3}, []], ["", "answer"]),
        (["qids-sr16", {"12": 1}, []], ["whole", "answer"]),
        (["qids-sr16", {"12": 1}, [was("qids-sr16", 1)]], ["line", "answer"]),
        (["qids-sr16", {"12": 1}, [was("phq-9", 1)]], ["whole", "answer"]),
        (["qids-sr16", {}, [was("qids-sr16", 3)]], ["", "answer"]),
        (["madrs-s", {"9": 1, "8": 6}, []], ["", "answer"]),
        (["madrs-s", {"9": 2}, [was("madrs-s", 1)]], ["whole", "answer"]),
        (["madrs-s", {"9": 2}, [was("madrs-s", 2)]], ["line", "answer"]),
        (["isi", dict.fromkeys(map(str, range(1, 8)), 4), []], ["", "answer"]),
        (["phq-9", {"9": 1}, []], ["whole", "form"]),
    ]

    script = """async (packs, { told, cases }) => {
        const rules = await import(new URL('./measures/rules.js', document.querySelector('script').src).href)
        const all = Object.fromEntries(told.map(packs.instrumentOf).map((one) => [one.id, one]))
        return cases.map(([name, answers, was]) => [rules.cardAfter(all[name], answers, was), rules.cardOf(all[name])])
    }"""
    found = rules(phone, script, {"told": told, "cases": [case for case, _ in cases]}, "packs")

    assert found == [expected for _, expected in cases]


def test_a_pack_of_any_licensed_definition_is_asked_and_counted_on_the_phone_as_on_the_server(phone: Phone) -> None:
    packs = {name: made_up(one) for name, one in KNOWN.items() if one.licence == "C"}
    told = [msgspec.to_builtins(wire(one)) for one in [*packs.values(), *WORDED.values()]]
    filled_in = [name for name, one in packs.items() if one.entered_by == "patient"]
    chance, cases = random.Random(17), []
    for name in filled_in:
        for lacking in (0, 0.02, 0.1, 0.3):
            for _ in range(60):
                answers = {
                    item.id: chance.choice(packs[name].options_of(item)).value
                    for item in packs[name].items
                    if chance.random() >= lacking
                }
                cases.append([name, answers, chance.randrange(28), chance.randrange(28)])

    script = """async (packs, { told, cases }) => {
        const scores = await import(new URL('./measures/scores.js', document.querySelector('script').src).href)
        const all = Object.fromEntries(told.filter(packs.isPack).map(packs.instrumentOf).map((one) => [one.id, one]))
        return [Object.keys(all), cases.map(([name, answers, before, after]) => {
            const total = scores.totalOf(all[name], answers)
            const band = total === null ? null : scores.bandOf(all[name], total)
            return [total, band, scores.readingOf(all[name], before, after)]
        })]
    }"""
    names, found = rules(phone, script, {"told": told, "cases": cases}, "packs")

    assert names == filled_in
    assert len(names) > 4
    scored = [score(packs[name], answers) for name, answers, _, _ in cases]
    assert [one[:2] for one in found] == [[one.total, one.band] for one in scored]
    assert any(one.total is not None and not one.complete for one in scored)
    read = [packs[name].change and change(packs[name].change, *totals).reading for name, _, *totals in cases]
    assert [one[2] for one in found] == read
