"""B4: thousands of random accesses, each held against an oracle. Nobody gets at what isn't theirs."""

import random
from collections import Counter
from typing import Any

import pytest

from server.sharing import rows
from server.sharing import service as sharing
from server.sharing.looks import viewing
from tests.faults.oracle import ACCESSES, PATIENTS, Oracle
from tests.people import Cast, Clock, Person
from tests.tried import size, tell

_THERAPISTS = 3
_UNTIL_LATER = 500  # accesses before hours pass and everybody signs in again
HOURS = {"weekdays": [1], "from": "09:00", "to": "17:00", "zone": "Europe/Berlin"}


@pytest.fixture
async def people(cast: Cast) -> list[Person]:
    """Four patients and three therapists who may accept a consent."""
    people = [await cast.join("patient", f"Patient {number}") for number in range(PATIENTS)]
    for number in range(_THERAPISTS):
        therapist = await cast.join("therapist", f"Therapist {number}")
        await therapist.enrol()
        assert (await therapist.put("/api/reading-hours", json=HOURS)).status_code == 200
        people.append(therapist)
    return people


async def wander(people: list[Person], clock: Clock, count: int, seed: int) -> tuple[list[str], Counter[str]]:
    """What the oracle did not expect, a line each, and how often each status came."""
    oracle, faults, said = Oracle(clock, people, random.Random(seed)), list[str](), Counter[str]()
    marks = {oracle.mark_of(person) for person in people}
    for number in range(1, count + 1):
        person, access = oracle.chance.choice(people), oracle.chance.choice(ACCESSES)
        answer, expected, consent_id = await access(oracle, person)
        said[str(answer.status_code)] += 1
        who = f"{access.__name__} as {oracle.mark_of(person)}"
        if answer.status_code != expected:
            faults.append(f"{who}: {answer.status_code}, not {expected}")
        shown = {mark for mark in marks if mark in answer.text}
        if stolen := shown - oracle.may_see(person, consent_id):
            faults.append(f"{who}: shows {stolen}")
        if number % _UNTIL_LATER == 0:
            clock.move(hours=6)
            for each in people:
                await each.sign_in()
    return faults, said


async def test_nobody_gets_at_what_is_not_theirs(people: list[Person], clock: Clock) -> None:
    count = size(5000, 100_000)

    faults, said = await wander(people, clock, count, seed=count)

    tell(f"B4 random accesses: {count} tried, {len(faults)} not as expected; {dict(sorted(said.items()))}")
    assert faults == []
    assert min(said[status] for status in ("200", "201", "204", "403", "404")) > count // 100


async def test_a_check_that_is_left_out_is_found(
    people: list[Person], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = rows.own_consent

    async def careless(patient_id: str, consent_id: str) -> Any:
        consent = await sharing.Consent.filter(id=consent_id).first()
        return consent or await own(patient_id, consent_id)

    for room in (sharing, viewing):
        monkeypatch.setattr(room, "own_consent", careless)

    faults, _ = await wander(people, clock, 300, seed=1)

    tell(f"B4 mutant, one check left out: 300 tried, {len(faults)} not as expected")
    assert faults


