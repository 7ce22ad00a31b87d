"""Reminders by the thousand, due at once, and a push service that counts what it was sent for whom."""

import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from uuid import uuid4

import asyncpg

from server.database import service as database
from tests.api.push_service import Browser, PushService
from tests.faults.harness import Served
from tests.faults.phones import Phone

Start = Callable[..., Awaitable[list[Served]]]  # how many, over which database, without what protection
_ONE = {"local_time": "03:00", "weekdays": [1, 2, 3, 4, 5, 6, 7], "zone": "Europe/Berlin", "skip_if_logged": False}
_COLUMNS = (
    "patient_id, local_time, weekdays, zone, skip_if_logged, day_starts_at, next_day, updated_at, id, next_due_at"
)


async def people_with_a_phone(served: Served, service: PushService, count: int) -> list[Phone]:
    """Patients who have one reminder, for tomorrow, and one subscription each."""
    phones = [Phone(served.port) for _ in range(count)]
    for number, phone in enumerate(phones):
        await phone.register()
        wire = phone.wires[0]
        subscription = Browser(service, f"/send/{number}").subscription()
        assert (await wire.ask("POST", "/api/push-subscriptions", subscription)).status == 201
        assert (await wire.ask("PUT", f"/api/reminders/{uuid4()}", _ONE)).status == 200
    return phones


class Book:
    """The reminders of one database, reached past the server."""

    def __init__(self, served: Served, url: str = "") -> None:
        self.file, self.url = served.data / "database" / "interlude.db", url

    async def fetch(self, sql: str) -> list[tuple[object, ...]]:
        """Rows of our own SQL."""
        if not self.url:
            connection = database.connect_sqlite(self.file)
            try:
                return [tuple(row) for row in connection.execute(sql).fetchall()]
            finally:
                connection.close()
        connection = await asyncpg.connect(self.url)
        try:
            return [tuple(row.values()) for row in await connection.fetch(sql)]
        finally:
            await connection.close()

    async def write(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """One statement for every row, in one transaction."""
        if not self.url:
            connection = database.connect_sqlite(self.file)
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(sql, rows)
            connection.execute("COMMIT")
            connection.close()
            return
        connection = await asyncpg.connect(self.url)
        try:
            await connection.executemany(database.postgres_text(sql), rows)
        finally:
            await connection.close()

    async def make_due(self, each: int) -> int:
        """Gives every patient `each` further reminders like the first, due now; answers how many there are."""
        models = await self.fetch(f"SELECT DISTINCT {_COLUMNS.partition(', id')[0]} FROM reminder")
        now = int(time.time() * 1000)
        rows = [(*model, str(uuid4()), now) for model in models for _ in range(each)]
        places = ", ".join(f"?{number}" for number in range(1, 11))
        await self.write(f"INSERT INTO reminder ({_COLUMNS}) VALUES ({places})", rows)
        return len(rows)

    async def statuses(self) -> Counter[str]:
        """How many deliveries stand in each status; one that is in hand, or will be tried again, is "waiting"."""
        rows = await self.fetch("SELECT status, try_at FROM delivery")
        return Counter(str(status) if try_at is None else "waiting" for status, try_at in rows)


def sent(service: PushService) -> Counter[tuple[str, str]]:
    """How often each device was sent each occurrence."""
    return Counter((each.path, each.headers["topic"]) for each in service.received)
