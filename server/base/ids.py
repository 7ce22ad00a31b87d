"""Identifiers and secrets."""

import os
import re
import secrets
from hashlib import sha256
from time import time_ns
from typing import Annotated

import msgspec

UUID_PATTERN = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"

Id = Annotated[
    str, msgspec.Meta(pattern=UUID_PATTERN, min_length=36, max_length=36, description="a UUID in lower case")
]

_is_uuid = re.compile(UUID_PATTERN).match


def is_uuid(text: str) -> bool:
    """Whether `text` is a UUID as the wire writes it: lower case, with hyphens."""
    return len(text) == 36 and _is_uuid(text) is not None


def uuid7() -> str:
    """A new UUIDv7 (RFC 9562 section 5.7): 48 bits of milliseconds, then 74 random bits."""
    milliseconds, chance = time_ns() // 1_000_000 & 0xFFFF_FFFF_FFFF, int.from_bytes(os.urandom(10))
    # 80 random bits; the version takes the place of the first four, the variant that of two.
    number = milliseconds << 80 | chance & 0x0FFF_3FFF_FFFF_FFFF_FFFF | 0x7000_8000_0000_0000_0000
    text = f"{number:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def new_secret() -> str:
    """A bearer secret: 256 random bits as 43 url-safe characters. Shown once, stored as its hash."""
    return secrets.token_urlsafe(32)


def secret_hash(secret: str) -> str:
    """What is stored of a secret (SHA-256 in hex). A plain hash will do: 256 random bits can't be guessed."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
