"""Certificates of a world of its own: an authority that a test may trust, and what it says of a host."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Key = ec.EllipticCurvePrivateKey
_DAY = timedelta(days=1)


class Authority:
    """Whoever vouches for hosts. `file` is what trusts them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _name("An authority")
        made = _begun(self._name, self._name, self._key, _DAY)
        made = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        made = made.add_extension(x509.KeyUsage(False, False, False, False, False, True, True, False, False), True)
        self.file = self._kept("authority", made.sign(self._key, hashes.SHA256()))

    def vouch(self, host: str, lasts: timedelta = _DAY) -> Path:
        """A file with the certificate and the key of `host`; of the past where it `lasts` less than nothing."""
        key = ec.generate_private_key(ec.SECP256R1())
        made = _begun(_name(host), self._name, key, lasts)
        made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
        made = made.add_extension(authority, critical=False)
        return self._kept(host, made.sign(self._key, hashes.SHA256()), key)

    def _kept(self, name: str, certificate: x509.Certificate, key: Key | None = None) -> Path:
        pem = serialization.Encoding.PEM
        parts = [certificate.public_bytes(pem)]
        if key:
            shape = serialization.PrivateFormat.PKCS8
            parts.append(key.private_bytes(pem, shape, serialization.NoEncryption()))
        path = self._folder / f"{name}.pem"
        path.write_bytes(b"".join(parts))
        return path


def _name(words: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words)])


def _begun(of: x509.Name, by: x509.Name, key: Key, lasts: timedelta) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(by, of, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now - 3 * _DAY).not_valid_after(now + lasts)
    return made.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
