"""Reminders by the thousand, due at once, and a push service that counts what it was sent for whom."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from uuid import uuid4

import asyncpg

from server.base.clock import milliseconds, system_clock, wire_instant
from server.base.ids import uuid7
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


class Asked:
    """Somebody whom a daily reminder, one of a questionnaire and one of what sessions ask for all come to at once.

    It is midday where they are, so that no day of theirs turns while the tests run.
    """

    def __init__(self, number: int, *ports: int) -> None:
        self.phone, self.path = Phone(*ports), f"/asked/{number}"
        self._east = 12 - system_clock().hour
        self.zone = f"Etc/GMT{-self._east:+d}"  # these names count westwards
        self._others = [str(uuid4()), str(uuid4())]

    async def join(self, service: PushService) -> None:
        """Registers, with a subscription and the three reminders."""
        await self.phone.register()
        wire, at = self.phone.wires[0], {"zone": self.zone}
        subscription = Browser(service, self.path).subscription()
        assert (await wire.ask("POST", "/api/push-subscriptions", subscription)).status == 201
        wishes = (_ONE, {"instrument": "phq-9", "every_days": 7}, {"after_session": True, "points": ["t+4h"]})
        for name, wish in zip([*self._others, uuid4()], wishes, strict=True):
            assert (await wire.ask("PUT", f"/api/reminders/{name}", wish | at)).status == 200

    async def fall_due(self, book: "Book") -> None:
        """Notes a session that began four hours ago in a second, and lets the other two come at that moment too."""
        now = system_clock()
        due_at, at = now + timedelta(seconds=1), wire_instant(now)
        patch = {"starts_at": wire_instant(due_at - timedelta(hours=4)), "zone": self.zone}
        change = {"id": uuid7(), "kind": "treatment_session", "record_id": uuid7(), "base_revision": 0}
        answer = await self.phone.sync([change | {"edited_at": at, "patch": patch}])
        assert [each["outcome"] for each in answer.json()["results"]] == ["stored"], answer.body
        day = (due_at + timedelta(hours=self._east)).date().isoformat()
        sql = "UPDATE reminder SET next_day = ?1, next_due_at = ?2 WHERE id = ?3"
        await book.write(sql, [(day, milliseconds(due_at), name) for name in self._others])


async def people_asked(served: Sequence[Served], service: PushService, count: int) -> list[Asked]:
    """So many of them, at these servers."""
    people = [Asked(number, *(each.port for each in served)) for number in range(count)]
    await asyncio.gather(*(each.join(service) for each in people))
    return people


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
        """Gives every patient of daily reminders alone `each` further ones, due now; answers how many there are."""
        whose = "patient_id NOT IN (SELECT patient_id FROM reminder WHERE form IS NOT NULL)"
        models = await self.fetch(f"SELECT DISTINCT {_COLUMNS.partition(', id')[0]} FROM reminder WHERE {whose}")
        now = int(time.time() * 1000)
        rows = [(*model, str(uuid4()), now) for model in models for _ in range(each)]
        places = ", ".join(f"?{number}" for number in range(1, 11))
        await self.write(f"INSERT INTO reminder ({_COLUMNS}) VALUES ({places})", rows)
        return len(rows)

    async def end_leases(self) -> None:
        """What is in somebody's hand may be taken by anybody now, as it may once its minute is over."""
        await self.write("UPDATE delivery SET try_at = ?1 WHERE lease_token IS NOT NULL", [(int(time.time() * 1000),)])

    async def statuses(self) -> Counter[str]:
        """How many deliveries stand in each status; one that is in hand, or will be tried again, is "waiting"."""
        rows = await self.fetch("SELECT status, try_at FROM delivery")
        return Counter(str(status) if try_at is None else "waiting" for status, try_at in rows)


def sent(service: PushService) -> Counter[tuple[str, str]]:
    """How often each device was sent each occurrence."""
    return Counter((each.path, each.headers["topic"]) for each in service.received)
