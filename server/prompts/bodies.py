"""What a reminder of each form may say on the wire, and what makes one wrong. Pure."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any, Literal

import msgspec

from server.base.bodies import Body, Instant, day_of, struct_of, zone_faults
from server.base.clock import zone_of
from server.base.errors import Fault, Invalid

_LONGEST_PAUSE = timedelta(days=3660)

LocalTime = Annotated[str, msgspec.Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", max_length=5)]
Point = Literal["t+2h", "t+4h", "t+24h", "t+72h", "t+7d"]


class ReminderBody(Body):
    """A daily reminder. `paused_until` is the day, or the instant, from which on it comes again."""

    local_time: LocalTime
    weekdays: Annotated[list[Annotated[int, msgspec.Meta(ge=1, le=7)]], msgspec.Meta(min_length=1, max_length=7)]
    zone: Annotated[str, msgspec.Meta(max_length=64)]
    skip_if_logged: bool = True
    wording: Annotated[str, msgspec.Meta(min_length=1, max_length=120)] | None = None
    quiet_from: LocalTime | None = None
    quiet_to: LocalTime | None = None
    paused_until: Annotated[str, msgspec.Meta(max_length=40)] | None = None


class FormBody(Body):
    """A reminder of a questionnaire, every so many days. `begun_on`: the day it counts from, when it is changed."""

    instrument: Annotated[str, msgspec.Meta(max_length=40)]
    every_days: Annotated[int, msgspec.Meta(ge=7, le=366)]
    local_time: LocalTime = "10:00"
    zone: Annotated[str, msgspec.Meta(max_length=64)] | None = None
    wording: Annotated[str, msgspec.Meta(min_length=1, max_length=120)] | None = None
    quiet_from: LocalTime | None = None
    quiet_to: LocalTime | None = None
    paused_until: Annotated[str, msgspec.Meta(max_length=40)] | None = None
    begun_on: date | None = None


class PointsBody(Body):
    """A reminder of what sessions ask for afterwards. The point two hours after is shown, and never pushed."""

    after_session: Literal[True]
    points: Annotated[list[Point], msgspec.Meta(min_length=1, max_length=5)]
    zone: Annotated[str, msgspec.Meta(max_length=64)] | None = None
    wording: Annotated[str, msgspec.Meta(min_length=1, max_length=120)] | None = None
    quiet_from: LocalTime | None = None
    quiet_to: LocalTime | None = None
    paused_until: Annotated[str, msgspec.Meta(max_length=40)] | None = None


AnyBody = ReminderBody | FormBody | PointsBody


def body_of(tree: Any, now: datetime, zone: str = "UTC") -> AnyBody:
    """A reminder from the JSON of a request; `zone` is the person's, where it names none. Raises Invalid."""
    names = tree if isinstance(tree, dict) else {}
    kind: type[AnyBody] = ReminderBody
    if "after_session" in names or "instrument" in names:
        kind = PointsBody if "after_session" in names else FormBody
    body: AnyBody = struct_of(tree, kind)
    body.zone = zone if body.zone is None else body.zone
    faults = _time_faults(body, body.zone, now)
    if isinstance(body, ReminderBody) and len(set(body.weekdays)) != len(body.weekdays):
        faults.insert(0, Fault("/weekdays", "names a day twice"))
    elif isinstance(body, PointsBody) and len(set(body.points)) != len(body.points):
        faults.insert(0, Fault("/points", "names a point twice"))
    elif isinstance(body, FormBody) and body.begun_on and abs(body.begun_on - now.date()) > _LONGEST_PAUSE:
        faults.append(Fault("/begun_on", "is more than ten years away"))
    if faults:
        raise Invalid(*faults)
    return body


def _time_faults(body: AnyBody, zone: str, now: datetime) -> list[Fault]:
    """What is wrong with where and when a reminder of any form comes."""
    faults = zone_faults(zone)
    if (body.quiet_from is None) != (body.quiet_to is None):
        faults.append(Fault("/quiet_to" if body.quiet_to is None else "/quiet_from", "is needed beside the other one"))
    elif body.quiet_from is not None and body.quiet_from == body.quiet_to:
        faults.append(Fault("/quiet_to", "is the same as quiet_from"))
    pause = pause_end(body.paused_until, zone) if body.paused_until is not None and not faults else now
    if abs(pause - now) > _LONGEST_PAUSE:
        faults.append(Fault("/paused_until", "is more than ten years away"))
    return faults


def pause_end(paused_until: str, zone: str) -> datetime:
    """The instant from which a paused reminder comes again: the start of a local day, or as given. Raises Invalid."""
    try:
        if len(paused_until) == 10:
            return datetime.combine(day_of(paused_until, "/paused_until"), time(), zone_of(zone)).astimezone(UTC)
        return msgspec.convert(paused_until, Instant).astimezone(UTC)
    except (msgspec.ValidationError, OverflowError):
        raise Invalid(Fault("/paused_until", "must be a day, YYYY-MM-DD, or an instant")) from None
