"""Password hashes: argon2id in two threads of its own, so that neither the event loop nor other work waits for it.

Parameters: OWASP Password Storage Cheat Sheet, 19 MiB, 2 passes, 1 lane.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_threads = ThreadPoolExecutor(2, "argon2")
_nobody = _hasher.hash("nobody has this password")


async def hashed(password: str) -> str:
    """What is stored of a password."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _hasher.hash, password)


async def is_right(stored: str | None, password: str) -> bool:
    """Whether `password` is the stored one. Takes as long where there is none (`stored` is None), and says no."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _check, stored, password)


def is_outdated(stored: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(stored)


def _check(stored: str | None, password: str) -> bool:
    try:
        return _hasher.verify(stored or _nobody, password) and stored is not None
    except (VerifyMismatchError, InvalidHashError):
        return False
