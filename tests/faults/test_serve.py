"""Served: ready soon, stopped in good order, and no larger for what strangers send."""

import json
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from server.base.limits import MAX_BODY
from tests.faults.harness import Served
from tests.people import PASSWORD


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, compressed_assets: Path) -> Path:
    """A data folder for the tests of this file, one server at a time."""
    folder = tmp_path_factory.mktemp("serve") / "data"
    folder.mkdir()
    (folder / "cache").symlink_to(compressed_assets)
    return folder


@pytest.fixture
def serving(data: Path) -> Iterator[Served]:
    """A server that the test may stop."""
    with Served(data) as served:
        yield served


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, compressed_assets: Path) -> Iterator[Served]:
    """A server for every test that leaves it running."""
    folder = tmp_path_factory.mktemp("running") / "data"
    folder.mkdir()
    (folder / "cache").symlink_to(compressed_assets)
    with Served(folder) as served:
        yield served


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_request_in_flight_ends_before_the_server_does(serving: Served, number: signal.Signals) -> None:
    with closing(_patient(serving)) as client, _begun_sync(serving, client) as wire:
        serving.process.send_signal(number)
        until = time.monotonic() + 5
        while (is_open_to_others := serving.is_ready()) and time.monotonic() < until:
            time.sleep(0.05)

        wire.sendall(b"}")
        answer = _received(wire)

    assert not is_open_to_others
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert serving.process.wait(8) == 0


def test_a_request_that_never_ends_holds_the_stop_for_less_than_ten_seconds(serving: Served) -> None:
    with closing(_patient(serving)) as client, _begun_sync(serving, client):
        began = time.monotonic()

        status = serving.end(signal.SIGTERM)

    assert status == 0
    assert 5 < time.monotonic() - began < 10


def test_an_idle_connection_holds_nothing_up(serving: Served) -> None:
    with closing(_patient(serving)) as client:
        client.get("/api/account").raise_for_status()
        began = time.monotonic()

        status = serving.end(signal.SIGTERM)

    assert status == 0
    assert time.monotonic() - began < 5


def test_what_was_acknowledged_before_the_stop_is_there_after_the_next_start(serving: Served) -> None:
    with closing(_patient(serving)) as client:
        client.patch("/api/account", json={"name": "Ole F."}).raise_for_status()
        serving.end(signal.SIGTERM)
        serving.start()

        name = client.get("/api/account").raise_for_status().json()["name"]

    assert name == "Ole F."


def test_ready_is_said_quickly(running: Served) -> None:
    times = []
    for _ in range(10):
        began = time.monotonic()
        assert httpx.get(f"{_url(running)}/readyz").json() == {"status": "ready"}
        times.append(time.monotonic() - began)

    assert min(times) < 0.2


def test_its_figures_are_for_this_machine_alone(running: Served) -> None:
    here = httpx.get(f"{_url(running)}/metrics")
    through_a_proxy = httpx.get(f"{_url(running)}/metrics", headers={"x-forwarded-for": "203.0.113.7"})

    assert here.status_code == 200
    assert "process_resident_memory_bytes" in here.text
    assert through_a_proxy.status_code == 404


def test_a_head_has_no_body_on_the_wire_and_no_answer_names_the_software(running: Served) -> None:
    with socket.create_connection(("127.0.0.1", running.port), 10) as wire:
        wire.sendall(b"HEAD /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        answer = _received(wire)

    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 ")
    assert body == b""
    assert b"\r\nserver:" not in head.lower()


def test_a_huge_chunked_body_costs_no_memory(running: Served) -> None:
    assert running.process is not None
    status = Path(f"/proc/{running.process.pid}/status")
    with closing(_patient(running)) as client:
        before = _peak_kib(status)
        with _wire(running, client, "Transfer-Encoding: chunked") as wire:
            wire.settimeout(10)
            answer = _flooded(wire, 200 * MAX_BODY)

    assert answer.startswith(b"HTTP/1.1 413 ")
    assert _peak_kib(status) - before < 20 * 1024


def _url(served: Served) -> str:
    return f"http://localhost:{served.port}"


def _patient(served: Served) -> httpx.Client:
    """The client of a new patient."""
    client = httpx.Client(base_url=_url(served), timeout=20)
    body = {"email": f"{uuid4().hex}@example.org", "password": PASSWORD, "role": "patient", "name": "Ole"}
    client.post("/api/accounts", json=body | {"zone": "Europe/Berlin", "adult": True}).raise_for_status()
    return client


def _begun_sync(serving: Served, client: httpx.Client) -> socket.socket:
    """A sync that lacks the last byte of its body; the server has begun to answer it."""
    wire = _wire(serving, client, "Content-Length: 2")
    wire.sendall(b"{")
    time.sleep(0.3)
    return wire


def _wire(serving: Served, client: httpx.Client, framing: str) -> socket.socket:
    cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    head = f"POST /api/sync HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nCookie: {cookie}\r\n"
    wire = socket.create_connection(("127.0.0.1", serving.port), 20)
    wire.sendall(f"{head}{framing}\r\n\r\n".encode())
    return wire


def _received(wire: socket.socket) -> bytes:
    """All that comes before a whole JSON body or the end."""
    answer = b""
    while part := wire.recv(65536):
        answer += part
        head, _, body = answer.partition(b"\r\n\r\n")
        if body and (b"HEAD" not in head) and _is_whole(body):
            break
    return answer


def _is_whole(body: bytes) -> bool:
    try:
        json.loads(body)
    except ValueError:
        return False
    return True


def _flooded(wire: socket.socket, size: int) -> bytes:
    """Sends chunks until the server has had enough or `size` bytes are sent; answers what it said."""
    chunk = b"10000\r\n" + b" " * 65536 + b"\r\n"
    try:
        for _ in range(size // 65536):
            wire.sendall(chunk)
    except OSError:
        return wire.recv(65536)
    return _received(wire)


def _peak_kib(status: Path) -> int:
    return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM"))
