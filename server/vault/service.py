"""The door: opening the vault, a person's key, destroying it, the blind index for mail, rotation."""

import asyncio
import hmac
import os
import stat
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from prometheus_client import Counter, Histogram

from server.base.errors import Unavailable
from server.base.settings import Settings
from server.database import service as database
from server.vault.keyring import Keyring, PostgresKeyring, SqliteKeyring
from server.vault.passing import passing_over
from server.vault.rules import Key, Ring, Unopened, WrongRing, derived, new_ring, read_ring

__all__ = [
    "Gone", "Key", "Unopened", "WrongRing", "close", "destroy_key", "key_of", "mail_index", "make_key", "open_many",
    "open_vault", "passing_over", "ring_path", "rotate", "system_key",
]  # fmt: skip

SYSTEM = "00000000-0000-0000-0000-000000000000"  # whose key seals what belongs to the installation
_KEPT = 20_000
_READ_SECONDS = Histogram(
    "interlude_sealed_read_seconds", "Time to open the sealed records of one read",
    buckets=(0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5),
)  # fmt: skip
_READ_ROWS = Counter("interlude_sealed_read_records", "Sealed records opened by reads")


class Gone(Unavailable):
    """The person's data keys are no more: whatever is left of them can't be read."""


class _Vault:
    """What is open: the ring, the keyring, and the keys already unwrapped."""

    def __init__(self, settings: Settings, ring: Ring, keyring: Keyring) -> None:
        self.settings = settings
        self.ring = ring
        self.keyring = keyring
        self.keys: dict[str, Key] = {}
        self.index_key = b""


_vault: _Vault | None = None


def ring_path(settings: Settings) -> Path:
    """Where the master keys are when the environment doesn't hold them."""
    return settings.data_dir / "keys" / "master.key"


async def open_vault(settings: Settings, has_accounts: bool = False) -> str | None:
    """Opens the vault; makes master keys on the very first start and then answers one line to show the operator.

    Raises WrongRing where the keyring is missing although there are accounts, and where the ring is missing, can be
    read by others, isn't the one the keyring was made with, or would lie in the database's folder.
    """
    global _vault
    _require_apart(settings)
    keyring: Keyring = (
        await asyncio.to_thread(SqliteKeyring, _keyring_path(settings))
        if settings.is_sqlite
        else await PostgresKeyring.open(settings.database_url)
    )
    known = {master: bytes(value) for master, value in await keyring.look("SELECT master, value FROM {checks}")}
    try:
        if has_accounts and not known:
            raise WrongRing("the keyring is missing: without it nothing that was written can be read; restore it")
        ring, told = await asyncio.to_thread(_ring, settings, not known)
        for master, value in ring.check_values().items():
            if not hmac.compare_digest(known.get(master, value), value):
                raise WrongRing(f"master key {master} is not the one this keyring was made with")
            await keyring.act("INSERT INTO {checks} VALUES (?1, ?2) ON CONFLICT (master) DO NOTHING", master, value)
        vault = _Vault(settings, ring, keyring)
        if not await _data_keys(vault, SYSTEM):
            await _add_key(vault, SYSTEM)
        vault.index_key = derived((await _data_keys(vault, SYSTEM))[1], "v1|index")
    except BaseException:
        await keyring.close()
        raise
    _vault = vault
    return told


async def close() -> None:
    """Closes the keyring and forgets every key."""
    global _vault
    vault, _vault = _vault, None
    if vault is not None:
        await vault.keyring.close()


async def make_key(account_id: str) -> Key:
    """The key of a new person, on disk before this answers. One that is never used is harmless."""
    await _add_key(_opened(), account_id)
    return await key_of(account_id)


async def key_of(account_id: str) -> Key:
    """The key of `account_id`. Raises Gone (503) where it was destroyed."""
    vault = _opened()
    key = vault.keys.get(account_id)
    if key is None:
        try:
            data_keys = await _data_keys(vault, account_id)
        except WrongRing:  # another process may have rotated it since
            vault.ring = await _ring_again(vault.settings)
            data_keys = await _data_keys(vault, account_id)
        if not data_keys:
            raise Gone()
        if len(vault.keys) >= _KEPT:
            vault.keys.pop(next(iter(vault.keys)), None)
        key = vault.keys[account_id] = Key(account_id, data_keys)
    return key


async def system_key() -> Key:
    """The key for what belongs to the installation and to no person."""
    return await key_of(SYSTEM)


