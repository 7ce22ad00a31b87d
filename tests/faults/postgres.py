"""A PostgreSQL that may die: killed, started again on what it left, its connections ended at random."""

import asyncio
import os
import random
import signal
import subprocess
import sys
from uuid import uuid4

import asyncpg

from tests.faults.warm import ROOT
from tests.postgres import NoPostgres, Postgres


class Mortal(Postgres):
    """As `Postgres`, with `kill`."""

    _template = ""  # the database with our tables that further ones are copied from

    def kill(self) -> None:
        """SIGKILL for the postmaster; its children notice and follow."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        self._process = None

    def revive(self) -> None:
        """Starts it again; for a moment the dead one's children still hold its memory."""
        for attempt in range(20):
            try:
                self.start()
            except NoPostgres:
                if attempt == 19:
                    raise
            else:
                return

    def migrated(self) -> str:
        """The URL of a new database with our tables. Blocking."""
        if not self._template:
            template = self._named(f"interlude_{uuid4().hex}")
            own = os.environ | {"INTERLUDE_DATABASE_URL": template, "INTERLUDE_DATA_DIR": str(self.folder / "data")}
            subprocess.run([sys.executable, "-m", "server", "migrate"], cwd=ROOT, env=own, check=True)
            self._template = template.rpartition("/")[2]
        return self._named(f"interlude_{uuid4().hex}", f"TEMPLATE {self._template}")

    def _named(self, name: str, further: str = "") -> str:
        """The URL of a new database of that name."""
        asyncio.run(self._execute(f"CREATE DATABASE {name} {further}"))
        return self.url.rpartition("/")[0] + f"/{name}"

    async def _execute(self, sql: str) -> None:
        connection = await asyncpg.connect(self.url)
        await connection.execute(sql)
        await connection.close()

    async def terminate_some(self, until: asyncio.Event, pause_s: float = 0.15) -> int:
        """Ends a random connection of ours again and again; answers how many."""
        ended = 0
        connection = await asyncpg.connect(self.url)
        while not until.is_set():
            rows = await connection.fetch("SELECT pid FROM pg_stat_activity WHERE datname LIKE 'interlude%'")
            if rows:
                await connection.execute("SELECT pg_terminate_backend($1)", random.choice(rows)["pid"])
                ended += 1
            await asyncio.sleep(pause_s * random.random() * 2)
        await connection.close()
        return ended
