"""The door: the kinds of record that safety is made of, and alerts."""

from server.records import service as records
from server.safety.alerts import AlertAnswer, Seen, alerts, call_all_unseen, call_unseen, close, place_of, see, take_due
from server.safety.raising import ask_for_recipients, heed
from server.safety.rules import HELP_REQUEST_KIND, HelpRequest, SafetyPlan, check_help_request, check_safety_plan
from server.safety.standing import StandingAnswer, standing_answers
from server.safety.triggers import Recipient

__all__ = [
    "HELP_REQUEST", "SAFETY_PLAN", "AlertAnswer", "Recipient", "Seen", "StandingAnswer", "alerts",
    "ask_for_recipients", "call_all_unseen", "call_unseen", "close", "heed", "place_of", "see", "standing_answers",
    "take_due",
]  # fmt: skip

HELP_REQUEST = records.Kind(
    HELP_REQUEST_KIND,
    HelpRequest,
    required=("trigger", "raised_at", "choice"),
    day_of="raised_at",
    check=check_help_request,
)
SAFETY_PLAN = records.Kind("safety_plan", SafetyPlan, required=(), day_of="", check=check_safety_plan, is_single=True)
