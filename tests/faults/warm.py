"""Servers that start without Python's imports: a process that has imported the server forks a child for each start.

The nursery has no loop, no thread and no open database, so that a child is what a server started cold is: a process of
its own, which opens everything itself and which SIGKILL ends. Only the code and the pages of the app, read before the
fork, are not its own.
"""

import atexit
import ctypes
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from server import app, assets
from server.database import service as database
from tests.faults import mutants

ROOT = Path(__file__).resolve().parents[2]
MIGRATIONS = tuple(path.stem for path in sorted((ROOT / "server" / "migrations").glob("0*.py")))
_IMPORTED_LATE = (
    *(f"server.migrations.{name}" for name in MIGRATIONS),
    "uvloop",
    "uvicorn.lifespan.on",
    "uvicorn.loops.uvloop",
)
_DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


def die_with_parent() -> None:
    """Runs in the child: a run of the tests that is killed leaves no server behind."""
    ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGKILL)


class Nursery:
    """The tests' end of the process that has imported the server."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._wire, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        own = {name: value for name, value in os.environ.items() if not name.startswith("INTERLUDE_")}
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.warm", str(theirs.fileno())], cwd=ROOT, env=own,
                stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()],
            )  # fmt: skip
        self.pid = self._process.pid
        atexit.register(self._close)

    def ask(self, **question: object) -> int:
        """Asks for a child and answers its pid, or how a child has `ended`, as wait(2) tells it."""
        with self._lock:
            self._wire.sendall(json.dumps(question).encode())
            return int(self._wire.recv(64))

    def _close(self) -> None:
        self._wire.close()
        self._process.wait(15)


@cache
def nursery() -> Nursery:
    """The one of this run, made when it is first needed."""
    return Nursery()


class Child:
    """A server that the nursery has started: what `Popen` is for one that was started cold."""

    def __init__(self, settings: Mapping[str, str], log: Path, mutant: str) -> None:
        self.pid = nursery().ask(settings=dict(settings), log=str(log), mutant=mutant)
        self._end = os.pidfd_open(self.pid)
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Its exit code, None while it lives."""
        if self.returncode is None and select.select([self._end], [], [], 0)[0]:
            self.wait(0)
        return self.returncode

    def wait(self, timeout: float) -> int:
        """Its exit code; below zero, the signal that ended it. Raises TimeoutExpired."""
        if self.returncode is None:
            if not select.select([self._end], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("a server that was started warm", timeout)
            os.close(self._end)
            self.returncode = os.waitstatus_to_exitcode(nursery().ask(ended=self.pid))
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.returncode is None:  # before that nobody else can have its pid
            os.kill(self.pid, number)


def main(wire: socket.socket) -> int:
    """The nursery: answers until the tests are gone. In a child: serves, and answers the exit code."""
    for name in (*database.MODELS, *_IMPORTED_LATE):
        import_module(name)
    _read_pages_once()
    gc.freeze()  # no child need look through what all of them share
    while asked := wire.recv(2**16):
        question = json.loads(asked)
        if "ended" in question:
            wire.sendall(str(os.waitpid(question["ended"], 0)[1]).encode())
        elif pid := os.fork():
            wire.sendall(str(pid).encode())
        else:
            wire.close()
            return _serve(**question)
    return 0


def _read_pages_once() -> None:
    """What browsers load is half the work of a start, and holds no entry: children share it as they share the code."""
    with TemporaryDirectory() as scratch:
        routes = assets.asset_routes(assets.static_dir(), Path(scratch))
    app.asset_routes = lambda *_: routes  # type: ignore[attr-defined]


def _serve(settings: Mapping[str, str], log: str, mutant: str) -> int:
    die_with_parent()
    os.environ.update(settings)
    with open(log, "ab") as file:
        os.dup2(file.fileno(), sys.stdout.fileno())
        os.dup2(file.fileno(), sys.stderr.fileno())
    return mutants.main(mutant)


if __name__ == "__main__":
    raise SystemExit(main(socket.socket(fileno=int(sys.argv[1]))))
