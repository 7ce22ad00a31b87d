"""Where files are made: a thread of its own, one file at a time, one for each account."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from server.base.errors import TooMany, Unavailable

MOST_WAITING = 16
WAIT_S = 5

_thread = ThreadPoolExecutor(1, "export")
_makers: set[str] = set()


async def made(account_id: str, make: Callable[[], bytes]) -> bytes:
    """What `make` answers; where whoever asked has gone before it began, it is not made.

    Raises TooMany while a file is being made for the same account, Unavailable where too many others wait.
    """
    if account_id in _makers:
        raise TooMany(WAIT_S)
    if len(_makers) >= MOST_WAITING:
        raise Unavailable()
    _makers.add(account_id)
    making = _thread.submit(make)
    making.add_done_callback(lambda _: _makers.discard(account_id))
    return await asyncio.wrap_future(making)
