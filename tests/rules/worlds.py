"""Servers in memory: the merge under test beside the reference, compared at every answer."""

from collections.abc import Generator
from datetime import datetime
from random import Random
from typing import Any, Literal
from uuid import UUID

from msgspec import UNSET, UnsetType

from server.base.bodies import Body
from server.merging.kinds import Kind
from server.merging.rules import Change, State, alternatives, clamped, merge
from tests.rules.devices import Air
from tests.rules.merge_reference import Ledger, Reference, Server, told

Rating = dict[str, int] | UnsetType | None
RECORDS = [str(UUID(int=number)) for number in (1, 2)]
FIELDS = ("mood", "compared", "note", "keep", "reasons", "side_effects", "own", "audience")


class Page(Body):
    """A record with every sort of field that merging knows."""

    occurred_at: datetime | UnsetType | None = UNSET
    zone: Literal["Europe/Berlin"] | UnsetType | None = UNSET
    mood: int | UnsetType | None = UNSET
    compared: Literal["harder", "same", "easier"] | UnsetType | None = UNSET
    note: str | UnsetType | None = UNSET
    keep: str | UnsetType | None = UNSET
    reasons: list[str] | UnsetType | None = UNSET
    side_effects: Rating = UNSET
    own: Rating = UNSET
    audience: Literal["me", "therapist", "prescriber", "both"] | UnsetType | None = UNSET


KIND = Kind("check_in", Page, ("occurred_at", "zone"), "occurred_at", lambda values, now: [])


class Store(Server):
    """A server in memory around the merge under test."""

    def __init__(self, merging: Any = merge) -> None:
        super().__init__()
        self.merging = merging
        self.states: dict[str, State] = {}

    def apply(self, change: dict[str, Any], now: int) -> str:
        edited_at = clamped(change["edited_at"], now)
        name = change["record_id"]
        meant = Change(change["id"], name, change["base_revision"], edited_at, change.get("patch"))
        merged = self.merging(KIND, self.states.get(name), meant, self.revision + 1)
        self.states[name] = merged.state
        self.revision += merged.is_changed
        return str(merged.outcome)

    def shown(self, record_id: str) -> dict[str, Any]:
        state = self.states[record_id]
        gone = state.deleted
        values, others = ({}, {}) if gone else (state.values, alternatives(state))
        return told(record_id, state.revision, gone, state.recorded_at, values, others)


class World:
    """The server under test beside the reference and the ledger: what arrives is compared at once."""

    def __init__(self, seed: int, merging: Any = merge, *, is_compared: bool = True) -> None:
        self.air = Air(Random(seed), RECORDS)
        self.store, self.reference, self.ledger = Store(merging), Reference(), Ledger()
        self.is_compared = is_compared

    def run(self, happening: Generator[Any, Any, None]) -> list[dict[str, Any]]:
        """Drives what happens to its end; answers the answers."""
        answers: list[dict[str, Any]] = []
        answer = None
        while True:
            try:
                request = happening.send(answer)
            except StopIteration:
                return answers
            answer = self.store.take(request, self.air.now)
            answers.append(answer)
            self.ledger.follow(request, answer)
            if self.is_compared:
                assert answer == self.reference.take(request, self.air.now)

    def has_converged(self) -> bool:
        """Whether every phone shows what the server shows."""
        there = {name: self.store.shown(name) for name in self.store.states}
        return all(phone.copies == there for phone in self.air.phones)
