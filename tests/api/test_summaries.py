"""One's own summary, from what was synced to what is answered."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from server.base.clock import wire_instant
from server.base.web import Period
from server.summaries import service as summaries
from server.treatment import service as treatment
from tests.people import Cast, Clock, Person

TODAY = date(2026, 11, 23)


def at(day: date, hour: int) -> str:
    """An hour of a day in Berlin's winter, on the wire."""
    return wire_instant(datetime(day.year, day.month, day.day, hour, tzinfo=UTC) - timedelta(hours=1))


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


async def summary(person: Person, **query: str) -> dict[str, Any]:
    answer = await person.get("/api/summary", params=query)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def felt(person: Person, day: date, hour: int = 12, promptly: bool = True, **values: Any) -> None:
    """Keeps a check-in of that hour, typed at once or a day later."""
    change = person.change(occurred_at=at(day, hour), **values)
    change["edited_at"] = at(day + timedelta(days=0 if promptly else 1), hour)
    (result,) = (await person.sync(change))["results"]
    assert result["outcome"] == "stored", result


async def dosed(person: Person, day: date, **values: Any) -> str:
    record = await person.keep("treatment_session", starts_at=at(day, 14), **values)
    return str(record["id"])


async def test_nothing_written_is_an_empty_summary(patient: Person) -> None:
    assert await summary(patient) == {
        "period": {"from": "2026-10-25", "to": "2026-11-23", "days": 30},
        "check_ins": {"count": 0, "days_with_entry": 0},
        "daily": [],
        "scales": {"mood": None, "anxiety": None, "dissociation": None},
        "dissociation": {
            "within_24h": {"n": 0, "median": None, "highest": None},
            "later": {"n": 0, "median": None, "highest": None, "distressing": 0, "memory_gap_days": 0},
        },
        "start": {"mood": None, "days": 0, "source": "none"},
        "sessions": [],
        "measures": [],
        "side_effects": [],
        "watch": [],
        "exposure": {"sessions": 0, "last_30_days": 0, "last_60_days": 0},
        "medications": [],
        "notes": [],
        "questions": [],
        "meetings": [],
        "safety_plan": None,
        "alerts": [],
        "standing_answers": [],
    }


async def test_a_story_is_told_with_its_start_sessions_and_better_days(patient: Person) -> None:
    for days, mood in ((50, 2), (49, 3), (48, 4), (47, 3)):
        await felt(patient, ago(days), mood=mood)
    session = await dosed(patient, ago(40), phase="induction")
    last = await dosed(patient, ago(35), status="stopped_early")
    await dosed(patient, ago(30), status="planned")
    await dosed(patient, ago(29), status="cancelled")
    await felt(patient, ago(35), hour=16, mood=9, dissociation=8, dissociation_tone="distressing")
    for days, mood in ((33, 5), (32, 6), (31, 4)):
        await felt(patient, ago(days), mood=mood, dissociation=1, memory_gaps="a_little")
    await felt(patient, ago(30), promptly=False, mood=10)

    answer = await summary(patient, **{"from": ago(45).isoformat(), "to": ago(28).isoformat()})

    assert answer["start"] == {"mood": 3.0, "days": 4, "source": "measured"}
    assert answer["check_ins"] == {"count": 5, "days_with_entry": 5}
    assert [each["mood"] for each in answer["daily"]] == [None, 5.0, 6.0, 4.0, 10.0]
    assert [each["within_24h"] for each in answer["daily"]] == [1, 0, 0, 0, 0]
    assert [each["remembered_later"] for each in answer["daily"]] == [0, 0, 0, 0, 1]
    assert answer["scales"]["mood"] == {"n": 4, "mean": 6.25, "median": 5.5, "min": 4, "max": 10}
    assert answer["dissociation"]["within_24h"] == {"n": 1, "median": 8.0, "highest": 8}
    assert answer["dissociation"]["later"] == {
        "n": 3,
        "median": 1.0,
        "highest": 1,
        "distressing": 0,
        "memory_gap_days": 3,
    }
    assert [(each["id"], each["phase"]) for each in answer["sessions"]] == [(session, "induction"), (last, None)]
    assert answer["sessions"][0]["better_days"] is None
    assert answer["sessions"][1]["curve"][0] == {"hours": 2.0, "mood": 9, "anxiety": None, "dissociation": 8}
    assert answer["sessions"][1]["better_days"] == {
        "weeks": [{"week": 1, "better": 2, "of": 3, "reading": "counted"}],
        "last_better_on": ago(32).isoformat(),
    }


