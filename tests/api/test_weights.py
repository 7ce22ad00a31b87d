"""Weights: how much one record, one batch and one page may carry, and that nothing is lost or passed over by it."""

import asyncio
import json
from contextvars import Context
from typing import Any

import pytest
from msgspec import inspect

from server.base.ids import uuid7
from server.database import service as database
from server.merging import service as merging
from server.merging.rules import MOST_VERSIONS
from server.records import envelope, service
from server.records.desk import MOST_AT_ONCE, MOST_BYTES, MOST_CARRIED
from tests.people import Clock, Person

WIDEST = "\x01"  # six bytes of JSON, more than any other character

# What a rule says, beyond the type.
FULLEST: dict[str, Any] = {
    "zone": "America/Argentina/ComodRivadavia",
    "own": {WIDEST * 59 + "1": 10, WIDEST * 59 + "2": 10},
    "agreed": [WIDEST * 1_000] * 50,
}


def fullest(hint: inspect.Type, given: dict[str, Any], name: str = "") -> Any:
    """The longest value that a field may have; some are `given`."""
    match hint:
        case _ if name in given:
            return given[name]
        case inspect.Metadata(type=inner):
            return fullest(inner, given, name)
        case inspect.UnionType(types=types):
            [one] = [each for each in types if not isinstance(each, inspect.NoneType)]
            return fullest(one, given, name)
        case inspect.StructType(fields=fields):
            return {each.encode_name: fullest(each.type, given, each.encode_name) for each in fields}
        case inspect.ListType(item_type=inspect.LiteralType(values=values)):
            return list(values)
        case inspect.ListType(max_length=int(most)):
            return [WIDEST * 200] * most
        case inspect.LiteralType(values=values):
            return max(values, key=len)
        case inspect.StrType(pattern=None, max_length=int(most)):
            return WIDEST * most
        case inspect.StrType(pattern=str()):
            return uuid7()
        case inspect.IntType(ge=int(least)):
            return hint.le or least
        case inspect.FloatType(le=int(most) | float(most)):
            return most - 0.123456789
        case inspect.BoolType():
            return False
        case inspect.DateType():
            return "2026-11-20"
        case inspect.DateTimeType():
            return "2026-11-20T09:00:00.000Z"
    raise AssertionError(f"{name} has no bound: {hint}")


async def test_the_fullest_record_of_any_kind_fits_and_so_does_its_repeat(patient: Person) -> None:
    form = (await patient.get("/api/instruments/pcl-5")).json()
    answers = {item["id"]: item["options"][-1]["value"] for item in form["items"]}
    given = {**FULLEST, "answers": answers, "instrument": form["id"], "instrument_version": form["version"]}
    own = (await patient.get("/api/account")).json()["id"]

    for kind in merging.known_kinds.values():
        values = fullest(inspect.type_info(kind.values), given)
        change = patient.change(kind.name, own if kind.is_single else uuid7(), 1, **values) | {"base_revision": 0}
        results = [(await patient.sync(change))["results"][0] for _ in range(2)]

        assert [result["outcome"] for result in results] == ["stored", "replayed"], (kind.name, results)
        assert len(json.dumps(results[0]["record"], ensure_ascii=False).encode()) <= MOST_BYTES


async def test_lines_that_are_too_much_together_are_named(patient: Person) -> None:
    own = (await patient.get("/api/account")).json()["id"]
    plan = patient.change("safety_plan", own, 1, people=["x" * 2_000] * 6) | {"base_revision": 0}
    meeting = patient.change("meeting", agreed=["x" * 2_000] * 26)

    results = (await patient.sync(plan, meeting))["results"]

    assert [each["errors"] for each in results] == [
        [{"pointer": "/patch/people", "detail": "holds more than 10,000 characters in all its lines"}],
        [{"pointer": "/patch/agreed", "detail": "holds more than 50,000 characters in all its lines"}],
    ]


@pytest.fixture
async def heavy(patient: Person, clock: Clock) -> dict[str, Any]:
    """A record whose texts, of full length, were written again and again by phones that knew of none before."""
    record = await patient.keep(note="😀" * 20_000, keep="😀" * 20_000)
    for number in range(MOST_VERSIONS):
        clock.move(minutes=1)
        change = patient.change(record_id=record["id"], note=f"{number}" + "😀" * 19_999, keep=f"{number}")
        [result] = (await patient.sync(change))["results"]
        if result["outcome"] == "refused":
            return record
        record = result["record"]
    raise AssertionError("it grew without end")


