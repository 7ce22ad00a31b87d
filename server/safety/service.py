"""The door: the kinds of record that safety is made of."""

from server.records import service as records
from server.safety.rules import HelpRequest, SafetyPlan, check_help_request, check_safety_plan

__all__ = ["HELP_REQUEST", "SAFETY_PLAN"]

HELP_REQUEST = records.Kind(
    "help_request",
    HelpRequest,
    required=("trigger", "raised_at", "choice"),
    day_of="raised_at",
    check=check_help_request,
)
SAFETY_PLAN = records.Kind("safety_plan", SafetyPlan, required=(), day_of="", check=check_safety_plan, is_single=True)
