"""The door: treatment sessions of a patient, as they were kept, and whether one was just now."""

from datetime import date, datetime, timedelta

import msgspec

from server.base.web import Period
from server.records import service as records
from server.treatment.courses import (
    Course,
    Medication,
    Meeting,
    Watch,
    check_course,
    check_medication,
    check_meeting,
    check_watch,
)
from server.treatment.rules import (
    SETTLING,
    Session,
    TreatmentSession,
    check,
    has_taken_place,
    is_ahead,
    latest_start_of,
)

__all__ = [
    "COURSE", "MEDICATION", "MEETING", "SETTLING", "TREATMENT_SESSION", "WATCH", "Session", "TreatmentSession",
    "all_sessions", "between", "has_taken_place", "latest_start", "page", "session_of",
]  # fmt: skip

TREATMENT_SESSION = records.Kind(
    "treatment_session", TreatmentSession, required=("starts_at", "zone"), day_of="starts_at", check=check
)

COURSE = records.Kind("course", Course, required=("started_on",), day_of="started_on", check=check_course)
MEDICATION = records.Kind(
    "medication", Medication, required=("name", "from"), day_of="from", check=check_medication
)
MEETING = records.Kind("meeting", Meeting, required=("starts_at", "zone"), day_of="starts_at", check=check_meeting)
WATCH = records.Kind("watch", Watch, required=("occurred_at", "zone"), day_of="occurred_at", check=check_watch)

_decode = msgspec.json.Decoder(TreatmentSession).decode
_FARTHEST = timedelta(days=2)  # a local day and the day in UTC are less apart, wherever a day turns


async def between(patient_id: str, first: date | None, last: date | None) -> list[Session]:
    """A patient's sessions of any status in a span of local days (None: open), newest first."""
    return [session_of(found) for found in await records.between(patient_id, first, last, TREATMENT_SESSION.name)]


async def all_sessions(patient_id: str) -> list[Session]:
    """Every session of a patient, of any status, newest first."""
    return await between(patient_id, None, None)


async def latest_start(patient_id: str, now: datetime) -> datetime | None:
    """When the session began that still settles at `now`: it took place within the last six hours. None: none did."""
    today = now.date()
    near = await between(patient_id, today - _FARTHEST, today + _FARTHEST)
    ahead = [each.id for each in near if is_ahead(each, now)]
    return latest_start_of(near, now, await records.received(patient_id, ahead) if ahead else {})


async def page(patient_id: str, period: Period, limit: int, cursor: str | None) -> records.Page:
    """A patient's sessions as records, newest first, `limit` at once."""
    return await records.page(patient_id, TREATMENT_SESSION.name, period, limit, cursor)


def session_of(found: records.Found) -> Session:
    """A session, by the record that was found."""
    values = _decode(found.values)  # what is kept has its instant and its zone: without them it is refused
    return Session(found.id, found.day, values.starts_at, values.zone, values)  # type: ignore[arg-type]
