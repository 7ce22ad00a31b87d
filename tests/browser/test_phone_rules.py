"""The phone's pure rules, run in Chromium, against what Python or the server answers to the same question."""

import random
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from server.base.clock import counted_at, wire_instant, zone_of
from server.base.ids import uuid7
from server.prompts.daily import Schedule, next_occurrence
from server.prompts.plans import rounds_of, schedule_of
from server.prompts.points import Given, point_at
from server.prompts.rules import first_day, turn_at
from tests.browser.phone import Phone
from tests.browser.server import Server

ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "America/Sao_Paulo",
)

for _name in ZONES:
    zone_of(_name)  # kept from now on: no file may be read in Playwright's loop


def run(phone: Phone, module: str, script: str, argument: Any) -> Any:
    """What `script`, a function of a module of the page and an argument, answers."""
    source = f"""async (given) => {{
        const at = document.querySelector('script').src
        const module = await import(new URL({module!r}, at).href)
        return ({script})(module, given)
    }}"""
    return phone.page.evaluate(source, argument)


def instants(seed: int, count: int) -> list[datetime]:
    """Instants of twenty years, in whole minutes."""
    chance = random.Random(seed)
    return [datetime(2010, 1, 1, tzinfo=UTC) + timedelta(minutes=chance.randrange(20 * 525_600)) for _ in range(count)]


def test_the_local_day_is_the_one_python_finds(phone: Phone) -> None:
    cases = [(zone, moment) for zone in ZONES for moment in instants(1, 1_000)]

    given = [[zone, wire_instant(moment)] for zone, moment in cases]
    found = run(phone, "./base/time.js", "(m, cases) => cases.map(([zone, at]) => m.localDay(at, zone))", given)

    local = [moment.astimezone(ZoneInfo(zone)) for zone, moment in cases]
    assert found == [str(at.date() - timedelta(days=at.hour < 4)) for at in local]


def test_a_wall_time_is_the_instant_that_python_finds(phone: Phone) -> None:
    changes = [datetime(2026, month, 1, 0, 30, tzinfo=UTC) for month in (3, 4, 10, 11)]
    around = [
        start + timedelta(days=days, hours=hours) for start in changes for days in range(30) for hours in range(5)
    ]
    cases = [(zone, at.replace(tzinfo=ZoneInfo(zone))) for zone in ZONES for at in (*instants(2, 500), *around)]

    given = [[zone, at.strftime("%Y-%m-%dT%H:%M")] for zone, at in cases]
    found = run(phone, "./base/time.js", "(m, cases) => cases.map(([zone, time]) => m.instantOf(time, zone))", given)

    # PEP 495, fold 0: a time that comes twice is the first; one that is skipped comes that much later on the clock.
    assert found == [wire_instant(at.astimezone(UTC)) for _, at in cases]


def test_the_change_an_edit_asks_for_leads_to_what_was_wanted(phone: Phone) -> None:
    chance = random.Random(3)

    def state() -> dict[str, Any]:
        fields = {
            "mood": chance.randrange(3),
            "note": chance.choice("ab"),
            "bring": True,
            "own": {chance.choice("xy"): 1},
        }
        values = {key: value for key, value in fields.items() if chance.random() < 0.6}
        return {"values": values, "alternatives": {}, "deleted": chance.random() < 0.2}

    cases = [[chance.choice([None, state()]), state()] for _ in range(2_000)]
    script = """(m, cases) => cases.filter(([known, wanted]) => {
        const todo = m.missing(known, wanted)
        const after = todo ? m.applied(known ?? m.NOTHING, todo) : known ?? m.NOTHING
        const bare = (values) => JSON.parse(JSON.stringify(values, (key, value) => value === null ? undefined : value))
        const full = Object.fromEntries(Object.entries(bare(after.values)).filter(([, v]) => !m.same(v, {})))
        const expected = wanted.deleted ? true : m.same(full, bare(wanted.values))
        return after.deleted !== wanted.deleted || !expected
    })"""

    assert run(phone, "./records/rules.js", script, cases) == []


