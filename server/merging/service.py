"""The door: kinds of record, and the merging of a change into a record's state."""

from server.merging.kinds import Check, Kind, known_kinds
from server.merging.rules import Change, Merged, Outcome, Stamp, State, Version, alternatives, clamped, crowded, merge

__all__ = [
    "Change", "Check", "Kind", "Merged", "Outcome", "Stamp", "State", "Version", "alternatives", "clamped", "crowded",
    "known_kinds", "merge",
]  # fmt: skip
