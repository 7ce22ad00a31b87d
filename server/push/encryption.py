"""A message only the browser can read (RFC 8291, RFC 8188), and the token that says who sends it (RFC 8292)."""

import base64
import hmac
import os

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

RECORD_SIZE = 4096  # the whole body: push services need not take more (RFC 8030 section 7.2)
MAX_PAYLOAD = RECORD_SIZE - 86 - 16 - 1  # less header, tag and delimiter: 3,993 bytes
TOKEN_S = 12 * 3600  # RFC 8292 allows 24 h
_RENEWED_S = 3600  # a token this close to its end is replaced
_KEPT = 1000
_CURVE = ec.SECP256R1()
_SIGNED_WITH = ec.ECDSA(SHA256())


def new_key() -> bytes:
    """A new private key on P-256: 32 bytes."""
    return ec.generate_private_key(_CURVE).private_numbers().private_value.to_bytes(32)


def key_of(number: bytes) -> ec.EllipticCurvePrivateKey:
    """The private key of its 32 bytes."""
    return ec.derive_private_key(int.from_bytes(number), _CURVE)


def point_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The public key as an uncompressed point: 65 bytes."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def base64url(raw: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def encrypt(
    payload: bytes,
    browser_point: bytes,
    secret: bytes,
    padded_to: int = 0,
    *,
    key: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """The body of a push message: one aes128gcm record that only the browser can open.

    `payload` has at most 3,993 bytes and is padded with zeros to `padded_to`, so that its length says less. `key` and
    `salt` are new for every message; a test gives those of the RFC. Raises ValueError where the payload is too long.
    """
    if max(len(payload), padded_to) > MAX_PAYLOAD:
        raise ValueError(f"a push payload has at most {MAX_PAYLOAD} bytes")
    key = key or ec.generate_private_key(_CURVE)
    salt = salt or os.urandom(16)
    point = point_of(key)
    shared = key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, browser_point))
    combined = _expand(_extract(secret, shared), b"WebPush: info\0" + browser_point + point, 32)
    message_key = _extract(salt, combined)
    content_key = _expand(message_key, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _expand(message_key, b"Content-Encoding: nonce\0", 12)
    record = payload + b"\x02" + bytes(max(0, padded_to - len(payload)))
    header = salt + RECORD_SIZE.to_bytes(4) + bytes((len(point),)) + point
    return header + AESGCM(content_key).encrypt(nonce, record, None)


class Vapid:
    """Who sends: one signed token for each push service, made anew before it ends."""

    def __init__(self, key: ec.EllipticCurvePrivateKey, subject: str | None) -> None:
        """`subject` is the `mailto:` or `https:` by which a push service can reach the operator."""
        self._key = key
        self.subject = subject
        self.public_key = base64url(point_of(key))
        self._tokens: dict[str, tuple[int, str]] = {}

    def authorization(self, origin: str, now_s: int) -> str:
        """The `Authorization` header for a push service's origin at `now_s` (seconds since 1970)."""
        ends_s, header = self._tokens.get(origin, (0, ""))
        if not _RENEWED_S < ends_s - now_s <= TOKEN_S:
            if len(self._tokens) >= _KEPT:
                self._tokens.clear()
            ends_s = now_s + TOKEN_S
            header = f"vapid t={self._token(origin, ends_s)}, k={self.public_key}"
            self._tokens[origin] = ends_s, header
        return header

    def _token(self, origin: str, ends_s: int) -> str:
        """A JWT signed with ES256: the signature is r and s, 32 bytes each (RFC 7518 section 3.4)."""
        claims: dict[str, str | int] = {"aud": origin, "exp": ends_s}
        if self.subject is not None:
            claims["sub"] = self.subject
        signed = ".".join(base64url(msgspec.json.encode(part)) for part in ({"typ": "JWT", "alg": "ES256"}, claims))
        r, s = decode_dss_signature(self._key.sign(signed.encode("ascii"), _SIGNED_WITH))
        return f"{signed}.{base64url(r.to_bytes(32) + s.to_bytes(32))}"


def _extract(salt: bytes, secret: bytes) -> bytes:
    """HKDF-Extract with SHA-256 (RFC 5869 section 2.2)."""
    return hmac.digest(salt, secret, "sha256")


def _expand(key: bytes, info: bytes, length: int) -> bytes:
    """HKDF-Expand with SHA-256 (RFC 5869 section 2.3) of at most one block, which is all that is needed here."""
    return hmac.digest(key, info + b"\x01", "sha256")[:length]
