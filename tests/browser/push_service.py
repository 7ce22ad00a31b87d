"""A push service on loopback, and a browser's subscription to it whose messages can be opened here."""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from os import urandom
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def base64url(raw: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class PushService:
    """Takes every message, and keeps what came. `endpoint` and `keys` are those of one subscription."""

    def __init__(self, port: int) -> None:
        self.host = f"127.0.0.1:{port}"
        self.endpoint = f"http://{self.host}/push/one"
        self.bodies: list[bytes] = []
        self.headers: list[dict[str, str]] = []
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._secret = urandom(16)
        point = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.keys = {"p256dh": base64url(point), "auth": base64url(self._secret)}

    def message(self) -> dict[str, Any]:
        """The newest message, opened by an implementation that is not ours."""
        plain = http_ece.decrypt(self.bodies[-1], private_key=self._key, auth_secret=self._secret, version="aes128gcm")
        message: dict[str, Any] = json.loads(plain)
        return message

    def script(self) -> str:
        """What stands in for the browser's own subscribing, which needs a push service that headless Chromium lacks."""
        subscription = json.dumps({"endpoint": self.endpoint, "keys": self.keys})
        return f"""
            let held = JSON.parse(localStorage.getItem('test.subscribed') ?? 'false');
            const one = {{
              endpoint: '{self.endpoint}', options: {{}}, toJSON: () => ({subscription}),
              unsubscribe: async () => {{ held = false; localStorage.setItem('test.subscribed', 'false') }},
            }};
            PushManager.prototype.subscribe = async (asked) => {{
              one.options.applicationServerKey = asked.applicationServerKey.buffer;
              held = true; localStorage.setItem('test.subscribed', 'true');
              return one
            }};
            PushManager.prototype.getSubscription = async () => (held ? one : null);
        """


@contextmanager
def running() -> Iterator[PushService]:
    """A push service that answers until the end of the block."""
    service: PushService

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            """Takes a message."""
            service.bodies.append(self.rfile.read(int(self.headers["content-length"])))
            service.headers.append(dict(self.headers))
            self.send_response(201)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service = PushService(server.server_port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
