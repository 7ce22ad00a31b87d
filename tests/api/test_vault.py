"""The vault of a running installation: where its keys lie, and with which keys it refuses to start."""

import shutil
import stat
from dataclasses import replace

import asyncpg
import pytest

from server.base.settings import Settings
from server.vault import service as vault
from server.vault.rules import new_ring
from tests.conftest import ON_POSTGRES
from tests.installation import started
from tests.people import Cast, Clock, Person


async def refusal_of(settings: Settings, clock: Clock) -> str:
    """What the start is refused with."""
    with pytest.raises(vault.WrongRing) as refusal:
        async with started(settings, clock):
            pass
    return str(refusal.value)


async def test_the_first_start_makes_a_key_that_only_its_owner_reads_and_says_where(
    settings: Settings, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("WARNING", logger="interlude"):
        async with started(settings, clock):
            pass
    told = [record.getMessage() for record in caplog.records if "master key was made" in record.getMessage()]
    caplog.clear()
    async with started(settings, clock):
        pass

    path = vault.ring_path(settings)
    assert len(told) == 1
    assert str(path) in told[0]
    assert "Back it up" in told[0]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert not [record for record in caplog.records if "master key" in record.getMessage()]


async def test_no_key_lies_in_the_database_folder(settings: Settings, patient: Person) -> None:
    folder = settings.data_dir / "database"

    assert not vault.ring_path(settings).is_relative_to(folder)
    assert not list(folder.rglob("*key*"))
    if not ON_POSTGRES:
        keyring = settings.data_dir / "keyring" / "keyring.db"
        assert stat.S_IMODE(keyring.stat().st_mode) == 0o600


@pytest.mark.parametrize("url", ["sqlite:///{0}/interlude.db", "sqlite:///{0}/keys/interlude.db"])
async def test_a_database_that_would_lie_around_its_keys_is_refused(settings: Settings, url: str) -> None:
    around = replace(settings, database_url=url.format(settings.data_dir))

    with pytest.raises(vault.WrongRing, match="inside the database's folder"):
        await vault.open_vault(around)

    assert not vault.ring_path(settings).exists()


async def test_another_ring_than_the_keyrings_is_refused(settings: Settings, clock: Clock) -> None:
    async with started(settings, clock):
        pass
    vault.ring_path(settings).write_text(new_ring().text())

    told = await refusal_of(settings, clock)

    assert told == "master key k1 is not the one this keyring was made with"


async def test_a_ring_that_lacks_the_master_key_in_use_is_refused(settings: Settings, clock: Clock) -> None:
    async with started(settings, clock):
        pass
    vault.ring_path(settings).write_text(new_ring().text().replace("k1", "k7"))

    told = await refusal_of(settings, clock)

    assert told == "master key k1 is missing from the ring"


async def test_a_lost_key_file_is_refused_and_never_replaced(settings: Settings, clock: Clock) -> None:
    async with started(settings, clock):
        pass
    vault.ring_path(settings).unlink()

    told = await refusal_of(settings, clock)

    assert "master.key is missing" in told
    assert not vault.ring_path(settings).exists()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o644, 0o601])
async def test_a_key_file_that_others_can_reach_is_refused(settings: Settings, clock: Clock, mode: int) -> None:
    async with started(settings, clock):
        pass
    vault.ring_path(settings).chmod(mode)

    assert "chmod 600" in await refusal_of(settings, clock)


async def test_a_master_key_from_the_environment_needs_no_file(settings: Settings, clock: Clock) -> None:
    given = replace(settings, master_key=new_ring().text())

    async with started(given, clock):
        pass
    async with started(given, clock):
        key = await vault.system_key()

    assert key.open("t", "r", 1, key.seal("t", "r", 1, b"kept")) == b"kept"
    assert not vault.ring_path(settings).exists()


async def test_a_lost_keyring_stops_the_start_where_there_are_accounts(settings: Settings, clock: Clock) -> None:
    async with started(settings, clock) as app:
        cast = Cast(app, clock)
        await cast.join("patient", "Mara Kindler")
        await cast.leave()
    if ON_POSTGRES:
        connection = await asyncpg.connect(settings.database_url)
        await connection.execute("DROP SCHEMA keyring CASCADE")
        await connection.close()
    else:
        shutil.rmtree(settings.data_dir / "keyring")

    told = await refusal_of(settings, clock)

    assert told.startswith("the keyring is missing")
