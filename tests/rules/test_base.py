"""The ground: ids, instants and local days, problems, settings."""

import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.base import clock, ids
from server.base.bodies import is_zone
from server.base.errors import Problem, TooMany
from server.base.settings import WrongSettings, is_loopback, read_settings

BERLIN = "Europe/Berlin"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
INSTANTS = st.integers(-2_208_988_800_000_000, 7_258_118_400_000_000).map(lambda us: EPOCH + timedelta(microseconds=us))


def test_an_id_is_a_uuid7_that_sorts_by_its_time() -> None:
    made = [ids.uuid7() for _ in range(2_000)]

    assert len(set(made)) == 2_000
    assert all(
        re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", each) for each in made
    )
    assert [each[:13] for each in made] == sorted(each[:13] for each in made)
    assert all(ids.is_uuid(each) for each in made)


@pytest.mark.parametrize("text", ["", "1", "G" * 36, ids.uuid7().upper(), f"{ids.uuid7()}\n", "{" + ids.uuid7() + "}"])
def test_anything_else_is_no_id(text: str) -> None:
    assert not ids.is_uuid(text)


def test_a_secret_has_256_bits_and_is_stored_as_its_hash() -> None:
    secret = ids.new_secret()

    assert len(secret) == 43
    assert ids.secret_hash(secret) == ids.secret_hash(secret) != ids.secret_hash(ids.new_secret())
    assert len(ids.secret_hash("\ud800")) == 64


@given(INSTANTS)
def test_an_instant_survives_being_stored_and_sent(instant: datetime) -> None:
    kept = clock.instant_of(clock.milliseconds(instant))

    assert timedelta(0) <= instant - kept < timedelta(milliseconds=1)
    assert clock.wire_instant(kept) == clock.wire_of(clock.milliseconds(instant))
    assert datetime.fromisoformat(clock.wire_instant(kept)) == kept
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", clock.wire_instant(kept))


@pytest.mark.parametrize(
    ("instant", "zone", "day_starts_at", "day"),
    [
        ("2026-11-23T02:59:59.999+00:00", BERLIN, time(4), date(2026, 11, 22)),
        ("2026-11-23T03:00:00+00:00", BERLIN, time(4), date(2026, 11, 23)),
        ("2026-03-29T01:30:00+00:00", BERLIN, time(4), date(2026, 3, 28)),  # 03:30, after the hour that is skipped
        ("2026-03-29T02:00:00+00:00", BERLIN, time(4), date(2026, 3, 29)),
        ("2026-10-25T00:30:00+00:00", BERLIN, time(2, 30), date(2026, 10, 25)),  # 02:30, the first of two
        ("2026-10-25T01:15:00+00:00", BERLIN, time(2, 30), date(2026, 10, 24)),  # 02:15, the second of two
        ("2026-11-23T12:00:00+00:00", "Pacific/Kiritimati", time(0), date(2026, 11, 24)),
        ("2026-11-23T10:59:00+00:00", "Pacific/Niue", time(0), date(2026, 11, 22)),
        ("2026-11-23T18:14:00+00:00", "Asia/Kathmandu", time(0), date(2026, 11, 23)),
        ("2026-11-23T18:15:00+00:00", "Asia/Kathmandu", time(0), date(2026, 11, 24)),
    ],
)
def test_a_day_turns_by_the_wall_clock_of_its_place(instant: str, zone: str, day_starts_at: time, day: date) -> None:
    assert clock.local_day(datetime.fromisoformat(instant), zone, day_starts_at) == day


def test_zones_are_iana_names_and_nothing_else() -> None:
    assert all(is_zone(name) for name in (BERLIN, "UTC", "America/Argentina/Ushuaia"))
    assert not any(is_zone(name) for name in ("", "Europe/Atlantis", "europe/berlin", "../UTC", "UTC\0", "+02:00", "/"))


def test_problems_say_their_name_and_nothing_of_ours() -> None:
    assert Problem().document() == {
        "type": "/problems/internal-error",
        "title": "Something went wrong on our side",
        "status": 500,
    }
    assert TooMany(0).headers == {"Retry-After": "1"}


def test_every_wrong_setting_is_named_at_once() -> None:
    with pytest.raises(WrongSettings) as refusal:
        read_settings({"INTERLUDE_PORT": "80a", "INTERLUDE_ORIGIN": "http://a.org", "INTERLUDE_REGISTRATON": "open"})

    told = str(refusal.value).splitlines()
    assert len(told) == 3
    assert {line.split()[0] for line in told} == {"INTERLUDE_PORT", "INTERLUDE_ORIGIN", "INTERLUDE_REGISTRATON"}


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_master_key_file_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "master.key"
    file.write_text("k1 secret")
    environment = {"INTERLUDE_MASTER_KEY_FILE": str(file)}
    file.chmod(0o600)
    assert read_settings(environment).master_key == "k1 secret"

    file.chmod(mode)

    with pytest.raises(WrongSettings, match="INTERLUDE_MASTER_KEY_FILE can be read by others"):
        read_settings(environment)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "::1", "[::1]"])
def test_loopback_is_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host", ["", "0.0.0.0.example.org", "::", "example.org", "127.0.0.1.example.org", "localhost.example.org"]
)
def test_nothing_else_is_loopback(host: str) -> None:
    assert not is_loopback(host)
