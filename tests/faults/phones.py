"""Phones that write entries and keep book of what was acknowledged; and a judgement over what the server then holds."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import uuid4

from server.base.clock import system_clock, wire_instant
from server.base.ids import uuid7
from tests.faults.wire import Answer, Lost, Wire

PASSWORD = "harbour lantern quietly seven"


class Verdict(NamedTuple):
    """What became of the entries. An unknown one may be there or not; never twice."""

    tried: int
    acknowledged: int
    lost: int
    altered: int
    doubled: int

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.altered or self.doubled)

    def __str__(self) -> str:
        return f"{self.acknowledged} acknowledged, {self.lost} lost, {self.altered} altered, {self.doubled} doubled"


def sum_of(verdicts: Sequence[Verdict]) -> Verdict:
    """All of them together."""
    return Verdict(*map(sum, zip(*verdicts, strict=True)))


@dataclass
class Ledger:
    """What one patient sent, by record, and which of it the server said it has."""

    sent: dict[str, str] = field(default_factory=dict)
    acknowledged: set[str] = field(default_factory=set)

    def judge(self, notes: Mapping[str, str], revision: int) -> Verdict:
        """Against the notes that the server holds by record, and its count of what it took in, one for each record."""
        lost = sum(record not in notes for record in self.acknowledged)
        altered = sum(self.sent.get(record) != note for record, note in notes.items())
        doubled = revision - len(notes)
        return Verdict(len(self.sent), len(self.acknowledged), lost, altered, doubled)


class Phone:
    """One patient's phone. `ports` are the servers it may ask; the first that was right stays."""

    def __init__(self, *ports: int) -> None:
        self.wires = [Wire(port) for port in ports]
        self.ledger = Ledger()
        self.email = f"{uuid4().hex}@example.org"

    async def register(self) -> None:
        """Makes the account, at the first server, and is signed in at all."""
        body = {"email": self.email, "password": PASSWORD, "role": "patient", "name": "M. K."}
        answer = await self.wires[0].ask("POST", "/api/accounts", body | {"zone": "Europe/Berlin", "adult": True})
        assert answer.status == 201, answer.body
        for wire in self.wires:
            wire.cookie = self.wires[0].cookie

    def changes(self, count: int = 1) -> list[dict[str, Any]]:
        """New entries, noted as sent."""
        now = wire_instant(system_clock())
        made = []
        for _ in range(count):
            record, note = uuid7(), f"entry {uuid4().hex} " + "x" * random.randrange(400)
            self.ledger.sent[record] = note
            patch = {"occurred_at": now, "zone": "Europe/Berlin", "mood": random.randrange(11), "note": note}
            change = {"id": uuid7(), "kind": "check_in", "record_id": record, "base_revision": 0, "edited_at": now}
            made.append(change | {"patch": patch})
        return made

    async def sync(self, changes: list[dict[str, Any]], wire: int = 0, patience_s: float = 15.0) -> Answer:
        """Sends `changes` once, and keeps book where they were acknowledged. Raises Lost."""
        body = {"since": 2**40, "changes": changes}
        answer = await self.wires[wire].ask("POST", "/api/sync", body, patience_s)
        if answer.status == 200:
            taken = {each["id"] for each in answer.json()["results"] if each["outcome"] != "refused"}
            self.ledger.acknowledged |= {change["record_id"] for change in changes if change["id"] in taken}
        return answer

    async def judged(self, wire: int = 0) -> Verdict:
        """Reads everything back, and judges it."""
        notes, since, more = {}, 0, True
        while more:
            answer = await self.wires[wire].ask("POST", "/api/sync", {"since": since, "changes": []})
            assert answer.status == 200, answer.body
            page = answer.json()
            notes |= {record["id"]: record["values"].get("note", "") for record in page["records"]}
            since, more = page["revision"], page["more"]
        return self.ledger.judge(notes, since)

    def close(self) -> None:
        for wire in self.wires:
            wire.close()


__all__ = ["PASSWORD", "Answer", "Ledger", "Lost", "Phone", "Verdict", "sum_of"]
