"""Letters leave under TLS, and only to an office that proves its name: whoever stands on the way is told nothing."""

import base64
import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from server.base.settings import Settings
from server.mail import service as mail
from tests.api.certificates import Authority

HOST = "mail.example.org"
TO, SECRET = "practice@example.org", "under the mat"
LETTER = (TO, "Of Tuesday", "Nobody else reads this.", "one")
TOLD = (TO, "Tuesday", "Nobody else", "interlude@", SECRET, base64.b64encode(f"\0me\0{SECRET}".encode()).decode())
SCHEMES = ("smtp", "smtps")
AUTH, STARTTLS = "250-well\r\n250 AUTH PLAIN", "250-well\r\n250 STARTTLS"  # what an office offers
ANSWERS = {b"AUTH": "235 come in", b"DATA": "354 go on", b"QUIT": "221 well"}


class _Counter(socketserver.StreamRequestHandler):
    """One client (RFC 5321, 3207, 8314)."""

    def handle(self) -> None:
        office = cast(Office, self.server)
        with suppress(OSError):  # whoever came does not believe that this is the office, or went away
            if office.is_under_tls:
                self._seal(office)
            self._say("220 here")
            is_letter = False
            for line in iter(lambda: self.rfile.readline(), b""):
                verb = line[:4].upper().strip()
                office.heard[isinstance(self.request, ssl.SSLSocket)].append(line.decode(errors="replace"))
                if is_letter and line != b".\r\n":
                    continue
                is_letter = verb == b"DATA"
                if verb == b"EHLO":
                    self._say(AUTH if isinstance(self.request, ssl.SSLSocket) else office.offer)
                elif verb == b"STAR":
                    self._say(office.answer)
                    if not office.answer.startswith("220"):
                        return
                    self._seal(office)
                else:
                    self._say(ANSWERS.get(verb, "250 well"))

    def _seal(self, office: "Office") -> None:
        self.request = office.context.wrap_socket(self.request, server_side=True)
        self.setup()

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode() if line else b"")


class Office(socketserver.ThreadingTCPServer):
    """Takes letters under TLS, from the first byte or from STARTTLS on; `heard` is what was said, by whether sealed."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Counter)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.is_under_tls = False
        self.offer = STARTTLS
        self.answer = "220 go on"
        self.heard: dict[bool, list[str]] = {False: [], True: []}


@pytest.fixture
def office() -> Iterator[Office]:
    with Office() as office:
        threading.Thread(target=office.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield office
        finally:
            office.shutdown()
            mail.close_mail()


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """The one that this machine trusts; and a name of the world leads to this machine."""
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    found = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *more: cast(Any, found)("127.0.0.1" if host == HOST else host, *more)
    )
    return authority


@pytest.fixture(params=SCHEMES)
def scheme(request: pytest.FixtureRequest, office: Office, settings: Settings) -> str:
    """How letters leave here, to that office."""
    office.is_under_tls = request.param == "smtps"
    url = f"{request.param}://me:{SECRET.replace(' ', '%20')}@{HOST}:{office.server_address[1]}"
    mail.open_mail(replace(settings, smtp_url=url))
    return str(request.param)


def told_in_clear(office: Office) -> list[str]:
    """Who is written to, what, by whom, and what lets them in: as far as anybody on the way could read it."""
    heard = "".join(office.heard[False])
    return [each for each in TOLD if each in heard]


async def test_a_letter_goes_to_whoever_proves_to_be_the_office(
    authority: Authority, office: Office, scheme: str
) -> None:
    office.context.load_cert_chain(authority.vouch(HOST))

    await mail.send(*LETTER)

    sealed = "".join(office.heard[True])
    assert [each for each in TOLD if each not in sealed] == [SECRET]  # that one is said in base64
    assert [line[:4] for line in office.heard[False]] == (["ehlo", "STAR"] if scheme == "smtp" else [])


@pytest.mark.parametrize("whose", ["its own word", "another's name", "of the past"])
async def test_whoever_does_not_is_told_nothing(
    authority: Authority, office: Office, scheme: str, whose: str, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    proofs = {
        "its own word": lambda: Authority(tmp_path / "other").vouch(HOST),
        "another's name": lambda: authority.vouch("mail.example.com"),
        "of the past": lambda: authority.vouch(HOST, lasts=-timedelta(days=1)),
    }
    office.context.load_cert_chain(proofs[whose]())

    with pytest.raises(mail.Unreachable):
        await mail.send(*LETTER)

    assert told_in_clear(office) == []
    assert office.heard[True] == []


@pytest.mark.parametrize("scheme", ["smtp"], indirect=True)
@pytest.mark.parametrize(
    ("offer", "answer"),
    [(AUTH, "220 go on"), (STARTTLS, "454 not now"), (STARTTLS, ""), (STARTTLS, "250 well"), ("502 what", "220 go on")],
)
async def test_an_office_that_drops_starttls_is_told_nothing(
    authority: Authority, office: Office, scheme: str, offer: str, answer: str
) -> None:
    office.context.load_cert_chain(authority.vouch(HOST))
    office.offer, office.answer = offer, answer

    with pytest.raises(mail.Unreachable):
        await mail.send(*LETTER)

    assert {line[:4].lower() for line in office.heard[False]} <= {"ehlo", "helo", "star", "quit"}
    assert office.heard[True] == []


@pytest.mark.parametrize("scheme", ["smtps"], indirect=True)
async def test_an_office_that_speaks_in_clear_where_tls_is_asked_is_told_nothing(
    authority: Authority, office: Office, scheme: str
) -> None:
    office.is_under_tls = False

    with pytest.raises(mail.Unreachable):
        await mail.send(*LETTER)

    assert told_in_clear(office) == []
