"""F2: the power is cut at any write. What was acknowledged before is on the disk, and the file is sound."""

import asyncio
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

from server.database import service as database
from tests.faults.harness import Served
from tests.faults.phones import Phone
from tests.faults.power_cut import cuts, log_in, write_down
from tests.faults.warm import ROOT
from tests.tried import size, tell

_PHONES = 4


class Written(NamedTuple):
    """A run on the disk that may lose power: its log, since when people wrote, and what was acknowledged when."""

    log: Path
    since: int
    acknowledged: list[tuple[int, str]]  # monotonic nanoseconds, change
    batches: int  # acknowledged
    phones: list[Phone]

    @property
    def syncs(self) -> int:
        """How often SQLite's log was synced for these batches, and for what went on beside them."""
        lines = log_in(self.log)
        names = {line.inode: line.more.decode() for line in lines if line.what == "N"}
        late = (line for line in lines if line.what == "S" and line.at > self.since)
        return sum(names.get(line.inode, "").endswith("interlude.db-wal") for line in late)


class Loss(NamedTuple):
    """What cuts did: how many entries were acknowledged before each, taken together, how many of those are gone."""

    acknowledged: int
    lost: int
    altered: int
    unsound: int


def before(tmp_path: Path) -> tuple[str, ...]:
    """The command that runs another on such a disk, mounted where only that one sees it."""
    (tmp_path / "data").mkdir(exist_ok=True)
    log = str(tmp_path / "disk.log")
    fuse = (sys.executable, "-m", "tests.faults.fuse", str(tmp_path / "data"), log)
    return ("unshare", "--map-root-user", "--mount", *fuse)


def why_not(tmp_path: Path) -> str:
    """Why this machine has no such disk, or nothing."""
    if not Path("/dev/fuse").exists():
        return "there is no /dev/fuse"
    command = [*before(tmp_path), "true"]
    tried = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30, check=False)
    return "" if tried.returncode == 0 else tried.stderr.strip().splitlines()[-1]


async def write(tmp_path: Path, span_s: float, mutant: str = "") -> Written:
    """Lets four phones write for a while."""
    acknowledged: list[tuple[int, str]] = []
    with Served(tmp_path / "data", mutant=mutant, before=before(tmp_path)) as served:
        phones = [Phone(served.port) for _ in range(_PHONES)]
        for phone in phones:
            await phone.register()
        since = time.monotonic_ns()
        until = time.monotonic() + span_s

        async def lead_life(phone: Phone) -> None:
            number = 0
            while time.monotonic() < until:
                number += 1
                batch = phone.changes(1 + number % 5)
                assert (await phone.sync(batch)).status == 200
                now = time.monotonic_ns()
                acknowledged.extend((now, change["id"]) for change in batch)

        await asyncio.gather(*map(lead_life, phones))
        for phone in phones:
            phone.close()
        served.end()
    batches = len({when for when, _ in acknowledged})
    return Written(tmp_path / "disk.log", since, sorted(acknowledged), batches, phones)


def judge(written: Written, count: int, folder: Path) -> Loss:
    """Cuts the power `count` times, and looks at what each leaves with nothing but SQLite."""
    lost = before_cut = unsound = altered = 0
    sealed: dict[str, bytes] = {}
    for at, files in cuts(log_in(written.log), written.since, count, seed=count):
        shutil.rmtree(folder, ignore_errors=True)
        write_down(files, folder)
        held = look(folder)
        due = {change for when, change in written.acknowledged if when < at}
        before_cut += len(due)
        lost += len(due - held.changes)
        unsound += not held.is_sound
        altered += sum(sealed.setdefault(record, part) != part for record, part in held.sealed.items())
    return Loss(before_cut, lost, altered, unsound)


class Held(NamedTuple):
    """What a disk holds."""

    is_sound: bool
    changes: set[str]
    sealed: dict[str, bytes]


def look(folder: Path) -> Held:
    """Opens what a cut left, as the next start does."""
    is_sound = True
    connections: list[Any] = []
    try:
        for name in ("database/interlude.db", "keyring/keyring.db"):
            connections.append(database.connect_sqlite(folder / name))
            is_sound &= [tuple(row) for row in connections[-1].execute("PRAGMA integrity_check")] == [("ok",)]
        keys = {row[0] for row in connections[1].execute("SELECT account_id FROM data_key")}
        changes = {row[0] for row in connections[0].execute("SELECT change_id FROM record_change")}
        rows = connections[0].execute("SELECT patient_id, record_id, sealed FROM record").fetchall()
    except connections[0].Error:
        return Held(False, set(), {})
    finally:
        for connection in connections:
            connection.close()
    return Held(is_sound and {row[0] for row in rows} <= keys, changes, {row[1]: row[2] for row in rows})


async def test_a_power_cut_at_any_write_loses_nothing_acknowledged(tmp_path: Path) -> None:
    count = size(60, 2000)
    if reason := why_not(tmp_path):
        tell(f"F2 power cut: skipped, {reason}")
        return

    written = await write(tmp_path, size(2, 60))
    loss = await asyncio.to_thread(judge, written, count, tmp_path / "left")
    verdict = await read_again(tmp_path / "left", written)

    tell(
        f"F2 power cut: {count} tried, {loss.lost} lost of {loss.acknowledged}; {loss.unsound} unsound; {verdict};"
        f" {written.syncs} syncs for {written.batches} batches"
    )
    assert (loss.lost, loss.altered, loss.unsound) == (0, 0, 0)
    assert 0 < written.syncs <= written.batches
    assert loss.acknowledged > count * 5
    assert verdict == "the last one served again"


async def read_again(left: Path, written: Written) -> str:
    """Starts the server on what the last cut left, and signs in there."""
    with Served(left) as served:
        for phone in written.phones:
            for wire in phone.wires:
                wire.port = served.port
            verdict = await phone.judged()
            if verdict.altered or verdict.doubled:
                return str(verdict)
    return "the last one served again"


async def test_a_database_that_syncs_too_late_is_found_out(tmp_path: Path) -> None:
    if reason := why_not(tmp_path):
        tell(f"F2 mutant: skipped, {reason}")
        return

    written = await write(tmp_path, 2, mutant="synchronous-normal")
    loss = await asyncio.to_thread(judge, written, 20, tmp_path / "left")

    tell(f"F2 mutant, synchronous=NORMAL: 20 tried, {loss.lost} lost of {loss.acknowledged}")
    assert loss.lost > 0
