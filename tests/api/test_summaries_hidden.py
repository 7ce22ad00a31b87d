"""A reader's summary is that of a person who never wrote what the consent leaves out, through the whole app."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from server.base.clock import wire_instant
from tests.people import Cast, Clock, Person
from tests.tried import size

Written = tuple[str, dict[str, Any]]

STORIES = size(6, 60)
SCOPES = ["scales", "sessions", "measures", "side_effects", "watch", "medications", "notes", "questions"]
AUDIENCES = ["me", "therapist", "prescriber", "both"]
FIRST, DAYS = date(2026, 9, 20), 60
SCALES = ("mood", "anxiety", "dissociation", "sleep_hours", "rested", "memory_gaps", "dissociation_tone")


def story_of(random: Random) -> list[Written]:
    """What somebody wrote in two months; every instant lies in the middle of its local day."""
    minutes = count()  # nothing happens at once with another: ids would say which came first, and they differ

    def at() -> str:
        day = FIRST + timedelta(days=random.randrange(DAYS))
        return wire_instant(datetime(day.year, day.month, day.day, random.randrange(6, 20), next(minutes), tzinfo=UTC))

    def entry() -> dict[str, Any]:
        return {
            "occurred_at": at(),
            "mood": random.randrange(11),
            "dissociation": random.randrange(11),
            "side_effects": {"nausea": random.choice(["mild", "severe"])},
            "note": "words",
            "audience": random.choice(AUDIENCES),
        }

    def form() -> dict[str, Any]:
        answers = {str(item): random.randrange(4) for item in range(1, 8)}
        return {"completed_at": at(), "instrument": "gad-7", "instrument_version": "1", "answers": answers}

    told = {"audience": random.choice(AUDIENCES)}
    written: list[Written] = [("check_in", entry()) for _ in range(12)]
    written += [("treatment_session", {"starts_at": at()}) for _ in range(3)]
    written += [("response", form()) for _ in range(6)]
    written += [("course", {"started_on": at()[:10], "start_recalled": 3})] * random.randint(0, 1)
    written += [("watch", {"occurred_at": at(), "urgency": "mild", "audience": random.choice(AUDIENCES)})]
    written += [("medication", {"name": "one", "from": at()[:10], **told}), ("question", {"text": "why", **told})]
    return written


def consent_of(random: Random) -> dict[str, Any]:
    first, last = sorted(FIRST + timedelta(days=random.randrange(DAYS + 10)) for _ in range(2))
    return {
        "scopes": random.sample(SCOPES, random.randint(4, len(SCOPES))),
        "from": random.choice([None, str(first), str(first)]),
        "to": random.choice([None, str(last)]),
        "notes_from": str(FIRST + timedelta(days=random.randrange(DAYS))),
    }


def known(written: list[Written], consent: dict[str, Any], today: str) -> list[Written]:
    """What the consent leaves of it, said once more from the contract's sentences."""
    scopes = consent["scopes"]

    def is_open(day: str) -> bool:
        return (consent["from"] or day) <= day <= (consent["to"] or day)

    doses = [datetime.fromisoformat(v["starts_at"]) for kind, v in written if kind == "treatment_session"]
    doses = [dose for dose in doses if is_open(str(dose.date()))]
    left: list[Written] = []
    for kind, values in written:
        day = next((values[n][:10] for n in ("occurred_at", "starts_at", "completed_at", "started_on", "from")
                    if n in values), today)  # fmt: skip
        is_read = values.get("audience") in ("therapist", "both")
        if not is_open(day):
            continue
        if kind == "check_in":
            felt = datetime.fromisoformat(values["occurred_at"])
            hidden = set(SCALES) if "scales" not in scopes else set()
            if not ("notes" in scopes and is_read and day >= consent["notes_from"]):
                hidden |= {"note"}
            if "side_effects" not in scopes:
                hidden |= {"side_effects"}
            if "sessions" not in scopes and any(dose <= felt <= dose + timedelta(days=1) for dose in doses):
                hidden |= {*SCALES, "side_effects"}
                if "note" in hidden:
                    continue
            kept = {name: value for name, value in values.items() if name not in hidden}
            if "scales" in scopes or kept.keys() & {"note", "side_effects"}:
                left.append((kind, kept))
        elif kind in ("treatment_session", "course"):
            left += [(kind, values)] if "sessions" in scopes else []
        elif kind == "response":
            left += [(kind, values)] if "measures" in scopes else []
        elif is_read and {"watch": "watch", "medication": "medications", "question": "questions"}[kind] in scopes:
            left.append((kind, values))
    return left


async def told_of(
    written: list[Written], cast: Cast, patient: Person, therapist: Person, consent: dict[str, Any]
) -> Any:
    """What a reader gets of somebody who wrote this, without the ids, which are each person's own."""
    answer = await patient.sync(*(patient.change(kind, **values) for kind, values in written))
    assert {each["outcome"] for each in answer["results"]} <= {"stored"}
    share = await cast.share(patient, therapist, **consent)
    period = {"from": str(FIRST - timedelta(days=3)), "to": str(FIRST + timedelta(days=DAYS + 8))}
    told = (await therapist.get(share.summary_url, params=period)).json()
    for each in [*told.get("sessions", ()), *told.get("questions", ())]:
        each.pop("id")
    return told


async def test_a_reader_gets_what_they_would_of_somebody_who_never_wrote_the_rest(
    cast: Cast, therapist: Person, clock: Clock
) -> None:
    for seed in range(STORIES):
        random = Random(seed)
        written, consent = story_of(random), consent_of(random)
        whole, bare = [await cast.join("patient", f"Somebody {name}") for name in ("whole", "bare")]

        told = await told_of(written, cast, whole, therapist, consent)

        left = known(written, consent, clock.wire()[:10])
        assert len(left) < len(written)
        assert told == await told_of(left, cast, bare, therapist, consent), f"story {seed}: {consent}"
