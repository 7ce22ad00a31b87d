"""`python -m server keys`: the operator sees which master keys there are, never a key, and can rotate them."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from server.app import opened
from server.base.settings import Settings
from server.cli import keys
from server.vault import service as vault

PERSON = "01a20744-34bb-7379-a1e5-b30386696e5a"


@pytest.fixture
def installation(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An installation that the command line finds, with its keys and one person."""
    monkeypatch.setenv("INTERLUDE_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("INTERLUDE_DATABASE_URL", settings.database_url)
    asyncio.run(_with_vault(settings, vault.make_key))
    return settings


def test_the_keys_are_shown_by_id_and_place(installation: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    status = keys.main([])

    shown = capsys.readouterr().out
    assert status == 0
    assert shown == f"k1 wraps every new data key.\nKept in {vault.ring_path(installation)}.\n"


def test_a_rotation_adds_a_key_and_opens_what_was_sealed(
    installation: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    sealed = asyncio.run(_with_vault(installation, _sealed))

    statuses = [keys.main(["rotate"]), keys.main(["show"])]

    told = capsys.readouterr().out
    assert statuses == [0, 0]
    assert "k2 now wraps all 2 data keys." in told
    assert "k2 wraps every new data key. Older: k1." in told
    assert asyncio.run(_with_vault(installation, lambda person: _opened(person, sealed))) == b"first"


def test_no_key_is_ever_printed(installation: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    keys.main(["rotate"])
    keys.main([])

    told = "".join(capsys.readouterr())
    secrets = [line.split()[1] for line in vault.ring_path(installation).read_text().splitlines()]
    assert len(secrets) == 2
    assert not [secret for secret in secrets if secret[:12] in told]


def test_keys_from_the_environment_are_never_written_down(
    installation: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = vault.ring_path(installation)
    asyncio.run(_with_vault(installation, _sealed))
    two = path.read_text() + "k2 " + "A" * 43 + "=\n"
    path.unlink()
    monkeypatch.setenv("INTERLUDE_MASTER_KEY", two.replace("\n", ","))

    status = keys.main(["rotate"])

    told = capsys.readouterr().out
    assert status == 0
    assert "k2 now wraps all 2 data keys." in told
    assert "INTERLUDE_MASTER_KEY" in told
    assert not path.exists()


def test_looking_makes_no_keys(installation: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    path = vault.ring_path(installation)
    path.unlink()

    statuses = [keys.main([]), keys.main(["rotate"])]

    told = capsys.readouterr().err.splitlines()
    assert statuses == [1, 1]
    assert told == [f"interlude: {path} is not there; the first start of `serve` makes it"] * 2
    assert not path.exists()


def test_a_ring_that_is_another_s_is_refused_in_one_line(
    installation: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("INTERLUDE_MASTER_KEY", "k1 " + "A" * 43 + "=")

    status = keys.main([])

    told = capsys.readouterr()
    assert (status, told.out) == (1, "")
    assert told.err == "interlude: master key k1 is not the one this keyring was made with\n"


def test_an_installation_that_is_not_there_is_refused_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("INTERLUDE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("INTERLUDE_MASTER_KEY", "k1 " + "A" * 43 + "=")

    status = keys.main([])

    assert status == 1
    assert "python -m server migrate" in capsys.readouterr().err


@pytest.mark.parametrize(("arguments", "status"), [(["--help"], 0), (["burn"], 2), (["rotate", "now"], 2)])
def test_the_command_helps_and_refuses(capsys: pytest.CaptureFixture[str], arguments: list[str], status: int) -> None:
    with pytest.raises(SystemExit) as ended:
        keys.main(arguments)

    assert ended.value.code == status
    assert "usage: python -m server keys" in "".join(capsys.readouterr())


async def _with_vault(settings: Settings, act: Callable[[str], Awaitable[Any]]) -> Any:
    async with opened(settings):
        return await act(PERSON)


async def _sealed(person: str) -> bytes:
    return (await vault.key_of(person)).seal("record", "1", 1, b"first")


async def _opened(person: str, sealed: bytes) -> bytes:
    return (await vault.key_of(person)).open("record", "1", 1, sealed)
