"""What a check-in may hold, and what it means to remember later."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.base.bodies import struct_of
from server.base.errors import Invalid
from server.journal.rules import CheckIn, check, is_remembered_later
from server.journal.service import CHECK_IN

NOW = datetime(2026, 11, 23, 20, 15, tzinfo=UTC)
FULL: dict[str, Any] = {
    "occurred_at": "2026-11-23T20:15:00.000Z",
    "zone": "Europe/Berlin",
    "mood": 6,
    "anxiety": 0,
    "dissociation": 10,
    "dissociation_tone": "peaceful",
    "dissociation_kinds": ["from_body", "lost_time"],
    "away_from": "2026-11-23T18:00:00.000Z",
    "away_to": "2026-11-23T18:30:00.000Z",
    "before_it": "an argument",
    "what_helped": "cold water",
    "in_danger": False,
    "memory_gaps": "a_little",
    "sleep_hours": 6.5,
    "rested": 4,
    "side_effects": {"nausea": "mild", "urinary_urgency": "none"},
    "own": {"pain": 7, "nightmares": 0},
    "compared": "easier",
    "keep": "the light",
    "note": "a quiet day",
    "audience": "both",
    "bring": True,
    "session_id": "019aa0c6-5b1e-7c1e-8a53-3f5a1d0b7c11",
    "point": "t+24h",
}


def faults_of(**values: Any) -> set[str]:
    """Where `values` are at fault, by types or by rules."""
    try:
        checked = struct_of(values, CheckIn)
    except Invalid as invalid:
        return {fault.pointer for fault in invalid.faults}
    return {fault.pointer for fault in check(checked, NOW)}


def test_a_full_check_in_is_taken_and_kept_as_it_was_sent() -> None:
    assert faults_of(**FULL) == set()
    assert msgspec.to_builtins(struct_of(FULL, CheckIn))["side_effects"] == FULL["side_effects"]


def test_every_field_of_a_check_in_may_be_left_out_or_emptied() -> None:
    assert faults_of() == set()
    assert faults_of(**dict.fromkeys(FULL)) == set()


def test_free_texts_are_kept_twice_on_a_conflict_and_choices_are_not() -> None:
    assert {"note", "keep", "before_it", "what_helped"} == CHECK_IN.texts
    assert {"own", "side_effects"} == CHECK_IN.maps.keys()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(
            (name, value)
            for name in ("mood", "anxiety", "dissociation", "rested")
            for value in (-1, 11, 5.5, "5", True)
        ),
        *(("sleep_hours", value) for value in (-0.1, 24.1, "8", True)),
        ("dissociation_tone", "terrifying"),
        ("dissociation_kinds", "numb"),
        ("in_danger", "no"),
        ("bring", 1),
        ("memory_gaps", "some"),
        ("compared", "better"),
        ("audience", "everybody"),
        ("point", "t+3h"),
        ("session_id", "not-an-id"),
        ("note", "x" * 20_001),
        ("before_it", "x" * 2_001),
        ("what_helped", "x" * 2_001),
        ("keep", "x" * 20_001),
        ("zone", "Europe/Atlantis"),
        ("zone", ""),
        ("zone", "x" * 65),
        ("occurred_at", "2026-02-31T10:00:00Z"),
        ("occurred_at", "2026-11-23T20:15:00"),
        ("occurred_at", "2026-11-23"),
        ("occurred_at", 1_763_928_900),
        ("occurred_at", "2026-11-24T20:15:00.001Z"),
        ("occurred_at", "2090-01-01T00:00:00Z"),
        ("occurred_at", "1899-12-31T23:59:59Z"),
        ("occurred_at", "0001-01-01T00:00:00+14:00"),
        ("away_from", "2026-11-24T20:15:01Z"),
        ("away_to", "1800-01-01T00:00:00Z"),
        ("own", ["pain"]),
        ("own", {"pain": 1, "panic": 2, "craving": 3}),
        ("own", {" ": 1}),
        ("own", {"x" * 61: 1}),
        ("colour", "red"),
    ],
)
def test_a_value_that_does_not_fit_is_named_by_its_field(name: str, value: Any) -> None:
    assert faults_of(**{name: value}) == {f"/{name}"}


def test_a_fault_inside_a_field_is_named_where_it_is() -> None:
    assert faults_of(side_effects={"nausea": "awful"}) == {"/side_effects/nausea"}
    assert faults_of(side_effects={"boredom": "mild"}) == {"/side_effects/boredom"}
    assert faults_of(dissociation_kinds=["numb", "asleep"]) == {"/dissociation_kinds/1"}
    assert faults_of(own={"pain": 11}) == {"/own/..."}


def test_all_faults_are_named_at_once() -> None:
    assert faults_of(mood=11, zone=7, side_effects={"nausea": 1}) == {"/mood", "/zone", "/side_effects/nausea"}
    assert faults_of(zone="Nowhere", occurred_at="2090-01-01T00:00:00Z") == {"/zone", "/occurred_at"}


def test_a_phone_may_be_a_day_ahead() -> None:
    assert faults_of(occurred_at="2026-11-24T20:15:00Z") == set()


def test_being_away_ends_after_it_began() -> None:
    assert faults_of(away_from="2026-11-23T10:00:00Z", away_to="2026-11-23T09:59:59Z") == {"/away_to"}
    assert faults_of(away_from="2026-11-23T10:00:00Z", away_to="2026-11-23T10:00:00Z") == set()


def test_one_kind_of_being_away_is_named_once() -> None:
    assert faults_of(dissociation_kinds=["numb", "numb"]) == {"/dissociation_kinds"}


def test_what_was_typed_more_than_six_hours_after_is_remembered_later() -> None:
    assert not is_remembered_later(NOW, NOW + timedelta(hours=6))
    assert is_remembered_later(NOW, NOW + timedelta(hours=6, milliseconds=1))


def test_what_was_typed_before_it_was_felt_is_not_remembered_later() -> None:
    assert not is_remembered_later(NOW, NOW - timedelta(hours=12))


@given(st.datetimes(timezones=st.just(UTC)))
def test_an_instant_is_either_taken_or_named_never_a_crash(instant: datetime) -> None:
    is_plausible = datetime(1900, 1, 1, tzinfo=UTC) <= instant <= NOW + timedelta(hours=24)

    assert faults_of(occurred_at=instant.isoformat()) == (set() if is_plausible else {"/occurred_at"})
