"""What nobody who means well would send: bodies, addresses, heads and framings, each with a name, as raw bytes."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from server.base.ids import uuid7

NOW = "2026-11-23T20:15:00.000Z"
_SOME_ID = "01a20744-34bb-7379-a1e5-b30386696e5a"
_HOLE = "@@hole@@"

# JSON text that stands where a value is expected.
VALUES: dict[str, bytes] = {
    "depth 100,000": b"[" * 100_000 + b"]" * 100_000,
    "depth 100,000 of objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "depth 33": b"[" * 33 + b"]" * 33,
    "ten to the 500,000": b"1" + b"0" * 500_000,
    "minus ten to the 5,000": b"-1" + b"0" * 5000,
    "an exponent of 500,000": b"1e500000",
    "an exponent of minus 500,000": b"1e-500000",
    "two to the 53": b"9007199254740992",
    "two to the 63": b"9223372036854775808",
    "two to the 64": b"18446744073709551616",
    "a fraction without an end": b"0." + b"3" * 200_000,
    "minus zero": b"-0",
    "minus zero with a fraction": b"-0.0",
    "a plus sign": b"+1",
    "a leading zero": b"01",
    "hexadecimal": b"0x10",
    "NaN": b"NaN",
    "Infinity": b"Infinity",
    "-Infinity": b"-Infinity",
    "a lone high surrogate": b'"\\ud800"',
    "a lone low surrogate": b'"\\udfff"',
    "surrogates the wrong way round": b'"\\udc00\\ud800"',
    "a surrogate in raw UTF-8": b'"\xed\xa0\x80"',
    "NUL, escaped": b'"a\\u0000b"',
    "NUL, raw": b'"a\0b"',
    "a control character": b'"a\x01b"',
    "an overlong encoding": b'"\xc0\xaf"',
    "half a character": b'"\xe2\x82"',
    "Latin-1": b'"caf\xe9"',
    "a byte order mark": b'\xef\xbb\xbf"a"',
    "UTF-16": '"a"'.encode("utf-16"),
    "a wrong escape": b'"\\x41"',
    "half an escape": b'"\\u12"',
    "a text without an end": b'"' + b"x" * 10_000,
    "a text of 900,000": b'"' + b"x" * 900_000 + b'"',
    "900,000 combining marks": b'"' + "\u0301".encode() * 450_000 + b'"',
    "duplicate keys": b'{"a": 1, "a": 2}',
    "duplicate keys, one escaped": b'{"a": 1, "\\u0061": 2}',
    "a key with NUL": b'{"a\\u0000": 1}',
    "a key that is half a character": b'{"\\ud83d": 1}',
    "a prototype": b'{"__proto__": {"x": 1}, "constructor": {}, "__class__": "x"}',
    "100,000 keys": b"{" + b",".join(b'"%d":1' % n for n in range(60_000)) + b"}",
    "200,000 nulls": b"[" + b"null," * 199_999 + b"null]",
    "a trailing comma": b"[1,]",
    "a comment": b"1 /* one */",
    "single quotes": b"'a'",
    "two values": b"1 2",
    "nothing": b"",
    "blanks": b" \t\r\n",
    "null": b"null",
    "true": b"true",
    "zero": b"0",
    "minus one": b"-1",
    "a fraction": b"0.5",
    "an empty text": b'""',
    "an empty list": b"[]",
    "an empty object": b"{}",
    "SQL": b"\"'; DROP TABLE record; --\"",
    "a template": b'"{{7*7}}${7*7}%s%n{0.__class__}"',
    "line breaks": b'"a\\r\\nSet-Cookie: x=y"',
    "a path": b'"../../../../etc/passwd"',
    "the year 9999": b'"9999-12-31T23:59:59.999-23:59"',
    "the year 0": b'"0000-00-00T00:00:00Z"',
    "a leap second": b'"2026-06-30T23:59:60Z"',
    "a day that is none": b'"2026-02-31T00:00:00Z"',
    "digits of another script": '"٢٠٢٦-١١-٢٣"'.encode(),
    "a UUID in capitals": b'"' + _SOME_ID.upper().encode() + b'"',
    "a UUID with a line break": b'"' + _SOME_ID.encode() + b'\\n"',
}
BODIES = {
    "POST /api/sync", "POST /api/sign-ins", "POST /api/accounts", "PATCH /api/account", "DELETE /api/account",
    "POST /api/factors/totp", f"POST /api/factors/totp/{_SOME_ID}/confirm", "POST /api/consents",
    f"PUT /api/reminders/{_SOME_ID}", "POST /api/push-subscriptions", f"POST /api/deliveries/{_SOME_ID}/seen",
}  # fmt: skip
TEXTS = [
    "%00", "%ff", "%ed%a0%80", "%c0%af", "%2e%2e%2f" * 8, "..%5c" * 8, "%0d%0aX-Injected:%20y", "%25%30%30", "%",
    "%zz", "'%20OR%201=1--", "{{7*7}}", "a" * 8000, "%F0%9F%98%80" * 100, "0", "-1", "1e9", "9" * 400, "null",
    "NaN", "[]", "*", _SOME_ID.upper(), _SOME_ID + "%0a", _SOME_ID[:-1], "٣", "9999-12-31", "0000-00-00", "2026-02-31",
    "2026-11-23%00",
]  # fmt: skip
PLACES = [
    "/api/check-ins?from={}", "/api/check-ins?limit={}", "/api/check-ins?cursor={}", "/api/check-ins?{}=1",
    "/api/summary?from={}&to={}", "/api/records/{}/history", "/api/deliveries?cursor={}", "/{}", "/api/{}",
    "/v/{}/x.js", "/api/shared/{}/summary", "/api/treatment-sessions?to={}",
]  # fmt: skip
METHODS = ["TRACE", "CONNECT", "BREW", "PROPFIND", "PRI", "get", "G" * 500, "GET\t", "\x00", "OPTIONS", "SEARCH"]
TARGETS = [
    "*", "x", "", "//", "///etc/passwd", "http://evil.example/api/account", "http://[::1", "ftp://x/", "/\x7f",
    "/\xff", "/a b", "/?", "/#x", "?", "/" * 9000, "evil.example:443", "/..%2f..", "/%", "\\", "/;x=y",
]  # fmt: skip
HEADERS = [
    b"Cookie: interlude=", b"Cookie: interlude=" + b"x" * 8000, b"Cookie: ;;;===", b"Cookie: interlude=a; interlude=b",
    b"Cookie: \xff\xfe", b'Cookie: interlude="\\"', b"Cookie: " + b"a=b; " * 3000, b"Cookie: interlude=%00",
    b"Authorization: Bearer ", b"Authorization: Bearer " + b"A" * 9000, b"Authorization: Basic \xff", b"Host: a, b",
    b"Host: evil.example", b"Host: \xe2\x82\xac", b"Origin: null", b"Origin: \xff", b"X-Forwarded-For: " + b"1," * 5000,
    b"Content-Type: application/json; charset=utf-16", b"Content-Type: \xff/\xff", b"Content-Type: " + b"a" * 9000,
    b"Content-Length: -1", b"Content-Length: +5", b"Content-Length: 5, 5", b"Content-Length: 5\r\nContent-Length: 6",
    b"Content-Length: 99999999999999999999999", b"Content-Length: 0x10", b"Content-Length: 1e3", b"Content-Length: ",
    b"Transfer-Encoding: gzip", b"Transfer-Encoding: chunked, chunked", b"Transfer-Encoding: xchunked",
    b"Transfer-Encoding : chunked", b"Transfer-Encoding:\x0bchunked", b" Transfer-Encoding: chunked", b"Expect: 200-ok",
    b"Expect: 100-continue", b"Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQ",
    b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13",
    b"Connection: \xff", b"Range: bytes=0-,0-,0-,0-", b"Accept-Encoding: " + b"gzip;q=" * 1500,
    b"Accept-Encoding: br;q=9e999999",    b"If-None-Match: " + b'"a",' * 2500, b"If-None-Match: \xff", b"\x00: x",
    b": x", b"X", b"X: a\x00b", b"X: a\rb", b"X: a\r\n folded", b"X-" + b"y" * 9000 + b": x", b"Date: tomorrow",
    b"Max-Forwards: -1", b"TE: trailers, deflate",
]  # fmt: skip


class Hostile(NamedTuple):
    """One thing to send on a connection of its own."""

    name: str
    raw: bytes


def request(line: str, body: bytes | None, cookie: str, *headers: bytes) -> bytes:
    """A request like any other around what is not."""
    own = [b"Host: localhost", b"Cookie: " + cookie.encode(), b"Connection: close", *headers]
    if body is not None:
        own += [b"Content-Type: application/json", b"Content-Length: %d" % len(body)]
    return b"\r\n".join([line.encode("latin-1", "replace") + b" HTTP/1.1", *own, b"", body or b""])


def corpus(cookie: str) -> Iterator[Hostile]:
    """All of it, for somebody who is signed in."""
    for name, value in VALUES.items():
        for line in sorted(BODIES):
            yield Hostile(f"{line}: {name}", request(line, value, cookie))
        for place in _places():
            text = json.dumps(place.tree).encode().replace(f'"{_HOLE}"'.encode(), value)
            yield Hostile(f"sync {place.name}: {name}", request("POST /api/sync", text, cookie))
    for text in TEXTS:
        for path in PLACES:
            line = "GET " + path.replace("{}", text)
            yield Hostile(line[:90], request(line, None, cookie))
    for method in METHODS:
        yield Hostile(f"method {method[:20]!r}", request(f"{method} /api/account", None, cookie))
    for target in TARGETS:
        yield Hostile(f"target {target[:20]!r}", request(f"GET {target}", None, cookie))
    for header in HEADERS:
        for line, body in (("GET /api/account", None), ("POST /api/sync", b"[]")):
            yield Hostile(f"{line}, {header[:40]!r}", request(line, body, cookie, header))
    yield from framings(cookie)


class _Place(NamedTuple):
    name: str
    tree: Any


def _places() -> Iterator[_Place]:
    """A sync with a hole in each place where a value stands."""
    for name in ("since", "limit", "changes", "history"):
        yield _Place(name, {"since": 0, "changes": [], name: _HOLE})
    for name in ("id", "kind", "record_id", "base_revision", "edited_at", "patch", "delete"):
        yield _Place(name, {"changes": [_change({}) | {name: _HOLE}]})
    for name in ("occurred_at", "zone", "mood", "side_effects", "own", "dissociation_kinds", "audience", "session_id"):
        yield _Place(name, {"changes": [_change({name: _HOLE})]})


def _change(patch: dict[str, Any]) -> dict[str, Any]:
    patch = {"occurred_at": NOW, "zone": "Europe/Berlin", **patch}
    own = {"id": uuid7(), "kind": "check_in", "record_id": uuid7(), "base_revision": 0, "edited_at": NOW}
    return own | {"patch": patch}


def framings(cookie: str) -> Iterator[Hostile]:
    """Requests whose ends are told in two ways; behind each waits a sync that must not be taken for one of its own."""
    inner = request("POST /api/sync", json.dumps({"changes": [_change({"note": "smuggled"})]}).encode(), cookie)
    head = b"POST /api/sync HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    both = {
        "length and chunks": b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" % (len(inner) + 5),
        "chunks and length": b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
        "chunks, spelt twice": b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
        "chunks with a blank": b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "chunks after a bare line feed": b"X: y\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "two lengths": b"Content-Length: 0\r\nContent-Length: %d\r\n\r\n" % len(inner),
        "a length with a plus": b"Content-Length: +0\r\n\r\n",
        "a size that wraps": b"Transfer-Encoding: chunked\r\n\r\n10000000000000000\r\n",
        "a size that is negative": b"Transfer-Encoding: chunked\r\n\r\n-1\r\n",
        "a size with an extension": b"Transfer-Encoding: chunked\r\n\r\n0;" + b"x" * 9000 + b"\n\r\n",
        "a chunk that is longer than told": b"Transfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n",
        "a trailer that names a length": b"Transfer-Encoding: chunked\r\n\r\n0\r\nContent-Length: 999\r\n\r\n",
    }
    for name, framing in both.items():
        yield Hostile(f"framing: {name}", head + framing + inner)
    strange = {
        "TLS": b"\x16\x03\x01\x02\x00\x01",
        "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "HTTP/0.9": b"GET /\r\n",
        "HTTP/9.9": b"GET / HTTP/9.9\r\n\r\n",
        "NUL": b"\0" * 1000,
        "line breaks": b"\r\n" * 500,
    }
    yield from (Hostile(f"not HTTP/1.1: {name}", raw) for name, raw in strange.items())
