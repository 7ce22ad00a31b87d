"""F4: PostgreSQL dies for good and its standby is promoted, while phones send. Nothing acknowledged is lost."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from server.vault.keyring import PostgresKeyring
from tests.faults.harness import Served
from tests.faults.phones import Phone, Verdict, sum_of
from tests.faults.standby import Pair
from tests.faults.test_postgres_gone import lead_life, phones_of
from tests.tried import size, tell

_MANY, _WITHIN_S = 100, 60.0


@pytest.fixture(scope="module")
def pair() -> Iterator[Pair]:
    with Pair() as pair:
        yield pair


@pytest.fixture(scope="module")
def served(pair: Pair, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that knows of both."""
    data: Path = tmp_path_factory.mktemp("standby") / "data"
    with Served(data, pair.migrated()) as served:
        yield served


async def through_a_promotion(pair: Pair, served: Served, is_waited_for: bool) -> tuple[Verdict, int, Counter[str]]:
    """The primary loses its standby, then its life. The verdict, what was acknowledged since, and what was refused."""
    await pair.begin_to_follow(is_waited_for)
    await keep_a_key(pair.following_first())
    phones, until, said = await phones_of(served, 4), asyncio.Event(), Counter[str]()
    lives = asyncio.gather(*(lead_life(each, until, said) for each in phones))
    await acknowledge_more(phones)
    await pair.cut_off()
    await (asyncio.sleep(0.5) if is_waited_for else acknowledge_more(phones))
    await pair.fail_over()
    before = acknowledged_by(phones)
    await acknowledge_more(phones)
    until.set()
    await lives
    verdict = sum_of([await phone.judged() for phone in phones])
    for phone in phones:
        phone.close()
    return verdict, verdict.acknowledged - before, said


async def keep_a_key(url: str) -> None:
    """Keeps a key, wherever the keyring of a server that starts now is led to."""
    keyring = await PostgresKeyring.open(url)
    await keyring.act("INSERT INTO {keys} VALUES (?1, 1, 'none', ?2)", str(uuid4()), b"")
    await keyring.close()


def acknowledged_by(phones: list[Phone]) -> int:
    return sum(len(phone.ledger.acknowledged) for phone in phones)


async def acknowledge_more(phones: list[Phone]) -> None:
    """Waits until a good many more entries are acknowledged."""
    wanted = acknowledged_by(phones) + _MANY
    async with asyncio.timeout(_WITHIN_S):
        while acknowledged_by(phones) < wanted:  # noqa: ASYNC110 - phones lead their lives and tell nobody
            await asyncio.sleep(0.02)


async def test_a_standby_that_each_commit_waits_for_takes_over_with_everything(pair: Pair, served: Served) -> None:
    times, verdicts, since, said = size(1, 20), list[Verdict](), list[int](), Counter[str]()
    for _ in range(times):
        verdict, more, refused = await through_a_promotion(pair, served, is_waited_for=True)
        verdicts.append(verdict)
        since.append(more)
        said += refused

    verdict = sum_of(verdicts)
    tell(
        f"F4 standby promoted: {times} tried, {verdict.lost} lost; {verdict}, {sum(since)} of them by the new one;"
        f" {said.total()} refused meanwhile"
    )
    assert verdict.is_clean
    assert min(since) >= _MANY
    assert set(said) <= {"unknown", "sync 503", "read 503"}
    assert not served.faults()


async def test_a_standby_that_no_commit_waits_for_is_found_out(pair: Pair, served: Served) -> None:
    verdict, _, _ = await through_a_promotion(pair, served, is_waited_for=False)

    tell(f"F4 mutant, no commit waits for the standby: {verdict.acknowledged} acknowledged, {verdict.lost} lost")
    assert verdict.lost > 0
