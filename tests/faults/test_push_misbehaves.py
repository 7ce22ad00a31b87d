"""F8: a push service that misbehaves in every way. A reminder is shown once, or the ledger says what became of it."""

from collections import Counter
from typing import Any

import pytest

from server.base.ids import uuid7
from server.push import sender
from server.push import service as push
from server.reminders import service as reminders
from tests.api.push_service import CREATED, Browser, PushService
from tests.people import Cast, Clock, Person
from tests.tried import size, tell

_PEOPLE = 20
DAILY = {"local_time": "20:30", "weekdays": [1, 2, 3, 4, 5, 6, 7], "zone": "Europe/Berlin", "skip_if_logged": False}
_SLOW_DOWN = b"HTTP/1.1 %d So\r\nRetry-After: 30\r\nContent-Length: 0\r\n\r\n"

# What the service says first; it takes whatever comes after that. What the ledger then says of that day.
MISDEEDS: dict[str, tuple[int | bytes | str, str]] = {
    "201": (201, "accepted"),
    "400": (400, "accepted"),
    "401": (401, "failed"),
    "403": (403, "failed"),
    "404": (404, "failed"),
    "410": (410, "failed"),
    "413": (413, "failed"),
    "429": (_SLOW_DOWN % 429, "accepted"),
    "500": (500, "accepted"),
    "503": (_SLOW_DOWN % 503, "accepted"),
    "hang": ("hang", "accepted"),
    "reset": ("reset", "accepted"),
    "redirect": (302, "accepted"),
    "garbage": (b"\x00garbage\r\n\r\n", "accepted"),
    "an answer cut short": (CREATED[:20], "accepted"),
}


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No tick by itself; little patience with a service that hangs, but enough for the busy moments of a long run."""
    monkeypatch.setattr("server.jobs.TICK_S", 3600)
    monkeypatch.setattr(sender, "SEND_S", size(0.3, 2.0))


@pytest.fixture
async def people(cast: Cast, service: PushService) -> list[tuple[Person, Browser]]:
    """Twenty patients with a reminder and a browser each."""
    made = []
    for number in range(_PEOPLE):
        person, browser = await cast.join("patient", f"Patient {number}"), Browser(service, f"/send/{number}")
        assert (await person.put(f"/api/reminders/{uuid7()}", json=DAILY)).status_code == 200
        made.append((person, browser))
    return made


async def one_evening(
    people: list[tuple[Person, Browser]], service: PushService, clock: Clock, said: int | bytes | str
) -> Counter[str]:
    """A day on which the service answers every first try with `said`; answers what became of the reminders."""
    for person, browser in people:
        assert (await person.post("/api/push-subscriptions", json=browser.subscription())).status_code == 201
        assert (await person.get("/api/due")).status_code == 200  # who opens the app goes on being reminded
    service.received.clear()
    clock.move(minutes=31)
    service.answers = [said] * len(people)
    await reminders.dispatch(clock)
    service.answers.clear()
    for _ in range(6):  # tries again for as long as it asks to be left alone, and some more
        clock.move(minutes=5)
        for each in _services():
            each.rests_until = 0.0
        await reminders.dispatch(clock)
    became = Counter[str]()
    for person, _ in people:
        became[(await person.get("/api/deliveries?limit=1")).json()["items"][0]["status"]] += 1
    clock.move(hours=23, minutes=-1)
    return became


def _services() -> list[Any]:
    """The push services that the sender knows, to take from them the rest that is counted in real seconds."""
    assert push._sender is not None
    return list(push._sender._services.values())


def shown_twice(service: PushService) -> int:
    """Notifications beyond the first that people see of an evening: the service keeps the latest of each topic."""
    kept = {(each.path, each.headers["topic"]) for each in service.received}
    return len(kept) - len({path for path, _ in kept})


async def test_whatever_a_push_service_says_each_reminder_is_shown_once_or_its_end_is_told(
    people: list[tuple[Person, Browser]], service: PushService, clock: Clock
) -> None:
    rounds, tried, wrong, twice = size(1, 50), 0, [], 0
    clock.move(minutes=-1)

    for _ in range(rounds):
        for person, _browser in people:  # a round is 15 days, and nobody stays signed in for longer than 30
            await person.sign_in()
        for name, (said, expected) in MISDEEDS.items():
            became = await one_evening(people, service, clock, said)
            tried += len(people)
            twice += shown_twice(service)
            if became != {expected: len(people)}:
                wrong.append(f"{name}: {dict(became)}")

    tell(f"F8 push service misbehaves: {tried} tried, {len(wrong)} wrong, {twice} shown twice")
    assert wrong == []
    assert twice == 0


async def test_a_repeat_without_a_topic_would_be_seen_twice(
    people: list[tuple[Person, Browser]], service: PushService, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    exchange = sender.Sender._post

    async def topicless(self: Any, at: Any, endpoint: Any, target: Any, message: Any) -> Any:
        return await exchange(self, at, endpoint, target, message._replace(topic=uuid7()[-32:]))

    monkeypatch.setattr(sender.Sender, "_post", topicless)
    clock.move(minutes=-1)

    await one_evening(people, service, clock, "reset")

    tell(f"F8 mutant, no topic: {_PEOPLE} tried, {shown_twice(service)} shown twice")
    assert shown_twice(service) > 0