async def test_days_turn_at_four_where_the_entry_was_written(patient: Person) -> None:
    await patient.keep(occurred_at="2026-11-20T02:30:00.000Z", mood=4)
    await patient.keep(occurred_at="2026-11-20T08:30:00.000Z", zone="America/New_York", mood=6)
    await patient.keep(occurred_at="2026-11-20T03:30:00.000Z", mood=8)

    answer = await summary(patient)

    assert [(each["day"], each["mood"]) for each in answer["daily"]] == [("2026-11-19", 5.0), ("2026-11-20", 8.0)]


async def test_notes_are_ones_own_alternatives_are_not_among_them(patient: Person, clock: Clock) -> None:
    record = await patient.keep(note="first", bring=True)
    for text, minutes in (("from the phone", 1), ("from the tablet", 2)):
        change = patient.change(record_id=record["id"], base=record["revision"], note=text)
        await patient.sync({**change, "edited_at": clock.wire(minutes=minutes)})

    answer = await summary(patient)

    assert answer["notes"] == [{"day": "2026-11-23", "text": "from the tablet", "bring": True}]


async def test_a_deleted_entry_is_in_no_figure(patient: Person) -> None:
    record = await patient.keep(mood=1)
    change = patient.change(record_id=record["id"], base=record["revision"])
    del change["patch"]

    await patient.sync({**change, "delete": True})

    assert (await summary(patient))["check_ins"]["count"] == 0


async def test_today_is_the_persons_own(cast: Cast, clock: Clock) -> None:
    clock.instant = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)
    here, there = [
        await cast.join("patient", name, zone=zone) for name, zone in (("A", "UTC"), ("B", "Pacific/Auckland"))
    ]

    assert (await summary(here))["period"]["to"] == "2026-11-23"
    assert (await summary(there))["period"]["to"] == "2026-11-24"


@pytest.mark.parametrize(
    "query", [{"to": "0001-01-02"}, {"from": "9999-12-31"}, {"from": "0001-01-01", "to": "9999-12-31"}]
)
async def test_the_ends_of_time_are_only_days(patient: Person, query: dict[str, str]) -> None:
    await dosed(patient, ago(3))

    answer = await summary(patient, **query)

    assert query.items() <= {name: answer["period"][name] for name in ("from", "to")}.items()


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"from": "2026-02-31"}, "/from"),
        ({"to": "2026-1-1"}, "/to"),
        ({"from": "2026-11-02", "to": "2026-11-01"}, "/from"),
        ({"from": ""}, "/from"),
    ],
)
async def test_a_wrong_period_is_named(patient: Person, query: dict[str, str], pointer: str) -> None:
    answer = await patient.get("/api/summary", params=query)

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


async def test_a_summary_is_of_ones_own_entries(cast: Cast, patient: Person, stranger: Person, nobody: Person) -> None:
    await felt(patient, ago(1), mood=4, note="mine")
    therapist = await cast.join("therapist", "Dr. Adler")

    assert (await summary(stranger))["check_ins"]["count"] == 0
    assert (await nobody.get("/api/summary")).status_code == 401
    assert (await therapist.get("/api/summary")).status_code == 403


async def test_a_reader_under_a_consent_gets_what_it_opens(patient: Person, clock: Clock) -> None:
    await felt(patient, ago(40), mood=2, note="before", audience="therapist")
    await felt(patient, ago(3), mood=4, note="for you", audience="therapist", bring=True)
    await felt(patient, ago(2), mood=6, note="for me")
    limits = summaries.Limits(
        scopes=frozenset({"scales", "notes"}), first=ago(3), notes_from=ago(10), audience="therapist"
    )

    answer = await summaries.summary(patient.id, Period(ago(50), None), clock(), "Europe/Berlin", limits=limits)

    assert (answer.period.first, answer.check_ins.count) == (ago(3), 2)
    assert [note.text for note in answer.notes] == ["for you"]
    assert not answer.sessions


async def test_a_session_settles_for_six_hours_wherever_it_was(patient: Person, clock: Clock) -> None:
    start = clock() - timedelta(hours=5, minutes=59)
    await patient.keep("treatment_session", starts_at=wire_instant(start), zone="Pacific/Kiritimati")
    await patient.keep("treatment_session", starts_at=clock.wire(hours=-1), zone="Pacific/Niue", status="planned")

    before = await treatment.latest_start(patient.id, clock())
    clock.move(minutes=1)

    assert before == start
    assert await treatment.latest_start(patient.id, clock()) is None
