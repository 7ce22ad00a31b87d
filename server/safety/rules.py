"""What a help request and a safety plan may hold, and what makes one wrong. Pure."""

from datetime import datetime
from typing import Annotated, Literal, get_args

from msgspec import UNSET, Meta, UnsetType

from server.base.bodies import Body, Instant, lines_faults, past_faults
from server.base.errors import Fault

HELP_REQUEST_KIND = "help_request"
MOST_OF_A_PART = 10_000  # characters in all its lines: eight such parts stand in one record, which has a bound

Lines = Annotated[list[Annotated[str, Meta(max_length=2_000)]], Meta(max_length=50)]
Part = Literal[
    "warning_signs", "brings_me_back", "own_coping", "distractions", "people", "professionals", "safer_surroundings",
    "reasons",
]  # fmt: skip


class HelpRequest(Body):
    """The values of a help request: nothing but a `tell_therapist` ever goes to anybody."""

    trigger: Literal["item_9", "mood", "button"] | UnsetType | None = UNSET
    raised_at: Instant | UnsetType | None = UNSET
    choice: Literal["tell_therapist", "call", "not_now"] | UnsetType | None = UNSET
    message: Annotated[str, Meta(max_length=2_000)] | UnsetType | None = UNSET


class SafetyPlan(Body):
    """The values of a safety plan; `locked_too` names the parts that are shown while the phone is locked."""

    warning_signs: Lines | UnsetType | None = UNSET
    brings_me_back: Lines | UnsetType | None = UNSET
    own_coping: Lines | UnsetType | None = UNSET
    distractions: Lines | UnsetType | None = UNSET
    people: Lines | UnsetType | None = UNSET
    professionals: Lines | UnsetType | None = UNSET
    safer_surroundings: Lines | UnsetType | None = UNSET
    reasons: Lines | UnsetType | None = UNSET
    locked_too: Annotated[list[Part], Meta(max_length=8)] | UnsetType | None = UNSET


def check_help_request(values: HelpRequest, now: datetime) -> list[Fault]:
    """What the types can't say of a help request; pointers are relative to its values."""
    return list(past_faults(values.raised_at, "/raised_at", now))


def check_safety_plan(values: SafetyPlan, now: datetime) -> list[Fault]:
    """What the types can't say of a safety plan."""
    faults: list[Fault] = []
    for part in get_args(Part):
        faults += lines_faults(getattr(values, part), f"/{part}", MOST_OF_A_PART)
    if isinstance(values.locked_too, list) and len(set(values.locked_too)) < len(values.locked_too):
        faults.append(Fault("/locked_too", "names one part twice"))
    return faults
