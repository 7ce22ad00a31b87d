"""The hash that chains one audit event to the one before it. Pure."""

from hashlib import sha256
from typing import Protocol

FIRST = bytes(32)
TOMBSTONE = "erased"


class Sealer(Protocol):
    """A person's key, as far as the audit needs it: details are sealed, and opened for their owner."""

    account_id: str

    def seal(self, table: str, row: str, revision: int, plaintext: bytes) -> bytes: ...

    def open(self, table: str, row: str, revision: int, sealed: bytes) -> bytes: ...


def chained(before: bytes, account_id: str, seq: int, at: int, act: str, actor_id: str | None, details: bytes) -> bytes:
    """The hash of an event (32 bytes): over the hash before it and everything it says, each part with its length."""
    parts = (before, account_id, str(seq), str(at), act, actor_id or "", details)
    digest = sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8))
        digest.update(data)
    return digest.digest()
