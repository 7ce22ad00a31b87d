"""Several processes of one server: whichever is asked for the figures answers for all, also for those that died."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.api.scrape import Figures
from tests.faults.harness import Served
from tests.faults.postgres import Mortal

ALIVE = {"method": "GET", "route": "/healthz", "status": "2xx"}


@pytest.fixture(scope="module")
def postgres() -> Iterator[Mortal]:
    with Mortal() as postgres:
        yield postgres


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory, postgres: Mortal) -> Iterator[Served]:
    with Served(tmp_path_factory.mktemp("two") / "data", postgres.migrated(), INTERLUDE_WORKERS="2") as served:
        yield served


@pytest.fixture
def served(two: Served) -> Served:
    """Two processes of one server, running, whatever a test before did to it."""
    if two.process is None or two.process.poll() is not None:
        two.start()
    return two


def test_any_process_answers_for_all(served: Served) -> None:
    before = look(served)
    for _ in range(60):
        ask(served, "/healthz")

    looks = [look(served) for _ in range(12)]

    assert {each.since(before, "request_seconds_count", **ALIVE) for each in looks} == {60}
    assert {each.value("requests_in_flight") for each in looks} == {1}
    assert [len(pids(each)) for each in looks] == [2] * 12


def test_what_dead_processes_counted_stays_and_what_they_had_open_goes(served: Served) -> None:
    held = [connect(served) for _ in range(8)]
    for connection in held:
        told(connection, "/healthz")
    before = look(served)

    for pid in pids(before):
        os.kill(int(pid), signal.SIGKILL)

    until = time.monotonic() + 60
    while len(pids(now := look(served)) - pids(before)) < 2:
        assert time.monotonic() < until
        time.sleep(0.1)
    for connection in held:
        connection.close()
    assert before.value("connections") == 9
    assert now.value("connections") == 1
    assert now.value("requests_in_flight") == 1
    assert now.value("request_seconds_count", **ALIVE) == before.value("request_seconds_count", **ALIVE) >= 8


def test_the_folder_of_the_figures_goes_with_the_server(served: Served) -> None:
    environment = Path(f"/proc/{min(pids(look(served)))}/environ").read_text().split("\0")
    [folder] = [Path(each.partition("=")[2]) for each in environment if each.startswith("PROMETHEUS_MULTIPROC_DIR=")]
    was_private = folder.stat().st_mode & 0o077 == 0

    status = served.end(signal.SIGTERM)

    assert status == 0
    assert was_private
    assert not folder.exists()


def connect(served: Served) -> HTTPConnection:
    return HTTPConnection("127.0.0.1", served.port, timeout=60)


def told(connection: HTTPConnection, path: str) -> str:
    connection.request("GET", path)
    answer = connection.getresponse()
    assert answer.status == 200
    return answer.read().decode()


def ask(served: Served, path: str) -> str:
    """The answer over a connection of its own, so that any process may take it."""
    with closing(connect(served)) as connection:
        return told(connection, path)


def look(served: Served) -> Figures:
    return Figures(ask(served, "/metrics"))


def pids(figures: Figures) -> set[str]:
    """The processes whose memory is told."""
    return {labels["pid"] for name, labels, _ in figures.samples() if name == "process_resident_memory_bytes"}
