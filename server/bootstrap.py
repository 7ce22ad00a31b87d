"""Makes `.venv` beside pyproject.toml from the hash lock and goes on inside it; needs nothing but Python itself."""

from __future__ import annotations

import fcntl
import os
import re
import sys
from pathlib import Path

from server.installed import Place, has_pins, is_made, made_sections, rows_of, sections_of, stamp_of

TYPE_CHECKING = False  # importing `typing` would cost every start some milliseconds
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import NoReturn, TextIO

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = (3, 11)

_OFFLINE = re.compile(
    r"NewConnectionError|Failed to establish|[Tt]imed out|TimeoutError|name resolution|ProxyError"
    r"|Connection refused|Network is unreachable|RemoteDisconnected|SSLError"
)
# What a person may have set for other projects and would lead pip away from `.venv`.
_ASTRAY = {"PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_USER", "PIP_QUIET", "PIP_REQUIREMENT", "PIP_CONSTRAINT"}


def ensure(module: str, *sections: str) -> None:
    """Returns where the running interpreter has what `sections` need; else restarts `python -m module` where it does.

    `sections` are those of the lock: "runtime", "dev". `.venv` is made or renewed first where that is needed.
    SystemExit says in a line or two what a person has to do.
    """
    if sys.version_info < OLDEST_PYTHON:
        _refuse(f"Python 3.11 or newer is needed; {sys.executable} is {sys.version.split()[0]}.")
    place = Place(ROOT)
    if not place.lock.exists():
        return  # installed as a package: whoever installed it has seen to the rest
    inside = os.path.realpath(sys.prefix) == os.path.realpath(place.venv)
    made = is_made(place, sections, _version() if inside else None)
    if inside and made:
        return
    chosen = sys.prefix != sys.base_prefix or not made  # a person's own environment goes first
    if chosen and not inside and has_pins(place, sections, sys.path):
        return
    if not made:
        _make_alone(place, sections, inside)
    _restart(place, module)


def fault_in(said: str) -> str:
    """What went wrong, in words for a person, given all that pip said."""
    if "DO NOT MATCH THE HASHES" in said:
        return "a package does not match its hash in requirements.lock, and was not installed."
    if "No space left on device" in said:
        return "the disk is full."
    if _OFFLINE.search(said):
        return "the package index can't be reached. Check the network and run the same command again."
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return "pip failed: " + " / ".join([line for line in lines if line.startswith("ERROR")][:3] or lines[-3:])


def _make_alone(place: Place, sections: Iterable[str], inside: bool) -> None:
    """Makes `.venv` unless another start, waited for here, has made it meanwhile."""
    try:
        with place.guard.open("w") as guard:
            try:
                fcntl.flock(guard, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                _say("another start is making .venv; waiting for it.")
                fcntl.flock(guard, fcntl.LOCK_EX)
            if not is_made(place, sections, _version() if inside else None):
                _make(place, sections, guard)
            if not is_made(place, sections, _version() if inside else None):
                _refuse("pip finished, but .venv does not hold what requirements.lock lists.")
    except KeyboardInterrupt:
        _refuse("stopped; the next start makes .venv anew.", 130)
    except OSError as fault:
        _refuse(f".venv can't be made: {fault}.")


def _make(place: Place, sections: Iterable[str], guard: TextIO) -> None:
    """Makes or completes `.venv`; the stamp comes last, so that a killed start leaves nothing that looks finished."""
    from time import monotonic

    _need_venv()
    began = monotonic()
    lock = place.lock.read_text("utf-8")
    have = made_sections(place, _version())
    missing = sorted(set(sections) - have)
    wanted = "".join(sections_of(lock)[name] for name in missing)
    total = len(rows_of(wanted))
    _say(f"{'completing' if have else 'making'} .venv, once: {total} packages for Python {_version()}.")
    if not have:
        _make_bare(place)
    place.unfinished.touch()
    listed = place.venv / "interlude.requirements"
    listed.write_text(wanted, "utf-8")
    _install(place, listed, total, guard)
    place.stamp.write_text(stamp_of(lock, _version(), have | set(sections)), "utf-8")
    place.unfinished.unlink()
    _say(f".venv is ready after {monotonic() - began:.0f} s.")


def _make_bare(place: Place) -> None:
    """A virtual environment with pip alone, in place of whatever was there."""
    import shutil
    import subprocess

    if place.venv.is_symlink() or place.venv.is_file():
        place.venv.unlink()
    elif place.venv.exists():
        _say("removing a .venv that is half made or out of date.")
        shutil.rmtree(place.venv)
    place.venv.mkdir()
    place.unfinished.touch()
    base = getattr(sys, "_base_executable", None) or sys.executable  # .venv itself may be what runs, and is gone now
    done = subprocess.run([base, "-m", "venv", str(place.venv)], capture_output=True, text=True, check=False)
    if done.returncode:
        _refuse("python -m venv failed: " + " ".join((done.stdout + done.stderr).split()))


def _need_venv() -> None:
    """Refuses, with the line that helps, where Python came without the means to make virtual environments."""
    import importlib.util

    # Debian leaves ensurepip out of Python; what is left of it may be an empty folder, which has no origin.
    if not all((spec := importlib.util.find_spec(name)) and spec.origin for name in ("venv", "ensurepip")):
        sudo = "" if os.geteuid() == 0 else "sudo "
        _refuse(
            "this Python can't make virtual environments. On Debian and Ubuntu this line installs what it lacks:\n"
            f"    {sudo}apt-get install -y python3-venv\nRun the same command again after it."
        )


def _install(place: Place, listed: Path, total: int, guard: TextIO) -> None:
    """Has pip install what `listed` names, every file held to its hash, and shows how far it is."""
    import subprocess

    command = [str(place.python), "-m", "pip", "install", "--require-hashes", "--no-deps", "--no-input"]
    command += ["--disable-pip-version-check", "--progress-bar", "off", "--requirement", str(listed)]
    environment = {name: value for name, value in os.environ.items() if name not in _ASTRAY}
    said: list[str] = []
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env=environment,
        pass_fds=[guard.fileno()],  # where this process is killed and pip lives on, the next start waits for pip
    ) as pip:
        fetched = 0
        for line in pip.stdout or ():
            said.append(line)
            if line.startswith("Collecting "):
                fetched += 1
                _show(fetched, total, line.split()[1].partition("==")[0])
            elif line.startswith("Installing collected"):
                _say(f"  installing {total} packages", over=True)
    if pip.returncode:
        _refuse(fault_in("".join(said)))


def _restart(place: Place, module: str) -> NoReturn:
    """Replaces this process by `python -m module` in `.venv`, with the same arguments, folder and environment."""
    environment = dict(os.environ)
    if Path.cwd() != place.root:
        found_by = [str(place.root), environment.get("PYTHONPATH", "")]
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, found_by))
    sys.stdout.flush()
    os.execve(place.python, [str(place.python), "-m", module, *sys.argv[1:]], environment)


def _version() -> str:
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def _show(number: int, total: int, name: str) -> None:
    """One line that counts on a terminal; in a log every tenth."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K  fetching {number} of {total}: {name}", end="", file=sys.stderr, flush=True)
    elif number % 10 == 0:
        _say(f"  fetching {number} of {total}")


def _say(line: str, over: bool = False) -> None:
    start = "\r\x1b[K" if over and sys.stderr.isatty() else ""
    print(f"{start}interlude: {line}", file=sys.stderr, flush=True)


def _refuse(reason: str, status: int = 1) -> NoReturn:
    print(f"interlude: {reason}", file=sys.stderr)
    raise SystemExit(status)
