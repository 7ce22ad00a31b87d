"""What the faults have in common: how many to try, a line for what came of them, and the real server as a process."""

import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parents[2]
IS_RELEASE = os.environ.get("INTERLUDE_TEST_RELEASE") == "1"
LINES: list[str] = []  # what the summary at the end of the run shows
_START_S = 40.0
_DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


def size(small: int, release: int) -> int:
    """How many to try: the small column by default, the large one with `python -m tests faults --release`."""
    return release if IS_RELEASE else small


def tell(line: str) -> None:
    """Shows `line` now (with pytest -s) and again at the end of the run."""
    print(line)
    LINES.append(line)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Served:
    """`python -m server serve`, or with `mutant` the same server with one protection taken out.

    Stops at the end of its `with`. `before` is a command that runs the server as its last arguments.
    """

    def __init__(
        self, data: Path, database_url: str = "", mutant: str = "", before: tuple[str, ...] = (), **settings: str
    ) -> None:
        self.data, self.database_url = data, database_url
        self.port = free_port()
        self.log = data.parent / f"{data.name}-{self.port}.log"
        self._before = before
        self._command = ("tests.faults.mutants", mutant) if mutant else ("server", "serve")
        self._settings: Mapping[str, str] = {
            "INTERLUDE_DATA_DIR": str(data),
            "INTERLUDE_PORT": str(self.port),
            "INTERLUDE_RATE_LIMITS": "off",
            **({"INTERLUDE_DATABASE_URL": database_url} if database_url else {}),
            **settings,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.end(signal.SIGTERM)

    def start(self) -> None:
        """Returns once it answers. Blocking."""
        self.begin()
        until = time.monotonic() + _START_S
        while not self.is_ready():
            assert self.process is not None
            assert self.process.poll() is None, self.log.read_text()[-4000:]
            assert time.monotonic() < until, self.log.read_text()[-4000:]
            time.sleep(0.02)

    def begin(self) -> None:
        """Starts the process and does not wait for it."""
        own = {name: value for name, value in os.environ.items() if not name.startswith("INTERLUDE_")}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*self._before, sys.executable, "-m", *self._command],
                cwd=ROOT, env=own | self._settings, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                preexec_fn=_die_with_parent,
            )  # fmt: skip

    def end(self, how: signal.Signals = signal.SIGKILL) -> int:
        """Ends it, at once by default; answers its exit code."""
        if self.process is None:
            return 0
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(15)

    def is_ready(self) -> bool:
        """Whether it answers that it is."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    def memory_mb(self, of: str = "VmRSS") -> float:
        """Resident memory of the process; with `VmHWM` the most it ever was."""
        assert self.process is not None
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(f"{of}:"):
                return int(line.split()[1]) / 1024
        return 0.0

    def faults(self) -> list[str]:
        """The lines of its log that tell of a request that failed by our own fault."""
        lines = self.log.read_text(errors="replace").splitlines()
        return [line for line in lines if line.startswith("{") and json.loads(line).get("event") == "fault"]


def _die_with_parent() -> None:
    """Runs in the child: a run of the tests that is killed leaves no server behind."""
    ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGKILL)
