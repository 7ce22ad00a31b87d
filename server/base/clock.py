"""The only place that asks what time it is, and what turns instants into a person's local days."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]

DAY_STARTS_AT = time(4, 0)
AHEAD = timedelta(hours=24)  # a phone's clock may be wrong by so much


def system_clock() -> datetime:
    """The present instant, UTC and aware."""
    return datetime.now(UTC)


@cache
def zone_names() -> frozenset[str]:
    """Every IANA zone a person may name, as the pinned time-zone package lists them."""
    return frozenset(files("tzdata").joinpath("zones").read_text(encoding="utf-8").split())


@cache
def zone_of(name: str) -> ZoneInfo:
    """The zone called `name`. Kept for good: ZoneInfo's own cache holds eight, and a miss costs ten times a hit.

    UTC where there is no such zone any more: some were taken back, and rows that name one stay readable.
    """
    return ZoneInfo(name) if name in zone_names() else zone_of("UTC")


def load_zones() -> None:
    """Reads every zone from its file (75 ms, 2 MB), so that no request has to."""
    for name in zone_names():
        zone_of(name)


def local_day(instant: datetime, zone: str, day_starts_at: time = DAY_STARTS_AT) -> date:
    """The day `instant` belongs to for somebody in `zone` whose days turn at `day_starts_at` on the wall clock."""
    local = instant.astimezone(zone_of(zone))
    return local.date() - timedelta(days=1) if local.time() < day_starts_at else local.date()


def out_of_quiet_hours(wall: time, start: time | None, end: time | None) -> tuple[int, time]:
    """By how many days, and to which wall time, something moves that is not to come from `start` until `end`."""
    if start is None or end is None:
        return 0, wall
    if start < end:
        return (0, end) if start <= wall < end else (0, wall)
    if wall >= start:
        return 1, end
    return (0, end) if wall < end else (0, wall)


def is_among(day: date, first: date | None, last: date | None) -> bool:
    """Whether `day` is one of the days from `first` to `last`, both included; None leaves that end open."""
    return (first or date.min) <= day <= (last or date.max)


def counted_at(at: datetime, recorded_at: datetime) -> datetime:
    """When something counts as having been that was over as it was recorded, both aware.

    That is `at`, as its phone says, unless it lies further ahead of `recorded_at`, which the server's clock bounds,
    than a clock may be wrong.
    """
    return recorded_at if at > recorded_at + AHEAD else at


def milliseconds(instant: datetime) -> int:
    """Milliseconds since 1970: how every instant is stored."""
    return (instant - _EPOCH) // _MILLISECOND


def instant_of(milliseconds_: int) -> datetime:
    """The aware UTC instant of a stored number of milliseconds."""
    return _EPOCH + milliseconds_ * _MILLISECOND


def wire_instant(instant: datetime) -> str:
    """RFC 3339 in UTC with milliseconds, ending in `Z`: the wire's one form."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"


@lru_cache(maxsize=1024)
def wire_of(milliseconds_: int) -> str:
    """`wire_instant` of a stored number of milliseconds, for many at once: a third of the cost, by keeping the days.

    The latest are kept: a new record tells the same instant two or three times.
    """
    day, rest = divmod(milliseconds_, 86_400_000)
    minute, rest = divmod(rest, 60_000)
    return f"{_day(day)}T{_minute(minute)}:{rest // 1000:02d}.{rest % 1000:03d}Z"


@lru_cache(maxsize=8192)
def _day(number: int) -> str:
    return (_EPOCH + timedelta(days=number)).date().isoformat()


@lru_cache(maxsize=1440)
def _minute(number: int) -> str:
    return f"{number // 60:02d}:{number % 60:02d}"


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
