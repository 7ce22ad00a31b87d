"""What people write stands nowhere in plain: not in the log, not in a database file, not in a dump of the tables."""

import asyncio
import io
import logging
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from server.app import create_app, endpoints
from server.base.log import _Lines, log
from server.base.settings import Settings
from server.merging.kinds import known_kinds
from server.records import service as records
from tests.api.everything_told import Told, tell_everything
from tests.canary import bytes_of, found_in, marker, open_fields
from tests.people import Cast, Clock
from tests.tables import everything
from tests.tried import tell

NOT_READ_AGAIN = {  # nothing answers these: they are hashed, replaced, or were refused
    "NewAccount.password", "NewAccount.name", "Credentials.password", "Credentials.code", "NewSubscription.endpoint",
    "Proof.password", "Proof.code",
    "Acceptance.secret", "Erasure.password", "CodeBody.code", "Response.answers", "a wrong path", "a query", "a header",
    "a body",
}  # fmt: skip


class Left:
    """What the running of an installation left behind."""

    def __init__(self, told: Told, log_lines: str, tables: dict[str, bytes], files: dict[str, bytes]) -> None:
        self.told, self.log_lines, self.tables, self.files = told, log_lines, tables, files

    def faults(self) -> list[str]:
        """Every place where a marker or a secret stands."""
        marks = self.told.marks | self.told.secrets
        places = {"log": self.log_lines.encode()} | self.tables | self.files
        return sorted(f"{name} in {place}" for place, data in places.items() for name in found_in(data, marks))


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """All that any logger of this process says, in the one format."""
    heard, root = io.StringIO(), logging.getLogger()
    handler, before = logging.StreamHandler(heard), root.level
    handler.setFormatter(_Lines())
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield heard
    root.setLevel(before)
    root.removeHandler(handler)


async def _left(settings: Settings, clock: Clock, lines: io.StringIO) -> Left:
    """Runs an installation in which everything is told, looks at it while it runs, and again once it was stopped."""
    urls: list[str] = []

    def misbehave(request: httpx.Request) -> httpx.Response:
        urls.append(str(request.url))
        if len(urls) == 2:
            raise httpx.ConnectError(f"no way to {request.url}", request=request)
        return httpx.Response(500 if len(urls) == 1 else 403, text=str(request.url))

    settings = replace(settings, vapid_subject="mailto:operator@example.org")
    app = await asyncio.to_thread(create_app, settings, clock, httpx.MockTransport(misbehave))
    async with app.router.lifespan_context(app):
        cast = Cast(app, clock)
        told = await tell_everything(cast)
        tables = {f"table {name}": bytes_of(rows) for name, rows in (await everything()).items()}
        files = await asyncio.to_thread(_files, settings.data_dir, "running")
        await cast.leave()
    files |= await asyncio.to_thread(_files, settings.data_dir, "stopped")
    assert len(urls) > 2
    return Left(told, lines.getvalue(), tables, files)


async def test_nothing_that_was_told_is_found_anywhere(
    settings: Settings, clock: Clock, lines: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    left = await _left(settings, clock, lines)

    faults = left.faults()
    said = "".join(capfd.readouterr()).encode()
    tried, places = len(left.told.marks | left.told.secrets), len(left.tables) + len(left.files) + 2
    tell(f"B6 canary sweep: {tried} tried in {places} places, {len(faults)} found")
    assert faults == []
    assert found_in(said, left.told.marks | left.told.secrets) == []
    assert left.log_lines.count('"event":"request"') > 40
    assert {"table record", "table public.record"} & left.tables.keys()
    assert sum(map(len, left.tables.values())) > 10_000
    assert settings.is_sqlite == ("interlude.db-wal, running" in left.files)


async def test_what_was_told_had_been_stored(settings: Settings, clock: Clock, lines: io.StringIO) -> None:
    told = (await _left(settings, clock, lines)).told

    missing = {name for name, mark in told.marks.items() if mark not in told.read_again}

    assert missing == NOT_READ_AGAIN
    assert len(told.secrets) > 20


async def test_every_field_that_takes_words_has_a_marker(settings: Settings, clock: Clock, lines: io.StringIO) -> None:
    told = (await _left(settings, clock, lines)).told
    bodies = [each.body for each in endpoints() if each.body is not None]

    fields = open_fields([*bodies, *(kind.values for kind in known_kinds.values())])

    assert len(fields) > 15
    assert fields - told.marks.keys() == set()


async def test_a_body_in_the_log_would_be_found(
    settings: Settings, clock: Clock, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    push_changes = records.push_changes

    async def talkative(patient_id: str, day_starts_at: Any, sync: Any, batch: Any, now: Any) -> Any:
        log.info("stored %s", batch)
        return await push_changes(patient_id, day_starts_at, sync, batch, now)

    monkeypatch.setattr(records, "push_changes", talkative)

    faults = (await _left(settings, clock, lines)).faults()

    assert "CheckIn.note in log" in faults
    assert {fault.rpartition(" in ")[2] for fault in faults} == {"log"}


async def test_a_value_that_was_not_sealed_would_be_found(
    settings: Settings, clock: Clock, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Open:
        """A cipher that hides nothing."""

        def __init__(self, key: bytes) -> None: ...

        def encrypt(self, nonce: bytes, plain: bytes, bound_to: bytes) -> bytes:
            return plain + bytes(16)

        def decrypt(self, nonce: bytes, sealed: bytes, bound_to: bytes) -> bytes:
            return sealed[:-16]

    monkeypatch.setattr("server.vault.rules.AESGCM", Open)

    faults = (await _left(settings, clock, lines)).faults()

    found = {fault.partition(" in ")[0] for fault in faults}
    assert {"CheckIn.note", "CheckIn.own", "TreatmentSession.intention", "AccountChanges.name"} <= found
    assert {"NewSubscription.endpoint", "ReminderBody.wording", "ReadingHours.backup", "Credentials.email"} <= found
    assert "header of a patient.user-agent" in found


@pytest.mark.parametrize("form", [str.upper, lambda mark: mark.encode().hex(), lambda mark: mark])
def test_a_marker_is_found_in_other_forms(form: Any) -> None:
    data = b"before " + form(marker("note")).encode() + b" after"

    assert found_in(data, {"note": marker("note"), "name": marker("name")}) == ["note"]


def _files(folder: Path, when: str) -> dict[str, bytes]:
    """Every file of the installation but the compressed assets: database, log of it, keyring, master key."""
    found = {}
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError):
            if path.is_file() and "cache" not in path.parts:
                found[f"{path.name}, {when}"] = path.read_bytes()
    return found
