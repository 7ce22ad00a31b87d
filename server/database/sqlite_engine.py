"""SQLite: one writing thread with group commit, and two reading threads."""

import contextlib
import threading
from abc import ABC, abstractmethod
from asyncio import AbstractEventLoop, Future, get_running_loop
from contextvars import Context, copy_context
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

import pysqlite3 as sqlite3

from server.database.figures import IN_HAND, commit
from server.database.rules import problem_of
from server.database.sqlite_connection import Verb, connect, copy_of, current, drive

_GROUP = 64


class _Job:
    """A verb that waits for its turn, and the future of whoever waits for it."""

    __slots__ = ("alone", "context", "done", "loop", "outcome", "verb")

    def __init__(self, verb: Verb, alone: bool) -> None:
        self.verb = verb
        self.alone = alone
        self.context: Context = copy_context()
        self.loop: AbstractEventLoop = get_running_loop()
        self.done: Future[Any] = self.loop.create_future()
        self.outcome: tuple[bool, Any] = (False, None)

    def run(self, connection: Any) -> None:
        """Drives the verb in a fresh copy of its caller's context, so that it may be run again."""
        self.outcome = True, self.context.copy().run(drive, self.verb, connection)

    def fail(self, error: BaseException) -> None:
        self.outcome = False, error


class _Thread(ABC):
    """One connection and the thread that owns it; jobs come through a queue."""

    def __init__(self, path: Path, name: str) -> None:
        self.connection = connect(path)
        self.queue: SimpleQueue[_Job | None] = SimpleQueue()
        self.thread = threading.Thread(target=self._work, name=name, daemon=True)
        self.thread.start()

    async def run(self, verb: Verb, alone: bool = False) -> Any:
        """What `verb` answers. A caller that is cancelled leaves; the verb still ends, and no lock is left behind.

        `alone` runs it outside any transaction, for what SQLite does not do inside one.
        """
        job = _Job(verb, alone)
        self.queue.put(job)
        IN_HAND.inc()
        try:
            return await job.done
        finally:
            IN_HAND.dec()

    def stop(self) -> None:
        """Ends the thread after the jobs that already wait. Blocking."""
        self.queue.put(None)
        self.thread.join()
        self.close()

    def close(self) -> None:
        self.connection.close()

    def _work(self) -> None:
        while (job := self.queue.get()) is not None:
            jobs = self._take(job)
            try:
                self.perform(jobs)
            except BaseException as error:  # noqa: BLE001 - a thread that died would leave everybody waiting for good
                for each in jobs:
                    each.fail(error)
            _settle(jobs)

    def _take(self, first: _Job) -> list[_Job]:
        return [first]

    @abstractmethod
    def perform(self, jobs: list[_Job]) -> None:
        """Runs `jobs` on the connection and gives each its outcome."""


class Reader(_Thread):
    """Reads from one unchanging view of the database, and can't write."""

    def __init__(self, path: Path, name: str) -> None:
        super().__init__(path, name)
        self.connection.execute("PRAGMA query_only=1")

    def perform(self, jobs: list[_Job]) -> None:
        for job in jobs:
            try:
                self.connection.execute("BEGIN")
                job.run(self.connection)
            except BaseException as error:  # noqa: BLE001 - it is the waiting caller's to handle
                job.fail(error)
            finally:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")


