"""A push service on this machine that misbehaves when told to, and browsers that can read what was sent to them."""

import asyncio
import json
import ssl
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import http_ece
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from server.push.encryption import base64url, key_of, new_key, point_of

NAME = "push.example.org"
CREATED = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"


class Received:
    """One request as it arrived."""

    def __init__(self, head: str, body: bytes, server_name: str | None) -> None:
        self.line, *lines = head.split("\r\n")
        self.headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        self.path = self.line.split(" ")[1]
        self.body = body
        self.server_name = server_name


class PushService:
    """Answers 201 unless `answers` holds something else, first come first served: a status, raw bytes, or a misdeed."""

    def __init__(self) -> None:
        self.answers: list[int | bytes | str] = []
        self.received: list[Received] = []
        self.connections = 0
        self.open = 0
        self.most_open = 0
        self.port = 0
        self.server_name: str | None = None
        self.delay_s = 0.0
        self.was_called = asyncio.Event()

    async def start(self, tls: ssl.SSLContext | None = None) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=tls)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        self._server.close()
        for task in [each for each in asyncio.all_tasks() if each.get_name() == f"push service {id(self)}"]:
            task.cancel()
        await asyncio.sleep(0)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        task.set_name(f"push service {id(self)}")
        self.connections += 1
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        with suppress(asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            while await self._answer_one(reader, writer):
                pass
        self.open -= 1
        writer.close()

    async def _answer_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().removesuffix("\r\n\r\n")
        size = int(next(line for line in head.split("\r\n") if line.lower().startswith("content-length")).split(":")[1])
        body = await reader.readexactly(size)
        self.received.append(Received(head, body, self.server_name))
        self.was_called.set()
        answer = self.answers.pop(0) if self.answers else CREATED
        await asyncio.sleep(self.delay_s)
        if answer == "hang":
            await asyncio.sleep(3600)
        elif answer == "reset":
            writer.transport.abort()
            return False
        elif answer == "endless":
            writer.write(b"HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n")
            while True:
                writer.write(b"400\r\n" + b"x" * 1024 + b"\r\n")
                await writer.drain()
        elif isinstance(answer, int):
            extra = "Location: http://127.0.0.1:1/elsewhere\r\n" if 300 <= answer < 400 else ""
            size = 0 if answer == 204 else 2
            writer.write(f"HTTP/1.1 {answer} So\r\n{extra}Content-Length: {size}\r\n\r\n".encode())
            await asyncio.sleep(0)
            writer.write(b"no"[:size])
        else:
            assert isinstance(answer, bytes)
            writer.write(answer)
            if b"\r\n\r\n" not in answer or b"close" in answer:
                return False
        await writer.drain()
        return True


class Browser:
    """One browser's subscription, with the keys that only it has."""

    def __init__(self, service: PushService, path: str = "/send/somewhere", scheme: str = "http") -> None:
        self.key = key_of(new_key())
        self.secret = b"sixteen secrets!"
        self.endpoint = f"{scheme}://127.0.0.1:{service.port}{path}"
        self.service = service
        self.path = path

    def subscription(self, **more: Any) -> dict[str, Any]:
        """The body that registers it."""
        keys = {"p256dh": base64url(point_of(self.key)), "auth": base64url(self.secret)}
        return {"endpoint": self.endpoint, "keys": keys, **more}

    def read(self, body: bytes) -> dict[str, Any]:
        """What a message for this browser says."""
        payload: dict[str, Any] = json.loads(
            http_ece.decrypt(body, private_key=self.key, auth_secret=self.secret, version="aes128gcm")
        )
        return payload

    @property
    def shown(self) -> list[dict[str, Any]]:
        """The notifications that arrived at this browser's endpoint."""
        return [self.read(each.body) for each in self.service.received if each.path == self.path]


def certificate(folder: Path, host: str = NAME) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """TLS for a server called `host`, and for a client that trusts it alone."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, SHA256())
    )
    (folder / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    (folder / "certificate.pem").write_bytes(made.public_bytes(Encoding.PEM))
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    return server, ssl.create_default_context(cafile=str(folder / "certificate.pem"))
