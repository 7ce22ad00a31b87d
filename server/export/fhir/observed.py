"""An Observation and its parts: how a figure of the summary is written. Pure.

Where a figure is what an Observation is about and there is none, that is said (`dataAbsentReason`): a start that is not
known, a form without a total. Where it is one part of several, the part is left out: a question that nobody answered on
a day is no finding, and neither asked nor refused is known of it.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from msgspec import UNSET, UnsetType

from server.export.fhir.codes import SURVEY, UCUM, UNKNOWN, Resource, concept
from server.export.fhir.identity import Ids

T = TypeVar("T")
Value = Resource | None
Number = int | float


def given(section: list[T] | UnsetType) -> list[T]:
    """What a section holds; nothing where it is out of scope."""
    return [] if isinstance(section, UnsetType) else section


def observation(
    ids: Ids,
    name: tuple[object, ...],
    code: Resource,
    effective: Resource | None,
    parts: Mapping[str, Value],
    **more: Any,
) -> Resource:
    """What was felt or counted, by its person's own word. `name` makes its id; parts without a value are left out."""
    found: Resource = {
        "resourceType": "Observation",
        "id": ids.of(*name),
        "status": "final",
        "category": [SURVEY],
        "code": code,
        "subject": ids.patient,
        **(effective or {}),
        **more,
    }
    if components := [{"code": concept(part), **value} for part, value in parts.items() if value is not None]:
        found["component"] = components
    return found


def told(value: Value) -> Resource:
    """What an Observation is about; that it is not known, where there is no such figure."""
    return {"dataAbsentReason": UNKNOWN} if value is None else value


def score(value: Number | None) -> Value:
    """Points of a scale or a questionnaire."""
    return _quantity(value, "points", "{score}")


def hours(value: Number | None) -> Value:
    """A number of hours."""
    return _quantity(value, "hours", "h")


def days(value: int | None) -> Value:
    """A number of days."""
    return _quantity(value, "days", "d")


def count(value: int | UnsetType | None) -> Value:
    """How many."""
    return None if value is None or value is UNSET else {"valueInteger": value}


def coded(code: str | None) -> Value:
    """One of our codes."""
    return None if code is None else {"valueCodeableConcept": concept(code)}


def flag(value: bool | None) -> Value:
    """Yes or no."""
    return None if value is None else {"valueBoolean": value}


def moment(value: str | None) -> Value:
    """A day or an instant."""
    return None if value is None else {"valueDateTime": value}


def _quantity(value: Number | None, unit: str, code: str) -> Value:
    return None if value is None else {"valueQuantity": {"value": value, "unit": unit, "system": UCUM, "code": code}}
