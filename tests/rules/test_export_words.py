"""The words of a written summary: the same texts in each language, numbers and days as the screens write them."""

import json
import re
import subprocess
from datetime import date
from string import Formatter
from typing import Any

import pytest

from server.export.written.words import LANGUAGES, words_in
from server.measures.change import change
from server.measures.library import read_definitions
from tests.node import node_and_npm

THOUSANDTHS = [n / 1000 for n in range(11_000)] + [999.95, 1000, 1234.5, 3650, 9999.96, 12345]


def texts_in(told: Any, path: str = "") -> dict[str, str]:
    if isinstance(told, str):
        return {path: told}
    parts = told.items() if isinstance(told, dict) else enumerate(told)
    return {name: text for key, part in parts for name, text in texts_in(part, f"{path}.{key}").items()}


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_each_language_says_the_same_things_with_the_same_things_put_in() -> None:
    english, spanish = (texts_in(words_in(language, 2026)._texts) for language in LANGUAGES)

    assert english.keys() == spanish.keys()
    differing = {key for key, text in english.items() if places(text) != places(spanish[key])}
    assert differing <= {".picture"}  # the names of pictures are English


@pytest.mark.parametrize(("language", "locale"), [("en", "en-GB"), ("es", "es-ES")])
def test_a_number_is_written_as_the_screens_write_it(language: str, locale: str) -> None:
    script = f"""const written = new Intl.NumberFormat("{locale}", {{ maximumFractionDigits: 1 }})
      process.stdout.write(JSON.stringify({json.dumps(THOUSANDTHS)}.map((value) => written.format(value))))"""
    told = subprocess.run([node_and_npm()[0], "-e", script], capture_output=True, check=True, text=True)
    on_screen = json.loads(told.stdout)

    on_paper = [words_in(language, 2026).number(value) for value in THOUSANDTHS]

    assert on_paper == on_screen


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 10, 23), date(2026, 10, 27), "23–27 Oct"),
        (date(2026, 9, 30), date(2026, 10, 2), "30 Sep–2 Oct"),
        (date(2025, 10, 30), date(2026, 10, 2), "30 Oct 2025–2 Oct"),
        (date(2025, 10, 2), date(2025, 10, 30), "2–30 Oct 2025"),
        (date(2025, 9, 2), date(2025, 10, 30), "2 Sep–30 Oct 2025"),
        (date(2026, 11, 3), date(2026, 11, 3), "3 Nov"),
    ],
)
def test_days_in_a_list_are_short(first: date, last: date, said: str) -> None:
    assert words_in("en", 2026).days(first, last) == said


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 9, 15), date(2026, 11, 23), "15 September to 23 November"),
        (date(2025, 9, 15), date(2026, 11, 23), "15 September 2025 to 23 November"),
        (date(2025, 9, 15), date(2025, 11, 23), "15 September to 23 November 2025"),
        (date(2024, 9, 15), date(2025, 11, 23), "15 September 2024 to 23 November 2025"),
    ],
)
def test_the_year_is_said_where_it_is_another(first: date, last: date, said: str) -> None:
    assert words_in("en", 2026).span(first, last) == said


def test_a_language_without_words_is_answered_in_english_and_a_kind_of_one_in_its_own() -> None:
    assert words_in("de", 2026).language == "en"
    assert words_in("es-MX", 2026).language == "es"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reading_of_every_instrument_has_words_and_only_a_known_error_is_told_of(language: str) -> None:
    said = words_in(language, 2026)["measures.reading"]
    for instrument in read_definitions().values():
        if rule := instrument.change:
            readings = {
                told.reading
                for before in range(81)
                for after in range(81)
                if (told := change(rule, before, after)).reading
            }
            assert readings == readings & said[rule.read_by].keys(), instrument.id
            tells = any(re.search("error", said[rule.read_by][each]) for each in readings)
            assert tells == (rule.reliable is not None and rule.read_by == "error"), instrument.id


def test_no_text_has_a_place_that_nothing_is_put_into() -> None:
    for language in LANGUAGES:
        for text in texts_in(words_in(language, 2026)._texts).values():
            assert not re.search(r"{\W|{}|{\d", text), text
