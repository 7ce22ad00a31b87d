"""Sync: every fault of a change or an envelope is named, and changes nothing."""

import pytest

from tests.people import Clock, Person


@pytest.mark.parametrize(
    ("fault", "pointer"),
    [
        ({"kind": "poem"}, "/kind"),
        ({"base_revision": 7}, "/base_revision"),
        ({"patch": None}, "/patch"),
        ({"edited_at": "yesterday"}, "/edited_at"),
        ({"edited_at": "0001-01-01T00:00:00+05:00"}, "/edited_at"),
        ({"record_id": "1"}, "/record_id"),
        ({"delete": True}, "/delete"),
        ({"surprise": 1}, "/surprise"),
        ({"patch": {"occurred_at": "2090-01-01T00:00:00Z", "zone": "Europe/Berlin"}}, "/patch/occurred_at"),
        ({"patch": {"occurred_at": "2026-02-31T00:00:00Z", "zone": "Europe/Berlin"}}, "/patch/occurred_at"),
        ({"patch": {"occurred_at": "2026-11-01T00:00:00Z", "zone": "Europe/Atlantis"}}, "/patch/zone"),
        ({"patch": {"occurred_at": "2026-11-01T00:00:00Z"}}, "/patch/zone"),
        ({"patch": {"occurred_at": "2026-11-01T00:00:00Z", "zone": "UTC", "note": "a\0b"}}, "/patch/note"),
        ({"patch": {"occurred_at": "2026-11-01T00:00:00Z", "zone": "UTC", "note": "\ud800"}}, "/patch/note"),
        ({"patch": {"occurred_at": "2026-11-01T00:00:00Z", "zone": "UTC", "mood": 10**400}}, "/patch/mood"),
        ({"patch": {"occurred_at": "2026-11-01T00:00:00Z", "zone": "UTC", "note": "x" * 20_001}}, "/patch/note"),
    ],
)
async def test_each_fault_of_a_change_is_named(patient: Person, fault: dict[str, object], pointer: str) -> None:
    change = patient.change(mood=5) | fault

    answer = await patient.sync(change)

    assert answer["results"][0]["outcome"] == "refused"
    assert pointer in {error["pointer"] for error in answer["results"][0]["errors"]}
    assert answer["records"] == []


async def test_a_clock_far_ahead_counts_as_now(patient: Person, clock: Clock) -> None:
    change = patient.change(mood=5) | {"edited_at": "2090-01-01T00:00:00.000Z"}

    record = (await patient.sync(change))["results"][0]["record"]

    assert record["edited_at"] == record["recorded_at"] == clock.wire()


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"{", 400),
        (b'{"since": NaN}', 400),
        (b'{"since": 1, "since": 2}', 400),
        (b"[" * 100_000, 400),
        (b'{"a": ' * 10_000 + b"1" + b"}" * 10_000, 400),
        (b'{"since": ' + b"9" * 5_000 + b"}", 400),
        (b'{"since": 99999999999999999999}', 422),
        (b"[]", 422),
        (b'{"changes": [1]}', 422),
        (b'{"changes": [{}]}', 422),
        (b'{"changes": {}}', 422),
        (b'{"nonsense": 1}', 422),
        (b'{"since": -1}', 422),
        (b'{"limit": 501}', 422),
        (b'{"history": "\\ud800"}', 422),
        (b'"' + b"x" * (2 * 1024 * 1024) + b'"', 413),
    ],
)
async def test_a_faulty_envelope_is_a_problem_and_changes_nothing(patient: Person, raw: bytes, status: int) -> None:
    answer = await patient.post("/api/sync", content=raw, headers={"content-type": "application/json"})

    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert (await patient.sync())["records"] == []


async def test_501_changes_are_too_many(patient: Person) -> None:
    changes = [patient.change(mood=1) for _ in range(501)]

    answer = await patient.post("/api/sync", json={"changes": changes})

    assert answer.status_code == 413
