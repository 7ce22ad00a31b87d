"""A phone that holds two thousand entries opens and saves as fast as one that holds a few."""

import statistics
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from server.base.clock import wire_instant
from server.base.ids import uuid7
from tests.browser.conftest import OpenPhone
from tests.browser.phone import Phone
from tests.browser.server import Server
from tests.browser.stored import in_app

_MANY = 2_000
_OPEN_S = 1.0
_SAVE_MS = 50
"""Goals (BENCH, section 3). A busy machine is allowed for by what the least of the same work takes on it."""

TIMED_SAVES = """async (db, { all, keep }) => {
    const timed = async (work) => {
        const began = performance.now()
        await work()
        return performance.now() - began
    }
    const bare = async () => {
        const tx = db.transaction('meta', 'readwrite', { durability: 'strict' })
        tx.store.put('x'.repeat(500), 'test')
        await tx.done
    }
    let count = 0
    const read = await timed(async () => (count = (await all(db, 'check_in')).length))
    const saves = [], least = []
    for (let i = 0; i < 15; i++) {
        const at = new Date().toISOString()
        const values = { occurred_at: at, zone: 'Europe/Berlin', note: 'x'.repeat(500) }
        saves.push(await timed(() => keep(db, 'check_in', crypto.randomUUID(), values, at)))
        least.push(await timed(bare))
    }
    return { count, read, saves, least }
}"""


@pytest.mark.alone
def test_two_thousand_entries_are_there_a_second_after_a_cold_start(open_phone: OpenPhone, server: Server) -> None:
    patient = server.register()
    with closing(server.client(patient)) as client:
        for start in range(0, _MANY, 500):
            changes = [wire_change(number) for number in range(start, start + 500)]
            client.post("/api/sync", json={"since": 0, "changes": changes, "limit": 1}).raise_for_status()
    first, other = open_phone("full"), open_phone("empty")
    first.sign_in(patient)
    first.until(lambda: bool(in_app(first, f"async (db) => await db.count('records') === {_MANY}")), "the pull", 90)
    other.write("the one entry")
    other.save()
    other.expect_state("Saved on this device")
    for phone in (first, other):
        phone.wait_for_shell()
        phone.kill()
    server.stop()

    full, form_s, full_s = started_cold(open_phone, "full")
    _, empty_form_s, empty_s = started_cold(open_phone, "empty")
    took = in_app(full, TIMED_SAVES)
    save_ms, least_ms = statistics.median(took["saves"]), statistics.median(took["least"])
    print(
        f"{_MANY} entries, a cold start after kill -9: the form takes over after {form_s * 1000:.0f} ms, "
        f"History shows one after {full_s * 1000:.0f} (goal {_OPEN_S * 1000:.0f}; with one entry "
        f"{empty_form_s * 1000:.0f} and {empty_s * 1000:.0f}), all read in {took['read']:.0f} ms, "
        f"a save {save_ms:.0f} ms (goal {_SAVE_MS}; an empty write {least_ms:.0f})"
    )
    assert took["count"] == _MANY
    assert form_s < _OPEN_S or form_s < 2 * empty_form_s + _OPEN_S
    assert full_s < _OPEN_S or full_s < 2 * empty_s + _OPEN_S
    assert save_ms < _SAVE_MS or save_ms < 3 * least_ms + _SAVE_MS


def started_cold(open_phone: OpenPhone, name: str) -> tuple[Phone, float, float]:
    """A phone just started without a network; seconds until the form took over, and until History showed an entry."""
    phone = open_phone(name, path="about:blank")
    phone.context.set_offline(True)
    started = time.monotonic()
    phone.go("/")
    form_s = time.monotonic() - started
    phone.go("/#/history")
    expect(phone.page.locator(".entry").first).to_be_visible()
    return phone, form_s, time.monotonic() - started


def wire_change(number: int) -> dict[str, Any]:
    """A check-in of so many hours ago, as it is sent."""
    at = wire_instant(datetime.now(UTC) - timedelta(hours=number))
    patch = {
        "occurred_at": at,
        "zone": "Europe/Berlin",
        "mood": number % 11,
        "note": f"The day was long. {number} " * 5,
    }
    common = {"kind": "check_in", "base_revision": 0, "edited_at": at}
    return {"id": uuid7(), "record_id": uuid7(), **common, "patch": patch}
