"""Sealing, pure: a person's data keys, the sealed form, the master keys that wrap them.

Source: NIST SP 800-38D (AES-GCM), RFC 5869 (HKDF). Sealed form: 0x01, key version (1 byte), nonce (12 bytes), then
ciphertext and tag of the padded plaintext.
"""

import base64
import binascii
import hmac
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_FORM = 1
_STEP = 256  # payloads are padded to this, so that a length says little
_HEAD = 14


class Unopened(Exception):
    """A sealed value was altered, moved to another row or revision, or belongs to another key."""


class WrongRing(Exception):
    """The master key ring can't be read, or isn't the one that the keyring was made with."""


def derived(key: bytes, purpose: str) -> bytes:
    """32 bytes for one purpose out of one key (HKDF-SHA256)."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(key)


class Key:
    """One person's data keys: the newest seals, every one opens. Safe to keep and to share between threads."""

    __slots__ = ("_ciphers", "_head", "_newest", "account_id")

    def __init__(self, account_id: str, data_keys: Mapping[int, bytes]) -> None:
        self.account_id = account_id
        self._ciphers = {version: AESGCM(derived(data_key, "v1|data")) for version, data_key in data_keys.items()}
        version = max(data_keys)
        self._newest = self._ciphers[version]
        self._head = bytes((_FORM, version))

    def seal(self, table: str, row: str, revision: int, plaintext: bytes) -> bytes:
        """`plaintext`, readable only with this key and only as that row at that revision."""
        nonce = os.urandom(12)
        size = len(plaintext)
        padded = size.to_bytes(4) + plaintext + bytes(-(size + 4) % _STEP)
        return self._head + nonce + self._newest.encrypt(nonce, padded, self._bound_to(table, row, revision))

    def open(self, table: str, row: str, revision: int, sealed: bytes) -> bytes:
        """What was sealed. Raises Unopened where it was altered, moved or rolled back."""
        return self.open_many(table, ((row, revision, sealed),))[0]

    def open_many(self, table: str, rows: Iterable[Sequence[Any]]) -> list[bytes]:
        """What was sealed as many rows of a table, each beginning (row, revision, sealed). Raises Unopened."""
        opened, ciphers, place = [], self._ciphers, f"v1|{table}|{self.account_id}|"
        try:
            for row in rows:
                sealed = row[2]
                if sealed[0] != _FORM:
                    raise Unopened(table)
                bound_to = f"{place}{row[0]}|{row[1]}".encode()
                padded = ciphers[sealed[1]].decrypt(sealed[2:_HEAD], sealed[_HEAD:], bound_to)
                opened.append(padded[4 : 4 + int.from_bytes(padded[:4])])
        except (InvalidTag, KeyError, IndexError, ValueError) as error:
            raise Unopened(table) from error
        return opened

    def _bound_to(self, table: str, row: str, revision: int) -> bytes:
        return f"v1|{table}|{self.account_id}|{row}|{revision}".encode()


@dataclass(frozen=True)
class Ring:
    """The master keys by id; the last one wraps, every one unwraps."""

    keys: tuple[tuple[str, bytes], ...]

    @property
    def newest(self) -> str:
        return self.keys[-1][0]

    def wrap(self, data_key: bytes, account_id: str, version: int) -> bytes:
        """`data_key` (32 bytes) under the newest master key: nonce, then ciphertext and tag."""
        nonce = os.urandom(12)
        return nonce + AESGCM(self.keys[-1][1]).encrypt(nonce, data_key, f"dek|{account_id}|{version}".encode())

    def unwrap(self, master: str, wrapped: bytes, account_id: str, version: int) -> bytes:
        """The data key that master key `master` wrapped for that person and version. Raises WrongRing."""
        for name, key in self.keys:
            if name == master:
                try:
                    return AESGCM(key).decrypt(wrapped[:12], wrapped[12:], f"dek|{account_id}|{version}".encode())
                except InvalidTag:
                    raise WrongRing(f"master key {master} does not open the keyring") from None
        raise WrongRing(f"master key {master} is missing from the ring")

    def check_values(self) -> dict[str, bytes]:
        """A value for every master key by which the keyring knows it again, and from which it can't be found."""
        return {name: hmac.digest(key, b"interlude check value", "sha256") for name, key in self.keys}

    def text(self) -> str:
        """The ring as its file holds it."""
        return "".join(f"{name} {base64.b64encode(key).decode()}\n" for name, key in self.keys)


def new_ring(older: Ring | None = None) -> Ring:
    """`older` with a new master key at its end, or a ring of one. An id that older keys had is not given again."""
    keys = older.keys if older else ()
    numbers = [int(name[1:]) for name, _ in keys if name[:1] == "k" and name[1:].isdecimal()]
    return Ring((*keys, (f"k{max(numbers, default=0) + 1}", os.urandom(32))))


def read_ring(text: str) -> Ring:
    """A ring from its text: one `<id> <base64 of 32 bytes>` a line or separated by commas. Raises WrongRing."""
    keys = []
    for line in filter(None, map(str.strip, text.replace(",", "\n").splitlines())):
        name, _, value = line.partition(" ")
        try:
            key = base64.b64decode(value.strip(), validate=True)
        except (binascii.Error, ValueError):
            key = b""
        if len(key) != 32 or not name.isalnum():
            raise WrongRing("each line of the master key must be an id and 32 bytes in base64")
        keys.append((name, key))
    if not keys or len({name for name, _ in keys}) != len(keys):
        raise WrongRing("the master key is empty, or names an id twice")
    return Ring(tuple(keys))
