"""Which push addresses may be called, and what a push service's answer means."""

from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from server.base.errors import Invalid
from server.push.encryption import base64url, key_of, new_key, point_of
from server.push.rules import (
    NewSubscription,
    SubscriptionKeys,
    answer_of,
    endpoint_of,
    hosts_of,
    is_reachable,
    opened,
    pause_of,
)

NOW = datetime(2026, 11, 23, 20, 15, tzinfo=UTC)
SERVICES = (
    "fcm.googleapis.com",
    "android.googleapis.com",
    "updates.push.services.mozilla.com",
    "autopush.push.services.mozilla.com",
    "web.push.apple.com",
    "api.push.apple.com",
    "wns2-par02p.notify.windows.com",
)
HOSTILE = [
    *(Path(__file__).parent / "hostile_endpoints.txt").read_text().splitlines(),
    "",
    " https://fcm.googleapis.com/x",
    "https://fcm.googleapis.com/x ",
    "https://fcm.googleapis.com/x\n",
    "https://fcm.googleapis.com/x\r\nHost: evil.example",
    "https://fcm.google\tapis.com/x",
    "https://fcm.googleapis.com\n/x",
    "https://fcm.googleapis.com/x y",
    "https://fcm.googleapis.com/x\0",
    "https://fcm.googleapis.com/\ud800",
    "https://fcm.googleapis.com/" + '"<>^`{|}',
]


