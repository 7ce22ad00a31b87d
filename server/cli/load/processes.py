"""Processes that are measured: started on a core of their own, waited for, their CPU and memory read from /proc."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
ROOT = Path(__file__).resolve().parents[3]
_SCHED = 2  # CPUCLOCK_SCHED of the kernel's posix-timers.h
CORES = sorted(os.sched_getaffinity(0))  # before anything is pinned


class NotReady(Exception):
    """A server under test did not come up; the text holds the end of what it said."""


class Measured:
    """A server as a process of its own. Used with `with`; ends it in order."""

    def __init__(
        self, command: list[str], port: int, environment: Mapping[str, str], log: Path, cores: Sequence[int] = ()
    ) -> None:
        self.command = command
        self.port = port
        self.environment = environment
        self.log = log
        self.cores = cores or CORES[:1]
        self.started_in_s = 0.0
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None  # noqa: S101 - it was started
        return self._process.pid

    def __enter__(self) -> "Measured":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self, wait_s: float = 60.0) -> None:
        """Returns when `/readyz` answers 200; keeps how long that took. Raises NotReady."""
        began = time.perf_counter()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self.command, cwd=ROOT, env=dict(self.environment), stdout=log, stderr=log,
                preexec_fn=partial(use_cores, self.cores),
            )  # fmt: skip
        while not _is_ready(self.port):
            if self._process.poll() is not None or time.perf_counter() - began > wait_s:
                self.stop()
                raise NotReady(self.log.read_text("utf-8", "replace")[-2000:])
            time.sleep(0.005)
        self.started_in_s = time.perf_counter() - began

    def stop(self) -> None:
        """Ends it as an operator does, and at once if that takes long."""
        process, self._process = self._process, None
        if process is None or process.poll() is not None:
            return
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    """A port on loopback that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def pin_client() -> str:
    """Puts this process on the last core and leaves the first to the servers, where there are two; says which."""
    if len(CORES) < 2:
        return "one core: server and client share it"
    use_cores(CORES[-1:])
    return f"server on core {CORES[0]}, client on core {CORES[-1]}"


def use_cores(cores: Sequence[int]) -> None:
    """Lets this process run on these cores alone."""
    os.sched_setaffinity(0, cores)


def cpu_s(pids: Iterable[int]) -> float:
    """Seconds of CPU that the trees below `pids` used, those of children that have ended included."""
    return sum(_own_cpu_s(pid) for pid in {each for root in pids for each in tree(root)})


def rss_bytes(pids: Iterable[int]) -> int:
    """Resident memory of the trees below `pids`; pages they share count once for each."""
    return sum(_rss(pid) for pid in {each for root in pids for each in tree(root)})


def tree(root: int) -> list[int]:
    """`root` and every process below it."""
    found, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        with contextlib.suppress(OSError):
            for task in os.listdir(f"/proc/{pid}/task"):
                waiting += map(int, Path(f"/proc/{pid}/task/{task}/children").read_text("ascii").split())
    return found


def parent_of(pid: int) -> int | None:
    """The parent of a process of this machine, None where there is none such."""
    with contextlib.suppress(OSError):
        return int(_stat(pid)[1])
    return None


def name_of(pid: int) -> str:
    """The short name of a process; empty where there is none such."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/comm").read_text("utf-8").strip()
    return ""


def _stat(pid: int) -> list[str]:
    """The fields of /proc/<pid>/stat from the state on (proc(5)): a name may hold spaces and ends with `)`."""
    return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()


def _own_cpu_s(pid: int) -> float:
    """What a process used to the nanosecond (clock_getcpuclockid(3)), and in ticks what its ended children did."""
    with contextlib.suppress(OSError):
        return time.clock_gettime(~pid << 3 | _SCHED) + sum(map(int, _stat(pid)[13:15])) / TICKS
    return 0.0


def _rss(pid: int) -> int:
    with contextlib.suppress(OSError):
        return int(_stat(pid)[21]) * PAGE
    return 0


def _is_ready(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 5) as connection:
            connection.sendall(b"GET /readyz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
            return connection.recv(64).startswith(b"HTTP/1.1 200")
    except OSError:
        return False
