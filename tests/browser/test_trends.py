"""Trends: the phone's own reading of what followed each session, against the server's; and the page that tells it."""

import re
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

import pytest
from msgspec import structs
from playwright.sync_api import expect

from server.base.clock import local_day, wire_instant
from server.summaries.rules import Course, Entry, Session, Span
from server.summaries.summarise import summarise
from tests.browser.phone import Phone
from tests.browser.server import Account, Server
from tests.browser.test_phone_rules import change, run
from tests.rules.histories import DAY_STARTS, ZONES, with_courses

HISTORIES = 400
SCALES = ("mood", "anxiety", "dissociation")
AT_NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
AT_NIGHT = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)

READ = """async (cases) => {
    const at = document.querySelector('script').src
    const names = ['records/told.js', 'summaries/rules.js', 'summaries/weeks.js', 'summaries/curves.js']
    const [told, rules, weeks, curves] = await Promise.all(names.map((one) => import(new URL(`./${one}`, at).href)))
    const { localDay } = await import(new URL('./base/time.js', at).href)
    return cases.map(({ entries, sessions, courses, startsAt, first, last }) => {
        const took = told.tookPlace(sessions, '2099-01-01T00:00:00.000Z')
        const dated = took.map(({ id, starts_at, zone, course_id }) =>
            ({ id, course_id, day: localDay(starts_at, zone, startsAt) }))
        const start = weeks.startOf(dated, rules.moodsOf(entries, took, startsAt), last, told.coursesOf(courses))
        const moods = rules.moodsOf(rules.writtenThen(entries), took, startsAt)
        const curve = curves.curvesOf(entries, took, { from: first, to: last }, startsAt)
        return { start, days: dated, after: weeks.betterDays(dated, start.mood, moods, last), curves: curve }
    })
}"""

# How many points of the lines lie under a name in the chart.
COVERED = """() => {
    const names = [...document.querySelectorAll('.since svg text.on')].map((name) => name.getBBox())
    const points = [...document.querySelectorAll('.since path.line')].flatMap((line) =>
        Array.from({ length: Math.ceil(line.getTotalLength()) }, (_, i) => line.getPointAtLength(i)))
    const isUnder = ({ x, y }) => names.some((box) =>
        x > box.x + 1 && x < box.x + box.width - 1 && y > box.y + 2 && y < box.y + box.height - 2)
    return points.filter(isUnder).length
}"""


@pytest.fixture(scope="module")
def stories() -> list[tuple[dict[str, Any], Any]]:
    """Histories as the phone has them, each with the server's summary; made before a browser's loop runs."""
    chance = Random(7)
    return [in_both_forms(*with_courses(chance)) for _ in range(HISTORIES)]


def test_better_days_on_the_phone_are_those_of_the_servers_summary(
    stories: list[tuple[dict[str, Any], Any]], phone: Phone
) -> None:
    found = phone.page.evaluate(READ, [given for given, _ in stories])

    compared = 0
    for (_, theirs), ours in zip(stories, found, strict=True):
        start = ours["start"]
        assert theirs.start.source == start["source"]
        assert theirs.start.mood == (None if start["mood"] is None else round(start["mood"], 3))
        after = {dated["id"]: better for dated, better in zip(ours["days"], ours["after"], strict=True)}
        for session in theirs.sessions:
            assert told(session.better_days) == after[session.id]
            compared += session.better_days is not None
    assert compared > 200
    script = "(m, all) => all.map((weeks) => m.isNoneBetter(weeks))"
    none, some, few = ({"reading": "counted", "better": 0}, {"reading": "counted", "better": 1}, {"reading": "too_few"})
    cases = [[none], [none, few], [none, some], [few], []]
    assert run(phone, "./summaries/weeks.js", script, cases) == [True, True, False, False, False]


def test_what_followed_each_session_by_hours_is_on_the_phone_what_the_servers_summary_has(
    stories: list[tuple[dict[str, Any], Any]], phone: Phone
) -> None:
    found = phone.page.evaluate(READ, [given for given, _ in stories])

    points = 0
    for (_, theirs), ours in zip(stories, found, strict=True):
        curves = [
            (one["id"], [(round(p["hours"], 3), *(p[name] for name in SCALES)) for p in one["curve"]])
            for one in ours["curves"]
        ]
        assert curves == [(each.id, [structs.astuple(p) for p in each.curve]) for each in theirs.sessions]
        points += sum(len(each.curve) for each in theirs.sessions)
    assert points > 1_500