@pytest.mark.parametrize("host", SERVICES)
def test_the_push_services_that_browsers_use_may_be_called(host: str) -> None:
    endpoint = endpoint_of(f"https://{host}/send/abc:DEF-1_2?token=%2b%3d")

    assert (endpoint.host, endpoint.port, endpoint.is_local) == (host, 443, False)
    assert endpoint.target == "/send/abc:DEF-1_2?token=%2b%3d"
    assert endpoint.origin == f"https://{host}"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_other_address_may_be_called(text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        endpoint_of(text)

    assert [fault.pointer for fault in refusal.value.faults] == ["/endpoint"]


def test_capital_letters_and_the_schemes_own_port_name_the_same_endpoint() -> None:
    plain = endpoint_of("https://fcm.googleapis.com/Send/aB")

    assert endpoint_of("HTTPS://FCM.GoogleAPIs.com:443/Send/aB") == plain


@given(st.text(max_size=60), st.sampled_from(SERVICES), st.integers(0, 12))
@example("@evil.example/", SERVICES[0], 8)
def test_whatever_is_let_through_has_an_allowed_host_for_every_other_parser_too(
    noise: str, host: str, place: int
) -> None:
    plain = f"https://{host}/x"
    cut = place * len(plain) // 12
    text = plain[:cut] + noise + plain[cut:]

    try:
        endpoint = endpoint_of(text)
    except Invalid:
        return

    parts = urlsplit(text)
    assert (parts.scheme, parts.hostname, parts.port or 443) == ("https", endpoint.host, 443)
    assert parts.username is None
    assert endpoint.host in SERVICES or endpoint.host.partition(".")[2] in (
        "push.services.mozilla.com",
        "push.apple.com",
        "notify.windows.com",
    )
    assert endpoint.target.isascii()
    assert not set(endpoint.target) & set(" \t\r\n\0\\#")


def test_a_host_that_the_operator_added_is_compared_whole_with_its_port() -> None:
    hosts = hosts_of(["push.example.org", "other.example.org:8443"])

    assert endpoint_of("https://push.example.org/x", hosts).port == 443
    assert endpoint_of("https://other.example.org:8443/x", hosts).origin == "https://other.example.org:8443"
    for text in (
        "https://push.example.org:8443/x",
        "https://other.example.org/x",
        "http://push.example.org/x",
        "http://other.example.org:8443/x",
        "https://sub.push.example.org/x",
    ):
        with pytest.raises(Invalid):
            endpoint_of(text, hosts)


@pytest.mark.parametrize("host", ["localhost:9001", "127.0.0.1:9001", "[::1]:9001"])
def test_a_host_on_this_machine_may_be_called_without_encryption_if_the_operator_added_it(host: str) -> None:
    hosts = hosts_of([host])

    for scheme in ("http", "https"):
        endpoint = endpoint_of(f"{scheme}://{host}/x", hosts)
        assert endpoint.is_local
        assert endpoint.origin == f"{scheme}://{host}"
    with pytest.raises(Invalid):
        endpoint_of(f"http://{host.replace('9001', '9002')}/x", hosts)


@pytest.mark.parametrize(
    "entry", ["https://a.example", "a.example/", "a b", "*.example.org", "a:99999", "ü.example", "a:"]
)
def test_a_wrong_entry_in_the_operators_list_is_named(entry: str) -> None:
    with pytest.raises(ValueError, match="INTERLUDE_PUSH_HOSTS"):
        hosts_of([entry])


def test_only_global_addresses_are_connected_to() -> None:
    for address in ("8.8.8.8", "142.250.0.95", "2a00:1450:4001::5f", "64:ff9b::8.8.8.8", "::ffff:8.8.8.8"):
        assert is_reachable(address, is_local=False), address
    for address in (
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.1", "224.0.0.1",
        "255.255.255.255", "198.18.0.1", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
        "::ffff:169.254.169.254", "64:ff9b::127.0.0.1", "2002:7f00:1::", "2001:db8::1",
        "::127.0.0.1", "64:ff9b:1::1", "fec0::1", "5f00::1",
    ):  # fmt: skip
        assert not is_reachable(address, is_local=False), address


def test_a_host_on_this_machine_must_stay_on_it() -> None:
    assert is_reachable("127.0.0.1", is_local=True)
    assert is_reachable("::1", is_local=True)
    assert not is_reachable("8.8.8.8", is_local=True)
    assert not is_reachable("10.0.0.1", is_local=True)


def test_keys_have_the_shape_that_browsers_give_them() -> None:
    point, secret = point_of(key_of(new_key())), b"0123456789abcdef"

    for padding in ("", "="):
        keys = SubscriptionKeys(p256dh=base64url(point) + padding, auth=base64url(secret) + 2 * padding)
        body = NewSubscription(endpoint="https://fcm.googleapis.com/x", keys=keys)
        assert opened(body) == (endpoint_of(body.endpoint), point, secret)


@pytest.mark.parametrize(
    "p256dh",
    [
        "",
        "AAAA",
        "é",
        "****",
        base64url(b"\x04" + bytes(64)),
        base64url(b"\x04" + b"\x01" * 64),
        base64url(b"\x02" + b"\x01" * 32),
        base64url(point_of(key_of(new_key())) + b"x"),
    ],
)
def test_a_key_that_is_no_point_on_the_curve_is_refused_beside_every_other_fault(p256dh: str) -> None:
    keys = SubscriptionKeys(p256dh=p256dh, auth="short")

    for endpoint, pointers in (("https://evil.example/x", ["/endpoint"]), ("https://fcm.googleapis.com/x", [])):
        with pytest.raises(Invalid) as refusal:
            opened(NewSubscription(endpoint=endpoint, keys=keys))
        assert [fault.pointer for fault in refusal.value.faults] == [*pointers, "/keys/p256dh", "/keys/auth"]


@pytest.mark.parametrize(
    ("statuses", "outcome"),
    [
        ((200, 201, 202, 204), "accepted"),
        ((404, 410), "gone"),
        ((401, 403), "refused"),
        ((413,), "failed"),
        ((301, 302, 307, 400, 418, 429, 500, 502, 503, 504), "later"),
    ],
)
def test_an_answer_means_what_the_rfc_says(statuses: tuple[int, ...], outcome: str) -> None:
    assert {answer_of(status, None, NOW).outcome for status in statuses} == {outcome}


def test_a_service_that_asks_for_patience_gets_it() -> None:
    given = {"120": 120, "0": 1, "Mon, 23 Nov 2026 20:16:00 GMT": 60, "Mon, 23 Nov 2026 20:00:00 GMT": 1, "99999": 7200}

    assert {text: pause_of(text, NOW) for text in given} == given
    assert [answer_of(status, "120", NOW).retry_after_s for status in (429, 503, 500)] == [120, 120, 0]


@pytest.mark.parametrize(
    "text", [None, "", "soon", "-5", "1.5", "９", "1" * 400, "Mon, 99 Nov 2026 20:16:00 GMT", "\0"]
)
def test_a_retry_after_that_makes_no_sense_is_a_minute(text: str | None) -> None:
    assert pause_of(text, NOW) == 60


@given(st.text(max_size=40))
def test_no_retry_after_is_ever_too_long_or_too_short(text: str) -> None:
    assert 1 <= pause_of(text, NOW) <= 7200


def test_every_pair_of_an_odd_scheme_and_host_is_judged_without_a_fault_of_ours() -> None:
    for scheme, host in product(
        ("", "http", "https", "HTTPS", "ws"), ("", "[", "[]", "[::]", "a" * 64, "1.2.3.4", "a:b")
    ):
        with pytest.raises(Invalid):
            endpoint_of(f"{scheme}://{host}/x")
