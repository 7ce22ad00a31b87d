"""Sending over real sockets: what arrives, what a misbehaving push service can't do, what is never called."""

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator

import pytest

from server.push.encryption import Vapid, key_of, new_key, point_of
from server.push.rules import hosts_of
from server.push.sender import CONNECTIONS, Message, Sender, Target
from tests.api.push_service import CREATED, Browser, PushService
from tests.people import Clock

MESSAGE = Message(b'{"title": "x"}', 60, "topic-of-this-one")


@pytest.fixture
async def sender(push_service: PushService, clock: Clock) -> AsyncIterator[Sender]:
    sender = make_sender([f"127.0.0.1:{push_service.port}"], clock)
    yield sender
    await sender.close()


def make_sender(
    hosts: list[str], clock: Clock, subject: str | None = None, tls: ssl.SSLContext | None = None
) -> Sender:
    return Sender(Vapid(key_of(new_key()), subject), hosts_of(hosts), clock, tls or ssl.create_default_context())


def target(browser: Browser, endpoint: str | None = None) -> Target:
    return Target("one", endpoint or browser.endpoint, point_of(browser.key), browser.secret)


async def test_what_is_sent_can_be_read_by_the_browser_and_by_nobody_on_the_way(
    push_service: PushService, sender: Sender
) -> None:
    browser = Browser(push_service, "/send/a-b_c?d=%2f")

    answer = await sender.send(target(browser), MESSAGE)

    [received] = push_service.received
    assert answer.outcome == "accepted"
    assert browser.read(received.body) == {"title": "x"}
    assert received.line == "POST /send/a-b_c?d=%2f HTTP/1.1"
    assert received.headers["ttl"] == "60"
    assert received.headers["topic"] == "topic-of-this-one"
    assert received.headers["urgency"] == "normal"
    assert received.headers["content-encoding"] == "aes128gcm"
    assert received.headers["host"] == f"127.0.0.1:{push_service.port}"
    assert received.headers["authorization"].startswith("vapid t=")
    assert "user-agent" not in received.headers


async def test_every_ordinary_message_has_the_same_length(push_service: PushService, sender: Sender) -> None:
    for size in (14, 300, 512):
        await sender.send(target(Browser(push_service)), MESSAGE._replace(payload=b"x" * size))

    assert len({len(each.body) for each in push_service.received}) == 1


async def test_a_hundred_messages_share_a_few_connections(push_service: PushService, sender: Sender) -> None:
    push_service.delay_s = 0.002

    answers = await asyncio.gather(*(sender.send(target(Browser(push_service)), MESSAGE) for _ in range(100)))

    assert {each.outcome for each in answers} == {"accepted"}
    assert len(push_service.received) == 100
    assert push_service.connections == push_service.most_open <= CONNECTIONS


