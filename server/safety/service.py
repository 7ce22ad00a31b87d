"""The door: the kinds of record that safety is made of, alerts, and numbers to call."""

from datetime import datetime
from pathlib import Path

from server.records import service as records
from server.safety.alerts import AlertAnswer, Seen, alerts, close, place_of, see
from server.safety.believed import believed
from server.safety.directory import BadDirectory, CrisisLines, Directory, read_directory, shown
from server.safety.raising import ask_for_recipients, heed
from server.safety.rules import HELP_REQUEST_KIND, HelpRequest, SafetyPlan, check_help_request, check_safety_plan
from server.safety.standing import StandingAnswer, standing_answers
from server.safety.triggers import Recipient
from server.safety.unseen import (
    Taken,
    call_all_unseen,
    call_unseen,
    put_off_calling,
    put_off_telling,
    settle_telling,
    take_due,
    take_to_tell,
)  # fmt: skip

__all__ = [
    "HELP_REQUEST", "SAFETY_PLAN", "AlertAnswer", "BadDirectory", "CrisisLines", "Recipient", "Seen",
    "StandingAnswer", "Taken", "alerts", "ask_for_recipients", "believed", "call_all_unseen", "call_unseen", "close",
    "crisis_lines", "heed", "open_directory", "place_of", "put_off_calling", "put_off_telling", "see",
    "settle_telling", "standing_answers", "take_due", "take_to_tell",
]  # fmt: skip

HELP_REQUEST = records.Kind(
    HELP_REQUEST_KIND,
    HelpRequest,
    required=("trigger", "raised_at", "choice"),
    day_of="raised_at",
    check=check_help_request,
    is_past=True,
)
SAFETY_PLAN = records.Kind("safety_plan", SafetyPlan, required=(), day_of="", check=check_safety_plan, is_single=True)

_directory: list[Directory] = []  # one, once it is opened


def open_directory(static: Path) -> None:
    """Reads the numbers to call where the phone has them, below `static`. Raises BadDirectory."""
    _directory[:] = [read_directory(static / "js/safety/crisis-lines.js")]


def crisis_lines(country: str | None, now: datetime) -> CrisisLines:
    """Numbers to call in a country, or in every one known; `stale`: to be looked up again. Raises Invalid."""
    return shown(_directory[0], country, now.date())
