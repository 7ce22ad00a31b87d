"""The files of the instruments hold the exact words and the published scores, and of licensed ones no word at all."""

import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from server.measures.instruments import ChangeRule, Instrument, text_hash
from server.measures.library import FOLDER, BadInstrument, Pack, PackItem, chosen_of, read_definitions, with_words
from server.measures.rules import band_of, score, wrongs_of

KNOWN = read_definitions()


def test_every_file_names_its_source_and_holds_published_scores() -> None:
    for instrument in KNOWN.values():
        assert instrument.source
        assert len(instrument.vectors) >= 2
        assert wrongs_of(instrument) == []


def test_a_file_says_of_each_part_that_was_not_checked_that_it_was_not() -> None:
    """The parts that the clinical notes mark as seen in a secondary source only, or remembered."""
    open_parts = {name: len(each.to_check) for name, each in KNOWN.items() if each.to_check}

    assert open_parts == {
        "cadss-6": 2, "des-b": 1, "gad-7": 1, "icsi": 3, "madrs-s": 2, "peg": 2, "phq-2": 1, "phq-8": 1, "who-5": 2,
    }  # fmt: skip
    assert all(each.verified is not bool(each.to_check) for each in KNOWN.values())
    assert "blank" in KNOWN["des-b"].to_check[0]
    assert "panel" in KNOWN["gad-7"].to_check[0]
    unchecked_lines = {name for name, each in KNOWN.items() if each.change and not each.change.verified}
    assert unchecked_lines == {"phq-9", "gad-7", "peg", "madrs-s"}


def test_the_card_comes_from_these_answers_on_and_one_of_them_alone_may_go_by_itself() -> None:
    cards = {name: (each.card.item, each.card.start) for name, each in KNOWN.items() if each.card}

    assert cards == {"phq-9": ("9", 1), "qids-sr16": ("12", 1), "madrs-s": ("9", 2)}
    assert {name: each.safety_item for name, each in KNOWN.items() if each.safety_item} == {"phq-9": "9"}
    assert "card" in KNOWN["madrs-s"].to_check[1]


@pytest.mark.parametrize("card", ['"item": "17", "from": 1', '"item": "12", "from": 4'])
def test_a_card_that_waits_for_an_answer_which_nobody_can_give_is_refused(card: str) -> None:
    (wrong,) = wrongs_of(wrong_copy("qids-sr16", '"item": "12", "from": 1', card))

    assert "its card" in wrong


def test_the_eight_questions_are_those_of_the_nine_without_the_last_and_are_offered_only_where_they_are_named() -> None:
    eight, nine = KNOWN["phq-8"], KNOWN["phq-9"]

    assert [item.text for item in eight.items] == [item.text for item in nine.items[:8]]
    assert (eight.stem, eight.options, eight.recall_days) == (nine.stem, nine.options, nine.recall_days)
    assert (eight.stands_for, eight.safety_item, eight.card) == ("phq-9", None, None)
    licensed = {name for name, each in KNOWN.items() if each.licence == "C"}
    assert chosen_of(KNOWN, None) - licensed == {"phq-9", "phq-2", "gad-7", "pcl-5", "who-5", "peg"}
    assert chosen_of(KNOWN, ["gad-7", "phq-8"]) - licensed == {"gad-7", "phq-8"}


def wrong_copy(name: str, old: str, new: str) -> Instrument:
    """An instrument read from its file with one thing changed."""
    text = (FOLDER / f"{name}.json").read_text("utf-8")
    assert old in text
    return msgspec.json.decode(text.replace(old, new).encode(), type=Instrument)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("gad-7", '"Not at all"', '"Not at all sure"'),
        ("phq-9", "could have noticed", "could gave noticed"),
        ("who-5", "most of the time".capitalize(), "Mostly"),
        ("peg", "on average", "at present"),
        ("pcl-5", "superalert", "super alert"),
    ],
)
def test_a_copy_with_a_changed_word_is_refused_by_its_hash(name: str, old: str, new: str) -> None:
    (wrong,) = wrongs_of(wrong_copy(name, old, new))

    assert "not the exact ones" in wrong


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("who-5", '"times": 4', '"times": 5'),
        ("phq-9", '{"from": 0, "name": "minimal"}', '{"from": 1, "name": "minimal"}'),
        ("des-b", '{"mean":', '{"sum":'),
        ("des-b", '{"from": 3.5, "name": "extreme"}', '{"from": 30, "name": "extreme"}'),
        ("pcl-5", '"bands": []', '"bands": [{"from": 31, "name": "severe"}]'),
    ],
)
def test_a_copy_that_scores_otherwise_is_refused(name: str, old: str, new: str) -> None:
    assert wrongs_of(wrong_copy(name, old, new))


