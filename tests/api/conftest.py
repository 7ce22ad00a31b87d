"""What the tests of push and reminders share: a push service, a browser that can read, and a reminder."""

from typing import Any

import pytest

from server.base.ids import uuid7
from tests.api.push_service import Browser, PushService
from tests.people import Cast, Person, Share

DAILY = {"local_time": "20:30", "weekdays": [1, 2, 3, 4, 5, 6, 7], "zone": "Europe/Berlin"}


@pytest.fixture(autouse=True)
def _no_tick_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test says itself when what is due is sent."""
    monkeypatch.setattr("server.jobs.TICK_S", 3600)


@pytest.fixture
def browser(service: PushService) -> Browser:
    return Browser(service, "/send/one")


@pytest.fixture
async def reminder(patient: Person, browser: Browser) -> dict[str, Any]:
    """A daily reminder at 20:30 in Berlin, half an hour from now, of somebody who can be reached."""
    assert (await patient.post("/api/push-subscriptions", json=browser.subscription())).status_code == 201
    answer = await patient.put(f"/api/reminders/{uuid7()}", json=DAILY)
    assert answer.status_code == 200, answer.text
    kept: dict[str, Any] = answer.json()
    return kept


@pytest.fixture
async def open_share(cast: Cast, patient: Person, therapist: Person) -> Share:
    """An accepted consent that opens alerts and nothing else."""
    return await cast.share(patient, therapist, scopes=["alerts"])
