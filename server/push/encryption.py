"""A message only the browser can read (RFC 8291, RFC 8188), and the token that says who sends it (RFC 8292)."""

import base64
import hmac
import os
from functools import lru_cache, partial

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

RECORD_SIZE = 4096  # the whole body: push services need not take more (RFC 8030 section 7.2)
MAX_PAYLOAD = RECORD_SIZE - 86 - 16 - 1  # less header, tag and delimiter: 3,993 bytes
TURN_S = 6 * 3600
_CURVE = ec.SECP256R1()
# HKDF-Extract (RFC 5869 section 2.2), and HKDF-Expand (section 2.3) of one block where the message ends in 1.
_hmac = partial(hmac.digest, digest="sha256")


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
    payload: bytes, browser_point: bytes, secret: bytes, padded_to: int = 0,
    *, key: ec.EllipticCurvePrivateKey | None = None, salt: bytes | None = None,
) -> bytes:  # fmt: skip
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
    combined = _hmac(_hmac(secret, shared), b"WebPush: info\0" + browser_point + point + b"\1")
    message_key = _hmac(salt, combined)
    content_key = _hmac(message_key, b"Content-Encoding: aes128gcm\0\1")[:16]
    nonce = _hmac(message_key, b"Content-Encoding: nonce\0\1")[:12]
    record = payload + b"\x02" + bytes(max(0, padded_to - len(payload)))
    header = salt + RECORD_SIZE.to_bytes(4) + bytes((len(point),)) + point
    return header + AESGCM(content_key).encrypt(nonce, record, None)


class Vapid:
    """Who sends. `subject` is the `mailto:` or `https:` by which a push service can reach the operator."""

    def __init__(self, key: ec.EllipticCurvePrivateKey, subject: str | None) -> None:
        self.subject = subject
        self.public_key = base64url(point_of(key))
        self._key = key
        self._kept = lru_cache(maxsize=1000)(self._signed)

    def authorization(self, origin: str, now_s: int) -> str:
        """The `Authorization` header for a push service's origin at `now_s` (seconds since 1970).

        One token serves an origin for six hours; it ends six to twelve hours from now (RFC 8292 allows 24).
        """
        return self._kept(origin, (now_s // TURN_S + 2) * TURN_S)

    def _signed(self, origin: str, ends_s: int) -> str:
        """A JWT signed with ES256: the signature is r and s, 32 bytes each (RFC 7518 section 3.4)."""
        claims = {"aud": origin, "exp": ends_s} | ({"sub": self.subject} if self.subject else {})
        signed = ".".join(base64url(msgspec.json.encode(part)) for part in ({"typ": "JWT", "alg": "ES256"}, claims))
        r, s = decode_dss_signature(self._key.sign(signed.encode("ascii"), ec.ECDSA(SHA256())))
        return f"vapid t={signed}.{base64url(r.to_bytes(32) + s.to_bytes(32))}, k={self.public_key}"