def test_the_copy_of_who_5_that_takes_five_off_first_is_refused() -> None:
    right = KNOWN["who-5"]
    raws = [sum(answer or 0 for answer in vector.answers) for vector in right.vectors]
    vectors = [
        msgspec.structs.replace(vector, total=(raw - 5) * 4, band=band_of(right, (raw - 5) * 4))
        for vector, raw in zip(right.vectors, raws, strict=True)
    ]

    assert len(wrongs_of(msgspec.structs.replace(right, vectors=tuple(vectors)))) == len(vectors)

    whole = (FOLDER / "who-5.json").read_text("utf-8")
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(whole.replace('"times": 4', '"times": 4, "minus": 5'), type=Instrument)
    shifted = "".join(
        line.replace(f'{{"value": {value}', f'{{"value": {value + 1}')
        for line in whole.splitlines(keepends=True)
        for value in [int(line.split('"value": ')[1][0]) if '"value": ' in line else 0]
    )
    assert wrongs_of(msgspec.json.decode(shifted.encode(), type=Instrument))


def test_a_file_that_is_no_instrument_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "odd.json").write_text('{"id": "odd"}')
    with pytest.raises(BadInstrument, match=r"odd\.json"):
        read_definitions(tmp_path)

    (tmp_path / "odd.json").write_text((FOLDER / "isi.json").read_text().replace('"total": 7,', '"total": 8,'))
    with pytest.raises(BadInstrument, match="isi"):
        read_definitions(tmp_path)


def made_up_pack(words: str = "Made-up item") -> Pack:
    """A pack for ISI with words that nobody ever licensed."""
    labels = {str(value): f"answer {value}" for value in range(5)}
    items = {name: PackItem(f"{words} {name}", labels) for name in KNOWN["isi"].scored}
    return Pack(instrument="isi", version="1", title="Made up", items=items)


def pinned(pack: Pack) -> str:
    """The hash that the command names for a pack nobody has vouched for yet."""
    with pytest.raises(BadInstrument, match="No hash") as refusal:
        with_words(KNOWN, pack)
    found = re.search("[0-9a-f]{64}", str(refusal.value))
    assert found
    return found[0]


def test_a_pack_brings_the_words_and_keeps_the_scoring() -> None:
    pack = made_up_pack()

    worded = with_words(KNOWN, pack, pinned(pack))

    assert worded.has_text
    assert not KNOWN["isi"].has_text
    assert wrongs_of(worded) == []
    assert score(worded, dict.fromkeys(worded.scored, 4)).total == 28


def test_a_pack_with_a_changed_word_is_refused() -> None:
    right = pinned(made_up_pack())

    with pytest.raises(BadInstrument, match="not the exact ones"):
        with_words(KNOWN, made_up_pack("Made-up  item"), right)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"instrument": "nowhere"}, "no instrument"),
        ({"instrument": "phq-9"}, "needs no pack"),
        ({"version": "2"}, "version"),
        ({"items": {}}, "items"),
        ({"items": {n: PackItem("words", {"0": "no"}) for n in KNOWN["isi"].scored}}, "labels"),
        ({"items": {n: PackItem(" ", {str(v): "" for v in range(5)}) for n in KNOWN["isi"].scored}}, "no words"),
    ],
)
def test_a_pack_of_something_else_is_refused(change: dict[str, Any], words: str) -> None:
    with pytest.raises(BadInstrument, match=words):
        with_words(KNOWN, msgspec.structs.replace(made_up_pack(), **change), "0" * 64)


def test_the_hash_is_of_words_alone() -> None:
    instrument = KNOWN["gad-7"]
    rule = ChangeRule(better="lower", source="made up", verified=False)

    assert text_hash(msgspec.structs.replace(instrument, change=rule, bands=())) == instrument.text_sha256
    assert text_hash(msgspec.structs.replace(instrument, stem="Lately")) != instrument.text_sha256


def test_the_words_of_a_licensed_instrument_are_not_here() -> None:
    for instrument in KNOWN.values():
        words = [instrument.stem, *(item.text for item in instrument.items)]
        labels = [option.label for item in instrument.items for option in instrument.options_of(item)]
        assert any(words) == (instrument.licence != "C")
        assert any(labels) == (instrument.licence != "C")
    assert all(json.loads(path.read_text())["licence"] in "ABC" for path in FOLDER.glob("*.json"))
