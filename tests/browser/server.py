"""The real server as a process on a free port, with a data folder of its own; and people who have an account there."""

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pyotp

from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "harbour lantern quietly seven"
_START_S = 120.0  # of a busy machine
_used_steps: dict[str, int] = {}
"""The last time step of each secret that a code was given out for: the server takes each once."""


@dataclass(frozen=True)
class Account:
    """Somebody with an account: what they type to sign in. `secret` makes their codes, where they have a factor."""

    email: str
    password: str
    role: str
    secret: str | None = None

    def code(self) -> str:
        """A code not used yet: the one their app shows now, or the one it shows next (RFC 6238 allows both)."""
        assert self.secret is not None
        step = max(int(time.time()) // 30, _used_steps.get(self.secret, 0) + 1)
        while step > int(time.time()) // 30 + 1:
            time.sleep(0.2)
        _used_steps[self.secret] = step
        return pyotp.TOTP(self.secret).at(step * 30)


class Server:
    """`python -m server serve`; may be stopped and started again on the same port with the same data."""

    def __init__(self, data: Path, root: Path = ROOT, command: str = "serve") -> None:
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.data = data
        self.root = root
        self.command = command
        self.log = data / "server.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._readers: dict[str, httpx.Client] = {}

    def start(self, **settings: str) -> None:
        """Returns once it answers; `settings` are this start's alone."""
        environment = os.environ | {
            "INTERLUDE_DATA_DIR": str(self.data),
            "INTERLUDE_PORT": str(self.port),
            "INTERLUDE_RATE_LIMITS": "off",
            **settings,
        }
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "server", self.command], cwd=self.root, env=environment, stdout=log, stderr=log
            )
        deadline = time.monotonic() + _START_S
        while not self._is_ready():
            assert self._process.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.05)

    @property
    def is_running(self) -> bool:
        """Whether it was started and not ended since. Fails where it ended by itself."""
        if self._process is None:
            return False
        assert self._process.poll() is None, self.log.read_text()
        return True

    def stop(self) -> None:
        """Asks it to stop, as an operator does."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Ends it at once, as a power cut does."""
        self._end(signal.SIGKILL)

    def register(self, role: str = "patient", name: str = "M. K.") -> Account:
        """A new account."""
        account = Account(f"{uuid4().hex[:12]}@example.org", PASSWORD, role)
        self.signed_up(account, name).close()
        return account

    def register_therapist(self, name: str = "Dr Osei") -> Account:
        """A therapist with a second factor."""
        account = Account(f"{uuid4().hex[:12]}@example.org", PASSWORD, "therapist")
        with closing(self.signed_up(account, name)) as client:
            factor = client.post("/api/factors/totp", json={}).raise_for_status().json()
            # The code before the present one is right too, and leaves the present one for the sign-in that follows.
            code = pyotp.TOTP(factor["secret"]).at(int(time.time()) - 30)
            client.post(f"/api/factors/totp/{factor['id']}/confirm", json={"code": code}).raise_for_status()
        return Account(account.email, account.password, account.role, factor["secret"])

    def signed_up(self, account: Account, name: str) -> httpx.Client:
        """A program's client, signed in as the account that it just made."""
        client = self._program()
        body = {"email": account.email, "password": account.password, "role": account.role, "name": name}
        client.post("/api/accounts", json=body | {"zone": "Europe/Berlin", "adult": True}).raise_for_status()
        return client

    def client(self, account: Account) -> httpx.Client:
        """A program's client, signed in."""
        client = self._program()
        body = {"email": account.email, "password": account.password}
        if account.secret:
            body["code"] = account.code()
        client.post("/api/sign-ins", json=body).raise_for_status()
        return client

    def check_ins(self, account: Account) -> list[dict[str, Any]]:
        """Every check-in the server holds of a person, newest first."""
        path, reader = "/api/check-ins?limit=500", self._readers.get(account.email)
        answer = reader.get(path) if reader else None
        if answer is None or answer.status_code == 401:  # signed out meanwhile, or not known to what was restored
            self._readers[account.email] = self.client(account)
            answer = self._readers[account.email].get(path)
        items: list[dict[str, Any]] = answer.raise_for_status().json()["items"]
        return items

    def _program(self) -> httpx.Client:
        """A client without certificates, which take longer to read than most answers: there is no TLS here."""
        return httpx.Client(base_url=self.url, verify=False)  # noqa: S501

    def _is_ready(self) -> bool:
        with closing(HTTPConnection("localhost", self.port, timeout=5)) as connection:
            try:
                connection.request("GET", "/readyz")
                return connection.getresponse().status == 200
            except (OSError, HTTPException):
                return False

    def _end(self, how: signal.Signals) -> None:
        if self.is_running and self._process:
            self._process.send_signal(how)
            self._process.wait(15)
            self._process = None
