"""An SMTP server on loopback that keeps letters or refuses them; its good-bye is not as it should be."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast


class _Counter(socketserver.StreamRequestHandler):
    """One client at the counter (RFC 5321)."""

    def handle(self) -> None:
        office = cast(PostOffice, self.server)
        self._say("220 here")
        to: list[str] = []
        for line in self.rfile:
            verb = line[:4].upper()
            if verb == b"RCPT":
                to.append(line.decode().partition("<")[2].partition(">")[0])
            if verb == b"DATA" and not office.is_closed:
                self._say("354 go on")
                kept = b"".join(iter(self.rfile.readline, b".\r\n"))
                letter = cast(EmailMessage, message_from_bytes(kept, policy=cast(Any, default)))
                office.letters.append((to, letter))
                if office.hangs_up:
                    return
            if verb == b"MAIL":
                office.tries += 1
            is_refused = (office.is_closed and verb == b"MAIL") or (verb == b"RCPT" and to[-1] in office.unknown)
            self._say("451 not now" if is_refused else "250 well")
            if verb == b"QUIT":
                return

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class PostOffice(socketserver.ThreadingTCPServer):
    """What was handed in: to whom, and the letter."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Counter)
        self.letters: list[tuple[list[str], EmailMessage]] = []
        self.is_closed = False
        self.hangs_up = False  # takes a letter and does not say so
        self.unknown: set[str] = set()
        self.tries = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"


@contextmanager
def post_office() -> Iterator[PostOffice]:
    with PostOffice() as office:
        threading.Thread(target=office.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield office
        finally:
            office.shutdown()