def test_what_followed_each_session_is_told_offline_and_folded_until_it_is_opened(phone: Phone, server: Server) -> None:
    patient = server.register()
    expected = write_story(server, patient)
    phone.page.clock.set_fixed_time(AT_NOON)
    phone.page.reload()
    phone.sign_in(patient)
    # Days before the first entry there is are not counted, those between two entries are.
    phone.go("/#/trends?days=90")
    expect(phone.page.locator("#page .lead")).to_have_text(re.compile(r" · \d+ of 7\d days$"))
    phone.go("/#/trends?days=30")
    expect(phone.page.locator("#page .lead")).to_have_text(re.compile(r" · \d+ of 30 days$"))
    phone.go("/#/trends?days=all")
    expect(phone.page.locator(".chart line.session")).to_have_count(2)
    phone.page.get_by_text("The same as a table").click()
    expect(phone.page.get_by_text("* On this day something was remembered later")).to_be_visible()
    expect(phone.page.locator(".chart tbody th", has_text="*")).to_have_count(1)
    phone.wait_for_shell()
    server.stop()

    assert phone.page.get_by_text("clearly better").count() == 0
    phone.page.locator(".since > summary").click()
    first, second = expected["better_days"]["weeks"][:2]
    words = f"Week 1: {first['better']} of {first['of']} days clearly better than where you began."
    expect(phone.page.locator(".weeks")).to_contain_text(words)
    expect(phone.page.locator(".weeks")).to_contain_text(f"Week 2: {second['better']} of {second['of']}.")
    expect(phone.page.locator(".since path.line")).to_have_count(2)
    assert phone.page.evaluate(COVERED) == 0
    phone.page.locator(".since").get_by_role("button", name="anxiety").click()
    expect(phone.page.locator(".since figcaption")).to_contain_text("Anxiety, entry by entry, by days since each")
    phone.page.locator(".since .chart").get_by_text("The same as a table").click()
    entries = phone.page.locator(".since .chart table").first.locator("tbody tr")
    expect(entries).to_have_count(len(expected["curve"]))
    told = expected["curve"][0]
    expect(entries.first).to_have_text(f"{told['hours']:.0f} hours{told['mood']}{told['anxiety']}–")

    # Neither straight after something was written, nor at night.
    phone.go("/#/")
    phone.rate("mood", 6)
    phone.save()
    phone.go("/#/trends?days=all")
    expect(phone.page.get_by_text("a little later, not straight after writing")).to_be_visible()
    phone.page.clock.set_fixed_time(AT_NIGHT)
    phone.go("/#/")
    phone.go("/#/trends?days=all")
    expect(phone.page.get_by_text("is shown by day")).to_be_visible()
    assert phone.page.locator(".since").count() == 0


def write_story(server: Server, patient: Account) -> dict[str, Any]:
    """Two sessions with weeks around them; answers the second as the server's summary has it."""
    chance = Random(11)
    sessions = [AT_NOON - timedelta(days=days) for days in (50, 22)]
    changes = [change("treatment_session", at, {}) for at in sessions]
    for days in range(75, 0, -1):
        at = AT_NOON - timedelta(days=days, hours=2)
        lift = 4 if any(timedelta(0) < at - session < timedelta(days=10) for session in sessions) else 0
        if chance.random() < 0.85:
            changes.append(change("check_in", at, {"mood": 2 + lift + chance.randrange(3), "anxiety": 5}))
    changes[-1]["edited_at"] = wire_instant(AT_NOON - timedelta(days=1) + timedelta(hours=5))  # remembered later
    with closing(server.client(patient)) as client:
        client.post("/api/sync", json={"since": 0, "changes": changes}).raise_for_status()
        period = f"from={(AT_NOON - timedelta(days=80)).date()}&to={AT_NOON.date()}"
        summary = client.get(f"/api/summary?{period}").raise_for_status().json()
    second: dict[str, Any] = summary["sessions"][1]
    assert [week["reading"] for week in second["better_days"]["weeks"][:2]] == ["counted", "counted"]
    return second


def in_both_forms(
    entries: list[Entry], sessions: list[Session], span: Span, _limits: object, courses: list[Course]
) -> tuple[dict[str, Any], Any]:
    """A history as the phone has it, and what the server's summary says of it."""
    turn = turn_of(entries, sessions)
    given = {
        "entries": [row(entry.id, entry.occurred_at, entry.day, turn, entry) for entry in entries],
        "sessions": [row(each.id, each.starts_at, each.day, turn, course_id=each.course_id) for each in sessions],
        "courses": [course_row(each) for each in courses],
        "startsAt": f"{turn:%H:%M}",
        "first": str(span.first),
        "last": str(span.last),
    }
    return given, summarise(entries, sessions, span, courses=courses)


def course_row(course: Course) -> dict[str, Any]:
    """A course as the phone's store answers it."""
    recalled = {} if course.recalled is None else {"start_recalled": course.recalled}
    return {"id": course.id, "record": {"values": {"started_on": str(course.first), **recalled}}}


def turn_of(entries: list[Entry], sessions: list[Session]) -> time:
    """When the days of a history turn: every moment of it lies on its day somewhere."""
    moments = [(entry.occurred_at, entry.day) for entry in entries] + [(each.starts_at, each.day) for each in sessions]
    return next(turn for turn in DAY_STARTS if all(zone_of(at, on, turn) for at, on in moments))


def zone_of(at: datetime, on: date, turn: time) -> str | None:
    """A zone where `at` belongs to the day `on`."""
    return next((zone for zone in ZONES if local_day(at, zone, turn) == on), None)


def row(
    name: str, at: datetime, on: date, turn: time, entry: Entry | None = None, course_id: str | None = None
) -> dict[str, Any]:
    """A record as the phone's store answers it."""
    anchor = "starts_at" if entry is None else "occurred_at"
    late = timedelta(hours=7 if entry and entry.is_remembered_later else 0)
    values = {anchor: wire_instant(at), "zone": zone_of(at, on, turn)}
    if course_id:
        values["course_id"] = course_id
    given = {} if entry is None else {name: getattr(entry, name) for name in SCALES}
    values |= {name: value for name, value in given.items() if value is not None}
    return {"id": name, "record": {"recorded_at": wire_instant(at + late), "values": values}}


def told(better_days: Any) -> dict[str, Any] | None:
    """Better days as the wire carries them."""
    if better_days is None:
        return None
    weeks = [
        {"week": week.week, "better": week.better, "of": week.of, "reading": week.reading} for week in better_days.weeks
    ]
    last = better_days.last_better_on
    return {"weeks": weeks, "last_better_on": None if last is None else str(last)}
