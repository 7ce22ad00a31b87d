"""New records are taken in without a look at what is there; whoever sends them must not be able to tell."""

from random import Random
from typing import Any

import pytest

from server.base.ids import uuid7
from server.records import shelf, sync
from tests.people import Clock, Person

Body = dict[str, Any]


class Phones:
    """Makes the bodies that phones of one patient send: most follow on what is there, some repeat, lag or are wrong."""

    def __init__(self, random: Random, clock: Clock) -> None:
        self.random, self.clock = random, clock
        self.sent: list[Body] = []
        self.records: list[str] = []
        self.revision = 0

    def body(self) -> Body:
        """The next body."""
        turn = self.random.random()
        if self.sent and turn < 0.15:
            return self.random.choice(self.sent)
        changes = [self._change() for _ in range(self.random.choice((1, 1, 1, 2, 5)))]
        since = self.revision if turn < 0.85 else self.random.randrange(self.revision + 3)
        self.sent.append({"since": since, "limit": self.random.choice((500, 500, 500, 2)), "changes": changes})
        return self.sent[-1]

    def _change(self) -> Body:
        change = {
            "id": uuid7(), "kind": "check_in", "record_id": uuid7(), "base_revision": 0, "edited_at": self.clock.wire(),
            "patch": {"occurred_at": self.clock.wire(), "zone": "Europe/Berlin", "note": uuid7(), "own": {"calm": 3}},
        }  # fmt: skip
        known = [each["id"] for body in self.sent for each in body["changes"]]
        if self.records and self.random.random() < 0.15:
            change["record_id"] = self.random.choice(self.records[-9:])
            change["base_revision"] = self.random.choice((0, 0, 1, self.revision))
        is_repeat = bool(known) and self.random.random() < 0.1
        if is_repeat:
            change["id"] = self.random.choice(known)
        if self.random.random() < (0.5 if is_repeat else 0.1):
            change["patch"]["mood"] = 11
        elif self.random.random() < 0.05:
            del change["patch"]
            change["delete"] = True
        self.records.append(change["record_id"])
        return change


async def test_the_answers_are_the_same_as_where_everything_is_looked_up(
    patient: Person, stranger: Person, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    phones = Phones(Random(11), clock)
    seems_new, taken = sync._seems_new, []

    def noted(patient_id: str, *told: Any) -> bool:
        taken.append(patient_id == patient.id and seems_new(patient_id, *told))
        return taken[-1]

    monkeypatch.setattr(sync, "_seems_new", noted)
    for _ in range(150):
        body = phones.body()
        quick, slow = [(await each.post("/api/sync", json=body)).json() for each in (patient, stranger)]
        assert quick == slow
        phones.revision = max(phones.revision, *(each["record"]["revision"] for each in quick["results"]
                                                 if "record" in each), 0)  # fmt: skip
        clock.move(seconds=1)

    for name in set(phones.records):
        quick, slow = [(await each.get(f"/api/records/{name}/history")).json() for each in (patient, stranger)]
        assert quick == slow
    pulled = [(await each.post("/api/sync", json={"since": 0, "limit": 500})).json() for each in (patient, stranger)]
    assert pulled[0] == pulled[1]
    assert 75 < sum(taken) < 150


async def test_a_head_that_moved_elsewhere_is_noticed(patient: Person) -> None:
    first = await patient.sync(patient.change(mood=1))
    sync._heads[patient.id] = 0  # as it is in a process that did not see it

    second = await patient.sync(patient.change(mood=2), since=0)

    assert second["results"][0]["outcome"] == "stored"
    assert [record["revision"] for record in second["records"]] == [1, 2]
    assert second["records"][0] == first["records"][0]


async def test_a_phone_that_claims_to_know_more_than_there_is_gets_no_gap(patient: Person) -> None:
    await patient.sync(patient.change(mood=1))
    sync._heads.clear()

    ahead = await patient.sync(patient.change(mood=2), since=7)

    assert ahead["results"][0]["record"]["revision"] == 2


async def test_new_records_cost_one_statement(patient: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    await patient.keep(mood=1)
    monkeypatch.setattr(shelf, "look", None)
    monkeypatch.setattr(shelf, "lock", None)

    answer = await patient.sync(*(patient.change(mood=mood) for mood in range(3)), since=1)

    assert [result["outcome"] for result in answer["results"]] == ["stored"] * 3
    assert answer["revision"] == 4


async def test_a_stored_batch_that_comes_again_is_not_made_again(
    patient: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = [patient.change(mood=mood) for mood in range(3)]
    first = await patient.sync(*changes)
    monkeypatch.setattr(shelf, "put", None)

    again = await patient.sync(*changes)

    assert [result["outcome"] for result in again["results"]] == ["replayed"] * 3
    assert again["records"] == first["records"]


async def test_many_patients_are_kept_in_mind_but_not_all(patient: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sync, "_KEPT", 3)
    sync._heads.update({uuid7(): 1 for _ in range(3)})

    await patient.keep(mood=1)

    assert len(sync._heads) == 3
    assert sync._heads[patient.id] == 1
