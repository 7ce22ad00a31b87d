"""The watch over all connections of a process: who is looked at when, who comes first, and how many there may be."""

import asyncio
import resource
from collections import deque
from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

from uvicorn.server import ServerState

LOOK_S = 0.5
MAX_CONNECTIONS = 12_000
KEPT_FILES = 128  # descriptors for everything that is no connection
NEVER = float("inf")


class Watch:
    """Looks at every connection of a process again and again, as long as there is one."""

    def __init__(self, connections: set[Any], loop: asyncio.AbstractEventLoop) -> None:
        self.connections = connections
        self.loop = loop
        self.most = min(MAX_CONNECTIONS, resource.getrlimit(resource.RLIMIT_NOFILE)[0] - KEPT_FILES)
        self._timer: asyncio.TimerHandle | None = None
        self._turns: deque[Callable[[], None]] = deque()
        self._has_come = False  # somebody, in this turn of the loop: each takes on one

    def take_turn(self, start: Callable[[], None]) -> None:
        """Starts what was sent ahead of an answer, one in a turn of the loop in which nobody came: others are first."""
        self._turns.append(start)
        if len(self._turns) == 1:
            self.loop.call_soon(self._next_turn)

    def _next_turn(self) -> None:
        if not self._has_come:
            self._turns.popleft()()
        self._has_come = False
        if self._turns:
            self.loop.call_soon(self._next_turn)

    def make_room(self, newest: Any) -> None:
        """Keeps watch; above the limit ends the connection, this one or another, that is nearest to its deadline."""
        self._has_come = True
        if self._timer is None:
            self._timer = self.loop.call_later(LOOK_S, self._look)
        if len(self.connections) > self.most:
            last = min(self.connections, key=lambda each: NEVER if each.transport.is_closing() else each.nearest)
            (newest if last.nearest == NEVER else last).cut("too_many")

    def _look(self) -> None:
        now = self.loop.time()
        for connection in list(self.connections):
            connection.look(now)
        self._timer = self.loop.call_later(LOOK_S, self._look) if self.connections else None


_watches: WeakKeyDictionary[ServerState, Watch] = WeakKeyDictionary()


def watch_of(state: ServerState, loop: asyncio.AbstractEventLoop) -> Watch:
    """The one watch over the connections of `state`."""
    if state not in _watches:
        _watches[state] = Watch(state.connections, loop)
    return _watches[state]
