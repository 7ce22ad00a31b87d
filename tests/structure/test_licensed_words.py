"""No word of a questionnaire that needs a licence stands in this repository; the search itself holds hashes alone."""

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WINDOWS = (3, 4)
LICENSED = frozenset((ROOT / "tests/structure/licensed_words.txt").read_text("ascii").split())
"""Of well-known sentences of QIDS, MADRS-S, ISI, DES-B, CADSS, ASRM and ICSI: each four words in a row, hashed; and of
each question, however short, three words in a row that nothing else here says."""


def windows(text: str) -> set[str]:
    """The hash of every three and every four words in a row, in lower case and without marks."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    rows = {" ".join(words[start : start + long]) for long in WINDOWS for start in range(len(words) - long + 1)}
    return {hashlib.sha256(row.encode()).hexdigest()[:10] for row in rows}


def found_in(files: Iterable[Path], licensed: frozenset[str]) -> list[str]:
    """The files in which licensed words stand."""
    return [path.name for path in files if windows(path.read_text("utf-8", errors="ignore")) & licensed]


def test_no_file_holds_licensed_words() -> None:
    folders = (ROOT / name for name in ("server", "static", "tests", ".readme"))
    files = [ROOT / "README.md", *(path for folder in folders for path in folder.rglob("*") if path.is_file())]

    assert len(files) > 300
    assert len(LICENSED) > 300
    assert found_in(files, LICENSED) == []


def test_words_are_found_whatever_marks_stand_between_them(tmp_path: Path) -> None:
    licensed = frozenset(windows("a pond behind seven lanterns"))
    (tmp_path / "hidden").write_text('x = "A pond,\n# behind SEVEN"')
    (tmp_path / "short").write_text("pond behind seven")  # a question of three words is found too
    (tmp_path / "else").write_text("a pond, and behind it seven lanterns")

    assert found_in(sorted(tmp_path.iterdir()), licensed) == ["hidden", "short"]
