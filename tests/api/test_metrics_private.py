"""No figure for an operator tells of anybody: every label is one of ours, and holds nothing but what we put there."""

import asyncio
import re
from dataclasses import replace
from typing import get_args

import httpx

from server.app import create_app
from server.base.settings import Settings
from server.merging.rules import Outcome
from server.reminders.occurrences import DELIVERIES
from tests.api.everything_told import tell_everything
from tests.api.scrape import OURS, look
from tests.canary import found_in
from tests.people import Cast, Clock

ID = re.compile(r"[0-9a-f]{8}")
PERSONAL = (  # the templates of routes are public, and checked against the list of them
    "ketamine", "mood", "anxi", "dissoc", "dose", "treat", "therap", "patient", "check_in", "note", "sleep", "mail",
    "name", "account",
)  # fmt: skip
KNOWN = {  # every label that we use, and all that may ever stand in it
    "method": {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "other"},
    "status": {"none", "1xx", "2xx", "3xx", "4xx", "5xx"},
    "outcome": {*get_args(Outcome), *DELIVERIES, "gone"},
    "service": {"fcm.googleapis.com", "push.apple.com", "127.0.0.1"},
    "job": {"reminders", "housekeeping"},
    "why": {"slow_to_send", "slow_to_read", "too_many", "bad_request"},
}  # fmt: skip


async def test_no_figure_tells_of_anybody(settings: Settings, clock: Clock) -> None:
    settings = replace(settings, vapid_subject="mailto:operator@example.org")
    answers = httpx.MockTransport(lambda request: httpx.Response(403, text=str(request.url)))
    app = await asyncio.to_thread(create_app, settings, clock, answers)
    async with app.router.lifespan_context(app):
        cast = Cast(app, clock)
        before = await look(app)
        told = await tell_everything(cast)
        figures = await look(app)
        await cast.leave()

    templates = {getattr(route, "path", "") for route in app.routes} | {"none"}
    moved = [(name, labels) for name, labels in figures.moved(before) if name.startswith(OURS)]
    labels = {pair for _, labels in moved for pair in labels.items()}
    strange = {(label, value) for label, value in labels if value not in KNOWN.get(label, ()) and label != "le"}
    assert strange - {("route", template) for template in templates} == set()
    assert all(float(value) > 0 for label, value in labels if label == "le")
    assert found_in(figures.text.encode(), told.marks | told.secrets) == []
    assert [value for _, value in labels if ID.search(value)] == []
    plain = " ".join({name for name, _ in moved} | {value for label, value in labels if label != "route"})
    assert [word for word in PERSONAL if word in plain] == []
    assert len(labels) > 50
