"""What is installed, beside what pyproject.toml and the hash lock ask for; reads files, changes nothing."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

TYPE_CHECKING = False  # importing `typing` would cost every start some milliseconds
if TYPE_CHECKING:
    from collections.abc import Iterable

_SECTION = re.compile(r"^# == (\w+) ==$", re.MULTILINE)
_ROW = re.compile(r"^([A-Za-z0-9._-]+)==([^\s\\;]+)", re.MULTILINE)
# pip before 23.1 leaves an egg-info for what has no wheel.
_DISTRIBUTION = re.compile(r"([^-]+)-([^-]+)(?:-py3\.\d+)?\.(?:dist|egg)-info")


class Place:
    """One checkout: its lock, its `.venv`, and the two marks that say how far that `.venv` got."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.project = root / "pyproject.toml"
        self.lock = root / "requirements.lock"
        self.guard = root / ".venv.lock"
        self.venv = root / ".venv"
        self.python = self.venv / "bin" / "python"
        self.unfinished = self.venv / "interlude.unfinished"
        self.stamp = self.venv / "interlude.stamp"


def plain(name: str) -> str:
    """A distribution's name in the one spelling that compares (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def sections_of(lock: str) -> dict[str, str]:
    """The text of each section of the lock, by its name; a section starts at a line `# == name ==`."""
    parts = _SECTION.split(lock)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def rows_of(text: str) -> dict[str, str]:
    """The version of each distribution that a line of the form `name==version` names."""
    return {plain(name): version for name, version in _ROW.findall(text)}


def pins_of(project: str, sections: Iterable[str]) -> dict[str, str]:
    """The version of each distribution that pyproject.toml pins itself; "runtime" is what has no extra's name."""
    import tomllib

    table = tomllib.loads(project)["project"]
    pins = list(table["dependencies"])
    for extra in set(sections) - {"runtime"}:
        pins += table["optional-dependencies"][extra]
    return rows_of("\n".join(re.sub(r"\[.*?\]", "", pin) for pin in pins))


def installed_in(folders: Iterable[str]) -> dict[str, str]:
    """The version of each distribution whose metadata stands in one of `folders`; the first folder counts."""
    found: dict[str, str] = {}
    for folder in folders:
        if os.path.isdir(folder):
            for entry in os.listdir(folder):
                if match := _DISTRIBUTION.fullmatch(entry):
                    found.setdefault(plain(match[1]), match[2])
    return found


def has_pins(place: Place, sections: Iterable[str], folders: Iterable[str]) -> bool:
    """Whether all that pyproject.toml pins for `sections` is installed in `folders`, each in exactly that version."""
    wanted = pins_of(place.project.read_text("utf-8"), sections)
    return wanted.items() <= installed_in(folders).items()


def stamp_of(lock: str, version: str, sections: Iterable[str]) -> str:
    """The mark of a finished `.venv`: the lock's hash, Python's version ("3.11"), the sections it holds."""
    return " ".join([hashlib.sha256(lock.encode()).hexdigest(), version, *sorted(sections)])


def made_sections(place: Place, version: str | None = None) -> set[str]:
    """The sections that our own `.venv` has complete and from the present lock; for Python `version` where given."""
    if place.unfinished.exists() or not place.stamp.exists() or not place.python.exists():
        return set()
    _, made_with, *made = place.stamp.read_text("utf-8").split()
    lock = place.lock.read_text("utf-8")
    if place.stamp.read_text("utf-8") != stamp_of(lock, version or made_with, made):
        return set()
    wanted = "".join(text for name, text in sections_of(lock).items() if name in made)
    folder = place.venv / "lib" / f"python{made_with}" / "site-packages"
    return set(made) if rows_of(wanted).items() <= installed_in([str(folder)]).items() else set()


def is_made(place: Place, sections: Iterable[str], version: str | None = None) -> bool:
    """Whether `.venv` serves `sections`; one without our marks is somebody's own, and needs only the pins."""
    if place.stamp.exists() or place.unfinished.exists() or not place.python.exists():
        return set(sections) <= made_sections(place, version)
    return has_pins(place, sections, map(str, place.venv.glob("lib/python3*/site-packages")))
