"""When a start may go on, and what it says where it can't; in small made-up checkouts, without pip."""

import subprocess
import sys
from pathlib import Path

import pytest

from server.bootstrap import fault_in
from server.installed import (
    Place,
    has_pins,
    installed_in,
    is_made,
    made_sections,
    pins_of,
    rows_of,
    sections_of,
    stamp_of,
)

ROOT = Path(__file__).resolve().parents[2]
LOCK = """\
# How it was made.

# == runtime ==
# MIT
alpha-lib==1.2 \\
    --hash=sha256:00
# == dev ==
# MIT
beta==3.0.1 \\
    --hash=sha256:11
"""
PROJECT = """\
[project]
dependencies = ["Alpha_Lib[fast]==1.2"]
[project.optional-dependencies]
dev = ["beta==3.0.1"]
"""


def checkout(folder: Path) -> Place:
    """A checkout with a lock and no `.venv`."""
    place = Place(folder)
    place.lock.write_text(LOCK)
    place.project.write_text(PROJECT)
    return place


def venv(place: Place, *distributions: str, stamp: str | None = None) -> Path:
    """A `.venv` that looks as if pip had installed `distributions` ("alpha_lib-1.2"); answers its site-packages."""
    site = place.venv / "lib" / "python3.11" / "site-packages"
    site.mkdir(parents=True)
    place.python.parent.mkdir()
    place.python.touch()
    for distribution in distributions:
        (site / f"{distribution}.dist-info").mkdir()
    if stamp is not None:
        place.stamp.write_text(stamp)
    return site


def test_the_lock_is_read_by_section():
    assert {name: rows_of(text) for name, text in sections_of(LOCK).items()} == {
        "runtime": {"alpha-lib": "1.2"},
        "dev": {"beta": "3.0.1"},
    }


def test_pins_are_read_without_their_extras():
    assert pins_of(PROJECT, ["runtime"]) == {"alpha-lib": "1.2"}
    assert pins_of(PROJECT, ["runtime", "dev"]) == {"alpha-lib": "1.2", "beta": "3.0.1"}


def test_both_kinds_of_metadata_count_as_installed(tmp_path):
    (tmp_path / "alpha_lib-1.2.dist-info").mkdir()
    (tmp_path / "beta-3.0.1-py3.11.egg-info").mkdir()
    (tmp_path / "gamma").mkdir()

    found = installed_in([str(tmp_path / "absent"), str(tmp_path)])

    assert found == {"alpha-lib": "1.2", "beta": "3.0.1"}


def test_a_finished_environment_serves_what_it_holds(tmp_path):
    place = checkout(tmp_path)
    venv(place, "alpha_lib-1.2", stamp=stamp_of(LOCK, "3.11", ["runtime"]))

    assert is_made(place, ["runtime"])
    assert not is_made(place, ["runtime", "dev"])
    assert made_sections(place) == {"runtime"}


def test_an_environment_without_a_lock_of_today_is_stale(tmp_path):
    place = checkout(tmp_path)
    venv(place, "alpha_lib-1.2", stamp=stamp_of(LOCK, "3.11", ["runtime"]))

    place.lock.write_text(LOCK.replace("sha256:00", "sha256:22"))

    assert not is_made(place, ["runtime"])


def test_an_environment_of_another_python_is_stale_for_the_one_that_runs(tmp_path):
    place = checkout(tmp_path)
    venv(place, "alpha_lib-1.2", stamp=stamp_of(LOCK, "3.11", ["runtime"]))

    assert is_made(place, ["runtime"], "3.11")
    assert not is_made(place, ["runtime"], "3.13")


def test_an_unfinished_environment_serves_nothing(tmp_path):
    place = checkout(tmp_path)
    venv(place, "alpha_lib-1.2", stamp=stamp_of(LOCK, "3.11", ["runtime"]))

    place.unfinished.touch()

    assert not is_made(place, ["runtime"])


def test_a_stamp_does_not_hide_that_a_package_is_gone(tmp_path):
    place = checkout(tmp_path)
    site = venv(place, "alpha_lib-1.2", stamp=stamp_of(LOCK, "3.11", ["runtime"]))

    (site / "alpha_lib-1.2.dist-info").rmdir()

    assert not is_made(place, ["runtime"])


def test_an_environment_whose_python_is_gone_serves_nothing(tmp_path):
    place = checkout(tmp_path)
    venv(place, "alpha_lib-1.2", stamp=stamp_of(LOCK, "3.11", ["runtime"]))

    place.python.unlink()

    assert not is_made(place, ["runtime"])


def test_an_environment_made_by_hand_needs_the_pins_alone(tmp_path):
    place = checkout(tmp_path)
    site = venv(place, "alpha_lib-1.2", "something_else-9")

    assert is_made(place, ["runtime"])
    assert not is_made(place, ["runtime", "dev"])
    assert has_pins(place, ["runtime"], [str(site)])


def test_another_version_than_the_pin_is_not_the_pin(tmp_path):
    place = checkout(tmp_path)
    venv(place, "alpha_lib-1.3")

    assert not is_made(place, ["runtime"])


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("WARNING: Retrying … NewConnectionError: Failed to establish\nERROR: No matching", "index can't be reached"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "does not match its hash"),
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("Collecting a\nERROR: No matching distribution found for a==1\n", "pip failed: ERROR: No matching"),
        ("something\nnobody expected", "pip failed: something / nobody expected"),
    ],
)
def test_a_failure_of_pip_is_told_in_a_line(said, told):
    answer = fault_in(said)

    assert told in answer
    assert "\n" not in answer


def test_a_start_with_everything_in_place_loads_next_to_nothing():
    code = (
        "import sys; before = set(sys.modules)\n"
        "from server import bootstrap; bootstrap.ensure('server', 'runtime')\n"
        "print(*sorted(set(sys.modules) - before))"
    )

    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    loaded = set(run.stdout.split())
    assert "server.bootstrap" in loaded
    assert not loaded & {"asyncio", "tortoise", "starlette", "httpx", "cryptography", "urllib.request", "pip"}
