"""F5: a network that cuts, loses and delays. Phones send the same change again until it is acknowledged."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from server.base.ids import uuid7
from tests.faults.chaos_proxy import ChaosProxy
from tests.faults.harness import Served
from tests.faults.phones import Lost, Phone, Verdict, sum_of
from tests.faults.wire import Wire
from tests.tried import size, tell

_PHONES = 20


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder: Path = tmp_path_factory.mktemp("chaos")
    with Served(folder / "data") as served:
        yield served


@pytest.fixture
async def phones(served: Served) -> AsyncIterator[list[Phone]]:
    phones = [Phone(served.port) for _ in range(_PHONES)]
    for phone in phones:
        await phone.register()
    yield phones
    for phone in phones:
        phone.close()


async def keep_sending(phone: Phone, proxy: ChaosProxy, batches: int, is_new_each_time: bool = False) -> int:
    """Sends so many batches through the proxy, each until it is acknowledged; answers how many exchanges were lost."""
    straight, phone.wires = phone.wires, [Wire(proxy.port)]
    phone.wires[0].cookie = straight[0].cookie
    lost = 0
    for number in range(batches):
        batch = phone.changes(1 + number % 3)
        while True:
            try:
                if (await phone.sync(batch, patience_s=3)).status == 200:
                    break
            except Lost:
                lost += 1
            if is_new_each_time:
                batch = [change | {"id": uuid7()} for change in batch]
        phone.wires[0].close()  # every exchange meets a misdeed of its own
    phone.wires = straight
    return lost


async def through_chaos(served: Served, phones: list[Phone], batches: int, is_new: bool) -> tuple[int, Verdict]:
    """Every phone at once through one bad network; then everything is read back over a good one."""
    async with ChaosProxy(served.port, seed=batches) as proxy:
        lost = sum(await asyncio.gather(*(keep_sending(phone, proxy, batches, is_new) for phone in phones)))
    return lost, sum_of([await phone.judged() for phone in phones])


async def test_a_bad_network_loses_nothing_and_doubles_nothing(served: Served, phones: list[Phone]) -> None:
    batches = size(500, 10_000) // _PHONES

    lost, verdict = await through_chaos(served, phones, batches, is_new=False)

    tell(f"F5 bad network: {batches * _PHONES + lost} tried, {verdict.lost} lost; {lost} exchanges cut; {verdict}")
    assert verdict.is_clean
    assert verdict.acknowledged == verdict.tried
    assert lost > batches
    assert not served.faults()


async def test_phones_that_name_a_change_anew_each_time_are_found_out(served: Served, phones: list[Phone]) -> None:
    _, verdict = await through_chaos(served, phones, 4, is_new=True)

    tell(f"F5 mutant, no change ids: {verdict}")
    assert verdict.doubled > 0
