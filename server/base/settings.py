"""Settings: read once from the environment, checked together, passed on frozen. A wrong one stops the start."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

NAMES = (
    "INTERLUDE_DATABASE_URL", "INTERLUDE_DATA_DIR", "INTERLUDE_ORIGIN", "INTERLUDE_HOST", "INTERLUDE_PORT",
    "INTERLUDE_WORKERS", "INTERLUDE_MASTER_KEY", "INTERLUDE_PUSH_HOSTS", "INTERLUDE_VAPID_SUBJECT",
    "INTERLUDE_REGISTRATION", "INTERLUDE_SMTP_URL", "INTERLUDE_RATE_LIMITS", "INTERLUDE_INSTRUMENTS",
)  # fmt: skip


class WrongSettings(Exception):
    """Every setting that is wrong, a line each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))


@dataclass(frozen=True)
class Settings:
    """What an installation was told. Paths are absolute; `origin` has no trailing slash.

    `instruments`: the ids of those that are offered; None for those that are offered where nothing is said.
    """

    data_dir: Path
    database_url: str
    origin: str
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    master_key: str | None = None
    push_hosts: tuple[str, ...] = ()
    vapid_subject: str | None = None
    registration: str = "open"
    smtp_url: str | None = None
    rate_limits: bool = True
    instruments: tuple[str, ...] | None = None

    @property
    def is_sqlite(self) -> bool:
        """Whether the embedded database is used."""
        return self.database_url.startswith("sqlite:")

    @property
    def is_secure(self) -> bool:
        """Whether the origin is https, so that cookies are Secure and HSTS is sent."""
        return self.origin.startswith("https://")


def is_loopback(host: str) -> bool:
    """Whether `host` (a name or a literal address) can only be this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of `environment`. Raises WrongSettings with every fault, each naming its variable."""
    faults: list[str] = []
    given = _given(environment, faults)
    data_dir = Path(given.get("INTERLUDE_DATA_DIR", "data")).absolute()
    port = _number(given, "INTERLUDE_PORT", 8000, 65535, faults)
    settings = Settings(
        data_dir=data_dir,
        database_url=given.get("INTERLUDE_DATABASE_URL", f"sqlite:///{data_dir}/database/interlude.db"),
        origin=_origin_of(given.get("INTERLUDE_ORIGIN", f"http://localhost:{port}")),
        host=given.get("INTERLUDE_HOST", "127.0.0.1"),
        port=port,
        workers=_number(given, "INTERLUDE_WORKERS", 1, 64, faults),
        master_key=given.get("INTERLUDE_MASTER_KEY"),
        push_hosts=_listed(given.get("INTERLUDE_PUSH_HOSTS", "")),
        vapid_subject=given.get("INTERLUDE_VAPID_SUBJECT"),
        registration=given.get("INTERLUDE_REGISTRATION", "open"),
        smtp_url=given.get("INTERLUDE_SMTP_URL"),
        rate_limits=given.get("INTERLUDE_RATE_LIMITS", "on") != "off",
        instruments=_listed(given["INTERLUDE_INSTRUMENTS"]) if "INTERLUDE_INSTRUMENTS" in given else None,
    )
    faults += _faults_of(settings, given)
    if faults:
        raise WrongSettings(faults)
    return settings


def _given(environment: Mapping[str, str], faults: list[str]) -> dict[str, str]:
    """The variables that are set, each from `NAME` or from the file that `NAME_FILE` names."""
    known = {*NAMES, *(f"{name}_FILE" for name in NAMES)}
    faults += [
        f"{name} is not a setting of Interlude"
        for name in sorted(environment)
        if name.startswith("INTERLUDE_") and not name.startswith("INTERLUDE_TEST_") and name not in known
    ]
    given = {name: environment[name].strip() for name in NAMES if environment.get(name, "").strip()}
    for name in NAMES:
        if path := environment.get(f"{name}_FILE"):
            try:
                given[name] = Path(path).read_text(encoding="utf-8").strip()
                if name == "INTERLUDE_MASTER_KEY" and Path(path).stat().st_mode & 0o077:
                    faults.append(f"{name}_FILE can be read by others; chmod 600 it")
            except OSError as error:
                faults.append(f"{name}_FILE: {error.strerror or 'cannot be read'}")
            except UnicodeDecodeError:
                faults.append(f"{name}_FILE: does not hold text")
    return given


