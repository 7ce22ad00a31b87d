"""Verbs as transactions, on either database: cancelled callers, failures side by side, verbs inside verbs."""

import asyncio
from collections.abc import Awaitable, Callable
from random import Random

import pytest
from starlette.applications import Starlette

from server.base.errors import Conflict
from server.database import service as database
from tests.installation import change_rows, rows_of
from tests.people import Person

CALLERS = 4_000
HANGS_S = 60  # what a cancelled caller has wedged answers never


class Refused(Exception):
    """A verb that says no after it wrote."""


@pytest.fixture
async def scratch(app: Starlette) -> None:
    """Two tables that belong to no one."""
    await change_rows("CREATE TABLE credit (number BIGINT NOT NULL PRIMARY KEY)")
    await change_rows("CREATE TABLE debit (number BIGINT NOT NULL PRIMARY KEY)")


@database.transaction
async def book(number: int, *, refused: bool = False) -> int:
    """Writes on both sides, or on none."""
    await database.execute("INSERT INTO credit (number) VALUES (?1)", number)
    if refused:
        raise Refused
    await database.execute("INSERT INTO debit (number) VALUES (?1)", number)
    return number


@database.transaction
async def book_twice(number: int) -> list[int]:
    """Two verbs as one, and what is seen in between."""
    await book(number)
    seen = await numbers("credit")
    await book(number + 1, refused=True)
    return seen


@database.reading
async def numbers(table: str) -> list[int]:
    rows = await database.fetch(f"SELECT number FROM {table} ORDER BY number")
    return [row["number"] for row in rows]


@database.reading
async def book_while_reading(number: int) -> None:
    await database.execute("INSERT INTO credit (number) VALUES (?1)", number)


@database.glance
async def book_at_a_glance(number: int) -> None:
    await database.execute("INSERT INTO credit (number) VALUES (?1)", number)


async def test_thousands_of_cancelled_callers_leave_a_database_that_answers(scratch: None) -> None:
    random = Random(7)
    tasks = []
    for number in range(CALLERS):
        work = book(number) if random.random() < 0.7 else numbers("credit")
        tasks.append(asyncio.create_task(work))
        for _ in range(random.choice([0, 0, 1, 2, 5])):
            await asyncio.sleep(0)
        if random.random() < 0.05:
            await asyncio.sleep(random.random() * 0.002)
        (tasks[-1] if random.random() < 0.8 else random.choice(tasks[-20:])).cancel()

    ends = await asyncio.gather(*tasks, return_exceptions=True)
    async with asyncio.timeout(HANGS_S):
        booked = await asyncio.gather(*(book(CALLERS + number) for number in range(100)))

    assert sum(isinstance(end, asyncio.CancelledError) for end in ends) > 2_000
    assert not [end for end in ends if isinstance(end, Exception)]
    assert booked == list(range(CALLERS, CALLERS + 100))
    assert await numbers("credit") == await numbers("debit")
    assert {end for end in ends if isinstance(end, int)} <= set(await numbers("credit"))


async def test_requests_that_are_hung_up_on_leave_an_app_that_answers(patient: Person) -> None:
    random = Random(8)
    changes = [patient.change(mood=number % 11) for number in range(150)]
    for number, change in enumerate(changes):
        task = asyncio.create_task(patient.sync(change))
        # Every other one has the time to be committed, however busy this machine is.
        await asyncio.wait([task], timeout=random.random() * (0.2 if number % 2 else 0.004))
        task.cancel()
        await asyncio.wait([task])

    again = [await patient.sync(*changes[start : start + 50]) for start in range(0, 150, 50)]

    outcomes = [result["outcome"] for answer in again for result in answer["results"]]
    assert set(outcomes) == {"stored", "replayed"}
    assert len((await patient.sync())["records"]) == 150


async def test_of_many_verbs_at_once_only_the_failing_one_fails(scratch: None) -> None:
    ends = await asyncio.gather(*(book(number, refused=number == 17) for number in range(40)), return_exceptions=True)

    rest = [number for number in range(40) if number != 17]
    assert isinstance(ends[17], Refused)
    assert [end for end in ends if not isinstance(end, BaseException)] == rest
    assert await numbers("credit") == await numbers("debit") == rest


async def test_a_verb_that_breaks_a_rule_of_the_tables_fails_alone(scratch: None) -> None:
    await book(3)

    ends = await asyncio.gather(*(book(number) for number in range(6)), return_exceptions=True)

    assert [isinstance(end, BaseException) for end in ends] == [False, False, False, True, False, False]
    assert await numbers("debit") == list(range(6))


async def test_a_verb_inside_a_verb_is_part_of_it(scratch: None) -> None:
    with pytest.raises(Refused):
        await book_twice(1)

    assert await numbers("credit") == []
    assert await numbers("debit") == []


async def test_a_verb_sees_what_it_has_just_written(scratch: None) -> None:
    @database.transaction
    async def look_back() -> list[int]:
        await book(5)
        return await numbers("debit")

    assert await look_back() == [5]


async def test_a_refusal_rolls_back_what_went_before_it_in_the_verb(scratch: None) -> None:
    @database.transaction
    async def regret() -> None:
        await book(9)
        raise Conflict("no")

    with pytest.raises(Conflict):
        await regret()

    assert await numbers("credit") == []


@pytest.mark.parametrize("verb", [book_while_reading, book_at_a_glance])
async def test_a_verb_that_only_reads_can_not_write(scratch: None, verb: Callable[[int], Awaitable[None]]) -> None:
    with pytest.raises(Exception, match=r"(?i)read-?only|cannot do this"):
        await verb(1)

    assert await numbers("credit") == []
    assert await book(1) == 1


async def test_a_callers_own_context_is_not_inside_the_verb(scratch: None) -> None:
    await book(1)
    await numbers("credit")

    with pytest.raises(Refused):
        await book(2, refused=True)

    assert await numbers("credit") == [1]
    assert [row["number"] for row in await rows_of("SELECT number FROM debit")] == [1]


async def test_a_row_counts_as_changed_once(scratch: None) -> None:
    await book(1)
    await book(2)

    assert await change_rows("UPDATE credit SET number = number + 10") == 2
    assert await change_rows("DELETE FROM credit WHERE number = ?1", 11) == 1
    assert await change_rows("DELETE FROM credit WHERE number = ?1", 11) == 0
