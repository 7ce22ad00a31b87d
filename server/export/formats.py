"""In which forms a summary leaves, and what of it is handed on. Pure."""

from datetime import date
from typing import Literal

from server.summaries import service as summaries

Format = Literal["pdf", "fhir"]
Reader = Literal["therapist", "prescriber"]

FILES: dict[Format, tuple[str, str]] = {
    "pdf": ("application/pdf", "summary.pdf"),
    "fhir": ("application/fhir+json", "summary.fhir.json"),
}
"""Of each form the media type (FHIR R4, 3.1.0.1.10) and the name."""

# Neither alerts nor the safety plan go along: an alert is between two people, and the plan has a paper of its own.
HANDED_ON = frozenset(
    {"scales", "sessions", "measures", "side_effects", "watch", "medications", "notes", "questions"}
)  # fmt: skip


def limits_for(reader: Reader | None) -> summaries.Limits | None:
    """What a paper for somebody else is made from: all figures, and of the words those addressed to them.

    None, for a paper that stays with its person: everything.
    """
    return reader and summaries.Limits(scopes=HANDED_ON, notes_from=date.min, audience=reader)
