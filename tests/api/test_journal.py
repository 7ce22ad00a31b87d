"""Reading check-ins and treatment sessions back: newest first, by local days, page by page."""

from typing import Any

import pytest

from server.base.ids import uuid7
from tests.people import Cast, Clock, Person

KINDS = [("check_in", "/api/check-ins", "occurred_at"), ("treatment_session", "/api/treatment-sessions", "starts_at")]
of_both_kinds = pytest.mark.parametrize(("kind", "url", "anchor"), KINDS)


async def ids(person: Person, url: str, **query: Any) -> list[str]:
    answer = await person.get(url, params=query)
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json()["items"]]


@of_both_kinds
async def test_records_come_newest_first_as_the_sync_shows_them(
    patient: Person, kind: str, url: str, anchor: str
) -> None:
    middle = await patient.keep(kind, **{anchor: "2026-11-10T09:00:00.000Z"})
    newest = await patient.keep(kind, **{anchor: "2026-11-20T09:00:00.000Z"})
    oldest = await patient.keep(kind, **{anchor: "2026-11-01T09:00:00.000Z"})

    answer = await patient.get(url)

    assert answer.json() == {"items": [newest, middle, oldest], "next": None}


@of_both_kinds
async def test_a_deleted_record_is_not_read(patient: Person, kind: str, url: str, anchor: str) -> None:
    record = await patient.keep(kind)
    change = {**patient.change(kind, record_id=record["id"], base=record["revision"]), "delete": True}
    del change["patch"]
    await patient.sync(change)

    assert await ids(patient, url) == []


@of_both_kinds
async def test_one_kind_is_not_read_as_the_other(patient: Person, kind: str, url: str, anchor: str) -> None:
    for other, _, _ in KINDS:
        await patient.keep(other)

    items = (await patient.get(url)).json()["items"]

    assert [item["kind"] for item in items] == [kind]


@of_both_kinds
async def test_a_period_takes_local_days_with_both_ends(patient: Person, kind: str, url: str, anchor: str) -> None:
    kept = [
        (await patient.keep(kind, **{anchor: instant, "zone": zone}))["id"]
        for instant, zone in (
            ("2026-11-10T02:59:59.000Z", "Europe/Berlin"),  # 03:59, still the 9th where days turn at four
            ("2026-11-10T03:00:00.000Z", "Europe/Berlin"),
            ("2026-11-12T02:59:00.000Z", "Europe/Berlin"),
            ("2026-11-12T03:30:00.000Z", "America/New_York"),  # 22:30 on the 11th
            ("2026-11-12T03:31:00.000Z", "Europe/Berlin"),
        )
    ]

    assert await ids(patient, url, **{"from": "2026-11-10", "to": "2026-11-11"}) == [kept[3], kept[2], kept[1]]
    assert await ids(patient, url, to="2026-11-09") == [kept[0]]
    assert await ids(patient, url, **{"from": "2026-11-12"}) == [kept[4]]


@of_both_kinds
async def test_pages_follow_each_other_without_gap_or_repeat(patient: Person, kind: str, url: str, anchor: str) -> None:
    at_once = {anchor: "2026-11-15T09:00:00.000Z"}
    await patient.sync(*(patient.change(kind, **at_once) for _ in range(7)))
    whole = await ids(patient, url)

    paged, query = [], {"limit": "3"}
    while True:
        page = (await patient.get(url, params=query)).json()
        paged.append([item["id"] for item in page["items"]])
        if page["next"] is None:
            break
        query["cursor"] = page["next"]

    assert [len(each) for each in paged] == [3, 3, 1]
    assert [name for each in paged for name in each] == whole


@of_both_kinds
@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"limit": "0"}, "/limit"),
        ({"limit": "501"}, "/limit"),
        ({"limit": "many"}, "/limit"),
        ({"from": "2026-02-31"}, "/from"),
        ({"to": "yesterday"}, "/to"),
        ({"from": "2026-11-02", "to": "2026-11-01"}, "/from"),
    ],
)
async def test_a_wrong_query_is_named(
    patient: Person, kind: str, url: str, anchor: str, query: dict[str, str], pointer: str
) -> None:
    answer = await patient.get(url, params=query)

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


@of_both_kinds
async def test_nobody_else_reads_them(
    cast: Cast, patient: Person, stranger: Person, nobody: Person, kind: str, url: str, anchor: str
) -> None:
    await patient.keep(kind)
    therapist = await cast.join("therapist", "Dr. Adler")

    assert await ids(stranger, url) == []
    assert (await nobody.get(url)).status_code == 401
    assert (await therapist.get(url)).json()["type"] == "/problems/wrong-role"


async def test_every_field_of_a_check_in_comes_back_as_it_was_sent(patient: Person, clock: Clock) -> None:
    values = {
        "occurred_at": clock.wire(hours=-2),
        "zone": "America/New_York",
        "mood": 0,
        "anxiety": 10,
        "dissociation": 7,
        "dissociation_tone": "mixed",
        "dissociation_kinds": ["numb"],
        "away_from": clock.wire(hours=-3),
        "away_to": clock.wire(hours=-2),
        "in_danger": True,
        "before_it": "a call",
        "what_helped": "walking",
        "memory_gaps": "a_lot",
        "sleep_hours": 6.5,
        "rested": 3,
        "side_effects": {"nausea": "mild", "other": "none"},
        "own": {"pain": 4, "panic": 0},
        "compared": "same",
        "keep": "the sea",
        "note": "Zwölf Möwen\n🕊",
        "audience": "both",
        "bring": True,
        "session_id": uuid7(),
        "point": "t+2h",
    }

    await patient.keep(**values)

    assert (await patient.get("/api/check-ins")).json()["items"][0]["values"] == values


async def test_every_field_of_a_session_comes_back_as_it_was_sent(patient: Person, clock: Clock) -> None:
    values = {
        "starts_at": clock.wire(hours=-30),
        "zone": "Europe/Berlin",
        "status": "stopped_early",
        "course_id": uuid7(),
        "drug": "ketamine",
        "route": "iv",
        "dose_mg": 42.5,
        "setting": "clinic",
        "phase": "maintenance",
        "ride_home": False,
        "audience": "prescriber",
        "vitals": {"systolic": 130, "diastolic": 85, "heart_rate": 77},
        "intention": "to look",
        "reflection_24h": "bright",
        "reflection_7d": "calmer",
    }

    await patient.keep("treatment_session", **values)

    assert (await patient.get("/api/treatment-sessions")).json()["items"][0]["values"] == values


async def test_a_planned_session_is_moved_by_its_start_alone(patient: Person, clock: Clock) -> None:
    record = await patient.keep("treatment_session", status="planned", starts_at=clock.wire(days=7))
    move = patient.change("treatment_session", record["id"], base=record["revision"], starts_at=clock.wire(days=9))

    (result,) = (await patient.sync(move))["results"]

    assert (result["outcome"], result["record"]["values"]["starts_at"]) == ("stored", clock.wire(days=9))
