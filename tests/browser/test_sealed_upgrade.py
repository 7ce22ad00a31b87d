"""A phone that kept its entries before there was a vault: all of them are sealed, and none is lost on the way."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import expect

from server.base.clock import wire_instant
from server.base.ids import uuid7
from tests.browser.conftest import OpenPhone
from tests.browser.server import Account, Server
from tests.browser.stored import in_app, rows

_MANY = 2_000

VERSION_1 = """async ({ records, outbox, drafts }) => {
    const db = await new Promise((done) => {
        const asked = indexedDB.open('interlude-guest', 1)
        asked.onupgradeneeded = () => {
            const made = asked.result
            made.createObjectStore('records', { keyPath: 'id' }).createIndex('kind_at', ['kind', 'at'])
            made.createObjectStore('outbox', { keyPath: 'id' }).createIndex('record_id', 'record_id')
            made.createObjectStore('drafts', { keyPath: 'id' })
            made.createObjectStore('meta')
        }
        asked.onsuccess = () => done(asked.result)
    })
    const tx = db.transaction(['records', 'outbox', 'drafts'], 'readwrite')
    for (const [store, all] of Object.entries({ records, outbox, drafts })) {
        for (const row of all) tx.objectStore(store).put(row)
    }
    await new Promise((done) => (tx.oncomplete = done))
    db.close()
}"""

# Answers once the first batch is sealed and the last is not.
HALF_WAY = """async () => {
    for (;;) {
        const version = (await indexedDB.databases()).find(({ name }) => name === 'interlude-guest')?.version
        if (version === 2) break
    }
    const db = await new Promise((done) => {
        const asked = indexedDB.open('interlude-guest')
        asked.onsuccess = () => done(asked.result)
    })
    const first = (direction) => new Promise((done) => {
        const asked = db.transaction('outbox').objectStore('outbox').openCursor(null, direction)
        asked.onsuccess = () => done(Boolean(asked.result.value.sealed))
    })
    while (!(await first('next'))) {}
    return first('prev')
}"""


def test_a_database_from_before_the_vault_is_sealed_whole_also_when_it_is_killed_on_the_way(
    open_phone: OpenPhone, server: Server
) -> None:
    phone = open_phone(path="about:blank")
    phone.go("/api/openapi.json")
    phone.page.evaluate(VERSION_1, plain_rows(_MANY))
    phone.page.goto(server.url + "/", wait_until="commit")
    assert phone.page.evaluate(HALF_WAY) is False
    phone.kill()

    again = open_phone()
    expect(again.page.locator("#note")).to_have_value("half a thought")
    notes = in_app(
        again, "(db, { all }) => all(db, 'check_in').then((all) => all.map((row) => row.record.values.note))"
    )
    lying = rows(again, "interlude-guest")

    assert sorted(notes) == sorted(f"note {number}" for number in range(_MANY))
    assert [len(lying[store]) for store in ("records", "outbox", "drafts")] == [_MANY, _MANY, 1]
    assert all(row["sealed"] is True for found in lying.values() for row in found)
    patient = server.register()
    again.go("/#/sign-in")
    again.sign_in(patient)
    again.until(lambda: len(all_check_ins(server, patient)) == _MANY, "what waited to arrive", seconds=90)


def plain_rows(count: int) -> dict[str, list[dict[str, Any]]]:
    """What version 1 kept: entries, their changes, and a draft, all in the open."""
    now = datetime.now(UTC)
    records, outbox = [], []
    for number in range(count):
        at = wire_instant(now - timedelta(minutes=number))
        record_id, values = uuid7(), {"occurred_at": at, "zone": "Europe/Berlin", "note": f"note {number}"}
        common = {"kind": "check_in", "edited_at": at}
        record = common | {"id": record_id, "revision": 0, "deleted": False, "recorded_at": at, "received_at": None}
        record |= {"values": values, "alternatives": {}}
        records.append({"id": record_id, "kind": "check_in", "at": at, "record": record, "base": None})
        change = common | {"id": uuid7(), "record_id": record_id, "base_revision": 0, "patch": values}
        outbox.append(change | {"sent_at": None, "refused": None})
    fields = {"mood": None, "anxiety": None, "dissociation": None, "note": "half a thought"}
    fields |= {"audience": "me", "bring": False, "when": "", "extras": {}}
    draft = {"id": uuid7(), "kind": "check_in", "isNew": True, "fields": fields, "touched_at": wire_instant(now)}
    return {"records": records, "outbox": outbox, "drafts": [draft]}


def all_check_ins(server: Server, patient: Account) -> list[Any]:
    """Every check-in the server holds of a person, page by page."""
    found: list[Any] = []
    with closing(server.client(patient)) as client:
        answer = client.post("/api/sync", json={"since": 0, "changes": []}).raise_for_status().json()
        found += answer["records"]
        while answer["more"]:
            answer = (
                client.post("/api/sync", json={"since": answer["revision"], "changes": []}).raise_for_status().json()
            )
            found += answer["records"]
    return found
