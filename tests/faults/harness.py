"""The real server as a process, whole or with one protection taken out."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Self

from tests.faults.warm import ROOT, Child, die_with_parent
from tests.ports import free_port

_START_S = 120.0  # of a busy machine
_COLD_ONE_IN = 20


class Served:
    """`python -m server serve`, or with `mutant` the same server with one protection taken out.

    Stops at the end of its `with`. `before` is a command that runs the server as its last arguments. One that
    `is_warm`, because it starts often, starts without Python's imports, save for the first start and every 20th.
    """

    def __init__(
        self, data: Path, database_url: str = "", mutant: str = "", before: tuple[str, ...] = (),
        is_warm: bool = False, **settings: str,
    ) -> None:  # fmt: skip
        self.data, self.database_url, self.mutant = data, database_url, mutant
        self.port = free_port()
        self.log = data.parent / f"{data.name}-{self.port}.log"
        self._before, self._is_warm, self._starts = before, is_warm, 0
        self._command = ("tests.faults.mutants", mutant) if mutant else ("server", "serve")
        self._settings: Mapping[str, str] = {
            "INTERLUDE_DATA_DIR": str(data),
            "INTERLUDE_PORT": str(self.port),
            "INTERLUDE_RATE_LIMITS": "off",
            **({"INTERLUDE_DATABASE_URL": database_url} if database_url else {}),
            **settings,
        }
        self.process: subprocess.Popen[bytes] | Child | None = None

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
            time.sleep(0.01)

    def begin(self) -> None:
        """Starts the process and does not wait for it."""
        self._starts += 1
        if self._is_warm and self._starts % _COLD_ONE_IN != 1:
            self.process = Child(self._settings, self.log, self.mutant)
            return
        own = {name: value for name, value in os.environ.items() if not name.startswith("INTERLUDE_")}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*self._before, sys.executable, "-m", *self._command],
                cwd=ROOT, env=own | self._settings, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                preexec_fn=die_with_parent,
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

    def at_work_s(self) -> tuple[float, float]:
        """The seconds that its loop was at work, and those that it stood ready and there was no core for it."""
        assert self.process is not None
        worked, waited, _ = Path(f"/proc/{self.process.pid}/schedstat").read_text().split()
        return int(worked) / 1e9, int(waited) / 1e9

    def faults(self) -> list[str]:
        """The lines of its log that tell of a request that failed by our own fault."""
        lines = self.log.read_text(errors="replace").splitlines()
        return [line for line in lines if line.startswith("{") and json.loads(line).get("event") == "fault"]