MISDEEDS: dict[str, tuple[int | bytes | str, str]] = {
    "reset": ("reset", "later"),
    "garbage": (b"\x00garbage\r\n\r\n", "later"),
    "a status that is none": (b"HTTP/1.1 2O1 Created\r\n\r\n", "later"),
    "half a head": (b"HTTP/1.1 201 Created", "later"),
    "a head without an end": (b"HTTP/1.1 201 Created\r\n" + b"X: y\r\n" * 20_000, "later"),
    "an upgrade": (b"HTTP/1.1 101 Other\r\nUpgrade: x\r\nConnection: upgrade, close\r\n\r\n", "later"),
    "early hints": (b"HTTP/1.1 103 Early Hints\r\n\r\n" + CREATED, "accepted"),
    "a body until the end": (b"HTTP/1.1 201 Created\r\nConnection: close\r\n\r\nand so on", "accepted"),
    "half a body": (b"HTTP/1.1 201 Created\r\nContent-Length: 9\r\nConnection: close\r\n\r\nhalf", "accepted"),
    "two answers": (CREATED + b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n", "accepted"),
    "an endless body": ("endless", "accepted"),
}
STATUSES = {
    "accepted": (200, 201, 202, 204),
    "refused": (401, 403),
    "gone": (404, 410),
    "failed": (413,),
    "later": (302, 307, 400, 418, 500, 502),
}
MISDEEDS |= {str(status): (status, outcome) for outcome, statuses in STATUSES.items() for status in statuses}


@pytest.mark.parametrize("misdeed", MISDEEDS)
async def test_whatever_a_push_service_does_the_next_message_still_arrives(
    push_service: PushService, sender: Sender, misdeed: str
) -> None:
    said, outcome = MISDEEDS[misdeed]
    push_service.answers = [said]

    first = await sender.send(target(Browser(push_service)), MESSAGE)
    arrived = len(push_service.received)
    second = await sender.send(target(Browser(push_service)), MESSAGE)

    assert (first.outcome, second.outcome) == (outcome, "accepted")
    assert (arrived, len(push_service.received)) == (1, 2)


async def test_what_a_service_says_unasked_is_not_taken_for_an_answer(
    push_service: PushService, sender: Sender
) -> None:
    push_service.answers = [CREATED + b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n", 500]

    outcomes = [(await sender.send(target(Browser(push_service)), MESSAGE)).outcome for _ in range(3)]

    assert outcomes == ["accepted", "later", "accepted"]


async def test_a_service_that_hangs_is_given_up_and_then_left_alone(
    push_service: PushService, sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.push.sender.SEND_S", 0.1)
    push_service.answers = ["hang"] * 8

    outcomes = [await sender.send(target(Browser(push_service)), MESSAGE) for _ in range(6)]

    assert {each.outcome for each in outcomes} == {"later"}
    assert [each.retry_after_s > 0 for each in outcomes] == [False, False, True, True, True, True]
    assert len(push_service.received) <= 3  # from then on nobody knocked


async def test_a_service_that_asks_for_patience_hears_nothing_until_then(
    push_service: PushService, sender: Sender
) -> None:
    push_service.answers = [b"HTTP/1.1 429 Too Many\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n"]

    first = await sender.send(target(Browser(push_service)), MESSAGE)
    second = await sender.send(target(Browser(push_service, "/another")), MESSAGE)

    assert (first.outcome, first.retry_after_s) == ("later", 120)
    assert (second.outcome, second.retry_after_s) == ("later", 120)
    assert len(push_service.received) == 1


async def test_a_redirect_is_not_followed(push_service: PushService, sender: Sender) -> None:
    elsewhere = PushService()
    await elsewhere.start()
    head = f"HTTP/1.1 307 There\r\nLocation: http://127.0.0.1:{elsewhere.port}/x\r\nContent-Length: 0\r\n\r\n"
    push_service.answers = [head.encode()]

    answer = await sender.send(target(Browser(push_service)), MESSAGE)

    assert answer.outcome == "later"
    assert elsewhere.connections == 0
    await elsewhere.stop()


async def test_no_log_line_names_an_endpoint_or_what_was_sent(
    push_service: PushService, sender: Sender, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    push_service.answers = [201, 410, "reset", b"garbage\r\n\r\n"]

    for _ in range(4):
        await sender.send(
            target(Browser(push_service, "/send/secret-marker")), MESSAGE._replace(payload=b"payload-marker")
        )

    assert "marker" not in caplog.text
    assert len(push_service.received) == 4


async def test_connections_to_a_forgotten_service_are_closed(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.push.sender._KEPT", 1)
    services = [PushService(), PushService()]
    for each in services:
        await each.start()
    sender = make_sender([f"127.0.0.1:{each.port}" for each in services], clock)

    for each in services:
        assert (await sender.send(target(Browser(each)), MESSAGE)).outcome == "accepted"
    await asyncio.sleep(0.05)

    assert [each.open for each in services] == [0, 1]
    await sender.close()
    for each in services:
        await each.stop()