def test_the_trend_on_the_phone_is_the_servers_summary(phone: Phone, server: Server) -> None:
    patient = server.register()
    chance = random.Random(4)
    today = datetime.now(UTC)
    changes = [change("treatment_session", today - timedelta(days=days, hours=3), {}) for days in (40, 37, 9)]
    changes += [
        change("check_in", today - timedelta(hours=chance.randrange(60 * 24)), {
            key: chance.randrange(11) for key in ("mood", "anxiety", "dissociation") if chance.random() < 0.8
        })
        for _ in range(150)
    ]  # fmt: skip
    for late in changes[-30:]:  # remembered later
        felt = datetime.fromisoformat(late["patch"]["occurred_at"])
        late["edited_at"] = wire_instant(felt + timedelta(hours=6, minutes=chance.randrange(2)))
    with closing(server.client(patient)) as client:
        client.post("/api/sync", json={"since": 0, "changes": changes}).raise_for_status()
        period = f"from={(today - timedelta(days=70)).date()}&to={today.date()}"
        expected = client.get(f"/api/summary?{period}").raise_for_status().json()["daily"]
    phone.sign_in(patient)
    phone.until(lambda: phone.page.locator("#earlier li").count() > 0 or len(read(phone)) == len(expected), "the pull")

    figures = ("day", "entries", "remembered_later", "within_24h", "mood", "anxiety", "dissociation")
    phone.until(lambda: len(read(phone)) == len(expected), "the pull")
    for ours, theirs in zip(read(phone), expected, strict=True):
        assert [rounded(ours[key]) for key in figures] == [rounded(theirs[key]) for key in figures]
    assert sum(each["remembered_later"] for each in expected) > 5


def read(phone: Phone) -> list[dict[str, Any]]:
    """The days as the Trends page works them out."""
    script = """async (m) => {
        const at = document.querySelector('script').src
        const { journal } = await import(new URL('./accounts/account.js', at).href)
        const { all } = await import(new URL('./records/store.js', at).href)
        const db = await journal()
        const { tookPlace } = await import(new URL('./records/told.js', at).href)
        const sessions = tookPlace(await all(db, 'treatment_session'), new Date().toISOString())
        return m.dailyOf(await all(db, 'check_in'), sessions)
    }"""
    days: list[dict[str, Any]] = run(phone, "./summaries/rules.js", script, None)
    return days


def rounded(value: Any) -> Any:
    """A figure as far as the wire carries it."""
    return round(value, 3) if isinstance(value, float) else value


def change(kind: str, at: datetime, values: dict[str, Any]) -> dict[str, Any]:
    """A change that makes a record."""
    anchor = "occurred_at" if kind == "check_in" else "starts_at"
    patch = {anchor: wire_instant(at), "zone": "Europe/Berlin", **values}
    common = {"kind": kind, "base_revision": 0, "edited_at": wire_instant(at)}
    return {"id": uuid7(), "record_id": uuid7(), **common, "patch": patch}


def test_what_is_due_without_a_network_is_what_the_server_would_find(phone: Phone) -> None:
    chance, given, expected = random.Random(4), [], []
    for now in instants(5, 3_000):
        zone = chance.choice(ZONES)
        quiet = [f"{hour:02d}:30" for hour in chance.sample(range(24), 2)] if chance.random() < 0.5 else [None, None]
        weekdays = sorted(chance.sample(range(1, 8), chance.randrange(1, 8)))
        pause = now + timedelta(hours=chance.randrange(-60, 20))
        body = {
            "local_time": f"{chance.randrange(24):02d}:{chance.randrange(60):02d}", "weekdays": weekdays, "zone": zone,
            "quiet_from": quiet[0], "quiet_to": quiet[1],
            "paused_until": chance.choice([None, None, wire_instant(pause), str(pause.date())]),
        }  # fmt: skip
        given.append([body, wire_instant(now)])
        expected.append(_latest_of_two_days(schedule_of(body), now))

    script = "(m, cases) => cases.map(([reminder, now]) => m.latestOccurrence(reminder, now))"
    found = run(phone, "./reminders/occurrence.js", script, given)

    recent = [one and (one["day"], one["due_at"]) for one in found]
    since = [wire_instant(now - timedelta(days=2)) for now in instants(5, 3_000)]
    assert [one if one and one[1] > at else None for one, at in zip(recent, since, strict=True)] == expected
    assert 500 < sum(one is not None for one in expected) < 2_900


