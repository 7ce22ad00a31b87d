"""What a killed server leaves on the disk and in its log holds no word that anybody wrote."""

import socket
from pathlib import Path
from uuid import uuid4

import httpx

from server.base.clock import system_clock, wire_instant
from server.base.ids import uuid7
from tests.canary import found_in, marker
from tests.faults.harness import Served
from tests.people import PASSWORD


def test_a_killed_server_leaves_no_word_behind(tmp_path: Path) -> None:
    marks = {name: marker(name) for name in ("note", "name", "address", "device", "path", "query", "body", "line")}

    with Served(tmp_path / "data") as served:
        stored = _told(served, marks)
        _garbled(served, marks)
        served.end()
        files = {path.name: path.read_bytes() for path in served.data.rglob("*") if path.is_file()}
        log = served.log.read_bytes()

    found = [f"{name} in {place}" for place, data in (files | {"log": log}).items() for name in found_in(data, marks)]
    assert stored["values"]["note"] == marks["note"]
    assert {"interlude.db", "interlude.db-wal", "keyring.db", "master.key"} <= files.keys()
    assert log.count(b'"event":"request"') > 5
    assert found == []


def _told(served: Served, marks: dict[str, str]) -> dict[str, dict[str, str]]:
    """Writes the markers as a person would, and answers the record that was stored."""
    now = wire_instant(system_clock())
    patch = {"occurred_at": now, "zone": "UTC", "note": marks["note"]}
    change = {"id": uuid7(), "kind": "check_in", "record_id": uuid7(), "base_revision": 0, "edited_at": now}
    who = {"email": f"{marks['address']}@example.org", "password": PASSWORD, "role": "patient", "name": marks["name"]}
    with httpx.Client(base_url=f"http://localhost:{served.port}", headers={"user-agent": marks["device"]}) as client:
        client.post("/api/accounts", json=who | {"zone": "UTC", "adult": True}).raise_for_status()
        result = client.post("/api/sync", json={"changes": [change | {"patch": patch}]}).raise_for_status().json()
        assert client.get(f"/{marks['path']}").status_code == 404
        assert client.get("/api/check-ins", params={"from": marks["query"]}).status_code == 422
        assert client.post("/api/sync", json={marks["body"]: uuid4().hex}).status_code == 422
    record: dict[str, dict[str, str]] = result["results"][0]["record"]
    return record


def _garbled(served: Served, marks: dict[str, str]) -> None:
    """What is not HTTP: the server's own library has words for that."""
    for first in (marks["line"], f"GET / HTTP/1.1\r\n{marks['line']}", f"GET /{marks['line']}"):
        with socket.create_connection(("127.0.0.1", served.port), 10) as wire:
            wire.sendall(f"{first}\r\n\r\n".encode())
            wire.recv(4096)
