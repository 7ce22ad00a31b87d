"""What a summary says beside the diary: the structs of the wire. Pure."""

import msgspec

from server.base.bodies import Moment
from server.safety import service as safety
from server.silence import service as silence

AlertTold = safety.AlertAnswer
SilenceTold = silence.Silence
StandingTold = safety.StandingAnswer


class SideEffect(msgspec.Struct):
    """A side effect that was felt: on how many days, and how strong at most."""

    name: str
    days: int
    highest: str


class Exposure(msgspec.Struct):
    """How many sessions took place by the end of the period."""

    sessions: int
    last_30_days: int
    last_60_days: int


class FormTold(msgspec.Struct):
    """One response to a questionnaire; without a total it is incomplete."""

    completed_at: str
    total: int | float | None
    band: str | None
    spans_session: bool


class Moved(msgspec.Struct):
    """How far a total moved from one form to another, and how that reads."""

    points: int | float
    reading: str | None
    response: bool | None
    remission: bool | None


class Measure(msgspec.Struct):
    """The responses to one questionnaire in the period, oldest first, and how far its total moved by the end of it.

    `since_baseline` is from the last form before the course's first session, completed at `baseline_at`, to the latest
    that looks back over none; `since_last` from the form before the latest, also where that lies before the period.
    """

    instrument: str
    responses: list[FormTold]
    since_baseline: Moved | None
    baseline_at: Moment | None
    since_last: Moved | None


class MedicationTold(msgspec.Struct, rename={"first": "from", "last": "to"}):
    """A medication in its person's words."""

    name: str
    dose_text: str | None
    first: str
    last: str | None


class QuestionTold(msgspec.Struct):
    """A question for the next meeting."""

    id: str
    text: str
    settled_at: str | None


class SafetyPlanTold(msgspec.Struct, omit_defaults=True):
    """A safety plan in its person's words, a part with nothing in it left out."""

    warning_signs: list[str] = []
    brings_me_back: list[str] = []
    own_coping: list[str] = []
    distractions: list[str] = []
    people: list[str] = []
    professionals: list[str] = []
    safer_surroundings: list[str] = []
    reasons: list[str] = []


class MeetingTold(msgspec.Struct, rename={"with_": "with"}):
    """A meeting and what was agreed to try."""

    starts_at: str
    with_: str | None
    agreed: list[str]
