"""The journal's pure rules on the phone: what a session asks and when, a hard stretch, what a search finds."""

import calendar
import random
import unicodedata
from datetime import UTC, datetime, timedelta
from typing import Any

from server.base.clock import wire_instant
from tests.browser.phone import Phone
from tests.browser.test_phone_rules import run

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WINDOWS = (("t+2h", 1, 3.5), ("t+4h", 3.5, 8), ("t+24h", 18, 32), ("t+72h", 60, 84), ("t+7d", 144, 192))
STATUSES = ("planned", "happened", "stopped_early", "cancelled", None)


def point_at(sessions: list[dict[str, Any]], answers: list[float], hour: float) -> Any:
    """The point that is open at an hour, by CLINICAL.md, section 3, told anew; hours count from START."""
    if any(answer <= hour < answer + 3 for answer in answers):
        return None
    after, before = [], []
    for session in sorted(sessions, key=lambda one: -one["hour"]):
        since = hour - session["hour"]
        for name, first, last in WINDOWS:
            answered = any(first <= answer - session["hour"] < last for answer in answers)
            if session["status"] in ("happened", "stopped_early", None) and first <= since < last and not answered:
                after.append([session["id"], name])
        answered = any(-24 <= answer - session["hour"] < 0 for answer in answers)
        if session["status"] != "cancelled" and -24 <= since < 0 and not answered:
            before.append([session["id"], "before"])
    return (after + before + [None])[0]


def test_the_point_that_an_entry_answers_is_the_one_that_the_reference_finds(phone: Phone) -> None:
    chance = random.Random(7)

    def case() -> dict[str, Any]:
        hours = chance.sample(range(-240, 60), chance.randrange(1, 5))
        sessions = [{"id": str(i), "hour": hour, "status": chance.choice(STATUSES)} for i, hour in enumerate(hours)]
        hour = chance.choice((chance.randrange(-40, 40), 2 * hours[0] + chance.randrange(2, 16))) / 2
        anywhere, lately = chance.randrange(-480, 480) / 2, hour - chance.randrange(10) / 2
        answers = chance.choice(([], [anywhere], [lately], [anywhere, lately]))
        return {"sessions": sessions, "answers": answers, "hour": hour}

    def at(hour: float) -> str:
        return wire_instant(START + timedelta(hours=hour))

    cases = [case() for _ in range(4_000)]
    given = [
        [
            [
                {"id": one["id"], "starts_at": at(one["hour"])} | ({"status": one["status"]} if one["status"] else {})
                for one in each["sessions"]
            ],
            [{"occurred_at": at(hour), "point": "t+4h"} for hour in each["answers"]]
            + [{"occurred_at": at(each["hour"] - 1), "mood": 5}],
            at(each["hour"]),
        ]
        for each in cases
    ]
    script = """(m, cases) => cases.map((given) => {
        const found = m.pointAt(...given)
        return found && [found.session_id, found.point]
    })"""

    found = run(phone, "./journal/points.js", script, given)

    expected = [point_at(each["sessions"], each["answers"], each["hour"]) for each in cases]
    assert found == expected
    assert {one[1] for one in expected if one} == {"before", *(name for name, _, _ in WINDOWS)}


def test_the_form_is_short_and_quiet_for_eight_hours_after_a_dose(phone: Phone) -> None:
    def is_calm(status: str, hours: float) -> Any:
        session = {"id": "a", "status": status, "starts_at": wire_instant(START)}
        given = [[session], wire_instant(START + timedelta(hours=hours))]
        return run(phone, "./journal/points.js", "(m, given) => m.isCalm(...given)", given)

    assert [is_calm("happened", hours) for hours in (-0.1, 0, 7.9, 8)] == [False, True, True, False]
    assert [is_calm(status, 1) for status in ("stopped_early", "planned", "cancelled")] == [True, False, False]


def test_a_hard_stretch_is_said_on_its_fifth_day_and_never_again(phone: Phone) -> None:
    def said(moods: list[int | None], again: int | None = None) -> Any:
        """`moods` by day, the newest last; `again`: a second entry on the last day, later than the first."""
        days = [(START + timedelta(days=i), mood) for i, mood in enumerate(moods) if mood is not None]
        days += [(START + timedelta(days=len(moods) - 1, hours=1), again)] if again is not None else []
        entries = [{"at": wire_instant(at), "values": {"zone": "Europe/Berlin", "mood": mood}} for at, mood in days]
        return run(phone, "./journal/stretch.js", "(m, given) => m.isStretchToSay(given)", entries[::-1])

    before: list[int | None] = [6, 5, 6, 6, 7, 6, 5, 6]

    assert said([*before, 3, 4, 4, 2, 4])
    assert not said([*before, 3, 4, 4, 2])
    assert not said([*before, 3, 4, 4, 2, 5])
    assert not said([*before, 3, 4, 4, 2, 4, 3])
    assert not said([*before, 3, 4, 4, 2, 4], again=3)
    assert said([*before, 3, None, 4, None, 4, 2, 4])
    assert not said([*before, 3, *[None] * 9, 4, 4, 2, 4])
    assert not said([6, 6, 6, 6, 6, 6, 3, 3, 3, 3, 3])
    # Where nothing can be 2 lower, the lowest there is counts; where nothing can be lower at all, nothing is said.
    assert said([*([1] * 8), 0, 0, 0, 0, 0])
    assert said([0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0, 0])
    assert not said([*([1] * 8), 0, 0, 1, 0, 0])
    assert not said([*([0] * 7), 1, 0, 0, 0, 0, 0])


