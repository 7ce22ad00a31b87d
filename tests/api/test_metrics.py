"""The figures for an operator: requests, what phones sent, reads, commits."""

import asyncio
from typing import Any, get_args

import pytest
from starlette.applications import Starlette

from server.base.ids import uuid7
from server.base.settings import Settings
from server.merging.rules import Outcome
from server.records import service as records
from tests.api.scrape import look
from tests.canary import found_in, marker
from tests.people import Person


async def test_a_request_is_counted_by_its_route_and_never_by_its_path(app: Starlette, patient: Person) -> None:
    record = await patient.keep(mood=4)
    before = await look(app)

    await patient.get(f"/api/records/{record['id']}/history")
    await patient.get(f"/api/records/{uuid7()}/history")
    await patient.get(f"/api/{marker('a path')}")
    await patient.request(marker("a method"), "/api/account")

    after = await look(app)
    route = {"method": "GET", "route": "/api/records/{record_id}/history"}
    assert after.since(before, "request_seconds_count", **route, status="2xx") == 1
    assert after.since(before, "request_seconds_count", **route, status="4xx") == 1
    assert after.since(before, "request_seconds_count", method="GET", route="none", status="4xx") == 1
    assert "a path" not in found_in(after.text.encode(), {"a path": marker("a path")})
    assert record["id"] not in after.text
    assert marker("a method") not in after.text.lower()


async def test_time_is_told_in_seconds(app: Starlette, patient: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = {"method": "GET", "route": "/api/check-ins", "status": "2xx"}
    page = records.page

    async def late(*arguments: Any) -> Any:
        await asyncio.sleep(0.06)
        return await page(*arguments)

    before = await look(app)
    monkeypatch.setattr(records, "page", late)

    await patient.get("/api/check-ins")

    after = await look(app)
    assert after.since(before, "request_seconds_bucket", le="0.05", **slow) == 0
    assert after.since(before, "request_seconds_bucket", le="10.0", **slow) == 1
    assert 0.06 <= after.since(before, "request_seconds_sum", **slow) < 10


async def test_a_fault_of_ours_is_counted_and_a_refusal_is_not(
    app: Starlette, patient: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: Any) -> None:
        raise RuntimeError

    before = await look(app)
    await patient.get("/api/check-ins", params={"from": "yesterday"})
    refused = await look(app)
    monkeypatch.setattr(records, "page", broken)

    await patient.get("/api/check-ins")

    after = await look(app)
    assert refused.since(before, "request_faults_total") == 0
    assert after.since(refused, "request_faults_total") == 1


async def test_only_the_look_itself_is_in_flight_when_all_is_quiet(app: Starlette, patient: Person) -> None:
    figures = await look(app)

    assert figures.value("requests_in_flight") == 1
    assert figures.value("verbs_in_hand") == 0


async def test_what_became_of_changes_is_counted(app: Starlette, patient: Person) -> None:
    before = await look(app)

    first = patient.change(mood=4, note="one")
    [result] = (await patient.sync(first))["results"]
    record = {"record_id": first["record_id"], "base": result["record"]["revision"]}
    await patient.sync(first, patient.change(**record, mood=5), patient.change(mood=11))
    await patient.sync(patient.change(**record, anxiety=2))

    after = await look(app)
    counted = {outcome: after.since(before, "sync_changes_total", outcome=outcome) for outcome in get_args(Outcome)}
    assert counted == {"stored": 2, "merged": 1, "replayed": 1, "refused": 1}


async def test_changes_that_were_not_taken_are_not_counted(app: Starlette, patient: Person) -> None:
    before = await look(app)

    body = {"history": uuid7(), "changes": [patient.change(mood=4)]}
    answer = await patient.post("/api/sync", json=body)

    after = await look(app)
    assert answer.status_code == 409
    assert all(after.since(before, "sync_changes_total", outcome=each) == 0 for each in get_args(Outcome))


async def test_reads_tell_how_many_records_they_opened_and_how_long_that_took(app: Starlette, patient: Person) -> None:
    await patient.sync(*(patient.change(mood=mood) for mood in range(7)))
    before = await look(app)

    await patient.get("/api/check-ins")
    listed = await look(app)
    await patient.get("/api/summary")

    after = await look(app)
    assert listed.since(before, "sealed_read_records_total") == 7
    assert listed.since(before, "sealed_read_seconds_count") == 1
    assert 0 < listed.since(before, "sealed_read_seconds_sum") < 5
    assert after.since(listed, "sealed_read_records_total") == 7


async def test_commits_are_counted_where_this_program_makes_them(
    app: Starlette, patient: Person, settings: Settings
) -> None:
    before = await look(app)

    await asyncio.gather(*(patient.sync(patient.change(mood=each)) for each in range(8)))

    after = await look(app)
    verbs, commits = (after.since(before, f"commit_verbs_{what}") for what in ("sum", "count"))
    assert commits == after.since(before, "commit_seconds_count")
    assert (verbs >= 8 and 1 <= commits <= verbs) if settings.is_sqlite else verbs == 0
