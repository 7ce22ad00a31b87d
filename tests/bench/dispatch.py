"""Whole reminders: found due, encrypted, sent over TLS, written down.

`python -m tests.bench.dispatch <share> <database>`. Each person has one reminder and one phone, all due at once, as if
many chose eight in the evening; then the same where each is asked for a questionnaire as well, on another day, so that
nobody may be pushed twice on one. The push service is a process of its own, on another core where there is one, and its
CPU is not counted; PostgreSQL's is.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import uvloop

from server.app import opened
from server.base.clock import milliseconds, system_clock
from server.base.ids import uuid7
from server.base.settings import Settings
from server.cli.load.processes import CORES, cpu_s, use_cores
from server.cli.load.workloads import ZONE, Patient, roster
from server.cli.speed import databases
from server.cli.speed.report import Errand, Found
from server.cli.speed.seed import add_people
from server.database import service as database
from server.push import service as push
from server.push.encryption import base64url, key_of, new_key, point_of
from server.push.rules import SubscriptionKeys
from server.reminders import service as reminders
from server.vault import service as vault
from tests.bench.service import Running, running

PEOPLE, ROUNDS = 2000, 3
_COLUMNS = (
    "id, patient_id, local_time, weekdays, zone, skip_if_logged, day_starts_at, next_day, next_due_at, updated_at, form"
)


async def dispatched(kind: str, count: int, rounds: int) -> Found:
    """So many reminders sent in each round, and whatever did not go as it should."""
    people = roster(count, 0)
    with tempfile.TemporaryDirectory(prefix="interlude-bench-") as name:
        folder = Path(name)
        with running(folder) as service:
            async with databases.database(kind, folder / "made") as url:
                settings = Settings(folder, url, "http://localhost", rate_limits=False, push_hosts=(service.place,))
                await database.migrate(settings)
                cluster = await databases.cluster_pid(url) if kind == "postgresql" else None
                async with opened(settings):
                    await push.open_push(settings, system_clock)
                    await _fill(people, service)
                    await databases.settle(url)
                    alone = [await _round(count, number, cluster) for number in range(rounds)]
                    await _remind(people, system_clock() + timedelta(days=3), "form")
                    beside = [await _round(count, rounds + number, cluster) for number in range(rounds)]
                    faults = await _faults(2 * rounds * count, service)
                    await push.close_push()
    names = {"a reminder, whole": alone, "a reminder, one push a day": beside}
    told = [Errand.of(name, count * rounds, *zip(*each, strict=True), 1.5, 500) for name, each in names.items()]
    return Found(errands=told, faults=faults)


async def _fill(people: Sequence[Patient], service: Running) -> None:
    now = system_clock()
    await add_people([(each, await vault.make_key(each.id)) for each in people], now)
    for each in people:
        keys = SubscriptionKeys(base64url(point_of(key_of(new_key()))), base64url(os.urandom(16)))
        body = push.NewSubscription(f"https://{service.place}/send/{each.id}", keys)
        await push.add(each.id, "", body, now)
    await _remind(people, now + timedelta(days=1), None)


@database.transaction
async def _remind(people: Sequence[Patient], at: datetime, form: str | None) -> None:
    rows = [
        (uuid7(), each.id, "20:00", "1234567", ZONE, True, "04:00", f"{at:%Y-%m-%d}", milliseconds(at), 0, form)
        for each in people
    ]
    places = ", ".join(f"?{number}" for number in range(1, 12))
    await database.execute_many(f"INSERT INTO reminder ({_COLUMNS}) VALUES ({places})", rows)


async def _round(people: int, number: int, cluster: int | None) -> tuple[float, float]:
    """Milliseconds of CPU that each reminder took, and how many went out a second."""
    await _make_due(system_clock(), number)
    theirs = [cluster] if cluster else []
    cpu, began = time.process_time() + cpu_s(theirs), time.perf_counter()
    await reminders.dispatch(system_clock)
    taken_s = time.perf_counter() - began
    return (time.process_time() + cpu_s(theirs) - cpu) * 1000 / people, people / taken_s


@database.transaction
async def _make_due(now: datetime, number: int) -> None:
    """Every daily reminder has been due for a minute, each time for another day."""
    day, due_at = now - timedelta(days=number), now - timedelta(minutes=1)
    sql = "UPDATE reminder SET next_day = ?1, next_due_at = ?2 WHERE form IS NULL"
    await database.execute(sql, f"{day:%Y-%m-%d}", milliseconds(due_at))


@database.reading
async def _statuses() -> dict[str, int]:
    rows = await database.fetch("SELECT status, count(*) AS many FROM delivery GROUP BY status")
    return {row["status"]: row["many"] for row in rows}


async def _faults(wanted: int, service: Running) -> list[str]:
    """What is wrong where not every reminder was sent once, and noted."""
    told, (messages, topics) = await _statuses(), await service.received()
    if told == {"accepted": wanted} and messages == topics == wanted:
        return []
    return [f"dispatch: of {wanted} due {messages} came, {topics} different ones, noted as {told}"]


def main(share: float, kind: str) -> None:
    """Prints what was found as JSON. `share`: of the people of a full run."""
    use_cores(CORES[:1])
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        found = runner.run(dispatched(kind, int(PEOPLE * share), ROUNDS))
    sys.stdout.buffer.write(msgspec.json.encode(found))


if __name__ == "__main__":
    main(float(sys.argv[1]), sys.argv[2])
