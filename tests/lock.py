"""Writes requirements.lock anew: `python3 -m tests lock`; pip resolves, this orders and notes hashes and licences.

Versions that pyproject.toml does not pin stay as the lock has them; `--upgrade` takes the newest instead.
"""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from email import message_from_string
from email.message import Message
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from server.installed import Place, plain, rows_of

HEAD = """\
# Every distribution that Interlude installs, held to its hashes; made by `python3 -m tests lock`, not by hand.
# `pip install --require-hashes -r requirements.lock` installs all of it. Above each row stands its licence.
# A source archive is listed only where a platform has no wheel.
"""
# Read in its own licence file where the metadata is silent.
LICENCES = {"pysqlite3": "Zlib"}
Report = list[dict[str, Any]]
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
_GLIBC = [f"manylinux_2_{minor}" for minor in range(40, 4, -1)] + ["manylinux2014", "manylinux2010", "manylinux1"]
PLATFORMS = {
    "Linux on x86-64": [f"{name}_x86_64" for name in [*_GLIBC, "linux"]],
    "Linux on ARM": [f"{name}_aarch64" for name in [*_GLIBC, "linux"]],
    "Alpine on x86-64": ["musllinux_1_2_x86_64", "musllinux_1_1_x86_64", "linux_x86_64"],
    "macOS on ARM": [f"macosx_{major}_0_{arch}" for major in range(15, 10, -1) for arch in ("arm64", "universal2")],
}
_ABSENT = re.compile(r"No matching distribution found for ([A-Za-z0-9._-]+)")


def lock_of(sections: dict[str, dict[str, str]], hashes: dict[str, set[str]], licences: dict[str, str]) -> str:
    """The lock: for each section its distributions with version, licence and every hash (hexadecimal SHA-256)."""
    lines = [HEAD]
    for section, rows in sections.items():
        lines.append(f"# == {section} ==")
        for name in sorted(rows):
            held = [f"    --hash=sha256:{digest}" for digest in sorted(hashes[name])]
            lines.append(f"# {licences[name]}\n" + " \\\n".join([f"{name}=={rows[name]}", *held]))
        lines.append("")
    return "\n".join(lines)


def licence_of(metadata: Message) -> str:
    """The licence that a distribution gives itself: its SPDX expression, else its short name, else its classifiers."""
    if expression := metadata["License-Expression"]:
        return str(expression)
    name = str(metadata["License"] or "").strip()
    if name and len(name) < 60 and "\n" not in name:
        return name
    classifiers = [line for line in metadata.get_all("Classifier", []) if line.startswith("License ::")]
    return " or ".join(line.rpartition(" :: ")[2] for line in classifiers) or "unknown"


def main(arguments: list[str]) -> int:
    """Resolves pyproject.toml's pins here, then finds the file of each row for every platform that is served."""
    place = Place(Path(__file__).resolve().parent.parent)
    kept = rows_of(place.lock.read_text("utf-8")) if place.lock.exists() and "--upgrade" not in arguments else {}
    project = tomllib.loads(place.project.read_text("utf-8"))["project"]
    asked, rows, sections = list(project["dependencies"]), dict[str, str](), dict[str, dict[str, str]]()
    for section in ("runtime", *project["optional-dependencies"]):
        asked += project["optional-dependencies"].get(section, [])
        everything = _resolved(asked, kept | rows)
        sections[section] = {name: version for name, version in _rows(everything).items() if name not in rows}
        rows |= sections[section]
    hashes: dict[str, set[str]] = {name: set() for name in rows}
    _note(everything, hashes)
    everywhere = {name for name, file in _files(everything).items() if file.endswith("-none-any.whl")}
    varied = {name: version for name, version in rows.items() if name not in everywhere}
    without: set[str] = set()
    for python in PYTHONS:
        for platform, tags in PLATFORMS.items():
            found = _wheels_for(varied, python, tags)
            _note(found, hashes)
            absent = varied.keys() - _rows(found)
            without |= absent
            print(f"Python {python}, {platform}: no wheel for {', '.join(sorted(absent)) or 'nothing'}", flush=True)
    for name in sorted(without):
        source, _ = _pip("--no-deps", f"--no-binary={name}", f"{name}=={rows[name]}")
        _note(source or [], hashes)
    licences = {name: LICENCES.get(name) or licence_of(_metadata(name, version)) for name, version in rows.items()}
    place.lock.write_text(lock_of(sections, hashes, licences), "utf-8")
    print(f"{place.lock.name}: " + ", ".join(f"{section} {len(held)}" for section, held in sections.items()))
    return 0


def _rows(report: Report) -> dict[str, str]:
    return {plain(told["metadata"]["name"]): told["metadata"]["version"] for told in report}


def _files(report: Report) -> dict[str, str]:
    return {plain(told["metadata"]["name"]): told["download_info"]["url"] for told in report}


def _note(report: Report, hashes: dict[str, set[str]]) -> None:
    for told in report:
        hashes[plain(told["metadata"]["name"])].add(told["download_info"]["archive_info"]["hashes"]["sha256"])


def _metadata(name: str, version: str) -> Message:
    """What the distribution says of itself: from here where it is installed in that version, else from its wheel."""
    with contextlib.suppress(PackageNotFoundError):
        installed = distribution(name)
        if installed.version == version:
            return message_from_string(installed.read_text("METADATA") or "")
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder]
        subprocess.run([*command, f"{name}=={version}"], check=True)
        with zipfile.ZipFile(next(Path(folder).glob("*.whl"))) as wheel:
            inside = next(entry for entry in wheel.namelist() if entry.endswith(".dist-info/METADATA"))
            return message_from_string(wheel.read(inside).decode())


def _resolved(asked: list[str], kept: dict[str, str]) -> Report:
    """What pip would install here for `asked`; the rows of `kept` stay in that version unless it is asked otherwise."""
    pinned = rows_of("\n".join(re.sub(r"\[.*?\]", "", pin) for pin in asked))
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as constraints:
        constraints.write("\n".join(f"{name}=={version}" for name, version in kept.items() if name not in pinned))
        constraints.flush()
        report, fault = _pip("--constraint", constraints.name, *asked)
    if report is None:
        raise SystemExit(fault)
    return report


def _wheels_for(rows: dict[str, str], python: str, tags: list[str]) -> Report:
    """The wheels that pip would take there; what has none for it is left out."""
    left = dict(rows)
    while True:
        options = ["--no-deps", "--only-binary=:all:", "--target=unused", f"--python-version={python}"]
        options += [f"--platform={tag}" for tag in tags]
        report, fault = _pip(*options, *(f"{name}=={version}" for name, version in left.items()))
        if report is not None:
            return report
        absent = _ABSENT.search(fault)
        if not absent:
            raise SystemExit(fault)
        del left[plain(absent[1])]


def _pip(*options: str) -> tuple[Report | None, str]:
    """pip's report of what it would install, or None and what it said."""
    with tempfile.NamedTemporaryFile("r", suffix=".json") as report:
        command = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--quiet"]
        command += ["--report", report.name, *options]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return (list(json.load(report)["install"]), "") if done.returncode == 0 else (None, done.stderr)
