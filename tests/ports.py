"""A port for a server of the tests."""

import secrets
import socket
from contextlib import suppress
from pathlib import Path

_LOWEST, _GIVEN_OUT = 12_000, Path("/proc/sys/net/ipv4/ip_local_port_range")


def free_port() -> int:
    """A port that nobody listens on, below those that the system gives to connections that go out.

    So none of these takes it while the server is down for a moment, and two processes that test at once hardly choose
    the same.
    """
    end = int(_GIVEN_OUT.read_text().split()[0]) if _GIVEN_OUT.exists() else 32_768
    while True:
        port = _LOWEST + secrets.randbelow(end - _LOWEST) if end > _LOWEST else 0
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return int(probe.getsockname()[1])
