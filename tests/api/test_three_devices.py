"""Three phones of one patient against the real app: the same answers as the reference, every text still there."""

import asyncio
from random import Random
from typing import Any

import pytest

from server.base.clock import instant_of, wire_instant
from server.base.ids import uuid7
from tests.people import Clock, Person
from tests.rules.devices import Air, story
from tests.rules.merge_reference import Ledger, Reference, told
from tests.tried import size

FIELDS = ("mood", "compared", "note", "keep", "side_effects", "own", "audience")


@pytest.mark.parametrize("seed", range(size(6, 200)))
async def test_three_phones_on_a_bad_network_end_alike_and_as_the_contract_says(
    patient: Person, clock: Clock, seed: int
) -> None:
    air = Air(Random(seed), [uuid7(), uuid7(), uuid7()])
    reference, ledger = Reference(), Ledger()

    async def drive(happening: Any) -> list[dict[str, Any]]:
        answers: list[dict[str, Any]] = []
        answer = None
        while True:
            try:
                request = happening.send(answer)
            except StopIteration:
                return answers
            clock.instant = instant_of(air.now)
            expected = reference.take(request, air.now)
            answer = _compared(await _sync(patient, request))
            answers.append(answer)
            ledger.follow(request, answer)
            assert answer == _with_wire_instants(expected)

    await drive(story(air, 50, FIELDS))
    repeats = await drive(air.straggle())

    assert air.phones[0].copies == air.phones[1].copies == air.phones[2].copies
    assert {name: _dated(reference.shown(name)) for name in reference.books} == air.phones[0].copies
    assert all(result["outcome"] == "replayed" for answer in repeats for result in answer["results"])


async def test_three_phones_at_the_same_moment_lose_no_text(patient: Person) -> None:
    record_id = uuid7()
    notes = [f"typed on phone {number}" for number in range(9)]

    answers = await asyncio.gather(*(patient.sync(patient.change(record_id=record_id, note=note)) for note in notes))

    record = (await patient.sync())["records"][0]
    assert sorted([record["values"]["note"], *record["alternatives"]["note"]]) == notes
    assert sorted(answer["results"][0]["record"]["revision"] for answer in answers) == list(range(1, 10))
    assert [answer["results"][0]["outcome"] for answer in answers].count("stored") == 1


async def test_the_same_batch_sent_twice_at_once_counts_once(patient: Person) -> None:
    batch = [patient.change(mood=number) for number in range(5)]

    answers = await asyncio.gather(*(patient.sync(*batch) for _ in range(4)))

    outcomes = sorted(result["outcome"] for answer in answers for result in answer["results"])
    assert outcomes == ["replayed"] * 15 + ["stored"] * 5
    assert (await patient.sync())["revision"] == 5


async def _sync(patient: Person, request: dict[str, Any]) -> dict[str, Any]:
    changes = [change | {"edited_at": wire_instant(instant_of(change["edited_at"]))} for change in request["changes"]]
    return await patient.sync(*changes, since=request["since"], limit=request["limit"])


def _compared(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer without what the reference does not speak of."""
    results = [result | {"record": _plain(result["record"])} for result in answer["results"]]
    return {
        "results": results,
        "records": [_plain(record) for record in answer["records"]],
        "revision": answer["revision"],
        "more": answer["more"],
    }


def _plain(record: dict[str, Any]) -> dict[str, Any]:
    names = ("id", "revision", "deleted", "recorded_at", "values", "alternatives")
    return told(*(record[name] for name in names))


def _with_wire_instants(answer: dict[str, Any]) -> dict[str, Any]:
    results = [result | {"record": _dated(result["record"])} for result in answer["results"]]
    return answer | {"results": results, "records": [_dated(record) for record in answer["records"]]}


def _dated(record: dict[str, Any]) -> dict[str, Any]:
    return record | {"recorded_at": wire_instant(instant_of(record["recorded_at"]))}
