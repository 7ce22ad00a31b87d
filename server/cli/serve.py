"""`python -m server serve`: answers requests and sends reminders."""

import argparse
import asyncio
import contextlib
import errno
import fcntl
import os
import resource
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from types import FrameType
from typing import IO, Any

import uvicorn
from prometheus_client.multiprocess import mark_process_dead
from starlette.applications import Starlette
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess

from server.app import create_app, opened
from server.base.log import log, start_log
from server.base.settings import Settings, WrongSettings, read_settings
from server.cli.serving import collector
from server.cli.serving.deadlines import IDLE_S, Deadlines
from server.cli.serving.watch import KEPT_FILES, MAX_CONNECTIONS
from server.database import service as database
from server.measures import service as measures
from server.vault import service as vault

GRACE_S = 8  # requests in flight and reminders in hand end within this after SIGTERM

REFUSALS = (
    WrongSettings, database.Damaged, database.OldSchema, vault.WrongRing, measures.BadInstrument, *database.Unsuitable,
)  # fmt: skip


class Taken(Exception):
    """Another process already serves this data folder, or listens at this address."""


def main(arguments: list[str]) -> int:
    """0 after a graceful stop; 1 with one line a fault where it could not start."""
    argparse.ArgumentParser("python -m server serve", description="Serves until it is told to stop.").parse_args(
        arguments
    )
    try:
        settings = read_settings()
        start_log()
        return serve(settings)
    except (Taken, *REFUSALS) as refusal:
        for line in str(refusal).splitlines():
            print(f"interlude: {line}", file=sys.stderr)
        return 1
    except OSError as error:  # a folder or a file that can't be made
        if error.filename is None:
            raise
        print(f"interlude: {error.filename}: {error.strerror}", file=sys.stderr)
        return 1


def serve(settings: Settings) -> int:
    """Brings SQLite up to date, then listens. Raises one of REFUSALS or Taken before anything listens."""
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    held = only_one(settings) if settings.is_sqlite else None
    try:
        if settings.is_sqlite:
            for name in asyncio.run(database.migrate(settings)):
                log.info("applied %s", name)
        if settings.workers > 1:
            asyncio.run(_try(settings))
        return _listen(settings)
    finally:
        if held:
            held.close()


async def _try(settings: Settings) -> None:
    """Opens everything once before the processes start: a refusal is told in one place, and keys are made by one."""
    async with opened(settings):
        pass


def worker() -> Starlette:
    """The application of one of several processes, from the environment they share."""
    start_log()
    app = create_app(read_settings())
    collector.calm()
    return app


def _listen(settings: Settings) -> int:
    signal.signal(signal.SIGTERM, _stopped)  # uvicorn raises it once more after its graceful stop: that is our exit
    signal.signal(signal.SIGINT, _stopped)
    options: dict[str, Any] = {
        "host": settings.host,
        "port": settings.port,
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "date_header": True,
        "loop": "uvloop",
        "http": Deadlines,
        "backlog": 4096,
        "ws": "none",
        "lifespan": "on",
        "timeout_graceful_shutdown": GRACE_S,
        "timeout_keep_alive": int(IDLE_S),
    }
    allow_connections()
    door = _bound(settings)
    log.info("listening on http://%s:%s", settings.host, settings.port)
    if settings.workers > 1:
        config = uvicorn.Config("server.cli.serve:worker", factory=True, workers=settings.workers, **options)
        with _shared_figures():
            processes = _Processes(config, [door])
            processes.run()
        return int(any(process.exitcode == STARTUP_FAILURE for process in processes.processes))
    failure: list[BaseException] = []
    server = uvicorn.Server(uvicorn.Config(_telling(create_app(settings), failure), **options))
    collector.calm()
    try:
        server.run([door])
    except SystemExit:
        if failure:
            raise failure[0] from None
        raise
    return 0 if server.started else 1


class _Processes(Multiprocess):
    """Keeps the processes running, and forgets what was only true while one of them lived."""

    _present: frozenset[int | None] = frozenset()

    def keep_subprocess_alive(self) -> None:
        super().keep_subprocess_alive()
        present = frozenset(process.pid for process in self.processes)
        for pid in self._present - present:
            mark_process_dead(pid)  # type: ignore[no-untyped-call]
        self._present = present


@contextlib.contextmanager
def _shared_figures() -> Iterator[None]:
    """A folder in which the processes keep their figures, so that whichever is asked at /metrics answers for all.

    They write through mapped memory, and on a full disk that would end them: so it is in memory where that can be had.
    """
    memory = "/dev/shm"  # noqa: S108 - the folder in it is made anew, and readable by us alone
    with tempfile.TemporaryDirectory(prefix="interlude-", dir=memory if os.access(memory, os.W_OK) else None) as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder  # the library looks for it when a process imports it
        yield


def allow_connections() -> None:
    """Lets this process open as many files as its connections may need, as far as the system lets it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MAX_CONNECTIONS + KEPT_FILES
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _bound(settings: Settings) -> socket.socket:
    """The socket that is listened on. Raises Taken where it can't be had: uvicorn would only log that."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family)
    except OSError as error:
        why = "is in use by another program" if error.errno == errno.EADDRINUSE else "is no address of this machine"
        raise Taken(f"{settings.host}:{settings.port} {why}") from None


def _telling(app: Starlette, failure: list[BaseException]) -> Any:
    """`app`, keeping what its start refused with: uvicorn would only log it."""

    async def told(scope: Any, receive: Any, send: Any) -> None:
        try:
            await app(scope, receive, send)
        except REFUSALS as refusal:
            failure.append(refusal)
            raise

    return told


def only_one(settings: Settings) -> IO[str]:
    """Holds the data folder for this process: SQLite has one writing process."""
    file = (settings.data_dir / "serving").open("w", encoding="ascii")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise Taken(f"another process serves {settings.data_dir}; several need postgresql://") from None
    file.write(str(os.getpid()))
    file.flush()
    return file


def _stopped(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)