def open_many(key: Key, table: str, rows: Sequence[Sequence[Any]]) -> list[bytes]:
    """What was sealed as many rows, as `Key.open_many` has it, timed as a whole. Raises Unopened."""
    began = perf_counter()
    opened = key.open_many(table, rows)
    _READ_SECONDS.observe(perf_counter() - began)
    _READ_ROWS.inc(len(opened))
    return opened


async def destroy_key(account_id: str) -> None:
    """Crypto-shredding: after this nothing sealed under the person's key can be read, nor in a backup of the data."""
    vault = _opened()
    await vault.keyring.act("DELETE FROM {keys} WHERE account_id = ?1", account_id)
    vault.keys.pop(account_id, None)


def mail_index(mail: str) -> str:
    """What finds an account by its mail (64 hex digits): a keyed hash, useless without the keyring."""
    return hmac.digest(_opened().index_key, mail.strip().lower().encode(), "sha256").hex()


async def rotate(settings: Settings) -> int:
    """Adds a master key and wraps every data key with it; answers how many. Resumes where it was cut."""
    vault = _opened()
    if settings.master_key is None and vault.ring.newest in {row[0] for row in await _masters(vault)}:
        vault.ring = new_ring(vault.ring)
        await asyncio.to_thread(_write, ring_path(settings), vault.ring)
        for master, value in vault.ring.check_values().items():
            await vault.keyring.act(
                "INSERT INTO {checks} VALUES (?1, ?2) ON CONFLICT (master) DO NOTHING", master, value
            )
    count = 0
    for account_id, version, master, wrapped in await vault.keyring.look(
        "SELECT account_id, version, master, wrapped FROM {keys} WHERE master <> ?1", vault.ring.newest
    ):
        data_key = vault.ring.unwrap(master, bytes(wrapped), account_id, version)
        await vault.keyring.act(
            "UPDATE {keys} SET master = ?1, wrapped = ?2 WHERE account_id = ?3 AND version = ?4",
            vault.ring.newest,
            vault.ring.wrap(data_key, account_id, version),
            account_id,
            version,
        )
        count += 1
    return count


async def _masters(vault: _Vault) -> list[tuple[str]]:
    return [(row[0],) for row in await vault.keyring.look("SELECT DISTINCT master FROM {keys}")]


async def _data_keys(vault: _Vault, account_id: str) -> dict[int, bytes]:
    rows = await vault.keyring.look("SELECT version, master, wrapped FROM {keys} WHERE account_id = ?1", account_id)
    return {
        version: vault.ring.unwrap(master, bytes(wrapped), account_id, version) for version, master, wrapped in rows
    }


async def _add_key(vault: _Vault, account_id: str) -> None:
    await vault.keyring.act(
        "INSERT INTO {keys} VALUES (?1, 1, ?2, ?3) ON CONFLICT (account_id, version) DO NOTHING",
        account_id,
        vault.ring.newest,
        vault.ring.wrap(os.urandom(32), account_id, 1),
    )


async def _ring_again(settings: Settings) -> Ring:
    """The ring as it is now. Inside a verb of SQLite nothing may suspend; its thread may well read a file."""
    ring, _ = _ring(settings, False) if settings.is_sqlite else await asyncio.to_thread(_ring, settings, False)
    return ring


def _opened() -> _Vault:
    if _vault is None:
        raise Unavailable("The vault is not open")
    return _vault


def _keyring_path(settings: Settings) -> Path:
    return settings.data_dir / "keyring" / "keyring.db"


def _require_apart(settings: Settings) -> None:
    """Whoever copies the database's folder must not have its keys as well."""
    if settings.is_sqlite:
        folder = database.sqlite_path(settings).parent
        if any(path.is_relative_to(folder) for path in (ring_path(settings), _keyring_path(settings))):
            raise WrongRing(f"the keys would lie inside the database's folder {folder}; give the database its own")


def _ring(settings: Settings, is_new: bool) -> tuple[Ring, str | None]:
    """The master keys from the environment or their file; made where there is neither and nothing was sealed yet."""
    if settings.master_key is not None:
        return read_ring(settings.master_key), None
    path = ring_path(settings)
    if path.exists():
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise WrongRing(f"{path} can be read by others; chmod 600 it")
        return read_ring(path.read_text(encoding="ascii")), None
    if not is_new:
        raise WrongRing(f"{path} is missing: without it nothing that was written can be read")
    ring = new_ring()
    _write(path, ring)
    return ring, f"A master key was made: {path}. Back it up, apart from the database; without it nothing can be read."


def _write(path: Path, ring: Ring) -> None:
    """Writes the ring whole, readable by its owner alone, on disk before this returns."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = path.with_suffix(".partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(ring.text())
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
