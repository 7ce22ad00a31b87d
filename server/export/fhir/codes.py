"""The codes of a document: a code system of our own, as data, and the few codes of others that fit. Pure.

No LOINC code fits a rating of the moment (CLINICAL 4, Codes), so those have codes here. The system's name depends on no
installation and resolves nowhere: the list stands in each document.
"""

from typing import Any

Resource = dict[str, Any]

SYSTEM = "urn:uuid:ad36a6a6-3556-4648-8014-bc7bd8639800"
VERSION = "1"
LOINC = "http://loinc.org"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
UCUM = "http://unitsofmeasure.org"
TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"

DRUGS = {"ketamine": "6130", "esketamine": "2119365"}
"""RxNorm's number of each drug (M: both remembered, the second less surely), so its name always stands beside it."""

SURVEY: Resource = {
    "coding": [{"system": f"{TERMINOLOGY}/observation-category", "code": "survey", "display": "Survey"}]
}
UNKNOWN: Resource = {
    "coding": [{"system": f"{TERMINOLOGY}/data-absent-reason", "code": "unknown", "display": "Unknown"}]
}

OWN = {
    # the document and its sections
    "summary": "Summary of a period of a diary",
    "behind": "What codes and questionnaires of this document mean",
    "check_ins": "Check-ins of the period",
    "daily": "Days of the period",
    "scales": "Scales over the period",
    "dissociation": "Detachment, 0 (not at all) to 10",
    "sessions": "Treatment sessions",
    "measures": "Questionnaires",
    "side_effects": "Side effects",
    "medications": "Medications in the person's words",
    "notes": "Notes",
    "questions": "Questions for the next meeting",
    "meetings": "Meetings",
    "safety_plan": "Safety plan",
    "alerts": "Alerts",
    "standing_answers": "Answers to a safety item that stand",
    "silence": "Silence that was to be told",
    # what is rated at the moment
    "mood": "Mood, 0 (very low) to 10",
    "anxiety": "Anxiety, 0 (none) to 10",
    "sleep_hours": "Hours of sleep",
    "rested": "Rested, 0 (not at all) to 10",
    # a day: means of its entries away from a dose
    "day": "A day of the diary: means of its check-ins away from a dose",
    "entries": "Check-ins of the day",
    "remembered_later": "Of them written more than 6 hours after the moment they tell of",
    "within_24h": "Of them within 24 hours after a dose, left out of the means",
    # a period
    "count": "Number of check-ins",
    "days_with_entry": "Days with a check-in",
    "n": "Number of answers",
    "mean": "Mean",
    "median": "Median",
    "min": "Lowest",
    "max": "Highest",
    "highest": "Highest",
    "dissociation_within_24h": "Detachment within 24 hours after a dose",
    "dissociation_later": "Detachment at any other time",
    "distressing": "Check-ins with distressing detachment",
    "memory_gap_days": "Days with a gap in memory",
    "start": "Mood before the first session of the course",
    "days": "Number of days",
    "source": "Where it comes from",
    "measured": "Measured: the median of the daily moods before",
    "recalled": "Recalled by the person",
    # sessions and what followed
    "treatment_session": "Treatment session with ketamine or esketamine",
    "induction": "Induction",
    "maintenance": "Maintenance",
    "iv": "Intravenous",
    "im": "Intramuscular",
    "sc": "Subcutaneous",
    "intranasal": "Intranasal",
    "sublingual": "Sublingual",
    "oral": "Oral",
    "after_session": "Check-in after a session",
    "hours_since_session": "Hours since the session began",
    "better_days": "Better days in a week after a session: mood at least two points above the start",
    "week": "Week after the session",
    "of": "Days with a mood in that week",
    "last_better_on": "Last better day after the session",
    "counted": "Counted",
    "too_few": "Too few days with a mood",
    "no_room": "The start leaves no room for two points more",
    "no_start": "No start is known",
    "exposure": "Sessions up to the end of the period",
    "last_30_days": "Of them in the last 30 days",
    "last_60_days": "Of them in the last 60 days",
    # questionnaires
    "total": "Total of a questionnaire",
    "instrument": "Questionnaire",
    "spans_session": "The questionnaire looks back over a session, and averages over before and after",
    "since_baseline": "Change of a total since the last questionnaire before the first session",
    "since_last": "Change of a total since the questionnaire before",
    "baseline_at": "When the questionnaire before the first session was completed",
    "response": "Moved by the part that its sources call a response",
    "remission": "Within what its sources call remission",
    "beyond_error_better": "Better, at or beyond the line that its instrument is read by",
    "noticeable_better": "Better by what people often notice",
    "within_variation": "Within normal variation",
    "noticeable_worse": "Worse by what people often notice",
    "beyond_error_worse": "Worse, at or beyond the line that its instrument is read by",
    # side effects
    "nausea": "Nausea",
    "headache": "Headache",
    "dizziness": "Dizziness",
    "sleepiness": "Sleepiness",
    "blurred_vision": "Blurred vision",
    "heart_beat": "Heart beat felt",
    "urinary_urgency": "Urge to pass urine",
    "urinary_frequency": "Passing urine often",
    "urinary_pain": "Pain on passing urine",
    "bladder_discomfort": "Bladder discomfort",
    "foggy_thinking": "Foggy thinking",
    "memory_trouble": "Trouble with memory",
    "other": "Another side effect",
    "none": "None",
    "mild": "Mild",
    "moderate": "Moderate",
    "severe": "Severe",
    # the watch on long exposure
    "watch": "Watch on long exposure",
    "urgency": "Watch: urge to pass urine",
    "frequency": "Watch: passing urine often",
    "night_time": "Watch: passing urine at night",
    "pain": "Watch: pain on passing urine",
    "blood": "Watch: blood in urine",
    "flank_pain": "Watch: pain in the flank",
    "cannot_pass_urine": "Watch: unable to pass urine",
    "memory": "Watch: memory",
    "finding_words": "Watch: finding words",
    "concentration": "Watch: concentration",
    "craving": "Watch: craving, 0 to 10",
    "doses_outside_plan": "Watch: doses outside the plan",
    "little_sleep_much_energy": "Watch: much less sleep, yet full of energy",
}
"""Every code of our system and what it is called."""

_CONCEPTS: dict[str, Resource] = {
    code: {"coding": [{"system": SYSTEM, "code": code, "display": display}]} for code, display in OWN.items()
}


def concept(code: str) -> Resource:
    """A code of ours as a CodeableConcept, the same object each time; what has no code here, as a text."""
    return _CONCEPTS.get(code) or {"text": code}


def drug(name: str | None) -> Resource:
    """What was given at a session, with its name beside the code."""
    if name is None:
        return {"text": "ketamine or esketamine; not told which"}
    coding = [{"system": RXNORM, "code": DRUGS[name], "display": name}] if name in DRUGS else []
    return {"coding": coding, "text": name} if coding else {"text": name}


def code_system(id_: str) -> Resource:
    """Our code system, whole."""
    return {
        "resourceType": "CodeSystem",
        "id": id_,
        "url": SYSTEM,
        "version": VERSION,
        "name": "InterludeDiary",
        "title": "Codes of a diary between treatment sessions",
        "status": "active",
        "caseSensitive": True,
        "content": "complete",
        "count": len(OWN),
        "concept": [{"code": code, "display": display} for code, display in OWN.items()],
    }