async def halved(patient: Person, since: int, changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What a phone is answered that sends half where all is too much, and then the rest; too much changes nothing."""
    before = (await patient.sync(since=since))["revision"]
    answer = await patient.post("/api/sync", json={"since": since, "changes": changes})
    assert len(answer.content) < MOST_CARRIED + 3 * MOST_BYTES
    if answer.status_code == 200:
        return [answer.json()]
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")
    assert len(changes) > 1
    assert (await patient.sync(since=since))["revision"] == before
    half = len(changes) // 2
    return [each for part in (changes[:half], changes[half:]) for each in await halved(patient, since, part)]


async def test_a_record_grows_only_so_large_and_one_text_saved_lets_it_go_on(
    patient: Person, heavy: dict[str, Any]
) -> None:
    before = (await patient.sync())["records"]
    save = patient.change(record_id=heavy["id"], base=heavy["revision"], note="the one I mean", keep="this too")
    more = patient.change(record_id=heavy["id"], note="😀" * 20_000)

    results = [(await patient.sync(each))["results"][0] for each in (save, more)]

    assert before == [heavy]
    assert MOST_BYTES / 2 < len(json.dumps(heavy, ensure_ascii=False).encode()) <= MOST_BYTES
    assert [result["outcome"] for result in results] == ["stored", "merged"]
    assert results[0]["record"]["alternatives"] == {}


async def test_one_record_is_changed_only_so_often_in_a_batch(patient: Person) -> None:
    record = await patient.keep(mood=1)
    edits = [patient.change(record_id=record["id"], mood=number % 11) for number in range(MOST_AT_ONCE + 10)]

    answers = await halved(patient, record["revision"], edits)

    assert [len(answer["results"]) for answer in answers] == [15, 15]
    assert {result["outcome"] for answer in answers for result in answer["results"]} == {"merged"}


async def test_a_batch_that_is_too_much_changes_nothing_and_its_parts_are_taken_without_a_refusal(
    patient: Person, heavy: dict[str, Any]
) -> None:
    known = patient.change(record_id=heavy["id"], base=heavy["revision"], mood=1)
    since = (await patient.sync(known, since=heavy["revision"]))["revision"]
    edits = [patient.change(record_id=heavy["id"], base=heavy["revision"], mood=n % 11) for n in range(MOST_AT_ONCE)]

    repeated = await halved(patient, since, [known] * 30)
    edited = await halved(patient, since, [*edits, known])

    for answers, total in ((repeated, 30), (edited, MOST_AT_ONCE + 1)):
        assert len(answers) > 1
        assert sum(len(answer["results"]) for answer in answers) == total
    assert {result["outcome"] for answer in repeated for result in answer["results"]} == {"replayed"}
    assert {result["outcome"] for answer in edited for result in answer["results"]} == {"merged", "replayed"}
    assert [each["outcome"] for each in (await patient.sync(known, edits[-1]))["results"]] == ["replayed"] * 2


async def test_a_page_is_cut_by_its_bytes_too_and_the_next_goes_on(
    patient: Person, heavy: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    light = await patient.keep(mood=1)
    monkeypatch.setattr(envelope, "MOST_ON_A_PAGE", 1_500)
    path = f"/api/records/{heavy['id']}/history"

    first = await patient.sync(since=0)
    second = await patient.sync(since=first["revision"])
    found, page = [], (await patient.get(path)).json()
    while page["next"] is not None:
        found += page["items"]
        page = (await patient.get(path, params={"cursor": page["next"]})).json()
    found += page["items"]
    newest = (await patient.get("/api/check-ins")).json()
    older = (await patient.get("/api/check-ins", params={"cursor": newest["next"]})).json()

    assert (first["records"], first["more"]) == ([heavy], True)
    assert (second["records"], second["more"]) == ([light], False)
    assert found[0] == heavy
    assert [each["revision"] for each in found] == list(range(heavy["revision"], 0, -1))
    assert [len(each["items"]) for each in (newest, older)] == [1, 1]
    assert older["next"] is None
    assert (await patient.get(path, params={"cursor": "x"})).status_code == 422


async def test_records_that_are_too_much_to_be_read_at_once_are_read_in_parts(
    patient: Person, heavy: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    light = await patient.keep(mood=1)
    monkeypatch.setattr(envelope, "MOST_ON_A_PAGE", 1_500)
    edits = [patient.change(record_id=each["id"], base=each["revision"], mood=2) for each in (heavy, light)]

    answers = await halved(patient, light["revision"], [*edits, *(patient.change(mood=3) for _ in range(20))])

    assert [len(answer["results"]) for answer in answers] == [11, 11]
    assert {result["outcome"] for answer in answers for result in answer["results"]} == {"stored"}


async def test_what_is_written_while_a_page_is_read_pushes_nothing_off_it(
    patient: Person, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = [(await patient.keep(mood=number))["id"] for number in range(3)]
    fetch, overtaken_by = database.fetch, list[dict[str, Any]]()

    async def overtaken(sql: str, *values: Any) -> Any:
        rows = await fetch(sql, *values)
        if "length(sealed)" in sql and not database.is_sqlite():
            monkeypatch.setattr(database, "fetch", fetch)
            clock.move(minutes=1)
            overtaken_by.append(await asyncio.create_task(patient.keep(mood=9), context=Context()))
        return rows

    monkeypatch.setattr(database, "fetch", overtaken)
    monkeypatch.setattr(service, "_HELD", 0)  # so that it is looked up first how many one page carries
    first = (await patient.get("/api/check-ins", params={"limit": 2})).json()
    second = (await patient.get("/api/check-ins", params={"limit": 2, "cursor": first["next"]})).json()

    assert database.is_sqlite() or overtaken_by
    seen = [each["id"] for each in first["items"] + second["items"]]
    assert seen == [*(each["id"] for each in overtaken_by), *wanted[::-1]]
