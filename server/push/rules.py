"""Which push endpoints may be called, what a subscription's keys must be, and what a push service's answer means. Pure.

A stored endpoint is an address that somebody else chose and that this server will call, so one strict parser reads it,
when it is saved and again when it is used, and the request is built from the parts it found.
"""

import base64
import re
from collections.abc import Iterable
from datetime import datetime
from email.utils import parsedate_to_datetime
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Annotated, Literal, NamedTuple

import msgspec
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey

from server.base.bodies import Body
from server.base.errors import Fault, Invalid
from server.base.settings import is_loopback

MAX_PAUSE_S = 7200

_SERVICES = ("fcm.googleapis.com", "android.googleapis.com")
_FAMILIES = ("push.services.mozilla.com", "push.apple.com", "notify.windows.com")  # one label below: updates., web., …
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_PLACE = rf"({_LABEL}(?:\.{_LABEL})*|\[[0-9a-f:.]{{2,45}}\])(?::([1-9][0-9]{{0,4}}))?"
_place = re.compile(_PLACE)
_endpoint = re.compile(rf"(https?)://{_PLACE}(/[A-Za-z0-9\-._~!$&'()*+,;=:@%/?]*)")
_ports = {"https": 443, "http": 80}
_NAT64 = int(IPv6Address("64:ff9b::")) >> 32  # RFC 6052: an IPv4 address in the last 32 bits


class SubscriptionKeys(Body):
    """What the browser's `PushSubscription.toJSON().keys` holds."""

    p256dh: Annotated[str, msgspec.Meta(max_length=100, description="65 bytes, a point on P-256, base64url")]
    auth: Annotated[str, msgspec.Meta(max_length=30, description="16 bytes, base64url")]


class NewSubscription(Body):
    """A browser that wants to be reached."""

    endpoint: Annotated[str, msgspec.Meta(max_length=2048)]
    keys: SubscriptionKeys
    label: Annotated[str, msgspec.Meta(max_length=100)] | None = None


Outcome = Literal["accepted", "gone", "refused", "later", "failed"]
_MEANINGS: dict[int, Outcome] = {404: "gone", 410: "gone", 401: "refused", 403: "refused", 413: "failed"}


class Answer(NamedTuple):
    """What came of one sending: only `later` may be tried again; after `gone` the subscription is no more."""

    outcome: Outcome
    retry_after_s: int = 0
    reason: str = ""


class PushHost(NamedTuple):
    """A host that the operator added; where `port` is None the scheme's own."""

    host: str
    port: int | None


class Endpoint(NamedTuple):
    """An address that may be called, in its parts. `is_local`: the operator listed its host as one on this machine."""

    scheme: str
    host: str
    port: int
    target: str
    is_local: bool

    @property
    def origin(self) -> str:
        """Scheme, host and port, without the scheme's own port: the `aud` of RFC 8292."""
        return f"{self.scheme}://{self.host}" + ("" if _ports[self.scheme] == self.port else f":{self.port}")

    @property
    def service(self) -> str:
        """Whose it is, by our list or the operator's: what stands before a family's name is anybody's choice."""
        family = self.host.partition(".")[2]
        return family if family in _FAMILIES else self.host


def hosts_of(settings: Iterable[str]) -> tuple[PushHost, ...]:
    """The operator's `host[:port]` list. Raises ValueError that names the entry which is none."""
    hosts = []
    for entry in settings:
        found = _place.fullmatch(entry.lower()) if entry.isascii() else None
        if found is None or int(found[2] or 1) > 65535:
            raise ValueError(f"INTERLUDE_PUSH_HOSTS: {entry!r} is not host[:port]")
        hosts.append(PushHost(found[1], int(found[2]) if found[2] else None))
    return tuple(hosts)


