"""Which addresses are called, and under which name: an endpoint is an address that somebody else chose."""

import asyncio
import socket
import ssl
from pathlib import Path
from typing import Any

import pytest

from server.push import transport
from server.push.encryption import Vapid, key_of, new_key, point_of
from server.push.rules import hosts_of
from server.push.sender import Message, Sender, Target
from tests.api.push_service import NAME, Browser, PushService, certificate
from tests.people import Clock

MESSAGE = Message(b'{"title": "x"}', 60, "topic-of-this-one")


def make_sender(
    hosts: list[str], clock: Clock, subject: str | None = None, tls: ssl.SSLContext | None = None
) -> Sender:
    return Sender(Vapid(key_of(new_key()), subject), hosts_of(hosts), clock, tls or ssl.create_default_context())


def target(browser: Browser, endpoint: str | None = None) -> Target:
    return Target("one", endpoint or browser.endpoint, point_of(browser.key), browser.secret)


async def test_a_host_that_is_not_allowed_any_more_is_not_called(push_service: PushService, clock: Clock) -> None:
    sender = make_sender([], clock, "mailto:a@example.org")

    answer = await sender.send(target(Browser(push_service)), MESSAGE)

    assert answer.outcome == "refused"
    assert push_service.connections == 0


def resolve_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """Every name leads to these addresses."""

    async def answer(host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", answer)


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["::ffff:127.0.0.1"], ["10.0.0.1"]])
async def test_an_allowed_name_that_leads_into_the_house_is_not_called(
    push_service: PushService, clock: Clock, monkeypatch: pytest.MonkeyPatch, addresses: list[str]
) -> None:
    sender = make_sender([f"{NAME}:{push_service.port}"], clock, "mailto:a@example.org")
    resolve_to(monkeypatch, *addresses)

    answer = await sender.send(target(Browser(push_service), f"https://{NAME}:{push_service.port}/x"), MESSAGE)

    assert (answer.outcome, answer.reason) == ("refused", "its address may not be called")
    assert push_service.connections == 0
    await sender.close()


async def test_the_address_that_was_judged_is_the_one_that_is_called_under_the_name_of_the_service(
    clock: Clock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for_server, for_client = certificate(tmp_path)
    push_service = PushService()
    for_server.sni_callback = lambda _, name, __: setattr(push_service, "server_name", name)
    await push_service.start(for_server)
    sender = make_sender([f"{NAME}:{push_service.port}"], clock, "mailto:a@example.org", for_client)
    judged: list[str] = []
    monkeypatch.setattr(transport, "is_reachable", lambda address, is_local: judged.append(address) or True)
    resolve_to(monkeypatch, "127.0.0.1")

    answers = [
        await sender.send(target(Browser(push_service), f"https://{NAME}:{push_service.port}/x"), MESSAGE)
        for _ in range(3)
    ]

    assert [each.outcome for each in answers] == ["accepted"] * 3
    assert judged == ["127.0.0.1"]
    assert push_service.connections == 1
    assert {each.server_name for each in push_service.received} == {NAME}
    assert push_service.received[0].headers["host"] == f"{NAME}:{push_service.port}"
    await sender.close()
    await push_service.stop()


async def test_a_service_whose_certificate_is_of_another_name_gets_nothing(clock: Clock, tmp_path: Path) -> None:
    for_server, for_client = certificate(tmp_path)
    push_service = PushService()
    await push_service.start(for_server)
    sender = make_sender([f"127.0.0.1:{push_service.port}"], clock, tls=for_client)

    answer = await sender.send(target(Browser(push_service, scheme="https")), MESSAGE)

    assert answer.outcome == "later"
    assert not push_service.received
    await sender.close()
    await push_service.stop()


async def test_nothing_leaves_the_machine_before_push_services_can_reach_the_operator(
    clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    sender = make_sender([], clock)
    resolve_to(monkeypatch)

    answer = await sender.send(target(Browser(PushService()), "https://fcm.googleapis.com/fcm/send/x"), MESSAGE)

    assert answer.outcome == "refused"
    assert "INTERLUDE_VAPID_SUBJECT" in answer.reason
    assert "INTERLUDE_VAPID_SUBJECT" in caplog.records[0].__dict__["cause"]
