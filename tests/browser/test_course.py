"""A course of treatment on the phone: begun, where it stands in words, what it began from, ended with its reminders."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import expect

from server.base.clock import wire_instant
from server.base.ids import uuid7
from tests.browser.phone import Phone
from tests.browser.server import Server
from tests.browser.test_phone_rules import run
from tests.browser.test_sharing import keep

RULES = "./treatment/course/rules.js"


def session(name: str, day: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "day": day, "phase": "induction", **more}


def test_where_a_course_stands_and_whether_its_start_is_asked_for(phone: Phone) -> None:
    first, second = {"id": "a", "started_on": "2026-09-01"}, {"id": "b", "started_on": "2026-11-01"}
    sessions = [
        session("1", "2026-09-02"),
        session("2", "2026-11-02", course_id="a", phase="maintenance"),
        session("3", "2026-11-03", course_id="gone"),
        session("4", "2026-11-05", status="planned"),
        session("5", "2026-11-06", status="cancelled"),
    ]

    def told(script: str, **given: Any) -> Any:
        whole = {"sessions": sessions, "courses": [first, second], "first": first, "second": second, **given}
        return run(phone, RULES, f"(m, {{ sessions, courses, first, second, moods }}) => {script}", whole)

    assert told("m.running(courses, '2026-11-23').id") == "b"
    assert told("m.running(courses, '2026-10-23').id") == "a"
    assert told("m.running([{ ...second, ended_on: '2026-11-20' }, first], '2026-11-23') ?? null") is None
    assert told("m.standing(sessions, second, courses)") == {"given": 1, "induction": 1, "noted": 2, "maintenance": 0}
    days = [[f"2026-10-{day}", 4] for day in (13, 14, 15, 31)]
    asks = "m.asksStart(sessions.slice(2, 3), %s, courses, new Map(moods))"
    assert told(asks % "second", moods=days) is False
    assert told(asks % "second", moods=[["2026-10-12", 4], *days[1:]]) is True
    assert told(asks % "{ ...second, start_recalled: 0 }", moods=[]) is False
    assert told("m.asksStart([], second, courses, new Map())") is False


def test_a_letter_says_what_the_summary_of_its_days_says(phone: Phone, server: Server) -> None:
    patient, today = server.register(), datetime.now(UTC).date()
    first, last = today - timedelta(days=50), today - timedelta(days=5)
    for ago in (55, 54, 53, 52, *range(29, 3, -2)):
        keep(server, patient, "check_in", timedelta(days=ago), mood=4 if ago > 50 else 7 - ago % 4)
    for ago, route in ((42, "iv"), (40, "iv"), (31, "sublingual")):
        keep(server, patient, "treatment_session", timedelta(days=ago), route=route)
    for ago, answer in ((125, 3), (60, 2), (8, 1), (2, 0)):
        told = {"instrument": "gad-7", "instrument_version": "1", "answers": {str(n): answer for n in range(1, 8)}}
        keep(server, patient, "response", timedelta(days=ago), **told)
    # An earlier course, whose first session is not what this one is measured from.
    keep(server, patient, "treatment_session", timedelta(days=120))
    keep(server, patient, "course", timedelta(days=130), started_on=f"{today - timedelta(days=130)}")
    keep(server, patient, "course", timedelta(days=50), started_on=f"{first}", ended_on=f"{last}")
    with closing(server.client(patient)) as client:
        summary = client.get("/api/summary", params={"from": f"{first}", "to": f"{last}"}).json()
        now = client.get("/api/summary", params={"from": f"{today - timedelta(days=200)}"}).json()
        courses = [
            {**each["values"], "id": each["id"]}
            for each in client.post("/api/sync", json={"since": 0, "changes": []}).json()["records"]
            if each["kind"] == "course"
        ]
        rows = {
            path: [{"id": each["id"], "record": each} for each in client.get(f"/api/{path}?limit=500").json()["items"]]
            for path in ("check-ins", "treatment-sessions", "responses")
        }

    letter, moves = run(
        phone,
        "./treatment/course/letter-rules.js",
        """async (m, { rows, courses, now }) => {
            const course = courses.find(({ ended_on }) => ended_on)
            const told = await import(new URL('./records/told.js', document.querySelector('script').src).href)
            const [entries, responses] = [rows['check-ins'], rows.responses]
            const sessions = told.tookPlace(rows['treatment-sessions'], now)
            const at = new URL('./measures/instruments.js', document.querySelector('script').src).href
            const instruments = (await import(at)).INSTRUMENTS
            const given = { course, courses, sessions, entries, responses, instruments, startsAt: '04:00' }
            const { movesOf, toldOf } = await import(new URL('./scores.js', at).href)
            const gad = instruments.find(({ id }) => id === 'gad-7')
            const forms = toldOf(gad, responses.map(({ record }) => record.values), sessions)
            const dated = sessions.map((one) => ({ ...one, day: one.starts_at.slice(0, 10) }))
            const moves = movesOf(gad, forms, dated, courses, now.slice(0, 10))
            return [m.letterOf(given), moves.map(({ from, to, reading }) => [to.total - from.total, reading])]
        }""",
        {
            "rows": rows,
            "courses": courses,
            "now": wire_instant(datetime.now(UTC)),
        },
    )

    assert len(letter["sessions"]) == len(summary["sessions"]) == 3
    assert letter["written"] == summary["check_ins"]["days_with_entry"] > 5
    assert letter["start"] == summary["start"]
    weeks = [each["better_days"]["weeks"] for each in summary["sessions"] if each["better_days"]]
    assert [each["weeks"] for each in letter["weeks"]] == weeks
    assert any(week["reading"] == "counted" for each in weeks for week in each)
    (gad,) = summary["measures"]
    assert [one["title"] for one in letter["forms"]] == ["GAD-7"]
    assert letter["forms"][0]["to"]["total"] - letter["forms"][0]["from"]["total"] == gad["since_baseline"]["points"]
    assert letter["forms"][0]["reading"] == gad["since_baseline"]["reading"]
    (gad,) = now["measures"]
    assert moves == [[gad[each]["points"], gad[each]["reading"]] for each in ("since_last", "since_baseline")]


def test_a_course_is_begun_and_ended_with_its_reminders(phone: Phone, server: Server) -> None:
    patient, page = server.register(), phone.page
    keep(server, patient, "treatment_session", timedelta(days=5), status="happened", phase="induction")
    with closing(server.client(patient)) as client:
        daily = {"local_time": "20:30", "weekdays": [1, 2, 3, 4, 5, 6, 7], "zone": "Europe/Berlin"}
        client.put(f"/api/reminders/{uuid7()}", json=daily).raise_for_status()
    phone.sign_in(patient)
    expect(page.locator("#today-lead")).to_contain_text("session")
    phone.go("/#/course")
    page.get_by_label("depression").check()
    page.get_by_label("First day").fill("2026-01-05")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Treated: depression. Since 5 January")).to_contain_text("The first series: 1 session.")

    page.locator('.numerals label:has(input[name="recalled"][value="2"])').click()
    page.keyboard.press("ArrowRight")  # asked once, so a slip is not the answer
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Where you began, as you recalled it: a mood of 3.")).to_be_visible()
    expect(page.get_by_text("how was your mood, about?")).to_be_hidden()

    page.get_by_role("button", name="End this course").click()
    page.get_by_label("Why, if you want").fill("Well enough for now")
    page.get_by_role("button", name="End it, and stop the reminders").click()
    expect(page.get_by_text("The reminders are off.")).to_be_visible()
    expect(page.get_by_text("Well enough for now")).to_be_visible()
    expect(page.get_by_text("Keep it: nothing to do")).to_be_visible()
    # The letter comes first, and the next course last: somebody who stops is not asked to begin.
    expect(page.locator("#page .rows a").first).to_have_text("A letter of one page about it")
    expect(page.locator("#page button").last).to_have_text("Begin another course")
    expect(page.get_by_text("1 session. The first series: 1 session.")).to_be_visible()

    page.get_by_role("link", name="A letter of one page about it").click()
    expect(page.get_by_role("heading", name="A course of treatment")).to_be_visible()
    expect(page.get_by_text("In the person’s own words")).to_be_visible()
    expect(page.get_by_text("1 session:")).to_be_visible()
    expect(page.get_by_role("button", name="Print this page")).to_be_visible()

    with closing(server.client(patient)) as client:
        assert client.get("/api/reminders").json() in ([], {"items": []})
        phone.until(lambda: client.get("/api/summary").json()["start"]["source"] == "recalled", "the course to be sent")
        assert client.get("/api/summary").json()["start"]["mood"] == 3.0


def test_a_letter_waits_an_hour_after_a_form_with_what_it_came_to(phone: Phone, server: Server) -> None:
    patient, today = server.register(), datetime.now(UTC).date()
    noon = datetime.combine(today, datetime.min.time(), UTC) + timedelta(hours=11)
    since_noon = datetime.now(UTC) - noon
    begun, ended = (f"{today - timedelta(days=ago)}" for ago in (30, 0))
    keep(server, patient, "course", timedelta(days=1), started_on=begun, ended_on=ended)
    keep(server, patient, "treatment_session", timedelta(days=25) + since_noon)
    for ago, answer in ((timedelta(days=28), 2), (timedelta(minutes=30), 1)):
        told = {"instrument": "gad-7", "instrument_version": "1", "answers": {str(n): answer for n in range(1, 8)}}
        keep(server, patient, "response", ago + since_noon, **told)
    phone.page.clock.set_fixed_time(noon)
    phone.page.reload()
    phone.sign_in(patient)

    def open_letter() -> None:
        phone.go("/#/course")
        phone.page.get_by_role("link", name="A letter of one page about it").click()
        expect(phone.page.get_by_role("heading", name="Questionnaires")).to_be_visible()

    open_letter()
    expect(phone.page.get_by_text("is shown an hour later, not straight after filling it in")).to_be_visible()
    expect(phone.page.get_by_text("GAD-7: 14 on")).to_have_count(0)
    expect(phone.page.get_by_role("heading", name="What was written")).to_be_visible()
    phone.page.clock.set_fixed_time(noon + timedelta(minutes=31))
    phone.go("/#/")
    open_letter()
    expect(phone.page.get_by_text("GAD-7: 14 on")).to_be_visible()
