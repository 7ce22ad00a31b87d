"""The hash that chains one audit event to the one before it. Pure."""

from hashlib import sha256

FIRST = bytes(32)
TOMBSTONE = "erased"


def chained(before: bytes, account_id: str, seq: int, at: int, act: str, actor_id: str | None, details: bytes) -> bytes:
    """The hash of an event (32 bytes): over the hash before it and everything it says, each part with its length."""
    parts = (before, account_id, str(seq), str(at), act, actor_id or "", details)
    digest = sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8))
        digest.update(data)
    return digest.digest()
