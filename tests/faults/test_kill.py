"""F1: the server is killed at random moments while phones send. Whatever it acknowledged is there, once, unaltered."""

import asyncio
import random
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from tests.faults.harness import Served
from tests.faults.phones import Ledger, Phone, Verdict, sum_of
from tests.faults.warm import Child, nursery
from tests.faults.wire import Lost
from tests.tried import size, tell

PHONES = 4
ROUND = 100  # kills, before other phones take over: a phone that has written for hours is slow to judge
LONGEST_S = 0.25  # a server lives for up to this long before it is killed
Batch = list[dict[str, Any]]


async def killed_again_and_again(served: Served, times: int) -> tuple[Verdict, int]:
    """What became of all that was sent around `times` kills, and how many syncs a kill cut off."""
    phones = [Phone(served.port) for _ in range(PHONES)]
    try:
        for phone in phones:
            await phone.register()
        await asyncio.sleep(0.2)  # so that a mutant loses entries, not the accounts
        unanswered: list[Batch] = [[] for _ in phones]
        cut = 0
        for _ in range(times):
            sending = [asyncio.create_task(_send(*each)) for each in zip(phones, unanswered, strict=True)]
            await asyncio.sleep(random.uniform(0, LONGEST_S))
            served.end()
            unanswered = await asyncio.gather(*sending)
            cut += sum(map(bool, unanswered))
            await asyncio.to_thread(served.start)
        return sum_of([await phone.judged() for phone in phones]), cut
    finally:
        for phone in phones:
            phone.close()


async def _send(phone: Phone, unanswered: Batch) -> Batch:
    """Sends until the server is gone; answers the changes of which nobody knows whether they arrived.

    What was `unanswered` before goes first, as a phone does it, half of the time; else it stays unknown for good.
    """
    batch = unanswered if random.random() < 0.5 else []
    while True:
        batch = batch or phone.changes(random.randint(1, 4))
        try:
            answer = await phone.sync(batch)
        except Lost:
            return batch
        assert answer.status == 200, answer.body
        batch = []


async def test_whatever_was_acknowledged_before_a_kill_is_there_once(tmp_path: Path) -> None:
    times, began = size(100, 10_000), time.monotonic()

    with Served(tmp_path / "data", is_warm=True) as served:
        verdicts, cut = list[Verdict](), 0
        for number in range(times // ROUND):
            verdict, more = await killed_again_and_again(served, ROUND)
            verdicts.append(verdict)
            cut += more
            print(f"F1 so far: {(number + 1) * ROUND} kills, {sum_of(verdicts)}", flush=True)
        faults = served.faults()

    verdict = sum_of(verdicts)
    seconds = time.monotonic() - began
    tell(f"F1 kill -9: {times} kills in {seconds:.0f} s, {cut} syncs cut off, {verdict}")
    assert verdict.is_clean
    assert verdict.acknowledged > 10 * times
    assert cut > times
    assert faults == []


async def test_a_server_that_acknowledges_before_the_commit_is_found_out(tmp_path: Path) -> None:
    lost = 0

    with Served(tmp_path / "data", mutant="acknowledge-before-commit", is_warm=True) as served:
        for _ in range(10):
            verdict, _ = await killed_again_and_again(served, 1)
            lost += verdict.lost
            if lost:
                break

    tell(f"F1 with acknowledgement before the commit: {lost} lost")
    assert lost > 0


def test_a_warm_start_is_a_process_of_its_own_from_one_that_has_nothing_open(tmp_path: Path) -> None:
    with Served(tmp_path / "data", is_warm=True) as served:
        served.end()
        served.start()
        origin = Path(f"/proc/{nursery().pid}")
        threads, opened = list((origin / "task").iterdir()), [each.readlink() for each in (origin / "fd").iterdir()]
        code = served.end()

    assert isinstance(served.process, Child)
    assert code == -signal.SIGKILL
    assert not Path(f"/proc/{served.process.pid}").exists()
    assert len(threads) == 1
    assert not [each for each in opened if tmp_path in each.parents or "event" in each.name]


@pytest.mark.parametrize(
    ("held", "revision", "fault"),
    [
        ({"a": "one"}, 1, {"lost": 1}),
        ({"a": "one", "b": "changed"}, 2, {"altered": 1}),
        ({"a": "one", "b": "two"}, 3, {"doubled": 1}),
        ({"a": "one", "b": "two", "x": "from nowhere"}, 3, {"altered": 1}),
        ({"a": "one", "b": "two"}, 2, {}),
        ({"a": "one", "b": "two", "c": "three"}, 3, {}),
    ],
)
def test_the_judgement_finds_what_is_lost_altered_or_doubled(
    held: dict[str, str], revision: int, fault: dict[str, int]
) -> None:
    ledger = Ledger({"a": "one", "b": "two", "c": "three"}, {"a", "b"})  # nobody knows whether "c" arrived

    verdict = ledger.judge(held, revision)

    assert verdict._asdict() == {"tried": 3, "acknowledged": 2, "lost": 0, "altered": 0, "doubled": 0} | fault
    assert verdict.is_clean is not bool(fault)
