"""A PostgreSQL and a second one that follows it: the first is killed, and the second is promoted in its place."""

import asyncio
import os
import subprocess
from typing import Any, Self

import asyncpg

from tests.faults.postgres import Mortal
from tests.ports import free_port
from tests.postgres import NoPostgres

_WITHIN_S = 30.0


class Standby(Mortal):
    """Follows `primary`, on the port `port`, until it is promoted."""

    def __init__(self, primary: Mortal, port: int) -> None:
        super().__init__()
        self._primary, self.port, self._password = primary, port, primary._password

    def _make_cluster(self) -> None:
        if self._owner:
            os.chown(self.folder, self._owner.pw_uid, self._owner.pw_gid)
        made = subprocess.run(
            [
                self._programs / "pg_basebackup", f"--dbname={self._primary.url}", f"--pgdata={self.cluster}",
                "--write-recovery-conf", "--wal-method=stream", "--checkpoint=fast", "--no-sync",
            ],
            capture_output=True, text=True, check=False, **self._privileges(),
        )  # fmt: skip
        if made.returncode:
            raise NoPostgres("pg_basebackup failed: " + made.stderr.strip())


class Pair:
    """Two ports, one of them the primary's. Used with `with`."""

    def __init__(self) -> None:
        self._primary = Mortal()
        self._standby: Standby | None = None
        self._ports = [self._primary.port, free_port()]

    def __enter__(self) -> Self:
        self._primary.__enter__()
        return self

    def __exit__(self, *_: Any) -> None:
        for each in (self._standby, self._primary):
            if each:
                each.__exit__(None, None, None)

    def migrated(self) -> str:
        """The URL of a new database with our tables, which names both. Blocking."""
        first, second = self._ports
        return self._primary.migrated().replace(f":{first}/", f":{first},127.0.0.1:{second}/")

    def following_first(self) -> str:
        """A URL that names both, the one that takes no writes first."""
        last = self._primary.port
        return self._primary.url.replace(f":{last}/", f":{self._following.port},127.0.0.1:{last}/")

    async def begin_to_follow(self, is_waited_for: bool) -> None:
        """A new standby, which has what the primary has; a commit waits for it, or does not.

        It blocks the loop at first: PostgreSQL ends with the thread that started it, so no other may.
        """
        [port] = {*self._ports} - {self._primary.port}
        self._standby = Standby(self._primary, port)
        self._standby.__enter__()
        await self._follow(is_waited_for)

    async def cut_off(self) -> None:
        """What the primary writes from here on does not reach the standby."""
        await _set(self._following.url, "primary_conninfo", "")
        await _until(self._primary.url, "SELECT count(*) = 0 FROM pg_stat_replication")

    async def fail_over(self) -> None:
        """Kills the primary, and promotes the standby in its place."""
        dead, self._primary, self._standby = self._primary, self._following, None
        dead.kill()
        await _execute(self._primary.url, "SELECT pg_promote()")
        dead.__exit__(None, None, None)

    @property
    def _following(self) -> Standby:
        assert self._standby, "nobody follows"
        return self._standby

    async def _follow(self, is_waited_for: bool) -> None:
        if is_waited_for:
            await _set(self._primary.url, "synchronous_standby_names", "*")
            await _until(self._primary.url, "SELECT bool_or(sync_state = 'sync') FROM pg_stat_replication")
        connection = await asyncpg.connect(self._primary.url)
        so_far = await connection.fetchval("SELECT pg_current_wal_flush_lsn()")
        await connection.close()
        await _until(self._primary.url, "SELECT bool_or(flush_lsn >= $1) FROM pg_stat_replication", so_far)


async def _until(url: str, question: str, *values: object) -> None:
    connection = await asyncpg.connect(url)
    async with asyncio.timeout(_WITHIN_S):
        while not await connection.fetchval(question, *values):  # noqa: ASYNC110 - no statement waits for it
            await asyncio.sleep(0.02)
    await connection.close()


async def _set(url: str, name: str, value: str) -> None:
    await _execute(url, f"ALTER SYSTEM SET {name} = '{value}'", "SELECT pg_reload_conf()")


async def _execute(url: str, *statements: str) -> None:
    connection = await asyncpg.connect(url)
    for each in statements:
        await connection.execute(each)
    await connection.close()
