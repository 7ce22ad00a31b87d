"""F3: the disk fills up while phones send. They are told so, nothing is lost, and with space again it goes on."""

import asyncio
import random
import shutil
import subprocess
from collections import Counter
from pathlib import Path

from tests.faults.harness import Served
from tests.faults.phones import PASSWORD, Phone, Verdict, sum_of
from tests.faults.wire import Wire
from tests.tried import size, tell

_DISK_KB = size(24, 128) * 1024  # what people keep writing stays on it for good
_MOUNT = 'mount -t tmpfs -o size="$1"k,mode=700 tmpfs "$2" && shift 2 && exec "$@"'


class SmallDisk:
    """A disk of a few megabytes that only the server sees: a tmpfs in a mount namespace of its own."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        self.before = ("unshare", "--map-root-user", "--mount", "sh", "-c", _MOUNT, "sh", str(_DISK_KB), str(folder))

    def why_not(self) -> str:
        """Why there is none on this machine, or nothing."""
        tried = subprocess.run([*self.before, "true"], capture_output=True, text=True, check=False)
        return "" if tried.returncode == 0 else f"no small disk: {tried.stderr.strip()}"

    def inside(self, served: Served) -> Path:
        """The disk as it is reached from here."""
        assert served.process is not None
        return Path(f"/proc/{served.process.pid}/root{self.folder}")

    def fill(self, served: Served, left_kb: int) -> None:
        """Leaves so much room."""
        inside = self.inside(served)
        room = shutil.disk_usage(inside).free - left_kb * 1024
        with (inside / "ballast").open("wb") as ballast:
            while room > 0:
                room -= ballast.write(b"\1" * min(room, 2**16))

    def empty(self, served: Served) -> None:
        """Gives the room back."""
        (self.inside(served) / "ballast").unlink()


async def _send_until_full(phone: Phone, statuses: Counter[int]) -> None:
    """Sends until it was refused five times, or a good while; the wire may not break."""
    for _ in range(400):
        answer = await phone.sync(phone.changes(random.randint(1, 20)))
        statuses[answer.status] += 1
        if statuses[507] >= 5:
            return


async def fill_up(served: Served, disk: SmallDisk, times: int) -> tuple[Verdict, Counter[int], int]:
    """Runs out of space `times` times; answers what was lost, the statuses, and how often it served on afterwards."""
    phones, statuses, served_on = [Phone(served.port) for _ in range(3)], Counter[int](), 0
    for phone in phones:
        await phone.register()
    for number in range(times):
        now = Counter[int]()
        await asyncio.to_thread(disk.fill, served, (0, 4, 8, 16, 40, 100, 300, 900)[number % 8])
        await asyncio.gather(*(_send_until_full(phone, now) for phone in phones))
        await _meanwhile(served, now)
        await asyncio.to_thread(disk.empty, served)
        answers = [await phone.sync(phone.changes(5)) for phone in phones]
        served_on += all(answer.status == 200 for answer in answers)
        statuses += now
    verdict = sum_of([await phone.judged() for phone in phones])
    for phone in phones:
        phone.close()
    return verdict, statuses, served_on


async def _meanwhile(served: Served, statuses: Counter[int]) -> None:
    """Somebody new comes while the disk is full, and somebody known signs in and reads."""
    async with Wire(served.port) as wire:
        body = {"email": "new@example.org", "password": PASSWORD, "role": "patient", "name": "N"}
        for path in ("/api/accounts", "/api/sign-ins"):
            more = {"zone": "Europe/Berlin", "adult": True} if path.endswith("accounts") else {}
            sent = body | more if more else {name: body[name] for name in ("email", "password")}
            statuses[(await wire.ask("POST", path, sent)).status] += 1
        statuses[(await wire.ask("GET", "/readyz")).status] += 1


async def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    disk, times = SmallDisk(tmp_path / "data"), size(8, 64)
    if reason := disk.why_not():
        tell(f"F3 disk full: skipped, {reason}")
        return

    with Served(disk.folder, before=disk.before) as served:
        verdict, statuses, served_on = await fill_up(served, disk, times)

    said = ", ".join(f"{count} × {status}" for status, count in sorted(statuses.items()))
    tell(f"F3 disk full: {times} tried, {verdict.lost} lost; {verdict}; {said}; served on {served_on} times")
    assert verdict.is_clean
    assert served_on == times
    assert statuses[507] >= times * 5
    assert set(statuses) <= {200, 201, 401, 409, 507}


async def test_a_server_that_acknowledges_what_failed_is_found_out(tmp_path: Path) -> None:
    disk = SmallDisk(tmp_path / "data")
    if reason := disk.why_not():
        tell(f"F3 mutant: skipped, {reason}")
        return

    with Served(disk.folder, mutant="acknowledge-on-exception", before=disk.before) as served:
        phone = Phone(served.port)
        await phone.register()
        await asyncio.to_thread(disk.fill, served, 0)
        for _ in range(20):
            await phone.sync(phone.changes(20))
        await asyncio.to_thread(disk.empty, served)
        verdict = await phone.judged()
        phone.close()

    tell(f"F3 mutant, acknowledge on exception: {verdict.acknowledged} acknowledged, {verdict.lost} lost")
    assert verdict.lost > 0


