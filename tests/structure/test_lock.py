"""The lock holds everything that pyproject.toml pins, each row with its licence and its hashes."""

import re
from email.message import Message
from pathlib import Path

import pytest

from server.installed import Place, pins_of, rows_of, sections_of
from tests.lock import licence_of, lock_of

PLACE = Place(Path(__file__).resolve().parents[2])
LOCK = PLACE.lock.read_text("utf-8")
SHA256 = re.compile(r"--hash=sha256:[0-9a-f]{64}( \\)?")


def test_every_pin_is_locked_in_its_version():
    project = PLACE.project.read_text("utf-8")

    sections = sections_of(LOCK)

    assert pins_of(project, ["runtime"]).items() <= rows_of(sections["runtime"]).items()
    assert pins_of(project, ["runtime", "dev", "node"]).items() <= rows_of(LOCK).items()


def test_every_pin_is_exact():
    project = PLACE.project.read_text("utf-8")

    asked = re.findall(r'^    "([a-z0-9-]+(?:\[[a-z0-9,]+\])?)(.*)",$', project, re.MULTILINE)

    assert len(asked) > 20
    assert [name for name, version in asked if not version.startswith("==")] == []


def test_every_row_has_a_licence_and_a_hash():
    blocks = re.split(r"^(?=# .+\n[a-z0-9-]+==)", LOCK, flags=re.MULTILINE)[1:]

    assert len(blocks) == len(rows_of(LOCK))
    for block in blocks:
        licence, row, *hashes = re.sub(r"\n# == \w+ ==\n", "", block).strip().splitlines()
        assert licence.removeprefix("# ") not in ("", "unknown"), row
        assert hashes, row
        assert all(SHA256.fullmatch(line.strip()) for line in hashes), row


def test_nothing_is_in_two_sections():
    sections = sections_of(LOCK)

    assert list(sections) == ["runtime", "dev", "node"]
    assert sum(len(rows_of(text)) for text in sections.values()) == len(rows_of(LOCK))


def test_what_the_generator_writes_reads_back():
    rows = {"runtime": {"b": "2", "a": "1.0"}, "dev": {"c": "3"}}
    hashes = {"a": {"0" * 64}, "b": {"2" * 64, "1" * 64}, "c": {"3" * 64}}

    text = lock_of(rows, hashes, {"a": "MIT", "b": "BSD-3-Clause", "c": "Zlib"})

    assert {name: rows_of(section) for name, section in sections_of(text).items()} == rows
    assert f"# BSD-3-Clause\nb==2 \\\n    --hash=sha256:{'1' * 64} \\\n    --hash=sha256:{'2' * 64}\n" in text


@pytest.mark.parametrize(
    ("headers", "licence"),
    [
        ({"License-Expression": "MIT", "License": "ignored"}, "MIT"),
        ({"License": "Apache 2.0"}, "Apache 2.0"),
        ({"License": "a text\nof many lines", "Classifier": "License :: OSI Approved :: MIT License"}, "MIT License"),
        ({"Name": "silent"}, "unknown"),
    ],
)
def test_a_licence_is_read_from_what_the_distribution_says(headers, licence):
    metadata = Message()
    for name, value in headers.items():
        metadata[name] = value

    assert licence_of(metadata) == licence
