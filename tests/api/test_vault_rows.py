"""What the vault promises of the rows: nothing opens elsewhere, rotation loses nothing, an erased person is gone."""

import stat
from typing import Any

import pytest

from server.base.settings import Settings
from server.database import service as database
from server.vault import service as vault
from tests.conftest import ON_POSTGRES
from tests.installation import change_rows, returned, rows_of, started
from tests.people import Cast, Clock, Person

MOVE = "UPDATE record SET sealed = (SELECT sealed FROM {0} WHERE record_id = ?1 AND revision = ?2) WHERE record_id = ?3"


async def test_what_was_sealed_opens_in_no_other_row_revision_or_hand(patient: Person, stranger: Person) -> None:
    mine = (await patient.keep(note="the lighthouse at Skagen"))["id"]
    other = (await patient.keep(note="a second entry"))["id"]
    theirs = (await stranger.keep(note="a stranger's words"))["id"]
    await patient.sync(patient.change(record_id=mine, base=1, note="a later version"))

    for table, source, revision in (("record_version", mine, 1), ("record", theirs, 1), ("record", other, 2)):
        assert await change_rows(MOVE.format(table), source, revision, mine) == 1
        answer = await patient.get("/api/check-ins")

        assert answer.status_code == 500
        assert not any(word in answer.text for word in ("Skagen", "second", "stranger"))


async def test_rotation_wraps_every_key_anew_and_what_was_written_before_still_opens(
    settings: Settings, clock: Clock
) -> None:
    async with started(settings, clock) as app:
        person = await Cast(app, clock).join("patient", "Mara Kindler")
        before = await person.keep(note="before the rotation")
        rotated = await vault.rotate(settings)
        after = await person.keep(note="after the rotation")
    path = vault.ring_path(settings)
    lines = path.read_text().splitlines()
    path.write_text(f"{lines[1]}\n")

    async with started(settings, clock) as app:
        items = (await returned(app, person).get("/api/check-ins")).json()["items"]

    assert rotated == 2
    assert [line.split()[0] for line in lines] == ["k1", "k2"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {item["id"] for item in items} == {before["id"], after["id"]}


async def test_a_rotation_that_was_cut_goes_on_where_it_was(
    settings: Settings, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with started(settings, clock) as app:
        people = [await Cast(app, clock).join("patient", f"Person {number}") for number in range(3)]
        keyring: Any = vault._vault.keyring
        act = keyring.act
        left = 2

        async def cut(sql: str, *values: Any) -> None:
            nonlocal left
            left -= sql.startswith("UPDATE")
            if left < 0:
                raise OSError("the power went out")
            await act(sql, *values)

        monkeypatch.setattr(keyring, "act", cut)
        with pytest.raises(OSError, match="power"):
            await vault.rotate(settings)
        monkeypatch.undo()

    async with started(settings, clock) as app:
        await vault.rotate(settings)
        masters = {row[0] for row in await vault._masters(vault._vault)}
        newest = vault._vault.ring.newest
        answers = [await returned(app, person).get("/api/account") for person in people]

    assert masters == {newest}
    assert [answer.status_code for answer in answers] == [200, 200, 200]


async def test_a_running_server_follows_a_rotation_that_another_process_did(settings: Settings, clock: Clock) -> None:
    async with started(settings, clock) as app:
        person = await Cast(app, clock).join("patient", "Mara Kindler")
        serving, vault._vault = vault._vault, None
        await vault.open_vault(settings)
        await vault.rotate(settings)
        await vault.close()
        vault._vault = serving
        serving.keys.clear()

        answer = await person.get("/api/account")

    assert answer.status_code == 200


async def test_a_destroyed_key_makes_rows_unreadable_for_good(settings: Settings, patient: Person) -> None:
    record = await patient.keep(note="gone tomorrow")
    sealed = (await rows_of("SELECT sealed FROM record WHERE record_id = ?1", record["id"]))[0]["sealed"]
    wrapped = await vault._vault.keyring.look("SELECT wrapped FROM {keys} WHERE account_id = ?1", patient.id)

    await vault.destroy_key(patient.id)

    assert sealed
    with pytest.raises(vault.Gone):
        await vault.key_of(patient.id)
    assert (await patient.get("/api/check-ins")).status_code == 503
    if not ON_POSTGRES:
        for file in (settings.data_dir / "keyring").iterdir():
            assert bytes(wrapped[0][0]) not in file.read_bytes()


async def test_the_address_is_found_by_a_keyed_hash_alone(patient: Person) -> None:
    index = vault.mail_index(patient.email)

    assert vault.mail_index(f"  {patient.email.upper()} ") == index
    assert (await rows_of("SELECT mail_index FROM account"))[0]["mail_index"] == index
    vault._vault.index_key = bytes(32)
    assert vault.mail_index(patient.email) != index


async def test_a_stolen_database_shows_no_word_that_somebody_wrote(
    settings: Settings, patient: Person, nobody: Person
) -> None:
    words = ["Skagenfyrtorn", "Leuchtturmwind", "Mara Kindler", patient.email, "Wattwanderer"]
    await patient.keep(note=words[0], keep="x", own={words[1]: 4})
    await patient.keep("treatment_session", intention=words[4])
    await database.checkpoint()

    stolen = await _everything(settings)

    assert len(stolen) > 1_000
    assert [word for word in words if word.encode() in stolen] == []


async def _everything(settings: Settings) -> bytes:
    """Every byte of the database: its files, or each row of each table as text and as bytes."""
    if not ON_POSTGRES:
        return b"".join(file.read_bytes() for file in (settings.data_dir / "database").iterdir())
    tables = await rows_of("SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('public', 'keyring')")
    found = b""
    for table in tables:
        for row in await rows_of(f"SELECT * FROM {table['schemaname']}.{table['tablename']}"):
            found += b"".join(value if isinstance(value, bytes) else str(value).encode() for value in row.values())
    return found