def test_a_time_away_is_the_last_such_time_before_the_entry(phone: Phone) -> None:
    def away(extras: dict[str, str], occurred_at: str, kept: Any = None) -> Any:
        script = "(m, [extras, at, kept]) => m.valuesOf({ ...m.emptyFields(), extras }, at, 'Europe/Berlin', kept)"
        values = run(phone, "./journal/rules.js", script, [extras, occurred_at, kept])
        return values.get("away_from"), values.get("away_to")

    both = {"away_from": "23:50", "away_to": "00:20"}

    assert away(both, "2026-11-23T07:00:00.000Z") == ("2026-11-22T22:50:00.000Z", "2026-11-22T23:20:00.000Z")
    assert away(both, "2026-11-23T22:55:30.000Z") == ("2026-11-23T22:50:00.000Z", "2026-11-23T23:20:00.000Z")
    assert away({"away_to": "07:30"}, "2026-11-23T07:00:00.000Z") == (None, "2026-11-23T06:30:00.000Z")
    kept = {
        "values": {
            "occurred_at": "2026-11-23T07:00:00.000Z",
            "away_from": "2026-11-20T22:50:11.000Z",
            "away_to": "2026-11-21T23:20:00.000Z",
        },
        "alternatives": {},
    }
    assert away(both, "2026-11-23T07:00:00.000Z", kept) == ("2026-11-20T22:50:11.000Z", "2026-11-21T23:20:00.000Z")


def test_a_search_finds_what_python_finds_and_marks_nothing_but_that(phone: Phone) -> None:
    chance = random.Random(8)
    letters = "aáàAÁbBçéEñNoöøßİıΣσς \nﬁ👩‍👧é‮\u200bשлё"

    def text(longest: int) -> str:
        return "".join(chance.choice(letters) for _ in range(chance.randrange(1, longest)))

    def folded(said: str) -> str:
        plain = unicodedata.normalize("NFKD", said)
        kept = "".join(one for one in plain if unicodedata.category(one) not in {"Mn", "Mc", "Me", "Cf"})
        return kept.lower().replace("ς", "σ")

    cases = [[text(40), text(4)] for _ in range(3_000)]
    script = """(m, cases) => cases.map(([text, query]) => {
        const terms = m.termsOf(query)
        const pieces = m.marked(text, terms)
        const textOf = (some, between) => some.map((one) => one.text).join(between)
        const found = textOf(pieces.filter((one) => one.isFound), " ")
        return [m.isFound([m.folded(text)], terms), textOf(pieces, ""), m.folded(found)]
    })"""

    answers = run(phone, "./journal/history/rules.js", script, cases)

    for (said, query), (is_found, joined, marked) in zip(cases, answers, strict=True):
        terms = folded(query).split()
        assert is_found == all(term in folded(said) for term in terms), (said, query)
        assert joined == said
        assert not is_found or all(term in marked for term in terms), (said, query)
        assert marked == "" or any(term in folded(said) for term in terms)


def test_the_weeks_of_a_month_are_those_of_the_calendar(phone: Phone) -> None:
    months = [f"{year}-{month:02}" for year in (2023, 2024, 2026) for month in range(1, 13)]
    script = "(m, [months, first]) => months.map((month) => m.weeksOf(month, first))"

    for first in (1, 6, 7):
        found = run(phone, "./journal/history/rules.js", script, [months, first])
        for month, weeks in zip(months, found, strict=True):
            year, number = map(int, month.split("-"))
            expected = calendar.Calendar((first - 1) % 7).monthdayscalendar(year, number)
            assert [[int(day[8:]) if day else 0 for day in week] for week in weeks] == expected


def test_what_was_begun_over_six_hours_ago_is_for_now_until_its_person_says_otherwise(phone: Phone) -> None:
    script = "(rules, cases) => cases.map((one) => rules.whenOfDraft(one, '2026-03-03T09:00:00Z', 'UTC'))"
    thursday, now = "2026-03-02T10:44", "2026-03-03T08:59:00Z"
    cases: list[tuple[dict[str, str], tuple[str, str]]] = [
        ({"when": "", "touched_at": now}, ("", "")),
        ({"when": "", "touched_at": "2026-03-03T03:00:00Z"}, ("2026-03-03T03:00", "2026-03-03T03:00")),
        ({"when": "", "touched_at": "2026-03-03T02:59:00Z"}, ("", "2026-03-03T02:59")),
        # What was set by itself is not what was chosen.
        ({"when": thursday, "begun": thursday, "touched_at": now}, ("", thursday)),
        ({"when": "", "begun": thursday, "touched_at": now}, ("", thursday)),
        ({"when": thursday, "begun": "", "touched_at": now}, (thursday, "")),
        ({"when": thursday, "touched_at": "2026-03-02T10:45:00Z"}, (thursday, "")),
    ]

    told = run(phone, "./journal/rules.js", script, [given for given, _ in cases])

    assert [(one["when"], one["begun"]) for one in told] == [wanted for _, wanted in cases]


def test_who_is_in_need_stands_before_who_is_met_next(phone: Phone) -> None:
    people = [{"name": "met next"}, {"name": "in need", "open_alerts": 2}, {"name": "met", "open_alerts": 0}]

    listed = run(phone, "./sharing/rules.js", "(m, given) => m.alertsFirst(given).map((one) => one.name)", people)

    assert listed == ["in need", "met next", "met"]