def _listed(text: str) -> tuple[str, ...]:
    """What stands between the commas of a setting."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _parts_of(url: str) -> SplitResult | None:
    """The parts of a URL; None where it has no readable host or port."""
    try:
        parts = urlsplit(url)
        return parts if parts.port != 0 else None
    except ValueError:
        return None


def _origin_of(text: str) -> str:
    """An origin as browsers write it: lower case, without the port that goes without saying."""
    origin = text.rstrip("/").lower()
    for scheme, port in (("https://", ":443"), ("http://", ":80")):
        if origin.startswith(scheme):
            return origin.removesuffix(port)
    return origin


def _number(given: Mapping[str, str], name: str, default: int, highest: int, faults: list[str]) -> int:
    text = given.get(name, str(default))
    if text.isascii() and text.isdigit() and 1 <= int(text) <= highest:
        return int(text)
    faults.append(f"{name} must be a whole number from 1 to {highest}")
    return default


def _faults_of(settings: Settings, given: Mapping[str, str]) -> list[str]:
    """What is wrong with the settings as they stand together."""
    faults = []
    origin = _parts_of(settings.origin)
    if not origin or not origin.hostname or f"{origin.scheme}://{origin.netloc.rpartition('@')[2]}" != settings.origin:
        faults.append("INTERLUDE_ORIGIN must look like https://journal.example.org, without a path")
    elif origin.scheme not in ("http", "https"):
        faults.append("INTERLUDE_ORIGIN must begin with https:// or http://")
    elif origin.scheme == "http" and not is_loopback(origin.hostname or ""):
        faults.append("INTERLUDE_ORIGIN must be https unless its host is this machine (localhost)")
    scheme = settings.database_url.split(":", 1)[0]
    if scheme not in ("sqlite", "postgresql"):
        faults.append("INTERLUDE_DATABASE_URL must begin with sqlite:/// or postgresql://")
    elif scheme == "sqlite" and not settings.database_url.startswith("sqlite:///"):
        faults.append("INTERLUDE_DATABASE_URL must be sqlite:/// and a path to a file")
    elif scheme == "postgresql" and not _is_postgres(settings.database_url):
        faults.append("INTERLUDE_DATABASE_URL must look like postgresql://user:password@host:5432/name")
    if settings.is_sqlite and settings.workers > 1:
        faults.append("INTERLUDE_WORKERS must be 1 on SQLite; several processes need postgresql://")
    if settings.registration not in ("open", "invited"):
        faults.append("INTERLUDE_REGISTRATION must be open or invited")
    if given.get("INTERLUDE_RATE_LIMITS", "on") not in ("on", "off"):
        faults.append("INTERLUDE_RATE_LIMITS must be on or off")
    elif not settings.rate_limits and not is_loopback(settings.host):
        faults.append("INTERLUDE_RATE_LIMITS may be off only while INTERLUDE_HOST is this machine")
    if settings.instruments == ():
        faults.append("INTERLUDE_INSTRUMENTS must name one at least, or be left out")
    if settings.vapid_subject and not settings.vapid_subject.startswith(("mailto:", "https:")):
        faults.append("INTERLUDE_VAPID_SUBJECT must begin with mailto: or https:")
    if settings.smtp_url and not _is_mail(_parts_of(settings.smtp_url)):
        faults.append("INTERLUDE_SMTP_URL must look like smtp://user:password@host:587, or smtps:// and port 465")
    return faults


def _is_postgres(url: str) -> bool:
    """Whether each of its hosts can be read: a primary and whoever may take over from it stand apart by commas."""
    hosts = url.partition("://")[2].partition("/")[0].rpartition("@")[2]
    return all(_parts_of(f"postgresql://{host}") for host in hosts.split(","))


def _is_mail(parts: SplitResult | None) -> bool:
    return bool(parts and parts.scheme in ("smtp", "smtps") and parts.hostname and parts.path in ("", "/"))
