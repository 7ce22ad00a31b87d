"""Settings: each wrong one is named, all at once, and what is right is read as it was meant."""

from pathlib import Path

import pytest

from server.base.settings import WrongSettings, read_settings
from server.cli import serve


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"PORT": "http"}, "INTERLUDE_PORT must be a whole number from 1 to 65535"),
        ({"PORT": "0"}, "INTERLUDE_PORT must be a whole number from 1 to 65535"),
        ({"PORT": "65536"}, "INTERLUDE_PORT must be a whole number from 1 to 65535"),
        ({"PORT": "٨٠"}, "INTERLUDE_PORT must be a whole number from 1 to 65535"),
        ({"WORKERS": "many"}, "INTERLUDE_WORKERS must be a whole number from 1 to 64"),
        ({"WORKERS": "2"}, "INTERLUDE_WORKERS must be 1 on SQLite; several processes need postgresql://"),
        ({"ORIGIN": "journal.example.org"}, "INTERLUDE_ORIGIN must look like https://journal.example.org, without"),
        ({"ORIGIN": "https://journal.example.org/app"}, "INTERLUDE_ORIGIN must look like"),
        ({"ORIGIN": "https://journal.example.org?a"}, "INTERLUDE_ORIGIN must look like"),
        ({"ORIGIN": "https://journal.example.org#a"}, "INTERLUDE_ORIGIN must look like"),
        ({"ORIGIN": "https://me@journal.example.org"}, "INTERLUDE_ORIGIN must look like"),
        ({"ORIGIN": "https://journal.example.org:port"}, "INTERLUDE_ORIGIN must look like"),
        ({"ORIGIN": "http://[::1"}, "INTERLUDE_ORIGIN must look like"),
        ({"ORIGIN": "ftp://journal.example.org"}, "INTERLUDE_ORIGIN must begin with https:// or http://"),
        ({"ORIGIN": "http://journal.example.org"}, "INTERLUDE_ORIGIN must be https unless its host is this machine"),
        ({"DATABASE_URL": "mysql://localhost/x"}, "INTERLUDE_DATABASE_URL must begin with sqlite:/// or postgresql://"),
        ({"DATABASE_URL": "sqlite://x.db"}, "INTERLUDE_DATABASE_URL must be sqlite:/// and a path to a file"),
        ({"DATABASE_URL": "postgresql://localhost:port/x"}, "INTERLUDE_DATABASE_URL must look like postgresql://"),
        ({"DATABASE_URL": "postgresql://me:s@one:5432,two:port/x"}, "INTERLUDE_DATABASE_URL must look like postgresql://"),
        ({"DATABASE_URL": "postgresql://one,[::1/x"}, "INTERLUDE_DATABASE_URL must look like postgresql://"),
        ({"REGISTRATION": "closed"}, "INTERLUDE_REGISTRATION must be open or invited"),
        ({"RATE_LIMITS": "no"}, "INTERLUDE_RATE_LIMITS must be on or off"),
        ({"RATE_LIMITS": "off", "HOST": "192.0.2.1"}, "INTERLUDE_RATE_LIMITS may be off only while INTERLUDE_HOST is"),
        ({"VAPID_SUBJECT": "operator"}, "INTERLUDE_VAPID_SUBJECT must begin with mailto: or https:"),
        ({"SMTP_URL": "mail.example.org"}, "INTERLUDE_SMTP_URL must look like smtp://user:password@host:587, or"),
        ({"SMTP_URL": "https://mail.example.org"}, "INTERLUDE_SMTP_URL must look like smtp://"),
        ({"SMTP_URL": "smtp://mail.example.org:port"}, "INTERLUDE_SMTP_URL must look like smtp://"),
        ({"INSTRUMENTS": " , "}, "INTERLUDE_INSTRUMENTS must name one at least, or be left out"),
        ({"COLOUR": "green"}, "INTERLUDE_COLOUR is not a setting of Interlude"),
        ({"PORTS": "8000"}, "INTERLUDE_PORTS is not a setting of Interlude"),
        ({"MASTER_KEY_FILE": "/nowhere/key"}, "INTERLUDE_MASTER_KEY_FILE: No such file or directory"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(given: dict[str, str], told: str) -> None:
    with pytest.raises(WrongSettings) as refused:
        read_settings(_environment(given))

    [line] = str(refused.value).splitlines()
    assert line.startswith(told)


def test_a_primary_and_whoever_may_take_over_are_named_in_one_address() -> None:
    url = "postgresql://me:secret@one:5432,[::1]:5433,three/journal"

    assert read_settings(_environment({"DATABASE_URL": url})).database_url == url


def test_a_file_that_holds_no_text_is_named_and_not_quoted(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"\xff\xfe secret")

    with pytest.raises(WrongSettings) as refused:
        read_settings(_environment({"MASTER_KEY_FILE": str(tmp_path / "key")}))

    assert str(refused.value) == "INTERLUDE_MASTER_KEY_FILE: does not hold text"


def test_all_wrong_settings_are_told_at_once_and_nothing_starts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for name, value in {"PORT": "x", "REGISTRATION": "x", "COLOUR": "x", "DATA_DIR": str(tmp_path / "data")}.items():
        monkeypatch.setenv(f"INTERLUDE_{name}", value)

    status = serve.main([])

    assert status == 1
    assert sorted(capsys.readouterr().err.splitlines()) == [
        "interlude: INTERLUDE_COLOUR is not a setting of Interlude",
        "interlude: INTERLUDE_PORT must be a whole number from 1 to 65535",
        "interlude: INTERLUDE_REGISTRATION must be open or invited",
    ]
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("origin", "meant"),
    [
        ("https://journal.example.org", "https://journal.example.org"),
        ("https://journal.example.org/", "https://journal.example.org"),
        ("HTTPS://Journal.Example.org", "https://journal.example.org"),
        ("https://journal.example.org:443", "https://journal.example.org"),
        ("https://journal.example.org:8443", "https://journal.example.org:8443"),
        ("http://localhost:80", "http://localhost"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
    ],
)
def test_an_origin_is_kept_as_browsers_write_it(origin: str, meant: str) -> None:
    settings = read_settings(_environment({"ORIGIN": origin}))

    assert settings.origin == meant
    assert settings.is_secure is meant.startswith("https")


def test_an_empty_environment_has_every_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    settings = read_settings({})

    assert (settings.host, settings.port, settings.workers) == ("127.0.0.1", 8000, 1)
    assert settings.origin == "http://localhost:8000"
    assert settings.data_dir == tmp_path / "data"
    assert settings.database_url == f"sqlite:///{tmp_path}/data/database/interlude.db"
    assert (settings.registration, settings.rate_limits) == ("open", True)


def test_the_origin_follows_the_port() -> None:
    assert read_settings(_environment({"PORT": "9000"})).origin == "http://localhost:9000"


def test_a_setting_may_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "url").write_text("postgresql://me:secret@localhost:5432/journal\n")

    settings = read_settings(_environment({"DATABASE_URL_FILE": str(tmp_path / "url"), "WORKERS": "4"}))

    assert settings.database_url == "postgresql://me:secret@localhost:5432/journal"
    assert settings.workers == 4


def _environment(given: dict[str, str]) -> dict[str, str]:
    return {f"INTERLUDE_{name}": value for name, value in given.items()} | {"PATH": "/usr/bin", "HOME": "/root"}
