"""What a treatment session may hold, which took place, and which still settles."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from server.base.bodies import struct_of
from server.base.errors import Invalid
from server.treatment.rules import Session, TreatmentSession, check, has_taken_place, latest_start_of
from server.treatment.service import TREATMENT_SESSION

NOW = datetime(2026, 11, 23, 20, 15, tzinfo=UTC)
FULL: dict[str, Any] = {
    "starts_at": "2026-11-23T14:00:00.000Z",
    "zone": "Europe/Berlin",
    "status": "stopped_early",
    "course_id": "019aa0c6-5b1e-7c1e-8a53-3f5a1d0b7c11",
    "drug": "esketamine",
    "route": "intranasal",
    "dose_mg": 56,
    "setting": "clinic",
    "phase": "induction",
    "vitals": {"systolic": 128, "diastolic": 80, "heart_rate": 71},
    "ride_home": True,
    "intention": "to rest",
    "reflection_24h": "calm",
    "reflection_7d": "still calm",
    "audience": "therapist",
}


def faults_of(**values: Any) -> set[str]:
    """Where `values` are at fault, by types or by rules."""
    try:
        checked = struct_of(values, TreatmentSession)
    except Invalid as invalid:
        return {fault.pointer for fault in invalid.faults}
    return {fault.pointer for fault in check(checked, NOW)}


def session(starts_at: datetime, **values: Any) -> Session:
    return Session("id", date(2026, 11, 23), starts_at, "UTC", TreatmentSession(**values))


def test_a_full_session_is_taken() -> None:
    assert faults_of(**FULL) == set()


def test_every_field_of_a_session_may_be_left_out_or_emptied() -> None:
    assert faults_of() == set()
    assert faults_of(**dict.fromkeys(FULL)) == set()


def test_free_texts_are_kept_twice_on_a_conflict_and_choices_are_not() -> None:
    assert {"intention", "reflection_24h", "reflection_7d"} == TREATMENT_SESSION.texts
    assert {"vitals"} == TREATMENT_SESSION.maps.keys()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("status", "moved"),
        ("drug", "aspirin"),
        ("route", "iv_push"),
        ("setting", "office"),
        ("phase", "later"),
        ("audience", "everybody"),
        ("course_id", "1"),
        ("dose_mg", 0),
        ("dose_mg", -5),
        ("dose_mg", 2_000.5),
        ("dose_mg", "56"),
        ("ride_home", "yes"),
        ("intention", "x" * 20_001),
        ("reflection_24h", 1),
        ("zone", "Mars/Olympus"),
        ("starts_at", "2026-11-23T14:00:00"),
        ("starts_at", "1899-12-31T23:59:59Z"),
        ("starts_at", "2040-01-01T00:00:00Z"),
        ("colour", "red"),
    ],
)
def test_a_value_that_does_not_fit_is_named_by_its_field(name: str, value: Any) -> None:
    assert faults_of(**{name: value}) == {f"/{name}"}


@pytest.mark.parametrize(
    ("name", "value"), [("systolic", 39), ("systolic", 301), ("diastolic", 19), ("heart_rate", 301), ("pulse", 70)]
)
def test_vitals_are_numbers_that_a_living_person_has(name: str, value: int) -> None:
    assert faults_of(vitals={name: value}) == {f"/vitals/{name}"}


@pytest.mark.parametrize("status", ["happened", "stopped_early", None])
def test_what_happened_begins_no_more_than_a_day_ahead(status: str | None) -> None:
    assert faults_of(starts_at="2026-11-24T20:15:00Z", status=status) == set()
    assert faults_of(starts_at="2026-11-24T20:15:01Z", status=status) == {"/starts_at"}


def test_a_new_session_that_says_nothing_happened() -> None:
    assert faults_of(starts_at="2026-12-24T12:00:00Z", zone="UTC") == {"/starts_at"}


def test_a_planned_session_can_be_moved_by_its_start_alone() -> None:
    assert faults_of(starts_at="2026-12-24T12:00:00Z") == set()


@pytest.mark.parametrize("status", ["planned", "cancelled"])
def test_a_plan_reaches_five_years(status: str) -> None:
    assert faults_of(starts_at="2031-11-23T12:00:00Z", zone="UTC", status=status) == set()
    assert faults_of(starts_at="2031-12-23T12:00:00Z", zone="UTC", status=status) == {"/starts_at"}


def test_a_session_took_place_when_it_happened_or_was_stopped_early() -> None:
    assert has_taken_place(session(NOW), NOW)
    assert has_taken_place(session(NOW, status=None), NOW)
    assert has_taken_place(session(NOW, status="happened"), NOW)
    assert has_taken_place(session(NOW, status="stopped_early"), NOW)
    assert not has_taken_place(session(NOW, status="planned"), NOW)
    assert not has_taken_place(session(NOW, status="cancelled"), NOW)


def test_a_session_that_is_still_to_come_has_not_taken_place_whatever_it_says() -> None:
    assert has_taken_place(session(NOW + timedelta(hours=24), status="happened"), NOW)
    assert not has_taken_place(session(NOW + timedelta(hours=25), status="happened"), NOW)


def test_a_session_settles_for_six_hours() -> None:
    start = NOW - timedelta(hours=6)

    assert latest_start_of([session(start)], NOW, {}) is None
    assert latest_start_of([session(start + timedelta(milliseconds=1))], NOW, {}) == start + timedelta(milliseconds=1)
    assert latest_start_of([session(NOW)], NOW, {}) == NOW


def test_a_session_under_a_fast_clock_settles_for_six_hours_from_its_arrival_and_then_by_its_start() -> None:
    came = NOW - timedelta(hours=6)
    given = [session(NOW + timedelta(hours=2))]

    assert latest_start_of(given, NOW, {"id": NOW}) == NOW
    assert latest_start_of(given, NOW, {"id": came + timedelta(milliseconds=1)}) == came + timedelta(milliseconds=1)
    assert latest_start_of(given, NOW, {"id": came}) is None
    assert latest_start_of(given, NOW + timedelta(hours=8, milliseconds=-1), {"id": came}) == given[0].starts_at
    assert latest_start_of([session(given[0].starts_at, status="planned")], NOW, {"id": NOW}) is None
    assert latest_start_of([session(NOW + timedelta(hours=25))], NOW, {"id": NOW}) is None


def test_of_several_sessions_the_latest_settles_and_a_planned_one_never() -> None:
    ago = [NOW - timedelta(hours=hours) for hours in (1, 3, 5)]
    sessions = [session(ago[2]), session(ago[1], status="stopped_early"), session(ago[0], status="planned")]

    assert latest_start_of(sessions, NOW, {}) == ago[1]