def endpoint_of(text: str, further: Iterable[PushHost] = ()) -> Endpoint:
    """The endpoint that `text` names, if it may be called. Raises Invalid at `/endpoint`."""
    scheme, _, rest = text.partition("://")
    place, slash, target = rest.partition("/")
    found = _endpoint.fullmatch(f"{scheme}://{place}".lower() + slash + target) if text.isascii() else None
    if found is None or int(found[3] or 1) > 65535:
        raise Invalid(Fault("/endpoint", "is not the address of a push service"))
    scheme, host, port = found[1], found[2], int(found[3] or _ports[found[1]])
    listed = any(each.host == host and (each.port or _ports[scheme]) == port for each in further)
    is_local = listed and is_loopback(host)
    label, _, family = host.partition(".")
    is_known = port == 443 and (host in _SERVICES or (bool(label) and family in _FAMILIES))
    if not (is_local or (scheme == "https" and (listed or is_known))):
        raise Invalid(Fault("/endpoint", "belongs to a push service that this server does not call"))
    return Endpoint(scheme, host, port, found[4], is_local)


def is_reachable(address: str, is_local: bool) -> bool:
    """Whether a resolved address may be connected to: a global one, or this machine's where `is_local`.

    An IPv6 address that carries an IPv4 one (mapped, 6to4, Teredo, NAT64) is judged by what it carries as well.
    """
    found = ip_address(address.partition("%")[0])
    if is_local:
        return found.is_loopback
    carries = isinstance(found, IPv6Address) and (found.ipv4_mapped or int(found) >> 32 == _NAT64)
    if isinstance(found, IPv6Address) and not carries and int(found) >> 125 != 1:
        return False  # global unicast is 2000::/3 and nothing else (RFC 4291 section 2.4)
    judged: list[IPv4Address | IPv6Address | None] = [found]
    if isinstance(found, IPv6Address):
        judged += [found.ipv4_mapped, found.sixtofour, found.teredo[1] if found.teredo else None]
        judged += [IPv4Address(int(found) & 0xFFFF_FFFF)] if int(found) >> 32 == _NAT64 else []
    return all(each.is_global and not each.is_multicast for each in judged if each is not None)


def opened(body: NewSubscription, further: Iterable[PushHost] = ()) -> tuple[Endpoint, bytes, bytes]:
    """The endpoint, the browser's public key (65 bytes) and its secret (16 bytes). Raises Invalid with every fault."""
    point, secret, faults = _bytes_of(body.keys.p256dh), _bytes_of(body.keys.auth), []
    try:
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point if len(point) == 65 else b"")
    except ValueError:
        faults.append(Fault("/keys/p256dh", "is not a public key on P-256 (65 bytes, base64url)"))
    if len(secret) != 16:
        faults.append(Fault("/keys/auth", "is not 16 bytes, base64url"))
    try:
        endpoint = endpoint_of(body.endpoint, further)
    except Invalid as refusal:
        raise Invalid(*refusal.faults, *faults) from None
    if faults:
        raise Invalid(*faults)
    return endpoint, point, secret


def answer_of(status: int, retry_after: str | None, now: datetime) -> Answer:
    """What a push service's status means (RFC 8030 sections 5 to 8)."""
    outcome: Outcome = "accepted" if 200 <= status < 300 else _MEANINGS.get(status, "later")
    return Answer(outcome, pause_of(retry_after, now) if status in (429, 503) else 0, f"status {status}")


def pause_of(retry_after: str | None, now: datetime) -> int:
    """Seconds that a `Retry-After` asks for: whole seconds or a date (RFC 9110), from 1 to two hours, else 60."""
    text = (retry_after or "").strip()
    is_number = text.isascii() and text.isdigit() and len(text) < 10
    try:
        wait_s = int(text) if is_number else int((parsedate_to_datetime(text) - now).total_seconds())
    except (ValueError, TypeError, IndexError, OverflowError):
        return 60
    return min(max(wait_s, 1), MAX_PAUSE_S)


def _bytes_of(text: str) -> bytes:
    """Base64url, padded or not; nothing where it is anything else."""
    plain = text.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except ValueError:
        return b""