def test_a_questionnaire_comes_round_on_the_phone_when_it_does_on_the_server(phone: Phone) -> None:
    chance, given, expected = random.Random(6), [], []
    for now in instants(7, 3_000):
        begun_on, every = now.date() - timedelta(days=chance.randrange(-3, 80)), chance.choice([7, 10, 14, 28])
        answered_on = now.date() - timedelta(days=chance.randrange(40)) if chance.random() < 0.4 else None
        quiet = [f"{hour:02d}:30" for hour in chance.sample(range(24), 2)] if chance.random() < 0.5 else [None, None]
        row = {
            "local_time": f"{chance.randrange(24):02d}:{chance.randrange(60):02d}", "zone": chance.choice(ZONES),
            "quiet_from": quiet[0], "quiet_to": quiet[1], "weekdays": "", "every_days": every,
            "paused_until": chance.choice([None, None, wire_instant(now - timedelta(hours=chance.randrange(90)))]),
        }  # fmt: skip
        doses = [now - timedelta(minutes=chance.randrange(12 * 1440)) for _ in range(chance.choice([0, 0, 1, 3]))]
        turn = turn_at(rounds_of(row, first_day(begun_on, answered_on, every), tuple(sorted(doses)), bool(doses)), now)
        reminder = row | {"weekdays": None, "begun_on": str(begun_on), "instrument": "pcl-5"}
        answered = str(answered_on) if answered_on else None
        given.append([reminder, answered, [wire_instant(dose) for dose in doses], wire_instant(now)])
        expected.append(turn and {"day": str(turn.day), "due_at": wire_instant(turn.due_at)})

    found = run(phone, "./reminders/forms.js", "(m, cases) => cases.map((one) => m.turnAt(...one) ?? null)", given)

    assert found == expected
    assert 500 < sum(one is not None for one in expected) < 2_500


def test_the_point_after_a_session_that_is_open_is_the_same_on_the_phone_and_on_the_server(phone: Phone) -> None:
    chance, given, expected = random.Random(8), [], []
    for now in instants(9, 3_000):
        starts = [now - timedelta(minutes=chance.randrange(-600, 9 * 1440)) for _ in range(chance.randrange(4))]
        answered = [now - timedelta(minutes=chance.randrange(-600, 9 * 1440)) for _ in range(chance.randrange(3))]
        sessions = [Given(str(number), at, None) for number, at in enumerate(starts)]
        point = point_at([each for each in sessions if each.starts_at <= now], answered, now)
        given.append([
            [{"id": each.id, "starts_at": wire_instant(each.starts_at)} for each in sessions],
            [{"occurred_at": wire_instant(at), "point": "t+4h"} for at in answered], wire_instant(now),
        ])  # fmt: skip
        expected.append(point and {"session_id": point.session_id, "point": point.point})

    script = """(m, cases) => cases.map((one) => m.pointAt(...one))
        .map((one) => (one?.point === "before" ? null : one))"""
    found = run(phone, "./journal/points.js", script, given)

    assert found == expected
    assert 300 < sum(one is not None for one in expected) < 2_500


def _latest_of_two_days(schedule: Schedule, now: datetime) -> tuple[str, str] | None:
    """The last occurrence of the two days before `now`, found by going forward as the server does."""
    at, last = now - timedelta(days=2), None
    while (occurrence := next_occurrence(schedule, at)).due_at <= now:
        last, at = (str(occurrence.day), wire_instant(occurrence.due_at)), occurrence.due_at
    return last


def test_what_was_completed_by_a_clock_days_ahead_counts_as_the_server_counts_it(phone: Phone) -> None:
    came = datetime(2026, 11, 23, 19, tzinfo=UTC)
    day, moment = timedelta(days=1), timedelta(milliseconds=1)
    spans = [-40 * day, timedelta(), day, day + moment, 900 * day]
    records = [
        {"recorded_at": wire_instant(came), "values": {"completed_at": wire_instant(came + span), "zone": "UTC"}}
        for span in spans
    ]

    found = run(phone, "./records/rules.js", "(m, all) => all.map((one) => m.counted(one).completed_at)", records)

    assert found == [wire_instant(counted_at(came + span, came)) for span in spans]
