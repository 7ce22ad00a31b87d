"""Merging: three phones and a bad network, against a slow reference and against one sentence about texts."""

from random import Random
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from server.merging import rules
from server.merging.rules import merge
from tests.rules.devices import edit, story
from tests.rules.worlds import FIELDS, RECORDS, World
from tests.tried import size, tell

STORIES = size(2_000, 20_000)


def test_thousands_of_histories_merge_as_the_contract_says_and_converge() -> None:
    for seed in range(STORIES):
        world = World(seed)
        random = world.air.random

        world.run(story(world.air, random.choice([10, 30, 80]), FIELDS))
        revision = world.store.revision
        repeats = world.run(world.air.straggle())

        assert world.has_converged(), seed
        assert all(result["outcome"] == "replayed" for answer in repeats for result in answer["results"])
        assert world.store.revision == revision
    tell(f"B2 three phones: {STORIES} histories tried, 0 lost, 0 that did not converge")


def _sees_everything(kind: Any, state: Any, change: Any, revision: int) -> Any:
    return merge(kind, state, change._replace(base_revision=2**53), revision)


def _deletes_at_once(kind: Any, state: Any, change: Any, revision: int) -> Any:
    return (merge if change.patch else _sees_everything)(kind, state, change, revision)


def _has_no_clock(kind: Any, state: Any, change: Any, revision: int) -> Any:
    return merge(kind, state, change._replace(edited_at=0), revision)


@pytest.mark.parametrize("mutant", [_sees_everything, _deletes_at_once], ids=["last writer wins", "deletion wins"])
def test_a_server_that_swallows_what_somebody_wrote_is_found_out_by_the_ledger_alone(mutant: Any) -> None:
    worlds = [World(seed, mutant, is_compared=False) for seed in range(20)]

    assert sum(_goes_wrong(world) for world in worlds) > 10


def test_a_server_that_forgets_who_was_later_is_found_out_by_the_reference() -> None:
    worlds = [World(seed, _has_no_clock) for seed in range(20)]

    assert sum(_goes_wrong(world) for world in worlds) > 10


def test_a_server_that_opens_a_changed_note_is_found_out_by_the_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "_is_crossed", lambda kind, state, change: False)
    worlds = [World(seed) for seed in range(20)]

    assert sum(_goes_wrong(world) for world in worlds) > 10


def _goes_wrong(world: World) -> bool:
    try:
        world.run(story(world.air, 60, FIELDS))
    except AssertionError:
        return True
    return False


class Phones(RuleBasedStateMachine):
    """The same, one step at a time, so that hypothesis finds the shortest history that goes wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World(0)

    @rule(phone=st.integers(0, 2), record=st.sampled_from(RECORDS), seed=st.integers(0, 2**16))
    def write(self, phone: int, record: str, seed: int) -> None:
        self.world.air.phones[phone].write(record, edit(Random(seed), FIELDS), self.world.air.now)

    @rule(phone=st.integers(0, 2), record=st.sampled_from(RECORDS))
    def erase(self, phone: int, record: str) -> None:
        self.world.air.phones[phone].write(record, None, self.world.air.now)

    @rule(phone=st.integers(0, 2), fate=st.sampled_from(["well", "lost", "unanswered", "doubled", "late"]))
    def send(self, phone: int, fate: str) -> None:
        self.world.run(self.world.air.send(self.world.air.phones[phone], fate))

    @rule(is_heard=st.booleans())
    def arrive(self, is_heard: bool) -> None:
        self.world.run(self.world.air.arrive(is_heard))

    @rule(span=st.sampled_from([1, 60_000, 3_600_000, 90_000_000]))
    def wait(self, span: int) -> None:
        self.world.air.now += span

    @invariant()
    def nothing_is_shown_that_was_lost(self) -> None:
        for name in self.world.store.states:
            self.world.ledger.check(self.world.store.shown(name))

    def teardown(self) -> None:
        self.world.run(self.world.air.settle())
        assert self.world.has_converged()


TestPhones = Phones.TestCase
TestPhones.settings = settings(max_examples=size(300, 5_000), stateful_step_count=40)
