"""Bounds: no question, however crooked, gets an answer or a cost out of all proportion."""

import json
from typing import Any

from server.accounts import service as accounts
from server.merging.rules import MOST_VERSIONS
from server.vault import service as vault
from tests.people import PASSWORD, Cast, Clock, Person

JSON = {"content-type": "application/json"}


async def test_a_refusal_is_never_much_longer_than_what_it_refuses(nobody: Person) -> None:
    deep = b'{"' + "😀".encode() * 64 + b'":'
    raw = deep * 31 + b"[" + b",".join([b"[]"] * 20_000) + b"]" + b"}" * 31

    answer = await nobody.post("/api/sign-ins", content=raw, headers=JSON)

    assert answer.status_code == 422
    assert len(answer.content) < 20_000


async def test_a_thousand_unknown_fields_are_named_by_the_first_few(nobody: Person) -> None:
    answer = await nobody.post("/api/sign-ins", json={f"field{number}": 1 for number in range(1000)})

    assert answer.status_code == 422
    assert len(answer.json()["errors"]) < 50


async def test_changes_that_are_no_list_are_refused_whatever_stands_in_them(patient: Person) -> None:
    answer = await patient.post("/api/sync", content=rb'{"changes":{"x":{"y":"\u0000"}}}', headers=JSON)

    assert answer.status_code == 422


async def test_every_change_with_a_fault_is_refused_however_many_there_are(patient: Person) -> None:
    answer = await patient.sync(*(patient.change(note="a\0b") for _ in range(40)))

    assert {result["outcome"] for result in answer["results"]} == {"refused"}
    assert answer["records"] == []


async def test_a_text_has_only_so_many_versions_beside_it_and_none_is_lost(patient: Person) -> None:
    record = await patient.keep(note="first")
    edits = [patient.change(record_id=record["id"], note=f"version {number}") for number in range(MOST_VERSIONS + 3)]

    outcomes = [(await patient.sync(edit))["results"][0]["outcome"] for edit in edits]
    shown = (await patient.sync())["records"][0]

    assert outcomes == ["merged"] * MOST_VERSIONS + ["refused"] * 3
    assert len(shown["alternatives"]["note"]) == MOST_VERSIONS


async def test_a_record_has_only_so_many_fields_and_a_key_that_is_emptied_is_one(patient: Person) -> None:
    record = await patient.keep(own={f"scale {number}": None for number in range(900)})
    more = patient.change(record_id=record["id"], base=record["revision"], own={f"more {n}": None for n in range(900)})
    many = patient.change(own={f"scale {number}": None for number in range(1_001)})

    results = (await patient.sync(more, many))["results"]

    assert [result["outcome"] for result in results] == ["refused", "refused"]
    assert (await patient.sync(since=0))["records"] == [record]


async def test_a_key_that_is_emptied_is_checked_like_one_that_is_filled(patient: Person) -> None:
    record = await patient.keep(mood=1)
    patches: list[dict[str, Any]] = [
        {"own": {"x" * 900_000: None}}, {"side_effects": {"joy": None}}, {"own": {"hope": None}},
    ]  # fmt: skip
    changes = [patient.change(record_id=record["id"], base=record["revision"], **patch) for patch in patches]

    results = (await patient.sync(*changes))["results"]

    assert [result["outcome"] for result in results] == ["refused", "refused", "stored"]
    assert results[0]["errors"][0]["detail"] == "is longer than 64 characters"
    assert results[1]["errors"] == [
        {"pointer": "/patch/side_effects/joy", "detail": "is not a field that is known here"}
    ]


async def test_an_erasure_that_was_cut_short_is_finished_by_the_next_start(
    cast: Cast, patient: Person, clock: Clock
) -> None:
    await patient.keep(note="gone")
    await accounts._prepare_erasing(patient.id, clock())
    await vault.destroy_key(patient.id)
    other = await cast.nobody()
    signing_in = await other.post("/api/sign-ins", json={"email": patient.email, "password": PASSWORD})

    await accounts.finish_erasures()

    again = await other.post(
        "/api/accounts",
        json={
            "email": patient.email,
            "password": PASSWORD,
            "role": "patient",
            "name": "New",
            "zone": "UTC",
            "adult": True,
        },
    )
    assert signing_in.status_code == 401
    assert again.status_code == 201


async def test_an_old_sign_in_cannot_lock_its_owner_out_with_a_second_factor(patient: Person, clock: Clock) -> None:
    clock.move(minutes=6)

    answer = await patient.post("/api/factors/totp", json={})

    assert answer.status_code == 403
    assert answer.json()["type"] == "/problems/step-up-needed"


async def test_a_list_asked_for_again_and_again_leaves_one_line_an_hour(
    cast: Cast, patient: Person, therapist: Person, clock: Clock
) -> None:
    await cast.share(patient, therapist)

    for _ in range(20):
        await therapist.get("/api/shared")
    clock.move(minutes=29)
    await therapist.get("/api/shared")
    clock.move(minutes=29)
    await therapist.get("/api/shared")
    clock.move(minutes=5)
    await therapist.get("/api/shared")

    events = (await patient.get("/api/audit")).json()["items"]
    assert [event["act"] for event in events].count("list_viewed") == 2


async def test_who_may_not_know_of_sessions_cannot_find_their_day(
    cast: Cast, patient: Person, therapist: Person, clock: Clock
) -> None:
    for day in range(20, 0, -1):
        await patient.keep(mood=4, occurred_at=clock.wire(days=-day))
    await patient.keep("treatment_session", starts_at=clock.wire(days=-5, hours=-1))
    share = await cast.share(patient, therapist, scopes=["scales"])

    days = [f"2026-11-{day:02d}" for day in range(12, 23)]
    told = [(await therapist.get(share.summary_url, params={"from": day, "to": day})).json() for day in days]

    assert {json.dumps(summary["start"]) for summary in told} == {'{"mood": null, "days": 0, "source": "none"}'}
    seen = {summary["check_ins"]["count"]: summary["daily"] for summary in told}
    assert seen[0] == []