class Writer(_Thread):
    """The one writing connection. Verbs that wait together run each in its own savepoint and share one commit."""

    def _take(self, first: _Job) -> list[_Job]:
        jobs = [first]
        with contextlib.suppress(Empty):
            while len(jobs) < _GROUP:
                job = self.queue.get_nowait()
                if job is None:
                    self.queue.put(None)
                    break
                jobs.append(job)
        return jobs

    def perform(self, jobs: list[_Job]) -> None:
        """Runs `jobs` under one commit; where that commit can't be had, each under its own."""
        together = [job for job in jobs if not job.alone]
        try:
            if together:
                self._commit_together(together)
        except BaseException as error:  # noqa: BLE001 - it is the waiting caller's to handle
            self._abandon()
            if len(together) == 1:
                together[0].fail(error)
            else:
                for job in together:
                    self.perform([job])
        for job in jobs:
            if job.alone:
                self._run_alone(job)

    def close(self) -> None:
        """Empties the write-ahead log into the file, so that the file alone is the database."""
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.connection.close()

    def _run_alone(self, job: _Job) -> None:
        try:
            job.run(self.connection)
        except BaseException as error:  # noqa: BLE001 - it is the waiting caller's to handle
            job.fail(error)

    def _commit_together(self, jobs: list[_Job]) -> None:
        connection = self.connection
        connection.execute("BEGIN IMMEDIATE")
        if len(jobs) == 1:  # whatever it raises ends the transaction, which is its own
            jobs[0].run(connection)
            commit(connection, 1)
            return
        for job in jobs:
            connection.execute("SAVEPOINT verb")
            try:
                job.run(connection)
            except BaseException as error:
                if not connection.in_transaction:  # SQLite gave up the whole transaction, as on a full disk
                    raise
                job.fail(error)
                connection.execute("ROLLBACK TO verb")
            connection.execute("RELEASE verb")
        commit(connection, len(jobs))

    def _abandon(self) -> None:
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")


def _settle(jobs: list[_Job]) -> None:
    """Tells every waiting caller, on its own loop, once the commit is on disk."""
    for loop in {job.loop for job in jobs}:
        with contextlib.suppress(RuntimeError):  # the loop has ended; nobody waits any more
            loop.call_soon_threadsafe(_answer, [job for job in jobs if job.loop is loop])


def _answer(jobs: list[_Job]) -> None:
    for job in jobs:
        succeeded, value = job.outcome
        if job.done.done():
            continue
        if succeeded:
            job.done.set_result(value)
        else:
            job.done.set_exception(_translated(value))


def _translated(error: BaseException) -> BaseException:
    if isinstance(error, sqlite3.Error) or isinstance(error.__cause__ or error.__context__, sqlite3.Error):
        return problem_of(str(error)) or error
    if isinstance(error, StopIteration):
        return RuntimeError("a verb raised StopIteration")
    return error if isinstance(error, Exception) else RuntimeError(repr(error))


class Sqlite:
    """The database in one file."""

    is_sqlite = True

    def __init__(self, path: Path, readers: int = 2) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.writer = Writer(path, "sqlite-write")
        self.readers = [Reader(path, f"sqlite-read-{number}") for number in range(readers)]
        self.loop_connection = connect(path)  # for looks at a row or two, on the event loop itself
        self.loop_connection.execute("PRAGMA query_only=1")
        self._turn = 0

    async def write(self, verb: Verb) -> Any:
        return await self.writer.run(verb)

    apiece = write

    async def glance(self, verb: Verb) -> Any:
        """Reads at once, on this thread: with a write-ahead log a reader waits for nobody."""
        try:
            return copy_context().run(drive, verb, self.loop_connection)
        except sqlite3.Error as error:
            raise _translated(error) from error

    async def checkpoint(self) -> None:
        """Moves the write-ahead log into the file and empties it, so that erased pages are gone from both.

        And from the copy that the last migration made, which no erasure reaches: it goes.
        """

        async def truncate() -> None:
            current.get().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            copy_of(self.path).unlink(missing_ok=True)

        await self.writer.run(truncate, alone=True)

    async def read(self, verb: Verb) -> Any:
        self._turn = (self._turn + 1) % len(self.readers)
        return await self.readers[self._turn].run(verb)

    async def close(self) -> None:
        """Ends every thread after what waits."""
        self.loop_connection.close()
        loop = get_running_loop()
        for thread in (*self.readers, self.writer):
            await loop.run_in_executor(None, thread.stop)
