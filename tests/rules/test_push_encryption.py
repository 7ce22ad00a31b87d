"""Messages that only the browser can read, and the token that says who sends them."""

import base64
import json

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import example, given
from hypothesis import strategies as st

from server.push.encryption import MAX_PAYLOAD, TURN_S, Vapid, base64url, encrypt, key_of, new_key, point_of

NUMBER = new_key()
KEY = key_of(NUMBER)


def raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_the_message_of_rfc_8291_comes_out_byte_for_byte() -> None:
    key = key_of(raw("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"))
    browser_point = raw("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4")

    body = encrypt(
        b"When I grow up, I want to be a watermelon",
        browser_point,
        raw("BTBZMqHH6r4Tts7J_aSIgg"),
        key=key,
        salt=raw("DGv6ra1nlYgDCS1FRnbzlw"),
    )

    assert base64url(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
        "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
        "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


@given(st.integers(0, MAX_PAYLOAD), st.integers(0, MAX_PAYLOAD), st.binary(min_size=16, max_size=16))
@example(0, 0, bytes(16))
@example(MAX_PAYLOAD, 0, bytes(16))
@example(0, MAX_PAYLOAD, bytes(16))
def test_an_independent_implementation_reads_every_message(size: int, padded_to: int, secret: bytes) -> None:
    browser = key_of(new_key())
    payload = bytes(number % 251 for number in range(size))

    body = encrypt(payload, point_of(browser), secret, padded_to)

    assert http_ece.decrypt(body, private_key=browser, auth_secret=secret, version="aes128gcm") == payload
    assert len(body) == 103 + max(size, padded_to) <= 4096


def test_two_messages_never_share_a_key_or_a_salt() -> None:
    browser_point = point_of(key_of(new_key()))

    first, second = (encrypt(b"the same", browser_point, bytes(16)) for _ in range(2))

    assert first[:16] != second[:16]
    assert first[21:86] != second[21:86]


def test_a_payload_that_no_service_must_take_is_refused() -> None:
    with pytest.raises(ValueError, match="3993"):
        encrypt(bytes(MAX_PAYLOAD + 1), point_of(key_of(new_key())), bytes(16))


def claims_of(header: str, key: bytes) -> dict[str, object]:
    """The claims of a VAPID header, after its signature was checked."""
    token, _, public = header.removeprefix("vapid t=").partition(", k=")
    signed, _, signature = token.rpartition(".")
    r, s = (int.from_bytes(raw(signature)[start : start + 32]) for start in (0, 32))
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw(public))
    point.verify(encode_dss_signature(r, s), signed.encode(), ec.ECDSA(SHA256()))
    assert raw(public) == point_of(key_of(key))
    head, claims = (json.loads(raw(part)) for part in signed.split("."))
    assert head == {"typ": "JWT", "alg": "ES256"}
    assert isinstance(claims, dict)
    return claims


def test_the_token_names_the_service_and_the_operator_and_ends_within_a_day() -> None:
    key = new_key()
    vapid = Vapid(key_of(key), "mailto:somebody@example.org")

    header = vapid.authorization("https://push.example.org:8443", 1_000_000)

    assert claims_of(header, key) == {
        "aud": "https://push.example.org:8443",
        "exp": 1_015_200 + 6 * 3600,
        "sub": "mailto:somebody@example.org",
    }
    assert len(raw(vapid.public_key)) == 65


@given(st.integers(0, 2**33), st.integers(0, 2**33))
def test_a_token_always_ends_six_to_twelve_hours_from_now_whichever_way_the_clock_jumped(
    first_s: int, then_s: int
) -> None:
    vapid = Vapid(KEY, None)
    vapid.authorization("https://a.example", first_s)

    claims = claims_of(vapid.authorization("https://a.example", then_s), NUMBER)

    assert claims == {"aud": "https://a.example", "exp": claims["exp"]}
    assert 6 * 3600 < int(str(claims["exp"])) - then_s <= 12 * 3600


def test_a_token_is_kept_for_its_own_service() -> None:
    vapid = Vapid(KEY, None)
    first = vapid.authorization("https://a.example", TURN_S)

    assert vapid.authorization("https://a.example", 2 * TURN_S - 1) == first
    assert vapid.authorization("https://b.example", TURN_S) != first
    assert vapid.authorization("https://a.example", 2 * TURN_S) != first
